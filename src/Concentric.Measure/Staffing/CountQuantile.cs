namespace Concentric.Measure.Staffing;

/// <summary>How many may come where so many are expected.</summary>
public static class CountQuantile
{
    /// <summary>The least count that is not exceeded with that probability: of a negative binomial count where the spread is above 1, otherwise of a Poisson count.</summary>
    /// <param name="mean">Expected; 0 gives 0.</param>
    /// <param name="spread">Variance over mean.</param>
    /// <remarks>With mean m and variance φm, P(0) = φ^(−m/(φ−1)) and P(k+1) = P(k) · (m + k(φ−1)) / (φ(k+1)); the same recursion is Poisson's as φ goes to 1. Added up in logarithms, so that large means do not vanish.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">A mean below 0 or above a million, or a probability outside 0 to less than 1.</exception>
    public static int Of(double mean, double spread, double probability)
    {
        if (mean is not (>= 0 and <= 1e6)) throw new ArgumentOutOfRangeException(nameof(mean), "The mean is from 0 to a million.");
        if (probability is not (>= 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(probability), "A probability is from 0 to less than 1.");
        if (mean == 0) return 0;
        var more = Math.Max(0, spread - 1);
        var phi = 1 + more;
        var log = more < 1e-9 ? -mean : -mean / more * Math.Log(phi);
        var below = Math.Exp(log);
        var k = 0;
        for (; below < probability && k < 10_000_000; k++)
        {
            log += Math.Log((mean + k * more) / (phi * (k + 1)));
            below += Math.Exp(log);
        }
        return k;
    }
}
