using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Core.Questions;
using Concentric.Core.Web;
using Concentric.Serve.CallBacks;
using Concentric.Serve.Citizens;
using Concentric.Serve.DemandTypes;
using Concentric.Serve.Enquiries;
using Concentric.Serve.Feedback;
using Concentric.Serve.Forms;
using Concentric.Serve.Forms.Building;
using Concentric.Serve.Teams;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Conversations;

/// <summary>A conversation ends with two choices: what came of it, and what kind of demand it was. Each counts as a contact, whether or not a form was sent.</summary>
internal static class EndConversation
{
    public static void Map(IEndpointRouteBuilder pages) => pages.MapPost("/desk/conversations/{id}/end", End).For(Audience.Desk);

    /// <summary>The kinds of demand to choose from: the service's own where it was about one alone, and always the plain three.</summary>
    internal static IReadOnlyList<(string Value, string Words, string Kind)> Kinds(IEnumerable<Form> forms, IEnumerable<DemandType> types) =>
    [
        .. (forms.Select(f => f.Service).Distinct().ToList() is [var only]) ? types.Where(t => t.Service == only).Select(t => ($"{t.Id}", t.Words, DemandTypeView.Kind(t.Demand))) : [],
        ("value", "Something that we are here to do", DemandTypeView.Kind(Demand.Value)),
        ("failure", "They had to ask because we did not do something, or not right", DemandTypeView.Kind(Demand.Failure)),
        ("unknown", "Don’t know", ""),
    ];

    /// <summary>How it ended.</summary>
    internal static string Words(Conversation conversation) =>
        $"{Words(conversation.Outcome!.Value)}. {DemandTypeView.Kind(conversation.Demand!.Value)}."
        + (conversation.Handling is { } seconds ? $" It took {Say.HowLong(TimeSpan.FromSeconds(seconds))}." : "");

    internal static string Words(ConversationOutcome outcome) => outcome switch
    {
        ConversationOutcome.Answered => "Answered now",
        ConversationOutcome.FormSent => "A form was sent",
        ConversationOutcome.HandedOver => "Handed over to them",
        ConversationOutcome.CallBack => "Somebody calls back",
        _ => "They left",
    };

    private static async Task<IResult> End(
        string id, [FromForm] EndForm form, ConversationScreen screen, ConcentricDb db, IWriter writer, KeepEnding ending, ClaimsPrincipal visitor)
    {
        if (await screen.Find(id, visitor) is not { } conversation) return Results.NotFound();
        var address = ConversationView.AddressOf(conversation.Id);
        if (!conversation.IsOpen) return Results.LocalRedirect(address);
        var outcome = Enum.TryParse<ConversationOutcome>(form.Outcome, out var chosen) && Enum.IsDefined(chosen) && form.Outcome!.All(char.IsLetter) ? chosen : (ConversationOutcome?)null;
        var type = Guid.TryParse(form.Demand, out var known) ? await db.DemandTypes.AsNoTracking().SingleOrDefaultAsync(t => t.Id == known && t.InUse) : null;
        Demand? demand = form.Demand switch { "value" => Demand.Value, "failure" => Demand.Failure, "unknown" => Demand.Unknown, _ => type?.Demand };
        var sent = await db.Drafts.AnyAsync(d => d.Conversation == conversation.Id && d.By == conversation.By && d.SentAt != null);
        var errors = new Errors()
            .Check("Outcome", outcome is not null, "Select what came of it")
            .Check("Outcome", outcome != ConversationOutcome.FormSent || sent, "No form was sent in this conversation. Send it first, or select what else came of it")
            .Check("Demand", demand is not null, "Select what kind of contact this was, or ‘Don’t know’")
            .Check("OwnWords", form.OwnWords is null or { Length: <= 4000 }, "What they wanted must be 4,000 characters or fewer");
        var unsent = !errors.Any && form.Unsent != "yes" && await ending.IsAnyReady(db, conversation);
        errors.Check("Outcome", !unsent, "A form is ready and was not sent. Send it or hand it over first, or press again to end without it");
        // Only who was told that a form is ready ends without it: with anything else to put right first, it is asked again.
        if (errors.Any) return await screen.Page(conversation, null, new() { Errors = errors, End = form with { Unsent = unsent ? "yes" : null } });
        await writer.Write(d => ending.Keep(d, conversation.Id, form, outcome!.Value, type?.Id, demand!.Value));
        // Said while they are still there: when, and on which number.
        if (outcome == ConversationOutcome.CallBack && await PromiseCallBack.AddressAfter(db, conversation.Id, await Sight.Of(db, visitor)) is { } promise) return Results.LocalRedirect(promise);
        return Results.LocalRedirect(address);
    }
}

