using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Measure.Contacts;
using Concentric.Measure.Contacts.Seeing;
using Concentric.Measure.Disclosure;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Measure.Boards;

/// <summary>A board with its charts and where its reviews stand.</summary>
public sealed record BoardView
{
    public required Scope Scope { get; init; }

    /// <summary>The service; null for the council's own board.</summary>
    public required ServiceCode? Service { get; init; }

    /// <summary>The end-to-end measures first, then by signal: concern, improvement, change, none; what has nothing recorded comes last.</summary>
    public required IReadOnlyList<MeasureChart> Charts { get; init; }

    /// <summary>Measures that the board has beyond those it can show.</summary>
    public required int More { get; init; }

    public required bool IsExact { get; init; }

    /// <summary>Newest first.</summary>
    public required IReadOnlyList<BoardReview> Reviews { get; init; }

    /// <summary>The last decision and what came of it; null where none was made.</summary>
    public required LastDecision? Decision { get; init; }

    public required DateOnly Today { get; init; }

    public string Board => Service?.Key ?? "";

    public string Name => Service?.Label ?? "The whole council";

    public string Address => BoardMeasure.BoardAddressOf(Board, Scope.Council.Name);

    /// <summary>Since when the next review is due; null where it is not, or none was ever held.</summary>
    public DateOnly? OverdueSince => Reviews.Count > 0 && Reviews[0].NextOn < Today ? Reviews[0].NextOn : null;

    /// <summary>Charts that could show a signal at all, for the number of false alarms to be expected.</summary>
    public int Judged => JudgedCharts.Count();

    /// <summary>Points of these charts, on average.</summary>
    public int JudgedPoints => (int)Math.Round(JudgedCharts.Select(c => c.Chart.N).DefaultIfEmpty(0).Average());

    private IEnumerable<MeasureChart> JudgedCharts => Charts.Where(c => c.State is not (ChartState.TooFew or ChartState.Nothing));
}

/// <summary>Loads a board: the one function behind page, API, command line and the keeping of first figures.</summary>
internal sealed class LoadBoard(ConcentricDb db, TimeProvider clock)
{
    /// <param name="contacts">As the one who asks may see them.</param>
    public async Task<BoardView> Of(Scope scope, ServiceCode? service, VisibleContacts contacts, CancellationToken stop = default)
    {
        var (council, board) = (scope.Council.Name, service?.Key ?? "");
        var measures = await new FindMeasures(db).Of(council, board, stop);
        var charts = await Charts(scope, [.. measures.Take(FindMeasures.Most)], contacts, stop);
        var reviews = await db.BoardReviews.AsNoTracking().Where(r => r.Council == council && r.Board == board).ToListAsync(stop);
        reviews = [.. reviews.OrderByDescending(r => r.HeldOn).ThenByDescending(r => r.At)];
        var last = reviews.Find(r => r.Decision is not null);
        return new()
        {
            Scope = scope,
            Service = service,
            Charts = Sorted(charts),
            More = Math.Max(0, measures.Count - FindMeasures.Most),
            IsExact = contacts.IsExact,
            Reviews = reviews,
            Decision = last is null ? null : LastDecision.Of(last, charts.FirstOrDefault(c => c.Measure.Key == last.Measure), await new FindMeasures(db).People(stop)),
            Today = Say.DayOf(clock.GetUtcNow()),
        };
    }

    /// <summary>The charts of measures of one council, in their order.</summary>
    public async Task<IReadOnlyList<MeasureChart>> Charts(Scope scope, IReadOnlyList<BoardMeasure> measures, VisibleContacts contacts, CancellationToken stop = default)
    {
        var (council, keys) = (scope.Council.Name, measures.Select(m => m.Key).ToHashSet());
        // All of a council's: far fewer than its measures, and a list of 200 keys in a query is dearer.
        var phases = (await db.ChartPhases.AsNoTracking().Where(p => p.Council == council && p.EndedAt == null).ToListAsync(stop)).Where(p => keys.Contains(p.Measure)).ToLookup(p => p.Measure);
        var targets = (await db.MeasureTargets.AsNoTracking().Where(t => t.Council == council && t.EndedAt == null).ToListAsync(stop)).Where(t => keys.Contains(t.Measure)).ToLookup(t => t.Measure);
        var series = await ReadSeries.Of(scope, measures, contacts, stop);
        return [.. measures.Zip(series, (measure, points) => MeasureChart.Of(measure, points, phases[measure.Key], targets[measure.Key].MaxBy(t => t.At)?.Value))];
    }

    /// <summary>The end-to-end measures first, then by what the last point says; what is equal keeps its order, what matters to citizens first.</summary>
    internal static IReadOnlyList<MeasureChart> Sorted(IEnumerable<MeasureChart> charts) =>
        [.. charts.OrderBy(c => c.Measure.IsFirst ? 0 : 1).ThenBy(c => c.Measure.IsFirst ? 0 : (int)c.State).ThenBy(c => c.Measure.IsFirst ? 0 : (int)c.Measure.For)];
}
