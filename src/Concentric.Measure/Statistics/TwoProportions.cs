namespace Concentric.Measure.Statistics;

/// <summary>Two shares held against each other. Their difference by Newcombe's interval is <see cref="Core.Share.Difference"/>, which pages show.</summary>
/// <param name="X1">How many of the first.</param>
/// <param name="N1">Of how many.</param>
/// <param name="X2">How many of the second.</param>
/// <param name="N2">Of how many.</param>
public readonly record struct TwoProportions(double X1, double N1, double X2, double N2)
{
    private double P1 => X1 / N1;

    private double P2 => X2 / N2;

    /// <summary>The first share as a multiple of the second; infinite where the second is 0, not a number where both are.</summary>
    public double Ratio => P1 / P2;

    /// <summary>The interval of the ratio on a log scale; null where either count is 0.</summary>
    /// <remarks>D. Katz and others, Biometrics 34 (1978), 469.</remarks>
    public Interval? RatioByLog(double z = Confidence.Z95)
    {
        if (X1 == 0 || X2 == 0) return null;
        var reach = z * Math.Sqrt(1 / X1 - 1 / N1 + 1 / X2 - 1 / N2);
        return new(Ratio * Math.Exp(-reach), Ratio * Math.Exp(reach));
    }

    /// <summary>As <see cref="RatioByLog"/> with ½ added to each count, so that it is there at 0.</summary>
    public Interval RatioByLogAdjusted(double z = Confidence.Z95) => new TwoProportions(X1 + 0.5, N1 + 0.5, X2 + 0.5, N2 + 0.5).RatioByLog(z)!.Value;

    /// <summary>The score interval of the ratio: there at 0 too; without an upper end (infinite) where the second count is 0.</summary>
    /// <remarks>O. Miettinen and M. Nurminen, Statistics in Medicine 4 (1985), 213, with their factor N/(N−1). The chi-squared statistic is inverted.</remarks>
    public Interval RatioByScore(double z = Confidence.Z95)
    {
        var it = this;
        var centre = X1 > 0 && X2 > 0 ? Math.Log(Ratio) : 0;
        var low = X1 == 0 ? 0 : Math.Exp(Falling(t => it.RatioScore(Math.Exp(t)) - z, centre - 30, centre + 30));
        var high = X2 == 0 ? double.PositiveInfinity : Math.Exp(Falling(t => it.RatioScore(Math.Exp(t)) + z, centre - 30, centre + 30));
        return new(low, high);
    }

    /// <summary>The interval of the difference that is taught first. Too narrow for small counts and empty at 0 and at all: to compare with, not to show.</summary>
    public Interval DifferenceByWald(double z = Confidence.Z95)
    {
        var reach = z * Math.Sqrt(P1 * (1 - P1) / N1 + P2 * (1 - P2) / N2);
        return new(P1 - P2 - reach, P1 - P2 + reach);
    }

    /// <summary>As <see cref="DifferenceByWald"/> with one more of each kind in each. It may leave −1 to 1.</summary>
    /// <remarks>A. Agresti and B. Caffo, American Statistician 54 (2000), 280.</remarks>
    public Interval DifferenceByAgrestiCaffo(double z = Confidence.Z95) => new TwoProportions(X1 + 1, N1 + 2, X2 + 1, N2 + 2).DifferenceByWald(z);

    /// <summary>The score interval of the difference.</summary>
    /// <remarks>Miettinen and Nurminen (1985), with their factor N/(N−1).</remarks>
    public Interval DifferenceByScore(double z = Confidence.Z95)
    {
        var it = this;
        return new(Falling(d => it.DifferenceScore(d) - z, -1, P1 - P2), Falling(d => it.DifferenceScore(d) + z, P1 - P2, 1));
    }

    /// <summary>The two-sided p value of the hypothesis that both shares are the same: Pearson's chi-squared without correction.</summary>
    public double P()
    {
        var pooled = (X1 + X2) / (N1 + N2);
        return pooled is 0 or 1 ? 1 : Quantiles.TwoSided((P1 - P2) / Math.Sqrt(pooled * (1 - pooled) * (1 / N1 + 1 / N2)));
    }

    /// <summary>How many standard errors the ratio seen is above <paramref name="ratio"/>, with the shares that fit it best.</summary>
    internal double RatioScore(double ratio)
    {
        var (n, x) = (N1 + N2, X1 + X2);
        var b = ratio * (N1 + X2) + X1 + N2;
        // The smaller root, in the form that loses nothing.
        var second = 2 * x / (b + Math.Sqrt(Math.Max(0, b * b - 4 * n * ratio * x)));
        var first = Math.Min(1, second * ratio);
        var variance = (first * (1 - first) / N1 + ratio * ratio * second * (1 - second) / N2) * n / (n - 1);
        return Standardised(P1 - ratio * P2, variance);
    }

    /// <summary>How many standard errors the difference seen is above <paramref name="difference"/>, with the shares that fit it best.</summary>
    internal double DifferenceScore(double difference)
    {
        var (n, x, d) = (N1 + N2, X1 + X2, difference);
        // The likelihood equation in the second share is a cubic with one root that is a pair of shares.
        var (l2, l1, l0) = ((N1 + 2 * N2) * d - n - x, (N2 * d - n - 2 * X2) * d + x, X2 * d * (1 - d));
        var q = Math.Pow(l2 / (3 * n), 3) - l1 * l2 / (6 * n * n) + l0 / (2 * n);
        var p = Math.CopySign(Math.Sqrt(Math.Max(0, l2 / (3 * n) * (l2 / (3 * n)) - l1 / (3 * n))), q);
        var angle = p == 0 ? Math.PI / 2 : (Math.PI + Math.Acos(Math.Clamp(q / (p * p * p), -1, 1))) / 3;
        var second = Math.Clamp(2 * p * Math.Cos(angle) - l2 / (3 * n), Math.Max(0, -d), Math.Min(1, 1 - d));
        var first = Math.Clamp(second + d, 0, 1);
        return Standardised(P1 - P2 - d, (first * (1 - first) / N1 + second * (1 - second) / N2) * n / (n - 1));
    }

    private static double Standardised(double above, double variance) =>
        variance > 0 ? above / Math.Sqrt(variance) : above == 0 ? 0 : above > 0 ? double.PositiveInfinity : double.NegativeInfinity;

    /// <summary>Where a falling function crosses 0.</summary>
    private static double Falling(Func<double, double> f, double low, double high)
    {
        if (f(high) > 0) return high;
        for (var i = 0; i < 200; i++)
        {
            var middle = (low + high) / 2;
            if (middle == low || middle == high) break;
            if (f(middle) > 0) low = middle;
            else high = middle;
        }
        return (low + high) / 2;
    }
}
