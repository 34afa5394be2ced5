using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Journal;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Concentric.Serve.Cases;

/// <summary>Takes cases on whose days of waiting are over.</summary>
internal sealed class CaseClock(IDbContextFactory<ConcentricDb> databases, MoveCase cases, TimeProvider clock, ILogger<CaseClock> log) : BackgroundService
{
    private const int AtOnce = 200;
    private static readonly TimeSpan Between = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await GoOn(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                // The program stops; thrown on, this would be called its failure.
                return;
            }
            catch (Exception e)
            {
                log.LogError(e, "Cases that waited could not be taken on; it will be tried again");
            }
            await Task.Delay(Between, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Ends every wait that is over, and returns how many those were.</summary>
    public async Task<int> GoOn(CancellationToken stop)
    {
        var (ended, now) = (0, clock.GetUtcNow());
        var today = Say.DayOf(now);
        await using var db = await databases.CreateDbContextAsync(stop);
        // Not while it waits for the citizen: then no time runs.
        var due = await db.Cases.AsNoTracking().Where(c => c.IsOpen && !c.IsPaused && c.WaitsUntil <= today).OrderBy(c => c.WaitsUntil).Take(AtOnce).Select(c => c.Reference).ToListAsync(stop);
        foreach (var reference in due)
        {
            try
            {
                if (await cases.Find(db, reference, stop) is not { } found) continue;
                foreach (var wait in found.State.Open.Where(o => o.Node.Kind == NodeKind.Wait && o.DueOn <= today))
                    if (await cases.Add(reference, new(CaseEventKind.WaitOver, Actor.System, now, wait.Id)) is { Refused: null }) ended++;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // One that fails keeps no other from going on.
                log.LogError(e, "Case {Case} could not be taken on; it will be tried again", reference);
            }
            db.ChangeTracker.Clear();
        }
        return ended;
    }
}
