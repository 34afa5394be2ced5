using System.Text.Json;
using Concentric.Measure.Staffing;

namespace Concentric.Tests.Measure;

/// <summary>Forecasts and the effect of a dated change agree with R.</summary>
[Trait("Database", "none")]
public sealed class ForecastVectorTests
{
    private static readonly Smoothing Fixed = new(0.3, 0.05, 0.4);

    private static JsonElement All => Vectors.Read("forecast_its.json");

    private static JsonElement Air => All.GetProperty("airpassengers");

    private static double[] Train => Air.GetProperty("train").Doubles();

    private static double[] Test => Air.GetProperty("test").Doubles();

    [Fact]
    public void The_bar_and_how_others_are_measured_by_it_are_those_of_R()
    {
        var naive = Forecasts.SeasonalNaive(Train, 12);
        var (expected, metrics) = (Air.GetProperty("snaive"), All.GetProperty("metrics"));
        for (var h = 1; h <= 12; h++)
        {
            Near(expected.GetProperty("mean")[h - 1].GetDouble(), naive.At(h));
            Near(expected.GetProperty("lo95")[h - 1].GetDouble(), naive.Quantile(h, 0.025));
            Near(expected.GetProperty("hi95")[h - 1].GetDouble(), naive.Quantile(h, 0.975));
        }
        Near(Number(expected, "resid_rms"), naive.Error);
        Near(Number(metrics, "mase_scale"), naive.Scale);
        double[] forecast = [.. Enumerable.Range(1, 12).Select(naive.At)];
        Near(expected.GetProperty("acc_rmse_mae_mape_mase")[3].GetDouble(), ForecastErrors.Mase(Test, forecast, naive.Scale));
        Near(Number(metrics, "wape"), ForecastErrors.Wape(Test, forecast));
        Near(Number(metrics, "pinball_90_snaive"), ForecastErrors.Pinball(Test, [.. Enumerable.Range(1, 12).Select(h => naive.Quantile(h, 0.9))], 0.9));
        // Two seasons ahead it is as sure as one and the square root of two.
        Near(naive.At(13) - naive.Quantile(13, 0.025), Math.Sqrt(2) * (naive.At(1) - naive.Quantile(1, 0.025)));
    }

    [Theory]
    [InlineData("hw_mult_fixed", true)]
    [InlineData("hw_add_fixed", false)]
    public void Smoothing_with_given_parameters_is_that_of_R(string which, bool multiplicative)
    {
        var expected = Air.GetProperty(which);
        var fit = HoltWinters.Of(Train, 12, Fixed, multiplicative);
        var coefficients = expected.GetProperty("coef");
        Near(Number(coefficients, "a"), fit.Level);
        Near(Number(coefficients, "b"), fit.Trend);
        for (var i = 1; i <= 12; i++) Near(Number(coefficients, $"s{i}"), fit.Season[i - 1]);
        Near(Number(expected, "sse"), fit.SquaredErrors);
        for (var h = 1; h <= 12; h++) Near(expected.GetProperty("forecast")[h - 1].GetDouble(), fit.At(h));
        // It beats the bar, and what came lies within its intervals as a rule.
        Assert.True(ForecastErrors.Mase(Test, [.. Enumerable.Range(1, 12).Select(fit.At)], Forecasts.SeasonalNaive(Train, 12).Scale) < 1.5);
        Assert.InRange(Enumerable.Range(1, 12).Count(h => Test[h - 1] >= fit.Quantile(h, 0.025) && Test[h - 1] <= fit.Quantile(h, 0.975)), 10, 12);
        if (!multiplicative) return;
        var start = HoltWinters.Start(Train, 12, true);
        Near(Number(expected.GetProperty("start"), "level"), start.Level);
        Near(Number(expected.GetProperty("start"), "trend"), start.Trend);
        foreach (var (e, s) in expected.GetProperty("start").GetProperty("season").Doubles().Zip(start.Season)) Near(e, s);
        foreach (var (e, f) in expected.GetProperty("fitted_first5").Doubles().Zip(fit.Fitted)) Near(e, f);
    }

    [Fact]
    public void Plain_smoothing_and_drift_are_those_of_R()
    {
        var (forecast, squares) = Forecasts.Smoothed(Train, 0.2);
        Near(Number(Air.GetProperty("ses_alpha02"), "forecast"), forecast);
        Near(Number(Air.GetProperty("ses_alpha02"), "sse"), squares);
        for (var h = 1; h <= 12; h++) Near(Air.GetProperty("rw_drift")[h - 1].GetDouble(), Forecasts.Drift(Train, h));
    }

    [Fact]
    public void What_a_dated_change_did_is_that_of_R_with_errors_that_know_of_neighbours()
    {
        var its = All.GetProperty("its");
        var (values, change) = (its.GetProperty("y").Doubles(), its.GetProperty("change_index0").GetInt32());
        var fit = InterruptedSeries.Of(values, change, lag: 3);
        foreach (var (i, name) in ((string[])["(Intercept)", "tt", "D", "tp"]).Index())
        {
            Near(Number(its.GetProperty("coef"), name), fit.Coefficients[i]);
            Near(Number(its.GetProperty("ols_se"), name), fit.PlainErrors[i]);
            Near(Number(its.GetProperty("nw_lag3_se"), name), fit.Errors[i]);
        }
        Near(Number(its, "dw"), fit.DurbinWatson);
        Near(Number(its, "cumulative_effect"), fit.Together);
        Near(Number(its, "counterfactual_at_24"), fit.Without(24));
        var simple = InterruptedSeries.BeforeAndAfter(values, change);
        Near(Number(its.GetProperty("simple_before_after"), "diff"), simple.Difference);
        Near(its.GetProperty("simple_before_after").GetProperty("welch_ci")[0].GetDouble(), simple.Interval.Low);
        Near(its.GetProperty("simple_before_after").GetProperty("welch_ci")[1].GetDouble(), simple.Interval.High);
        Assert.True(fit.Step.Interval.High < 0);
        // A trend without any change: two means find an effect, and two lines find none.
        double[] trend = [.. Enumerable.Range(0, 24).Select(i => 10 + i + (i % 3 - 1) * 0.3)];
        Assert.True(InterruptedSeries.BeforeAndAfter(trend, 12).Interval.Low > 8);
        Assert.InRange(InterruptedSeries.Of(trend, 12, 3).Step.Value, -0.5, 0.5);
    }

    [Fact]
    public void Too_little_history_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Forecasts.SeasonalNaive([1, 2, 3], 3));
        Assert.Throws<ArgumentException>(() => HoltWinters.Of([1, 2, 3], 2, Fixed, false));
        Assert.Throws<ArgumentException>(() => HoltWinters.Of([1, 2, 0, 4, 5, 6], 2, Fixed, true));
        Assert.Throws<ArgumentOutOfRangeException>(() => InterruptedSeries.Of([1, 2, 3, 4], 2, 1));
    }

    private static double Number(JsonElement row, string name) => row.GetProperty(name).GetDouble();

    /// <summary>The file gives twelve or thirteen figures.</summary>
    private static void Near(double expected, double actual) => Assert.True(Math.Abs(expected - actual) <= 1e-9 * Math.Max(1, Math.Abs(expected)), $"expected {expected:R}, was {actual:R}");
}
