using Concentric.Core;
using Concentric.Core.Journal;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Concentric.Serve.Intake;

/// <summary>Takes each .eml file from the pickup folder once. A file goes from there only when it and what became of it are on the disk; after a crash it is taken again and known by its bytes.</summary>
internal sealed class PickUpMail(Settings settings, TakeMail mail, TimeProvider clock, ILogger<PickUpMail> log) : BackgroundService
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(10);
    private readonly HashSet<string> _troubles = [];
    private Dictionary<string, (long Length, DateTime Written)> _seen = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings.Pickup is null) return;
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(BetweenLooks, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!stoppingToken.IsCancellationRequested) await Look(stoppingToken);
        }
    }

    /// <summary>Looks once: takes each file that is as it was at the look before, because one that still grows is half a message.</summary>
    /// <returns>How many files were taken.</returns>
    public async Task<int> Look(CancellationToken stop = default)
    {
        if (settings.Pickup is not { } folder) return 0;
        var taken = 0;
        try
        {
            // Not what is hidden, and no link, which could lead out of the folder.
            var files = new DirectoryInfo(folder).EnumerateFiles("*.eml").Where(f => !f.Name.StartsWith('.') && !f.Attributes.HasFlag(FileAttributes.ReparsePoint)).OrderBy(f => f.LastWriteTimeUtc).ThenBy(f => f.Name, StringComparer.Ordinal).ToList();
            var before = _seen;
            _seen = files.ToDictionary(f => f.FullName, f => (f.Length, f.LastWriteTimeUtc));
            foreach (var file in files.Where(f => before.TryGetValue(f.FullName, out var then) && then == (f.Length, f.LastWriteTimeUtc)))
                if (await Take(file, stop)) taken++;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested) { }
        catch (Exception e)
        {
            Tell(e);
        }
        return taken;
    }

    // Trouble with one keeps no other waiting. It is tried at each look, and told of once.
    private async Task<bool> Take(FileInfo file, CancellationToken stop)
    {
        try
        {
            await using (var content = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete)) await mail.Take(content, Actor.System, stop);
            file.Delete();
            return true;
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            Tell(e);
            return false;
        }
    }

    // The name of a file can be a subject, so it is not logged.
    private void Tell(Exception e)
    {
        if (_troubles.Add(e.GetType().Name)) log.LogWarning("E-mail could not be taken from the pickup folder; it waits there and will be tried again: {Kind}", e.GetType().Name);
    }
}
