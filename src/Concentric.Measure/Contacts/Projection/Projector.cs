using Concentric.Core.Data;
using Concentric.Core.Journal;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Concentric.Measure.Contacts;

/// <summary>Carries sealed facts into the contact store, each exactly once: the number of the last one is committed with the rows.</summary>
/// <remarks>Only here are facts applied, and by one at a time.</remarks>
public sealed class Projector : BackgroundService
{
    /// <summary>Facts in one transaction of the store, which costs much the same for one as for all of them.</summary>
    internal const int Together = 5000;

    /// <summary>Its name among the journal's readers.</summary>
    public const string Name = "contacts";

    private readonly IDbContextFactory<ConcentricDb> _databases;
    private readonly IWriter _writer;
    private readonly DuckContactStore _store;
    private readonly CouncilAttributes _own;
    private readonly JournalSignal _signal;
    private readonly TimeProvider _clock;
    private readonly ILogger<Projector> _log;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private bool _isChecked;

    /// <param name="own">The council of this installation.</param>
    public Projector(IDbContextFactory<ConcentricDb> databases, IWriter writer, DuckContactStore store, CouncilAttributes own, JournalSignal signal, TimeProvider clock, ILogger<Projector> log) =>
        (_databases, _writer, _store, _own, _signal, _clock, _log) = (databases, writer, store, own, signal, clock, log);

    /// <summary>Since when facts could not be carried into the store, though it is tried again and again; null while all is well.</summary>
    public DateTimeOffset? FailingSince { get; private set; }

