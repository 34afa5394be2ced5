using Concentric.Core;

namespace Concentric.Measure.Variation;

/// <summary>What can honestly be said of the effect of a dated change.</summary>
public abstract record Effect
{
    private protected Effect() { }
}

/// <summary>There are too few periods after the change.</summary>
/// <param name="Has">Complete periods with a value after it.</param>
/// <param name="Needed">Periods needed.</param>
public sealed record TooEarly(int Has, int Needed) : Effect;

/// <summary>There is nothing to compare with.</summary>
public sealed record NoBaseline(string Reason) : Effect;

/// <summary>What was compared: the mean after the change less the mean of the baseline, in the unit of the figure.</summary>
/// <param name="BaselineFirst">Index of the first period of the baseline.</param>
/// <param name="Before">Mean of the baseline.</param>
/// <param name="After">Mean since the change.</param>
/// <param name="Low">Lower end of the 95 per cent interval of the difference.</param>
/// <param name="High">Upper end of the 95 per cent interval of the difference.</param>
/// <param name="Periods">Periods with a value in the baseline.</param>
/// <param name="PeriodsSince">Periods with a value since the change.</param>
/// <param name="Run">Longest run since the change on the side of the difference, against the mean of the baseline.</param>
/// <param name="Beyond">Points since the change beyond the frozen limit on the side of the difference.</param>
/// <param name="Frozen">The chart: limits of the baseline, carried on.</param>
public sealed record Comparison(int BaselineFirst, double Before, double After, double Low, double High, int Periods, int PeriodsSince, int Run, int Beyond, XmrChart Frozen)
{
    public double Difference => After - Before;

    /// <summary>The difference as a part of the baseline's mean, null where that is 0.</summary>
    public double? Relative => Before == 0 ? null : Difference / Math.Abs(Before);

    public double? RelativeLow => Before == 0 ? null : Low / Math.Abs(Before);

    public double? RelativeHigh => Before == 0 ? null : High / Math.Abs(Before);

    /// <summary>What may be claimed: the end of the interval nearest to zero, and 0 where the interval holds zero.</summary>
    public double Claim => Low > 0 ? Low : High < 0 ? High : 0;

    /// <summary>Fewer than 12 periods since the change: the difference will still move.</summary>
    public bool Provisional => PeriodsSince < XmrLimits.FirmFrom;
}

/// <summary>An effect: the interval leaves out zero, and the chart shows a signal against the frozen baseline.</summary>
/// <param name="Favourable">Whether it is what was wanted, null where neither direction is good in itself.</param>
/// <param name="Cautions">What else may have made the difference, in words.</param>
public sealed record EffectShown(Comparison Compared, bool? Favourable, IReadOnlyList<string> Cautions) : Effect;

/// <summary>No effect can be told from the usual variation. That is not proof that there is none.</summary>
public sealed record NoEffectShown(Comparison Compared, string Reason) : Effect;

/// <summary>Judges a dated change against the frozen baseline before it.</summary>
/// <remarks>
/// Baseline: the most recent complete periods before the change, at least 12 and at most 52, none of them before an earlier
/// change; its limits are frozen and carried on. Effect: mean after less mean before, ± 1.96 σ̂ √(1/n₁ + 1/n₂), with σ̂ pooled from the
/// moving ranges of both stretches (σ̂² = Σ mᵢ (mR̄ᵢ / 1.128)² / Σ mᵢ, over mᵢ moving ranges each), so that a trend or a season within a
/// stretch does not count as noise. Shown only where the interval leaves out zero and the points since make a run of at least
/// <see cref="XmrRules.Shift"/> on that side of the baseline's mean or pass its frozen limit (D. J. Wheeler; NHS England, Making Data Count).
/// A change in the middle of a period: that period belongs to neither stretch.
/// </remarks>
public static class EffectOfChange
{
    /// <summary>Fewest periods of a baseline.</summary>
    public const int FewestBefore = 12;

    /// <summary>Most periods of a baseline: a year of weeks, so that each season counts once.</summary>
    public const int MostBefore = 52;

    /// <summary>Fewest periods after a change: as many as the shortest run that counts.</summary>
    public const int FewestAfter = 7;

    /// <summary>To be said beside every effect.</summary>
    public const string RegressionToTheMean =
        "A change made after an unusually bad spell is often followed by better figures even if it did nothing, because a bad spell ends by itself. " +
        "That is why the comparison is with many weeks before the change, not with the worst of them.";

    /// <summary>The effect of a change from its date on, in a series of weeks.</summary>
    /// <param name="otherChanges">Days of the other recorded changes of the same service: the baseline starts after the one before, and the comparison ends with the one after.</param>
    /// <param name="what">What was changed, for the chart.</param>
    public static Effect Of(WeeklySeries series, DateOnly change, Better better = Better.Neither, IEnumerable<DateOnly>? otherChanges = null, string what = "", XmrRules? rules = null)
    {
        if (series.Weeks.Count == 0) return new NoBaseline("No complete week was recorded.");
        var first = Week.Of(series.Weeks[0].Monday);
        PhaseStart At(DateOnly day) => new(Week.Of(day) - first, what, Midway: day.DayOfWeek != DayOfWeek.Monday);
        var others = (otherChanges ?? []).Where(day => day != change).ToList();
        var before = others.Where(day => day < change).Select(At).OrderByDescending(c => c.Index).Select(c => c.Index + (c.Midway ? 1 : 0)).FirstOrDefault(0);
        var after = others.Where(day => day > change).Select(At).OrderBy(c => c.Index).Select(c => (int?)c.Index - 1).FirstOrDefault();
        return Of(series.Values, At(change), better, before, after, rules);
    }

