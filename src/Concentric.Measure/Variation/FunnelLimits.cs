using Concentric.Measure.Statistics;
using MathNet.Numerics;

namespace Concentric.Measure.Variation;

/// <summary>What the units of a funnel are compared by.</summary>
public enum FunnelKind
{
    /// <summary>A share: so many of so many.</summary>
    Share,

    /// <summary>A rate: events to a size that is no count of possible events, as contacts to households.</summary>
    Rate,
}

/// <summary>Where a unit of some size lies by chance alone, around what all have in common. Exact, so never below 0 or, for a share, above 1.</summary>
/// <remarks>
/// D. J. Spiegelhalter, Statistics in Medicine 24 (2005), 1185. Share: r = the p quantile of the binomial, α = (F(r) − p) / (F(r) − F(r − 1)), limit (r − α) / n.
/// Rate: the p quantile of the gamma of E for the lower and E + 1 for the upper limit, which are χ²(2E)/2 and χ²(2E + 2)/2, over the size.
/// </remarks>
public static class FunnelLimits
{
    /// <summary>Probability below the lower of the inner limits: 95 per cent lie between them.</summary>
    public const double Inner = 0.025;

    /// <summary>Probability below the lower of the outer limits: 99.8 per cent lie between them.</summary>
    public const double Outer = 0.001;

    /// <param name="centre">What all units have in common: a share from 0 to 1, or events to a size of 1.</param>
    /// <param name="size">What the unit was counted out of, above 0.</param>
    /// <param name="tail">Probability beyond each limit.</param>
    public static Interval Exact(FunnelKind kind, double centre, double size, double tail)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        ArgumentOutOfRangeException.ThrowIfNegative(centre);
        if (kind == FunnelKind.Rate) return centre == 0 ? new(0, 0) : new(Quantiles.Gamma(centre * size, tail) / size, Quantiles.Gamma(centre * size + 1, 1 - tail) / size);
        return centre is <= 0 or >= 1 ? new(Math.Clamp(centre, 0, 1), Math.Clamp(centre, 0, 1)) : new(Binomial(centre, (long)size, tail), Binomial(centre, (long)size, 1 - tail));
    }

    /// <summary>Limits widened for units that differ by more than chance: the transformed centre ± z √(s² + τ²), taken back.</summary>
    /// <remarks>
    /// Shares on the arcsine scale, rates on that of the square root. An angle is kept from 0 to π/2 and a root above 0 before it is taken back: beyond these the square turns round,
    /// and an outer limit would lie within an inner one.
    /// </remarks>
    public static Interval Widened(FunnelKind kind, double centre, double size, double tail, double tau2)
    {
        var reach = -Quantiles.Normal(tail) * Math.Sqrt(Variance(size) + tau2);
        var middle = Transform(kind, centre);
        return new(Back(kind, middle - reach), Back(kind, middle + reach));
    }

    /// <summary>The scale on which units vary alike whatever they are around.</summary>
    internal static double Transform(FunnelKind kind, double value) => kind == FunnelKind.Share ? Math.Asin(Math.Sqrt(value)) : Math.Sqrt(value);

    /// <summary>Variance of a transformed value by chance alone: 1 / 4n on either scale.</summary>
    internal static double Variance(double size) => 1 / (4 * size);

    private static double Back(FunnelKind kind, double transformed)
    {
        var kept = kind == FunnelKind.Share ? Math.Clamp(transformed, 0, Math.PI / 2) : Math.Max(0, transformed);
        return kind == FunnelKind.Share ? Math.Pow(Math.Sin(kept), 2) : kept * kept;
    }

    private static double Binomial(double share, long n, double probability)
    {
        // At most r of n: the least r that reaches the probability, by halving.
        double Below(long r) => r < 0 ? 0 : r >= n ? 1 : 1 - Quantiles.BetaBelow(r + 1, n - r, share);
        var (low, high) = (-1L, n);
        while (high - low > 1)
        {
            var middle = low + (high - low) / 2;
            if (Below(middle) >= probability) high = middle;
            else low = middle;
        }
        var part = Math.Exp(SpecialFunctions.GammaLn(n + 1) - SpecialFunctions.GammaLn(high + 1) - SpecialFunctions.GammaLn(n - high + 1) + high * Math.Log(share) + (n - high) * Math.Log(1 - share));
        var rest = part > 0 ? (Below(high) - probability) / part : 0;
        return Math.Clamp((high - rest) / n, 0, 1);
    }
}
