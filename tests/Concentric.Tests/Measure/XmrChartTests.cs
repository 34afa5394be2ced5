using Concentric.Measure.Variation;
using FsCheck;
using FsCheck.Fluent;

namespace Concentric.Tests.Measure;

public class XmrChartTests
{
    [Fact]
    public void Limits_are_those_of_the_textbook()
    {
        var book = Vectors.Read("spc_rules_reference.json").GetProperty("published_textbook")[0];

        var limits = XmrLimits.Of(book.GetProperty("data").Values());

        Vectors.Near(book.GetProperty("mean").GetDouble(), limits.Mean);
        Vectors.Near(book.GetProperty("mr_bar").GetDouble(), limits.MeanRange);
        Vectors.Near(book.GetProperty("ucl_2.66").GetDouble(), limits.Upper);
        Vectors.Near(book.GetProperty("lcl_2.66").GetDouble(), limits.Lower);
        Assert.Equal(LimitsState.Firm, limits.State);
    }

    [Fact]
    public void Limits_of_two_years_of_quarters_are_fixed_at_their_end()
    {
        // Eight values, and a shift at quarter 21 that limits of all forty would hide.
        double?[] values = [.. Enumerable.Range(0, 40).Select(i => (double?)((i < 20 ? 10 : 20) + i % 2))];

        var chart = XmrChart.Of(values, [], baseline: 7);

        Assert.Equal(XmrLimits.Of(values[..8]), chart.Phases[0].Limits);
        Assert.NotEmpty(chart.Points[20].Signals);
    }

    [Fact]
    public void Limits_are_those_of_the_capability_and_season_vectors()
    {
        var vectors = Vectors.Read("spc_rules_reference.json");
        foreach (var row in vectors.GetProperty("capability").EnumerateArray())
        {
            var limits = XmrLimits.Of(row.GetProperty("y").Values());
            Vectors.Near(row.GetProperty("lpl").GetDouble(), limits.Lower);
            Vectors.Near(row.GetProperty("upl").GetDouble(), limits.Upper);
        }

        var season = vectors.GetProperty("seasonality");
        var chart = XmrChart.Of(season.GetProperty("y").Values(), new XmrRules(Trend: 6));
        var flags = season.GetProperty("raw").GetProperty("flags");
        Vectors.Near(season.GetProperty("raw").GetProperty("upl").GetDouble(), chart.Phases[0].Limits.Upper);
        Assert.Equal(flags.GetProperty("nelson1_beyond_3s").Indexes(), At(chart, SignalKind.BeyondLimit));
        Assert.Equal(flags.GetProperty("run_7_one_side").Indexes(), At(chart, SignalKind.Shift));
        Assert.Equal(flags.GetProperty("trend_6_points").Indexes(), At(chart, SignalKind.Trend));
        Assert.Equal(flags.GetProperty("mdc_2of3_new_incl_beyond3").Indexes(), At(chart, SignalKind.TwoOfThree));
    }

    [Fact]
    public void Constants_are_used_as_published()
    {
        var limits = XmrLimits.Of([10, 12, 10, 12]);

        Assert.Equal(11 + 2.66 * 2, limits.Upper!.Value, 12);
        Assert.Equal(11 - 2.66 * 2, limits.Lower!.Value, 12);
        Assert.Equal(3.267 * 2, limits.RangeUpper!.Value, 12);
        Assert.Equal(11 + 2.66 * 2 * 2 / 3, limits.NearUpper!.Value, 12);
        Assert.Equal(2 / 1.128, limits.Sigma!.Value, 12);

        // The published ones are the exact ones, rounded.
        var constants = Vectors.Read("spc_rules_reference.json").GetProperty("constants");
        var rounded = constants.GetProperty("rounded_in_use");
        Assert.Equal((rounded.GetProperty("E2").GetDouble(), rounded.GetProperty("D4").GetDouble(), rounded.GetProperty("d2").GetDouble()), (XmrLimits.ToLimit, XmrLimits.ToRangeLimit, XmrLimits.ToSigma));
        Assert.Equal(XmrLimits.ToLimit, constants.GetProperty("E2=3/d2").GetDouble(), 0.002);
        Assert.Equal(XmrLimits.ToRangeLimit, constants.GetProperty("D4_n2").GetDouble(), 0.001);
        Assert.Equal(XmrLimits.ToSigma, constants.GetProperty("d2_n2").GetDouble(), 0.001);
    }

