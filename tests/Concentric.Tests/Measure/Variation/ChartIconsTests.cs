using Concentric.Measure.Variation;
using FsCheck;
using FsCheck.Fluent;

namespace Concentric.Tests.Measure.Variation;

/// <summary>What the icons say, and when.</summary>
[Trait("Database", "none")]
public sealed class ChartIconsTests
{
    private static readonly double?[] _steady = [10, 12, 11, 13, 10, 12, 11, 13, 10, 12, 11, 13];

    [Theory]
    [InlineData(30, Better.Higher, VariationIcon.ImprovementHigh)]
    [InlineData(30, Better.Lower, VariationIcon.ConcernHigh)]
    [InlineData(30, Better.Neither, VariationIcon.NeutralHigh)]
    [InlineData(-9, Better.Higher, VariationIcon.ConcernLow)]
    [InlineData(-9, Better.Lower, VariationIcon.ImprovementLow)]
    [InlineData(-9, Better.Neither, VariationIcon.NeutralLow)]
    [InlineData(12, Better.Higher, VariationIcon.CommonCause)]
    public void The_variation_icon_is_the_type_of_the_last_point(int last, Better better, VariationIcon expected)
    {
        Assert.Equal(expected, ChartIcons.Of(XmrChart.Of([.. _steady, last]), better).Variation);
        Assert.Equal(VariationIcon.CommonCause, ChartIcons.Of(XmrChart.Of([.. _steady, last, 12]), better).Variation);
    }

    [Fact]
    public void A_gap_at_the_end_leaves_the_icon_to_the_last_value()
    {
        var icons = ChartIcons.Of(XmrChart.Of([.. _steady, 30, null, null]), Better.Higher);

        Assert.Equal((VariationIcon.ImprovementHigh, (int?)12), (icons.Variation, icons.Last));
    }

    [Fact]
    public void Where_a_point_is_both_improvement_and_concern_improvement_is_shown()
    {
        // The last is the seventh rise in a row, and one of two in three far below the mean.
        double?[] values = [50, 52, 50, 52, 50, 52, 50, 52, 50, 52, 50, 52, 50, 52, 30, 31, 32, 33, 34, 35, 36];
        var chart = XmrChart.Of(values);

        var signals = chart.Points[^1].Signals;
        Assert.Contains(signals, s => s is { Kind: SignalKind.Trend, Side: Side.Above });
        Assert.Contains(signals, s => s is { Side: Side.Below });
        Assert.Equal(PointType.Improvement, ChartIcons.TypeOf(chart, chart.Points[^1], Better.Higher));
        Assert.Equal(PointType.Improvement, ChartIcons.TypeOf(chart, chart.Points[^1], Better.Lower));
        // Neither direction is good: the strongest signal says which way, and beyond a limit is stronger than a trend.
        Assert.Equal(signals[0].Side == Side.Below ? PointType.NeutralLow : PointType.NeutralHigh, ChartIcons.TypeOf(chart, chart.Points[^1], Better.Neither));
    }

    [Fact]
    public void Assurance_is_that_of_the_capability_vectors()
    {
        foreach (var row in Vectors.Read("spc_rules_reference.json").GetProperty("capability").EnumerateArray())
        {
            var better = row.GetProperty("direction").GetString() == "increase" ? Better.Higher : Better.Lower;
            var chart = XmrChart.Of(row.GetProperty("y").Values());

            var (icons, can) = (ChartIcons.Of(chart, better, row.GetProperty("target").GetDouble()), Capability.Of(chart, row.GetProperty("target").GetDouble(), better)!);

            Assert.Equal(row.GetProperty("assurance").GetString(), icons.Assurance switch { AssuranceIcon.Pass => "pass", AssuranceIcon.Fail => "fail", _ => "hit_or_miss" });
            Assert.False(icons.IsProvisional);
            Vectors.Near(row.GetProperty("expected_share_meeting_target_normal").GetDouble(), can.Expected);
            Vectors.Near(row.GetProperty("observed_share").GetDouble(), can.Observed);
        }
    }

