using Concentric.Core.Data;
using Concentric.Core.Journal;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Concentric.Serve.Forms;

/// <summary>Asks the provider about payments whose citizen went there and never came back, every ten minutes for three days. What is still open then, staff see.</summary>
internal sealed class AskPayments(TakePayment take, IDbContextFactory<ConcentricDb> databases, TimeProvider clock, ILogger<AskPayments> log) : BackgroundService
{
    public static readonly TimeSpan Between = TimeSpan.FromMinutes(10);

    /// <summary>How long it is asked. The provider itself gives people an hour and a half.</summary>
    public static readonly TimeSpan AskedFor = TimeSpan.FromDays(3);

    private const int AtOnce = 200;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await AskOpen(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogError(e, "Asking about payments failed and will be tried again");
            }
            await Task.Delay(Between, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Asks about each that is open, those that were asked about longest ago first, and returns how many ended.</summary>
    public async Task<int> AskOpen(CancellationToken stop)
    {
        if (take.Door is not { } door) return 0;
        var (now, name) = (clock.GetUtcNow(), door.Name);
        var (from, before) = (now - AskedFor, now - Between);
        await using var db = await databases.CreateDbContextAsync(stop);
        // Whoever was sent there a moment ago is still typing.
        var open = await db.PaymentAttempts.AsNoTracking()
            .Where(a => a.State == AttemptState.Open && a.Provider == name && a.ProviderId != null && a.At > from && a.At <= before)
            .OrderBy(a => a.ToldAt ?? a.At).Take(AtOnce).ToListAsync(stop);
        var ended = 0;
        foreach (var attempt in open)
        {
            if (stop.IsCancellationRequested) break;
            var step = await take.Ask(attempt, Actor.System);
            // One that is away for the first is away for all: it is left alone until the next round.
            if (step.Fault is PaymentFault.Away) break;
            if (step.Fault is null && step.State != PaymentState.Started) ended++;
        }
        return ended;
    }
}
