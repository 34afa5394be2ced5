using Concentric.Measure.Variation;

namespace Concentric.Tests.Measure.Variation;

/// <summary>What public tools for control charts were found to do wrongly, one test each, to show that it is not done here.</summary>
[Trait("Database", "none")]
public sealed class DefectsOfOtherToolsTests
{
    [Fact]
    public void A_constant_series_has_no_limits_and_no_number_that_is_none()
    {
        var chart = XmrChart.Of([.. Enumerable.Repeat((double?)5, 20)], XmrRules.Of(RuleSet.Mdc7, screen: true));

        Assert.Equal(LimitsState.NoVariation, chart.Phases[0].Limits.State);
        Assert.Null(chart.Phases[0].Limits.Upper);
        Assert.Equal(5, chart.Phases[0].Limits.Mean);
        Assert.Null(chart.Phases[0].Lag1);
        Assert.False(chart.HasSignals);
    }

    [Fact]
    public void One_six_among_nineteen_fives_is_not_twenty_signals()
    {
        double?[] values = [.. Enumerable.Repeat((double?)5, 20)];
        values[9] = 6;

        var (screened, plain) = (XmrChart.Of(values, XmrRules.Of(RuleSet.Mdc7, screen: true)), XmrChart.Of(values));

        // Screening would take away the only two moving ranges there are.
        Assert.Equal(plain.Phases[0].Limits, screened.Phases[0].Limits);
        Assert.Equal(2.0 / 19, screened.Phases[0].Limits.MeanRange!.Value, 12);
        Assert.Equal([9], screened.Points.Where(p => p.Signals.Any(s => s.Kind == SignalKind.BeyondLimit)).Select(p => p.Index));
    }

    [Fact]
    public void Two_of_three_counts_a_point_beyond_the_limit_as_the_rule_does_since_November_2023()
    {
        var limits = new XmrLimits(20, 19, 0, 0, 3 / 2.66);
        double?[] values = [0.1, -0.2, 3.4, 0.5, 2.3, -0.1, 0.2];

        Assert.Equal([2, 4], At(XmrRules.Of(RuleSet.Mdc7), values, limits, SignalKind.TwoOfThree));
        Assert.Empty(At(XmrRules.Of(RuleSet.Mdc7, oldTwoOfThree: true), values, limits, SignalKind.TwoOfThree));
        // The third point, which is not beyond two standard deviations, is not marked.
        Assert.Empty(XmrRules.Default.Find(values, limits)[3]);
    }

    [Fact]
    public void A_repeated_value_neither_adds_to_a_trend_nor_is_jumped_over()
    {
        // Guidance for run charts would skip the repeat; that of the charts breaks the trend, which is what is done and documented.
        var limits = new XmrLimits(20, 19, 0, 0, 3 / 2.66);

        Assert.Empty(At(XmrRules.Default, [-2, -1.5, -1, -1, -0.5, 0, 0.5, 1], limits, SignalKind.Trend));
        Assert.Equal(7, At(XmrRules.Default, [-1, -1, -0.5, 0, 0.5, 1, 1.5, 2], limits, SignalKind.Trend).Length);
    }

    [Fact]
    public void Assurance_is_judged_by_the_process_as_it_runs_now_and_not_by_a_baseline_long_gone()
    {
        double?[] values = [30, 31, 29, 30, 32, 28, 30, 31, 29, 30, 31, 29, 22, 23, 21, 22, 24, 20, 22, 23, 21, 22, 23, 21];

        var fixedAfter = ChartIcons.Of(XmrChart.Of(values, [], fixAfter: 12), Better.Lower, 25);
        var rebased = ChartIcons.Of(XmrChart.Of(values, [new(12, "New form")]), Better.Lower, 25);

        // Against the first twelve alone the target would be missed for good, though each of the last twelve meets it.
        Assert.Equal(AssuranceIcon.Fail, ChartIcons.AssuranceOf(XmrLimits.Of([.. values.Take(12)]).Lower!.Value, XmrLimits.Of([.. values.Take(12)]).Upper!.Value, Better.Lower, 25));
        Assert.Equal(rebased.Assurance, fixedAfter.Assurance);
        Assert.NotEqual(AssuranceIcon.Fail, fixedAfter.Assurance);
        Assert.Equal(12, fixedAfter.Limits!.N);
        Assert.Equal(VariationIcon.ImprovementLow, fixedAfter.Variation);
        Assert.Equal(1, Capability.Of(XmrChart.Of(values, [], fixAfter: 12), 25, Better.Lower)!.Observed);
    }

