using MathNet.Numerics;

namespace Concentric.Measure.Variation;

/// <summary>What a process can do, held against a target somebody thinks of: how often it met it, and how often it would.</summary>
/// <param name="N">Values of the current phase.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="Lower">Lower natural limit.</param>
/// <param name="Upper">Upper natural limit.</param>
/// <param name="Observed">Share of those values that meet the target, 0 to 1.</param>
/// <param name="Expected">Share that would meet it if values were normally distributed about the mean: Φ((x̄ − T) / σ̂) where more is better, σ̂ = mR̄ / 1.128. An estimate from a model, beside what was observed.</param>
public sealed record Capability(int N, double Mean, double Lower, double Upper, double Target, double Observed, double Expected)
{
    /// <summary>Points without a special cause that a target waits for.</summary>
    public const int Needed = XmrLimits.FirmFrom;

    /// <summary>What the process of these limits can do; null where there are no limits, or neither direction is good.</summary>
    /// <param name="values">The values that the limits come from.</param>
    public static Capability? Of(IReadOnlyList<double?> values, XmrLimits limits, double target, Better better)
    {
        if (!limits.HasLimits || better == Better.Neither) return null;
        var known = values.Where(v => v is not null).Select(v => v!.Value).ToList();
        var met = known.Count(v => better == Better.Higher ? v >= target : v <= target);
        var away = (limits.Mean!.Value - target) / limits.Sigma!.Value * (better == Better.Higher ? 1 : -1);
        return new(known.Count, limits.Mean.Value, limits.Lower!.Value, limits.Upper!.Value, target, (double)met / known.Count, SpecialFunctions.Erfc(-away / Constants.Sqrt2) / 2);
    }

    /// <summary>What the current phase of a chart can do. Where its limits are carried on, the values since decide, as with <see cref="ChartIcons"/>.</summary>
    public static Capability? Of(XmrChart chart, double target, Better better)
    {
        if (Current(chart) is not { } phase) return null;
        var icons = ChartIcons.Of(chart, better, target);
        if (icons.Limits is not { } limits) return null;
        var first = limits == phase.Limits ? phase.First : phase.Frozen ? phase.First : (phase.FixedThrough ?? phase.First - 1) + 1;
        return Of(XmrChart.Slice([.. chart.Points.Select(p => p.Value)], first, phase.Last), limits, target, better);
    }

    /// <summary>Why no target can be set yet, in words; null where one can. It waits for 12 values in the current phase and no special cause in the last 12.</summary>
    public static string? NotYet(XmrChart chart)
    {
        if (Current(chart) is not { } phase) return "There are no values yet.";
        var own = chart.Points.Skip(phase.First).Take(phase.Last - phase.First + 1).Where(p => p.Value is not null).ToList();
        if (own.Count < Needed) return $"The current phase has {own.Count} {(own.Count == 1 ? "value" : "values")} and needs {Needed} before anybody can say what the process can do. Wait for {Needed - own.Count} more.";
        if (phase.Limits.State == LimitsState.TooFewPoints) return "No two neighbouring periods have a value, so no limits can be computed. Chart longer periods, or find out why values are missing.";
        if (phase.Limits.State == LimitsState.NoVariation) return "There is no variation to judge by: neighbouring values are all equal. Check whether the figure is really counted.";
        if (phase.Limits.State == LimitsState.Provisional) return phase.Limits.Remark;
        var special = own.TakeLast(Needed).Count(p => p.Signals.Count > 0);
        return special == 0 ? null
            : $"{special} of the last {Needed} points show{(special == 1 ? "s" : "")} a signal, so the process is not stable. Find out what happened and put it right; or, where a known change was made, record a new phase. Then wait until {Needed} points in a row show none.";
    }

    private static XmrPhase? Current(XmrChart chart) => chart.Points.LastOrDefault(p => p.Value is not null) is { } last ? chart.PhaseOf(last) : null;
}
