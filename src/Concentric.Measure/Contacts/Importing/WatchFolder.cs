using System.Text.Json;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Journal;
using Concentric.Core.Operations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Concentric.Measure.Contacts.Importing;

/// <summary>What became of a file in the watched folder: written beside it as <c>.report.json</c>.</summary>
/// <param name="State"><c>imported</c>, <c>nothing-new</c>, <c>known</c> where the same file was imported before, or <c>refused</c>.</param>
/// <param name="Rejects">Name of the file of rejected rows beside it; null where there were none.</param>
public sealed record WatchReport(
    string File, string Mapping, string State, DateTimeOffset At, int? Batch, long Read, long Imported, long Duplicates, long Changed, long Rejected, long Flagged, string? Message, string? Rejects);

/// <summary>Imports what is put into the watched folder: a sub-folder for each mapping. A file that has stopped growing is taken, imported, and moved with a report beside it.</summary>
/// <remarks>A file is copied before it is imported and moved after: after a crash between the two it is known by its content, and only moved.</remarks>
internal sealed class WatchFolder(
    Settings settings, SavedMappings mappings, KeptUploads uploads, KnownFiles known, ImportRunner runner, DuckContactStore store,
    IDbContextFactory<ConcentricDb> databases, IWriter writer, TimeProvider clock, ILogger<WatchFolder> log) : BackgroundService
{
    public const string Done = "done", Refused = "refused";

    private const long MostBytes = 20_000_000_000;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(10);
    private static readonly string[] Unfinished = [".part", ".tmp", ".filepart", ".crdownload"];

    private Dictionary<string, (long Length, DateTime Written)> _seen = [];
    private readonly HashSet<string> _strangers = [];
    private readonly HashSet<string> _troubles = [];

    /// <summary>Looks once: takes each file that is as it was at the look before.</summary>
    /// <returns>What became of those that were taken.</returns>
    public async Task<IReadOnlyList<WatchReport>> Look(CancellationToken stop = default)
    {
        var reports = new List<WatchReport>();
        if (settings.Watch is not { } watched || !Directory.Exists(watched)) return reports;
        var seen = new Dictionary<string, (long, DateTime)>();
        try
        {
            foreach (var folder in Directory.EnumerateDirectories(watched).Order(StringComparer.Ordinal))
            {
                var name = Path.GetFileName(folder);
                if (await mappings.Find(name, stop) is not { } mapping)
                {
                    if (_strangers.Add(name)) log.LogWarning("The watched folder has a sub-folder for which there is no mapping; its files wait: {Name}", name);
                    continue;
                }
                IReadOnlyList<FileInfo> files = [];
                await Guard(folder, () =>
                {
                    files = [.. new DirectoryInfo(folder).EnumerateFiles().Where(IsForUs).OrderBy(f => f.Name, StringComparer.Ordinal)];
                    return Task.CompletedTask;
                }, stop);
                foreach (var file in files)
                {
                    // A file that was moved has another name after.
                    var path = file.FullName;
                    await Guard(path, async () =>
                    {
                        var now = (file.Length, file.LastWriteTimeUtc);
                        seen[path] = now;
                        if (!_seen.TryGetValue(path, out var before) || before != now || file.Length == 0) return;
                        reports.Add(await Take(file, name, mapping, stop));
                        seen.Remove(path);
                    }, stop);
                }
            }
        }
        finally
        {
            // Also where the look ends early: else what it saw would not be taken at the next one.
            _seen = seen;
        }
        return reports;
    }

    /// <summary>Does something with one file or folder: trouble with one keeps no other waiting. It is tried at each look, and told of once.</summary>
    private async Task Guard(string path, Func<Task> work, CancellationToken stop)
    {
        try
        {
            await work();
            _troubles.Remove(path);
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            if (_troubles.Add(path)) log.LogWarning(e, "This of the watched folder could not be taken; it will be tried again, and the others go on: {Path}", path);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings.Watch is null) return;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Look(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { }
            catch (Exception e)
            {
                log.LogError(e, "The watched folder could not be looked through; it will be tried again");
            }
            await Task.Delay(BetweenLooks, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Not what is hidden, still being copied, or a link, which could lead out of the folder.</summary>
    private static bool IsForUs(FileInfo file) =>
        !file.Name.StartsWith('.') && !Unfinished.Contains(file.Extension.ToLowerInvariant()) && !file.Attributes.HasFlag(FileAttributes.ReparsePoint);

    private async Task<WatchReport> Take(FileInfo file, string name, string mapping, CancellationToken stop)
    {
        if (file.Length > MostBytes)
        {
            var large = new WatchReport(file.Name, name, "refused", clock.GetUtcNow(), null, 0, 0, 0, 0, 0, 0,
                $"The file is larger than {MostBytes / 1_000_000_000} GB. Cut it into several files.", null);
            return await Move(file, Refused, large, null, stop);
        }
        var given = await Give(file, name, mapping, stop);
        if (known.Find(given.Digest) is { } before)
        {
            uploads.Remove(given.Id);
            var again = new WatchReport(file.Name, name, "known", clock.GetUtcNow(), before.Batch, 0, 0, 0, 0, 0, 0,
                $"The same file was imported as batch {before.Batch} under the name “{before.FileName}” by the mapping {before.Mapping}. It was not read again.", null);
            return await Move(file, Done, again, null, stop);
        }
        await writer.Write(db =>
        {
            db.Add(given);
            return Task.CompletedTask;
        }, stop);
        await runner.RunWaiting(stop);
        await using var read = await databases.CreateDbContextAsync(stop);
        var ended = await read.Imports.AsNoTracking().SingleAsync(i => i.Id == given.Id, stop);
        var isDone = ended.State == ImportState.Done;
        var report = new WatchReport(file.Name, name, !isDone ? "refused" : ended.Batch is null ? "nothing-new" : "imported", clock.GetUtcNow(), ended.Batch,
            ended.Read, ended.Imported, ended.Duplicates, ended.Changed, ended.Rejected, ended.Flagged, isDone ? null : ended.Message ?? ImportWords.Of(ended.State) + ".", null);
        return await Move(file, isDone ? Done : Refused, report, ended.Rejects, stop);
    }

    private async Task<FileImport> Give(FileInfo file, string name, string mapping, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        await using var stream = file.Open(FileMode.Open, FileAccess.Read, FileShare.Read);
        var (digest, bytes) = await uploads.Keep(id, stream, MostBytes, stop);
        return new()
        {
            Id = id, FileName = file.Name, Digest = digest, Bytes = bytes, Door = ImportDoor.Folder, By = Actor.System, At = now,
            State = ImportState.Waiting, Mapping = mapping, MappingName = Contacts.Mapping.Parse(mapping, name).Name,
        };
    }

    /// <summary>Moves a file out of the way, the report first, so that a moved file always has one.</summary>
    private async Task<WatchReport> Move(FileInfo file, string to, WatchReport report, string? rejects, CancellationToken stop)
    {
        var folder = Path.Combine(file.DirectoryName!, to);
        Directory.CreateDirectory(folder);
        var path = Free(Path.Combine(folder, file.Name));
        if (rejects is not null)
        {
            report = report with { Rejects = Path.GetFileName(path) + ".rejects.csv" };
            File.Copy(Path.Combine(store.Imports, "rejects", rejects), path + ".rejects.csv", overwrite: true);
        }
        await File.WriteAllTextAsync(path + ".report.json", JsonSerializer.Serialize(report, JsonOption.Format), stop);
        file.MoveTo(path);
        return report;
    }

    /// <summary>The path, or with a number behind it where something lies there already.</summary>
    private static string Free(string path)
    {
        var free = path;
        for (var i = 2; File.Exists(free); i++) free = Path.Combine(Path.GetDirectoryName(path)!, $"{Path.GetFileNameWithoutExtension(path)}-{i}{Path.GetExtension(path)}");
        return free;
    }
}
