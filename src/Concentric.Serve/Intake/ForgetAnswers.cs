using Concentric.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Concentric.Serve.Intake;

/// <summary>Removes the answers kept for programs once their time is over. Every hour, and at the start.</summary>
internal sealed class ForgetAnswers(IWriter writer, TimeProvider clock, ILogger<ForgetAnswers> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Forget(writer, clock.GetUtcNow());
            }
            catch (Exception e)
            {
                log.LogError(e, "Removing old answers failed and will be tried again in an hour");
            }
            await Task.Delay(TimeSpan.FromHours(1), clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public static Task<int> Forget(IWriter writer, DateTimeOffset now)
    {
        var before = now - KeptAnswer.Kept;
        return writer.Write(db => db.KeptAnswers.Where(a => a.At < before).ExecuteDeleteAsync());
    }
}