    [Fact]
    public void Limits_that_nothing_contradicts_stand()
    {
        double?[] values = [30, 31, 29, 30, 32, 28, 30, 31, 29, 30, 31, 29, 30, 31, 30];
        var chart = XmrChart.Of(values, [], fixAfter: 12);

        var icons = ChartIcons.Of(chart, Better.Lower, 25);

        Assert.Equal((11, (int?)12), (chart.Phases[0].FixedThrough, icons.Limits?.N));
        Assert.Equal(XmrLimits.Of([.. values.Take(12)]), icons.Limits);
        Assert.False(icons.IsProvisional);
    }

    [Fact]
    public void The_first_value_after_a_change_gives_no_moving_range_across_it()
    {
        var chart = XmrChart.Of([10, 11, 10, 50, 51, 50], [new(3, "New form")]);

        Assert.Equal([1, 1], chart.Phases.Select(p => p.Limits.MeanRange!.Value));
    }

    [Fact]
    public void A_process_that_never_varied_tells_only_of_another_value()
    {
        double?[] values = [.. Enumerable.Repeat((double?)5, 12), 5, 7, 7, 3];
        var chart = XmrChart.Of(values, [], fixAfter: 12);

        Assert.Equal([13, 14, 15], chart.Points.Where(p => p.Signals.Count > 0).Select(p => p.Index));
        Assert.All(chart.Points.SelectMany(p => p.Signals), s => Assert.Equal(SignalKind.ValueChanged, s.Kind));
        Assert.Equal(VariationIcon.ConcernLow, ChartIcons.Of(chart, Better.Higher).Variation);
        Assert.Equal([3, 4], XmrChart.Of([5, 5, null, 7, 7]).Points.Where(p => p.Signals.Count > 0).Select(p => p.Index));
    }

    /// <summary>A traffic light compares this month with the last, or with the target, and turns for nothing.</summary>
    [Fact]
    public void Worse_than_the_month_before_and_beside_the_target_is_not_a_signal()
    {
        double?[] values = [20, 22, 19, 21, 23, 20, 18, 22, 21, 19, 23, 20, 18, 23];

        var chart = XmrChart.Of(values);

        // 18 to 23: 28% worse, and on the wrong side of 22.
        Assert.Equal((VariationIcon.CommonCause, AssuranceIcon.HitOrMiss), (ChartIcons.Of(chart, Better.Lower, 22).Variation, ChartIcons.Of(chart, Better.Lower, 22).Assurance));
        Assert.False(chart.HasSignals);
    }

    /// <summary>A rolling mean of twelve months makes a trend of chance alone; it is not offered, and where a file brings one, the chart says that neighbours move together.</summary>
    [Fact]
    public void A_rolling_mean_is_found_out()
    {
        var chance = new SeededChance(2);
        double[] chances = [.. Enumerable.Range(0, 71).Select(_ => (double)chance.Below(100))];
        double?[] rolling = [.. Enumerable.Range(0, 60).Select(i => (double?)chances[i..(i + 12)].Average())];

        Assert.True(XmrChart.Of(rolling).Phases[0] is { IsAutocorrelated: true, Lag1: > 0.7 });
        Assert.False(XmrChart.Of([.. chances.Select(v => (double?)v)]).Phases[0].IsAutocorrelated);
    }

    /// <summary>By the normal approximation the limits of 5% of 5 begin at −25%.</summary>
    [Fact]
    public void Limits_of_a_funnel_are_shares_however_few_there_are()
    {
        foreach (var share in (ReadOnlySpan<double>)[0.001, 0.05, 0.5, 0.95, 0.999])
            for (var n = 1; n < 40; n++)
            {
                var outer = FunnelLimits.Exact(FunnelKind.Share, share, n, FunnelLimits.Outer);
                Assert.InRange(outer.Low, 0, outer.High);
                Assert.InRange(outer.High, outer.Low, 1);
            }
    }

    private static int[] At(XmrRules rules, double?[] values, XmrLimits limits, SignalKind kind)
    {
        var found = rules.Find(values, limits);
        return [.. Enumerable.Range(0, values.Length).Where(i => found[i].Any(s => s.Kind == kind))];
    }
}
