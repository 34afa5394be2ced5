using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Design;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Core.Web;
using Concentric.Serve.Enquiries;
using Concentric.Serve.Forms;
using Concentric.Serve.Teams;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Desk;

/// <summary>To which team an enquiry goes, and why.</summary>
public sealed record TransferForm
{
    public string? Team { get; init; }

    /// <summary>Name of one of <see cref="TransferReasons"/>.</summary>
    public string? Reason { get; init; }

    public string? Words { get; init; }

    public Errors Check(IReadOnlyList<string> teams) => new Errors()
        .Check("Team", Team is not null && teams.Contains(Team), "Select a team")
        .Check("Reason", TransferReasons.Find(Reason) is not null, "Select why you give it to them")
        .Check("Words", !string.IsNullOrWhiteSpace(Words), "Enter what they need to know")
        .Check("Words", Words is null or { Length: <= 1000 }, "What they need to know must be 1,000 characters or fewer");
}

/// <summary>An enquiry without a case is given to another team, always with the reason, so that hand-overs can be counted.</summary>
internal static class TransferEnquiry
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/desk/enquiries/{reference}/transfer", Show).For(Audience.Desk);
        pages.MapPost("/desk/enquiries/{reference}/transfer", Transfer).For(Audience.Desk);
    }

    private static async Task<IResult> Show(string reference, ConcentricDb db, ClaimsPrincipal visitor, CancellationToken stop) =>
        await Find(db, reference, visitor, stop) is { } enquiry ? Page(enquiry, new(), new(), await Teams(db, enquiry, stop)) : Results.NotFound();

    private static async Task<IResult> Transfer(string reference, [FromForm] TransferForm form, ConcentricDb db, IWriter writer, ClaimsPrincipal visitor, TimeProvider clock, CancellationToken stop)
    {
        if (await Find(db, reference, visitor, stop) is not { } enquiry) return Results.NotFound();
        form = form with { Words = form.Words is null ? null : Fields.Tidy(form.Words) };
        var teams = await Teams(db, enquiry, stop);
        var errors = form.Check(teams);
        errors.Check("Team", enquiry.IsOpen, "Somebody has answered this enquiry in the meantime");
        if (errors.Any) return Page(enquiry, form, errors, teams);
        var (by, now) = (visitor.Actor, clock.GetUtcNow());
        // Pressed twice, it is there already.
        await writer.Write(d => Give(d, enquiry.Reference, form.Team!, form.Reason, form.Words!, by, now), CancellationToken.None);
        // To another team, a sensitive one may be out of sight now.
        return Results.LocalRedirect(enquiry.IsSensitive ? "/desk" : $"/desk/enquiries/{enquiry.Reference}");
    }

    /// <summary>Gives an enquiry without a case to another team, inside <see cref="IWriter.Write"/>; why not, or null where it was given.</summary>
    public static async Task<string?> Give(ConcentricDb db, Reference reference, string team, string? reason, string words, string by, DateTimeOffset now)
    {
        var open = await db.Enquiries.SingleAsync(e => e.Reference == reference);
        if (Refusal(open, team, reason) is { } why) return why;
        var from = open.Team;
        (open.Team, open.OwnerId) = (team, null);
        open.Touch();
        db.Add(new EnquiryNote { Id = Guid.CreateVersion7(now), EnquiryId = open.Id, Kind = EnquiryNoteKind.Transferred, Team = team, Words = $"{TransferReasons.Find(reason)!.Label}. {words}", By = by, At = now });
        db.Record(new EnquiryTransferred($"{open.Reference}", from, team, reason!, now), by, now);
        return null;
    }

    public static string? Refusal(Enquiry enquiry, string team, string? reason) =>
        enquiry.HasCase ? "It is worked on as a case." : !enquiry.IsOpen ? "It has been answered." : enquiry.Team == team ? "It is with that team." : TransferReasons.Find(reason) is null ? "Say why it is handed over." : null;

    /// <summary>One that the visitor may see and that has no case: a case is handed over by itself.</summary>
    private static async Task<Enquiry?> Find(ConcentricDb db, string reference, ClaimsPrincipal visitor, CancellationToken stop)
    {
        if (!Reference.TryParse(reference, out var known)) return null;
        var sight = await Sight.Of(db, visitor, stop);
        var enquiry = await sight.Of(db.Enquiries.AsNoTracking()).SingleOrDefaultAsync(e => e.Reference == known, stop);
        return enquiry is null || await db.Cases.AnyAsync(c => c.Id == enquiry.Id, stop) ? null : enquiry;
    }

    private static async Task<IReadOnlyList<string>> Teams(ConcentricDb db, Enquiry enquiry, CancellationToken stop) =>
        await db.KnownForms.AsNoTracking().Where(f => f.Team != enquiry.Team).Select(f => f.Team).Distinct().Order().ToListAsync(stop);

    private static RazorComponentResult Page(Enquiry enquiry, TransferForm form, Errors errors, IReadOnlyList<string> teams) => new RazorComponentResult<TransferPage>(new
    {
        Reference = $"{enquiry.Reference}", enquiry.Team, Form = form, Errors = errors, Teams = teams.Select(t => new Choice(t, t)).Prepend(new("", "Select a team")).ToList(),
    })
    {
        StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
    };
}
