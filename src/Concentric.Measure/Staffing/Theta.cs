using MathNet.Numerics.LinearRegression;

namespace Concentric.Measure.Staffing;

/// <summary>The theta method: simple exponential smoothing with half the slope of the straight line through the history, of values without their season where there is one.</summary>
/// <remarks>
/// V. Assimakopoulos and K. Nikolopoulos, International Journal of Forecasting 16 (2000), 521, in the form that R. J. Hyndman and B. Billah gave it, International Journal of Forecasting 19 (2003), 287.
/// The start and the parameter of the smoothing are those with the least squared errors; for a given parameter the start is that of a straight line, so only one figure is searched for.
/// </remarks>
/// <param name="Level">Where the smoothing ends.</param>
/// <param name="Drift">Half the slope of the line.</param>
/// <param name="N">Periods of history.</param>
/// <param name="Season">The part of each period of a season, from the next on; empty where the history shows no season.</param>
/// <param name="Error">Standard deviation of the errors one period ahead, without season.</param>
public sealed record Theta(double Level, double Alpha, double Drift, int N, IReadOnlyList<double> Season, double Error) : IForecast
{
    private const double Least = 0.0001, Most = 0.9999;

    /// <exception cref="ArgumentException">Less than two seasons and one more, or a value that is not above 0.</exception>
    public static Theta Of(IReadOnlyList<double> history, int season)
    {
        if (history.Count <= 2 * season || history.Count < 4) throw new ArgumentException("There must be more than two seasons of history.", nameof(history));
        var parts = HasSeason(history, season) ? SeasonParts.Of(history, season) : [];
        IReadOnlyList<double> plain = parts.Count == 0 ? history : [.. history.Select((v, t) => v / parts[t % season])];
        var (alpha, level, squares) = Smooth(plain);
        var (_, slope) = SimpleRegression.Fit([.. Enumerable.Range(0, plain.Count).Select(t => (double)t)], [.. plain]);
        return new(level, alpha, slope / 2, plain.Count, [.. Enumerable.Range(0, parts.Count).Select(i => parts[(history.Count + i) % season])], Math.Sqrt(squares / (plain.Count - 2)));
    }

    public double At(int ahead)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ahead, 1);
        return (Level + Drift * (ahead - 1 + (1 - Math.Pow(1 - Alpha, N)) / Alpha)) * Part(ahead);
    }

    /// <remarks>Errors are carried on by the smoothing, and are as large a part of the value in each season.</remarks>
    public double Quantile(int ahead, double probability) => At(ahead) + Statistics.Quantiles.Normal(probability) * Error * Math.Sqrt((ahead - 1) * Alpha * Alpha + 1) * Part(ahead);

    private double Part(int ahead) => Season.Count == 0 ? 1 : Season[(ahead - 1) % Season.Count];

    /// <summary>Whether values one season apart go together more than chance allows, at 90% (as Assimakopoulos and Nikolopoulos tested for it).</summary>
    private static bool HasSeason(IReadOnlyList<double> history, int season)
    {
        var mean = history.Average();
        var total = history.Sum(v => (v - mean) * (v - mean));
        if (season < 2 || total <= 1e-12 * mean * mean * history.Count) return false;
        double Together(int lag) => Enumerable.Range(0, history.Count - lag).Sum(t => (history[t] - mean) * (history[t + lag] - mean)) / total;
        var limit = Statistics.Quantiles.Normal(0.95) * Math.Sqrt((1 + 2 * Enumerable.Range(1, season - 1).Sum(lag => Together(lag) * Together(lag))) / history.Count);
        return Math.Abs(Together(season)) > limit;
    }

    private static (double Alpha, double Level, double Squares) Smooth(IReadOnlyList<double> values)
    {
        // A grid finds the valley, and the golden section its lowest point.
        var best = Enumerable.Range(0, 101).Select(i => Least + i * (Most - Least) / 100).MinBy(a => From(values, a).Squares);
        var (low, high) = (Math.Max(Least, best - 0.01), Math.Min(Most, best + 0.01));
        var golden = (Math.Sqrt(5) - 1) / 2;
        for (var i = 0; i < 60; i++)
        {
            var (a, b) = (high - golden * (high - low), low + golden * (high - low));
            if (From(values, a).Squares < From(values, b).Squares) high = b;
            else low = a;
        }
        var found = ((double[])[(low + high) / 2, Least, Most]).MinBy(a => From(values, a).Squares);
        var (level, squares) = From(values, found);
        return (found, level, squares);
    }

    /// <summary>The smoothing from the best start: each error is a constant less the start times (1 − α) to the power of the periods before it.</summary>
    private static (double Level, double Squares) From(IReadOnlyList<double> values, double alpha)
    {
        var (level, weight, top, bottom) = (0.0, 1.0, 0.0, 0.0);
        foreach (var value in values)
        {
            top += (value - level) * weight;
            bottom += weight * weight;
            level += alpha * (value - level);
            weight *= 1 - alpha;
        }
        var start = top / bottom;
        var squares = 0.0;
        level = start;
        foreach (var value in values)
        {
            squares += (value - level) * (value - level);
            level += alpha * (value - level);
        }
        return (level, squares);
    }
}
