using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Core.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Teams;

/// <summary>A service manager says who works in which team.</summary>
internal static class SetMembers
{
    /// <summary>The demo's adviser and officer, in teams of the forms that ship.</summary>
    private static readonly (string Name, string[] Teams)[] Demo =
    [
        ("Asha Patel", ["Customer services", "Complaints"]),
        ("Tom Reeve", ["Highways", "Street lighting", "Street scene", "Waste and recycling"]),
    ];

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/desk/teams", Show).For(Audience.Manage);
        pages.MapPost("/desk/teams", Set).For(Audience.Manage);
    }

    private static async Task<IResult> Show(ConcentricDb db, CancellationToken stop) => await Page(db, new(), null, null, stop);

    /// <param name="member"><c>yes</c> or <c>no</c>.</param>
    private static async Task<IResult> Set([FromForm] string? person, [FromForm] string? team, [FromForm] string? member, ConcentricDb db, IWriter writer, ClaimsPrincipal visitor, TimeProvider clock)
    {
        var isMember = member != "no";
        var errors = new Errors()
            .Check("Person", Guid.TryParse(person, out var id) && (!isMember || (await Staff.All(db)).Exists(p => p.Id == id)), "Select a person")
            .Check("Team", !string.IsNullOrEmpty(team) && (!isMember || await db.KnownForms.AnyAsync(f => f.Team == team)), "Select a team");
        if (errors.Any) return await Page(db, errors, person, team, default);
        await writer.Write(d => Keep(d, id, team!, isMember, visitor.Actor, clock.GetUtcNow()));
        return Results.LocalRedirect("/desk/teams");
    }

    private static async Task Keep(ConcentricDb db, Guid person, string team, bool isMember, string by, DateTimeOffset now)
    {
        var known = await db.TeamMembers.SingleOrDefaultAsync(m => m.PersonId == person && m.Team == team);
        if (known is not null == isMember) return;
        if (known is null) db.Add(new TeamMember { PersonId = person, Team = team });
        else db.Remove(known);
        db.Record(new TeamMemberSet(person, team, isMember), by, now);
    }

    public static Task SeedDemo(IWriter writer, DateTimeOffset now, CancellationToken stop) => writer.Write(async db =>
    {
        if (await db.TeamMembers.AnyAsync(stop)) return;
        foreach (var (name, teams) in Demo)
            if (await db.Set<Person>().SingleOrDefaultAsync(p => p.IsDemo && p.Name == name, stop) is { } person)
                foreach (var team in teams) await Keep(db, person.Id, team, isMember: true, Actor.System, now);
    }, stop);

    private static async Task<IResult> Page(ConcentricDb db, Errors errors, string? chosen, string? team, CancellationToken stop)
    {
        var members = await db.TeamMembers.AsNoTracking().ToListAsync(stop);
        var ids = members.Select(m => m.PersonId).Distinct().ToList();
        var people = await db.Set<Person>().AsNoTracking().Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, stop);
        var teams = await db.KnownForms.AsNoTracking().Select(f => f.Team).Distinct().ToListAsync(stop);
        return new RazorComponentResult<MembersPage>(new
        {
            People = await Staff.All(db, stop), Teams = teams.Union(members.Select(m => m.Team)).Order(StringComparer.Ordinal).ToList(),
            Members = members.OrderBy(m => people[m.PersonId].Name, StringComparer.Ordinal).ToLookup(m => m.Team, m => people[m.PersonId], StringComparer.Ordinal),
            Errors = errors, Chosen = chosen, Team = team,
        }) { StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK };
    }
}
