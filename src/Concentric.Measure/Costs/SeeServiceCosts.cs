using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Questions;
using Concentric.Core.Web;
using Concentric.Measure.Contacts;
using Concentric.Measure.Contacts.Seeing;
using Concentric.Measure.Disclosure;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using CountedMeasure = Concentric.Measure.Contacts.Measure;

namespace Concentric.Measure.Costs;

/// <summary>One service of the list: whether it said what its contacts cost.</summary>
/// <param name="Channels">Channels with a local cost.</param>
public sealed record ServiceCostRow(string Key, string Label, ShownCount Contacts, IReadOnlyList<string> Channels);

/// <summary>A service manager sees what the contacts of a service cost, by what the service entered for itself.</summary>
internal static class SeeServiceCosts
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/measure/costs/services", List).For(Audience.Measure);
        pages.MapGet("/measure/costs/services/{**key}", Show).For(Audience.Measure);
    }

    /// <summary>A service of the contact store under the name that citizens use; null where there is none.</summary>
    internal static async Task<ServiceCode?> Find(string? key, ContactDimensions dimensions, IServiceNames names, CancellationToken stop)
    {
        if (string.IsNullOrEmpty(key) || dimensions.Service(key) is not { } service) return null;
        return await names.Find(key, stop) is { } name ? service with { Label = name.Plain } : service;
    }

    /// <summary>All services with contacts in the scope, the most first.</summary>
    internal static async Task<IReadOnlyList<ServiceCostRow>> Rows(Scope scope, VisibleContacts contacts, LocalCosts costs, IServiceNames names, CancellationToken stop)
    {
        var plain = (await names.All(stop)).ToDictionary(s => s.Id, s => s.Plain);
        var result = await contacts.Query(scope.Query.GroupedBy(Dimension.Service).Counting(CountedMeasure.Contacts).Sorted(Order.ByLargest(CountedMeasure.Contacts)), stop);
        return
        [
            .. from row in Enumerable.Range(0, result.Rows)
               let service = contacts.Dimensions.Services[result.Code(row, Dimension.Service)]
               where service.Key.Length > 0
               select new ServiceCostRow(service.Key, plain.GetValueOrDefault(service.Key, service.Label), result.Shown(row, CountedMeasure.Contacts),
                   [.. costs.Entries.Where(e => e.Service == service.Key).Select(e => CostWords.Channel(e.Channel)).Order(StringComparer.Ordinal)]),
        ];
    }

    private static async Task<IResult> List(Scopes scopes, ConcentricDb db, Settings settings, IServiceNames names, Disclosed disclosed, ClaimsPrincipal visitor, CancellationToken stop)
    {
        if (await scopes.Find(null, null, stop) is not { } scope) return new RazorComponentResult<NothingCountedPage>();
        var contacts = disclosed.For(visitor);
        return new RazorComponentResult<ServicesCostsPage>(new { Scope = scope, contacts.IsExact, Services = await Rows(scope, contacts, await LocalCosts.Load(db, settings.Council, stop), names, stop) });
    }

    private static async Task<IResult> Show(string key, Scopes scopes, ConcentricDb db, Settings settings, IServiceNames names, Disclosed disclosed, ClaimsPrincipal visitor, CancellationToken stop)
    {
        var scope = await scopes.Find(null, null, stop);
        if (scope is null || await Find(key, disclosed.Dimensions, names, stop) is not { } service) return Results.NotFound();
        var contacts = disclosed.For(visitor);
        var costs = await LocalCosts.Load(db, settings.Council, stop);
        return new RazorComponentResult<ServiceCostsPage>(new { Scope = scope, contacts.IsExact, View = await ServiceCosts.Of(scope, service, costs, contacts, stop) });
    }
}
