using System.Text.Json;
using Concentric.Measure.Costs;

namespace Concentric.Tests.Measure.Costs;

/// <summary>Costs, their uncertainty and what follows from it, held against the reference results.</summary>
[Trait("Database", "none")]
public sealed class CostVectorTests
{
    private static readonly string[] _quantiles = ["p05", "p10", "p25", "p50", "p75", "p90", "p95"];

    private static JsonElement File => Vectors.Read("channel_cost_pert_lp.json");

    [Fact]
    public void Ranges_have_the_reference_mean_deviation_and_quantiles_also_with_the_mode_at_an_end()
    {
        foreach (var row in File.GetProperty("pert").EnumerateArray())
        {
            var pert = new Pert(row.GetProperty("min").GetDouble(), row.GetProperty("mode").GetDouble(), row.GetProperty("max").GetDouble());

            Vectors.Near(row.GetProperty("alpha").GetDouble(), pert.Alpha);
            Vectors.Near(row.GetProperty("beta").GetDouble(), pert.Beta);
            Vectors.Near(row.GetProperty("mean").GetDouble(), pert.Mean);
            Vectors.Near(row.GetProperty("sd").GetDouble(), pert.Deviation);
            foreach (var name in _quantiles) Vectors.Near(row.GetProperty(name).GetDouble(), pert.Quantile(int.Parse(name.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture) / 100.0));
        }
        Assert.Equal(7, File.GetProperty("pert").GetArrayLength());
    }

    [Fact]
    public void Failure_raises_the_cost_to_that_of_a_resolved_issue()
    {
        var vector = File.GetProperty("effective_cost_with_failure");
        double Get(string part, string channel) => vector.GetProperty(part).GetProperty(channel).GetDouble();

        var phone = ResolvedCost.SameChannel(Get("unit_cost", "phone"), Get("failure_rate", "phone"));

        Vectors.Near(Get("effective", "phone"), phone);
        Vectors.Near(Get("effective", "f2f"), ResolvedCost.SameChannel(Get("unit_cost", "f2f"), Get("failure_rate", "f2f")));
        Vectors.Near(Get("effective", "web"), ResolvedCost.Fallback(Get("unit_cost", "web"), Get("failure_rate", "web"), phone));
    }

    [Fact]
    public void The_same_call_costs_what_its_scope_says()
    {
        var rows = File.GetProperty("unit_cost_scope").GetProperty("vectors").EnumerateArray().ToList();
        foreach (var row in rows)
        {
            double Get(string name) => row.GetProperty(name).GetDouble();
            Vectors.Near(Get("cost_per_call"), UnitCost.PerContact(Get("salary"), Get("oncost"), Get("days"), Get("hours_per_day"), Get("occupancy"), Get("handle_min"), Get("overhead")));
        }
        Assert.Equal(3, rows.Count);
    }

    [Fact]
    public void A_hundred_thousand_draws_come_within_the_references_tolerance()
    {
        var vector = File.GetProperty("monte_carlo");
        var (quantiles, deviation) = (vector.GetProperty("quantiles"), vector.GetProperty("sd").GetDouble());

        var result = Shift.Simulate(seed: 1, draws: 100_000);

        double Expected(string name) => quantiles.GetProperty(name).GetDouble();
        Assert.InRange(result.P50, Expected("p50") * 0.99, Expected("p50") * 1.01);
        Assert.InRange(result.P5 - Expected("p05"), -0.015 * deviation, 0.015 * deviation);
        Assert.InRange(result.P95 - Expected("p95"), -0.015 * deviation, 0.015 * deviation);
        Assert.InRange(result.Deviation / deviation, 0.985, 1.015);
        Assert.InRange(result.ChanceBelowZero - vector.GetProperty("prob_negative").GetDouble(), -0.005, 0.005);
        Assert.Equal(Shift.ExactMean, result.Mean, 150.0);
    }

    [Fact]
    public void The_mean_by_independence_is_exact() => Vectors.Near(File.GetProperty("monte_carlo").GetProperty("exact_mean").GetDouble(), Shift.ExactMean);

    [Fact]
    public void The_tornado_is_the_references_the_widest_first()
    {
        var expected = File.GetProperty("monte_carlo").GetProperty("tornado").EnumerateArray().ToList();

        var lines = Shift.Tornado();

        Assert.Equal(expected.Count, lines.Count);
        foreach (var (row, line) in expected.Zip(lines))
        {
            Vectors.Near(row.GetProperty("p05").GetDouble(), line.Low);
            Vectors.Near(row.GetProperty("p95").GetDouble(), line.High);
            Vectors.Near(row.GetProperty("result_at_p05").GetDouble(), line.AtLow);
            Vectors.Near(row.GetProperty("result_at_p95").GetDouble(), line.AtHigh);
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_result_and_another_gives_another()
    {
        Assert.Equal(Shift.Simulate(7), Shift.Simulate(7));
        Assert.NotEqual(Shift.Simulate(7).Mean, Shift.Simulate(8).Mean);
    }

    [Fact]
    public void Figures_with_the_same_driver_rise_and_fall_together()
    {
        var (one, other) = (new Pert(1, 2, 5), new Pert(10, 30, 40));
        static double Difference(double[] figures) => figures[1] - 8 * figures[0];

        var together = new Simulation([new("a", one, "pay"), new("b", other, "pay")], 1).Run(f => f[0] + f[1]);
        var apart = new Simulation([new("a", one), new("b", other)], 1).Run(f => f[0] + f[1]);

        Assert.InRange(together.Deviation, one.Deviation + other.Deviation - 0.05, one.Deviation + other.Deviation);
        Assert.Equal(Math.Sqrt(one.Deviation * one.Deviation + other.Deviation * other.Deviation), apart.Deviation, 0.1);
        Assert.True(new Simulation([new("a", one, "pay"), new("b", other, "pay")], 1).Run(Difference).Deviation < new Simulation([new("a", one), new("b", other)], 1).Run(Difference).Deviation);
    }

    private static ChannelShift Shift
    {
        get
        {
            var inputs = File.GetProperty("monte_carlo").GetProperty("inputs");
            Pert Of(string name) => inputs.GetProperty(name).Doubles() is [var low, var mode, var high] ? new(low, mode, high) : throw new InvalidDataException(name);
            return new(Of("vol"), Of("phone"), Of("web"), Of("pfail"), Of("one_off"));
        }
    }
}
