using System.Security.Claims;
using System.Text.Json;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Core.Web;
using Concentric.Serve.Cases;
using Concentric.Serve.Enquiries;
using Concentric.Serve.Forms;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Intake;

/// <summary>What another system tells of an enquiry. Only what is there is changed.</summary>
/// <param name="Note">Something that whoever works on it should know, in at most 4,000 characters.</param>
/// <param name="YourReference">What your system calls it.</param>
/// <param name="State"><c>answered</c> or <c>withdrawn</c>: it is closed.</param>
/// <param name="Answer">With <c>answered</c>: what the citizen reads.</param>
/// <param name="Sorted">With <c>answered</c>: whether they now have what they asked for.</param>
public sealed record EnquiryToChange(string? Note, string? YourReference, string? State, string? Answer, bool? Sorted);

/// <summary>Another system, in which the work is done, tells what became of an enquiry.</summary>
internal static class ChangeEnquiry
{
    private static readonly string[] Known = [.. typeof(EnquiryToChange).GetProperties().Select(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name))];

    public static void Map(Site site) => site.Api.MapPatch("/enquiries/{reference}", Change).For(Audience.ApiEnquiries).RequireRateLimiting(RateLimits.Api).WithName("ChangeEnquiry")
        .WithSummary("Tell what became of an enquiry elsewhere: a note, your reference, or that it is answered or withdrawn. Send the ETag that you know as If-Match")
        .Accepts<EnquiryToChange>("application/merge-patch+json", "application/json").Produces<EnquiryStatus>().ProducesValidationProblem(StatusCodes.Status422UnprocessableEntity).Produces(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status412PreconditionFailed).ProducesProblem(StatusCodes.Status428PreconditionRequired)
        .WithMetadata(new ApiExample(
            """{"state":"answered","answer":"We emptied the bin this morning.","sorted":true,"yourReference":"CRM-20931"}""",
            """{"reference":"CN-7K2M-4QXT","state":"answered","service":"524","raisedAt":"2026-03-02T09:30:00+00:00","answeredAt":"2026-03-03T11:02:00+00:00","sorted":true,"dueOn":null,"yourReference":"CRM-20931","waitsForCitizen":false}"""));

    private sealed record Wish(string? Note, string? OtherReference, bool HasOtherReference, string? State, string? Answer, bool? Sorted);

    private static async Task<IResult> Change(string reference, HttpContext http, IWriter writer, MoveCase cases, EnquiryLetters letters, TimeProvider clock, ClaimsPrincipal visitor, CancellationToken stop)
    {
        if (!Reference.TryParse(reference, out _)) return TypedResults.NotFound();
        if (http.Request.Headers.IfMatch.Count == 0)
            return SentJson.Problem(StatusCodes.Status428PreconditionRequired, "The header If-Match is missing", "Ask for the enquiry first and send its ETag, so that nobody’s change is lost.");
        var (json, problem) = await SentJson.Read(http.Request, Known, stop, "application/json", "application/merge-patch+json");
        if (json is null) return problem!;
        var wish = Read(json);
        if (json.Any) return json.Wrong();
        var (by, now) = ($"key-{visitor.KeyId}", clock.GetUtcNow());
        var match = http.Request.Headers.IfMatch;
        // Told after the write: it may run again, and what was not kept has no tag.
        var (result, tag) = await writer.Write<(IResult, string?)>(async db =>
        {
            if (await TellEnquiry.Find(db.Enquiries, reference) is not { } enquiry) return (TypedResults.NotFound(), null);
            if (enquiry.IsSensitive) return (SentJson.Problem(StatusCodes.Status403Forbidden, "It is not for other systems", "This enquiry is sensitive: its own team alone works on it."), null);
            if (!TellEnquiry.Matches(match, enquiry))
                return (SentJson.Problem(StatusCodes.Status412PreconditionFailed, "It was changed in the meantime", "Ask for the enquiry again, look at what is new, and send your change with its new ETag."), null);
            if (await Close(db, cases, letters, enquiry, wish, by, now) is { } refused) return (refused, null);
            if (wish.HasOtherReference && wish.OtherReference != enquiry.OtherReference)
            {
                enquiry.OtherReference = wish.OtherReference;
                db.Record(new EnquiryAddedTo($"{enquiry.Reference}", "other-reference", now), by, now);
            }
            if (wish.Note is { } note) EnquiryNote.Add(db, enquiry, note, by, now);
            enquiry.Touch();
            var told = await TellEnquiry.Of(db, enquiry);
            return (TypedResults.Ok(told), $"{TellEnquiry.ETagOf(enquiry)}");
        }, CancellationToken.None);
        if (tag is not null) http.Response.Headers.ETag = tag;
        return result;
    }

    private static Wish Read(SentJson json)
    {
        var wish = new Wish(json.Text("note", CaseForm.MostNote), json.Text("yourReference", SendEnquiry.LongestOtherReference), json.Has("yourReference"), json.Text("state", 20), json.Text("answer", 8000), json.Truth("sorted"));
        json.Check("state", wish.State is null or "answered" or "withdrawn", "It must be answered or withdrawn");
        json.Check("answer", wish.State != "answered" || wish.Answer is not null, "It must be there: what the citizen reads");
        json.Check("answer", wish.State == "answered" || wish.Answer is null, "It goes with the state answered alone");
        json.Check("sorted", wish.State != "answered" || wish.Sorted is not null, "It must be there: whether they now have what they asked for");
        json.Check("sorted", wish.State == "answered" || wish.Sorted is null, "It goes with the state answered alone");
        json.Check("state", wish is not { Note: null, HasOtherReference: false, State: null }, "There is nothing to change: send a note, yourReference or a state");
        return wish;
    }

    /// <summary>Why it cannot be closed, or null.</summary>
    private static async Task<IResult?> Close(ConcentricDb db, MoveCase cases, EnquiryLetters letters, Enquiry enquiry, Wish wish, string by, DateTimeOffset now)
    {
        if (wish.State is null) return null;
        if (!enquiry.IsOpen) return SentJson.Problem(StatusCodes.Status409Conflict, "It is closed", "The enquiry was answered or withdrawn before.");
        if (await db.Cases.AnyAsync(c => c.Id == enquiry.Id))
        {
            if (wish.State == "answered") return SentJson.Problem(StatusCodes.Status409Conflict, "It is worked on as a case", "The steps of its case answer it. You can send a note, or withdraw it.");
            var withdrawal = new CaseEvent(CaseEventKind.Withdrawn, by, now, Note: wish.Note ?? "Withdrawn in another system");
            // Refused before anything is written: each try again would leave its note.
            if (await cases.Find(db, enquiry.Reference) is { } whole && whole.State.Refusal(withdrawal) is { } why) return SentJson.Problem(StatusCodes.Status409Conflict, "It cannot be withdrawn", why);
            await cases.Add(db, enquiry.Reference, withdrawal);
            return null;
        }
        var withdrawn = wish.State == "withdrawn";
        enquiry.AnswerWith(new()
        {
            Text = withdrawn ? CaseWords.Withdrawn.In(Language.English) : wish.Answer!, Resolved = wish.Sorted is true, Outcome = withdrawn ? EnquiryOutcome.Withdrawn : EnquiryOutcome.Answered, By = by, At = now,
        });
        await Asked.Overtake(db, enquiry.Id, now);
        db.Record(new EnquiryAnswered($"{enquiry.Reference}", null, wish.Sorted is true, enquiry.Team), by, now);
        if (withdrawn) db.Record(new EnquiryWithdrawn($"{enquiry.Reference}", now), by, now);
        else await letters.Answered(db, enquiry, now);
        return null;
    }
}
