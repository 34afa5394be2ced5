namespace Concentric.Measure.Staffing;

/// <summary>Simple forecasts: the bar that anything cleverer has to beat.</summary>
public static class Forecasts
{
    /// <summary>Seasonal naive: the same as one season before. Its root mean square error within the history gives the intervals.</summary>
    /// <param name="history">At least one season and one more.</param>
    /// <param name="season">Periods in a season: 7 of days, 12 of months.</param>
    public static SeasonalNaive SeasonalNaive(IReadOnlyList<double> history, int season)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(season, 1);
        if (history.Count <= season) throw new ArgumentException("There must be more than one season of history.", nameof(history));
        var errors = history.Skip(season).Zip(history, (now, before) => now - before).ToList();
        return new([.. history.TakeLast(season)], Math.Sqrt(errors.Average(e => e * e)), errors.Average(Math.Abs));
    }

    /// <summary>The last value and the mean change so far, once for each period ahead.</summary>
    public static double Drift(IReadOnlyList<double> history, int ahead)
    {
        if (history.Count < 2) throw new ArgumentException("A drift takes two values.", nameof(history));
        return history[^1] + ahead * (history[^1] - history[0]) / (history.Count - 1);
    }

    /// <summary>Simple exponential smoothing from the first value on: the forecast, and the sum of squared errors one period ahead.</summary>
    /// <param name="alpha">How much of what is new counts, 0 to 1.</param>
    public static (double Forecast, double SquaredErrors) Smoothed(IReadOnlyList<double> history, double alpha)
    {
        if (history.Count == 0) throw new ArgumentException("There is nothing to smooth.", nameof(history));
        if (alpha is not (>= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(alpha), "A smoothing parameter is from 0 to 1.");
        var (level, squares) = (history[0], 0.0);
        foreach (var value in history.Skip(1))
        {
            var error = value - level;
            squares += error * error;
            level += alpha * error;
        }
        return (level, squares);
    }
}

/// <summary>A seasonal naive forecast.</summary>
/// <param name="LastSeason">The values that are repeated.</param>
/// <param name="Error">Root mean square error within the history.</param>
/// <param name="Scale">Mean absolute error within the history, by which others are measured (MASE).</param>
public sealed record SeasonalNaive(IReadOnlyList<double> LastSeason, double Error, double Scale) : IForecast
{
    /// <summary>The forecast so many periods ahead, from 1.</summary>
    public double At(int ahead)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ahead, 1);
        return LastSeason[(ahead - 1) % LastSeason.Count];
    }

    /// <summary>The value below which it will lie with that probability; errors of one season add to those of the next.</summary>
    public double Quantile(int ahead, double probability) => At(ahead) + Statistics.Quantiles.Normal(probability) * Error * Math.Sqrt((ahead - 1) / LastSeason.Count + 1);
}

/// <summary>How good a forecast was.</summary>
public static class ForecastErrors
{
    /// <summary>Mean absolute error over that of the seasonal naive forecast within its history: below 1 is better than the bar (R. J. Hyndman and A. B. Koehler, International Journal of Forecasting 22 (2006), 679).</summary>
    public static double Mase(IReadOnlyList<double> actual, IReadOnlyList<double> forecast, double scale) => Mae(actual, forecast) / scale;

    /// <summary>Sum of absolute errors over the sum of what was: it counts a busy hour for more than a quiet one, and stands at 0.</summary>
    public static double Wape(IReadOnlyList<double> actual, IReadOnlyList<double> forecast) => Zip(actual, forecast, (a, f) => Math.Abs(a - f)).Sum() / actual.Sum(Math.Abs);

    /// <summary>The mean loss of a quantile forecast: too low costs q, too high 1 − q.</summary>
    public static double Pinball(IReadOnlyList<double> actual, IReadOnlyList<double> quantiles, double q) => Zip(actual, quantiles, (a, f) => a >= f ? q * (a - f) : (1 - q) * (f - a)).Average();

    /// <summary>Root mean square error: a day that was far off counts for more than many that were a little off.</summary>
    public static double Rmse(IReadOnlyList<double> actual, IReadOnlyList<double> forecast) => Math.Sqrt(Zip(actual, forecast, (a, f) => (a - f) * (a - f)).Average());

    /// <summary>Mean absolute error.</summary>
    public static double Mae(IReadOnlyList<double> actual, IReadOnlyList<double> forecast) => Zip(actual, forecast, (a, f) => Math.Abs(a - f)).Average();

    private static IEnumerable<double> Zip(IReadOnlyList<double> actual, IReadOnlyList<double> forecast, Func<double, double, double> of) =>
        actual.Count == forecast.Count && actual.Count > 0 ? actual.Zip(forecast, of) : throw new ArgumentException("Each of what was has one forecast.", nameof(forecast));
}
