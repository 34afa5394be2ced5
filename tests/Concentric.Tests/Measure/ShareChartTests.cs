using Concentric.Measure.Statistics;
using Concentric.Measure.Variation;

namespace Concentric.Tests.Measure;

/// <summary>Charts of shares: limits as wide as the number of each period asks.</summary>
[Trait("Database", "none")]
public sealed class ShareChartTests
{
    [Fact]
    public void The_orange_juice_cans_of_the_textbook_have_the_limits_and_signals_of_the_textbook()
    {
        // D. C. Montgomery, Introduction to Statistical Quality Control: 30 samples of 50 cans.
        var book = Vectors.Read("spc_rules_reference.json").GetProperty("published_textbook")[1];
        var cans = book.GetProperty("data").Indexes().Select(d => ((long, long)?)(d, book.GetProperty("n").GetInt64())).ToList();

        var limits = ShareLimits.Of(cans);

        Vectors.Near(book.GetProperty("pbar").GetDouble(), limits.Mean);
        // The book's limits are of chance alone; the machine was adjusted on the way, so that ours are wider: σ_z by another program.
        Assert.Equal(1.660867, Math.Round(limits.Factor, 6));
        var bare = limits with { Factor = 1 };
        Vectors.Near(book.GetProperty("ucl").GetDouble(), bare.At(50)!.Value.High);
        Vectors.Near(book.GetProperty("lcl").GetDouble(), bare.At(50)!.Value.Low);
        var outside = cans.Index().Where(c => Math.Abs(bare.Z(c.Item)!.Value) > ShareLimits.Reach).Select(c => c.Index);
        Assert.Equal(book.GetProperty("outside_index0").Indexes(), outside);
    }

    [Fact]
    public void A_period_of_few_has_wider_limits_than_one_of_many()
    {
        // p̄ = 237/300 = 0.79; 3 √(0.79 × 0.21 ÷ 45) and ÷ 15.
        var chart = ShareChart.Of([(36, 45), (12, 15), (70, 90), (11, 15), (35, 45), (73, 90)]);

        Assert.Equal((0.607846, 0.972154), Rounded(chart.Points[0].Limits));
        Assert.Equal((0.474500, 1.105500), Rounded(chart.Points[1].Limits));
        Assert.Equal(1, chart.Phases[0].Limits.Factor);
        Assert.All(chart.Points, p => Assert.Empty(p.Signals));
    }

    [Fact]
    public void The_same_share_is_a_signal_of_many_and_none_of_few()
    {
        (long, long)?[] usual = [.. Enumerable.Range(0, 12).Select(i => ((long, long)?)(i % 2 == 0 ? 78 : 82, 100))];

        Assert.Empty(ShareChart.Of([.. usual, (9, 15)]).Points[12].Signals);
        Assert.Equal([new Signal(SignalKind.BeyondLimit, Side.Below, 1)], ShareChart.Of([.. usual, (180, 300)]).Points[12].Signals);
    }

    [Fact]
    public void Periods_that_differ_by_more_than_chance_explains_have_wider_limits()
    {
        // σ_z by another program: the mean of |zᵢ − zᵢ₋₁| over seven pairs, ÷ 1.128.
        var limits = ShareLimits.Of([(85, 100), (180, 240), (80, 100), (44, 50), (165, 200), (72, 100), (160, 200), (38, 50)]);

        Assert.Equal((1.567289, 1.567289), (Math.Round(limits.SigmaZ!.Value, 6), Math.Round(limits.Factor, 6)));
        Assert.Equal((0.601574, 0.983041), Rounded(limits.At(100)));
    }

    [Fact]
    public void Where_thousands_stand_behind_a_period_any_spread_beyond_chance_widens()
    {
        (long, long)?[] many = [(2000, 2500), (2025, 2500), (2000, 2500), (2025, 2500)];

        var limits = ShareLimits.Of(many);

        Assert.InRange(limits.Factor, 1.05, ShareLimits.TooSpread);
        Assert.Equal(limits.SigmaZ, limits.Factor);
    }

    [Fact]
    public void Neighbours_across_a_gap_say_nothing_of_the_spread_and_one_share_or_equal_ones_give_no_limits()
    {
        Assert.Null(ShareLimits.Of([(5, 50), null, (45, 50)]).SigmaZ);
        Assert.Equal(1, ShareLimits.Of([(5, 50), null, (45, 50)]).Factor);
        Assert.All<IReadOnlyList<(long, long)?>>([[], [null], [(5, 50)], [(50, 50), (20, 20)], [(0, 50), (0, 20)]], shares =>
        {
            Assert.False(ShareLimits.Of(shares).HasLimits);
            Assert.All(ShareChart.Of(shares).Points, p => Assert.Null(p.Limits));
        });
        Assert.Throws<ArgumentException>(() => ShareLimits.Of([(5, 4)]));
        Assert.Throws<ArgumentException>(() => ShareLimits.Of([(0, 0)]));
    }

    [Fact]
    public void Runs_and_trends_are_found_as_on_other_charts()
    {
        (long, long)?[] lower = [.. Enumerable.Range(0, 7).Select(i => ((long, long)?)(70, 100 + i % 2))];
        (long, long)?[] higher = [.. Enumerable.Range(0, 7).Select(i => ((long, long)?)(80, 100 + i % 2))];

        Assert.All(ShareChart.Of([.. lower, .. higher]).Points, p => Assert.Contains(p.Signals, s => s is { Kind: SignalKind.Shift, Length: 7 }));

        // Each share is higher than the one before, though in its own deviations the last lies nearer to the mean than the one before.
        var rising = ShareChart.Of([(700, 1000), (710, 1000), (720, 1000), (730, 1000), (740, 1000), (750, 1000), (76, 100)]);
        Assert.All(rising.Points, p => Assert.Contains(p.Signals, s => s is { Kind: SignalKind.Trend, Side: Side.Above }));
    }

    [Fact]
    public void After_a_change_the_shares_are_held_against_those_before_it()
    {
        (long, long)?[] shares = [.. Enumerable.Range(0, 8).Select(i => ((long, long)?)(i % 2 == 0 ? 58 : 62, 100)), (70, 100), (85, 100), (60, 70)];

        var chart = ShareChart.Frozen(shares, new PhaseStart(8, "Version 2", Midway: true));

        Assert.Equal((0.6, 0.6), (chart.Phases[0].Limits.Mean, chart.Phases[1].Limits.Mean));
        Assert.Equal((null, null), (chart.Points[8].Phase, chart.Points[8].Limits));
        Assert.Equal([9, 10], chart.Points.Where(p => p.Signals.Any(s => s.Kind == SignalKind.BeyondLimit)).Select(p => p.Index));
        Assert.True(chart.Points[10].Limits!.Value.High > chart.Points[9].Limits!.Value.High);
    }

    private static (double, double) Rounded(Interval? limits) => (Math.Round(limits!.Value.Low, 6), Math.Round(limits.Value.High, 6));
}
