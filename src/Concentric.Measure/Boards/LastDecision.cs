using Concentric.Measure.Variation;

namespace Concentric.Measure.Boards;

/// <summary>The last decision of a board's reviews, and whether it moved its measure.</summary>
/// <param name="Chart">Of the measure that it was to move; null where that is not on the board any more.</param>
/// <param name="Effect">Held against the frozen baseline before it was done; null where it was not done, or nobody has said when.</param>
/// <param name="Person">Who was to see to it.</param>
public sealed record LastDecision(BoardReview Review, MeasureChart? Chart, Effect? Effect, string Person)
{
    /// <summary>Nobody has said that it was done, though it was due.</summary>
    public bool IsLate(DateOnly today) => Review.DoneOn is null && Review.DueOn < today;

    internal static LastDecision Of(BoardReview review, MeasureChart? chart, Func<string, string> name) =>
        new(review, chart, review.DoneOn is { } done && chart is not null ? EffectOf(chart, done, review.Decision!) : null, review.Person is { } person ? name($"{person}") : "Nobody");

    /// <summary>What a change on that day did to a measure. The baseline does not reach over an earlier phase, nor the comparison over a later one.</summary>
    internal static Effect EffectOf(MeasureChart chart, DateOnly day, string what)
    {
        var series = chart.Series;
        if (series.Points.Count == 0) return new NoBaseline("Nothing was recorded.");
        if (day < series.Points[0].Start) return new NoBaseline("The change was made before anything was recorded.");
        // A change after the last complete period has no points yet.
        var index = series.IndexOf(day) ?? series.Points.Count;
        var (before, after) = (chart.Phases.Where(p => p.Index < index).ToList(), chart.Phases.Where(p => p.Index > index).ToList());
        return EffectOfChange.Of(series.Values, new(index, what, Midway: index < series.Points.Count && !series.IsStart(day)), chart.Measure.Better,
            before.Count == 0 ? 0 : before[^1].Index + (before[^1].Midway ? 1 : 0), after.Count == 0 ? null : after[0].Index - 1);
    }
}
