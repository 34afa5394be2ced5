using System.Text.Json;
using Concentric.Measure.ChannelPlans;
using FsCheck;
using FsCheck.Fluent;

namespace Concentric.Tests.Measure.Costs;

/// <summary>The simplex keeps the laws of linear programming, and the channel plan gives the reference's optimum, prices and conflicts.</summary>
[Trait("Database", "none")]
public sealed class SimplexTests
{
    private static JsonElement Vector => Vectors.Read("channel_cost_pert_lp.json").GetProperty("channel_lp");

    [Fact]
    public void The_plan_costs_what_the_reference_says()
    {
        var found = ChannelModel.Solve(Problem(Vector));

        Vectors.Near(Vector.GetProperty("optimal_cost").GetDouble(), found.Cost);
        Assert.Equal(100_000, found.Mix!.All, 1e-6);
        Assert.DoesNotContain(found.Binding, b => b.Condition.Kind is PlanConditionKind.Capacity or PlanConditionKind.OverallSatisfaction or PlanConditionKind.SegmentSatisfaction);
        Assert.Empty(ChannelModel.Broken(Problem(Vector), found.Mix));
    }

    [Fact]
    public void One_more_call_saves_what_the_reference_says_where_the_phone_is_full()
    {
        var variant = Vector.GetProperty("binding_variant_phonecap");

        var found = ChannelModel.Solve(Problem(Vector, variant));

        Vectors.Near(variant.GetProperty("optimal_cost").GetDouble(), found.Cost);
        var capacity = Assert.Single(found.Binding, b => b.Condition.Kind == PlanConditionKind.Capacity);
        Assert.Equal(1, capacity.Condition.Channel);
        Vectors.Near(-variant.GetProperty("shadow_prices_per_unit_rhs").GetProperty("cap_phone").GetDouble(), capacity.Price);
        Assert.DoesNotContain(found.Binding, b => b.Condition.Kind is PlanConditionKind.OverallSatisfaction or PlanConditionKind.SegmentSatisfaction);
    }

    [Fact]
    public void Where_nothing_keeps_every_condition_those_that_conflict_are_named()
    {
        var tooSmall = ChannelModel.Solve(Problem(Vector, Vector.GetProperty("infeasible_variant")));

        Assert.False(tooSmall.IsFeasible);
        // 71,000 at most on the web, 20,000 by phone and 2,000 at the desk of 100,000: 7,000 have no place.
        Assert.Equal(7_000, tooSmall.Reliefs.Sum(r => r.By), 0.01);
        Assert.All(tooSmall.Reliefs, r => Assert.Equal(PlanConditionKind.Capacity, r.Condition.Kind));
        Assert.Contains(new(PlanConditionKind.Capacity, Channel: 1), tooSmall.Together);
        Assert.Contains(new(PlanConditionKind.Capacity, Channel: 2), tooSmall.Together);
        Assert.Contains(tooSmall.Together, c => c is { Kind: PlanConditionKind.Willing, Channel: 0 });

        var tooPleasing = ChannelModel.Solve(Problem(Vector, Vector.GetProperty("binding_variant_sat80")));

        Assert.False(tooPleasing.IsFeasible);
        Assert.Contains(new(PlanConditionKind.OverallSatisfaction), tooPleasing.Together);
        Assert.NotEmpty(tooPleasing.Reliefs);
    }