    /// <summary>Applies all facts that are sealed and returns how many those were.</summary>
    public async Task<long> CatchUp(CancellationToken stop = default)
    {
        await _gate.WaitAsync(stop);
        try
        {
            if (!_isChecked) await CheckStore(stop);
            _isChecked = true;
            var applied = await Apply(_store, _own, stop);
            if (_store.SetAside is { } aside)
            {
                _log.LogInformation("The contact store is built again from {Facts} facts; {File} is removed", applied, aside);
                _store.RemoveSetAside();
            }
            return applied;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Builds the store anew from facts and batches beside the old one, checks it against the journal and takes it in place of the old.</summary>
    /// <exception cref="Core.RefusedException">An import is running.</exception>
    /// <exception cref="ContactStoreException">The new one does not hold what the journal says; the old one stays.</exception>
    public async Task<RebuildReport> Rebuild(CancellationToken stop = default)
    {
        await _gate.WaitAsync(stop);
        try
        {
            return await RebuildBehindGate(stop);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>
    /// How long to leave the store to its readers after facts were applied. What they change makes an application cost the same for one contact as for a thousand,
    /// and the more so the larger the store: it takes a fifth of the time at most, and a contact is counted within seconds.
    /// </summary>
    internal static TimeSpan Rest(TimeSpan took) => TimeSpan.FromTicks(Math.Min(4 * took.Ticks, TimeSpan.TicksPerSecond * 2));

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
                var start = _clock.GetTimestamp();
                await CatchUp(stoppingToken);
                FailingSince = null;
                await Task.Delay(Rest(_clock.GetElapsedTime(start)), _clock, stoppingToken);
                await _signal.WaitForSealed(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { }
            catch (Exception e)
            {
                FailingSince ??= _clock.GetUtcNow();
                _log.LogError(e, "Facts could not be carried into the contact store; it will be tried again");
                await Task.Delay(TimeSpan.FromSeconds(5), _clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>A database that was put back from a backup does not go with a store that went on: such a store is built anew.</summary>
    private async Task CheckStore(CancellationToken stop)
    {
        if (_store.SetAside is { } aside)
            _log.LogWarning("The contact store was made by another version of the program: it was put aside as {File} and is now built again from the journal and the imports. Counts are not whole until that is done", aside);
        var (number, hash) = await _store.LastFact(stop);
        if (number == 0) return;
        await using var db = await _databases.CreateDbContextAsync(stop);
        var known = await db.Facts.AsNoTracking().Where(f => f.Number == number).Select(f => f.Hash).SingleOrDefaultAsync(stop);
        if (known is not null && Convert.ToHexStringLower(known) == hash) return;
        _log.LogWarning("The contact store holds facts up to {Number}, which are not those of the journal: it is built anew", number);
        await RebuildBehindGate(stop);
    }

    private async Task<RebuildReport> RebuildBehindGate(CancellationToken stop)
    {
        _store.RefuseWhileStaging();
        var start = _clock.GetTimestamp();
        var before = await _store.Statistics(stop);
        var options = _store.BesideOptions();
        DuckContactStore.Remove(options);
        long facts, expected;
        ContactStatistics after;
        await using (var store = DuckContactStore.Open(options))
        {
            facts = await Apply(store, _own, stop);
            after = await store.Statistics(stop);
            expected = await ExpectedRows(after.LastFact, stop);
        }
        var held = after.Contacts + after.Counts + after.Steps;
        if (held != expected)
        {
            DuckContactStore.Remove(options);
            throw new ContactStoreException($"Built anew, the contact store holds {held} rows where the journal counts {expected}. The old one stays as it is.");
        }
        try
        {
            await _store.Replace(options);
        }
        catch (Core.RefusedException)
        {
            DuckContactStore.Remove(options);
            throw;
        }
        return new(facts, after.Contacts, before.Contacts, _clock.GetElapsedTime(start).TotalSeconds);
    }

    private async Task<long> Apply(DuckContactStore store, CouncilAttributes own, CancellationToken stop)
    {
        var (last, _) = await store.LastFact(stop);
        var undone = await Undone(stop);
        for (var applied = 0L; ;)
        {
            await using var db = await _databases.CreateDbContextAsync(stop);
            var facts = await db.Facts.AsNoTracking().Where(f => f.Number > last).OrderBy(f => f.Number).Take(Together).ToListAsync(stop);
            if (facts.Count == 0) return applied;
            var batch = FactReading.Read(facts, own, out var unread);
            await KeepAside(last, batch.Through, unread, stop);
            // Of an import that was taken back since, the rows are gone.
            await store.Apply(batch with { Batches = [.. batch.Batches.Where(b => !undone.Contains(b.Number))] }, stop);
            last = facts[^1].Number!.Value;
            applied += facts.Count;
        }
    }

    /// <summary>What cannot be read is kept with its reason before the others are applied, in place of what was kept of these facts before: they may be given again, after a crash or to build the store anew.</summary>
    private async Task KeepAside(long after, long through, IReadOnlyList<(Fact Fact, string Reason)> unread, CancellationToken stop)
    {
        await using (var db = await _databases.CreateDbContextAsync(stop))
        {
            if (unread.Count == 0 && !await Kept(db).AnyAsync(stop)) return;
        }
        var now = _clock.GetUtcNow();
        await _writer.Write(async db =>
        {
            await Kept(db).ExecuteDeleteAsync(stop);
            db.AddRange(unread.Select(u => new FactAside { Reader = Name, Number = u.Fact.Number!.Value, Kind = u.Fact.Kind, Reason = u.Reason, At = now }));
        }, stop);
        foreach (var (fact, reason) in unread) _log.LogWarning("Fact {Number} ({Kind}) cannot be read and is not counted: {Reason}", fact.Number, fact.Kind, reason);

        IQueryable<FactAside> Kept(ConcentricDb db) => db.FactsAside.Where(a => a.Reader == Name && a.Number > after && a.Number <= through);
    }

    /// <summary>Rows by the journal's own count, up to a fact.</summary>
    private async Task<long> ExpectedRows(long through, CancellationToken stop)
    {
        await using var db = await _databases.CreateDbContextAsync(stop);
        var rows = 0L;
        var undone = await Undone(stop);
        await foreach (var fact in db.Facts.AsNoTracking().Where(f => f.Number <= through).AsAsyncEnumerable().WithCancellation(stop))
        {
            if (fact.Kind != FactReading.Imported || !undone.Contains(FactReading.BatchOf(fact.Subject))) rows += FactReading.RowsOf(fact, _own);
        }
        return rows;
    }

    /// <summary>The batches that were taken back, as far as that is sealed.</summary>
    private async Task<HashSet<int>> Undone(CancellationToken stop)
    {
        await using var db = await _databases.CreateDbContextAsync(stop);
        var subjects = await db.Facts.AsNoTracking().Where(f => f.Kind == FactReading.Undone && f.Number != null).Select(f => f.Subject).ToListAsync(stop);
        return [.. subjects.Select(FactReading.BatchOf)];
    }
}

/// <summary>What a rebuild did.</summary>
/// <param name="Before">Contacts in the store that was replaced; another number than <paramref name="Contacts"/> says that it was wrong.</param>
public sealed record RebuildReport(long Facts, long Contacts, long Before, double Seconds)
{
    /// <summary>Facts of forms that were read again for form use.</summary>
    public long FormFacts { get; init; }
}
