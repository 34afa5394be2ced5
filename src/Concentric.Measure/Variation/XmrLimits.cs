namespace Concentric.Measure.Variation;

/// <summary>What is known of a process's natural limits.</summary>
public enum LimitsState
{
    /// <summary>Fewer than two values, or no two values in neighbouring periods: there are no limits.</summary>
    TooFewPoints,

    /// <summary>Every value equals its neighbour: limits would have no width, so there are none.</summary>
    NoVariation,

    /// <summary>Limits from fewer than <see cref="XmrLimits.FirmFrom"/> values, or fewer than <see cref="XmrLimits.FirmRanges"/> moving ranges: they will still move.</summary>
    Provisional,

    /// <summary>Limits from enough values to act on.</summary>
    Firm,
}

/// <summary>What a figure can be at all: a count is never below 0, a share never above 100 per cent. Clips what is shown, never what is computed.</summary>
/// <param name="Lowest">Lowest possible value in the unit of the figure, or null.</param>
/// <param name="Highest">Highest possible value in the unit of the figure, or null.</param>
public readonly record struct NaturalBounds(double? Lowest, double? Highest)
{
    public static NaturalBounds None => new(null, null);

    public static NaturalBounds Count => new(0, null);

    public static NaturalBounds Percentage => new(0, 100);

    /// <summary>The value as it may be shown.</summary>
    public double Clip(double value) => Math.Min(Math.Max(value, Lowest ?? double.NegativeInfinity), Highest ?? double.PositiveInfinity);
}

/// <summary>The natural limits of a process: where its values fall while nothing changes (an XmR chart, also called a chart of individuals).</summary>
/// <param name="N">Values that the limits come from.</param>
/// <param name="Ranges">Moving ranges that the limits come from: one for each two neighbouring periods that both have a value.</param>
/// <param name="ScreenedOut">Moving ranges left out by screening, 0 where screening is off or changed nothing.</param>
/// <param name="Mean">Mean of the values, null where there is none.</param>
/// <param name="MeanRange">Mean moving range (mR̄), null where there is no moving range.</param>
/// <remarks>
/// Limits are the mean ± 2.66 × mR̄, and the upper limit of the moving range 3.267 × mR̄ (D. J. Wheeler, Understanding
/// Variation, 2nd ed. 2000; NHS England, Making Data Count). Both constants are used as published with these digits; the
/// exact 3/d₂ = 2.65868 and D₄ = 3.26653 are not. The standard deviation is estimated as mR̄ / 1.128.
/// </remarks>
public sealed record XmrLimits(int N, int Ranges, int ScreenedOut, double? Mean, double? MeanRange)
{
    /// <summary>
    /// Values from which limits are no longer provisional. NHS England's own tool shows limits from 13 values, others and textbooks from 10 to 20; here
    /// they and the icons are shown from two on, marked provisional up to 11, because a limit that is said to be rough serves better than none.
    /// </summary>
    public const int FirmFrom = 12;

    /// <summary>Moving ranges from which limits are no longer provisional: those of <see cref="FirmFrom"/> values in a row, less a gap or two. Values with gaps between them tell the mean and not the variation.</summary>
    public const int FirmRanges = FirmFrom - 3;

    internal const double ToLimit = 2.66;
    internal const double ToRangeLimit = 3.267;
    internal const double ToSigma = 1.128;

    public LimitsState State =>
        MeanRange is not { } range ? LimitsState.TooFewPoints
        : range <= Tolerance ? LimitsState.NoVariation
        : N < FirmFrom || Ranges + ScreenedOut < FirmRanges ? LimitsState.Provisional
        : LimitsState.Firm;

    public bool HasLimits => State is LimitsState.Provisional or LimitsState.Firm;

    /// <summary>Upper natural limit, unclipped, null where there is none.</summary>
    public double? Upper => Mean + Reach;

    /// <summary>Lower natural limit, unclipped, null where there is none.</summary>
    public double? Lower => Mean - Reach;

