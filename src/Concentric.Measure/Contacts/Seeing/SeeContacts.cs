using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Journal;
using Concentric.Core.Questions;
using Concentric.Core.Web;
using Concentric.Measure.Variation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Measure.Contacts.Seeing;

/// <summary>One line of a breakdown: how many, and of those coded, how many were failure demand.</summary>
public sealed record ContactLine(string Key, string Label, long Contacts, long Coded, long Failure)
{
    public Share? FailureShare => Share.Of(Failure, Coded);
}

/// <summary>What the first page of Measure shows.</summary>
public sealed record ContactsView
{
    public required Scope Scope { get; init; }
    public required IReadOnlyList<ContactLine> Services { get; init; }
    public required IReadOnlyList<ContactLine> Channels { get; init; }
    public required WeeklySeries Weeks { get; init; }
    public required XmrChart Chart { get; init; }

    /// <summary>Counted since the last complete week: not on the chart.</summary>
    public required long SinceLastWeek { get; init; }

    /// <summary>Begun by staff or systems in the period, and left out of all else.</summary>
    public required long NotByCitizens { get; init; }

    public required ContactLine Total { get; init; }
}

/// <summary>A service manager sees contacts by service, channel and week, the share of failure demand, and how much the weeks vary.</summary>
internal static class SeeContacts
{
    private static readonly Measure[] Counts = [Measure.Contacts, Measure.CodedContacts, Measure.FailureContacts];

    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet("/measure", Show).For(Audience.Measure);

    private static async Task<IResult> Show(string? council, int? weeks, Scopes scopes, IContactStore store, Projector projector, ConcentricDb db, IServiceNames names, CancellationToken stop)
    {
        if (await scopes.Find(council, weeks, stop) is not { } scope)
            return council is null ? new RazorComponentResult<NothingCountedPage>() : Results.NotFound();
        return new RazorComponentResult<ContactsPage>(new
        {
            View = await View(scope, store, names, stop),
            Unread = await db.FactsAside.CountAsync(a => a.Reader == Projector.Name, stop),
            projector.FailingSince,
        });
    }

    internal static async Task<ContactsView> View(Scope scope, IContactStore store, IServiceNames names, CancellationToken stop)
    {
        // The words that citizens use, where the service has some.
        var plain = (await names.All(stop)).ToDictionary(s => s.Id, s => s.Plain);
        var services = (await Lines(scope, store, Dimension.Service, stop)).ConvertAll(s => s with { Label = plain.GetValueOrDefault(s.Key, s.Label) });
        var byWeek = await store.Query(scope.Query.GroupedBy(Dimension.Week).Counting(Measure.Contacts), stop);
        var weeks = WeeklySeries.OfCounts(Enumerable.Range(0, byWeek.Rows).Select(r => (byWeek.Code(r, Dimension.Week), byWeek.Count(r, Measure.Contacts))), scope.Complete);
        var everybody = await store.Query(scope.Query with { By = [], Measures = [Measure.Contacts], Where = [new(Dimension.Kind, (int)scope.Kind)] }, stop);
        var total = new ContactLine("", "All", services.Sum(s => s.Contacts), services.Sum(s => s.Coded), services.Sum(s => s.Failure));
        return new()
        {
            Scope = scope,
            Services = services,
            Channels = await Lines(scope, store, Dimension.Channel, stop),
            Weeks = weeks,
            Chart = XmrChart.Of(weeks.Values),
            SinceLastWeek = total.Contacts - weeks.N,
            NotByCitizens = everybody.Count(0, Measure.Contacts) - total.Contacts,
            Total = total,
        };
    }

    /// <summary>The scope broken down by a dimension, the most contacts first.</summary>
    internal static async Task<List<ContactLine>> Lines(Scope scope, IContactStore store, Dimension dimension, CancellationToken stop, params Filter[] where)
    {
        var query = scope.Query.GroupedBy(dimension).Counting(Counts).Sorted(Order.ByLargest(Measure.Contacts));
        var result = await store.Query(query with { Where = [.. query.Where, .. where] }, stop);
        var names = store.Dimensions;
        return
        [
            .. from row in Enumerable.Range(0, result.Rows)
               let code = result.Code(row, dimension)
               let key = dimension == Dimension.Service ? names.Services[code].Key : $"{code}"
               let label = dimension == Dimension.Service && code == 0 ? "No service chosen" : names.Label(dimension, code)
               select new ContactLine(key, label, result.Count(row, Measure.Contacts), result.Count(row, Measure.CodedContacts), result.Count(row, Measure.FailureContacts)),
        ];
    }
}
