using Concentric.Core.Questions;
using Concentric.Core.Web;
using Concentric.Measure.Variation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Concentric.Measure.Contacts.Seeing;

/// <summary>A recorded change and what can be said of its effect on failure demand.</summary>
public sealed record ChangeEffect(ServiceChange Change, Effect Effect);

/// <summary>What the page of one service shows.</summary>
public sealed record ServiceView
{
    public required Scope Scope { get; init; }
    public required ServiceCode Service { get; init; }
    public required ContactLine Total { get; init; }
    public required WeeklySeries Weeks { get; init; }

    /// <summary>Failure demand by week; null where nothing is coded.</summary>
    public required WeeklySeries? Failure { get; init; }

    public required IReadOnlyList<ContactLine> Channels { get; init; }

    /// <summary>Causes set for failure demand, the most frequent first.</summary>
    public required IReadOnlyList<ContactLine> Causes { get; init; }

    /// <summary>The newest first.</summary>
    public required IReadOnlyList<ChangeEffect> Changes { get; init; }
}

/// <summary>A service manager sees one service: how it varies, its failure demand, and what a dated change did to it.</summary>
internal static class SeeService
{
    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet("/measure/services/{**key}", Show).For(Audience.Measure);

    private static async Task<IResult> Show(string key, string? council, int? weeks, Scopes scopes, IContactStore store, IServiceChanges changes, IServiceNames names)
    {
        // Two years by default: a change needs weeks before it and weeks since.
        var scope = await scopes.Find(council, weeks ?? 104);
        if (scope is null || store.Dimensions.Service(key) is not { } service) return Results.NotFound();
        if (await names.Find(key) is { } name) service = service with { Label = name.Plain };
        return new RazorComponentResult<ServicePage>(new { View = await View(scope, service, store, changes) });
    }

    internal static async Task<ServiceView> View(Scope scope, ServiceCode service, IContactStore store, IServiceChanges changes)
    {
        var only = new Filter(Dimension.Service, service.Code);
        var total = (await SeeContacts.Lines(scope, store, Dimension.Service, default, only)).FirstOrDefault() ?? new ContactLine(service.Key, service.Label, 0, 0, 0);
        var byWeek = await store.Query(scope.Query.With(Dimension.Service, service.Code).GroupedBy(Dimension.Week).Counting(Measure.Contacts, Measure.FailureContacts), default);
        WeeklySeries Series(Measure measure) =>
            WeeklySeries.OfCounts(Enumerable.Range(0, byWeek.Rows).Select(r => (byWeek.Code(r, Dimension.Week), byWeek.Count(r, measure))), scope.Complete);

        var failure = total.Coded > 0 ? Series(Measure.FailureContacts) : null;
        var recorded = scope.IsOwn ? await changes.Of(service.Key) : [];
        var causes = await SeeContacts.Lines(scope, store, Dimension.FailureCause, default, only, new Filter(Dimension.Demand, (int)Core.Facts.Demand.Failure));
        return new()
        {
            Scope = scope,
            Service = service,
            Total = total,
            Weeks = Series(Measure.Contacts),
            Failure = failure,
            Channels = await SeeContacts.Lines(scope, store, Dimension.Channel, default, only),
            Causes = causes,
            Changes =
            [
                .. recorded.Reverse().Select(c => new ChangeEffect(c, failure is null
                    ? new NoBaseline("No contact of this service has been coded as value or failure demand.")
                    : EffectOfChange.Of(failure, c.From, Better.Lower, recorded.Select(r => r.From), c.What))),
            ],
        };
    }
}