    /// <summary>Two thirds of the way to the upper limit (two standard deviations).</summary>
    public double? NearUpper => Mean + Reach * 2 / 3;

    /// <summary>Two thirds of the way to the lower limit (two standard deviations).</summary>
    public double? NearLower => Mean - Reach * 2 / 3;

    /// <summary>Upper limit of the moving range.</summary>
    public double? RangeUpper => HasLimits ? ToRangeLimit * MeanRange : null;

    /// <summary>Standard deviation of the process in the unit of the values, estimated from the moving ranges.</summary>
    public double? Sigma => MeanRange / ToSigma;

    /// <summary>What to say of the limits beside the chart.</summary>
    public string Remark => State switch
    {
        LimitsState.TooFewPoints => $"No limits: they need two neighbouring periods with a value, and there are {N} values.",
        LimitsState.NoVariation => $"No variation: all neighbouring values of the {N} are equal, so limits cannot be computed.",
        LimitsState.Provisional when N >= FirmFrom => $"Limits are provisional: they come from {N} values, but only {Ranges + ScreenedOut} {(Ranges + ScreenedOut == 1 ? "pair" : "pairs")} of neighbouring periods, and need {FirmRanges}.",
        LimitsState.Provisional => $"Limits are provisional: they come from {N} values and need {FirmFrom}.",
        _ => $"Limits come from {N} values.",
    };

    /// <summary>Differences no larger than this are rounding, not variation.</summary>
    internal double Tolerance => 1e-12 * Math.Max(Math.Abs(Mean ?? 0), MeanRange ?? 0);

    /// <summary>A third of the way to a limit, which is what rules call one standard deviation; null where there are no limits.</summary>
    internal double? OneSigma => Reach / 3;

    /// <summary>The first value, which is what others are held against where nothing varied.</summary>
    public double? FirstValue { get; init; }

    private double? Reach => HasLimits ? ToLimit * MeanRange : null;

    /// <summary>Limits of a row of values, null where a period has no value. A moving range never reaches over such a gap.</summary>
    /// <param name="screen">
    /// Leave out moving ranges of 3.267 × mR̄ and more, once, and average again; the mean stays (L. S. Nelson, Journal of Quality
    /// Technology 14, 1982). Where what is left has no variation, the unscreened average is kept.
    /// </param>
    /// <exception cref="ArgumentException">A value is not finite.</exception>
    public static XmrLimits Of(IReadOnlyList<double?> values, bool screen = false)
    {
        if (values.Any(v => v is { } x && !double.IsFinite(x))) throw new ArgumentException("A value is a finite number, or null where there is none.", nameof(values));
        var known = values.Where(v => v is not null).Select(v => v!.Value).ToList();
        var ranges = MovingRanges(values).Where(r => r is not null).Select(r => r!.Value).ToList();
        double? mean = known.Count == 0 ? null : known.Average();
        if (ranges.Count == 0) return new(known.Count, 0, 0, mean, null) { FirstValue = known.Count == 0 ? null : known[0] };
        var all = new XmrLimits(known.Count, ranges.Count, 0, mean, ranges.Average()) { FirstValue = known[0] };
        if (!screen || !all.HasLimits) return all;

        var kept = ranges.Where(r => r < ToRangeLimit * all.MeanRange).ToList();
        var screened = new XmrLimits(known.Count, kept.Count, ranges.Count - kept.Count, mean, kept.Average()) { FirstValue = known[0] };
        return screened.HasLimits ? screened : all;
    }

    /// <summary>The moving range of each period: its distance from the period before, null for the first and beside a gap.</summary>
    public static IReadOnlyList<double?> MovingRanges(IReadOnlyList<double?> values)
    {
        var ranges = new double?[values.Count];
        for (var i = 1; i < values.Count; i++)
        {
            if (values[i - 1] is not { } before || values[i] is not { } now) continue;
            ranges[i] = Math.Abs(now - before);
        }

        return ranges;
    }
}
