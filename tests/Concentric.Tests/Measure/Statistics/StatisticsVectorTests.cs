using System.Text.Json;
using Concentric.Measure.Statistics;

namespace Concentric.Tests.Measure;

/// <summary>Closed forms agree with R, statsmodels and spdep to 1e-9 of the value, in every row of the vectors.</summary>
[Trait("Database", "none")]
public class StatisticsVectorTests
{
    private static JsonElement Profile => Vectors.Read("profile_index_and_shrinkage.json");

    [Fact]
    public void Intervals_of_a_share_are_those_of_the_reference()
    {
        foreach (var row in Profile.GetProperty("binomial_intervals").EnumerateArray())
        {
            var (x, n) = (row.GetProperty("x").GetInt64(), row.GetProperty("n").GetInt64());
            Same(row, "wilson", BinomialIntervals.Wilson(x, n));
            Same(row, "cp", BinomialIntervals.ClopperPearson(x, n));
            Same(row, "jeffreys", BinomialIntervals.Jeffreys(x, n));
        }
    }

    [Fact]
    public void Two_shares_compare_as_in_the_reference()
    {
        foreach (var row in Vectors.Read("two_proportions.json").GetProperty("rows").EnumerateArray())
        {
            var two = Two(row);
            Same(row.GetProperty("diff_wald"), two.DifferenceByWald());
            Same(row.GetProperty("diff_agresti-caffo"), two.DifferenceByAgrestiCaffo());
            Same(row.GetProperty("ratio_log"), two.RatioByLog());
            Same(row.GetProperty("ratio_log-adjusted"), two.RatioByLogAdjusted());
            var score = two.RatioByScore();
            var expected = row.GetProperty("ratio_score");
            // The reference stops at 2.7e-15 where the end is 0, and has no number where it is infinite.
            if (expected[0].GetDouble() < 1e-12) Assert.Equal(0, score.Low);
            else Relative(expected[0].GetDouble(), score.Low);
            if (expected[1].ValueKind == JsonValueKind.Null) Assert.Equal(double.PositiveInfinity, score.High);
            else Relative(expected[1].GetDouble(), score.High);
        }
    }

    /// <summary>statsmodels 0.13.5 writes x2·d where the likelihood equation has n2·d. With that slip its own ends score 1.96; without it, ours do.</summary>
    [Fact]
    public void The_score_interval_of_a_difference_scores_196_at_its_ends_and_the_reference_does_so_only_by_its_slip()
    {
        foreach (var row in Vectors.Read("two_proportions.json").GetProperty("rows").EnumerateArray())
        {
            var two = Two(row);
            var ours = two.DifferenceByScore();
            foreach (var end in (double[])[ours.Low, ours.High])
                if (Math.Abs(end) < 1) Assert.Equal(Confidence.Z95, Math.Abs(two.DifferenceScore(end)), 1e-7);
            Assert.True(ours.Contains(two.X1 / two.N1 - two.X2 / two.N2));
            if (row.GetProperty("diff_score").ValueKind == JsonValueKind.Null) continue;
            foreach (var end in row.GetProperty("diff_score").EnumerateArray().Select(e => e.GetDouble()))
                // Of 0 of 30 against 5 of 60 it gives 0 as upper end, where its search begins and not where it ends.
                if (end != 0) Assert.Equal(Confidence.Z95, Math.Abs(ScoreWithTheSlip(two, end)), 1e-8);
        }
    }

    [Fact]
    public void Penetration_indexes_their_intervals_tests_and_adjusted_p_are_those_of_the_reference()
    {
        var penetration = Profile.GetProperty("penetration");
        var (users, people) = (penetration.GetProperty("U").GetInt64(), penetration.GetProperty("P").GetInt64());
        var rows = penetration.GetProperty("rows").EnumerateArray().ToList();
        var indexes = rows.ConvertAll(r => new PenetrationIndex(r.GetProperty("users").GetInt64(), users, r.GetProperty("population").GetInt64(), people));
        var p = indexes.ConvertAll(i => i.P);
        var (bonferroni, holm, bh, by) = (AdjustedP.Bonferroni(p), AdjustedP.Holm(p), AdjustedP.BenjaminiHochberg(p), AdjustedP.BenjaminiYekutieli(p));
        var together = Confidence.ZTogether(rows.Count);
        Relative(penetration.GetProperty("bonferroni_z").GetDouble(), together);
        foreach (var (i, (row, index)) in rows.Zip(indexes).Index())
        {
            Relative(row, "index", index.Value!.Value);
            Same(row, "wilson_index", index.OfCensus());
            Same(row, "wilson_bonf", index.OfCensus(together));
            Same(row, "katz", index.OfSample()!.Value);
            Relative(row, "p_exact_binomial", p[i]);
            Relative(row, "p_bonferroni", bonferroni[i]);
            Relative(row, "p_holm", holm[i]);
            Relative(row, "p_bh", bh[i]);
            Relative(row, "p_by", by[i]);
            var rest = index.AgainstRest;
            Relative(row, "takeup", rest.X1 / rest.N1);
            Relative(row, "rr_vs_rest", rest.Ratio);
            Same(row, "rr", rest.RatioByLog()!.Value);
            Relative(row, "p_vs_rest", rest.P());
        }
    }

