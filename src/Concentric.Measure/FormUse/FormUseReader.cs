using Concentric.Core.Data;
using Concentric.Core.Journal;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Concentric.Measure.FormUse;

/// <summary>
/// Carries sealed facts of forms into the tables of form use, each exactly once: how far it has come is committed with the rows. A crash, a second program
/// on the same database or the same work run twice changes nothing.
/// </summary>
public sealed class FormUseReader(IDbContextFactory<ConcentricDb> databases, IWriter writer, TimeProvider clock, ILogger<FormUseReader> log) : BackgroundService
{
    /// <summary>Its name among the journal's readers.</summary>
    public const string Name = "form-use";

    /// <summary>Places of the chain that are looked through in one transaction.</summary>
    internal const int Together = 2000;

    // It looks by itself: the journal's signal wakes one waiter, the projector. Nobody waits for these figures, a visit without an end is told of after an hour anyway.
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _gate = new(1, 1);

    // How far the journal was looked through without finding anything: not worth a transaction of its own.
    private (long Mark, long Through) _looked;

    /// <summary>Since when facts could not be read, though it is tried again and again; null while all is well.</summary>
    public DateTimeOffset? FailingSince { get; private set; }

    /// <summary>Reads all facts that are sealed and returns how many facts of forms those were.</summary>
    public Task<long> CatchUp(CancellationToken stop = default) => AloneAndWatched(() => ReadOn(stop), stop);

    /// <summary>Deletes all rows and reads the journal again from its first fact. Until that is done figures are not whole; cut short, it goes on where it was.</summary>
    /// <returns>How many facts of forms were read.</returns>
    public Task<long> Rebuild(CancellationToken stop = default) => AloneAndWatched(async () =>
    {
        await writer.Write(async db =>
        {
            // First how far it has come: another program that is at it then waits or finds itself overtaken.
            await db.FormReadings.ExecuteDeleteAsync(stop);
            await db.FormVisits.ExecuteDeleteAsync(stop);
            await db.FormVisitPages.ExecuteDeleteAsync(stop);
            await db.FormVisitMessages.ExecuteDeleteAsync(stop);
            await db.FormSendings.ExecuteDeleteAsync(stop);
            await db.FormVersions.ExecuteDeleteAsync(stop);
            await db.FactsAside.Where(a => a.Reader == Name).ExecuteDeleteAsync(stop);
        }, stop);
        _looked = default;
        return await ReadOn(stop);
    }, stop);

    public override void Dispose()
    {
        _gate.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await CatchUp(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { }
            catch (Exception e)
            {
                log.LogError(e, "Facts of forms could not be read; it will be tried again");
            }
            await Task.Delay(Rest, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Does the work while nothing else of this reader is at work, and says in <see cref="FailingSince"/> whether it failed.</summary>
    private async Task<long> AloneAndWatched(Func<Task<long>> work, CancellationToken stop)
    {
        await _gate.WaitAsync(stop);
        try
        {
            var read = await work();
            FailingSince = null;
            return read;
        }
        catch (Exception) when (!stop.IsCancellationRequested)
        {
            FailingSince ??= clock.GetUtcNow();
            throw;
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<long> ReadOn(CancellationToken stop)
    {
        for (var read = 0L; ;)
        {
            await using var db = await databases.CreateDbContextAsync(stop);
            var through = await Through(db, stop);
            var last = await db.Facts.MaxAsync(f => f.Number, stop) ?? 0;
            // What was looked through counts only from the same mark on: somebody may have read all again, or put a backup back.
            var after = _looked.Mark == through && _looked.Through <= last ? Math.Max(through, _looked.Through) : through;
            if (after >= last) return read;
            var until = Math.Min(last, after + Together);
            var kinds = FormFacts.Kinds;
            var facts = await db.Facts.AsNoTracking().Where(f => f.Number > after && f.Number <= until && kinds.Contains(f.Kind)).OrderBy(f => f.Number).ToListAsync(stop);
            if (facts.Count == 0 && until < after + Together) _looked = (through, until);
            else if (await Keep(FormFacts.Read(facts), through, until, stop)) read += facts.Count;
        }
    }

    /// <summary>Keeps the rows, what could not be read and how far that was, together; nothing where somebody else has come further meanwhile.</summary>
    private async Task<bool> Keep(FormFacts read, long through, long until, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var (isKept, unread) = await writer.Write(async db =>
        {
            if (!await MoveOn(db, through, until, stop)) return (false, new List<FactAside>());
            var visits = read.Visits.ConvertAll(v => v.Visit);
            var before = visits.Count == 0 ? [] : await db.FormVisits.Where(v => visits.Contains(v.Visit)).Select(v => v.Visit).ToListAsync(stop);
            var again = read.Visits.Where(v => before.Contains(v.Visit)).Select(v => v.Number).ToHashSet();
            await db.PutMany(read.Visits.Where(v => !again.Contains(v.Number)), stop);
            await db.PutMany(read.Pages.Where(p => !again.Contains(p.Number)), stop);
            await db.PutMany(read.Messages.Where(m => !again.Contains(m.Number)), stop);
            await db.PutMany(read.Sent, stop);
            await db.PutMany(read.Versions, stop);
            List<FactAside> aside =
            [
                .. read.Unread.Select(u => Aside(u.Fact.Number!.Value, u.Fact.Kind, u.Reason)),
                .. again.Select(number => Aside(number, FormFacts.Kinds[0], FormFacts.CountedBefore)),
            ];
            db.AddRange(aside);
            return (true, aside);
        }, stop);
        foreach (var one in unread) log.LogWarning("Fact {Number} ({Kind}) cannot be read and is not counted: {Reason}", one.Number, one.Kind, one.Reason);
        return isKept;

        FactAside Aside(long number, string kind, string reason) => new() { Reader = Name, Number = number, Kind = kind, Reason = reason, At = now };
    }

    /// <summary>Moves the mark on from where it was found. Of two at once the second waits for the first and then finds it moved.</summary>
    private static async Task<bool> MoveOn(ConcentricDb db, long from, long to, CancellationToken stop)
    {
        if (await db.FormReadings.Where(r => r.Reader == Name && r.Through == from).ExecuteUpdateAsync(r => r.SetProperty(x => x.Through, to), stop) == 1) return true;
        if (from != 0 || await db.FormReadings.AnyAsync(r => r.Reader == Name, stop)) return false;
        // Written at once: where two begin at once, it fails for the second, which then runs again and finds it.
        db.Add(new FormReading { Reader = Name, Through = to });
        await db.SaveChangesAsync(stop);
        return true;
    }

    private static async Task<long> Through(ConcentricDb db, CancellationToken stop) =>
        await db.FormReadings.Where(r => r.Reader == Name).Select(r => r.Through).SingleOrDefaultAsync(stop);
}
