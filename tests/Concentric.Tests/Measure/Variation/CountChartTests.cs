using Concentric.Measure.Variation;
using FsCheck;
using FsCheck.Fluent;

namespace Concentric.Tests.Measure.Variation;

/// <summary>p, p′, u, u′, c, g and t charts against textbooks (D. C. Montgomery, Introduction to Statistical Quality Control) and another program.</summary>
[Trait("Database", "none")]
public sealed class CountChartTests
{
    /// <summary>Errors in 25 weeks of purchase orders, of which each week had another number.</summary>
    private static readonly Amount?[] _orders =
    [
        .. new (int, int)[]
        {
            (12, 100), (8, 80), (6, 80), (9, 100), (10, 110), (12, 110), (11, 100), (16, 100), (10, 90), (6, 90), (20, 110), (15, 120), (9, 120), (8, 120), (6, 110), (8, 80), (10, 80), (7, 80), (5, 90), (8, 100), (5, 100), (8, 100),
            (10, 100), (6, 90), (9, 90),
        }.Select(o => (Amount?)new Amount(o.Item1, o.Item2)),
    ];

    /// <summary>Defects on ten rolls of cloth of different size.</summary>
    private static readonly Amount?[] _cloth = [new(14, 10), new(12, 8), new(20, 13), new(11, 10), new(7, 9.5), new(10, 10), new(21, 12), new(16, 10.5), new(19, 12), new(23, 12.5)];

    [Fact]
    public void A_p_chart_is_that_of_the_textbook()
    {
        var book = Vectors.Read("spc_rules_reference.json").GetProperty("published_textbook")[1];
        var chart = CountChart.Of(CountChartKind.P, [.. book.GetProperty("data").Indexes().Select(d => (Amount?)new Amount(d, 50))]);

        Vectors.Near(book.GetProperty("pbar").GetDouble(), chart.Phases[0].Limits.Mean);
        Vectors.Near(book.GetProperty("ucl").GetDouble(), chart.Phases[0].Limits.At(50));
        Vectors.Near(book.GetProperty("lcl").GetDouble(), chart.Phases[0].Limits.At(50, -3));
        Assert.Equal(book.GetProperty("outside_index0").Indexes(), Beyond(chart));

        var orders = CountChart.Of(CountChartKind.P, _orders);
        Assert.Equal(234.0 / 2450, orders.Phases[0].Limits.Mean!.Value, 12);
        Assert.Equal((0.007335, 0.183686), Rounded(orders, 0));
        Assert.Equal([10], Beyond(orders));
    }

    [Fact]
    public void A_c_chart_is_that_of_the_textbook()
    {
        var book = Vectors.Read("spc_rules_reference.json").GetProperty("published_textbook")[2];
        var chart = CountChart.Of(CountChartKind.C, [.. book.GetProperty("data").Indexes().Select(d => (Amount?)new Amount(d, 1))]);

        Vectors.Near(book.GetProperty("cbar").GetDouble(), chart.Phases[0].Limits.Mean);
        Vectors.Near(book.GetProperty("ucl").GetDouble(), chart.Phases[0].Limits.At(1));
        Vectors.Near(book.GetProperty("lcl").GetDouble(), chart.Phases[0].Limits.At(1, -3));
        Assert.Equal(book.GetProperty("outside_index0").Indexes(), Beyond(chart));
    }

    [Fact]
    public void A_u_chart_is_that_of_the_textbook()
    {
        // 74 errors in 20 weeks of 50 shipments: mean 0.0740, limits −0.0414 and 0.1894.
        int[] errors = [2, 3, 8, 1, 1, 4, 1, 4, 5, 1, 8, 2, 4, 3, 4, 1, 8, 3, 7, 4];
        var even = CountChart.Of(CountChartKind.U, [.. errors.Select(e => (Amount?)new Amount(e, 50))]).Phases[0].Limits;
        var uneven = CountChart.Of(CountChartKind.U, _cloth);

        Assert.Equal((0.0740, -0.0414, 0.1894), (Math.Round(even.Mean!.Value, 4), Math.Round(even.At(50, -3)!.Value, 4), Math.Round(even.At(50)!.Value, 4)));
        Assert.Equal(0, even.Bounds.Clip(even.At(50, -3)!.Value));
        Assert.Equal((1.42, 0.29, 2.56), (Math.Round(uneven.Phases[0].Limits.Mean!.Value, 2), Math.Round(uneven.Phases[0].Limits.At(10, -3)!.Value, 2), Math.Round(uneven.Phases[0].Limits.At(10)!.Value, 2)));
        Assert.Empty(Beyond(uneven));
    }

