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

/// <summary>Why a way was not tried.</summary>
public enum NotTried
{
    /// <summary>Days with none: no season is a part of nothing.</summary>
    Noughts,

    /// <summary>Too little history for it.</summary>
    TooShort,

    /// <summary>No line through the history stays above 0, so its search has nowhere to begin.</summary>
    NoBegin,
}

/// <summary>How the ways to forecast did.</summary>
/// <param name="Tried">The best first; of two that do equally well the simpler.</param>
/// <param name="Left">Those that the history does not allow, and why.</param>
public sealed record BackTests(IReadOnlyList<BackTest> Tried, IReadOnlyList<(ForecastWay Way, NotTried Why)> Left);

/// <summary>How a way to forecast did on days that it had not seen.</summary>
/// <param name="Wape">Sum of absolute errors over the sum of what came; null where nothing came.</param>
/// <param name="Mase">Mean absolute error over that of the same as a week before within the history: below 1 is better. Null where that was never wrong.</param>
/// <param name="Within">How many of the days tested lay between low and high.</param>
/// <param name="Tested">Days tested.</param>
public sealed record BackTest(ForecastWay Way, double? Wape, double? Mase, int Within, int Tested)
{
    private static readonly double[] Alphas = [0.05, 0.1, 0.2, 0.3], Betas = [0, 0.01], Gammas = [0.05, 0.1, 0.2, 0.3];

    /// <summary>Every way that the history allows.</summary>
    /// <param name="tested">Periods at the end of the history that are kept from the ways and held against what they say.</param>
    /// <param name="tail">Probability below low, and above high.</param>
    public static BackTests All(IReadOnlyList<double> history, int season, int tested, double tail)
    {
        var (seen, held) = (history.Take(history.Count - tested).ToList(), history.Skip(history.Count - tested).ToList());
        var (scale, total) = (Forecasts.SeasonalNaive(seen, season).Scale, held.Sum());
        // To rounding: a way that is a hair better by chance of the arithmetic is no better.
        var ways = Enum.GetValues<ForecastWay>().Select(way => (Way: way, Why: WhyNot(way, seen, season) ?? WhyNot(way, history, season))).ToList();
        return new([.. ways.Where(w => w.Why is null).Select(w => Try(w.Way)).OrderBy(t => Math.Round(t.Mase ?? t.Wape ?? 0, 9)).ThenBy(t => t.Way)], [.. ways.Where(w => w.Why is not null).Select(w => (w.Way, w.Why!.Value))]);

        BackTest Try(ForecastWay way)
        {
            var forecast = Fit(way, seen, season);
            List<double> expected = [.. Enumerable.Range(1, tested).Select(i => Math.Max(0, forecast.At(i)))];
            var within = held.Where((v, i) => v >= Math.Max(0, forecast.Quantile(i + 1, tail)) - 1e-9 && v <= forecast.Quantile(i + 1, 1 - tail) + 1e-9).Count();
            return new(way, total > 0 ? ForecastErrors.Wape(held, expected) : null, scale > 0 ? ForecastErrors.Mase(held, expected, scale) : null, within, tested);
        }
    }

    /// <summary>Why a history does not allow a way; null where it does.</summary>
    private static NotTried? WhyNot(ForecastWay way, IReadOnlyList<double> history, int season) => way switch
    {
        ForecastWay.Ets or ForecastWay.Theta when !history.All(v => v > 0) => NotTried.Noughts,
        ForecastWay.Ets when !Ets.IsPossible(history, season) => NotTried.TooShort,
        ForecastWay.Ets when !Ets.HasBegin(history, season) => NotTried.NoBegin,
        ForecastWay.Theta when history.Count <= 2 * season || history.Count < 4 => NotTried.TooShort,
        _ => null,
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
