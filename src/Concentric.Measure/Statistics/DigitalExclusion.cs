namespace Concentric.Measure.Statistics;

/// <summary>A score of how much stands between the people of an area and the web, from indicators of the area.</summary>
/// <remarks>
/// The way of the Digital Exclusion Risk Index of the Greater Manchester Combined Authority: each indicator is scaled from 0 (the least of these areas) to 10
/// (the most), then weighted. Scores hold within the areas that were scaled together and nowhere else, and are of places, never of a person.
/// </remarks>
public static class DigitalExclusion
{
    /// <summary>Each indicator of each area scaled from 0 to 10. An indicator that is the same everywhere is 0 everywhere.</summary>
    /// <param name="areas">A row for each area, a column for each indicator; larger means more excluded.</param>
    public static double[][] Scaled(IReadOnlyList<double[]> areas)
    {
        if (areas.Count == 0) return [];
        var indicators = areas[0].Length;
        var (low, high) = (new double[indicators], new double[indicators]);
        for (var i = 0; i < indicators; i++) (low[i], high[i]) = (areas.Min(a => a[i]), areas.Max(a => a[i]));
        return [.. areas.Select(a => a.Select((value, i) => high[i] > low[i] ? 10 * (value - low[i]) / (high[i] - low[i]) : 0).ToArray())];
    }

    /// <summary>The score of each area, 0 to 10: the weighted mean of its scaled indicators.</summary>
    /// <param name="weights">One for each indicator; they need not add up to 1.</param>
    public static double[] Scores(IReadOnlyList<double[]> areas, IReadOnlyList<double> weights)
    {
        if (areas.Any(a => a.Length != weights.Count)) throw new ArgumentException("There is a weight for each indicator.", nameof(weights));
        var all = weights.Sum();
        if (!(all > 0) || weights.Any(w => w < 0)) throw new ArgumentException("Weights are not negative, and not all 0.", nameof(weights));
        return [.. Scaled(areas).Select(a => a.Zip(weights, (value, weight) => value * weight).Sum() / all)];
    }
}
