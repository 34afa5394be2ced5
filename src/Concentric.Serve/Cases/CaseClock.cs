using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Journal;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Concentric.Serve.Cases;

/// <summary>Takes cases on whose days of waiting are over, and tells of steps that are overdue.</summary>
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
                await Escalate(stoppingToken);
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
    public Task<int> GoOn(CancellationToken stop) => Each(
        // Not while it waits for the citizen: then no time runs.
        (cases, today) => cases.Where(c => c.IsOpen && !c.IsPaused && c.WaitsUntil <= today).OrderBy(c => c.WaitsUntil),
        (found, today, now) => found.State.Open.Where(o => o.Node.Kind == NodeKind.Wait && o.DueOn <= today).Select(o => new CaseEvent(CaseEventKind.WaitOver, Actor.System, now, o.Id)), stop);

    /// <summary>Tells, of every step that is overdue, whose turn it is to know, one rung at a time, and returns how often.</summary>
    public Task<int> Escalate(CancellationToken stop) => Each(
        (cases, today) => cases.Where(c => c.IsOpen && c.TellFrom <= today).OrderBy(c => c.TellFrom),
        (found, today, now) => found.State.Escalations(found.Case.PromiseDays).Where(x => x.From <= today).Select(x => new CaseEvent(CaseEventKind.Escalated, Actor.System, now, x.Node, $"{x.To}")), stop);

    private async Task<int> Each(Func<IQueryable<Case>, DateOnly, IQueryable<Case>> due, Func<WholeCase, DateOnly, DateTimeOffset, IEnumerable<CaseEvent>> events, CancellationToken stop)
    {
        var (done, now) = (0, clock.GetUtcNow());
        var today = Say.DayOf(now);
        await using var db = await databases.CreateDbContextAsync(stop);
        foreach (var reference in await due(db.Cases.AsNoTracking(), today).Take(AtOnce).Select(c => c.Reference).ToListAsync(stop))
        {
            try
            {
                if (await cases.Find(db, reference, stop) is not { } found) continue;
                foreach (var e in events(found, today, now).ToList())
                    if (await cases.Add(reference, e) is { Refused: null }) done++;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // One that fails keeps no other from going on.
                log.LogError(e, "Case {Case} could not be taken on; it will be tried again", reference);
            }
            db.ChangeTracker.Clear();
        }
        return done;
    }
}
