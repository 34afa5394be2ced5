using System.Collections.Concurrent;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Concentric.Measure.Contacts.Importing;

/// <summary>Imports waiting files one after the other, in the order in which they were given. The database says what waits, so a restart loses nothing.</summary>
/// <remarks>
/// A file given on a page whose import was cut short by the end of the program waits for somebody to start it again: they may have
/// ended the program because of it. One that another program sent or left in a folder was accepted, and is begun again.
/// One that something in this program cut short is not, lest it fail for ever: a page starts a file again, and a program its delivery by sending it again.
/// </remarks>
internal sealed class ImportRunner(
    ContactImport import, OwnCouncil own, KeptUploads uploads, KnownFiles known, IDbContextFactory<ConcentricDb> databases, IWriter writer, TimeProvider clock, ILogger<ImportRunner> log)
    : BackgroundService
{
    /// <summary>Files that nobody starts are removed after this long.</summary>
    public static readonly TimeSpan DraftsKeptFor = TimeSpan.FromDays(7);

    private static readonly TimeSpan OnItsWay = TimeSpan.FromHours(1);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan UntilAnotherHasEnded = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly SemaphoreSlim _wake = new(0, 1);
    private readonly ConcurrentDictionary<Guid, (CancellationTokenSource Cancel, Steps Steps)> _running = new();

    /// <summary>How far an import has come; null where it does not run.</summary>
    public ImportProgress? ProgressOf(Guid id) => _running.TryGetValue(id, out var run) ? run.Steps.Last : null;

    /// <summary>Says that something waits.</summary>
    public void Wake()
    {
        try { _wake.Release(); }
        catch (SemaphoreFullException) { /* It is awake already. */ }
    }

    /// <summary>Takes a file for import: from here on it goes on by itself.</summary>
    /// <returns>False where it is under way or has ended.</returns>
    public async Task<bool> Start(Guid id, CancellationToken stop = default)
    {
        var started = await writer.Write(async db =>
        {
            if (await db.Imports.FindAsync([id], stop) is not { CanStart: true } given) return false;
            given.Again();
            return true;
        }, stop);
        if (started) Wake();
        return started;
    }

    /// <summary>Stops an import that waits or runs. One that is being kept already is not stopped any more.</summary>
    public async Task Cancel(Guid id, CancellationToken stop = default)
    {
        var now = clock.GetUtcNow();
        var waited = await writer.Write(async db =>
        {
            if (await db.Imports.FindAsync([id], stop) is not { State: ImportState.Waiting } given) return false;
            given.End(ImportState.Cancelled, now);
            return true;
        }, stop);
        if (!waited && _running.TryGetValue(id, out var run)) await run.Cancel.CancelAsync();
    }

    /// <summary>Imports all that waits, and ends when nothing does.</summary>
    public async Task RunWaiting(CancellationToken stop = default)
    {
        await _gate.WaitAsync(stop);
        try
        {
            while (await Next(stop) is { } next) await Run(next, stop);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>After a restart: says of what ran what became of it.</summary>
    public async Task Recover(CancellationToken stop = default)
    {
        var now = clock.GetUtcNow();
        var kept = known.Kept();
        await writer.Write(async db =>
        {
            foreach (var cut in await db.Imports.Where(i => i.State == ImportState.Running).ToListAsync(stop))
            {
                // Its fact may have been written in the last moment: then it is done, whatever the end of the program hid.
                var batch = kept.FirstOrDefault(b => b.Digest == cut.Digest && b.Mapping == cut.MappingName && b.At >= cut.StartedAt);
                if (batch is { Counts: { } c })
                    cut.Finish(new(batch.Batch, c.Read, c.Imported, c.Duplicates, c.Changed, c.Rejected, c.Flagged, c.Rejected > 0 ? $"{batch.Batch}-rejects.csv" : null, 0), batch.At);
                else if (cut.Door == ImportDoor.Page) cut.End(ImportState.CutShort, now);
                else cut.State = ImportState.Waiting;
            }
        }, stop);
        await Sweep(stop);
    }

    /// <summary>Removes files that nobody started within a week, and those of which nothing is known.</summary>
    public async Task Sweep(CancellationToken stop = default)
    {
        var before = clock.GetUtcNow() - DraftsKeptFor;
        await writer.Write(db => db.Imports.Where(i => i.At < before && (i.State == ImportState.Draft || i.State == ImportState.Cancelled || i.State == ImportState.CutShort)).ExecuteDeleteAsync(stop), stop);
        await using var read = await databases.CreateDbContextAsync(stop);
        var wanted = await read.Imports.Where(i => i.State != ImportState.Done && i.State != ImportState.Refused).Select(i => i.Id).ToListAsync(stop);
        uploads.RemoveAllBut(wanted.ToHashSet(), clock.GetUtcNow() - OnItsWay);
    }

    public override void Dispose()
    {
        _gate.Dispose();
        _wake.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var isRecovered = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!isRecovered) await Recover(stoppingToken);
                isRecovered = true;
                await RunWaiting(stoppingToken);
                await Sweep(stoppingToken);
                await _wake.WaitAsync(BetweenLooks, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { }
            catch (Exception e)
            {
                log.LogError(e, "Waiting files could not be imported; it will be tried again");
                await Task.Delay(TimeSpan.FromSeconds(5), clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private Task<FileImport?> Next(CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        return writer.Write(async db =>
        {
            if (await db.Imports.Where(i => i.State == ImportState.Waiting).OrderBy(i => i.At).ThenBy(i => i.Id).FirstOrDefaultAsync(stop) is not { } next) return null;
            (next.State, next.StartedAt) = (ImportState.Running, now);
            return next;
        }, stop);
    }

    private async Task Run(FileImport given, CancellationToken stop)
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var steps = new Steps();
        _running[given.Id] = (cancel, steps);
        try
        {
            var (report, refused) = await Import(given, steps, cancel.Token);
            await Ended(given.Id, ended =>
            {
                if (report is not null) ended.Finish(report, clock.GetUtcNow());
                else ended.End(ImportState.Refused, clock.GetUtcNow(), refused);
            });
            uploads.Remove(given.Id);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            await Ended(given.Id, ended => ended.End(ImportState.Cancelled, clock.GetUtcNow()));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Ours, not theirs: the log says more, and they can start it again.
            log.LogError(e, "Import {Import} failed", given.Id);
            await Ended(given.Id, ended => ended.End(ImportState.CutShort, clock.GetUtcNow()));
        }
        finally
        {
            _running.TryRemove(given.Id, out _);
        }
    }

    private async Task<(ImportReport? Report, string? Refused)> Import(FileImport given, Steps steps, CancellationToken stop)
    {
        while (true)
        {
            try
            {
                await using var file = uploads.Open(given.Id);
                if (file is null || MappingOf(given) is not { } mapping) return (null, "The file is not there any more. Send it again.");
                var report = await import.Run(file, given.FileName, mapping, given.By, steps, stop: stop);
                return (report, null);
            }
            catch (Exception e) when (e is ImportRefusedException or MappingException)
            {
                return (null, e.Message);
            }
            catch (RefusedException)
            {
                // Another import runs, by the command line: this one waits for it.
                await Task.Delay(UntilAnotherHasEnded, stop);
            }
        }
    }

    /// <summary>Contacts that a program sends are in our own lines; they need no mapping but the name of the program.</summary>
    private Mapping? MappingOf(FileImport given) => given switch
    {
        { Door: ImportDoor.Api, MappingName: { } name } => Mapping.OwnLines(new(own.Slug, own.Name, own.IsSynthetic), name),
        { Mapping: { } json } => Mapping.Parse(json, given.MappingName ?? "given"),
        _ => null,
    };

    private Task Ended(Guid id, Action<FileImport> say) => writer.Write(async db =>
    {
        if (await db.Imports.FindAsync(id) is { } ended) say(ended);
    });

    private sealed class Steps : IProgress<ImportProgress>
    {
        public ImportProgress? Last { get; private set; }

        public void Report(ImportProgress value) => Last = value;
    }
}
