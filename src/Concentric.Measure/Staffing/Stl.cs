namespace Concentric.Measure.Staffing;

/// <summary>A history taken apart: what comes back each season, how the whole moves, and what is left.</summary>
/// <remarks>
/// R. B. Cleveland, W. S. Cleveland, J. E. McRae and I. Terpenning, Journal of Official Statistics 6 (1990), 3, with a season that is the same throughout, two inner rounds and no robustness weights,
/// as R's <c>stl</c> has it with <c>s.window = "periodic"</c>.
/// </remarks>
public sealed record Stl(IReadOnlyList<double> Seasonal, IReadOnlyList<double> Trend, IReadOnlyList<double> Remainder)
{
    private const int Rounds = 2;

    /// <exception cref="ArgumentException">Not more than two seasons, or seasons of one period.</exception>
    public static Stl Of(IReadOnlyList<double> history, int season)
    {
        if (season < 2 || history.Count <= 2 * season) throw new ArgumentException("There must be more than two seasons of history, of at least two periods each.", nameof(history));
        var n = history.Count;
        var window = 10 * n + 1;
        var (ofSeason, ofTrend, low) = (new Loess(window, 0), new Loess(Odd((int)Math.Ceiling(1.5 * season / (1 - 1.5 / window))), 1), new Loess(Odd(season), 1));
        var (seasonal, trend) = (new double[n], new double[n]);
        for (var round = 0; round < Rounds; round++)
        {
            var cycles = Cycles(history, trend, season, ofSeason);
            var level = low.Smooth(Moving(Moving(Moving(cycles, season), season), 3));
            for (var i = 0; i < n; i++) seasonal[i] = cycles[season + i] - level[i];
            trend = ofTrend.Smooth([.. history.Select((v, i) => v - seasonal[i])]);
        }
        // The same season throughout: the mean of each of its periods.
        var mean = Enumerable.Range(0, season).Select(k => Enumerable.Range(0, n).Where(i => i % season == k).Average(i => seasonal[i])).ToList();
        return new([.. Enumerable.Range(0, n).Select(i => mean[i % season])], trend, [.. history.Select((v, i) => v - mean[i % season] - trend[i])]);
    }

    /// <summary>Each period of the season as a series of its own, smoothed and carried on by one season at either end.</summary>
    private static double[] Cycles(IReadOnlyList<double> history, double[] trend, int season, Loess smoother)
    {
        var whole = new double[history.Count + 2 * season];
        for (var k = 0; k < season; k++)
        {
            var own = new List<double>();
            for (var i = k; i < history.Count; i += season) own.Add(history[i] - trend[i]);
            var smooth = smoother.Smooth(own);
            whole[k] = smoother.At(own, -1, 0);
            for (var j = 0; j < smooth.Length; j++) whole[(j + 1) * season + k] = smooth[j];
            whole[(own.Count + 1) * season + k] = smoother.At(own, own.Count, Math.Max(0, own.Count - smoother.Window));
        }
        return whole;
    }

    private static double[] Moving(double[] values, int length)
    {
        var means = new double[values.Length - length + 1];
        var sum = values.Take(length).Sum();
        for (var i = 0; ; i++)
        {
            means[i] = sum / length;
            if (i + length >= values.Length) return means;
            sum += values[i + length] - values[i];
        }
    }

    private static int Odd(int length) => length % 2 == 0 ? length + 1 : length;
}
