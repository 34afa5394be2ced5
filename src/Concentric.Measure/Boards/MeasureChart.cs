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

    /// <summary>Nothing can be told: there are too few points, or none that differ.</summary>
    TooFew,

    /// <summary>Nothing was recorded, or nothing of it may be shown.</summary>
    Nothing,
}

/// <summary>A chart of values from which the season is taken out.</summary>
/// <param name="Chart">Of the adjusted values.</param>
public sealed record SeasonalChart(Seasonality Season, XmrChart Chart);

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

    /// <summary>The phase of the last point, with the limits that hold now; null where there is none.</summary>
    public XmrPhase? Current => Last is { } last ? Chart.PhaseOf(last) : null;

    /// <summary>What the last point says, and whether the process as it is meets its target.</summary>
    public ChartIcons Icons => ChartIcons.Of(Chart, Measure.Better, Target);

    public ChartState State => Last is null ? ChartState.Nothing : IsProvisional ? ChartState.TooFew : Icons.Variation switch
    {
        VariationIcon.None => ChartState.TooFew,
        VariationIcon.CommonCause => ChartState.Usual,
        VariationIcon.ConcernHigh or VariationIcon.ConcernLow => ChartState.Concern,
        VariationIcon.ImprovementHigh or VariationIcon.ImprovementLow => ChartState.Improvement,
        _ => ChartState.Change,
    };

    /// <summary>The strongest signal of the last point; null where it has none.</summary>
    public Signal? Signal => State is ChartState.Concern or ChartState.Improvement or ChartState.Change ? Last!.Signals.Chosen(Measure.Better) : null;

    /// <summary>Against the limits of the process as it runs now; none while these are provisional.</summary>
    public AssuranceIcon Assurance => IsProvisional ? AssuranceIcon.None : Icons.Assurance;

    /// <summary>All values since the last change are equal, and they are enough to tell: that is something else than too few points.</summary>
    public bool IsWithoutVariation => Current is { Limits: { State: LimitsState.NoVariation, N: >= XmrLimits.FirmFrom } };

    private bool IsProvisional => Icons.IsProvisional || Current is { Limits: { State: LimitsState.NoVariation, N: < XmrLimits.FirmFrom } };

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

    /// <summary>The chart with the season of the first years taken out; or why that cannot be done, in words.</summary>
    /// <remarks>
    /// Limits come from the baseline alone and are carried on: later values would widen them by what the chart is to show. A phase with too few values in the baseline has limits of its own.
    /// </remarks>
    public (SeasonalChart? Chart, string? Problem) WithoutSeason(int years, XmrRules? rules = null)
    {
        var (season, problem) = SeasonOf(years);
        return season is null ? (null, problem) : (new(season, XmrChart.Of(season.Adjust(Series.Values), Phases, rules, baseline: season.Baseline - 1)), null);
    }

    /// <summary>The season of the first years; or why they give none, in words.</summary>
    public (Seasonality? Season, string? Problem) SeasonOf(int years)
    {
        try
        {
            return (Measure.Period == MeasurePeriod.Month ? Seasonality.Of(Series.Values, 12, years)
                : Series.Points.Count > 0 ? Seasonality.OfWeeks(Series.Values, Series.Points[0].Start, years) : throw new ArgumentException("There are no weeks yet."), null);
        }
        catch (ArgumentException e)
        {
            return (null, e.Message.Split(" (Parameter")[0]);
        }
    }

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
