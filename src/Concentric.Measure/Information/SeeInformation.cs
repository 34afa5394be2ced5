using System.Security.Claims;
using Concentric.Core.Data;
using Concentric.Core.People;
using Concentric.Core.Questions;
using Concentric.Core.Web;
using Concentric.Measure.Contacts.Seeing;
using Concentric.Measure.Disclosure;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Concentric.Measure.Information;

/// <summary>Somebody who measures sees what people look up, what they do not find, and where calls rise with views.</summary>
internal static class SeeInformation
{
    public const string Path = "/measure/information";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Path, Show).For(Audience.Measure);
        pages.MapGet(Path + "/services/{key}", ShowService).For(Audience.Measure);
    }

    /// <summary>Address of the page of one service.</summary>
    public static string Of(Scope scope, string key) => scope.Address($"{Path}/services/{Uri.EscapeDataString(key)}");

    private static async Task<IResult> Show(string? council, int? weeks, string? done, Scopes scopes, Disclosed disclosed, ClaimsPrincipal visitor, ConcentricDb db, IServiceNames names, CancellationToken stop)
    {
        if (await scopes.Find(council, weeks, stop) is not { } scope) return council is null ? new RazorComponentResult<NothingCountedPage>() : Results.NotFound();
        return new RazorComponentResult<InformationPage>(new { View = await InformationView.Load(scope, disclosed.For(visitor), db, names, stop), MayChange = visitor.IsOf(Audience.Analyse), Done = done == "yes" });
    }

    private static async Task<IResult> ShowService(string key, string? council, int? weeks, Scopes scopes, Disclosed disclosed, ClaimsPrincipal visitor, ConcentricDb db, IServiceNames names, CancellationToken stop)
    {
        if (await scopes.Find(council, weeks, stop) is not { } scope) return Results.NotFound();
        var view = await InformationView.Load(scope, disclosed.For(visitor), db, names, stop);
        return view.Lines.FirstOrDefault(l => l.Key == key && key.Length > 0) is { } line ? new RazorComponentResult<ServiceInformationPage>(new { View = view, Line = line }) : Results.NotFound();
    }
}
