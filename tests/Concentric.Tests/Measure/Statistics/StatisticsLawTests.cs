using Concentric.Core;
using Concentric.Measure.Statistics;
using FsCheck;
using FsCheck.Fluent;
using Interval = Concentric.Measure.Statistics.Interval;

namespace Concentric.Tests.Measure;

/// <summary>What holds of the statistics whatever the figures are.</summary>
[Trait("Database", "none")]
public class StatisticsLawTests
{
    [Fact]
    public void A_quantile_lies_between_two_values_by_the_straight_line()
    {
        // R: quantile(c(1, 2, 4, 8, 16), c(0, .1, .5, .9, 1)).
        Assert.Equal([1, 1.4, 4, 12.8, 16], ((double[])[0, 0.1, 0.5, 0.9, 1]).Select(part => Math.Round(Quantiles.OfSorted([1, 2, 4, 8, 16], part), 12)));
        Assert.Equal(7, Quantiles.OfSorted([7], 0.9));
    }

    [Fact]
    public void Every_interval_of_a_share_holds_it_and_grows_with_it() => Prop.ForAll<PositiveInt, NonNegativeInt>((n, k) =>
    {
        var whole = 1 + n.Get % 3000;
        var part = k.Get % (whole + 1);
        var share = (double)part / whole;
        Func<long, long, Interval>[] ways = [(x, m) => BinomialIntervals.Wilson(x, m), (x, m) => BinomialIntervals.ClopperPearson(x, m), (x, m) => BinomialIntervals.Jeffreys(x, m)];
        return ways.All(way =>
        {
            var it = way(part, whole);
            var more = part < whole ? way(part + 1, whole) : it;
            return it.Low >= 0 && it.Contains(share) && it.High <= 1 && more.Low >= it.Low && more.High >= it.High;
        });
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Clopper_and_Pearson_are_never_narrower_than_Jeffreys() => Prop.ForAll<PositiveInt, NonNegativeInt>((n, k) =>
    {
        var (whole, part) = (n.Get, k.Get % (n.Get + 1));
        var (exact, jeffreys) = (BinomialIntervals.ClopperPearson(part, whole), BinomialIntervals.Jeffreys(part, whole));
        return exact.Low <= jeffreys.Low + 1e-12 && jeffreys.High <= exact.High + 1e-12;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_quantile_is_where_the_area_below_it_is_the_probability() => Prop.ForAll<PositiveInt, PositiveInt, PositiveInt>((a, b, q) =>
    {
        var (alpha, beta, p) = (a.Get * 0.7, b.Get * 3.1, (q.Get % 999 + 0.5) / 1000);
        return Math.Abs(Quantiles.BetaBelow(alpha, beta, Quantiles.Beta(alpha, beta, p)) - p) < 1e-9 && Math.Abs(Quantiles.GammaBelow(alpha, Quantiles.Gamma(alpha, p)) - p) < 1e-9;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_exact_test_sums_what_is_no_likelier() => Prop.ForAll<PositiveInt, NonNegativeInt, PositiveInt>((n, k, s) =>
    {
        var (whole, share) = (1 + n.Get % 60, (s.Get % 99 + 1) / 100.0);
        var part = k.Get % (whole + 1);
        var seen = Simple(part, whole, share);
        var slow = Enumerable.Range(0, whole + 1).Select(i => Simple(i, whole, share)).Where(p => p <= seen * (1 + 1e-7)).Sum();
        return Math.Abs(Math.Min(1, slow) - BinomialTest.TwoSided(part, whole, share)) < 1e-10;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Adjusted_p_values_are_no_smaller_keep_their_order_and_lie_below_Bonferroni() => Prop.ForAll<NonNegativeInt[]>(given =>
    {
        var p = given.Select(g => g.Get % 1001 / 1000.0).ToArray();
        double[][] adjusted = [AdjustedP.BenjaminiHochberg(p), AdjustedP.Holm(p), AdjustedP.Bonferroni(p)];
        var yekutieli = AdjustedP.BenjaminiYekutieli(p);
        return Enumerable.Range(0, p.Length).All(i =>
            p[i] <= adjusted[0][i] + 1e-15 && adjusted[0][i] <= adjusted[1][i] + 1e-15 && adjusted[1][i] <= adjusted[2][i] + 1e-15 && yekutieli[i] >= adjusted[0][i] - 1e-15 &&
            Enumerable.Range(0, p.Length).All(j => p[i] > p[j] || adjusted.All(a => a[i] <= a[j])));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Intervals_of_a_ratio_and_a_difference_hold_it_and_turn_round_with_it() => Prop.ForAll<PositiveInt, PositiveInt, PositiveInt>((a, b, c) =>
    {
        var two = new TwoProportions(a.Get, a.Get + b.Get, c.Get, 2 * c.Get + 3);
        var turned = new TwoProportions(two.X2, two.N2, two.X1, two.N1);
        var (log, score, difference) = (two.RatioByLog()!.Value, two.RatioByScore(), two.DifferenceByScore());
        return log.Contains(two.Ratio) && score.Low <= two.Ratio * (1 + 1e-9) && two.Ratio <= score.High * (1 + 1e-9) && difference.Contains(two.X1 / two.N1 - two.X2 / two.N2)
            && Math.Abs(score.Low * turned.RatioByScore().High - 1) < 1e-6 && Math.Abs(difference.Low + turned.DifferenceByScore().High) < 1e-9;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_shrunken_share_lies_between_the_areas_own_and_the_average_and_its_interval_holds_it() => Prop.ForAll(Areas, areas =>
    {
        var (prior, _) = BetaBinomial.Of(areas);
        return areas.All(a =>
        {
            var posterior = prior.After(a.Part, a.Whole);
            var raw = (double)a.Part / a.Whole;
            return posterior.Mean >= Math.Min(raw, prior.Mean) - 1e-12 && posterior.Mean <= Math.Max(raw, prior.Mean) + 1e-12 && posterior.Interval.Contains(posterior.Mean)
                && Math.Abs(posterior.Mean - (posterior.WeightOnData * raw + (1 - posterior.WeightOnData) * prior.Mean)) < 1e-9;
        });
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void No_other_prior_near_it_is_likelier() => Prop.ForAll(Areas, areas =>
    {
        if (BetaBinomial.Of(areas) is not ({ } prior, PriorBy.Likelihood)) return true;
        var best = BetaBinomial.LogLikelihood(areas, prior);
        return ((double, double)[])[(1.01, 1), (0.99, 1), (1, 1.01), (1, 0.99), (1.05, 1.05), (0.95, 0.95)] is var around
            && around.All(f => BetaBinomial.LogLikelihood(areas, new(prior.Alpha * f.Item1, prior.Beta * f.Item2)) <= best + 1e-6);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Areas_that_do_not_differ_are_drawn_to_the_average_by_the_strongest_prior()
    {
        List<Counted> areas = [.. Enumerable.Range(1, 20).Select(i => new Counted(3 * i, 10 * i))];

        var (prior, by) = BetaBinomial.Of(areas);

        Assert.Equal(PriorBy.Cap, by);
        Assert.Equal(BetaBinomial.MostWeight, prior.Weight, 1e-3);
        Assert.Equal(0.3, prior.Mean, 1e-6);
        Assert.Equal(0, BetaBinomial.ByMoments(areas).Correlation);
        Assert.Equal(BetaBinomial.MostWeight, BetaBinomial.ByMoments(areas).Prior.Weight, 1e-3);
    }

    [Fact]
    public void From_few_areas_nothing_is_learnt_and_it_is_said()
    {
        Assert.Equal(PriorBy.Weak, BetaBinomial.Of([new(1, 10), new(9, 10)]).By);
        Assert.Equal(PriorBy.Weak, BetaBinomial.Of([.. Enumerable.Repeat(new Counted(0, 50), 30)]).By);
        Assert.Equal(PriorBy.Weak, BetaBinomial.Of([.. Enumerable.Repeat(new Counted(50, 50), 30)]).By);
        Assert.Equal(0.5, BetaBinomial.Of([]).Prior.Mean);
    }

    [Fact]
    public void Limits_of_a_count_hold_it_grow_with_it_and_Byar_is_near_to_exact() => Prop.ForAll<NonNegativeInt>(k =>
    {
        var count = k.Get % 5000;
        var (exact, byar, more) = (PoissonLimits.Exact(count), PoissonLimits.Byar(count), PoissonLimits.Exact(count + 1));
        return exact.Contains(count) && byar.Contains(count) && more.Low > exact.Low && more.High > exact.High
            && (count < 10 || Math.Abs(byar.Low / exact.Low - 1) < 0.01 && Math.Abs(byar.High / exact.High - 1) < 0.01);
    }).QuickCheckThrowOnFailure();

    /// <summary>Garwood's table: 0, 1, 5 and 10 events.</summary>
    [Theory]
    [InlineData(0, 0, 3.6889)]
    [InlineData(1, 0.0253, 5.5716)]
    [InlineData(5, 1.6235, 11.6683)]
    [InlineData(10, 4.7954, 18.3904)]
    public void Exact_limits_are_the_published_ones(int count, double low, double high)
    {
        var limits = PoissonLimits.Exact(count);

        Assert.Equal(low, limits.Low, 4);
        Assert.Equal(high, limits.High, 4);
    }

    /// <summary>Worked by R: 425 users where 583.7 would be expected.</summary>
    [Fact]
    public void The_gap_of_the_worked_example_is_159_and_its_interval_116_to_198()
    {
        var need = new UnmetNeed(425, 583.7);

        Assert.Equal(0.728, need.Ratio!.Value, 3);
        Assert.Equal(0.661, need.RatioInterval!.Value.Low, 2);
        Assert.Equal(0.801, need.RatioInterval.Value.High, 3);
        Assert.Equal(159, need.Unmet, 0);
        Assert.Equal(116, need.UnmetInterval.Low, 0);
        Assert.Equal(198, need.UnmetInterval.High, 0);
    }

    [Fact]
    public void A_shrunken_rate_lies_between_its_own_and_the_average_and_its_interval_holds_it() => Prop.ForAll(Areas, areas =>
    {
        List<Events> events = [.. areas.Select(a => new Events(a.Part * 3, a.Whole))];
        var shrinkage = PoissonShrinkage.Of(events);
        return events.All(e =>
        {
            var (rate, raw) = (shrinkage.Rate(e), e.Count / e.Population);
            return rate >= Math.Min(raw, shrinkage.Mean) - 1e-12 && rate <= Math.Max(raw, shrinkage.Mean) + 1e-12 && shrinkage.Interval(e) is not { } interval || shrinkage.Interval(e)!.Value.Contains(rate);
        });
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void An_index_is_100_for_a_group_that_uses_as_much_as_all_and_its_interval_holds_it() => Prop.ForAll<PositiveInt, PositiveInt, PositiveInt>((u, rest, people) =>
    {
        var index = new PenetrationIndex(u.Get, u.Get + rest.Get, people.Get, 3.0 * people.Get);
        return index.OfCensus().Contains(index.Value!.Value) && index.OfSample()!.Value.Contains(index.Value.Value)
            && Math.Abs(new PenetrationIndex(u.Get, 3L * u.Get, people.Get, 3.0 * people.Get).Value!.Value - 100) < 1e-9;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_general_Wilson_interval_is_that_of_Share_at_95_per_cent()
    {
        foreach (var (part, whole) in ((long, long)[])[(0, 20), (1, 29), (81, 263), (5, 5)])
            Assert.Equal((Share.Of(part, whole)!.Value.Low, Share.Of(part, whole)!.Value.High), (BinomialIntervals.Wilson(part, whole).Low, BinomialIntervals.Wilson(part, whole).High));
    }

    [Fact]
    public void An_indicator_that_is_the_same_everywhere_says_nothing() =>
        Assert.Equal([0, 10], DigitalExclusion.Scores([[4, 1], [4, 3]], [0, 1]).Select((s, i) => s + DigitalExclusion.Scaled([[4, 1], [4, 3]])[i][0]));

    /// <summary>12 to 40 areas of 1 to 400 people.</summary>
    private static Arbitrary<List<Counted>> Areas => Arb.From(
        from count in Gen.Choose(12, 40)
        from areas in Gen.ListOf(Gen.Choose(1, 400).SelectMany(whole => Gen.Choose(0, whole).Select(part => new Counted(part, whole))), count)
        select areas.ToList());

    private static double Simple(int k, int n, double p)
    {
        var probability = Math.Pow(p, k) * Math.Pow(1 - p, n - k);
        for (var i = 0; i < k; i++) probability *= (double)(n - i) / (i + 1);
        return probability;
    }
}
