using Concentric.Measure.Variation;

namespace Concentric.Tests.Measure.Variation;

/// <summary>I′ charts: figures of any distribution, counted or measured out of sizes that differ.</summary>
[Trait("Database", "none")]
public sealed class IPrimeTests
{
    [Fact]
    public void Of_equal_sizes_it_is_an_XmR_chart_but_for_the_rounding_of_its_constants()
    {
        double[] values = [10, 12, 9, 14, 11, 10, 13, 12, 8, 11, 12, 10, 14];

        var limits = CountLimits.Of(CountChartKind.IPrime, [.. values.Select(v => (Amount?)new Amount(4 * v, 4))]);
        var plain = XmrLimits.Of([.. values.Select(v => (double?)v)]);

        Assert.Equal(plain.Mean!.Value, limits.Mean!.Value, 1e-12);
        // 2.66 is 2.6587 to two places.
        Assert.Equal(plain.MeanRange!.Value * 3 * Math.Sqrt(Math.PI) / 2, limits.At(4)!.Value - limits.Mean.Value, 1e-9);
        Assert.Equal(plain.Upper!.Value, limits.At(4)!.Value, 0.01);
    }

    /// <summary>By hand: x = 2, 5, 3 of 1, 4, 4. Their mean is (2 + 20 + 12) / 9; s the mean of √(π/2)·3/√1.25 and √(π/2)·2/√0.5.</summary>
    [Fact]
    public void Limits_are_those_worked_out_by_hand()
    {
        var limits = CountLimits.Of(CountChartKind.IPrime, [new(2, 1), new(20, 4), new(12, 4)]);

        Assert.Equal(34 / 9.0, limits.Mean!.Value, 1e-12);
        var s = Math.Sqrt(Math.PI / 2) * (3 / Math.Sqrt(1.25) + 2 / Math.Sqrt(0.5)) / 2;
        Assert.Equal(s, limits.SigmaZ!.Value, 1e-12);
        Assert.Equal(34 / 9.0 + 3 * s / 2, limits.At(4)!.Value, 1e-12);
        Assert.Equal(34 / 9.0 - 3 * s / 10, limits.At(100, -3)!.Value, 1e-12);
    }

    [Fact]
    public void Figures_below_nought_are_charted_and_a_gap_is_not_reached_over()
    {
        Amount?[] amounts = [new(-5, 2), new(3, 2), null, new(100, 2), new(101, 2)];

        var chart = CountChart.Of(CountChartKind.IPrime, amounts);

        // 4 and 0.5 apart, and not the 48.5 across the gap.
        Assert.Equal(Math.Sqrt(Math.PI / 2) * (4 + 0.5) / 2, chart.Phases[0].Limits.SigmaZ!.Value, 1e-12);
        Assert.Equal(NaturalBounds.None, chart.Phases[0].Limits.Bounds);
        Assert.False(CountLimits.Of(CountChartKind.IPrime, [new(5, 1), new(5, 1), new(10, 2)]).HasLimits);
        Assert.Throws<ArgumentException>(() => CountLimits.Of(CountChartKind.IPrime, [new(5, 0)]));
        Assert.Throws<ArgumentException>(() => CountLimits.Of(CountChartKind.U, [new(-5, 1)]));
    }

    /// <summary>A public tool takes the spread of an I′ chart from all rows, also from those after the baseline that it was told to freeze.</summary>
    [Fact]
    public void Limits_that_are_fixed_come_from_the_baseline_alone()
    {
        Amount?[] calm = [.. Enumerable.Range(0, 12).Select(i => (Amount?)new Amount((10 + i % 2) * 5, 5))];
        Amount?[] wild = [.. Enumerable.Range(0, 12).Select(i => (Amount?)new Amount((10 + 50 * (i % 2)) * 5, 5))];

        var chart = CountChart.Of(CountChartKind.IPrime, [.. calm, .. wild], fixAfter: 12);

        Assert.Equal(CountLimits.Of(CountChartKind.IPrime, calm).SigmaZ, chart.Phases[0].Limits.SigmaZ);
        Assert.Equal([13, 15, 17, 19, 21, 23], chart.Points.Where(p => p.Signals.Any(s => s.Kind == SignalKind.BeyondLimit)).Select(p => p.Index));
    }

    [Fact]
    public void Screening_leaves_out_what_is_out_of_the_ordinary_and_never_everything()
    {
        Amount?[] amounts = [.. Enumerable.Range(0, 20).Select(i => (Amount?)new Amount(i == 10 ? 90 : 10 + i % 2, 1))];

        Assert.True(CountLimits.Of(CountChartKind.IPrime, amounts, screen: true).SigmaZ < 2);
        Assert.True(CountLimits.Of(CountChartKind.IPrime, amounts).SigmaZ > 8);
        Amount?[] one = [.. Enumerable.Range(0, 20).Select(i => (Amount?)new Amount(i == 10 ? 6 : 5, 1))];
        Assert.Equal(CountLimits.Of(CountChartKind.IPrime, one).SigmaZ, CountLimits.Of(CountChartKind.IPrime, one, screen: true).SigmaZ);
    }
}
