using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Core.Web;
using Concentric.Serve.Cases;
using Concentric.Serve.Enquiries;
using Concentric.Serve.Teams;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Work;

/// <summary>Somebody takes an enquiry on that is worked on without a process, lays it down, or gives it to another. Of a case its own page does the same (<see cref="WorkCase"/>).</summary>
internal static class OwnWork
{
    public static void Map(IEndpointRouteBuilder pages) => pages.MapPost("/desk/enquiries/{reference}/owner", Own).For(Audience.Desk);

    private static async Task<IResult> Own(string reference, [FromForm(Name = "Do")] string? way, [FromForm] string? person, ConcentricDb db, IWriter writer, ClaimsPrincipal visitor, TimeProvider clock)
    {
        var sight = await Sight.Of(db, visitor);
        if (!Reference.TryParse(reference, out var known) || await db.Enquiries.AsNoTracking().SingleOrDefaultAsync(e => e.Reference == known) is not { HasCase: false } found || !sight.MaySee(found)) return Results.NotFound();
        Guid? owner = way switch { "take" => visitor.PersonId, "give" => Guid.TryParse(person, out var id) ? id : Guid.Empty, _ => null };
        // Nobody chosen, or somebody whom the list did not offer: the page stands as it was.
        if (way is not ("take" or "give" or "lay-down") || (owner is { } to && !(await Staff.WhoMaySee(db, found.IsSensitive, found.Team)).Exists(p => p.Id == to))) return Results.LocalRedirect($"/desk/enquiries/{known}#whose");
        var (by, now) = (visitor.Actor, clock.GetUtcNow());
        await writer.Write(d => Give(d, known, owner, by, now));
        return Results.LocalRedirect($"/desk/enquiries/{known}#whose");
    }

    /// <summary>Gives an enquiry that has no case, inside <see cref="IWriter.Write"/>; why not, or null where it was given.</summary>
    public static async Task<string?> Give(ConcentricDb db, Reference reference, Guid? owner, string by, DateTimeOffset now)
    {
        var enquiry = await db.Enquiries.SingleAsync(e => e.Reference == reference);
        if (Refusal(enquiry, owner) is { } why) return why;
        enquiry.OwnerId = owner;
        enquiry.Touch();
        db.Record(new WorkOwned($"{reference}", owner, enquiry.Team, now), by, now);
        return null;
    }

    public static string? Refusal(Enquiry enquiry, Guid? owner) =>
        enquiry.HasCase ? "It is worked on as a case." : !enquiry.IsOpen ? "It has been answered." : enquiry.OwnerId == owner ? owner is null ? "It is nobody’s already." : "It is theirs already." : null;
}
