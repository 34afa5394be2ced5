using Concentric.Measure.Boards;
using Concentric.Measure.Variation;

namespace Concentric.Tests.Measure.Boards;

/// <summary>A target waits until it is known what the process can do, and then says how much of it would meet it.</summary>
[Trait("Database", "none")]
public sealed class ProcessCapabilityTests
{
    [Fact]
    public void Shares_that_meet_a_target_are_those_of_the_reference()
    {
        foreach (var case_ in Vectors.Read("spc_rules_reference.json").GetProperty("capability").EnumerateArray())
        {
            var better = case_.GetProperty("direction").GetString() == "increase" ? Better.Higher : Better.Lower;
            var target = case_.GetProperty("target").GetDouble();
            var chart = ChartOf([.. case_.GetProperty("y").Values()], better, target);

            var capability = ProcessCapability.Of(chart);

            Vectors.Near(case_.GetProperty("mean").GetDouble(), capability.Limits!.Mean);
            Vectors.Near(case_.GetProperty("lpl").GetDouble(), capability.Limits.Lower);
            Vectors.Near(case_.GetProperty("observed_share").GetDouble(), capability.Observed(target));
            Vectors.Near(case_.GetProperty("expected_share_meeting_target_normal").GetDouble(), capability.Modelled(target));
            Assert.Equal(case_.GetProperty("assurance").GetString() switch { "fail" => Assurance.Fails, "pass" => Assurance.Passes, _ => Assurance.HitOrMiss }, chart.Assurance);
        }
    }

    [Fact]
    public void Eleven_points_are_too_few_and_twelve_are_enough()
    {
        Assert.Contains("has 11 points and needs 12", ProcessCapability.Of(ChartOf(Steady(11), Better.Higher)).Refusal, StringComparison.Ordinal);
        Assert.True(ProcessCapability.Of(ChartOf(Steady(12), Better.Higher)).IsKnown);
    }

    [Fact]
    public void A_special_cause_in_the_last_twelve_points_refuses_and_one_before_them_does_not()
    {
        double?[] late = [.. Steady(20)], early = [.. Steady(24)];
        (late[10], early[2], early[5]) = (40, 25, -5);

        Assert.Contains("not stable", ProcessCapability.Of(ChartOf(late, Better.Higher)).Refusal, StringComparison.Ordinal);
        Assert.True(ProcessCapability.Of(ChartOf(early, Better.Higher)).IsKnown);
    }

    [Fact]
    public void Without_a_better_direction_or_without_variation_there_is_no_target()
    {
        Assert.Contains("Neither direction", ProcessCapability.Of(ChartOf(Steady(20), Better.Neither)).Refusal, StringComparison.Ordinal);
        Assert.Contains("no variation", ProcessCapability.Of(ChartOf([.. Enumerable.Repeat<double?>(5, 20)], Better.Higher)).Refusal, StringComparison.Ordinal);
    }

    /// <summary>The defect of a public tool: limits frozen on the first points say "will fail" of a process that has long stepped to where it passes.</summary>
    [Fact]
    public void Assurance_is_judged_by_the_limits_of_the_current_phase()
    {
        double?[] stepped = [.. Steady(14).Select(v => v + 20), .. Steady(14).Select(v => v + 12)];
        var start = TestCharts.Monday.AddDays(7 * 14);

        var chart = TestCharts.Chart(stepped, Better.Lower, target: 26, phases: [TestCharts.Phase(start)]);

        Assert.Equal(2, chart.Chart.Phases.Count);
        Assert.Equal(Assurance.Passes, chart.Assurance);
        Assert.Equal(Assurance.Fails, TestCharts.Chart([.. stepped.Take(14)], Better.Lower, target: 26).Assurance);
    }

    private static MeasureChart ChartOf(double?[] values, Better better, double? target = null) => TestCharts.Chart(values, better, target);

    private static double?[] Steady(int points) => [.. Enumerable.Range(0, points).Select(i => (double?)(i % 3 == 0 ? 11 : i % 3 == 1 ? 9 : 10))];
}
