using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.Web;
using Concentric.Serve.Cases;
using Concentric.Serve.Forms;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Enquiries;

public sealed record QuestionForm
{
    public string? Reference { get; init; }
    public string? Email { get; init; }

    /// <summary>What the citizen says to what they were asked.</summary>
    public string? Said { get; init; }

    /// <summary>Given out with the page, so that sending it twice is one answer.</summary>
    public Guid Token { get; init; }

    public Errors Check() => new Errors()
        .Check("Said", !string.IsNullOrWhiteSpace(Said), "Enter your answer")
        .Check("Said", Said is null or { Length: <= 4000 }, "Your answer must be 4,000 characters or fewer");
}

/// <summary>A citizen answers what they were asked about their enquiry, and it is back with whoever asked. We asked, so it is no contact of its own.</summary>
internal static class AnswerQuestion
{
    public static void Map(IEndpointRouteBuilder pages) => pages.MapPost("/enquiries/answered", Say).ForEverybody().RequireRateLimiting(RateLimits.LookUp);

    private static async Task<IResult> Say([FromForm] QuestionForm form, ConcentricDb db, MoveCase cases, IWriter writer, TimeProvider clock, CancellationToken stop)
    {
        // The two that were given to see the page stand in it; without them it was not sent from there.
        if (!Reference.TryParse(form.Reference, out var reference)) return Results.BadRequest();
        var enquiry = await db.Enquiries.AsNoTracking().Whole.SingleOrDefaultAsync(e => e.Reference == reference, stop);
        if (enquiry is not { HasCase: false } || !enquiry.WasAskedBy(form.Email ?? "") || form.Token == Guid.Empty) return Results.BadRequest();
        form = form with { Said = form.Said is null ? null : Fields.Tidy(form.Said) };
        var (errors, now) = (form.Check(), clock.GetUtcNow());
        var shown = new SortedForm { Reference = form.Reference, Email = form.Email };
        // Closed in the meantime: what they wrote stands in the box that would open it again.
        if (!errors.Any && !enquiry.IsOpen && !await db.EnquiryNotes.AnyAsync(n => n.Id == form.Token, stop))
            return await SaySorted.Page(enquiry, shown with { Wrong = form.Said }, errors.Check("Wrong", false, "We have answered in the meantime. If it is not sorted, say so here"), null, db, cases, now, stop);
        if (errors.Any) return await SaySorted.Page(enquiry, shown, errors, null, db, cases, now, stop, answer: form.Said);
        await writer.Write(d => Keep(d, enquiry.Id, form.Said!, form.Token, "web", Actor.Citizen, now), CancellationToken.None);
        db.ChangeTracker.Clear();
        return await SaySorted.Page(await db.Enquiries.AsNoTracking().Whole.SingleAsync(e => e.Id == enquiry.Id, stop), shown, new(), "answered", db, cases, now, stop);
    }

    /// <summary>Keeps an answer, inside <see cref="IWriter.Write"/>. What comes when nothing waits for it any more is kept all the same.</summary>
    public static async Task Keep(ConcentricDb db, Guid enquiry, string words, Guid token, string channel, string by, DateTimeOffset now)
    {
        if (await db.EnquiryNotes.AnyAsync(n => n.Id == token)) return;
        var waited = await Asked.Came(db, enquiry, channel, by, now);
        db.Add(new EnquiryNote { Id = token, EnquiryId = enquiry, Kind = waited ? EnquiryNoteKind.Answered : EnquiryNoteKind.WroteAgain, Words = words, By = by, At = now });
        if (waited) return;
        var late = await db.Enquiries.SingleAsync(e => e.Id == enquiry);
        late.Touch();
        db.Record(new EnquiryAddedTo($"{late.Reference}", "wrote-again", now), by, now);
    }
}
