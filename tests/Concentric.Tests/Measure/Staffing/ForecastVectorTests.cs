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

    /// <summary>The optimiser of the reference ends at a place that is worse than the fixed parameters above; what it gives at that place is the same here.</summary>
    [Fact]
    public void Smoothing_where_the_optimiser_of_R_ended_is_that_of_R_and_is_not_the_best()
    {
        var expected = Air.GetProperty("hw_mult_optim");
        var fit = HoltWinters.Of(Train, 12, new(Number(expected, "alpha"), Number(expected, "beta"), Number(expected, "gamma")), true);
        Assert.Equal(Number(expected, "sse"), fit.SquaredErrors, 1e-6 * Number(expected, "sse"));
        for (var h = 1; h <= 12; h++) Assert.Equal(expected.GetProperty("forecast")[h - 1].GetDouble(), fit.At(h), 1e-6 * fit.At(h));
        Assert.True(HoltWinters.Of(Train, 12, Fixed, true).SquaredErrors < fit.SquaredErrors);
    }

    [Fact]
    public void Errors_are_measured_as_R_measures_them()
    {
        foreach (var (which, figures) in ((string, string)[])[("snaive", "acc_rmse_mae_mape_mase"), ("ets_MAM", "acc")])
        {
            var (forecast, expected) = (Air.GetProperty(which).GetProperty("mean").Doubles(), Air.GetProperty(which).GetProperty(figures).Doubles());
            Near(expected[0], ForecastErrors.Rmse(Test, forecast));
            Near(expected[1], ForecastErrors.Mae(Test, forecast));
            Near(expected[3], ForecastErrors.Mase(Test, forecast, Number(All.GetProperty("metrics"), "mase_scale")));
        }
    }

    [Fact]
    public void The_theta_method_is_that_of_R()
    {
        var fit = Theta.Of(Train, 12);
        for (var h = 1; h <= 12; h++) Assert.Equal(Air.GetProperty("theta")[h - 1].GetDouble(), fit.At(h), 1e-6 * fit.At(h));
        Assert.True(fit.Quantile(1, 0.025) < fit.At(1) && fit.At(1) < fit.Quantile(1, 0.975));
        // Without a season there is none to take out, and a straight line is carried on.
        var line = Theta.Of([.. Enumerable.Range(0, 40).Select(i => 10.0 + i)], 7);
        Assert.Empty(line.Season);
        Assert.Equal(50, line.At(1), 0.6);
    }

    /// <summary>R ends its search at a place that is not the likeliest one. With its smoothing, and starts searched for, forecasts and intervals are its own to 0.5%; the search here finds a likelier model.</summary>
    [Fact]
    public void The_model_of_errors_trend_and_season_is_that_of_R_at_its_smoothing_and_likelier_where_all_is_searched_for()
    {
        var expected = Air.GetProperty("ets_MAM");
        var by = expected.GetProperty("par");
        var fit = Ets.Of(Train, 12, new(Number(by, "alpha"), Number(by, "beta"), Number(by, "gamma")));
        for (var h = 1; h <= 12; h++)
        {
            foreach (var (key, value) in ((string, double)[])[("mean", fit.At(h)), ("lo95", fit.Quantile(h, 0.025)), ("hi95", fit.Quantile(h, 0.975))])
                Assert.True(Math.Abs(expected.GetProperty(key)[h - 1].GetDouble() / value - 1) < 0.005, $"{h} {key} {expected.GetProperty(key)[h - 1]} {value}");
        }
        Assert.InRange(fit.Aicc, Number(expected, "aicc") - 10, Number(expected, "aicc"));
        var likeliest = Ets.Of(Train, 12);
        Assert.True(likeliest.Aicc < fit.Aicc - 10, $"{likeliest.Aicc} {fit.Aicc}");
        // And it does better than the bar on the year that it did not see.
        Assert.True(ForecastErrors.Mase(Test, [.. Enumerable.Range(1, 12).Select(likeliest.At)], 30.45) < 1);
    }

    /// <summary>Far ahead against a simulation: level, trend and season move together, which the exact moments must know.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(9)]
    public void Its_intervals_far_ahead_are_those_of_a_simulation(int ahead)
    {
        var model = new Ets(new(0.3, 0.05, 0.4), 100, 1, [0.8, 1.1, 1.3], 0.01, 0);
        var chance = new SeededChance(4);
        double Next() => (chance.Below(1 << 30) + 0.5) / (1 << 30);
        var (n, sum, squares) = (200_000, 0.0, 0.0);
        for (var i = 0; i < n; i++)
        {
            var (level, trend, season, value) = (100.0, 1.0, (double[])[0.8, 1.1, 1.3], 0.0);
            for (var h = 0; h < ahead; h++)
            {
                var error = 0.1 * Math.Sqrt(-2 * Math.Log(Next())) * Math.Cos(2 * Math.PI * Next());
                var (next, own) = (level + trend, season[h % 3]);
                value = next * own * (1 + error);
                (level, trend, season[h % 3]) = (next * (1 + 0.3 * error), trend + 0.05 * next * error, own * (1 + 0.4 * error));
            }
            sum += value;
            squares += value * value;
        }
        var mean = sum / n;
        Assert.Equal(Math.Sqrt(squares / n - mean * mean), (model.Quantile(ahead, 0.975) - model.At(ahead)) / 1.959964, 0.01 * mean * 0.2);
    }

    [Fact]
    public void A_history_taken_apart_is_as_R_takes_it_apart()
    {
        var parts = Stl.Of([.. Train.Select(v => Math.Log(v))], 12);
        foreach (var (e, s) in All.GetProperty("stl").GetProperty("seasonal12").Doubles().Zip(parts.Seasonal)) Near(e, s);
        for (var i = 0; i < Train.Length; i++) Assert.Equal(Math.Log(Train[i]), parts.Seasonal[i] + parts.Trend[i] + parts.Remainder[i], 1e-12);
        Assert.Throws<ArgumentException>(() => Stl.Of([1, 2, 3, 4], 2));
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
