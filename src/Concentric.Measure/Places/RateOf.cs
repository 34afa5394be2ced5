using MathNet.Numerics.Distributions;

namespace Concentric.Measure.Places;

/// <summary>A rate of a count over a population, with its 95 per cent interval.</summary>
/// <param name="Value">Per <paramref name="Per"/>.</param>
public readonly record struct RateOf(double Value, double Low, double High, int Per)
{
    private const int ExactBelow = 10;

    /// <summary>The rate; null where nobody lives there.</summary>
    /// <param name="count">What was counted, taken as Poisson.</param>
    /// <param name="population">Exact, not a sample.</param>
    public static RateOf? Of(long count, long population, int per = 1000)
    {
        if (population <= 0) return null;
        var (low, high) = Interval(count);
        return new((double)count * per / population, low * per / population, high * per / population, per);
    }

    /// <summary>The 95 per cent interval of a Poisson count: exact by chi-squared below 10 (F. Garwood, Biometrika 28, 1936), from there Byar's approximation (Breslow and Day 1987, volume II, page 69).</summary>
    public static (double Low, double High) Interval(long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (count < ExactBelow) return (count == 0 ? 0 : ChiSquared.InvCDF(2 * count, 0.025) / 2, ChiSquared.InvCDF(2 * count + 2, 0.975) / 2);
        var (o, z) = ((double)count, Core.Share.Z95);
        return (o * Cube(1 - 1 / (9 * o) - z / (3 * Math.Sqrt(o))), (o + 1) * Cube(1 - 1 / (9 * (o + 1)) + z / (3 * Math.Sqrt(o + 1))));
    }

    private static double Cube(double x) => x * x * x;
}
