namespace Concentric.Measure.Statistics;

/// <summary>Intervals for a count of events that happen independently, such as requests of an area.</summary>
public static class PoissonLimits
{
    /// <summary>Up to this count Byar's limits are not near enough, and exact ones are taken.</summary>
    private const long Few = 10;

    /// <summary>Limits that need no table: very near to exact from about 10 events on.</summary>
    /// <remarks>Byar's formula as in N. E. Breslow and N. E. Day, Statistical Methods in Cancer Research II (1987), 69. Of no events it says 0 at the lower end.</remarks>
    public static Interval Byar(double count, double z = Confidence.Z95)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        static double Cube(double x) => x * x * x;
        var more = count + 1;
        return new(
            count == 0 ? 0 : Math.Max(0, count * Cube(1 - 1 / (9 * count) - z / (3 * Math.Sqrt(count)))),
            more * Cube(1 - 1 / (9 * more) + z / (3 * Math.Sqrt(more))));
    }

    /// <summary>Exact limits, by quantiles of chi-squared.</summary>
    /// <remarks>F. Garwood, Biometrika 28 (1936), 437.</remarks>
    public static Interval Exact(double count, double tail = Confidence.Tail95)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return new(count == 0 ? 0 : Quantiles.Gamma(count, tail), Quantiles.Gamma(count + 1, 1 - tail));
    }

    /// <summary>The interval of one rate as a multiple of another, of 95 per cent, on a log scale; with ½ added to both counts where one is 0.</summary>
    public static Interval RateRatio(double count1, double population1, double count2, double population2)
    {
        if (count1 == 0 || count2 == 0) (count1, count2) = (count1 + 0.5, count2 + 0.5);
        var (ratio, reach) = (count1 / population1 / (count2 / population2), Confidence.Z95 * Math.Sqrt(1 / count1 + 1 / count2));
        return new(ratio * Math.Exp(-reach), ratio * Math.Exp(reach));
    }

    /// <summary>Exact limits below 10 events, Byar's from 10 on: the practice of public health statistics in England.</summary>
    public static Interval Of(double count) => count < Few ? Exact(count) : Byar(count);
}
