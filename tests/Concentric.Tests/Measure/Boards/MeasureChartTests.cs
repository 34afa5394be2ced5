using System.Globalization;
using Concentric.Measure.Boards;
using Concentric.Measure.Variation;

namespace Concentric.Tests.Measure.Boards;

/// <summary>What the last point of a small chart says, in which order charts stand, and how a point differs from what was first published.</summary>
[Trait("Database", "none")]
public sealed class MeasureChartTests
{
    private static readonly double?[] Usual = [.. Enumerable.Range(0, 20).Select(i => (double?)(10 + i % 2))];
    private static readonly double?[] High = [.. Usual, 30];

    [Fact]
    public void The_state_is_that_of_the_last_point_by_what_is_better()
    {
        Assert.Equal(ChartState.Concern, TestCharts.Chart(High, Better.Lower).State);
        Assert.Equal(ChartState.Improvement, TestCharts.Chart(High, Better.Higher).State);
        Assert.Equal(ChartState.Change, TestCharts.Chart(High, Better.Neither).State);
        Assert.Equal(ChartState.Usual, TestCharts.Chart([.. High, 10], Better.Lower).State);
        Assert.Equal(ChartState.TooFew, TestCharts.Chart([.. Usual.Take(11)], Better.Lower).State);
        Assert.Equal(ChartState.Nothing, TestCharts.Chart([], Better.Lower).State);
        Assert.Equal(ChartState.Concern, TestCharts.Chart([.. High, null], Better.Lower).State);
    }

    [Fact]
    public void A_value_that_never_varied_and_then_does_is_a_signal_and_until_then_there_is_no_variation()
    {
        double?[] still = [.. Enumerable.Repeat<double?>(5, 12)];

        var chart = TestCharts.Chart(still, Better.Lower);
        Assert.Equal((ChartState.TooFew, "No variation"), (chart.State, ChartWords.Word(chart)));
        Assert.StartsWith("The 12 points with the present definition and phase are all equal", ChartWords.Reason(chart), StringComparison.Ordinal);
        var changed = TestCharts.Chart([.. still, null, 7], Better.Lower);
        Assert.Equal((ChartState.Concern, "Higher than the value that never varied."), (changed.State, ChartWords.Reason(changed)));
        Assert.Equal("Too few points", ChartWords.Word(TestCharts.Chart([5, 5, 5], Better.Lower)));
    }

    [Fact]
    public void Where_signals_disagree_boards_choose_as_charts_do()
    {
        // The last point ends a falling trend and is beyond the upper limit's opposite: it joins a run above the mean.
        double?[] values = [.. Usual.Select(v => v - 9), .. Enumerable.Range(0, 8).Select(i => (double?)(30 - i))];
        var chart = TestCharts.Chart(values, Better.Lower);

        Assert.Equal(chart.Last!.Signals.Chosen(Better.Lower), chart.Signal);
        Assert.Equal((VariationIcon.ImprovementLow, ChartState.Improvement), (chart.Icons.Variation, chart.State));
    }

    [Fact]
    public void Charts_stand_by_signal_and_what_is_equal_keeps_its_order()
    {
        string[] keys = ["usual", "better", "worse", "usual too", "changed"];
        MeasureChart[] charts =
        [
            TestCharts.Chart(Usual, Better.Lower, measure: TestCharts.Measure(Better.Lower, keys[0])), TestCharts.Chart(High, Better.Higher, measure: TestCharts.Measure(Better.Higher, keys[1])),
            TestCharts.Chart(High, Better.Lower, measure: TestCharts.Measure(Better.Lower, keys[2])), TestCharts.Chart(Usual, Better.Lower, measure: TestCharts.Measure(Better.Lower, keys[3])),
            TestCharts.Chart(High, Better.Neither, measure: TestCharts.Measure(Better.Neither, keys[4])),
        ];
        var endToEnd = TestCharts.Chart(Usual, Better.Lower, measure: TestCharts.Measure(Better.Lower, "first") with { IsFirst = true });

        Assert.Equal(["first", "worse", "better", "changed", "usual", "usual too"], LoadBoard.Sorted([.. charts, endToEnd]).Select(c => c.Measure.Key));
    }

    [Fact]
    public void A_new_definition_has_limits_of_its_own_and_points_before_it_keep_theirs()
    {
        var from = TestCharts.Monday.AddDays(7 * 12);
        var measure = TestCharts.Measure(Better.Lower) with { Versions = [new(1, null, new() { Figure = "contacts" }), new(2, from, new() { Figure = "coded-contacts" }, "Only what is coded", "Grace Okoro")] };

        var chart = TestCharts.Chart([.. Usual.Take(12), .. Usual.Take(12).Select(v => v + 30)], Better.Lower, measure: measure);

        Assert.Equal(2, chart.Chart.Phases.Count);
        Assert.Equal("Definition 2: Only what is coded", chart.Chart.Phases[1].Reason);
        Assert.Equal((1, 2), (measure.VersionOf(from.AddDays(-1)).Number, measure.VersionOf(from).Number));
        Assert.DoesNotContain(chart.Chart.Points, p => p.Signals.Count > 0);
    }

