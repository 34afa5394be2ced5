using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Journal;
using Concentric.Core.Questions;
using Concentric.Core.Web;
using Concentric.Measure.Disclosure;
using Concentric.Measure.Variation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Measure.Contacts.Seeing;

/// <summary>One line of a breakdown: how many, and of those coded, how many were failure demand.</summary>
public sealed record ContactLine(string Key, string Label, ShownCount Contacts, ShownCount Coded, ShownCount Failure)
{
    /// <summary>From the counts as shown; null where nothing is coded or a count is hidden.</summary>
    public Share? FailureShare => Failure.Value is { } failure && Coded.Value is { } coded ? Share.Of(failure, coded) : null;

    /// <summary>The share in words: “12.5%”, “1 to 7 of 40”, “Not coded”.</summary>
    public string FailureInWords => FailureShare is { } share ? $"{Charts.Figures.Show(100 * share.Value, 1)}%" : !Failure.IsHidden && !Coded.IsHidden ? "Not coded" : Coded.IsHidden ? "Too few" : $"{Failure} of {Coded}";
}

/// <summary>What the first page of Measure shows.</summary>
public sealed record ContactsView
{
    public required Scope Scope { get; init; }
    public required IReadOnlyList<ContactLine> Services { get; init; }
    public required IReadOnlyList<ContactLine> Channels { get; init; }
    public required WeeklySeries Weeks { get; init; }
    public required XmrChart Chart { get; init; }

    /// <summary>Counted in the weeks of the chart.</summary>
    public required ShownCount InWeeks { get; init; }

    /// <summary>Counted since the last complete week: not on the chart.</summary>
    public required ShownCount SinceLastWeek { get; init; }

    /// <summary>Begun by staff or systems in the period, and left out of all else.</summary>
    public required ShownCount NotByCitizens { get; init; }

    public required ContactLine Total { get; init; }

    /// <summary>All services but the <see cref="MostBars"/> with the most together.</summary>
    public required ShownCount OtherServices { get; init; }

    /// <summary>Whether counts are as they are, for an analyst.</summary>
    public required bool IsExact { get; init; }

    /// <summary>Services that have a bar of their own.</summary>
    public const int MostBars = 12;
}

/// <summary>A service manager sees contacts by service, channel and week, the share of failure demand, and how much the weeks vary.</summary>
internal static class SeeContacts
{
    private static readonly Measure[] Counts = [Measure.Contacts, Measure.CodedContacts, Measure.FailureContacts];

    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet("/measure", Show).For(Audience.Measure);

    private static async Task<IResult> Show(
        string? council, int? weeks, Scopes scopes, Disclosed disclosed, ClaimsPrincipal visitor, Projector projector, ConcentricDb db, IServiceNames names, CancellationToken stop)
    {
        if (await scopes.Find(council, weeks, stop) is not { } scope)
            return council is null ? new RazorComponentResult<NothingCountedPage>() : Results.NotFound();
        return new RazorComponentResult<ContactsPage>(new
        {
            View = await View(scope, disclosed.For(visitor), names, stop),
            Unread = await db.FactsAside.CountAsync(a => a.Reader == Projector.Name, stop),
            projector.FailingSince,
        });
    }