/// <summary>Keeps the end of a conversation with its facts, in one work.</summary>
internal sealed class KeepEnding(FillDraft fill, FormsToFill forms, IServiceNames services, RouteEnquiry route, KeepFeedback feedback, OwnCouncil council, Pseudonyms pseudonyms, TimeProvider clock)
{
    public async Task Keep(ConcentricDb db, Guid id, EndForm said, ConversationOutcome outcome, Guid? typeId, Demand demand)
    {
        var now = clock.GetUtcNow();
        // Pressed twice: it has ended.
        if (await db.Conversations.SingleOrDefaultAsync(c => c.Id == id && c.EndedAt == null) is not { } conversation) return;
        var by = conversation.By;
        var type = typeId is null ? null : await db.DemandTypes.SingleOrDefaultAsync(t => t.Id == typeId);
        var drafts = await db.Drafts.Where(d => d.Conversation == id && d.By == by).ToListAsync();
        var sent = drafts.Where(d => d.SentAt is not null).Select(d => d.Id).ToList();
        var ids = await db.Submissions.Where(s => sent.Contains(s.DraftId)).Select(s => s.Id).ToListAsync();
        var enquiries = await db.Enquiries.Whole.Where(e => ids.Contains(e.Id)).OrderBy(e => e.Id).ToListAsync();
        foreach (var enquiry in enquiries)
        {
            // A colleague who answered in the meantime said what kind of demand it was: that stands, and is not told otherwise here.
            if (enquiry.Coding is not null) continue;
            enquiry.Code(Coding.Of(said.OwnWords ?? "", Of(type, enquiry), demand, by, now));
            db.Record(new ContactCoded($"{enquiry.Reference}", Of(type, enquiry)?.Id, demand), by, now);
        }
        await EndVisits(db, drafts.Where(d => d.SentAt is null).ToList(), by, now);
        var person = (conversation.PersonEmail ?? conversation.PersonPhone) is { } known ? pseudonyms.Of(council.Slug, known) : 0;
        var (email, citizen) = (conversation.PersonEmail, conversation.CitizenId);
        conversation.End(outcome, demand, now);
        var about = enquiries.Count > 0 ? enquiries[0] : await Raise(db, conversation, said, type, email, citizen, person, drafts, now);
        await feedback.ByAdviser(db, about, GiveFeedback.Read(said.HowWasIt) ?? FeedbackSaid.NotAsked, by, now);
        db.Record(new ConversationEnded(conversation.Id, conversation.Channel, $"{outcome}", Math.Max(enquiries.Count, 1), conversation.Handling), by, now);
    }

