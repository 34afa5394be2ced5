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
        var before = chart.Phases.Where(p => p.Index < index).ToList();
        // A phase that begins so soon after it is the same change, recorded when it was seen: it ends nothing.
        var after = chart.Phases.Where(p => p.Index >= index + EffectOfChange.FewestAfter).Select(p => (PhaseStart?)p).FirstOrDefault();
        var midway = index < series.Points.Count && !series.IsStart(day);
        int Known(int end) => series.Values.Take(end).Skip(index + (midway ? 1 : 0)).Count(v => v is not null);
        if (after is { Index: var end } && Known(end) is < EffectOfChange.FewestAfter and var few && Known(series.Points.Count) > few)
            return new NoBaseline($"A phase from {PeriodSeries.Say(series.Period, series.Points[end].Start)} on ends the comparison after {few} complete {(few == 1 ? "period" : "periods")}, and {EffectOfChange.FewestAfter} are needed.");
        return EffectOfChange.Of(series.Values, new(index, what, midway), chart.Measure.Better, before.Count == 0 ? 0 : before[^1].Index + (before[^1].Midway ? 1 : 0), after?.Index - 1);
    }
}
