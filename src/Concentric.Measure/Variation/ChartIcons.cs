namespace Concentric.Measure.Variation;

/// <summary>What a point of a chart is, once its signals and the good direction are known.</summary>
public enum PointType
{
    /// <summary>No value was recorded.</summary>
    Gap,

    /// <summary>There are no limits to judge it by.</summary>
    NotJudged,

    /// <summary>Nothing but the usual variation.</summary>
    CommonCause,
    Improvement,
    Concern,

    /// <summary>A signal upwards, where neither direction is good in itself.</summary>
    NeutralHigh,
    NeutralLow,

    /// <summary>A signal that has no direction, as points that go up and down in turn.</summary>
    Pattern,
}

/// <summary>What the last point says: is the process changing?</summary>
public enum VariationIcon { None, CommonCause, ImprovementHigh, ImprovementLow, ConcernHigh, ConcernLow, NeutralHigh, NeutralLow, Pattern }

/// <summary>What the limits say of a target: will it be met while nothing changes?</summary>
public enum AssuranceIcon { None, Pass, Fail, HitOrMiss }

/// <summary>The two icons of a chart: what its last point is, and whether its process as it runs now meets the target.</summary>
/// <param name="Last">Index of the last point with a value, null where there is none.</param>
/// <param name="Limits">The limits that assurance was judged by; null where there is none.</param>
/// <param name="IsProvisional">The current limits come from fewer than <see cref="XmrLimits.FirmFrom"/> values: the icons may still turn.</param>
public sealed record ChartIcons(VariationIcon Variation, AssuranceIcon Assurance, int? Last, XmrLimits? Limits, bool IsProvisional)
{
    /// <summary>The icons of a chart.</summary>
    /// <remarks>
    /// The variation icon is the type of the last point (NHS England, Making Data Count). Assurance is judged by the current phase alone: where its limits are
    /// carried on from a baseline and a point since shows a signal, the process is another than the baseline's, and the limits of the points
    /// since are taken. A target that lies on a limit is hit or missed.
    /// </remarks>
    public static ChartIcons Of(XmrChart chart, Better better, double? target = null)
    {
        if (chart.Points.LastOrDefault(p => p.Value is not null) is not { } last || chart.PhaseOf(last) is not { } phase)
            return new(VariationIcon.None, AssuranceIcon.None, null, null, false);
        var current = CurrentLimits(chart, phase);
        var assurance = target is { } t && better != Better.Neither && current.HasLimits ? AssuranceOf(current, better, t) : AssuranceIcon.None;
        return new(VariationOf(chart, last, better), assurance, last.Index, assurance == AssuranceIcon.None ? null : current,
            phase.Limits.State == LimitsState.Provisional || assurance != AssuranceIcon.None && current.State == LimitsState.Provisional);
    }

    /// <summary>What a point of a chart is.</summary>
    public static PointType TypeOf(double? value, bool isJudged, IReadOnlyList<Signal> signals, Better better)
    {
        if (value is null) return PointType.Gap;
        if (signals.Chosen(better) is not { } signal) return isJudged ? PointType.CommonCause : PointType.NotJudged;
        return (signal.Means(better), signal.Side) switch
        {
            (Meaning.Improvement, _) => PointType.Improvement,
            (Meaning.Concern, _) => PointType.Concern,
            (_, Side.Above) => PointType.NeutralHigh,
            (_, Side.Below) => PointType.NeutralLow,
            _ => PointType.Pattern,
        };
    }

    /// <summary>What a point of an XmR chart is.</summary>
    public static PointType TypeOf(XmrChart chart, XmrPoint point, Better better) =>
        TypeOf(point.Value, chart.PhaseOf(point)?.Limits.HasLimits is true, point.Signals, better);

    /// <summary>The icon of a type of point; the side is that of the signal that made it so.</summary>
    public static VariationIcon IconOf(PointType type, IReadOnlyList<Signal> signals, Better better) => (type, signals.Chosen(better)?.Side) switch
    {
        (PointType.CommonCause, _) => VariationIcon.CommonCause,
        (PointType.Improvement, Side.Above) => VariationIcon.ImprovementHigh,
        (PointType.Improvement, _) => VariationIcon.ImprovementLow,
        (PointType.Concern, Side.Above) => VariationIcon.ConcernHigh,
        (PointType.Concern, _) => VariationIcon.ConcernLow,
        (PointType.NeutralHigh, _) => VariationIcon.NeutralHigh,
        (PointType.NeutralLow, _) => VariationIcon.NeutralLow,
        (PointType.Pattern, _) => VariationIcon.Pattern,
        _ => VariationIcon.None,
    };

    /// <summary>Whether a target is met while nothing changes: strictly within or beyond the limits.</summary>
    public static AssuranceIcon AssuranceOf(double lower, double upper, Better better, double target, double tolerance = 0)
    {
        if (better == Better.Neither) return AssuranceIcon.None;
        if (lower - target > tolerance) return better == Better.Higher ? AssuranceIcon.Pass : AssuranceIcon.Fail;
        if (target - upper > tolerance) return better == Better.Higher ? AssuranceIcon.Fail : AssuranceIcon.Pass;
        return AssuranceIcon.HitOrMiss;
    }

    private static VariationIcon VariationOf(XmrChart chart, XmrPoint last, Better better) => IconOf(TypeOf(chart, last, better), last.Signals, better);

    private static AssuranceIcon AssuranceOf(XmrLimits limits, Better better, double target) =>
        AssuranceOf(limits.Lower!.Value, limits.Upper!.Value, better, target, limits.Tolerance);

    /// <summary>The limits of the process as it runs now. Those of a baseline stand for as long as nothing since contradicts them.</summary>
    private static XmrLimits CurrentLimits(XmrChart chart, XmrPhase phase)
    {
        var from = phase.Frozen ? phase.First : phase.FixedThrough + 1;
        if (from is not { } since) return phase.Limits;
        var points = chart.Points.Skip(since).Take(phase.Last - since + 1).ToList();
        return points.Any(p => p.Signals.Count > 0) ? XmrLimits.Of([.. points.Select(p => p.Value)], phase.Screened) : phase.Limits;
    }
}
