using System.Security.Claims;
using Concentric.Core.Data;
using Concentric.Core.Questions;
using Concentric.Core.Web;
using Concentric.Measure.Contacts;
using Concentric.Measure.Contacts.Seeing;
using Concentric.Measure.Costs;
using Concentric.Measure.Disclosure;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Concentric.Measure.FailureDemand;

/// <summary>A service manager sees what citizens ask in their words, how much of it is failure demand, what in how we work causes it, and what it would free.</summary>
internal static class SeeDemand
{
    public const string Path = "/measure/demand";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Path, (string? council, int? weeks, Scopes scopes, Disclosed disclosed, ClaimsPrincipal visitor, DemandFigures figures, ConcentricDb db, IServiceNames names, CancellationToken stop) =>
            Show(null, council, weeks, scopes, disclosed, visitor, figures, db, names, stop)).For(Audience.Measure);
        pages.MapGet($"{Path}/{{**key}}", (string key, string? council, int? weeks, Scopes scopes, Disclosed disclosed, ClaimsPrincipal visitor, DemandFigures figures, ConcentricDb db, IServiceNames names, CancellationToken stop) =>
            Show(key, council, weeks, scopes, disclosed, visitor, figures, db, names, stop)).For(Audience.Measure);
    }

    private static async Task<IResult> Show(
        string? key, string? council, int? weeks, Scopes scopes, Disclosed disclosed, ClaimsPrincipal visitor, DemandFigures figures, ConcentricDb db, IServiceNames names, CancellationToken stop)
    {
        if (await scopes.Find(council, weeks, stop) is not { } scope) return council is null && key is null ? new RazorComponentResult<NothingCountedPage>() : Results.NotFound();
        ServiceCode? service = null;
        if (key is not null && (service = await SeeServiceCosts.Find(key, disclosed.Dimensions, names, stop)) is null) return Results.NotFound();
        var costs = await LocalCosts.Load(db, scope.Council.Name, stop);
        return new RazorComponentResult<DemandPage>(new { View = await figures.Of(scope, service, disclosed.For(visitor), costs, stop) });
    }

    /// <summary>Address of the page of a service.</summary>
    public static string Of(string key) => $"{Path}/{Uri.EscapeDataString(key)}";
}