    internal static async Task<ContactsView> View(Scope scope, VisibleContacts contacts, IServiceNames names, CancellationToken stop)
    {
        // The words that citizens use, where the service has some.
        var plain = (await names.All(stop)).ToDictionary(s => s.Id, s => s.Plain);
        var services = (await Lines(scope, contacts, Dimension.Service, stop)).ConvertAll(s => s with { Label = plain.GetValueOrDefault(s.Key, s.Label) });
        var byWeek = await contacts.Query(scope.Query.GroupedBy(Dimension.Week).Counting(Measure.Contacts), stop);
        var weeks = WeeklySeries.OfShown([.. Enumerable.Range(0, byWeek.Rows).Select(r => (byWeek.Code(r, Dimension.Week), byWeek.Shown(r, Measure.Contacts)))], scope.Complete, byWeek.IsWithheld ? [] : null);
        return new()
        {
            Scope = scope,
            Services = services,
            Channels = await Lines(scope, contacts, Dimension.Channel, stop),
            Weeks = weeks,
            Chart = XmrChart.Of(weeks.Values),
            InWeeks = await InWeeks(scope, weeks, contacts, scope.Query, Measure.Contacts, stop),
            SinceLastWeek = await SinceLastWeek(scope, contacts, stop),
            NotByCitizens = await Count(contacts, scope.Query with { Where = [new(Dimension.Kind, (int)scope.Kind), new(Dimension.Initiator, (int)ContactInitiator.Staff, (int)ContactInitiator.System)] }, stop),
            Total = await Total(scope, contacts, stop),
            OtherServices = services.Count <= ContactsView.MostBars ? ShownCount.Exact(0) : await Count(contacts, scope.Query.With(Dimension.Service, [.. Others(services, contacts.Dimensions)]), stop),
            IsExact = contacts.IsExact,
        };
    }

    /// <summary>The scope broken down by a dimension, the most contacts first.</summary>
    internal static async Task<List<ContactLine>> Lines(Scope scope, VisibleContacts contacts, Dimension dimension, CancellationToken stop, params Filter[] where)
    {
        var query = scope.Query.GroupedBy(dimension).Counting(Counts).Sorted(Order.ByLargest(Measure.Contacts));
        var result = await contacts.Query(query with { Where = [.. query.Where, .. where] }, stop);
        var names = contacts.Dimensions;
        return
        [
            .. from row in Enumerable.Range(0, result.Rows)
               let code = result.Code(row, dimension)
               let key = dimension == Dimension.Service ? names.Services[code].Key : $"{code}"
               let label = dimension == Dimension.Service && code == 0 ? "No service chosen" : names.Label(dimension, code)
               select Line(result, row, key, label),
        ];
    }

    /// <summary>All of the scope together, counted by itself: under rule A a total is not the sum of its parts.</summary>
    internal static async Task<ContactLine> Total(Scope scope, VisibleContacts contacts, CancellationToken stop, params Filter[] where)
    {
        var query = scope.Query.Counting(Counts);
        return Line(await contacts.Query(query with { Where = [.. query.Where, .. where] }, stop), 0, "", "All");
    }

    /// <summary>How many there are in the weeks of a chart.</summary>
    internal static async Task<ShownCount> InWeeks(Scope scope, WeeklySeries weeks, VisibleContacts contacts, CubeQuery query, Measure measure, CancellationToken stop) =>
        weeks.Weeks.Count == 0
            ? ShownCount.Of(0, false, contacts.IsExact)
            : (await contacts.Query(query.Counting(measure).Between(weeks.Weeks[0].Monday, weeks.Weeks[^1].Monday.AddDays(6)), stop)).Shown(0, measure);

    private static async Task<ShownCount> SinceLastWeek(Scope scope, VisibleContacts contacts, CancellationToken stop)
    {
        var running = Week.Monday(Week.Of(scope.Through.AddDays(1)));
        if (running < scope.Period.From) running = scope.Period.From;
        return running > scope.Period.Through ? ShownCount.Of(0, false, contacts.IsExact) : await Count(contacts, scope.Query.Between(running, scope.Period.Through), stop);
    }

    private static async Task<ShownCount> Count(VisibleContacts contacts, CubeQuery query, CancellationToken stop) =>
        (await contacts.Query(query.Counting(Measure.Contacts), stop)).Shown(0, Measure.Contacts);

    private static IEnumerable<int> Others(List<ContactLine> services, ContactDimensions names) =>
        services.Skip(ContactsView.MostBars).Select(s => s.Key.Length == 0 ? 0 : names.Service(s.Key)!.Code);

    private static ContactLine Line(CubeResult result, int row, string key, string label) =>
        new(key, label, result.Shown(row, Measure.Contacts), result.Shown(row, Measure.CodedContacts), result.Shown(row, Measure.FailureContacts));
}