    [Fact]
    public void A_moving_range_never_reaches_over_a_gap()
    {
        var limits = XmrLimits.Of([10, 12, null, 100, 102]);

        Assert.Equal(2, limits.Ranges);
        Assert.Equal(2, limits.MeanRange);
        Assert.Equal(4, limits.N);
        Assert.Equal([null, 2.0, null, null, 2.0], XmrLimits.MovingRanges([10, 12, null, 100, 102]));
    }

    [Theory]
    [InlineData(LimitsState.TooFewPoints, "")]
    [InlineData(LimitsState.TooFewPoints, "5")]
    [InlineData(LimitsState.TooFewPoints, "5,-,6,-,7")]
    [InlineData(LimitsState.NoVariation, "5,5,5")]
    [InlineData(LimitsState.NoVariation, "0,0,0,0,0,0,0,0,0,0,0,0,0")]
    [InlineData(LimitsState.Provisional, "5,6")]
    [InlineData(LimitsState.Provisional, "5,6,5,6,5,6,5,6,5,6,5")]
    [InlineData(LimitsState.Firm, "5,6,5,6,5,6,5,6,5,6,5,6")]
    public void Limits_say_how_far_they_hold(LimitsState expected, string values)
    {
        double?[] row = [.. values.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(v => v == "-" ? (double?)null : int.Parse(v, System.Globalization.CultureInfo.InvariantCulture))];

        var limits = XmrLimits.Of(row);

        Assert.Equal(expected, limits.State);
        Assert.Equal(limits.HasLimits, limits.Upper is not null);
        Assert.Equal(limits.HasLimits, limits.RangeUpper is not null);
        Assert.Contains($"{limits.N}", limits.Remark, StringComparison.Ordinal);
        Assert.All(new XmrRules().Find(row, limits), signals => Assert.True(limits.HasLimits || signals.Count == 0));
    }

    [Fact]
    public void Screening_leaves_out_a_range_that_is_out_of_the_ordinary_once()
    {
        double?[] values = [10, 11, 10, 11, 10, 11, 10, 11, 10, 11, 40, 41, 40, 41];

        var plain = XmrLimits.Of(values);
        var screened = XmrLimits.Of(values, screen: true);

        Assert.Equal(1, screened.ScreenedOut);
        Assert.Equal(1, screened.MeanRange);
        Assert.Equal(plain.Mean, screened.Mean);
        Assert.Equal(0, plain.ScreenedOut);
    }

    [Fact]
    public void Screening_keeps_the_average_where_nothing_would_be_left_of_the_variation()
    {
        double?[] values = [5, 5, 5, 5, 5, 5, 5, 9, 9, 9];

        Assert.Equal(XmrLimits.Of(values), XmrLimits.Of(values, screen: true));
    }

    [Fact]
    public void Natural_bounds_clip_what_is_shown_and_not_what_is_computed()
    {
        var limits = XmrLimits.Of([1, 8, 0, 9, 1, 7]);

        Assert.True(limits.Lower < 0);
        Assert.Equal(0, NaturalBounds.Count.Clip(limits.Lower!.Value));
        Assert.Equal(100, NaturalBounds.Percentage.Clip(104));
        Assert.Equal(-3, NaturalBounds.None.Clip(-3));
    }

    [Fact]
    public void A_value_that_is_no_number_is_refused()
    {
        Assert.Throws<ArgumentException>(() => XmrLimits.Of([1, double.NaN]));
        Assert.Throws<ArgumentException>(() => XmrLimits.Of([null, double.PositiveInfinity, null]));
    }

    [Fact]
    public void A_phase_begins_with_a_recorded_change_and_its_own_limits()
    {
        double?[] values = [10, 11, 10, 11, 20, 21, 20, 21];

        var chart = XmrChart.Of(values, [new PhaseStart(4, "New form")]);

        Assert.Equal([10.5, 20.5], chart.Phases.Select(p => p.Limits.Mean!.Value));
        Assert.Equal("New form", chart.Phases[1].Reason);
        Assert.Null(chart.Points[4].MovingRange);
        Assert.False(chart.HasSignals);
    }

    [Fact]
    public void The_period_of_a_change_made_midway_belongs_to_neither_phase()
    {
        var chart = XmrChart.Of([10, 11, 10, 99, 20, 21, 20], [new PhaseStart(3, "New form", Midway: true)]);

        Assert.Null(chart.Points[3].Phase);
        Assert.Equal((0, 2), (chart.Phases[0].First, chart.Phases[0].Last));
        Assert.Equal((4, 6), (chart.Phases[1].First, chart.Phases[1].Last));
        Assert.Equal(99, chart.Points[3].Value);
    }

