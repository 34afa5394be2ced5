using Concentric.Measure.Statistics;

namespace Concentric.Measure.Variation;

/// <summary>A stretch of periods with limits of its own, or with the frozen ones of the baseline.</summary>
/// <param name="First">Index of its first period.</param>
/// <param name="Last">Index of its last period.</param>
/// <param name="Reason">The change it began with, null for the first.</param>
/// <param name="Frozen">The limits are those of the baseline, carried on: this phase's own values have no part in them.</param>
/// <param name="Lag1">Lag-1 autocorrelation of its shares, null where it cannot be computed.</param>
public sealed record SharePhase(int First, int Last, string? Reason, ShareLimits Limits, bool Frozen, double? Lag1)
{
    /// <summary>Neighbouring shares move together more than chance allows (|r₁| above 2/√n), and some signals are false.</summary>
    public bool IsAutocorrelated => Lag1 is { } r && Math.Abs(r) > 2 / Math.Sqrt(Limits.Periods);
}

/// <summary>One period of a chart of shares.</summary>
/// <param name="Share">Of how many how many; null for a gap.</param>
/// <param name="Limits">Its own limits, 0 to 1 and not clipped to it.</param>
/// <param name="Phase">Index of the phase, null for the period of a change made midway.</param>
/// <param name="Signals">Signals at this point, strongest first.</param>
public sealed record SharePoint(int Index, (long Part, long Whole)? Share, Interval? Limits, int? Phase, IReadOnlyList<Signal> Signals)
{
    /// <summary>The share itself, 0 to 1.</summary>
    public double? Value => Share is { } of ? (double)of.Part / of.Whole : null;
}

/// <summary>A p chart: how far a share may wander before it is telling us something, in a period of few farther than in one of many.</summary>
/// <remarks>The rules are those of <see cref="XmrRules"/>, held against each period's own limits. See <see cref="ShareLimits"/>.</remarks>
public sealed record ShareChart(IReadOnlyList<SharePoint> Points, IReadOnlyList<SharePhase> Phases)
{
    // Shares in standard deviations from their mean are held against limits at −3 and 3.
    private static readonly XmrLimits _unit = new(XmrLimits.FirmFrom, 1, 0, 0, ShareLimits.Reach / XmrLimits.ToLimit);

    /// <summary>Periods with a share.</summary>
    public int N => Points.Count(p => p.Share is not null);

    public SharePhase? PhaseOf(SharePoint point) => point.Phase is { } phase ? Phases[phase] : null;

    /// <summary>One phase: limits from all shares.</summary>
    public static ShareChart Of(IReadOnlyList<(long Part, long Whole)?> shares) =>
        Judge(shares, shares.Count == 0 ? [] : [(0, shares.Count - 1, null, ShareLimits.Of(shares), false)]);

    /// <summary>Limits from the periods before a change, frozen and carried on over everything after it.</summary>
    public static ShareChart Frozen(IReadOnlyList<(long Part, long Whole)?> shares, PhaseStart change)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(change.Index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(change.Index, shares.Count);
        var limits = ShareLimits.Of([.. shares.Take(change.Index)]);
        List<(int, int, string?, ShareLimits, bool)> stretches = [(0, change.Index - 1, null, limits, false)];
        var after = change.Index + (change.Midway ? 1 : 0);
        if (after < shares.Count) stretches.Add((after, shares.Count - 1, change.Reason, limits, true));
        return Judge(shares, stretches);
    }

    private static ShareChart Judge(
        IReadOnlyList<(long Part, long Whole)?> shares, IReadOnlyList<(int First, int Last, string? Reason, ShareLimits Limits, bool Frozen)> stretches)
    {
        var points = shares.Select((s, i) => new SharePoint(i, s, null, null, [])).ToArray();
        var phases = new List<SharePhase>();
        foreach (var (first, last, reason, limits, frozen) in stretches)
        {
            var own = points[first..(last + 1)];
            var signals = Signals(own, limits);
            foreach (var (i, point) in own.Index())
            {
                var reach = point.Share is { } of ? limits.At(of.Whole) : null;
                points[point.Index] = point with { Limits = reach, Phase = phases.Count, Signals = signals[i] };
            }
            phases.Add(new(first, last, reason, limits, frozen, XmrChart.Lag1([.. own.Select(p => p.Value)])));
        }
        return new(points, phases);
    }

    /// <summary>All rules but the trend look at the distance from the mean in the period's own deviations; a trend is of the shares as they are.</summary>
    private static IReadOnlyList<Signal>[] Signals(SharePoint[] points, ShareLimits limits)
    {
        if (!limits.HasLimits) return [.. points.Select(_ => (IReadOnlyList<Signal>)[])];
        var away = XmrRules.Default.Find([.. points.Select(p => limits.Z(p.Share))], _unit);
        var trends = XmrRules.Default.Find([.. points.Select(p => p.Value)], _unit);
        return [.. away.Zip(trends, Together)];

        static IReadOnlyList<Signal> Together(IReadOnlyList<Signal> away, IReadOnlyList<Signal> trends) =>
            [.. away.Where(s => s.Kind != SignalKind.Trend).Concat(trends.Where(s => s.Kind == SignalKind.Trend)).OrderBy(s => s.Kind)];
    }
}
