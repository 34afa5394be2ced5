using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Core.Web;
using Concentric.Serve.Cases;
using Concentric.Serve.Citizens;
using Concentric.Serve.Forms;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Enquiries;

public sealed record AgainForm
{
    public string? Reference { get; init; }
    public string? Email { get; init; }

    /// <summary><c>ask</c> what is happening, or <c>tell</c> something more.</summary>
    public string? Why { get; init; }

    public string? Words { get; init; }

    /// <summary>Given out with the page, so that sending it twice is one contact.</summary>
    public Guid Token { get; init; }

    public Errors Check() => new Errors()
        .Check("Why", Why is "ask" or "tell", "Select whether you want to ask or to tell us something")
        .Check("Words", Why != "tell" || !string.IsNullOrWhiteSpace(Words), "Enter what you want to tell us")
        .Check("Words", Words is null or { Length: <= 4000 }, "What you write must be 4,000 characters or fewer");
}

/// <summary>A citizen whose enquiry is open asks what is happening, which they should not have to, or tells more. Each is a contact of its own, and what they wrote stands with the work.</summary>
internal static class AskAgain
{
    public static void Map(IEndpointRouteBuilder pages) => pages.MapPost("/enquiries/again", Ask).ForEverybody().RequireRateLimiting(RateLimits.LookUp);

    private static async Task<IResult> Ask(
        [FromForm] AgainForm form, ConcentricDb db, MoveCase cases, IWriter writer, Pseudonyms pseudonyms, OwnCouncil council, TimeProvider clock, CancellationToken stop)
    {
        // The two that were given to see the page stand in it; without them it was not sent from there.
        if (!Reference.TryParse(form.Reference, out var reference)) return Results.BadRequest();
        var enquiry = await db.Enquiries.AsNoTracking().Whole.SingleOrDefaultAsync(e => e.Reference == reference, stop);
        if (enquiry?.WasAskedBy(form.Email ?? "") is not true || form.Token == Guid.Empty) return Results.BadRequest();
        form = form with { Words = form.Words is null ? null : Fields.Tidy(form.Words) };
        var errors = form.Check();
        var shown = new SortedForm { Reference = form.Reference, Email = form.Email };
        if (!errors.Any && !enquiry.IsOpen && await cases.Find(db, reference, stop) is not { State.End: null })
            return await SaySorted.Page(enquiry, shown with { Wrong = form.Words }, errors.Check("Wrong", false, "We have answered in the meantime. If it is not sorted, say so here"), null, db, cases, clock.GetUtcNow(), stop);
        if (errors.Any) return await SaySorted.Page(enquiry, shown, errors, null, db, cases, clock.GetUtcNow(), stop, form);

        var now = clock.GetUtcNow();
        await Keep(enquiry, form, cases, writer, pseudonyms, council, now);
        db.ChangeTracker.Clear();
        return await SaySorted.Page(await db.Enquiries.AsNoTracking().Whole.SingleAsync(e => e.Id == enquiry.Id, stop), shown, new(), "again", db, cases, now, stop, form with { Words = null });
    }

    /// <summary>Keeps what they wrote, once it was checked.</summary>
    internal static Task Keep(Enquiry enquiry, AgainForm form, MoveCase cases, IWriter writer, Pseudonyms pseudonyms, OwnCouncil council, DateTimeOffset now)
    {
        var asks = form.Why == "ask";
        var words = $"{(asks ? "Asked what is happening." : "Told us more.")} {form.Words}".Trim();
        // The note of the enquiry is also what a second press is known by.
        return writer.Write(async d =>
        {
            if (await d.EnquiryNotes.AnyAsync(n => n.Id == form.Token)) return;
            await SaySorted.Note(d, enquiry.Id, words, now, form.Token);
            await cases.Add(d, enquiry.Reference, new(CaseEventKind.Noted, Actor.Citizen, now, Note: words));
            var contact = Reference.New();
            var area = await WhereTheyLive.Area(d, council.Slug, enquiry);
            d.Record(new EnquiryRaised($"{contact}", council.Slug, enquiry.Service, "web", pseudonyms.Of(council.Slug, enquiry.Email), now, $"{enquiry.Reference}", area), Actor.Citizen, now);
            if (!asks) return;
            // Nobody would have to ask who had been told: that is what failure demand is.
            d.Record(new ContactCoded($"{contact}", null, Demand.Failure), Actor.System, now);
            d.Record(new CauseSet($"{contact}", FollowUp.Chased), Actor.System, now);
            d.Add(new FollowUp { Contact = contact, EnquiryId = enquiry.Id, Cause = FollowUp.Chased, At = now });
        }, CancellationToken.None);
    }
}