    [Fact]
    public void The_beta_binomial_prior_is_the_most_likely_one_and_posteriors_are_those_of_the_reference()
    {
        var reference = Profile.GetProperty("empirical_bayes_betabinomial");
        var areas = reference.GetProperty("x").Indexes().Zip(reference.GetProperty("n").Indexes(), (x, n) => new Counted(x, n)).ToList();
        var ml = reference.GetProperty("ml");
        var vgam = ml.GetProperty("vgam").Doubles();

        var (prior, by) = BetaBinomial.Of(areas);

        Assert.Equal(PriorBy.Likelihood, by);
        Relative(vgam[0], prior.Alpha, 1e-6);
        Relative(vgam[1], prior.Beta, 1e-6);
        // optim ended a little below the top: our likelihood is no lower, and equal to 1e-6.
        Relative(ml.GetProperty("neg_loglik_kernel").GetDouble(), -BetaBinomial.LogLikelihood(areas, prior), 1e-6);
        Assert.True(-BetaBinomial.LogLikelihood(areas, prior) <= ml.GetProperty("neg_loglik_kernel").GetDouble());
        var (moments, correlation) = BetaBinomial.ByMoments(areas);
        Relative(reference.GetProperty("moments"), "p", moments.Mean);
        Relative(reference.GetProperty("moments"), "rho", correlation);
        Relative(reference.GetProperty("moments"), "alpha", moments.Alpha);
        Relative(reference.GetProperty("moments"), "beta", moments.Beta);
        var optim = new BetaPrior(ml.GetProperty("alpha").GetDouble(), ml.GetProperty("beta").GetDouble());
        foreach (var (row, area) in reference.GetProperty("rows").EnumerateArray().Zip(areas))
        {
            var posterior = optim.After(area.Part, area.Whole);
            Relative(row, "post_mean", posterior.Mean);
            Relative(row, "weight_on_data", posterior.WeightOnData);
            Relative(row.GetProperty("lo").GetDouble(), posterior.Interval.Low);
            Relative(row.GetProperty("hi").GetDouble(), posterior.Interval.High);
            Relative(row, "post_mean_mom", moments.After(area.Part, area.Whole).Mean);
            Relative(row.GetProperty("post_mean").GetDouble(), prior.After(area.Part, area.Whole).Mean, 1e-5);
        }
    }

    [Fact]
    public void Rates_that_differ_no_more_than_by_chance_are_all_the_average()
    {
        var reference = Profile.GetProperty("empirical_bayes_poisson_marshall");
        var areas = reference.GetProperty("events").Doubles().Zip(reference.GetProperty("population").Doubles(), (x, n) => new Events(x, n)).ToList();

        var shrinkage = PoissonShrinkage.Of(areas);

        Assert.Equal(reference.GetProperty("parameters").GetProperty("a").GetDouble(), shrinkage.Between);
        Relative(reference.GetProperty("parameters"), "b", shrinkage.Mean);
        foreach (var (area, estimate, raw) in areas.Zip(reference.GetProperty("estimate").Doubles(), reference.GetProperty("raw").Doubles()))
        {
            Relative(estimate, shrinkage.Rate(area));
            Assert.Null(shrinkage.Interval(area));
            Assert.Equal(raw, area.Count / area.Population, 1e-12);
        }
    }

    [Fact]
    public void Scores_of_digital_exclusion_are_those_of_the_reference()
    {
        var reference = Vectors.Read("channel_cost_pert_lp.json").GetProperty("deri_style_index");
        var areas = reference.GetProperty("indicators_rows_areas").EnumerateArray().Select(a => a.Doubles()).ToList();

        var scores = DigitalExclusion.Scores(areas, reference.GetProperty("weights").Doubles());

        foreach (var (expected, actual) in reference.GetProperty("score").Doubles().Zip(scores)) Relative(expected, actual);
        foreach (var (expected, actual) in reference.GetProperty("scaled_0_10").EnumerateArray().SelectMany(a => a.Doubles()).Zip(DigitalExclusion.Scaled(areas).SelectMany(a => a)))
            Relative(expected, actual);
    }

    private static TwoProportions Two(JsonElement row) =>
        new(row.GetProperty("x1").GetDouble(), row.GetProperty("n1").GetDouble(), row.GetProperty("x2").GetDouble(), row.GetProperty("n2").GetDouble());

    private static double ScoreWithTheSlip(TwoProportions two, double d)
    {
        var (n, x) = (two.N1 + two.N2, two.X1 + two.X2);
        var (l2, l1, l0) = ((two.N1 + 2 * two.N2) * d - n - x, (two.X2 * d - n - 2 * two.X2) * d + x, two.X2 * d * (1 - d));
        var q = Math.Pow(l2 / (3 * n), 3) - l1 * l2 / (6 * n * n) + l0 / (2 * n);
        var p = Math.Sign(q) * Math.Sqrt(Math.Pow(l2 / (3 * n), 2) - l1 / (3 * n));
        var second = 2 * p * Math.Cos((Math.PI + Math.Acos(q / (p * p * p))) / 3) - l2 / (3 * n);
        var first = second + d;
        var variance = (first * (1 - first) / two.N1 + second * (1 - second) / two.N2) * n / (n - 1);
        return (two.X1 / two.N1 - two.X2 / two.N2 - d) / Math.Sqrt(variance);
    }

    private static void Same(JsonElement row, string name, Interval actual)
    {
        Relative(row, $"{name}_lo", actual.Low);
        Relative(row, $"{name}_hi", actual.High);
    }

    private static void Same(JsonElement expected, Interval? actual)
    {
        if (expected.ValueKind == JsonValueKind.Null)
        {
            Assert.Null(actual);
            return;
        }
        Relative(expected[0].GetDouble(), actual!.Value.Low);
        Relative(expected[1].GetDouble(), actual.Value.High);
    }

    private static void Relative(JsonElement row, string name, double actual) => Relative(row.GetProperty(name).GetDouble(), actual);

    private static void Relative(double expected, double actual, double to = 1e-9) =>
        Assert.True(Math.Abs(actual - expected) <= to * Math.Abs(expected), $"expected {expected:R}, was {actual:R}");
}
