namespace Concentric.Measure.Staffing;

/// <summary>How much of what is new counts for level, trend and season, each from 0 to 1.</summary>
public readonly record struct Smoothing(double Alpha, double Beta, double Gamma);

/// <summary>Where exponential smoothing begins.</summary>
/// <param name="Season">One value for each period of a season.</param>
public sealed record SmoothingStart(double Level, double Trend, IReadOnlyList<double> Season);

/// <summary>Exponential smoothing with trend and season, by parameters that are given: the same history always gives the same forecast.</summary>
/// <remarks>C. C. Holt (1957); P. R. Winters, Management Science 6 (1960), 324. As R's HoltWinters has it, from the second season on.</remarks>
/// <param name="Level">At the end of the history; likewise the two that follow, the season from the next period on.</param>
/// <param name="Fitted">One period ahead, from the second season on.</param>
/// <param name="SquaredErrors">Of these.</param>
public sealed record HoltWinters(double Level, double Trend, IReadOnlyList<double> Season, bool IsMultiplicative, Smoothing Smoothing, IReadOnlyList<double> Fitted, double SquaredErrors) : IForecast
{
    /// <param name="multiplicative">Seasons are parts of the level and not amounts: busy months grow with the whole.</param>
    /// <param name="start">Null: from the first two seasons (<see cref="Start"/>).</param>
    /// <exception cref="ArgumentException">Less than two seasons and one more, or a value that is not above 0 where seasons are parts.</exception>
    public static HoltWinters Of(IReadOnlyList<double> history, int season, Smoothing by, bool multiplicative, SmoothingStart? start = null)
    {
        foreach (var parameter in (double[])[by.Alpha, by.Beta, by.Gamma])
            if (parameter is not (>= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(by), "Smoothing parameters are from 0 to 1.");
        if (multiplicative && history.Any(v => !(v > 0))) throw new ArgumentException("With seasons as parts every value is above 0.", nameof(history));
        start ??= Start(history, season, multiplicative);
        if (start.Season.Count != season || history.Count <= season) throw new ArgumentException("There must be more history than one season.", nameof(history));
        var (level, trend, seasons, fitted, squares) = (start.Level, start.Trend, start.Season.ToList(), new List<double>(), 0.0);
        for (var t = season; t < history.Count; t++)
        {
            var (value, own, before) = (history[t], seasons[t - season], level);
            var expected = multiplicative ? (level + trend) * own : level + trend + own;
            fitted.Add(expected);
            squares += (value - expected) * (value - expected);
            level = by.Alpha * (multiplicative ? value / own : value - own) + (1 - by.Alpha) * (level + trend);
            trend = by.Beta * (level - before) + (1 - by.Beta) * trend;
            seasons.Add(by.Gamma * (multiplicative ? value / level : value - level) + (1 - by.Gamma) * own);
        }
        return new(level, trend, [.. seasons.TakeLast(season)], multiplicative, by, fitted, squares);
    }

    /// <summary>The forecast so many periods ahead, from 1.</summary>
    public double At(int ahead)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ahead, 1);
        var own = Season[(ahead - 1) % Season.Count];
        return IsMultiplicative ? (Level + ahead * Trend) * own : Level + ahead * Trend + own;
    }

    /// <summary>The value below which it will lie with that probability.</summary>
    /// <remarks>
    /// With amounts as seasons by the weights ψⱼ = α(1 + jβ) + γ(1 − α)[j a whole season]: errors add up as they are carried on. With parts the same weights stand for errors as parts of the level, which is near
    /// enough where a season is not many times another; it is held against what came in the tests.
    /// </remarks>
    public double Quantile(int ahead, double probability)
    {
        var mean = Fitted.Count > 0 ? Math.Sqrt(SquaredErrors / Fitted.Count) : 0;
        var sum = 1.0;
        for (var j = 1; j < ahead; j++)
        {
            var weight = Smoothing.Alpha * (1 + j * Smoothing.Beta) + (j % Season.Count == 0 ? Smoothing.Gamma * (1 - Smoothing.Alpha) : 0);
            sum += weight * weight;
        }
        return At(ahead) + Statistics.Quantiles.Normal(probability) * mean * Math.Sqrt(sum);
    }

    /// <summary>Level, trend and season of the first two seasons: the season from what is left of a centred moving mean, the line from that mean.</summary>
    public static SmoothingStart Start(IReadOnlyList<double> history, int season, bool multiplicative)
    {
        if (season < 2 || history.Count < 2 * season) throw new ArgumentException("There must be two seasons of history, of at least two periods each.", nameof(history));
        var first = history.Take(2 * season).ToArray();
        var trend = SeasonParts.CentredMean(first, season);
        var figure = Enumerable.Range(0, season).Select(i => Enumerable.Range(0, 2).Select(k => i + k * season).Where(t => trend[t] is not null).Average(t => multiplicative ? first[t] / trend[t]!.Value : first[t] - trend[t]!.Value)).ToList();
        var mean = figure.Average();
        var line = trend.Where(t => t is not null).Select(t => t!.Value).ToList();
        var (x, y) = ((line.Count + 1) / 2.0, line.Average());
        var slope = line.Select((v, i) => (i + 1 - x) * (v - y)).Sum() / line.Select((_, i) => (i + 1 - x) * (i + 1 - x)).Sum();
        return new(y - slope * x, slope, figure.ConvertAll(f => multiplicative ? f / mean : f - mean));
    }
}
