using Concentric.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Concentric.Serve.Attachments;

/// <summary>Ids of the half-done forms that there are: an attachment of none of them, that was not sent either, is swept.</summary>
internal sealed record LiveDrafts(Func<ConcentricDb, IQueryable<Guid>> Ids);

/// <summary>Every minute: files that wait for the virus scanner are scanned. Every night: files that nobody sent are removed.</summary>
internal sealed class CheckAttachments(KeptAttachments attachments, IDbContextFactory<ConcentricDb> databases, LiveDrafts drafts, TimeProvider clock, ILogger<CheckAttachments> log)
    : BackgroundService
{
    private static readonly TimeSpan Between = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        DateTimeOffset? swept = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var answered = await attachments.CheckHeld(databases, stoppingToken);
                if (answered > 0) log.LogInformation("The virus scanner is back: {Count} files that waited were checked", answered);
                if (swept is null || clock.GetUtcNow() - swept >= TimeSpan.FromDays(1))
                {
                    var removed = await attachments.Sweep(drafts.Ids, databases, stoppingToken);
                    if (removed > 0) log.LogInformation("Removed {Count} files whose forms were never sent", removed);
                    swept = clock.GetUtcNow();
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                // The program stops; thrown on, this would be called its failure.
                return;
            }
            catch (Exception e)
            {
                log.LogError(e, "Checking files that wait failed and will be tried again");
            }
            await Task.Delay(Between, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
