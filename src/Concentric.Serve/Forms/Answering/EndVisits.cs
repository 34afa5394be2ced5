using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Serve.Citizens;
using Concentric.Serve.Conversations;
using Concentric.Serve.Enquiries;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Concentric.Serve.Forms;

/// <summary>Tells of visits to forms that were left, and removes what has been kept as long as was promised. Every ten minutes.</summary>
internal sealed class EndVisits(IWriter writer, IServiceProvider services, TimeProvider clock, ILogger<EndVisits> log) : BackgroundService
{
    private const int AtOnce = 200;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                // First what was promised: a visit that cannot be ended must not keep anything longer.
                await Forget(writer, clock.GetUtcNow());
                while (!stoppingToken.IsCancellationRequested && await EndLeft() == AtOnce) { }
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogError(e, "Visits to forms could not be ended; it will be tried again");
            }
            await Task.Delay(TimeSpan.FromMinutes(10), clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Ends visits in which nothing was done for an hour, with their facts, and returns how many.</summary>
    public async Task<int> EndLeft()
    {
        var (fill, forms, now) = (services.GetRequiredService<FillDraft>(), services.GetRequiredService<FormsToFill>(), clock.GetUtcNow());
        var before = now - Draft.IdleLimit;
        return await writer.Write(async db =>
        {
            var left = await db.Drafts.Where(d => !d.VisitEnded && d.SeenAt < before).OrderBy(d => d.SeenAt).Take(AtOnce).ToListAsync();
            foreach (var draft in left)
            {
                if (await forms.Of(draft) is not var (form, _)) draft.VisitEnded = true;
                else
                {
                    var journey = Journey.Of(form, Answers.Read(form, draft.Answers), Say.DayOf(now));
                    var stopped = journey.StoppedAt;
                    fill.EndVisit(db, draft, form, stopped is null ? FormOutcome.Dropped : FormOutcome.Stopped, stopped?.Id ?? journey.ToDo?.Id ?? Jump.Check, draft.By ?? Actor.Citizen, now);
                }
                draft.Revision++;
            }
            return left.Count;
        });
    }

    /// <summary>Removes drafts and submissions whose time is over; their files go with the next night's sweep.</summary>
    public static Task Forget(IWriter writer, DateTimeOffset now) => writer.Write(async db =>
    {
        var today = Say.DayOf(now);
        await db.Drafts.Where(d => d.ExpiresAt < now).ExecuteDeleteAsync();
        // What is still being worked on is kept until that has ended.
        var worked = db.Cases.Where(c => c.IsOpen).Select(c => c.Id);
        var ended = db.Submissions.Where(s => s.KeptUntil < today && !worked.Contains(s.Id));
        await ForgetEnquiries.Leave(db, ended.Select(s => s.Id));
        await ended.ExecuteDeleteAsync();
        var forgotten = now - Conversation.KnownKept;
        // An adviser who closed the browser ends no conversation: whoever read out a code gets their form back all the same.
        var theirs = db.WaysBack.Where(w => w.Kind == WayBackKind.Code).Select(w => w.DraftId);
        await db.Drafts.Where(d => d.By != null && d.SentAt == null && d.SeenAt < forgotten && theirs.Contains(d.Id))
            .ExecuteUpdateAsync(d => d.SetProperty(x => x.By, (string?)null).SetProperty(x => x.Offered, (string?)null).SetProperty(x => x.Channel, "web").SetProperty(x => x.Revision, x => x.Revision + 1));
        await db.Conversations.Where(c => c.EndedAt == null && c.StartedAt < forgotten && (c.Known != KnownParticulars.Nothing || c.PersonEmail != null || c.PersonPhone != null || c.CitizenId != null))
            .ExecuteUpdateAsync(c => c.SetProperty(x => x.Known, KnownParticulars.Nothing).SetProperty(x => x.PersonEmail, (string?)null).SetProperty(x => x.PersonPhone, (string?)null).SetProperty(x => x.CitizenId, (Guid?)null));
        await ForgetCitizens.Forget(db);
    });
}
