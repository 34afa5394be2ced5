using Concentric.Measure.Variation;

namespace Concentric.Measure.Boards;

/// <summary>What the last point of a chart says, in the order in which a board shows it.</summary>
public enum ChartState
{
    /// <summary>A signal in the direction that is bad for citizens.</summary>
    Concern,

    /// <summary>A signal in the direction that is good for citizens.</summary>
    Improvement,

    /// <summary>A signal of a measure of which neither direction is good in itself.</summary>
    Change,

    /// <summary>Nothing but the usual variation.</summary>
    Usual,

    /// <summary>Too few points to tell.</summary>
    TooFew,

    /// <summary>Nothing was recorded, or nothing of it may be shown.</summary>
    Nothing,
}

/// <summary>Whether the process as it is meets its target.</summary>
public enum Assurance
{
    /// <summary>There is no target, or neither direction is good, or too few points.</summary>
    None,

    /// <summary>The limits lie on the good side of the target: it will be met every time.</summary>
    Passes,

    /// <summary>The target lies within the limits: chance decides.</summary>
    HitOrMiss,

    /// <summary>The limits lie on the bad side of the target: it will not be met unless the process changes.</summary>
    Fails,
}

/// <summary>A measure with its figures and its control chart.</summary>
public sealed record MeasureChart
{
    public required BoardMeasure Measure { get; init; }
    public required PeriodSeries Series { get; init; }
    public required XmrChart Chart { get; init; }

    /// <summary>The phases that persons recorded and the new versions of the definition, as they lie on the chart.</summary>
    public required IReadOnlyList<PhaseStart> Phases { get; init; }

    /// <summary>In the measure's unit; null where none is set.</summary>
    public double? Target { get; init; }

    /// <summary>The last point with a value; null where there is none.</summary>
    public XmrPoint? Last => Series.LastKnown < 0 ? null : Chart.Points[Series.LastKnown];

    /// <summary>The last phase with its limits: those that hold now.</summary>
    public XmrPhase? Current => Chart.Phases.Count == 0 ? null : Chart.Phases[^1];

    public ChartState State =>
        Last is not { } last ? ChartState.Nothing
        : Chart.PhaseOf(last) is not { Limits.State: LimitsState.Firm } ? ChartState.TooFew
        : last.Signals.Count == 0 ? ChartState.Usual
        : Chosen(last).Means(Measure.Better) switch { Meaning.Improvement => ChartState.Improvement, Meaning.Concern => ChartState.Concern, _ => ChartState.Change };

    /// <summary>The strongest signal of the last point; null where it has none.</summary>
    public Signal? Signal => State is ChartState.Concern or ChartState.Improvement or ChartState.Change ? Chosen(Last!) : null;

    /// <summary>Against the limits of the current phase, never those of an earlier one. A target on a limit is hit or miss.</summary>
    public Assurance Assurance => Target is not { } target || Current is not { Limits: { State: LimitsState.Firm } limits } ? Assurance.None : Measure.Better switch
    {
        Better.Higher => target > limits.Upper ? Assurance.Fails : target < limits.Lower ? Assurance.Passes : Assurance.HitOrMiss,
        Better.Lower => target < limits.Lower ? Assurance.Fails : target > limits.Upper ? Assurance.Passes : Assurance.HitOrMiss,
        _ => Assurance.None,
    };

    /// <summary>Makes the chart of a measure.</summary>
    /// <param name="marks">Phases that persons recorded and did not take back.</param>
    /// <param name="rules">By which signals are found.</param>
    public static MeasureChart Of(BoardMeasure measure, PeriodSeries series, IEnumerable<ChartPhase> marks, double? target = null, XmrRules? rules = null)
    {
        var phases = PhasesOf(measure, series, marks);
        return new() { Measure = measure, Series = series, Phases = phases, Chart = XmrChart.Of(series.Values, phases, rules), Target = target };
    }

    /// <summary>The chart as it was when that period was the last: with the points until then, and the phases that begin among them.</summary>
    public MeasureChart Until(int index) => this with
    {
        Series = Series.Until(index),
        Phases = [.. Phases.Where(p => p.Index <= index)],
        Chart = XmrChart.Of(Series.Until(index).Values, [.. Phases.Where(p => p.Index <= index)]),
    };

    /// <summary>Where signals disagree, improvement is shown (NHS England, Making Data Count).</summary>
    internal Signal Chosen(XmrPoint point) => point.Signals.OrderBy(s => s.Means(Measure.Better) == Meaning.Improvement ? 0 : 1).First();

    private static IReadOnlyList<PhaseStart> PhasesOf(BoardMeasure measure, PeriodSeries series, IEnumerable<ChartPhase> marks) =>
    [
        .. marks.Select(m => (m.From, What: m.Reason))
            // What is counted otherwise is not comparable: its limits are its own.
            .Concat(measure.Versions.Where(v => v.From is not null).Select(v => (From: v.From!.Value, What: $"Definition {v.Number}: {v.Reason}")))
            .OrderBy(m => m.From)
            .Select(m => series.IndexOf(m.From) is { } index ? new PhaseStart(index, m.What, Midway: !series.IsStart(m.From)) : (PhaseStart?)null)
            .OfType<PhaseStart>()
            .DistinctBy(p => p.Index),
    ];
}
