namespace Concentric.Measure.Statistics;

/// <summary>Whether a share can be what it is said to be.</summary>
public static class BinomialTest
{
    /// <summary>How much larger a probability may be and still count as the same.</summary>
    private const double Same = 1 + 1e-7;

    /// <summary>The exact two-sided p value: the probability of all outcomes that are no likelier than what was seen.</summary>
    /// <param name="part">How many were seen.</param>
    /// <param name="whole">Of how many.</param>
    /// <param name="share">The share that is put to the test, 0 to 1.</param>
    /// <remarks>The definition of R's <c>binom.test</c>, by the probabilities of C. Loader, Fast and Accurate Computation of Binomial Probabilities (2000).</remarks>
    public static double TwoSided(long part, long whole, double share)
    {
        BinomialIntervals.Check(part, whole);
        if (share is not (>= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(share), "A share is from 0 to 1.");
        if (share == 0) return part == 0 ? 1 : 0;
        if (share == 1) return part == whole ? 1 : 0;
        var expected = whole * share;
        if (part == expected) return 1;
        var most = Probability(part, whole, share) * Same;
        var below = part < expected;
        // The tail that was seen in, and on the other side all that is no likelier.
        var seen = Tail(part, whole, share, below);
        var other = FirstNoLikelier(whole, share, expected, most, above: below);
        var rest = other is >= 0 && other <= whole ? Tail(other, whole, share, !below) : 0;
        return Math.Min(1, seen + rest);
    }

    /// <summary>The probability of exactly that many.</summary>
    public static double Probability(long part, long whole, double share)
    {
        var (x, n, p, q) = ((double)part, (double)whole, share, 1 - share);
        if (part == 0) return Math.Exp(n * LogOneMinus(p));
        if (part == whole) return Math.Exp(n * Math.Log(p));
        var exponent = Stirling(n) - Stirling(x) - Stirling(n - x) - Deviance(x, n * p) - Deviance(n - x, n * q);
        return Math.Exp(exponent) * Math.Sqrt(n / (2 * Math.PI * x * (n - x)));
    }

    /// <summary>The sum from there outwards. Terms fall by ever smaller ratios, so it ends early.</summary>
    private static double Tail(long from, long whole, double share, bool downwards)
    {
        var odds = share / (1 - share);
        var (term, sum) = (Probability(from, whole, share), 0.0);
        for (var k = from; k >= 0 && k <= whole; k += downwards ? -1 : 1)
        {
            sum += term;
            if (term < sum * 1e-18) break;
            term *= downwards ? k / ((whole - k + 1) * odds) : (whole - k) * odds / (k + 1);
        }
        return sum;
    }

    /// <summary>On the other side of what is expected, the outcome nearest to it that is no likelier; outside 0 to the whole where there is none.</summary>
    private static long FirstNoLikelier(long whole, double share, double expected, double most, bool above)
    {
        // Probabilities fall steadily away from what is expected.
        var (near, far) = above ? ((long)Math.Ceiling(expected), whole) : ((long)Math.Floor(expected), 0L);
        if (Probability(far, whole, share) > most) return above ? whole + 1 : -1;
        while (near != far)
        {
            var middle = above ? near + (far - near) / 2 : near - (near - far) / 2;
            if (Probability(middle, whole, share) <= most) far = middle;
            else near = above ? middle + 1 : middle - 1;
        }
        return far;
    }

    /// <summary>What Stirling's formula leaves of ln n!.</summary>
    private static double Stirling(double n)
    {
        if (n < 16) return MathNet.Numerics.SpecialFunctions.FactorialLn((int)n) - (n + 0.5) * Math.Log(n) + n - 0.5 * Math.Log(2 * Math.PI);
        var nn = n * n;
        return (1 / 12.0 - (1 / 360.0 - (1 / 1260.0 - (1 / 1680.0 - 1 / 1188.0 / nn) / nn) / nn) / nn) / n;
    }

    /// <summary>x ln(x/m) + m − x, without loss where x is near m.</summary>
    private static double Deviance(double x, double m)
    {
        if (Math.Abs(x - m) >= 0.1 * (x + m)) return x * Math.Log(x / m) + m - x;
        var v = (x - m) / (x + m);
        var (sum, term) = ((x - m) * v, 2 * x * v);
        for (var j = 1; j < 1000; j++)
        {
            term *= v * v;
            var next = sum + term / (2 * j + 1);
            if (next == sum) break;
            sum = next;
        }
        return sum;
    }

    private static double LogOneMinus(double p) => p > 0.01 ? Math.Log(1 - p) : -p - p * p * (0.5 + p * (1 / 3.0 + p * (0.25 + p * (0.2 + p * (1 / 6.0 + p * (1 / 7.0 + p / 8))))));
}
