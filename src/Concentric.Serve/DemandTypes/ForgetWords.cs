using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Serve.Enquiries;
using Concentric.Serve.Feedback;
using Concentric.Serve.Knowledge;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Concentric.Serve.DemandTypes;

/// <summary>Removes citizens' own words once the time that they were promised to be kept is over. Once a day, and at the start.</summary>
internal sealed class ForgetWords(IWriter writer, TimeProvider clock, ILogger<ForgetWords> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var count = await Forget(writer, Say.DayOf(clock.GetUtcNow()));
                count += await ForgetVerdicts(writer, clock.GetUtcNow());
                count += await ForgetFeedback(writer, clock.GetUtcNow());
                count += await ForgetEnquiries.Forget(writer, clock.GetUtcNow());
                if (count > 0) log.LogInformation("Removed the words of {Count} contacts whose time was over", count);
            }
            catch (Exception e)
            {
                log.LogError(e, "Removing old words failed and will be tried again tomorrow");
            }
            await Task.Delay(TimeSpan.FromDays(1), clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Removes what was to be kept until before today and returns how many.</summary>
    public static Task<int> Forget(IWriter writer, DateOnly today) => writer.Write(db =>
        db.Codings.Where(c => c.WordsKeptUntil < today && c.Words != null).ExecuteUpdateAsync(c => c.SetProperty(x => x.Words, (string?)null)));

    /// <summary>Removes what people wrote of knowledge pages once its time is over; that they said so is still counted.</summary>
    public static Task<int> ForgetVerdicts(IWriter writer, DateTimeOffset now)
    {
        var before = now.AddMonths(-KnowledgeVerdict.MonthsKept);
        return writer.Write(db => db.KnowledgeVerdicts.Where(v => v.At < before && v.Words != null).ExecuteUpdateAsync(v => v.SetProperty(x => x.Words, (string?)null)));
    }

    /// <summary>Removes what people wrote of how it was, and what was done about it, once its time is over; that they said so is still counted.</summary>
    public static Task<int> ForgetFeedback(IWriter writer, DateTimeOffset now)
    {
        var before = now.AddMonths(-GivenFeedback.MonthsKept);
        return writer.Write(db => db.GivenFeedback.Where(f => f.SaidAt < before && (f.Words != null || f.Earlier != null || f.Done != null || f.IsNotice)).ExecuteUpdateAsync(f => f
            .SetProperty(x => x.Words, (string?)null).SetProperty(x => x.Earlier, (string?)null).SetProperty(x => x.Done, (string?)null).SetProperty(x => x.IsNotice, false)));
    }
}
