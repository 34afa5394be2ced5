namespace Concentric.Measure.Variation;

/// <summary>One event of a t chart, with limits in the unit of the times.</summary>
public sealed record TimeBetweenPoint(int Index, double? Value, double? Mean, double? Lower, double? Upper, double? NearLower, double? NearUpper, int? Phase, IReadOnlyList<Signal> Signals);

/// <summary>A t chart: the times between events that happen seldom.</summary>
/// <remarks>
/// Times between events are as skewed as times can be. Taken to the power of 1/3.6 they are nearly normal, so that is what an XmR chart judges; limits are taken back to be shown
/// (L. S. Nelson, Journal of Quality Technology 26 (1994), 239). The line in the middle is the transformed mean taken back, which is lower than the mean of the times.
/// </remarks>
public sealed record TimeBetweenChart(XmrChart Transformed, IReadOnlyList<TimeBetweenPoint> Points)
{
    internal const double Root = 3.6;

    /// <exception cref="ArgumentException">A time below 0, or changes out of order or outside the chart.</exception>
    public static TimeBetweenChart Of(IReadOnlyList<double?> times, IReadOnlyList<PhaseStart>? changes = null, XmrRules? rules = null, int? fixAfter = null)
    {
        if (times.Any(t => t < 0)) throw new ArgumentException("A time between events is 0 or more.", nameof(times));
        var chart = XmrChart.Of([.. times.Select(t => t is { } time ? Math.Pow(time, 1 / Root) : (double?)null)], changes ?? [], rules, fixAfter);
        return new(chart, [.. chart.Points.Select(p =>
        {
            var limits = chart.PhaseOf(p)?.Limits;
            return new TimeBetweenPoint(p.Index, times[p.Index], Back(limits?.Mean), Back(limits?.Lower), Back(limits?.Upper), Back(limits?.NearLower), Back(limits?.NearUpper), p.Phase, p.Signals);
        })]);
    }

    // A transformed limit below 0 is no time: nothing can be too short.
    internal static double? Back(double? transformed) => transformed is { } value ? Math.Pow(Math.Max(0, value), Root) : null;
}
