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

            var process = ProcessCapability.Of(chart);

            Vectors.Near(case_.GetProperty("mean").GetDouble(), process.Limits!.Mean);
            Vectors.Near(case_.GetProperty("lpl").GetDouble(), process.Limits.Lower);
            Vectors.Near(case_.GetProperty("observed_share").GetDouble(), process.Against(target).Observed);
            Vectors.Near(case_.GetProperty("expected_share_meeting_target_normal").GetDouble(), process.Against(target).Expected);
            Assert.Equal(case_.GetProperty("assurance").GetString() switch { "fail" => AssuranceIcon.Fail, "pass" => AssuranceIcon.Pass, _ => AssuranceIcon.HitOrMiss }, chart.Assurance);
        }
    }

    [Fact]
    public void Eleven_points_are_too_few_and_twelve_are_enough()
    {
        Assert.Contains("has 11 values and needs 12", ProcessCapability.Of(ChartOf(Steady(11), Better.Higher)).Refusal, StringComparison.Ordinal);
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

    [Fact]
    public void A_measure_for_planning_or_of_a_symptom_never_has_a_target()
    {
        var planning = TestCharts.Chart(Steady(20), Better.Lower, measure: TestCharts.Measure(Better.Lower) with { Use = MeasureUse.Planning });
        var symptom = new MeasureSource { Figure = "failure-contacts", Where = new Dictionary<string, IReadOnlyList<string>> { ["failure-cause"] = ["not-done"] } };

        Assert.Contains("for planning and budgeting, so it has no target", ProcessCapability.Of(planning).Never, StringComparison.Ordinal);
        Assert.Contains("one cause of failure demand", ProcessCapability.Of(TestCharts.Chart(Steady(20), Better.Lower, measure: TestCharts.Measure(Better.Lower) with { Versions = [new(1, null, symptom)] })).Never, StringComparison.Ordinal);
        Assert.Null(ProcessCapability.Of(TestCharts.Chart(Steady(20), Better.Lower)).Never);
    }

    [Fact]
    public void A_measure_cannot_be_narrowed_by_a_cause_of_failure_demand()
    {
        var symptom = new MeasureSource { Figure = "failure-contacts", Where = new Dictionary<string, IReadOnlyList<string>> { ["failure-cause"] = ["not-done"] } };

        Assert.Equal("A measure cannot be narrowed by “failure-cause”.", Assert.Throws<Concentric.Core.RefusedException>(() => symptom.Codes(null!, null!)).Message);
        Assert.NotNull(AutomaticMeasures.Find("northmoor", "failure-share@524"));
        Assert.Null(AutomaticMeasures.Find("northmoor", "failure-share@council"));
    }

    [Fact]
    public void Values_without_neighbours_are_no_ground_for_a_target()
    {
        double?[] alone = [.. Steady(20).Select((v, i) => i % 2 == 0 ? v : null), .. Steady(4)];

        Assert.Contains("neighbouring", ProcessCapability.Of(ChartOf([.. Steady(30).Select((v, i) => i % 2 == 0 ? v : null)], Better.Higher)).Refusal, StringComparison.Ordinal);
        Assert.Contains("but only 3 pairs of neighbouring periods, and need 9", ProcessCapability.Of(ChartOf(alone, Better.Higher)).Refusal, StringComparison.Ordinal);
        Assert.Equal(ChartState.TooFew, ChartOf(alone, Better.Higher).State);
        Assert.Contains("only 3 pairs", ChartWords.Reason(ChartOf(alone, Better.Higher)), StringComparison.Ordinal);
        // A gap or two takes nothing away.
        Assert.True(ProcessCapability.Of(ChartOf([.. Steady(8), null, .. Steady(8)], Better.Higher)).IsKnown);
    }

    /// <summary>The defect of a public tool: limits frozen on the first points say "will fail" of a process that has long stepped to where it passes.</summary>
    [Fact]
    public void Assurance_is_judged_by_the_limits_of_the_current_phase()
    {
        double?[] stepped = [.. Steady(14).Select(v => v + 20), .. Steady(14).Select(v => v + 12)];
        var start = TestCharts.Monday.AddDays(7 * 14);

        var chart = TestCharts.Chart(stepped, Better.Lower, target: 26, phases: [TestCharts.Phase(start)]);

        Assert.Equal(2, chart.Chart.Phases.Count);
        Assert.Equal(AssuranceIcon.Pass, chart.Assurance);
        Assert.Equal(AssuranceIcon.Fail, TestCharts.Chart([.. stepped.Take(14)], Better.Lower, target: 26).Assurance);
    }

    private static MeasureChart ChartOf(double?[] values, Better better, double? target = null) => TestCharts.Chart(values, better, target);

    private static double?[] Steady(int points) => [.. Enumerable.Range(0, points).Select(i => (double?)(i % 3 == 0 ? 11 : i % 3 == 1 ? 9 : 10))];
}