    [Fact]
    public void Without_conditions_everybody_goes_where_it_is_cheapest_and_the_plan_says_what_that_breaks()
    {
        var problem = Problem(Vector);
        var everyone = ChannelModel.Everyone(problem, 0);

        Vectors.Near(Vector.GetProperty("unconstrained_naive_cost").GetDouble(), ChannelModel.Cost(problem, everyone));
        var broken = ChannelModel.Broken(problem, everyone);
        Assert.Equal([0, 1, 2], broken.Where(b => b.Condition.Kind == PlanConditionKind.Willing).Select(b => b.Condition.Segment));
        Assert.Equal(9_500, broken.Single(b => b.Condition is { Kind: PlanConditionKind.Willing, Segment: 2 }).By, 1e-6);
        Assert.Contains(broken, b => b.Condition is { Kind: PlanConditionKind.SegmentSatisfaction, Segment: 2 });

        var free = problem with { LeastOverall = null, LeastInSegment = null, Channels = [.. problem.Channels.Select(c => c with { Capacity = null })], Segments = [.. problem.Segments.Select(s => s with { MostShare = [1, 1, 1] })] };
        Vectors.Near(Vector.GetProperty("unconstrained_naive_cost").GetDouble(), ChannelModel.Solve(free).Cost);
    }

    [Fact]
    public void A_condition_on_people_to_talk_to_is_kept_and_has_its_price()
    {
        var problem = Problem(Vector);
        var floor = problem with { LeastOverall = null, Segments = [.. problem.Segments.Select((s, i) => i == 0 ? s with { LeastAssisted = 0.2 } : s)] };

        var found = ChannelModel.Solve(floor);

        Assert.Equal(12_000, found.Mix!.Contacts[0][1] + found.Mix.Contacts[0][2], 1e-6);
        Assert.Equal(problem.Channels[1].Cost - problem.Channels[0].Cost, found.Binding.Single(b => b.Condition.Kind == PlanConditionKind.Assisted).Price, 1e-9);
    }

    [Fact]
    public void An_optimum_keeps_every_condition_and_no_feasible_point_costs_less() => Programs((program, feasible) =>
    {
        var found = Simplex.Solve(program);
        if (found.Status != LinearStatus.Optimal || !IsFeasible(program, found.Values)) return false;
        return found.Objective <= Cost(program, feasible) + 1e-6;
    });

    [Fact]
    public void The_prices_add_up_to_the_objective_and_stand_only_where_a_condition_binds() => Programs((program, _) =>
    {
        var found = Simplex.Solve(program);
        var dual = program.Rows.Select((r, i) => found.RowPrices[i] * r.Limit).Sum() + program.Upper.Select((u, j) => double.IsFinite(u) ? found.BoundPrices[j] * u : 0).Sum();
        var signs = program.Rows.Index().All(r => r.Item.Kind switch { RowKind.AtMost => found.RowPrices[r.Index] <= 1e-7, RowKind.AtLeast => found.RowPrices[r.Index] >= -1e-7, _ => true })
            && found.BoundPrices.All(p => p <= 1e-7);
        var slack = program.Rows.Index().All(r => Math.Abs(found.RowPrices[r.Index] * (Value(r.Item, found.Values) - r.Item.Limit)) < 1e-5);
        var reduced = Enumerable.Range(0, program.Cost.Length).All(j =>
            program.Cost[j] - program.Rows.Select((r, i) => found.RowPrices[i] * r.Coefficients[j]).Sum() - found.BoundPrices[j] is var d && d >= -1e-6 && Math.Abs(d * found.Values[j]) < 1e-4);
        return Math.Abs(dual - found.Objective) < 1e-5 * Math.Max(1, Math.Abs(found.Objective)) && signs && slack && reduced;
    });

    [Fact]
    public void A_price_is_what_one_more_unit_would_change()
    {
        var more = Problem(Vector, Vector.GetProperty("binding_variant_phonecap"));
        var (before, price) = (ChannelModel.Solve(more), ChannelModel.Solve(more).Binding.Single(b => b.Condition.Kind == PlanConditionKind.Capacity).Price);

        var after = ChannelModel.Solve(more with { Channels = [.. more.Channels.Select((c, i) => i == 1 ? c with { Capacity = c.Capacity + 1 } : c)] });

        Assert.Equal(price, before.Cost - after.Cost, 1e-6);
    }