    [Fact]
    public void Laneys_charts_are_as_wide_as_neighbouring_periods_differ()
    {
        var (p, u) = (CountChart.Of(CountChartKind.PPrime, _orders), CountChart.Of(CountChartKind.UPrime, _cloth));

        Assert.Equal((0.965674, 0.678796), (Math.Round(p.Phases[0].Limits.SigmaZ!.Value, 6), Math.Round(u.Phases[0].Limits.SigmaZ!.Value, 6)));
        Assert.Equal((0.010361, 0.180659), Rounded(p, 0));
        Assert.Equal((0.655007, 2.191504), Rounded(u, 0));
    }

    [Fact]
    public void Where_hundreds_of_thousands_stand_behind_a_period_a_p_chart_calls_the_usual_a_signal_and_p_prime_does_not()
    {
        // Shares wander by half a percentage point; chance alone would let 280,000 wander by a third of that.
        Amount?[] many = [.. Enumerable.Range(0, 20).Select(i => (Amount?)new Amount(Math.Round(280_000 * (0.95 + 0.005 * Math.Sin(i * i))), 280_000))];

        Assert.True(Beyond(CountChart.Of(CountChartKind.P, many)).Length > 10);
        Assert.Empty(Beyond(CountChart.Of(CountChartKind.PPrime, many)));
        var choice = ChartChoice.Of(many, isShare: true);
        Assert.Equal(ChartKind.PPrime, choice.Kind);
    }

    [Fact]
    public void The_line_of_a_g_chart_is_the_mean_that_its_limits_come_from()
    {
        // Another program draws the median and reckons with the mean.
        Amount?[] between = [.. new[] { 12, 5, 30, 8, 2, 19, 41, 7, 3, 16, 11, 25 }.Select(n => (Amount?)new Amount(n, 1))];

        var limits = CountChart.Of(CountChartKind.G, between).Phases[0].Limits;

        Assert.Equal(179.0 / 12, limits.Mean!.Value, 12);
        Assert.Equal(61.142336, Math.Round(limits.At(1)!.Value, 6));
        Assert.Equal(0, limits.Bounds.Clip(limits.At(1, -3)!.Value));
        // Most of a geometric row lies below its mean: that alone is no shift.
        Amount?[] skewed = [.. new[] { 90, 1, 2, 3, 2, 1, 3, 2, 1, 90, 80 }.Select(n => (Amount?)new Amount(n, 1))];
        Assert.Empty(CountChart.Of(CountChartKind.G, skewed).Points.Where(p => p.Signals.Any(s => s.Kind == SignalKind.Shift)));
    }

    [Fact]
    public void A_t_chart_is_judged_transformed_and_shown_in_the_unit_of_the_times()
    {
        // Hours between failures of a valve; figures by another program, with 2.66.
        double?[] hours = [286, 948, 536, 124, 816, 729, 4, 143, 431, 8, 2837, 596, 81, 227, 603, 492, 1199, 1214, 2831, 96];

        var chart = TimeBetweenChart.Of(hours);

        Assert.Equal((5.389277, 2.360921), (Math.Round(chart.Transformed.Phases[0].Limits.Mean!.Value, 6), Math.Round(chart.Transformed.Phases[0].Limits.MeanRange!.Value, 6)));
        Assert.Equal((430.0410, 6940.0842, 0), (Math.Round(chart.Points[0].Mean!.Value, 4), Math.Round(chart.Points[0].Upper!.Value, 4), chart.Points[0].Lower));
        Assert.All(chart.Points, p => Assert.Empty(p.Signals));
        Assert.Throws<ArgumentException>(() => TimeBetweenChart.Of([1, -1]));
    }