    /// <summary>A conversation in which no form was sent is an enquiry too: answered at once, or left open where somebody calls back.</summary>
    private async Task<Enquiry> Raise(ConcentricDb db, Conversation conversation, EndForm said, DemandType? type, string? email, Guid? citizen, ulong person, List<Draft> drafts, DateTimeOffset now)
    {
        var by = conversation.By;
        var service = said.Service is { Length: > 0 } chosen && await services.Find(chosen) is not null ? chosen : await ServiceOf(drafts);
        var reference = Reference.New();
        while (await db.Enquiries.AnyAsync(e => e.Reference == reference)) reference = Reference.New();
        var words = EndConversation.Words(conversation.Outcome!.Value);
        var postcode = await db.Citizens.Where(c => c.Id == citizen).Select(c => c.Postcode).SingleOrDefaultAsync();
        var (owned, isSensitive) = await route.Of(db, service, postcode);
        var enquiry = new Enquiry
        {
            Id = Guid.CreateVersion7(now), Reference = reference, Token = conversation.Id, Service = service, Email = email ?? "", Channel = conversation.Channel, RaisedAt = conversation.StartedAt,
            Words = said.OwnWords?.Trim() is { Length: > 0 } own ? own : words, CitizenId = citizen, IsSensitive = isSensitive,
        };
        // Whoever promised to call back does so at the desk, unless a rule says whose such calls are; what is sensitive is its team's.
        if (isSensitive) enquiry.Team = owned;
        else if (conversation.Outcome == ConversationOutcome.CallBack && (await RouteEnquiry.Decide(db, service, postcode, null)).Team is { Length: > 0 } team) enquiry.Team = team;
        db.Enquiries.Add(enquiry);
        var area = await WhereTheyLive.Area(db, council.Slug, postcode, citizen, isSensitive);
        db.Record(new EnquiryRaised($"{reference}", council.Slug, service, conversation.Channel, person, conversation.StartedAt, Area: area), by, now);
        var coding = Coding.Of(said.OwnWords ?? "", Of(type, enquiry), conversation.Demand!.Value, by, now);
        if (conversation.Outcome == ConversationOutcome.CallBack) enquiry.Code(coding);
        else
        {
            var resolved = conversation.Outcome == ConversationOutcome.Answered;
            enquiry.AnswerWith(new() { Text = $"{words}.", Resolved = resolved, By = by, At = now }, coding);
            db.Record(new EnquiryAnswered($"{reference}", conversation.Handling, resolved, enquiry.Team), by, now);
        }
        db.Record(new ContactCoded($"{reference}", Of(type, enquiry)?.Id, conversation.Demand.Value), by, now);
        return enquiry;
    }

    /// <summary>Whether a form of the conversation is complete and was not sent.</summary>
    public async Task<bool> IsAnyReady(ConcentricDb db, Conversation conversation)
    {
        foreach (var draft in await db.Drafts.AsNoTracking().Where(d => d.Conversation == conversation.Id && d.By == conversation.By && d.SentAt == null).ToListAsync())
            if (await forms.Of(draft) is var (form, _) && Journey.Of(form, Answers.Read(form, draft.Answers), fill.Today).IsComplete) return true;
        return false;
    }

    private async Task EndVisits(ConcentricDb db, List<Draft> left, string by, DateTimeOffset now)
    {
        var ids = left.ConvertAll(d => d.Id);
        var theirs = await db.WaysBack.Where(w => ids.Contains(w.DraftId) && w.Kind == WayBackKind.Code).Select(w => w.DraftId).Distinct().ToListAsync();
        foreach (var draft in left)
        {
            if (await forms.Of(draft) is var (form, _))
            {
                var journey = Journey.Of(form, Answers.Read(form, draft.Answers), fill.Today);
                fill.EndVisit(db, draft, form, journey.StoppedAt is null ? FormOutcome.Dropped : FormOutcome.Stopped, RunExamples.EndOf(journey), by, now);
            }
            // Who read out a code has the form open in their own browser: they must be able to go on with it, and nobody else can hand it back now.
            if (theirs.Contains(draft.Id)) (draft.By, draft.Offered, draft.Channel) = (null, null, "web");
            draft.Revision++;
        }
    }

    private async Task<string?> ServiceOf(List<Draft> drafts)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var draft in drafts)
            if (await forms.Of(draft) is var (form, _)) known.Add(form.Service);
        return known.Count == 1 ? known.Single() : null;
    }

    private static DemandType? Of(DemandType? type, Enquiry enquiry) => type is not null && type.Service == enquiry.Service ? type : null;
}