    [Fact]
    public void Frozen_limits_come_from_the_baseline_alone()
    {
        double?[] before = [10, 11, 10, 11, 10, 11];

        var quiet = XmrChart.Frozen([.. before, 10, 11], 0, new PhaseStart(6, "New form"));
        var loud = XmrChart.Frozen([.. before, 500, 0], 0, new PhaseStart(6, "New form"));

        Assert.Equal(quiet.Phases[0].Limits, loud.Phases[0].Limits);
        Assert.Equal(loud.Phases[0].Limits, loud.Phases[1].Limits);
        Assert.True(loud.Phases[1].Frozen);
        Assert.Equal([6, 7], At(loud, SignalKind.BeyondLimit));
    }

    [Fact]
    public void Changes_out_of_order_or_outside_the_chart_are_refused()
    {
        Assert.Throws<ArgumentException>(() => XmrChart.Of([1, 2, 3], [new(2, "b"), new(1, "a")]));
        Assert.Throws<ArgumentException>(() => XmrChart.Of([1, 2, 3], [new(3, "a")]));
        Assert.Throws<ArgumentException>(() => XmrChart.Of([1, 2, 3], [new(1, "a"), new(1, "b")]));
    }

    [Fact]
    public void Adding_the_same_to_every_value_moves_the_limits_and_nothing_else() => Prop.ForAll<int[], int>((values, shift) =>
    {
        var small = Small(values);
        var (one, other) = (Chart(small), Chart([.. small.Select(v => v + shift % 1000)]));
        return values.Length < 2 || !one.Phases[0].Limits.HasLimits
            || (Close(other.Phases[0].Limits.Upper!.Value, one.Phases[0].Limits.Upper!.Value + shift % 1000) && Same(one, other));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Counting_in_another_unit_scales_the_limits_and_nothing_else() => Prop.ForAll<int[], byte>((values, by) =>
    {
        var scale = by + 1;
        var small = Small(values);
        var (one, other) = (Chart(small), Chart([.. small.Select(v => v * scale)]));
        return values.Length < 2 || !one.Phases[0].Limits.HasLimits
            || (Close(other.Phases[0].Limits.Lower!.Value, one.Phases[0].Limits.Lower!.Value * scale) && Same(one, other));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_chart_upside_down_has_its_signals_upside_down() => Prop.ForAll<int[]>(values =>
    {
        var small = Small(values);
        var (one, other) = (Chart(small), Chart([.. small.Select(v => -v)]));
        return one.Points.Zip(other.Points).All(p => p.First.Signals.Select(s => (s.Kind, s.Side)).SequenceEqual(p.Second.Signals.Select(s => (s.Kind, s.Side == Side.Above ? Side.Below : Side.Above))));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_phase_is_judged_as_if_it_stood_alone_and_in_any_order() => Prop.ForAll<int[], int[]>((first, second) =>
    {
        if (first.Length == 0 || second.Length == 0) return true;
        double?[] Row(int[] values) => [.. Small(values).Select(v => (double?)v)];
        var together = XmrChart.Of([.. Row(first), .. Row(second)], [new PhaseStart(first.Length, "a change")]);
        var turned = XmrChart.Of([.. Row(second), .. Row(first)], [new PhaseStart(second.Length, "a change")]);
        return together.Phases[0].Limits == turned.Phases[1].Limits && together.Phases[1].Limits == turned.Phases[0].Limits
            && together.Phases[0].Limits == Chart(Small(first)).Phases[0].Limits
            && together.Points.Skip(first.Length).Zip(turned.Points).All(p => p.First.Signals.SequenceEqual(p.Second.Signals));
    }).QuickCheckThrowOnFailure();

    private static XmrChart Chart(int[] values) => XmrChart.Of([.. values.Select(v => (double?)v)]);

    private static int[] Small(int[] values) => [.. values.Select(v => v % 1000)];

    private static bool Close(double a, double b) => Math.Abs(a - b) <= 1e-9 * Math.Max(1, Math.Max(Math.Abs(a), Math.Abs(b)));

    private static bool Same(XmrChart one, XmrChart other) => one.Points.Zip(other.Points).All(p => p.First.Signals.SequenceEqual(p.Second.Signals));

    private static int[] At(XmrChart chart, SignalKind kind) => [.. chart.Points.Where(p => p.Signals.Any(s => s.Kind == kind)).Select(p => p.Index)];
}
