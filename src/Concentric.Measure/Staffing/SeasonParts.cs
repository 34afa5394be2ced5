namespace Concentric.Measure.Staffing;

/// <summary>Seasons as parts of what is usual, by the mean of what each was of a centred moving mean of one season (classical decomposition, as R's <c>decompose</c> has it).</summary>
public static class SeasonParts
{
    /// <summary>The part of each period of a season, 1 on average, the first period of the history first.</summary>
    /// <exception cref="ArgumentException">Less than two seasons, or a value that is not above 0.</exception>
    public static IReadOnlyList<double> Of(IReadOnlyList<double> history, int season)
    {
        if (season < 2 || history.Count < 2 * season) throw new ArgumentException("There must be two seasons of history, of at least two periods each.", nameof(history));
        if (history.Any(v => !(v > 0))) throw new ArgumentException("With seasons as parts every value is above 0.", nameof(history));
        var trend = CentredMean(history, season);
        var parts = Enumerable.Range(0, season).Select(i => Each(i, season, history.Count).Where(t => trend[t] is not null).Average(t => history[t] / trend[t]!.Value)).ToList();
        var mean = parts.Average();
        return parts.ConvertAll(p => p / mean);
    }

    /// <summary>The mean of the season about each period; null at either end. Of an even season the two ends count half each.</summary>
    public static double?[] CentredMean(IReadOnlyList<double> history, int season)
    {
        var (mean, half) = (new double?[history.Count], season / 2);
        for (var t = half; t < history.Count - half; t++)
        {
            var sum = 0.0;
            for (var i = t - half; i <= t + half; i++) sum += history[i];
            mean[t] = (sum - (season % 2 == 0 ? (history[t - half] + history[t + half]) / 2 : 0)) / season;
        }
        return mean;
    }

    private static IEnumerable<int> Each(int first, int step, int count)
    {
        for (var t = first; t < count; t += step) yield return t;
    }
}