    [Fact]
    public void What_cannot_be_counted_is_refused_and_what_never_varies_has_no_limits()
    {
        Assert.Throws<ArgumentException>(() => CountLimits.Of(CountChartKind.P, [new(5, 4)]));
        Assert.Throws<ArgumentException>(() => CountLimits.Of(CountChartKind.U, [new(-1, 4)]));
        Assert.Throws<ArgumentException>(() => CountLimits.Of(CountChartKind.U, [new(1, 0)]));
        Assert.Throws<ArgumentException>(() => CountLimits.Of(CountChartKind.U, [new(double.NaN, 1)]));
        Assert.All((Amount?[][])[[], [null], [new(4, 4), new(2, 2)], [new(0, 4), new(0, 2)]], row => Assert.False(CountLimits.Of(CountChartKind.P, row).HasLimits));
        // Every period on the mean: σ_z is 0, and limits of no width would make a signal of a rounding.
        Assert.False(CountLimits.Of(CountChartKind.PPrime, [new(1, 4), new(2, 8), new(1, 4)]).HasLimits);
    }

    [Fact]
    public void Phases_and_fixed_limits_are_those_of_their_own_periods()
    {
        Amount?[] row = [new(40, 100), new(42, 100), null, new(38, 100), new(60, 100), new(62, 100), new(58, 100)];

        var rebased = CountChart.Of(CountChartKind.P, row, [new(4, "New form")]);
        var carried = CountChart.Of(CountChartKind.P, row, fixAfter: 3);

        Assert.Equal([0.4, 0.6], rebased.Phases.Select(p => Math.Round(p.Limits.Mean!.Value, 12)));
        Assert.Equal((0.4, (int?)3), (Math.Round(carried.Phases[0].Limits.Mean!.Value, 12), carried.Phases[0].FixedThrough));
        Assert.Equal([4, 5, 6], Beyond(carried));
        Assert.Null(rebased.Points[2].Value);
    }

    [Fact]
    public void The_choice_of_a_chart_says_its_reason()
    {
        Amount?[] even = [.. Enumerable.Range(0, 20).Select(i => (Amount?)new Amount(40 + i * 7 % 11 - 5, 100))];

        Assert.Equal(ChartKind.P, ChartChoice.Of(even, isShare: true).Kind);
        Assert.Equal(ChartKind.U, ChartChoice.Of(even, isShare: false).Kind);
        Assert.Equal(ChartKind.PPrime, ChartChoice.Of([.. even.Select(a => (Amount?)new Amount(a!.Value.Count * 40, a.Value.Size * 40))], isShare: true).Kind);
        Assert.Equal(ChartKind.G, ChartChoice.Of([.. Enumerable.Range(0, 20).Select(i => (double?)(i % 3))]).Kind);
        Assert.Equal(ChartKind.Xmr, ChartChoice.Of([.. Enumerable.Range(0, 20).Select(i => (double?)(i % 3 + 0.5))]).Kind);
        Assert.All([ChartChoice.Of([]), ChartChoice.Of([], true), ChartChoice.Of(even, true)], c => Assert.NotEmpty(c.Reason));
    }

    [Fact]
    public void A_rate_in_another_unit_has_the_same_signals() => Prop.ForAll<byte[], byte>((counts, by) =>
    {
        if (counts.Length < 2) return true;
        Amount?[] small = [.. counts.Select((c, i) => (Amount?)new Amount(c, 1 + i % 3))];
        Amount?[] large = [.. small.Select(a => (Amount?)new Amount(a!.Value.Count, a.Value.Size * (1 + by)))];
        return CountChart.Of(CountChartKind.UPrime, small).Points.Zip(CountChart.Of(CountChartKind.UPrime, large).Points).All(p => p.First.Signals.SequenceEqual(p.Second.Signals));
    }).QuickCheckThrowOnFailure();

    private static int[] Beyond(CountChart chart) => [.. chart.Points.Where(p => p.Signals.Any(s => s.Kind == SignalKind.BeyondLimit)).Select(p => p.Index)];

    private static (double, double) Rounded(CountChart chart, int index)
    {
        var (limits, size) = (chart.Phases[0].Limits, chart.Points[index].Amount!.Value.Size);
        return (Math.Round(limits.At(size, -3)!.Value, 6), Math.Round(limits.At(size)!.Value, 6));
    }
}
