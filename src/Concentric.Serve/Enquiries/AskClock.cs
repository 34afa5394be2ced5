using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Journal;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Concentric.Serve.Enquiries;

/// <summary>Brings enquiries back whose citizen was asked something and did not answer. They are open as before, and nobody closes them here.</summary>
internal sealed class AskClock(IDbContextFactory<ConcentricDb> databases, IWriter writer, TimeProvider clock, ILogger<AskClock> log) : BackgroundService
{
    private const int AtOnce = 200;
    private static readonly TimeSpan Between = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await BringBack(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                // The program stops; thrown on, this would be called its failure.
                return;
            }
            catch (Exception e)
            {
                log.LogError(e, "Enquiries that waited for an answer could not be brought back; it will be tried again");
            }
            await Task.Delay(Between, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Brings back what has waited long enough, each in its own transaction, and returns how many those were.</summary>
    public async Task<int> BringBack(CancellationToken stop = default)
    {
        var (done, now) = (0, clock.GetUtcNow());
        var today = Say.DayOf(now);
        await using var db = await databases.CreateDbContextAsync(stop);
        foreach (var due in await db.Asked.AsNoTracking().Where(a => a.End == null && a.BackOn <= today).OrderBy(a => a.BackOn).Take(AtOnce).Select(a => new { a.Id, a.EnquiryId }).ToListAsync(stop))
        {
            try
            {
                if (await writer.Write(d => End(d, due.Id, due.EnquiryId, now), CancellationToken.None)) done++;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // One that fails keeps no other from coming back.
                log.LogError(e, "The question {Asked} could not be ended; it will be tried again", due.Id);
            }
        }
        return done;
    }

    private static async Task<bool> End(ConcentricDb db, Guid id, Guid enquiry, DateTimeOffset now)
    {
        if (await db.Asked.SingleOrDefaultAsync(a => a.Id == id && a.End == null) is not { } asked) return false;
        if ((await Asked.Of(db, await db.Enquiries.SingleAsync(e => e.Id == enquiry)))?.Id == id) return await Asked.GoOnWithout(db, enquiry, AskedEnd.NoAnswer, Actor.System, now);
        // It was closed while it waited, and nobody waits for an answer any more.
        asked.EndAs(AskedEnd.Overtaken, now);
        return false;
    }
}
