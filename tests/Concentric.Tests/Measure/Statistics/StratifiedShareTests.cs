using System.Text.Json;
using Concentric.Measure.Statistics;

namespace Concentric.Tests.Measure.Statistics;

public class StratifiedShareTests
{
    private readonly JsonElement _vector = Vectors.Read("failure_demand_ni14_stratified.json");

    private List<Stratum> Strata() =>
    [
        .. _vector.GetProperty("strata").EnumerateArray().Select(s => new Stratum(
            s.GetProperty("service").GetString()!, s.GetProperty("channel").GetString()!, s.GetProperty("N").GetInt64(), s.GetProperty("n").GetInt64(), s.GetProperty("a").GetInt64())),
    ];

    [Fact]
    public void The_share_its_error_and_its_intervals_are_those_of_the_survey_package()
    {
        var share = StratifiedShare.Of(Strata())!;

        Vectors.Near(_vector.GetProperty("estimate").GetDouble(), share.Value);
        Vectors.Near(_vector.GetProperty("se").GetDouble(), share.StandardError);
        Near(_vector.GetProperty("ci_wald"), share.Wald);
        Near(_vector.GetProperty("ci_logit"), share.Logit!.Value);
        Near(_vector.GetProperty("ci_beta_korn_graubard"), share.KornGraubard!.Value);
        Vectors.Near(_vector.GetProperty("design_effect").GetDouble(), share.DesignEffect);
        Vectors.Near(_vector.GetProperty("effective_n").GetDouble(), share.EffectiveSize);
        Vectors.Near(share.StandardError, share.CarefulError);
    }

    [Fact]
    public void Services_have_their_own_share_and_error()
    {
        foreach (var service in _vector.GetProperty("by_service").EnumerateArray())
        {
            var share = StratifiedShare.Of([.. Strata().Where(s => s.Group == service.GetProperty("service").GetString())])!;

            Vectors.Near(service.GetProperty("p").GetDouble(), share.Value);
            Vectors.Near(service.GetProperty("se").GetDouble(), share.StandardError);
        }
    }

    [Fact]
    public void It_is_not_the_share_of_all_samples_together()
    {
        // The defect of tools that pool: where a busy part is sampled less, its contacts count less.
        var share = StratifiedShare.Of(Strata())!;

        Vectors.Near(_vector.GetProperty("naive_unweighted").GetDouble(), share.Naive);
        Assert.True(share.Naive - share.Value > 0.015);
    }

    [Fact]
    public void Cost_has_its_own_error()
    {
        var cost = _vector.GetProperty("failure_cost");
        var found = StratifiedCost.Of(Strata(), s => cost.GetProperty("unit_cost").GetProperty(s.Name).GetDouble());

        Vectors.Near(cost.GetProperty("gbp").GetDouble(), found.Pounds);
        Vectors.Near(cost.GetProperty("se").GetDouble(), found.StandardError);
    }

    [Fact]
    public void Samples_are_shared_out_by_size_or_so_that_the_error_is_least()
    {
        foreach (var (expected, actual) in _vector.GetProperty("neyman_allocation_1000").Doubles().Zip(SampleSize.Neyman(1000, Strata()))) Vectors.Near(expected, actual);
        foreach (var (expected, actual) in _vector.GetProperty("proportional_allocation_1000").Doubles().Zip(SampleSize.Proportional(1000, Strata()))) Vectors.Near(expected, actual);
        var sizes = _vector.GetProperty("sample_size");
        Vectors.Near(sizes.GetProperty("pm5pp_inf").GetDouble(), SampleSize.For(0.05));
        Vectors.Near(sizes.GetProperty("pm3pp_inf").GetDouble(), SampleSize.For(0.03));
        Vectors.Near(sizes.GetProperty("pm2pp_inf").GetDouble(), SampleSize.For(0.02));
        Vectors.Near(sizes.GetProperty("pm5pp_N500").GetDouble(), SampleSize.For(0.05, 500));
        Vectors.Near(sizes.GetProperty("pm5pp_N2000").GetDouble(), SampleSize.For(0.05, 2000));
    }

    [Fact]
    public void A_part_with_a_sample_of_one_has_no_variance_and_goes_together_with_another_of_its_service()
    {
        List<Stratum> strata = [new("Bins", "phone", 1000, 50, 20), new("Bins", "post", 20, 1, 1), new("Tax", "phone", 500, 40, 5)];

        var share = StratifiedShare.Of(strata)!;

        Assert.True(double.IsFinite(share.StandardError));
        Assert.Equal(["Bins, post"], share.Collapsed);
        Assert.Equal(2, share.Parts);
        // The share stays the one that weighs each part as large as it is.
        Vectors.Near((1000 * 0.4 + 20 + 500 * 0.125) / 1520, share.Value);
        Assert.Equal([new("Bins", "phone", 1020, 51, 21), new("Tax", "phone", 500, 40, 5)], StratifiedShare.Collapse(strata));
        Assert.Null(StratifiedShare.Of([new("Bins", "post", 20, 1, 1)]));
    }

    [Fact]
    public void A_small_part_with_none_in_it_is_not_taken_for_certain()
    {
        List<Stratum> strata = [new("Bins", "phone", 1000, 50, 20), new("Bins", "post", 1000, 5, 0)];

        var share = StratifiedShare.Of(strata)!;

        Assert.Equal(0, Stratum.Variance(1000, 5, 0));
        Assert.True(share.CarefulError > 1.5 * share.StandardError);
        Assert.True(share.Careful!.Value.High > share.Logit!.Value.High);
        Assert.True(strata[1].Interval!.Value.High > 0.4);
    }

    [Fact]
    public void None_at_all_has_an_interval_that_does_not_end_at_none()
    {
        var none = StratifiedShare.Of([new("Bins", "phone", 1000, 50, 0)])!;

        Assert.Null(none.Logit);
        Assert.Equal(0, none.Careful!.Value.Low);
        Assert.InRange(none.Careful!.Value.High, 0.05, 0.1);
    }

    [Fact]
    public void What_was_not_sampled_is_said_and_not_guessed()
    {
        var share = StratifiedShare.Of([new("Bins", "phone", 1000, 50, 20), new("Bins", "web", 400, 0, 0)])!;

        Assert.Equal(400, share.Unsampled);
        Vectors.Near(0.4, share.Value);
        Assert.Throws<ArgumentException>(() => StratifiedShare.Of([new("Bins", "phone", 10, 11, 2)]));
    }

    private static void Near(JsonElement expected, Interval actual)
    {
        Vectors.Near(expected[0].GetDouble(), actual.Low);
        Vectors.Near(expected[1].GetDouble(), actual.High);
    }
}
