using System.Globalization;
using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Design;
using Concentric.Core.People;
using Concentric.Core.Web;
using Concentric.Measure.Contacts.Asking;
using Concentric.Measure.Contacts.Seeing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Measure.Boards;

/// <summary>What the page of a measure shows.</summary>
public sealed record MeasureView
{
    public required Scope Scope { get; init; }
    public required MeasureChart Chart { get; init; }

    /// <summary>Name of the board.</summary>
    public required string BoardName { get; init; }

    /// <summary>The chart without the season, where it was asked for and can be made.</summary>
    public SeasonalChart? Seasonal { get; init; }

    /// <summary>Why the season cannot be taken out, in words.</summary>
    public string? SeasonProblem { get; init; }

    /// <summary>Contacts behind all points of the chart, in words.</summary>
    public required string N { get; init; }

    /// <summary>What is counted, in words, by the version that holds now.</summary>
    public required IReadOnlyList<(DefinitionVersion Version, string Words)> Definitions { get; init; }

    /// <summary>Phases that were recorded and not taken back, oldest first.</summary>
    public required IReadOnlyList<ChartPhase> Phases { get; init; }

    public required IReadOnlyList<ChartNote> Notes { get; init; }

    /// <summary>Null where none is set.</summary>
    public required MeasureTarget? Target { get; init; }

    public required ProcessCapability Capability { get; init; }

    /// <summary>What was first published, by the place of the point.</summary>
    public required IReadOnlyDictionary<int, PublishedComparison> Published { get; init; }

    public required bool IsExact { get; init; }

    /// <summary>Name of a person of the journal.</summary>
    public required Func<string, string> Name { get; init; }

    /// <summary>The change marks of the chart: its phases, and the notes.</summary>
    public IReadOnlyList<Variation.PhaseStart> Marks =>
    [
        .. Chart.Phases.Select(p => new Variation.PhaseStart(p.Index, p.Reason)),
        .. Notes.Select(n => (At: Chart.Series.IndexOf(n.On), n.Text)).Where(n => n.At is not null).Select(n => new Variation.PhaseStart(n.At!.Value, $"Note: {n.Text}")),
    ];
}

/// <summary>Somebody looks at one measure: its chart, its points, what they were when they were published, and its definition.</summary>
internal static class SeeMeasure
{
    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet("/measure/measures/{**key}", Show).For(Audience.Measure);

    private static async Task<IResult> Show(string key, string? council, string? season, BoardPages boards, ClaimsPrincipal visitor, CancellationToken stop) =>
        await Page(key, council, null, null, new(), boards, visitor, stop, season);

    /// <summary>The page, with what was wrong in its form for a note.</summary>
    /// <param name="season">Baseline years by which the season is taken out, as it stands in the address; null to leave it in.</param>
    internal static async Task<IResult> Page(
        string key, string? council, string? note, DateParts? on, Errors errors, BoardPages boards, ClaimsPrincipal visitor, CancellationToken stop, string? season = null)
    {
        if (await boards.Find(BoardMeasure.Decoded(key), council, visitor, stop) is not { } found) return Results.NotFound();
        return new RazorComponentResult<MeasurePage>(new { View = WithoutSeason(await View(found, boards, stop), season), MayChange = visitor.IsOf(Audience.Manage), Note = note, On = on, Errors = errors })
        {
            StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
        };
    }

    private static MeasureView WithoutSeason(MeasureView view, string? season)
    {
        if (season is null) return view;
        if (!int.TryParse(season, NumberStyles.None, CultureInfo.InvariantCulture, out var years)) return view with { SeasonProblem = "Baseline years are a whole number, 2 or more." };
        var (chart, problem) = view.Chart.WithoutSeason(years);
        return view with { Seasonal = chart, SeasonProblem = problem };
    }

