using Concentric.Core.Data;
using Concentric.Core.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;

namespace Concentric.Core.People;

/// <summary>In development: a page that lists the demo people. Elsewhere nobody can sign in yet, and the page says so (docs/decisions/0006-sign-in.md).</summary>
internal static class SignIn
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/sign-in", Show).ForEverybody();
        pages.MapPost("/sign-in", Begin).ForEverybody();
        pages.MapPost("/sign-out", End).ForEverybody();
    }

    private static async Task<IResult> Show(ConcentricDb db, IHostEnvironment environment, [FromQuery(Name = "return")] string? wanted)
    {
        var people = environment.IsDevelopment() ? await db.People.Where(p => p.IsDemo && p.DisabledAt == null).OrderBy(p => p.Role).ThenBy(p => p.Name).ToListAsync() : [];
        // Ordered by what they do, not by the spelling of the role in the database.
        return new RazorComponentResult<SignInPage>(new { People = people.OrderBy(p => p.Role).ToList(), Return = Local(wanted), environment.EnvironmentName });
    }

    private static async Task<IResult> Begin([FromForm] Guid person, [FromForm] string? wanted, HttpContext http, ConcentricDb db, IWriter writer, TimeProvider clock, IHostEnvironment environment)
    {
        if (!environment.IsDevelopment()) return Results.NotFound();
        if (!await db.People.AnyAsync(p => p.Id == person && p.IsDemo && p.DisabledAt == null)) return Results.NotFound();
        await SessionHandler.Begin(http, person, writer, clock.GetUtcNow());
        return Results.LocalRedirect(Local(wanted) ?? "/start");
    }

    private static async Task<IResult> End(HttpContext http, IWriter writer, TimeProvider clock)
    {
        await SessionHandler.End(http, writer, clock.GetUtcNow());
        return Results.LocalRedirect("/");
    }

    /// <summary>An address of this site, or null: <c>//elsewhere</c> and <c>/\elsewhere</c> lead away from it.</summary>
    internal static string? Local(string? address) =>
        address is ['/', ..] && address is not ['/', '/' or '\\', ..] && !address.Any(char.IsControl) ? address : null;
}