    [Fact]
    public void A_target_on_a_limit_is_hit_or_missed()
    {
        var limits = XmrLimits.Of(_steady);
        AssuranceIcon At(double target, Better better) => ChartIcons.Of(XmrChart.Of(_steady), better, target).Assurance;

        Assert.Equal(AssuranceIcon.HitOrMiss, At(limits.Upper!.Value, Better.Higher));
        Assert.Equal(AssuranceIcon.HitOrMiss, At(limits.Lower!.Value, Better.Lower));
        Assert.Equal((AssuranceIcon.Fail, AssuranceIcon.Pass), (At(limits.Upper.Value + 0.01, Better.Higher), At(limits.Upper.Value + 0.01, Better.Lower)));
        Assert.Equal((AssuranceIcon.Pass, AssuranceIcon.Fail), (At(limits.Lower.Value - 0.01, Better.Higher), At(limits.Lower.Value - 0.01, Better.Lower)));
        Assert.Equal(AssuranceIcon.None, At(20, Better.Neither));
        Assert.Equal(AssuranceIcon.None, ChartIcons.Of(XmrChart.Of(_steady), Better.Higher).Assurance);
    }

    [Fact]
    public void Icons_of_few_values_are_provisional_and_those_of_none_say_nothing()
    {
        Assert.True(ChartIcons.Of(XmrChart.Of([.. _steady.Take(11)]), Better.Higher, 12).IsProvisional);
        Assert.False(ChartIcons.Of(XmrChart.Of([.. _steady.Take(12)]), Better.Higher, 12).IsProvisional);
        Assert.All((double?[][])[[], [null], [5], [5, 5, 5]], values =>
            Assert.Equal((VariationIcon.None, AssuranceIcon.None), (ChartIcons.Of(XmrChart.Of(values), Better.Higher, 4).Variation, ChartIcons.Of(XmrChart.Of(values), Better.Higher, 4).Assurance)));
    }

    [Fact]
    public void A_target_waits_for_twelve_values_without_a_special_cause()
    {
        Assert.Null(Capability.NotYet(XmrChart.Of(_steady)));
        Assert.Contains("11 values", Capability.NotYet(XmrChart.Of([.. _steady.Take(11)])), StringComparison.Ordinal);
        Assert.Contains("1 of the last 12 points shows a signal", Capability.NotYet(XmrChart.Of([.. _steady, 30])), StringComparison.Ordinal);
        Assert.Null(Capability.NotYet(XmrChart.Of([.. _steady, 30, .. _steady])));
        Assert.Contains("3 values", Capability.NotYet(XmrChart.Of([.. _steady, 20, 21, 22], [new(12, "New form")])), StringComparison.Ordinal);
        Assert.NotNull(Capability.NotYet(XmrChart.Of([])));
        Assert.NotNull(Capability.NotYet(XmrChart.Of([.. Enumerable.Repeat((double?)5, 20)])));
    }

    [Fact]
    public void Every_icon_has_words_of_its_own()
    {
        Assert.Equal(Enum.GetValues<VariationIcon>().Length, Enum.GetValues<VariationIcon>().Select(IconWords.Sentence).Distinct().Count());
        Assert.Equal(Enum.GetValues<AssuranceIcon>().Length, Enum.GetValues<AssuranceIcon>().Select(IconWords.Sentence).Distinct().Count());
        Assert.Equal(Enum.GetValues<VariationIcon>().Length, Enum.GetValues<VariationIcon>().Select(IconWords.Title).Distinct().Count());
    }

    [Fact]
    public void Upside_down_an_improvement_stays_an_improvement() => Prop.ForAll<int[], int>((values, aim) =>
    {
        double?[] up = [.. values.Select(v => (double?)(v % 100))];
        double?[] down = [.. up.Select(v => -v)];
        var target = aim % 100;
        var (one, other) = (ChartIcons.Of(XmrChart.Of(up), Better.Higher, target), ChartIcons.Of(XmrChart.Of(down), Better.Lower, -target));
        return one.Assurance == other.Assurance && Turned(one.Variation) == other.Variation;
    }).QuickCheckThrowOnFailure();

    private static VariationIcon Turned(VariationIcon icon) => icon switch
    {
        VariationIcon.ImprovementHigh => VariationIcon.ImprovementLow,
        VariationIcon.ImprovementLow => VariationIcon.ImprovementHigh,
        VariationIcon.ConcernHigh => VariationIcon.ConcernLow,
        VariationIcon.ConcernLow => VariationIcon.ConcernHigh,
        _ => icon,
    };
}
