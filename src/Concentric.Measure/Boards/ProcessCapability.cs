using Concentric.Measure.Variation;
using MathNet.Numerics.Distributions;

namespace Concentric.Measure.Boards;

/// <summary>What a process can do as it is now, and whether that is known: before it is, a target is a wish.</summary>
/// <param name="N">Points of the current phase that have a value.</param>
/// <param name="Signals">Points with a signal among the last <see cref="LookedAt"/>.</param>
/// <param name="Values">The values of the current phase.</param>
/// <remarks>Known from 12 points on, where none of the last 12 shows a special cause. Model: values are normal about the mean with σ̂ = mR̄ / 1.128, so that Φ((x̄ − T) / σ̂) of them are above T.</remarks>
public sealed record ProcessCapability(int N, int Signals, XmrLimits? Limits, Better Better, IReadOnlyList<double> Values)
{
    /// <summary>Fewest points, and how many of the last must be without a special cause.</summary>
    public const int LookedAt = XmrLimits.FirmFrom;

    public bool IsKnown => Refusal is null;

    /// <summary>Why no target can be set, and what to do instead; null where one can.</summary>
    public string? Refusal =>
        Better == Better.Neither ? "Neither direction of this measure is good in itself, so it has no target. Set one for a measure of what citizens get."
        : N < LookedAt ? $"What this process can do is not known yet: the current phase has {N} {(N == 1 ? "point" : "points")} and needs {LookedAt}. Wait for {LookedAt - N} more."
        : Limits is not { HasLimits: true } ? "There is no variation to judge by: neighbouring values are all equal. Check whether the figure is really counted."
        : Signals > 0 ? $"The process is not stable: {Signals} of the last {LookedAt} {(Signals == 1 ? "points shows" : "points show")} a special cause. Find out what happened and put it right; or, where a known change was made, record a new phase. Then wait until {LookedAt} points in a row show none."
        : null;

    /// <summary>The capability of the current phase of a chart.</summary>
    public static ProcessCapability Of(MeasureChart chart)
    {
        var current = chart.Current;
        var points = current is null ? [] : chart.Chart.Points.Skip(current.First).Take(current.Last - current.First + 1).Where(p => p.Value is not null).ToList();
        return new(points.Count, points.TakeLast(LookedAt).Count(p => p.Signals.Count > 0), current?.Limits, chart.Measure.Better, [.. points.Select(p => p.Value!.Value)]);
    }

    /// <summary>Share of the points that meet a target, 0 to 1. On the target is met.</summary>
    public double Observed(double target) => Values.Count == 0 ? 0 : (double)Values.Count(v => Better == Better.Lower ? v <= target : v >= target) / Values.Count;

    /// <summary>Share that would meet it while nothing changes, by the model, 0 to 1.</summary>
    public double Modelled(double target) =>
        Limits is { Mean: { } mean, Sigma: > 0 and var sigma } ? Normal.CDF(0, 1, (Better == Better.Lower ? target - mean : mean - target) / sigma) : Observed(target);

    /// <summary>What has to be said of a target beside its shares.</summary>
    public string Means(double target) => Modelled(target) switch
    {
        >= 0.999 => "The process as it is meets it all but always. It asks for nothing new.",
        <= 0.001 => "The process as it is all but never meets it. Working harder will not do it: the process has to change.",
        _ => "The process as it is meets it at some times and not at others, by chance. To meet it more often the process has to change.",
    };
}