    [Fact]
    public void A_point_that_joins_a_run_later_differs_from_what_was_first_published_and_says_why()
    {
        double?[] run = [.. Usual, 10.9, 10.9, 10.9, 10.9, 10.9, 10.9, 10.9, 10.9];
        var chart = TestCharts.Chart(run, Better.Lower);
        var first = PublishedComparison.Publish(chart.Until(21), 21, DateTimeOffset.UnixEpoch);

        var compared = PublishedComparison.Of(first, chart, 21, []);

        Assert.Equal("", first.Flags);
        Assert.Contains(compared.Differences, d => d.Contains("later points made it part of a signal", StringComparison.Ordinal));
        Assert.Contains(compared.Differences, d => d.StartsWith("The limits were", StringComparison.Ordinal) && d.EndsWith("points since then moved them.", StringComparison.Ordinal));
        Assert.DoesNotContain(compared.Differences, d => d.StartsWith("The value was", StringComparison.Ordinal));
        Assert.Empty(PublishedComparison.Of(PublishedComparison.Publish(chart, run.Length - 1, DateTimeOffset.UnixEpoch), chart, run.Length - 1, []).Differences);
    }

    [Fact]
    public void Contacts_that_came_late_and_a_new_definition_are_told_apart()
    {
        var chart = TestCharts.Chart(Usual, Better.Lower);
        var last = Usual.Length - 1;
        PublishedPoint Published(double value, int version) => new() { Council = "northmoor", Measure = "m", Period = chart.Series.Points[last].Start, Version = version, Value = value, IsHidden = false, N = null,
            Mean = chart.Current!.Limits.Mean, Lower = chart.Current.Limits.Lower, Upper = chart.Current.Limits.Upper, Flags = "", Rules = PublishedComparison.RulesNow, At = DateTimeOffset.UnixEpoch };

        Assert.Equal("The value was 9: contacts of the period were counted or corrected after it was published.", Assert.Single(PublishedComparison.Of(Published(9, 1), chart, last, []).Differences));
        var ended = TestCharts.Phase(chart.Series.Points[3].Start);
        ended.End(DateTimeOffset.UnixEpoch.AddDays(1));
        PublishedPoint Moved() { var p = Published(Usual[last]!.Value, 1); return new() { Council = p.Council, Measure = p.Measure, Period = p.Period, Version = 1, Value = p.Value, IsHidden = false, N = null, Mean = p.Mean, Lower = p.Lower - 1, Upper = p.Upper, Flags = "", Rules = p.Rules, At = p.At }; }
        Assert.EndsWith("a phase was recorded or taken back since, and points since then moved them.", Assert.Single(PublishedComparison.Of(Moved(), chart, last, [ended]).Differences), StringComparison.Ordinal);
        var redefined = chart with { Measure = chart.Measure with { Versions = [.. chart.Measure.Versions, new(2, chart.Series.Points[0].Start, new() { Figure = "contacts" }, "Why", "Grace", DateTimeOffset.UnixEpoch.AddDays(1))] } };
        Assert.EndsWith("the definition was changed since, and points since then moved them.", Assert.Single(PublishedComparison.Of(Moved(), redefined, last, []).Differences), StringComparison.Ordinal);
        Assert.Equal("The value was 9: it was counted by definition 7.", Assert.Single(PublishedComparison.Of(Published(9, 7), chart, last, []).Differences));
    }

