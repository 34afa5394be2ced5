using MathNet.Numerics;

namespace Concentric.Measure.Statistics;

/// <summary>Quantiles and tail areas of the distributions that intervals are made of, and quantiles of values that were measured.</summary>
/// <remarks>
/// Areas are those of MathNet.Numerics. Its inverses of beta and gamma stop too early for a relative error of 1e-9, so quantiles are found here,
/// by Newton's steps kept between two bounds that close in.
/// </remarks>
public static class Quantiles
{
    private const int MostSteps = 300;
    private const double Near = 1e-14;

    /// <summary>The value below which a standard normal variable lies with that probability.</summary>
    public static double Normal(double probability)
    {
        var z = MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, probability);
        // One step of Newton on what is left, taken in the smaller tail.
        var left = probability < 0.5 ? 0.5 * SpecialFunctions.Erfc(-z / Constants.Sqrt2) - probability : 1 - probability - 0.5 * SpecialFunctions.Erfc(z / Constants.Sqrt2);
        return z - left * Math.Sqrt(2 * Math.PI) * Math.Exp(z * z / 2);
    }

    /// <summary>The two-sided p value of a standard normal statistic.</summary>
    public static double TwoSided(double z) => SpecialFunctions.Erfc(Math.Abs(z) / Constants.Sqrt2);

    /// <summary>The probability that a beta variable is at most <paramref name="x"/>.</summary>
    public static double BetaBelow(double a, double b, double x) => x <= 0 ? 0 : x >= 1 ? 1 : SpecialFunctions.BetaRegularized(a, b, x);

    /// <summary>The value below which a beta variable lies with that probability.</summary>
    public static double Beta(double a, double b, double probability)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(a);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(b);
        var logBeta = SpecialFunctions.GammaLn(a) + SpecialFunctions.GammaLn(b) - SpecialFunctions.GammaLn(a + b);
        var mean = a / (a + b);
        var start = mean + Normal(probability) * Math.Sqrt(mean * (1 - mean) / (a + b + 1));
        return Solve(x => BetaBelow(a, b, x), x => Math.Exp((a - 1) * Math.Log(x) + (b - 1) * Math.Log(1 - x) - logBeta), probability, 1, start);
    }

    /// <summary>The value below which Student's t lies with that probability.</summary>
    /// <remarks>Where x is the quantile of beta(½ν, ½) for twice the smaller tail, t² = ν(1/x − 1).</remarks>
    public static double StudentT(double freedom, double probability)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(freedom);
        if (probability == 0.5) return 0;
        var x = Beta(freedom / 2, 0.5, 2 * Math.Min(probability, 1 - probability));
        return Math.CopySign(Math.Sqrt(freedom * (1 / x - 1)), probability - 0.5);
    }

    /// <summary>The probability that a gamma variable of that shape and rate 1 is at most <paramref name="x"/>.</summary>
    public static double GammaBelow(double shape, double x) => x <= 0 ? 0 : SpecialFunctions.GammaLowerRegularized(shape, x);

    /// <summary>The value below which a gamma variable of that shape and rate 1 lies with that probability: half a quantile of chi-squared with twice as many degrees of freedom.</summary>
    public static double Gamma(double shape, double probability)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(shape);
        var logGamma = SpecialFunctions.GammaLn(shape);
        // Wilson and Hilferty (1931): the cube root is nearly normal.
        var root = 1 - 1 / (9 * shape) + Normal(probability) / (3 * Math.Sqrt(shape));
        var start = shape * root * root * root;
        var top = 2 * Math.Max(start, shape) + 40;
        while (GammaBelow(shape, top) < probability) top *= 2;
        return Solve(x => GammaBelow(shape, x), x => Math.Exp((shape - 1) * Math.Log(x) - x - logGamma), probability, top, start);
    }

    /// <summary>The value below which that part of sorted values lies, between two of them by the straight line.</summary>
    /// <remarks>Type 7 of R. J. Hyndman and Y. Fan, The American Statistician 50 (1996), 361: what R and spreadsheets do unless told otherwise.</remarks>
    /// <param name="sorted">At least one value, the smallest first.</param>
    /// <param name="part">From 0 to 1: 0.5 for the median.</param>
    public static double OfSorted(IReadOnlyList<double> sorted, double part)
    {
        var at = part * (sorted.Count - 1);
        var below = (int)at;
        return below + 1 >= sorted.Count ? sorted[^1] : sorted[below] + (at - below) * (sorted[below + 1] - sorted[below]);
    }

    private static double Solve(Func<double, double> below, Func<double, double> density, double probability, double top, double start)
    {
        if (probability is not (>= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(probability), "A probability is from 0 to 1.");
        if (probability == 0) return 0;
        if (probability == 1) return top;
        var (low, high) = (0.0, top);
        var x = start > 0 && start < top ? start : top / 2;
        for (var step = 0; step < MostSteps; step++)
        {
            var over = below(x) - probability;
            if (over == 0) return x;
            if (over > 0) high = x;
            else low = x;
            var next = x - over / density(x);
            if (!(next > low && next < high)) next = Between(low, high);
            if (Math.Abs(next - x) <= Near * next) return next;
            x = next;
        }
        return x;
    }

    // Near zero the middle by ratio closes in faster than the middle.
    private static double Between(double low, double high) => low == 0 ? high / 16 : high > 4 * low ? Math.Sqrt(low * high) : (low + high) / 2;
}
