using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Serve.CallBacks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Concentric.Serve.Calls;

/// <summary>Removes calls, and the numbers and words of call-backs that were done, once their time is over. Every hour, and at the start.</summary>
internal sealed class ForgetCalls(IWriter writer, TimeProvider clock, ILogger<ForgetCalls> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var count = await Forget(writer, clock.GetUtcNow());
                if (count > 0) log.LogInformation("Removed {Count} calls whose time was over", count);
            }
            catch (Exception e)
            {
                log.LogError(e, "Removing old calls failed and will be tried again in an hour");
            }
            await Task.Delay(TimeSpan.FromHours(1), clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Returns how many calls went.</summary>
    public static Task<int> Forget(IWriter writer, DateTimeOffset now)
    {
        var (before, done) = (now - Call.Kept, now - CallBack.Kept);
        return writer.Write(async db =>
        {
            await db.CallBacks.Where(b => b.DoneAt < done && (b.Number != null || b.About != null)).ExecuteUpdateAsync(b => b.SetProperty(x => x.Number, (string?)null).SetProperty(x => x.About, (string?)null));
            // Nobody rings after so long, and nobody said so.
            var (isOpen, left) = (true, now - CallBack.LeftAfter);
            await db.CallBacks.Where(b => b.IsOpen == isOpen && (b.DueAt < left || b.Number == null))
                .ExecuteUpdateAsync(b => b.SetProperty(x => x.IsOpen, false).SetProperty(x => x.Outcome, CallBackOutcome.NotNeeded).SetProperty(x => x.DoneAt, now).SetProperty(x => x.DoneBy, Actor.System));
            // What a phone system calls a call may have the caller's number in it.
            await db.Conversations.Where(c => c.StartedAt < before && c.Call != null).ExecuteUpdateAsync(c => c.SetProperty(x => x.Call, (string?)null));
            return await db.Calls.Where(c => c.At < before).ExecuteDeleteAsync();
        });
    }
}
