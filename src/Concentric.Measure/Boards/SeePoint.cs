using System.Globalization;
using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Web;
using Concentric.Measure.Contacts;
using Concentric.Measure.Contacts.Seeing;
using Concentric.Measure.Variation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Concentric.Measure.Boards;

/// <summary>The contacts behind one point of a chart, broken down.</summary>
public sealed record PointView
{
    /// <summary>The scope, of the period of the point alone.</summary>
    public required Scope Scope { get; init; }

    public required MeasureChart Chart { get; init; }
    public required int Index { get; init; }
    public required string BoardName { get; init; }
    public required string Definition { get; init; }

    /// <summary>All contacts of the period that the measure looks at.</summary>
    public required ContactLine Total { get; init; }

    /// <summary>Each breakdown by its name, the most contacts first.</summary>
    public required IReadOnlyList<(string By, IReadOnlyList<ContactLine> Lines)> Breakdowns { get; init; }

    public required IReadOnlyList<ChartNote> Notes { get; init; }
    public required bool IsExact { get; init; }

    /// <summary>What was counted elsewhere has no contacts behind it.</summary>
    public required bool HasContacts { get; init; }

    public PeriodPoint Point => Chart.Series.Points[Index];

    /// <summary>The same contacts in Explore, where they can be asked about further.</summary>
    public required string? Explore { get; init; }
}

/// <summary>Somebody goes from a point of a chart to its contacts.</summary>
internal static class SeePoint
{
    private static readonly (string Name, Dimension By)[] Breakdowns =
        [("Channel", Dimension.Channel), ("Demand", Dimension.Demand), ("Cause of failure demand", Dimension.FailureCause), ("Ward", Dimension.Ward)];

    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet("/measure/measures/contacts", Show).For(Audience.Measure);

    private static async Task<IResult> Show(string? key, string? council, string? from, BoardPages boards, ClaimsPrincipal visitor, CancellationToken stop)
    {
        if (await boards.Find(key, council, visitor, stop) is not { } found || !DateOnly.TryParseExact(from, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return Results.NotFound();
        if (found.Chart.Series.IndexOf(day) is not { } index) return Results.NotFound();
        return new RazorComponentResult<PointPage>(new { View = await View(found, index, boards, stop) });
    }

    private static async Task<PointView> View(Found found, int index, BoardPages boards, CancellationToken stop)
    {
        var (measure, point) = (found.Measure, found.Chart.Series.Points[index]);
        var end = PeriodSeries.End(measure.Period, point.Start);
        var scope = found.Scope with { Period = new Days(point.Start, end) };
        var source = measure.VersionOf(point.Start).Source;
        var has = source.Kind != SourceKind.Counted && found.Chart.Series.Problem is null;
        Filter[] filters = has ? [.. source.Codes(scope.Council, found.Contacts.Dimensions)] : [];
        var breakdowns = new List<(string, IReadOnlyList<ContactLine>)>();
        if (has)
        {
            foreach (var (name, by) in Breakdowns)
            {
                // What the measure itself narrows to one value is no breakdown.
                if (filters.Any(f => f.Dimension == by)) continue;
                var lines = await SeeContacts.Lines(scope, found.Contacts, by, stop, filters);
                breakdowns.Add((name, by == Dimension.FailureCause ? [.. lines.Where(l => l.Key != "0")] : lines));
            }
        }
        var notes = (await SeeMeasure.View(found, boards, stop)).Notes.Where(n => n.On >= point.Start && n.On <= end).ToList();
        return new()
        {
            Scope = scope,
            Chart = found.Chart,
            Index = index,
            BoardName = (await boards.Service(measure.Board, stop))!.Name,
            Definition = $"{source.Words(found.Contacts.Dimensions)} Definition {point.Version}.",
            Total = has ? await SeeContacts.Total(scope, found.Contacts, stop, filters) : new("", "All", ShownCount.Exact(0), ShownCount.Exact(0), ShownCount.Exact(0)),
            Breakdowns = breakdowns,
            Notes = notes,
            IsExact = found.Contacts.IsExact,
            HasContacts = has,
            Explore = has && scope.IsOwn ? Ask(source, point.Start, end) : null,
        };
    }

    private static string Ask(MeasureSource source, DateOnly from, DateOnly to) =>
        $"/measure/explore?measure={(source.Kind == SourceKind.Contacts ? source.Figure : "contacts")}&by=day&from={from:yyyy-MM-dd}&to={to:yyyy-MM-dd}"
        + string.Concat(source.Where.SelectMany(w => w.Value.Select(v => $"&{w.Key}={Uri.EscapeDataString(v)}")));
}