    [Fact]
    public void Whether_a_decision_moved_its_measure_is_held_against_the_baseline_before_it_alone()
    {
        var done = TestCharts.Monday.AddDays(7 * 20);
        double?[] fell = [.. Usual, .. Usual.Select(v => v - 8)];

        Assert.True(Assert.IsType<EffectShown>(LastDecision.EffectOf(TestCharts.Chart(fell, Better.Lower, phases: [TestCharts.Phase(done)]), done, "Change")).Favourable);
        Assert.IsType<NoEffectShown>(LastDecision.EffectOf(TestCharts.Chart([.. Usual, .. Usual], Better.Lower), done, "Change"));
        Assert.IsType<TooEarly>(LastDecision.EffectOf(TestCharts.Chart(Usual, Better.Lower), done, "Change"));
        // A phase recorded a few periods after is the same change: it ends nothing.
        Assert.IsType<EffectShown>(LastDecision.EffectOf(TestCharts.Chart(fell, Better.Lower, phases: [TestCharts.Phase(done.AddDays(7 * 2))]), done, "Change"));
        var (gone, later) = (fell.ToArray(), TestCharts.Phase(done.AddDays(7 * 9)));
        (gone[21], gone[23], gone[25]) = (null, null, null);
        Assert.Equal("A phase from the week from 28 July 2025 on ends the comparison after 6 complete periods, and 7 are needed.", Assert.IsType<NoBaseline>(LastDecision.EffectOf(TestCharts.Chart(gone, Better.Lower, phases: [later]), done, "Change")).Reason);
        Assert.IsType<EffectShown>(LastDecision.EffectOf(TestCharts.Chart(fell, Better.Lower, phases: [later]), done, "Change"));
        // Twelve periods lie between the earlier phase and the change; with one fewer there is no baseline.
        Assert.IsType<EffectShown>(LastDecision.EffectOf(TestCharts.Chart(fell, Better.Lower, phases: [TestCharts.Phase(done.AddDays(-7 * 12))]), done, "Change"));
        Assert.IsType<NoBaseline>(LastDecision.EffectOf(TestCharts.Chart(fell, Better.Lower, phases: [TestCharts.Phase(done.AddDays(-7 * 11))]), done, "Change"));
    }

    [Fact]
    public void A_season_is_taken_out_by_the_first_years_and_refused_where_they_are_not_there()
    {
        // 2026 has 53 weeks: the season comes back by the number of the week and not after 52.
        static int Week(int i) => ISOWeek.GetWeekOfYear(TestCharts.Monday.AddDays(7 * i).ToDateTime(default));
        double?[] values = [.. Enumerable.Range(0, 130).Select(i => (double?)((100 + 20 * Math.Sin(2 * Math.PI * Week(i) / 52)) * (1 + (i * 7 % 5 - 2) / 200.0) * (i == 125 ? 1.4 : 1)))];
        var chart = TestCharts.Chart(values, Better.Lower);

        var (without, problem) = chart.WithoutSeason(2);

        Assert.Null(problem);
        // With the season in, its wave is full of signals.
        Assert.True(chart.Chart.Points.Count(p => p.Signals.Count > 0) > 60);
        Assert.Equal([125], without!.Chart.Points.Where(p => p.Signals.Any(s => s.Kind == SignalKind.BeyondLimit)).Select(p => p.Index));
        Assert.Equal((52 + 53 - 1, 105), (without.Chart.Phases[0].FixedThrough!.Value, without.Season.Baseline));
        Assert.EndsWith("105 weeks, and there are 103. Wait for more, or take months.", TestCharts.Chart([.. values.Take(103)], Better.Lower).WithoutSeason(2).Problem, StringComparison.Ordinal);
        Assert.Contains("157 weeks", chart.WithoutSeason(3).Problem, StringComparison.Ordinal);
    }

    /// <summary>A phase takes its limits from the baseline where it has enough of it, and from itself where it begins later.</summary>
    [Theory]
    [InlineData(52, 104)]
    [InlineData(93, 104)]
    [InlineData(94, null)]
    [InlineData(104, null)]
    [InlineData(130, null)]
    public void No_value_after_the_baseline_has_a_part_in_limits_of_a_phase_that_began_within_it(int change, int? fixedThrough)
    {
        double?[] values = [.. Enumerable.Range(0, 200).Select(i => (double?)(100 + i * 7 % 11))];

        var (without, _) = TestCharts.Chart(values, Better.Lower, phases: [TestCharts.Phase(TestCharts.Monday.AddDays(7 * change))]).WithoutSeason(2);

        Assert.Equal(105, without!.Season.Baseline);
        Assert.Equal([change > 105 ? 104 : (int?)null, fixedThrough], without.Chart.Phases.Select(p => p.FixedThrough));
    }

    [Fact]
    public void Two_years_of_weeks_are_as_many_as_lie_before_the_same_week()
    {
        // 2026 has 53 weeks: from its second week to that of 2028 there are 105.
        MeasureChart Chart(int weeks) => MeasureChart.Of(TestCharts.Measure(Better.Lower), new(MeasurePeriod.Week, [.. Enumerable.Range(0, weeks).Select(i => new PeriodPoint(new DateOnly(2026, 1, 5).AddDays(7 * i), 100 + i % 3, null, null, null, false, 1))]), []);

        Assert.Equal("2 baseline years go to the week before week 2 of 2028: 105 weeks, and there are 104. Wait for more, or take months.", Chart(104).WithoutSeason(2).Problem);
        Assert.Equal(105, Chart(105).WithoutSeason(2).Chart!.Season.Baseline);
    }
}
