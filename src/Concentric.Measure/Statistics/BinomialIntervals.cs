namespace Concentric.Measure.Statistics;

/// <summary>Intervals for a share: how many of how many.</summary>
public static class BinomialIntervals
{
    /// <summary>The score interval. For 95 per cent it is that of <see cref="Core.Share"/>.</summary>
    /// <remarks>E. B. Wilson, Journal of the American Statistical Association 22 (1927), 209, without continuity correction.</remarks>
    /// <param name="z">The standard normal quantile: 1.96 for 95 per cent.</param>
    public static Interval Wilson(long part, long whole, double z = Confidence.Z95)
    {
        Check(part, whole);
        var (n, p, zz) = ((double)whole, (double)part / whole, z * z);
        var centre = (p + zz / (2 * n)) / (1 + zz / n);
        var reach = z / (1 + zz / n) * Math.Sqrt(p * (1 - p) / n + zz / (4 * n * n));
        return new(part == 0 ? 0 : Math.Max(0, centre - reach), part == whole ? 1 : Math.Min(1, centre + reach));
    }

    /// <summary>The exact interval: never less sure than it says, and so wider than needed.</summary>
    /// <remarks>C. J. Clopper and E. S. Pearson, Biometrika 26 (1934), 404, by quantiles of beta.</remarks>
    public static Interval ClopperPearson(long part, long whole, double tail = Confidence.Tail95)
    {
        Check(part, whole);
        return new(part == 0 ? 0 : Quantiles.Beta(part, whole - part + 1, tail), part == whole ? 1 : Quantiles.Beta(part + 1, whole - part, 1 - tail));
    }

    /// <summary>The interval of equal tails under Jeffreys' prior, with 0 at none and 1 at all.</summary>
    /// <remarks>L. D. Brown, T. T. Cai and A. DasGupta, Statistical Science 16 (2001), 101.</remarks>
    public static Interval Jeffreys(long part, long whole, double tail = Confidence.Tail95)
    {
        Check(part, whole);
        return new(part == 0 ? 0 : Quantiles.Beta(part + 0.5, whole - part + 0.5, tail), part == whole ? 1 : Quantiles.Beta(part + 0.5, whole - part + 0.5, 1 - tail));
    }

    internal static void Check(long part, long whole)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(part);
        ArgumentOutOfRangeException.ThrowIfLessThan(whole, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(part, whole);
    }
}
