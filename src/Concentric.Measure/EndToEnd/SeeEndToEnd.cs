using System.Security.Claims;
using Concentric.Core.Questions;
using Concentric.Core.Web;
using Concentric.Measure.Contacts;
using Concentric.Measure.Contacts.Seeing;
using Concentric.Measure.Disclosure;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Concentric.Measure.EndToEnd;

/// <summary>One line of a breakdown: needs met in the period, and needs begun in the part of it that is settled.</summary>
public sealed record NeedLine(string Key, string Label, NeedFigures? Met, NeedFigures? Begun);

/// <summary>What the page of all services shows.</summary>
public sealed record EndToEndView(Scope Scope, NeedFigures? Met, IReadOnlyList<NeedLine> Services, bool IsExact);

/// <summary>What the page of one service shows.</summary>
public sealed record ServiceNeedsView
{
    public required Scope Scope { get; init; }
    public required ServiceCode Service { get; init; }
    public required NeedSeries Series { get; init; }
    public required IReadOnlyList<NeedLine> Channels { get; init; }
    public required IReadOnlyList<NeedLine> Wards { get; init; }

    /// <summary>Recorded changes of the service.</summary>
    public required IReadOnlyList<ServiceChange> Changes { get; init; }

    public required bool IsExact { get; init; }
}

/// <summary>A service manager sees how long citizens wait from their first contact until their need is met, how many are helped at once, and how often they have to ask.</summary>
internal static class SeeEndToEnd
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/measure/end-to-end", All).For(Audience.Measure);
        pages.MapGet("/measure/end-to-end/{**key}", One).For(Audience.Measure);
    }

    private static async Task<IResult> All(string? council, int? weeks, Scopes scopes, Disclosed disclosed, ClaimsPrincipal visitor, IServiceNames names, CancellationToken stop)
    {
        if (await scopes.Find(council, weeks, stop) is not { } scope)
            return council is null ? new RazorComponentResult<NothingCountedPage>() : Results.NotFound();
        var contacts = disclosed.For(visitor);
        var plain = (await names.All(stop)).ToDictionary(s => s.Id, s => s.Plain);
        var services = await Lines(scope, contacts, Dimension.Service, stop);
        var met = await contacts.Needs(NeedSeries.Query(scope), stop);
        return new RazorComponentResult<EndToEndPage>(new
        {
            View = new EndToEndView(scope, met.Count == 0 ? null : met[0], [.. services.Select(s => s with { Label = plain.GetValueOrDefault(s.Key, s.Label) })], contacts.IsExact),
        });
    }

    private static async Task<IResult> One(
        string key, string? council, int? weeks, Scopes scopes, Disclosed disclosed, ClaimsPrincipal visitor, IServiceChanges changes, IServiceNames names, CancellationToken stop)
    {
        // Two years by default: limits need weeks, and a season should be seen twice.
        var scope = await scopes.Find(council, weeks ?? 104, stop);
        var contacts = disclosed.For(visitor);
        if (scope is null || contacts.Dimensions.Service(key) is not { } service) return Results.NotFound();
        if (await names.Find(key, stop) is { } name) service = service with { Label = name.Plain };
        var only = new Filter(Dimension.Service, service.Code);
        return new RazorComponentResult<ServiceNeedsPage>(new
        {
            View = new ServiceNeedsView
            {
                Scope = scope,
                Service = service,
                Series = await NeedSeries.Of(scope, contacts, stop, only),
                Channels = await Lines(scope, contacts, Dimension.Channel, stop, only),
                Wards = await Lines(scope, contacts, Dimension.Ward, stop, only),
                Changes = scope.IsOwn ? await changes.Of(service.Key, stop) : [],
                IsExact = contacts.IsExact,
            },
        });
    }

    /// <summary>The scope broken down by a dimension, the most needs met first.</summary>
    private static async Task<List<NeedLine>> Lines(Scope scope, VisibleContacts contacts, Dimension dimension, CancellationToken stop, params Filter[] where)
    {
        var query = NeedSeries.Query(scope, where) with { By = dimension };
        var met = (await contacts.Needs(query, stop)).ToDictionary(n => n.Group);
        var begun = scope.Settled() is { } settled ? (await contacts.Needs(query with { To = settled }, stop)).ToDictionary(n => n.Group) : [];
        var names = contacts.Dimensions;
        return
        [
            .. from code in met.Keys.Union(begun.Keys)
               let of = met.GetValueOrDefault(code)
               orderby of?.Met.Estimate ?? 0 descending, code
               select new NeedLine(dimension == Dimension.Service ? names.Services[code].Key : $"{code}", dimension == Dimension.Service && code == 0 ? "No service chosen" : names.Label(dimension, code), of, begun.GetValueOrDefault(code)),
        ];
    }
}