    internal static async Task<MeasureView> View(Found found, BoardPages boards, CancellationToken stop)
    {
        var (council, key) = (found.Scope.Council.Name, found.Measure.Key);
        var phases = await boards.Db.ChartPhases.AsNoTracking().Where(p => p.Council == council && p.Measure == key).ToListAsync(stop);
        var notes = await boards.Db.ChartNotes.AsNoTracking().Where(n => n.Council == council && n.Measure == key && n.EndedAt == null).ToListAsync(stop);
        var targets = await boards.Db.MeasureTargets.AsNoTracking().Where(t => t.Council == council && t.Measure == key && t.EndedAt == null).ToListAsync(stop);
        return new()
        {
            Scope = found.Scope,
            Chart = found.Chart,
            BoardName = (await boards.Service(found.Measure.Board, stop))!.Name,
            N = await Behind(found, stop),
            Definitions = [.. found.Measure.Versions.Reverse().Select(v => (v, v.Source.Words(found.Contacts.Dimensions)))],
            Phases = [.. phases.Where(p => p.EndedAt is null).OrderBy(p => p.From).ThenBy(p => p.At)],
            Notes = [.. notes.OrderBy(n => n.On).ThenBy(n => n.At)],
            Target = targets.MaxBy(t => t.At),
            Capability = ProcessCapability.Of(found.Chart),
            Published = await Published(found, phases, boards, stop),
            IsExact = found.Contacts.IsExact,
            Name = await boards.People(stop),
        };
    }

    /// <summary>Contacts behind the points, asked for by themselves: under rule A a total is not the sum of its parts.</summary>
    private static async Task<string> Behind(Found found, CancellationToken stop)
    {
        var points = found.Chart.Series.Points;
        if (points.Count == 0) return "0";
        var source = found.Measure.Latest.Source;
        // The needs of each period are different ones, so they add up, as roughly as each is shown.
        if (source.Kind == SourceKind.EndToEnd) return found.Contacts.IsExact ? Say.Number(points.Sum(p => p.N ?? 0)) : $"about {Say.Number(points.Sum(p => p.N ?? 0))}";
        if (source.Kind == SourceKind.Counted) return Say.Number((long)points.Sum(p => p.Value ?? 0));
        var figure = source.Kind == SourceKind.Rate ? AskedMeasure.Find("contacts")! : source.Asked!;
        var query = found.Scope.Query.Counting(figure.Parts).Between(points[0].Start, PeriodSeries.End(found.Measure.Period, points[^1].Start));
        try
        {
            var answer = await found.Contacts.Query(query with { Where = [.. query.Where, .. source.Codes(found.Scope.Council, found.Contacts.Dimensions)] }, stop);
            var total = figure.Of(answer, 0, LocalCostParts.None);
            return (total.N ?? (long?)total.Value) is { } n ? Say.Number(n) : total.IsHidden ? $"1 to {ShownCount.MostHidden}" : "0";
        }
        catch (RefusedException)
        {
            return "not known";
        }
    }

    private static async Task<IReadOnlyDictionary<int, PublishedComparison>> Published(Found found, List<ChartPhase> phases, BoardPages boards, CancellationToken stop)
    {
        var (council, key) = (found.Scope.Council.Name, found.Measure.Key);
        var first = await boards.Db.PublishedPoints.AsNoTracking().Where(p => p.Council == council && p.Measure == key).ToListAsync(stop);
        if (first.Count == 0) return new Dictionary<int, PublishedComparison>();
        // What was published is under rule A, so it is held against the chart under rule A, whoever looks.
        var chart = found.Contacts.IsExact ? (await boards.Load.Charts(found.Scope, [found.Measure], boards.UnderRule, stop))[0] : found.Chart;
        var compared = new Dictionary<int, PublishedComparison>();
        foreach (var point in first)
            if (chart.Series.IndexOf(point.Period) is { } index && found.Chart.Series.IndexOf(point.Period) is { } shown) compared[shown] = PublishedComparison.Of(point, chart, index, phases);
        return compared;
    }
}
