namespace Concentric.Measure.Staffing;

/// <summary>A way to forecast days.</summary>
public enum ForecastWay
{
    /// <summary>The same as a week before: the bar.</summary>
    SeasonalNaive,

    /// <summary>Exponential smoothing with level, trend and season as amounts.</summary>
    HoltWinters,

    /// <summary>Exponential smoothing with season and errors as parts, by what is likeliest.</summary>
    Ets,

    /// <summary>Plain smoothing without the season, and half the slope of the whole history.</summary>
    Theta,
}

/// <summary>How a way to forecast did on days that it had not seen.</summary>
/// <param name="Wape">Sum of absolute errors over the sum of what came; null where nothing came.</param>
/// <param name="Mase">Mean absolute error over that of the same as a week before within the history: below 1 is better. Null where that was never wrong.</param>
/// <param name="Within">How many of the days tested lay between low and high.</param>
/// <param name="Tested">Days tested.</param>
public sealed record BackTest(ForecastWay Way, double? Wape, double? Mase, int Within, int Tested)
{
    private static readonly double[] Alphas = [0.05, 0.1, 0.2, 0.3], Betas = [0, 0.01], Gammas = [0.05, 0.1, 0.2, 0.3];

    /// <summary>Every way that the history allows, the best first; of two that do equally well the simpler.</summary>
    /// <param name="tested">Periods at the end of the history that are kept from the ways and held against what they say.</param>
    /// <param name="tail">Probability below low, and above high.</param>
    /// <remarks>Ways with seasons as parts are not tried where a day had none: nothing is a part of nothing.</remarks>
    public static IReadOnlyList<BackTest> All(IReadOnlyList<double> history, int season, int tested, double tail)
    {
        var (seen, held) = (history.Take(history.Count - tested).ToList(), history.Skip(history.Count - tested).ToList());
        var (scale, total) = (Forecasts.SeasonalNaive(seen, season).Scale, held.Sum());
        // To rounding: a way that is a hair better by chance of the arithmetic is no better.
        return [.. Enum.GetValues<ForecastWay>().Where(way => IsPossible(way, seen, season) && IsPossible(way, history, season)).Select(Try).OrderBy(t => Math.Round(t.Mase ?? t.Wape ?? 0, 9)).ThenBy(t => t.Way)];

        BackTest Try(ForecastWay way)
        {
            var forecast = Fit(way, seen, season);
            List<double> expected = [.. Enumerable.Range(1, tested).Select(i => Math.Max(0, forecast.At(i)))];
            var within = held.Where((v, i) => v >= Math.Max(0, forecast.Quantile(i + 1, tail)) - 1e-9 && v <= forecast.Quantile(i + 1, 1 - tail) + 1e-9).Count();
            return new(way, total > 0 ? ForecastErrors.Wape(held, expected) : null, scale > 0 ? ForecastErrors.Mase(held, expected, scale) : null, within, tested);
        }
    }

    private static bool IsPossible(ForecastWay way, IReadOnlyList<double> history, int season) => way switch
    {
        ForecastWay.Ets => Ets.IsPossible(history, season),
        ForecastWay.Theta => history.All(v => v > 0) && history.Count > 2 * season && history.Count >= 4,
        _ => true,
    };

    /// <summary>A way, made from a history.</summary>
    public static IForecast Fit(ForecastWay way, IReadOnlyList<double> history, int season) => way switch
    {
        ForecastWay.SeasonalNaive => Forecasts.SeasonalNaive(history, season),
        ForecastWay.HoltWinters => Smoothest(history, season),
        ForecastWay.Ets => Ets.Of(history, season),
        _ => Theta.Of(history, season),
    };

    /// <summary>The smoothing parameters are those of a small fixed grid with the least error within the history, so that the same history gives the same forecast.</summary>
    private static HoltWinters Smoothest(IReadOnlyList<double> history, int season)
    {
        var start = HoltWinters.Start(history, season, multiplicative: false);
        return (from alpha in Alphas from beta in Betas from gamma in Gammas select HoltWinters.Of(history, season, new(alpha, beta, gamma), multiplicative: false, start)).MinBy(f => f.SquaredErrors)!;
    }
}
