using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Design;
using Concentric.Core.People;
using Concentric.Core.Questions;
using Concentric.Core.Web;
using Concentric.Serve.CallBacks;
using Concentric.Serve.Cases;
using Concentric.Serve.DemandTypes;
using Concentric.Serve.Enquiries;
using Concentric.Serve.Intake;
using Concentric.Serve.Messages;
using Concentric.Serve.Teams;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Desk;

/// <summary>What was sent from the page of an enquiry and is shown with it again.</summary>
internal sealed record EnquiryTyped
{
    public AnswerForm? Answer { get; init; }
    public AskForm? Ask { get; init; }
    public CauseForm? Cause { get; init; }

    /// <summary>Reference of another enquiry that was typed.</summary>
    public string? Other { get; init; }

    public Errors Errors { get; init; } = new();
    public string[] Said { get; init; } = [];
}

/// <summary>Gathers the page of an enquiry at the desk.</summary>
internal sealed class EnquiryPages(ConcentricDb db, IServiceNames services, INextNeeds needs, SeeForm sent, ListCallBacks callBacks, Processes processes, TimeProvider clock)
{
    /// <summary>The enquiry, where the visitor may see it; null otherwise.</summary>
    public Task<Enquiry?> Find(string reference, ClaimsPrincipal visitor, CancellationToken stop) => Find(db, reference, visitor, stop);

    /// <inheritdoc cref="Find(string, ClaimsPrincipal, CancellationToken)"/>
    public static async Task<Enquiry?> Find(ConcentricDb db, string reference, ClaimsPrincipal visitor, CancellationToken stop) =>
        Reference.TryParse(reference, out var known) && await db.Enquiries.AsNoTracking().Whole.SingleOrDefaultAsync(e => e.Reference == known, stop) is { } found
        && (await Sight.Of(db, visitor, stop)).MaySee(found) ? found : null;

    public async Task<IResult> Page(Enquiry enquiry, EnquiryTyped typed, ClaimsPrincipal visitor, CancellationToken stop)
    {
        var (now, sight, errors) = (clock.GetUtcNow(), await Sight.Of(db, visitor, stop), typed.Errors);
        var linked = (await EnquiryLink.Of(db, sight, enquiry.Id, stop)).ConvertAll(e => new LinkedEnquiry($"{e.Reference}", LooksLike.Short(e.Words), e.IsOpen, e.HasCase));
        return new RazorComponentResult<EnquiryPage>(new
        {
            Enquiry = EnquiryView.Of(enquiry),
            Service = enquiry.Service is null ? null : await services.Find(enquiry.Service, stop),
            Purpose = enquiry.Service is null ? null : (await db.Purposes.FindAsync([enquiry.Service], stop))?.Text,
            Types = await DemandChoice.TypesOf(db, enquiry.Service, stop),
            Form = typed.Answer ?? new AnswerForm
            {
                OwnWords = enquiry.Coding?.Words is { Length: > 0 } own ? own : Masking.Mask(enquiry.Words), Resolved = "yes", Demand = DemandChoice.Of(enquiry.Coding), Opened = now.ToUnixTimeSeconds(),
            },
            Errors = errors,
            Next = await SuggestNext.View(enquiry, typed.Said, sight, db, needs, services, stop),
            CanManage = visitor.IsOf(Audience.Manage),
            Messages = await SeeSent.Of(db, enquiry.Id, stop),
            enquiry.HasCase,
            Owner = enquiry.OwnerId is { } owner ? await db.Set<Person>().Where(p => p.Id == owner).Select(p => p.Name).SingleOrDefaultAsync(stop) ?? "Somebody who has left" : null,
            IsMine = enquiry.OwnerId == visitor.PersonId,
            People = enquiry is { HasCase: false, IsOpen: true } ? (await Staff.WhoMaySee(db, enquiry.IsSensitive, enquiry.Team, stop)).Where(p => p.Id != enquiry.OwnerId).Select(p => new Choice($"{p.Id}", p.Name)).ToList() : null,
            Alike = (await LooksLike.Of(db, sight, enquiry, stop)).Where(a => !linked.Exists(l => l.Reference == a.Reference)).ToList(),
            Linked = linked, Other = typed.Other,
            Asking = enquiry is { HasCase: false, IsOpen: true } ? await Asking(enquiry, typed.Ask, now, stop) : null,
            Causes = enquiry.IsOpen && !await db.FollowUps.AnyAsync(f => f.EnquiryId == enquiry.Id, stop) ? null : await FoundCauses.Of(db, enquiry, services, processes, stop),
            Caused = typed.Cause,
            CallBacks = await callBacks.Of(enquiry.Id, sight, stop),
            Added = await SeeAdded.Of(db, enquiry.Id, stop),
            Sent = await sent.Of(enquiry.Id, enquiry.IsOpen, Say.DayOf(now), stop),
        })
        {
            StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
        };
    }

    private async Task<AskView> Asking(Enquiry enquiry, AskForm? typed, DateTimeOffset now, CancellationToken stop)
    {
        var asked = await Asked.Of(db, enquiry, stop);
        var last = asked ?? await db.Asked.Where(a => a.EnquiryId == enquiry.Id).OrderByDescending(a => a.At).FirstOrDefaultAsync(stop);
        return new()
        {
            Token = Guid.CreateVersion7(now), Form = typed ?? new(), GoesBy = (await EnquiryLetters.ReachOf(db, enquiry))?.Channel, HasEmail = enquiry.Email.Length > 0,
            Waits = asked is null ? null : new(asked.Question, asked.At, asked.BackOn, asked.SentBy is not null),
            NoAnswerCame = asked is null && last?.End == AskedEnd.NoAnswer ? last.EndedAt : null,
        };
    }
}