    /// <summary>The effect of a change in a row of periods.</summary>
    /// <param name="change">The period of the change; it may lie outside the row.</param>
    /// <param name="notBefore">Index of the first period that may be in the baseline.</param>
    /// <param name="until">Index of the last period to compare, where a later change ends it.</param>
    public static Effect Of(IReadOnlyList<double?> values, PhaseStart change, Better better = Better.Neither, int notBefore = 0, int? until = null, XmrRules? rules = null)
    {
        rules ??= XmrRules.Default;
        var baseline = Enumerable.Range(0, Math.Clamp(change.Index, 0, values.Count)).Where(i => i >= notBefore && values[i] is not null).TakeLast(MostBefore).ToList();
        if (baseline.Count < FewestBefore)
            return new NoBaseline($"A baseline needs {FewestBefore} complete periods before the change, and there are {baseline.Count}.");

        var since = Enumerable.Range(0, values.Count).Where(i => i >= change.Index + (change.Midway ? 1 : 0) && i <= (until ?? i) && values[i] is not null).ToList();
        if (since.Count < FewestAfter) return new TooEarly(since.Count, FewestAfter);

        var frozen = XmrChart.Frozen(values, baseline[0], change, until, rules);
        var limits = frozen.Phases[0].Limits;
        if (!limits.HasLimits) return new NoBaseline(limits.Remark);
        var compared = Compare(values, frozen, baseline[0], since, rules);
        if (compared.Low <= 0 && compared.High >= 0)
            return new NoEffectShown(compared, "The interval holds zero: the difference is within what chance gives.");
        if (compared.Run < rules.Shift && compared.Beyond == 0)
            return new NoEffectShown(compared, $"The means differ, but no {rules.Shift} points in a row lie on one side of the baseline's mean and none passes its limits.");

        bool? favourable = better == Better.Neither ? null : better == Better.Lower == compared.Difference < 0;
        return new EffectShown(compared, favourable, Cautions(values, compared));
    }

    private static Comparison Compare(IReadOnlyList<double?> values, XmrChart frozen, int baselineFirst, List<int> since, XmrRules rules)
    {
        var limits = frozen.Phases[0].Limits;
        var after = frozen.Phases[1];
        var own = values.Skip(after.First).Take(after.Last - after.First + 1).ToList();
        var ownLimits = XmrLimits.Of(own, rules.Screen);
        var (before, mean) = (limits.Mean!.Value, ownLimits.Mean!.Value);
        var variance = (limits.Ranges * Square(limits.Sigma!.Value) + ownLimits.Ranges * Square(ownLimits.Sigma ?? 0)) / (limits.Ranges + ownLimits.Ranges);
        var reach = Share.Z95 * Math.Sqrt(variance * (1.0 / limits.N + 1.0 / since.Count));
        var side = mean > before ? Side.Above : Side.Below;
        var beyond = own.Count(v => side == Side.Above ? v > limits.Upper : v < limits.Lower);
        return new(baselineFirst, before, mean, mean - before - reach, mean - before + reach, limits.N, since.Count, XmrRules.LongestRun(own, before, side), beyond, frozen);
    }

    private static List<string> Cautions(IReadOnlyList<double?> values, Comparison compared)
    {
        var cautions = new List<string>();
        var baseline = compared.Frozen.Phases[0];
        var own = Enumerable.Range(baseline.First, baseline.Last - baseline.First + 1).Where(i => values[i] is not null).Select(i => (X: (double)i, Y: values[i]!.Value)).ToList();
        var drift = Drift(own);
        if (drift * compared.Difference > 0)
            cautions.Add(drift > 0 ? "The figure was already rising before the change, so not all of the difference need be due to it." : "The figure was already falling before the change, so not all of the difference need be due to it.");
        if (baseline.IsAutocorrelated)
            cautions.Add("Neighbouring periods of the baseline move together, so the interval is narrower than it should be.");
        if (compared.Frozen.Points.Skip(Math.Max(baseline.First, baseline.Last - 3)).Take(4).Any(p => p.Phase == 0 && p.Signals.Any(s => s.Kind == SignalKind.BeyondLimit)))
            cautions.Add("The last periods before the change were unusual in themselves: part of the difference may be a return to the usual.");
        if (compared.Periods < MostBefore || compared.PeriodsSince < MostBefore)
            cautions.Add($"The comparison is of {compared.Periods} periods before with {compared.PeriodsSince} since: where the figure has a season, not every season counts once on both sides.");
        return cautions;
    }

    /// <summary>The sign of the baseline's slope where the least-squares line is steeper than 2 of its standard errors, otherwise 0.</summary>
    private static int Drift(List<(double X, double Y)> points)
    {
        var (n, x, y) = (points.Count, points.Average(p => p.X), points.Average(p => p.Y));
        var xx = points.Sum(p => Square(p.X - x));
        var slope = points.Sum(p => (p.X - x) * (p.Y - y)) / xx;
        var rest = points.Sum(p => Square(p.Y - y - slope * (p.X - x)));
        var error = Math.Sqrt(rest / (n - 2) / xx);
        return Math.Abs(slope) > 2 * error ? Math.Sign(slope) : 0;
    }

    private static double Square(double x) => x * x;
}
