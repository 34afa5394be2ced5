using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Core.Web;
using Concentric.Serve.Enquiries;
using Concentric.Serve.Forms;
using Concentric.Serve.Messages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Desk;

/// <summary>What a citizen is to be asked, or what they answered by a way other than the website.</summary>
public sealed record AskForm
{
    /// <summary>Given out with the page, so that sending it twice asks or keeps once.</summary>
    public Guid Token { get; init; }

    public string? Question { get; init; }

    /// <summary>Of what waits: <c>answered</c> or <c>go-on</c>.</summary>
    public string? Do { get; init; }

    /// <summary>What they said.</summary>
    public string? Said { get; init; }
}

/// <summary>A question that waits for its answer, as the page of its enquiry shows it.</summary>
public sealed record WaitingQuestion(string Question, DateTimeOffset At, DateOnly BackOn, bool IsSent);

/// <summary>What the page of an enquiry says of asking its citizen.</summary>
public sealed record AskView
{
    public required Guid Token { get; init; }
    public required AskForm Form { get; init; }

    /// <summary>How a question would go out; null where nothing can be sent.</summary>
    public required MessageChannel? GoesBy { get; init; }

    /// <summary>They can answer on the website.</summary>
    public required bool HasEmail { get; init; }

    public required WaitingQuestion? Waits { get; init; }

    /// <summary>When it came back without an answer; null where it did not, or something came since.</summary>
    public required DateTimeOffset? NoAnswerCame { get; init; }
}

/// <summary>An adviser asks the citizen something about an enquiry without a case, which then waits for them; or writes down what they answered. A case waits by its own page.</summary>
internal static class AskCitizen
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapPost("/desk/enquiries/{reference}/ask", Ask).For(Audience.Desk);
        pages.MapPost("/desk/enquiries/{reference}/asked", GoOn).For(Audience.Desk);
    }

    private static async Task<IResult> Ask(
        string reference, [FromForm] AskForm form, ConcentricDb db, IWriter writer, EnquiryPages pages, EnquiryLetters letters, WorkingCalendar calendar, ClaimsPrincipal visitor, TimeProvider clock, CancellationToken stop)
    {
        if (form.Token == Guid.Empty) return Results.BadRequest();
        if (await pages.Find(reference, visitor, stop) is not { HasCase: false } enquiry) return Results.NotFound();
        form = form with { Question = form.Question is null ? null : Fields.Tidy(form.Question) };
        var errors = new Errors()
            .Check("Question", !string.IsNullOrWhiteSpace(form.Question), "Enter what you want to ask")
            .Check("Question", form.Question is null or { Length: <= Asked.MostWords }, "What you ask must be 2,000 characters or fewer");
        // Pressed twice, it was asked by the first press.
        if (!errors.Any && await db.Asked.AnyAsync(a => a.Id == form.Token, stop)) return Results.LocalRedirect($"/desk/enquiries/{enquiry.Reference}#asked");
        errors.Check("Question", enquiry.IsOpen, "Somebody has answered this enquiry in the meantime. Nothing was asked")
            .Check("Question", !enquiry.IsPaused, "Somebody has asked them something in the meantime. Wait for that answer first");
        if (!errors.Any && !await writer.Write(d => Keep(d, letters, calendar, enquiry.Id, form.Question!, form.Token, visitor, clock.GetUtcNow()), CancellationToken.None))
            errors.Check("Question", false, "Somebody has changed this enquiry in the meantime. Nothing was asked");
        if (!errors.Any) return Results.LocalRedirect($"/desk/enquiries/{enquiry.Reference}#asked");
        return await pages.Page(enquiry, new() { Ask = form, Errors = errors }, visitor, stop);
    }

    /// <summary>Asks, inside <see cref="IWriter.Write"/>; false where the enquiry does not stand as it was seen.</summary>
    private static async Task<bool> Keep(ConcentricDb db, EnquiryLetters letters, WorkingCalendar calendar, Guid id, string question, Guid token, ClaimsPrincipal visitor, DateTimeOffset now)
    {
        if (await db.Asked.AnyAsync(a => a.Id == token)) return true;
        if (await db.Enquiries.SingleAsync(e => e.Id == id) is not { IsOpen: true, IsPaused: false, HasCase: false } enquiry) return false;
        var (by, backOn) = (visitor.Actor, calendar.Add(Say.DayOf(now), Asked.WorkingDays));
        // One that was closed while it waited, and opened again.
        foreach (var before in await db.Asked.Where(a => a.EnquiryId == id && a.End == null).ToListAsync()) before.EndAs(AskedEnd.Overtaken, now);
        var sentBy = await letters.Ask(db, enquiry, question, backOn, now);
        db.Add(new Asked { Id = token, EnquiryId = id, Question = question, By = by, At = now, BackOn = backOn, SentBy = sentBy });
        // The answer comes back to whoever asked, where nobody else has it.
        if (enquiry.OwnerId is null)
        {
            enquiry.OwnerId = visitor.PersonId;
            db.Record(new WorkOwned($"{enquiry.Reference}", enquiry.OwnerId, enquiry.Team, now), by, now);
        }
        enquiry.Wait(forCitizen: true);
        db.Record(new EnquiryAsked($"{enquiry.Reference}", sentBy is null ? null : $"{sentBy}", backOn, now), by, now);
        return true;
    }

    private static async Task<IResult> GoOn(
        string reference, [FromForm] AskForm form, IWriter writer, EnquiryPages pages, ClaimsPrincipal visitor, TimeProvider clock, CancellationToken stop)
    {
        if (form.Token == Guid.Empty || form.Do is not ("answered" or "go-on")) return Results.BadRequest();
        if (await pages.Find(reference, visitor, stop) is not { HasCase: false } enquiry) return Results.NotFound();
        form = form with { Said = form.Said is null ? null : Fields.Tidy(form.Said) };
        var errors = new Errors();
        if (form.Do == "answered")
            errors.Check("Said", !string.IsNullOrWhiteSpace(form.Said), "Enter what they answered").Check("Said", form.Said is null or { Length: <= 4000 }, "What they answered must be 4,000 characters or fewer");
        if (errors.Any) return await pages.Page(enquiry, new() { Ask = form, Errors = errors }, visitor, stop);
        var (by, now) = (visitor.Actor, clock.GetUtcNow());
        await writer.Write(d => form.Do == "answered"
            ? AnswerQuestion.Keep(d, enquiry.Id, form.Said!, form.Token, "unknown", by, now)
            : Asked.GoOnWithout(d, enquiry.Id, AskedEnd.TakenBack, by, now), CancellationToken.None);
        return Results.LocalRedirect($"/desk/enquiries/{enquiry.Reference}");
    }
}
