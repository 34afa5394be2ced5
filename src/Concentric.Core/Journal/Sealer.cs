using Concentric.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Concentric.Core.Journal;

/// <summary>Wakes whoever waits for new facts. A missed signal costs a second, never a fact.</summary>
public sealed class JournalSignal : IDisposable
{
    private readonly SemaphoreSlim _written = new(0, 1);
    private readonly SemaphoreSlim _sealed = new(0, 1);

    /// <summary>Something was committed that may hold facts.</summary>
    public void Written() => Set(_written);

    /// <summary>Facts have been sealed.</summary>
    public void Sealed() => Set(_sealed);

    internal Task WaitForWritten(CancellationToken stop) => _written.WaitAsync(TimeSpan.FromSeconds(1), stop);

    /// <summary>Ends at the next sealing, or after a second. For one waiter.</summary>
    public Task WaitForSealed(CancellationToken stop) => _sealed.WaitAsync(TimeSpan.FromSeconds(1), stop);

    public void Dispose()
    {
        _written.Dispose();
        _sealed.Dispose();
    }

    private static void Set(SemaphoreSlim signal)
    {
        try { signal.Release(); }
        catch (SemaphoreFullException) { /* already set */ }
    }
}

/// <summary>
/// Numbers and chains facts after they are committed, in batches. Sequences of the database are not in commit order and
/// a chain inside each transaction would make every writer wait for every other (docs/gotchas.md).
/// </summary>
public sealed class Sealer(IWriter writer, JournalSignal signal, ILogger<Sealer> log) : BackgroundService
{
    private const int Batch = 500;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await Seal(stoppingToken) == Batch) { }
                await signal.WaitForWritten(stoppingToken);
                // Let a burst gather: one sealing then serves it.
                await Task.Delay(100, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { }
            catch (Exception e)
            {
                log.LogError(e, "Sealing facts failed and will be tried again");
                await Task.Delay(1000, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Seals what is waiting, at most one batch, and returns how many facts that was.</summary>
    public async Task<int> Seal(CancellationToken stop = default)
    {
        var count = await writer.Write(db => SealBatch(db, stop), stop);
        if (count > 0) signal.Sealed();
        return count;
    }

    private static async Task<int> SealBatch(ConcentricDb db, CancellationToken stop)
    {
        // Two programs on one PostgreSQL must not seal at once.
        if (db.Database.IsNpgsql()) await db.Database.ExecuteSqlRawAsync("SELECT pg_advisory_xact_lock(7262801)", stop);
        var waiting = await db.Facts.Where(f => f.Number == null).OrderBy(f => f.Id).Take(Batch).ToListAsync(stop);
        if (waiting.Count == 0) return 0;

        var last = await db.Facts.Where(f => f.Number != null).OrderByDescending(f => f.Number).Select(f => new { f.Number, f.Hash }).FirstOrDefaultAsync(stop);
        var (number, hash) = (last?.Number ?? 0, last?.Hash ?? []);
        foreach (var fact in waiting)
        {
            fact.Number = ++number;
            fact.Hash = hash = Journal.HashOf(hash, number, fact);
        }
        await db.SaveChangesAsync(stop);
        return waiting.Count;
    }
}
