using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Core.Web;
using Concentric.Serve.Enquiries;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Citizens;

/// <summary>A look as the citizen sees it: never who it was.</summary>
public sealed record LookView(DateTimeOffset At, string Role, string Team, string Reason);

/// <summary>
/// A citizen sees who of the council has looked at what is kept of them: by reference and e-mail address, as they see how an enquiry stands. Who signed in as a citizen says it once and is known from then on.
/// </summary>
internal static class WhoLooked
{
    private const int Most = 200;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/who-looked", Show).ForEverybody();
        pages.MapPost("/who-looked", See).ForEverybody().RequireRateLimiting(RateLimits.LookUp);
    }

    private static async Task<IResult> Show(string? reference, ConcentricDb db, ClaimsPrincipal visitor, CancellationToken stop)
    {
        if (!visitor.IsOf(Audience.Citizen)) return Page(new() { Reference = reference }, new(), null);
        var person = visitor.PersonId;
        return await db.CitizenPersons.AsNoTracking().SingleOrDefaultAsync(p => p.PersonId == person, stop) is { } known ? Page(new(), new(), await Of(db, known.CitizenId, stop)) : Page(new() { Reference = reference }, new(), null);
    }

    private static async Task<IResult> See([FromForm] CheckEnquiryForm form, ConcentricDb db, IWriter writer, ClaimsPrincipal visitor, TimeProvider clock, CancellationToken stop)
    {
        var errors = form.Check();
        if (errors.Any) return Page(form, errors, null);
        var reference = Reference.Parse(form.Reference!);
        var enquiry = await db.Enquiries.AsNoTracking().SingleOrDefaultAsync(e => e.Reference == reference, stop);
        // The same words whichever of the two is wrong, as on the page of the status.
        errors.Check("Reference", enquiry?.WasAskedBy(form.Email!) is true, "We cannot find an enquiry with that reference and email address. Check both and try again");
        if (errors.Any) return Page(form, errors, null);
        if (enquiry!.CitizenId is not { } citizen) return Page(form, errors, []);
        if (visitor.IsOf(Audience.Citizen))
        {
            var (person, now) = (visitor.PersonId, clock.GetUtcNow());
            await writer.Write(async d =>
            {
                var before = await d.CitizenPersons.FindAsync(person);
                if (before?.CitizenId == citizen) return;
                if (before is not null) (before.CitizenId, before.At) = (citizen, now);
                else d.Add(new CitizenPerson { PersonId = person, CitizenId = citizen, At = now });
                d.Record(new CitizenRecognised(citizen, person), visitor.Actor, now);
            }, CancellationToken.None);
        }
        return Page(form, errors, await Of(db, citizen, stop));
    }

    /// <summary>Every look at the citizen in all the rows that are joined, the newest first; one that saw several of them once.</summary>
    private static async Task<IReadOnlyList<LookView>> Of(ConcentricDb db, Guid citizen, CancellationToken stop)
    {
        var rows = await CitizenPair.Joined(db, citizen, stop);
        var looks = await db.CitizenLooks.AsNoTracking().Where(l => rows.Contains(l.CitizenId)).OrderByDescending(l => l.At).ThenByDescending(l => l.Id).Take(Most * rows.Count).ToListAsync(stop);
        return [.. looks.DistinctBy(l => l.Id).Take(Most).Select(l => new LookView(l.At, Person.Words(l.Role), l.Team, Looks.ToCitizen(l.Reason)))];
    }

    private static RazorComponentResult Page(CheckEnquiryForm form, Errors errors, IReadOnlyList<LookView>? looks) => new RazorComponentResult<WhoLookedPage>(new { Form = form, Errors = errors, Looks = looks })
    {
        StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
    };
}
