using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Core.Web;
using Concentric.Serve.CallBacks;
using Concentric.Serve.Cases;
using Concentric.Serve.Citizens;
using Concentric.Serve.Forms;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Enquiries;

public sealed record SortedForm
{
    public string? Reference { get; init; }
    public string? Email { get; init; }

    /// <summary><c>yes</c> or <c>no</c>.</summary>
    public string? Sorted { get; init; }

    /// <summary>What is still wrong.</summary>
    public string? Wrong { get; init; }

    /// <summary>From <c>1</c>, very dissatisfied, to <c>5</c>; nothing where they do not say.</summary>
    public string? Rating { get; init; }

    public int? Rated => Rating is { Length: 1 } said && said[0] is >= '1' and <= '5' ? said[0] - '0' : null;

    public Errors Check() => new Errors()
        .Check("Sorted", Sorted is "yes" or "no", "Select yes if it is sorted")
        .Check("Rating", string.IsNullOrEmpty(Rating) || Rated is not null, "Select how you felt, or nothing")
        .Check("Wrong", Sorted != "no" || !string.IsNullOrWhiteSpace(Wrong), "Enter what is still wrong")
        .Check("Wrong", Wrong is null or { Length: <= 4000 }, "What is still wrong must be 4,000 characters or fewer");
}

/// <summary>A citizen says whether what was answered is sorted. “No” opens the same enquiry and its case again, and is a contact of its own: one that they should not have had to make.</summary>
internal static class SaySorted
{
    /// <summary>Closed before it was sorted: what a citizen's “no” is counted as, until a service manager finds another cause.</summary>
    private const string Cause = "premature-closure";

    public static void Map(IEndpointRouteBuilder pages) => pages.MapPost("/enquiries/sorted", Say).ForEverybody().RequireRateLimiting(RateLimits.LookUp);

    private static async Task<IResult> Say(
        [FromForm] SortedForm form, ConcentricDb db, MoveCase cases, IWriter writer, Pseudonyms pseudonyms, OwnCouncil council, TimeProvider clock, CancellationToken stop)
    {
        // The two that were given to see the page stand in it; without them it was not sent from there.
        if (!Reference.TryParse(form.Reference, out var reference)) return Results.BadRequest();
        var enquiry = await db.Enquiries.AsNoTracking().Whole.SingleOrDefaultAsync(e => e.Reference == reference, stop);
        if (enquiry?.WasAskedBy(form.Email ?? "") is not true) return Results.BadRequest();
        form = form with { Wrong = form.Wrong is null ? null : Fields.Tidy(form.Wrong) };
        var errors = form.Check();
        // It was opened again in the meantime: what they wrote goes to whoever works on it.
        if (!errors.Any && enquiry.Answer is null && form.Sorted == "no" && await cases.Add(reference, new(CaseEventKind.Noted, Actor.Citizen, clock.GetUtcNow(), Note: form.Wrong)) is null)
            await writer.Write(d => Note(d, enquiry.Id, form.Wrong!, clock.GetUtcNow()), CancellationToken.None);
        if (!errors.Any && enquiry.Answer is not null)
        {
            await Keep(enquiry, form, cases, writer, pseudonyms, council, clock.GetUtcNow());
            db.ChangeTracker.Clear();
            enquiry = await db.Enquiries.AsNoTracking().Whole.SingleAsync(e => e.Id == enquiry.Id, stop);
        }
        return await Page(enquiry, form, errors, errors.Any ? null : form.Sorted, db, cases, clock.GetUtcNow(), stop);
    }

    /// <summary>Keeps what they said of an answer, once it was checked.</summary>
    internal static async Task Keep(Enquiry enquiry, SortedForm form, MoveCase cases, IWriter writer, Pseudonyms pseudonyms, OwnCouncil council, DateTimeOffset now)
    {
        var (reference, no) = (enquiry.Reference, form.Sorted == "no");
        // There is no case, or it was answered while its case is open; then the case keeps what they wrote as a note.
        var move = no ? await cases.Add(reference, new(CaseEventKind.Reopened, Actor.Citizen, now, Note: form.Wrong), Also) : null;
        if (move is { Refused: null }) return;
        await writer.Write(async d =>
        {
            var open = await d.Enquiries.Whole.SingleAsync(e => e.Id == enquiry.Id);
            if (open.Answer is not { } before)
            {
                if (no && move is null) await Note(d, open.Id, form.Wrong!, now);
                return;
            }
            await Also(d, open);
            if (!no) return;
            d.Remove(before);
            open.Reopen(move is null ? form.Wrong : null);
            // Its case was open all the time, and may wait.
            open.Wait(await d.Cases.AnyAsync(c => c.Id == open.Id && c.IsPaused));
        }, CancellationToken.None);

        async Task Also(ConcentricDb d, Enquiry open)
        {
            d.Record(new CitizenSaidSorted($"{reference}", !no, now, form.Rated), Actor.Citizen, now);
            if (!no) return;
            var contact = Reference.New();
            var area = await WhereTheyLive.Area(d, council.Slug, open);
            d.Record(new EnquiryRaised($"{contact}", council.Slug, open.Service, "web", pseudonyms.Of(council.Slug, open.Email), now, $"{reference}", area), Actor.Citizen, now);
            d.Record(new ContactCoded($"{contact}", null, Demand.Failure), Actor.System, now);
            d.Record(new CauseSet($"{contact}", Cause), Actor.System, now);
            d.Add(new FollowUp { Contact = contact, EnquiryId = open.Id, Cause = Cause, At = now });
        }
    }

    /// <summary>Keeps what a citizen wrote of an enquiry that has no case, inside <see cref="IWriter.Write"/>.</summary>
    internal static async Task Note(ConcentricDb db, Guid enquiry, string words, DateTimeOffset now, Guid? id = null)
    {
        // Whatever they write, they have been heard from: it waits for them no longer.
        await Asked.Came(db, enquiry, "web", Actor.Citizen, now);
        db.Add(new EnquiryNote { Id = id ?? Guid.CreateVersion7(now), EnquiryId = enquiry, Kind = EnquiryNoteKind.WroteAgain, Words = words, By = Actor.Citizen, At = now });
    }

    /// <summary>How the enquiry stands, with what was said of it.</summary>
    public static async Task<IResult> Page(Enquiry enquiry, SortedForm form, Errors errors, string? said, ConcentricDb db, MoveCase cases, DateTimeOffset now, CancellationToken stop, AgainForm? again = null, string? answer = null)
    {
        var language = await db.Submissions.Where(s => s.Id == enquiry.Id).Select(s => s.Language).SingleOrDefaultAsync(stop);
        return new RazorComponentResult<EnquiryStatusPage>(new
        {
            Enquiry = EnquiryView.Of(enquiry), enquiry.Id, Form = form, Errors = errors, Said = said, Again = again, Token = Guid.CreateVersion7(now),
            Question = (await Asked.ToAnswer(db, enquiry, stop))?.Question, TypedAnswer = answer,
            Case = await cases.Find(db, enquiry.Reference, stop) is { } found ? CaseStatus.Of(found, language) : null, Language = language, CallBack = await CallBackNotice.Of(db, enquiry.Id, now, stop),
        })
        {
            StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
        };
    }
}