    [Fact]
    public void What_has_no_end_or_no_sense_is_said()
    {
        Assert.Equal(LinearStatus.Unbounded, Simplex.Solve(new([-1, 0], [double.PositiveInfinity, 1], [new("r", [-1, 1], RowKind.AtMost, 3)])).Status);
        Assert.Equal(LinearStatus.Infeasible, Simplex.Solve(new([1], [2], [new("r", [1], RowKind.AtLeast, 3)])).Status);
        Assert.Throws<ArgumentException>(() => Simplex.Solve(new([1], [1, 2], [])));
        Assert.Throws<ArgumentException>(() => Simplex.Solve(new([1], [-1], [])));
        Assert.Equal(0, Simplex.Solve(new([1, 1], [1, 1], [])).Objective);
    }

    /// <summary>Programmes that a known point keeps: small whole numbers, with ties and rows that say the same twice, where a careless rule goes round in circles.</summary>
    private static void Programs(Func<LinearProgram, double[], bool> holds) =>
        Prop.ForAll(Gen.Choose(1, int.MaxValue - 1).ToArbitrary(), seed =>
        {
            var chance = new SeededChance((ulong)seed);
            var (n, m) = (1 + chance.Below(9), chance.Below(8));
            double[] upper = [.. Enumerable.Range(0, n).Select(_ => 1.0 + chance.Below(10))];
            double[] point = [.. upper.Select(u => u * chance.Below(5) / 4)];
            var rows = Enumerable.Range(0, m).Select(i =>
            {
                double[] coefficients = [.. Enumerable.Range(0, n).Select(_ => (double)(chance.Below(7) - 3))];
                var at = coefficients.Zip(point, (a, x) => a * x).Sum();
                var kind = (RowKind)chance.Below(3);
                var room = chance.Below(3) == 0 ? 0 : chance.Below(6);
                return new LinearRow($"{i}", coefficients, kind, kind switch { RowKind.AtMost => at + room, RowKind.AtLeast => at - room, _ => at });
            }).ToList();
            return holds(new([.. Enumerable.Range(0, n).Select(_ => (double)(chance.Below(11) - 4))], upper, rows), point);
        }).QuickCheckThrowOnFailure();

    private static double Cost(LinearProgram program, double[] values) => program.Cost.Zip(values, (c, x) => c * x).Sum();

    private static double Value(LinearRow row, double[] values) => row.Coefficients.Zip(values, (a, x) => a * x).Sum();

    private static bool IsFeasible(LinearProgram program, double[] values) =>
        values.Zip(program.Upper).All(v => v.First >= -1e-9 && v.First <= v.Second + 1e-9)
        && program.Rows.All(r => Value(r, values) - r.Limit is var over && r.Kind switch { RowKind.AtMost => over < 1e-6, RowKind.AtLeast => over > -1e-6, _ => Math.Abs(over) < 1e-6 });

    private static ChannelProblem Problem(JsonElement vector, JsonElement? variant = null)
    {
        string[] channels = ["web", "phone", "f2f"];
        var from = variant ?? vector;
        double? Capacity(string channel) => from.GetProperty("capacity").TryGetProperty(channel, out var most) ? most.GetDouble() : null;
        var satisfaction = vector.GetProperty("satisfaction").EnumerateArray().ToDictionary(s => (s.GetProperty("segment").GetString()!, s.GetProperty("channel").GetString()!), s => s.GetProperty("sat").GetDouble());
        return new(
            [.. channels.Select(c => new PlanChannel(c, vector.GetProperty("cost").GetProperty(c).GetDouble(), Capacity(c)))],
            [.. vector.GetProperty("segments").EnumerateArray().Select(s => new PlanSegment(s.GetProperty("name").GetString()!, s.GetProperty("volume").GetDouble(),
                [.. channels.Select(c => s.GetProperty("max_share").GetProperty(c).GetDouble())], [.. channels.Select(c => satisfaction[(s.GetProperty("name").GetString()!, c)])]))],
            [false, true, true],
            from.TryGetProperty("min_overall_satisfaction", out var least) ? least.GetDouble() : vector.GetProperty("min_overall_satisfaction").GetDouble(),
            vector.GetProperty("min_segment_satisfaction").GetDouble());
    }
}
