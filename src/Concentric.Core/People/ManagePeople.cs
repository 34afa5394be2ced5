using System.Security.Claims;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Core.People;

/// <summary>An administrator sees who may sign in, and disables somebody: they are out at their next request.</summary>
internal static class ManagePeople
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/people", List).For(Audience.Administer);
        pages.MapPost("/people/{id:guid}/disabled", Disable).For(Audience.Administer);
    }

    private static async Task<IResult> List(ConcentricDb db, ClaimsPrincipal visitor) =>
        new RazorComponentResult<PeoplePage>(new { People = await db.People.AsNoTracking().OrderBy(p => p.Name).ToListAsync(), Me = visitor.PersonId });

    private static async Task<IResult> Disable(Guid id, [FromForm] bool disabled, ClaimsPrincipal visitor, IWriter writer, TimeProvider clock)
    {
        // Nobody locks themselves out: the last administrator would take the key with them.
        if (id == visitor.PersonId) return Results.BadRequest();
        var (by, now) = (visitor.Actor, clock.GetUtcNow());
        var found = await writer.Write(async db =>
        {
            if (await db.People.FindAsync(id) is not { } person) return false;
            if (disabled) person.Disable(now);
            else person.LetInAgain();
            db.Record(new PersonDisabled(id, disabled), by, now);
            return true;
        });
        return found ? Results.LocalRedirect("/people") : Results.NotFound();
    }
}
