namespace Concentric.Measure.Statistics;

/// <summary>Intervals for all parts of one whole together: in 95 of 100 samples every one of them holds.</summary>
public static class SimultaneousShares
{
    /// <summary>Goodman's intervals, one for each count. They hold at small n and at none too, where those of Sison and Glaz may not be found at all.</summary>
    /// <remarks>L. A. Goodman, Technometrics 7 (1965), 247: Wilson's interval with the chi-squared quantile of 0.05 / k.</remarks>
    /// <exception cref="ArgumentException">Nothing was counted.</exception>
    public static IReadOnlyList<Interval> Goodman(IReadOnlyList<long> counts)
    {
        var n = counts.Sum();
        if (n == 0) throw new ArgumentException("Nothing was counted.", nameof(counts));
        var z = Confidence.ZTogether(counts.Count);
        return [.. counts.Select(c => BinomialIntervals.Wilson(c, n, z))];
    }
}
