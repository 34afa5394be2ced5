using System.Security.Claims;
using System.Text;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Core.Questions;
using Concentric.Core.Web;
using Concentric.Serve.Forms.Tables;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Teams;

/// <summary>What stands in the boxes of the page of rules.</summary>
public sealed record RouteForm
{
    public string? Service { get; init; }
    public string? Area { get; init; }
    public string? Team { get; init; }

    /// <summary><c>yes</c>: rules that a file does not name are removed.</summary>
    public string? Replace { get; init; }
}

/// <summary>A service manager says which team gets what: by service, by area, or by both; one by one, or as a file.</summary>
internal static class SetRoutes
{
    public const string Path = "/desk/routes";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Path, (string? service, string? postcode, RoutePages page, CancellationToken stop) => page.Page(new(), new(), service, postcode, stop)).For(Audience.Manage);
        pages.MapPost(Path, Set).For(Audience.Manage);
        pages.MapPost($"{Path}/remove", Remove).For(Audience.Manage);
        pages.MapGet($"{Path}.csv", File).For(Audience.Manage);
        pages.MapPost($"{Path}/file", Bring).For(Audience.Manage).WithMetadata(new RequestSizeLimitAttribute(RouteFile.MostBytes + 64 * 1024));
    }

    private static async Task<IResult> Set([FromForm] RouteForm form, RoutePages page, IWriter writer, ClaimsPrincipal visitor, TimeProvider clock, CancellationToken stop)
    {
        var (service, area) = (form.Service ?? "", string.IsNullOrWhiteSpace(form.Area) ? "" : RouteArea.Read(form.Area));
        var errors = new Errors()
            .Check("Service", service.Length > 0 || area is not "", "Select a service, or enter an area, or both")
            .Check("Service", service.Length == 0 || await page.Knows(service, stop), "Select one of the services listed")
            .Check("Area", area is not null, "Enter how a postcode begins, like LS, LS1, LS1 4 or LS1 4AP")
            .Check("Team", form.Team is not null && (await page.Teams(stop)).Contains(form.Team), "Select a team");
        if (errors.Any) return await page.Page(form, errors, null, null, stop);
        await writer.Write(async d => Keep(d, await Find(d, service, area!), service, area!, form.Team, visitor.Actor, clock.GetUtcNow()), CancellationToken.None);
        return Results.LocalRedirect(Path);
    }

    private static async Task<IResult> Remove([FromForm] RouteForm form, IWriter writer, ClaimsPrincipal visitor, TimeProvider clock)
    {
        var (service, area) = (form.Service ?? "", form.Area ?? "");
        await writer.Write(async d => Keep(d, await Find(d, service, area), service, area, null, visitor.Actor, clock.GetUtcNow()), CancellationToken.None);
        return Results.LocalRedirect(Path);
    }

    private static Task<Route?> Find(ConcentricDb db, string service, string area) => db.Routes.SingleOrDefaultAsync(r => r.Service == service && r.Area == area);

    /// <summary>Makes, changes or removes one rule, inside <see cref="IWriter.Write"/>; nothing where it is so already.</summary>
    /// <param name="known">The rule as it is; null where there is none.</param>
    /// <param name="team">Null: it is removed.</param>
    private static void Keep(ConcentricDb db, Route? known, string service, string area, string? team, string by, DateTimeOffset now)
    {
        if (known?.Team == team) return;
        db.Record(new RouteChanged(service, area, known?.Team, team), by, now);
        if (known is null) db.Add(new Route { Service = service, Area = area, Team = team!, By = by, At = now });
        else if (team is null) db.Remove(known);
        else (known.Team, known.By, known.At) = (team, by, now);
    }

    private static async Task<IResult> File(ConcentricDb db, IServiceNames services, CancellationToken stop)
    {
        var names = (await services.All(stop)).ToDictionary(s => s.Id, StringComparer.Ordinal);
        // With a byte order mark, so that Excel reads it as UTF-8.
        var file = "\uFEFF" + RouteFile.Write(Route.InOrder(await db.Routes.AsNoTracking().ToListAsync(stop)), names);
        return Results.File(Encoding.UTF8.GetBytes(file), "text/csv; charset=utf-8", "routes.csv");
    }

    private static async Task<IResult> Bring(HttpRequest request, RoutePages page, IWriter writer, IServiceNames services, ClaimsPrincipal visitor, TimeProvider clock, CancellationToken stop)
    {
        var posted = await request.ReadFormAsync(stop);
        var (form, file) = (new RouteForm { Replace = posted["Replace"] }, posted.Files["File"]);
        var errors = new Errors().Check("File", file is { Length: > 0 }, "Select a CSV file").Check("File", file is not { Length: > RouteFile.MostBytes }, "The selected file must be smaller than 2MB");
        if (errors.Any) return await page.Page(form, errors, null, null, stop);
        try
        {
            using var bytes = new MemoryStream();
            await file!.CopyToAsync(bytes, stop);
            var rows = RouteFile.Read(bytes.ToArray(), (await services.All(stop)).Select(s => s.Id).ToHashSet(StringComparer.Ordinal), await page.Teams(stop));
            await writer.Write(d => Keep(d, rows, form.Replace == "yes", visitor.Actor, clock.GetUtcNow()), CancellationToken.None);
            return Results.LocalRedirect(Path);
        }
        catch (ReferenceFileException e)
        {
            return await page.Page(form, errors.Check("File", false, $"Nothing was taken. {string.Join(" ", e.Problems)}"), null, null, stop);
        }
    }

    private static async Task Keep(ConcentricDb db, IReadOnlyList<RouteRow> rows, bool replace, string by, DateTimeOffset now)
    {
        var known = await db.Routes.ToDictionaryAsync(r => (r.Service, r.Area));
        foreach (var row in rows)
        {
            known.Remove((row.Service, row.Area), out var before);
            Keep(db, before, row.Service, row.Area, row.Team, by, now);
        }
        if (!replace) return;
        foreach (var rule in known.Values) Keep(db, rule, rule.Service, rule.Area, null, by, now);
    }
}
