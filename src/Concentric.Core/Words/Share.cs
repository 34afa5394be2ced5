namespace Concentric.Core;

/// <summary>A share of a whole with its 95 per cent interval: 30 of 200 contacts.</summary>
/// <param name="Part">How many.</param>
/// <param name="Whole">Of how many.</param>
/// <param name="Low">Lower end of the interval, 0 to 1.</param>
/// <param name="High">Upper end of the interval, 0 to 1.</param>
/// <remarks>The score interval of E. B. Wilson, Journal of the American Statistical Association 22 (1927), without continuity correction: it never leaves 0 to 1, and holds at 0 and at all.</remarks>
public readonly record struct Share(long Part, long Whole, double Low, double High)
{
    /// <summary>The standard normal quantile of 0.975.</summary>
    public const double Z95 = 1.959963984540054;

    /// <summary>The share itself, 0 to 1.</summary>
    public double Value => (double)Part / Whole;

    /// <summary>The share, or null of an empty whole: nothing of nothing is no share.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Part is negative or larger than the whole.</exception>
    public static Share? Of(long part, long whole)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(part);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(part, whole);
        if (whole == 0) return null;
        var (n, p, zz) = ((double)whole, (double)part / whole, Z95 * Z95);
        var centre = (p + zz / (2 * n)) / (1 + zz / n);
        var reach = Z95 / (1 + zz / n) * Math.Sqrt(p * (1 - p) / n + zz / (4 * n * n));
        return new(part, whole, part == 0 ? 0 : Math.Max(0, centre - reach), part == whole ? 1 : Math.Min(1, centre + reach));
    }

    /// <summary>How much larger the first share is than the second, with its 95 per cent interval (−1 to 1).</summary>
    /// <remarks>Hybrid score interval: R. G. Newcombe, Statistics in Medicine 17 (1998), 873, method 10.</remarks>
    public static (double Difference, double Low, double High) Difference(Share first, Share second)
    {
        var difference = first.Value - second.Value;
        var low = Math.Sqrt(Square(first.Value - first.Low) + Square(second.High - second.Value));
        var high = Math.Sqrt(Square(first.High - first.Value) + Square(second.Value - second.Low));
        return (difference, difference - low, difference + high);
    }

    private static double Square(double x) => x * x;
}
