using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Core.Web;
using Concentric.Serve.Conversations;
using Concentric.Serve.DemandTypes;
using Concentric.Serve.Enquiries;
using Concentric.Serve.Teams;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Desk;

public sealed record AnswerForm
{
    public string? Answer { get; init; }

    /// <summary>What the citizen wanted in their own words, masked, as the adviser left it.</summary>
    public string? OwnWords { get; init; }

    /// <summary>Id of one of the service's demand types, or <c>value</c>, <c>failure</c> or <c>unknown</c>.</summary>
    public string? Demand { get; init; }

    /// <summary><c>yes</c> or <c>no</c>.</summary>
    public string? Resolved { get; init; }

    /// <summary>References of linked enquiries that get the same answer.</summary>
    public string[]? Also { get; init; }

    /// <summary>When the page was opened, in seconds since 1970: how long the answer took.</summary>
    public long? Opened { get; init; }

    public Errors Check() => new Errors()
        .Check("Answer", !string.IsNullOrWhiteSpace(Answer), "Enter the answer")
        .Check("Answer", Answer is null or { Length: <= 8000 }, "The answer must be 8,000 characters or fewer")
        .Check("OwnWords", OwnWords is null or { Length: <= 4000 }, "What they wanted must be 4,000 characters or fewer")
        .Check("Demand", !string.IsNullOrEmpty(Demand), "Select what kind of contact this was, or ‘Don’t know’");
}

/// <summary>An adviser answers an enquiry and, with one choice more, says what kind of demand it was. Those linked with it can get the same answer, each by itself.</summary>
internal static class AnswerEnquiry
{
    private const string TooLate = "Somebody else has answered this enquiry. Your answer was not sent: copy what you need of it";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/desk/enquiries/{reference}", Show).For(Audience.Desk);
        pages.MapPost("/desk/enquiries/{reference}", Answer).For(Audience.Desk);
    }

    private static async Task<IResult> Show(string reference, string[]? said, EnquiryPages pages, ClaimsPrincipal visitor, CancellationToken stop) =>
        await pages.Find(reference, visitor, stop) is { } enquiry ? await pages.Page(enquiry, new() { Said = said ?? [] }, visitor, stop) : Results.NotFound();

    private static async Task<IResult> Answer(
        string reference, [FromForm] AnswerForm form, [FromQuery] string[]? said, ConcentricDb db, IWriter writer, EnquiryPages pages, EnquiryLetters letters, ClaimsPrincipal visitor, TimeProvider clock)
    {
        if (await pages.Find(reference, visitor, default) is not { } enquiry) return Results.NotFound();
        var errors = form.Check();
        var chosen = await DemandChoice.Read(db, form.Demand, enquiry.Service);
        errors.Check("Demand", chosen is not null, "Select one of the kinds of contact listed");
        errors.Check("Answer", enquiry.IsOpen, TooLate);
        if (errors.Any) return await pages.Page(enquiry, new() { Answer = form, Errors = errors, Said = said ?? [] }, visitor, default);

        var (by, now, demand) = (visitor.Actor, clock.GetUtcNow(), chosen!.Value.Demand);
        var given = await writer.Write(async d =>
        {
            var open = await d.Enquiries.Whole.SingleAsync(e => e.Id == enquiry.Id);
            if (!open.IsOpen) return false;
            await Code(d, open, form, demand, form.OwnWords ?? "", by, now);
            await Give(d, letters, open, form, Handling(form, now), by, now);
            return true;
        });
        if (!given)
        {
            db.ChangeTracker.Clear();
            return await pages.Page((await pages.Find(reference, visitor, default))!, new() { Answer = form, Errors = errors.Check("Answer", false, TooLate), Said = said ?? [] }, visitor, default);
        }
        var sight = await Sight.Of(db, visitor);
        foreach (var text in form.Also?.Distinct(StringComparer.Ordinal) ?? [])
            if (Reference.TryParse(text, out var other))
                await writer.Write(d => GiveAlso(d, letters, sight, enquiry, other, form, demand, by, now));
        return Results.LocalRedirect($"/desk/enquiries/{enquiry.Reference}");
    }

    /// <summary>One that is linked gets the same answer, if it waits for one still and may be seen.</summary>
    private static async Task GiveAlso(ConcentricDb db, EnquiryLetters letters, Sight sight, Enquiry first, Reference other, AnswerForm form, Demand demand, string by, DateTimeOffset now)
    {
        if (await db.Enquiries.Whole.SingleOrDefaultAsync(e => e.Reference == other) is not { IsOpen: true, HasCase: false } open) return;
        if (!(await EnquiryLink.Of(db, sight, first.Id)).Exists(l => l.Id == open.Id)) return;
        // What kind of contact it was stays as somebody coded it who had read it; nobody has looked through its words for names, so none are kept.
        if (open.Coding is null) await Code(db, open, form, demand, "", by, now);
        await Give(db, letters, open, form, null, by, now);
    }

    private static async Task Code(ConcentricDb db, Enquiry open, AnswerForm form, Demand demand, string ownWords, string by, DateTimeOffset now)
    {
        // Of an enquiry of another service the type is none, and says value or failure alone.
        var type = (await DemandChoice.Read(db, form.Demand, open.Service))?.Type;
        // An adviser who sent it for the citizen may have coded it already: what is said now stands.
        if (open.Coding is { } before)
        {
            db.Remove(before);
            await db.SaveChangesAsync();
        }
        open.Code(Coding.Of(ownWords, type, demand, by, now));
        db.Record(new ContactCoded($"{open.Reference}", type?.Id, demand), by, now);
        await SetCause.Fit(db, open, demand, by, now);
    }

    private static async Task Give(ConcentricDb db, EnquiryLetters letters, Enquiry open, AnswerForm form, int? handling, string by, DateTimeOffset now)
    {
        var resolved = form.Resolved == "yes";
        open.AnswerWith(new() { Text = form.Answer!.Trim(), Resolved = resolved, By = by, At = now });
        await Asked.Overtake(db, open.Id, now);
        db.Record(new EnquiryAnswered($"{open.Reference}", handling, resolved, open.Team), by, now);
        // What has a case is written to by its process.
        if (!open.HasCase) await letters.Answered(db, open, now);
    }

    private static int? Handling(AnswerForm form, DateTimeOffset now) => form.Opened is { } opened ? Conversation.Taken(now.ToUnixTimeSeconds() - opened) : null;
}
