using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Questions;
using Concentric.Core.Web;
using Concentric.Measure.Disclosure;
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

    /// <summary>Counted in those weeks.</summary>
    public required ShownCount InWeeks { get; init; }

    /// <summary>Failure demand by week; null where nothing is coded.</summary>
    public required WeeklySeries? Failure { get; init; }

    /// <summary>Failure demand in those weeks.</summary>
    public required ShownCount FailureInWeeks { get; init; }

    public required IReadOnlyList<ContactLine> Channels { get; init; }

    /// <summary>Causes set for failure demand, the most frequent first.</summary>
    public required IReadOnlyList<ContactLine> Causes { get; init; }

    /// <summary>Whether counts are as they are, for an analyst.</summary>
    public required bool IsExact { get; init; }

    /// <summary>The newest first.</summary>
    public required IReadOnlyList<ChangeEffect> Changes { get; init; }
}

/// <summary>A service manager sees one service: how it varies, its failure demand, and what a dated change did to it.</summary>
internal static class SeeService
{
    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet("/measure/services/{**key}", Show).For(Audience.Measure);

    private static async Task<IResult> Show(
        string key, string? council, int? weeks, Scopes scopes, Disclosed disclosed, ClaimsPrincipal visitor, IServiceChanges changes, IServiceNames names, CancellationToken stop)
    {
        // Two years by default: a change needs weeks before it and weeks since.
        var scope = await scopes.Find(council, weeks ?? 104, stop);
        var contacts = disclosed.For(visitor);
        if (scope is null || contacts.Dimensions.Service(key) is not { } service) return Results.NotFound();
        if (await names.Find(key, stop) is { } name) service = service with { Label = name.Plain };
        return new RazorComponentResult<ServicePage>(new { View = await View(scope, service, contacts, changes, stop) });
    }

    internal static async Task<ServiceView> View(Scope scope, ServiceCode service, VisibleContacts contacts, IServiceChanges changes, CancellationToken stop = default)
    {
        var only = new Filter(Dimension.Service, service.Code);
        var own = scope.Query.With(Dimension.Service, service.Code);
        var total = await SeeContacts.Total(scope, contacts, stop, only);
        var byWeek = await contacts.Query(own.GroupedBy(Dimension.Week).Counting(Measure.Contacts, Measure.FailureContacts), stop);
        WeeklySeries Series(Measure measure) =>
            WeeklySeries.OfShown([.. Enumerable.Range(0, byWeek.Rows).Select(r => (byWeek.Code(r, Dimension.Week), byWeek.Shown(r, measure)))], scope.Complete, byWeek.IsWithheld ? [] : null);

        var (weeks, failure) = (Series(Measure.Contacts), total.Coded.IsHidden || total.Coded.Value > 0 ? Series(Measure.FailureContacts) : null);
        var recorded = scope.IsOwn ? await changes.Of(service.Key, stop) : [];
        return new()
        {
            Scope = scope,
            Service = service,
            Total = total with { Key = service.Key, Label = service.Label },
            Weeks = weeks,
            InWeeks = await SeeContacts.InWeeks(scope, weeks, contacts, own, Measure.Contacts, stop),
            Failure = failure,
            FailureInWeeks = await SeeContacts.InWeeks(scope, weeks, contacts, own, Measure.FailureContacts, stop),
            Channels = await SeeContacts.Lines(scope, contacts, Dimension.Channel, stop, only),
            Causes = await SeeContacts.Lines(scope, contacts, Dimension.FailureCause, stop, only, new Filter(Dimension.Demand, (int)Core.Facts.Demand.Failure)),
            IsExact = contacts.IsExact,
            Changes =
            [
                .. recorded.Reverse().Select(c => new ChangeEffect(c, failure is null
                    ? new NoBaseline("No contact of this service has been coded as value or failure demand.")
                    : EffectOfChange.Of(failure, c.From, Better.Lower, recorded.Select(r => r.From), c.What))),
            ],
        };
    }
}
