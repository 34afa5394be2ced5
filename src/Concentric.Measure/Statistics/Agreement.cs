namespace Concentric.Measure.Statistics;

/// <summary>How far two who coded the same contacts agree beyond chance: Cohen's kappa.</summary>
/// <param name="N">Contacts that both coded.</param>
/// <param name="Observed">Share on which they agree.</param>
/// <param name="Expected">Share on which they would agree by chance, each keeping to how often they use a code.</param>
/// <param name="Kappa">(observed − expected)/(1 − expected); null where both used one code alone, which says nothing.</param>
/// <param name="StandardError">By the formula for large samples; null where kappa is.</param>
/// <remarks>J. Cohen, Educational and Psychological Measurement 20 (1960), 37; error: J. L. Fleiss, J. Cohen and B. S. Everitt, Psychological Bulletin 72 (1969), 323.</remarks>
public sealed record Agreement(long N, double Observed, double Expected, double? Kappa, double? StandardError)
{
    /// <summary>From here on a code is held to be shared well enough to be counted (methods.md section 4).</summary>
    public const double Enough = 0.6;

    /// <summary>95 per cent, within −1 to 1. Where the two agree on all the error is nought, which is too little to believe of a sample: the lower end is then that of Wilson's interval for the agreement.</summary>
    public Interval? Interval => Kappa is not null && Observed >= 1 ? new((BinomialIntervals.Wilson(N, N).Low - Expected) / (1 - Expected), 1)
        : Kappa is { } k && StandardError is { } e ? new(Math.Max(-1, k - Confidence.Z95 * e), Math.Min(1, k + Confidence.Z95 * e)) : null;

    /// <param name="table">Contacts by the first coder's code (row) and the second's (column); as many rows as columns.</param>
    /// <exception cref="ArgumentException">The table is not square, or holds a negative count.</exception>
    public static Agreement? Of(IReadOnlyList<IReadOnlyList<long>> table)
    {
        if (table.Any(r => r.Count != table.Count || r.Any(c => c < 0))) throw new ArgumentException("A table of agreement has as many rows as columns, and counts in it.", nameof(table));
        double n = table.Sum(r => r.Sum());
        if (n == 0) return null;
        var codes = Enumerable.Range(0, table.Count).ToArray();
        double P(int i, int j) => table[i][j] / n;
        var first = codes.Select(i => codes.Sum(j => P(i, j))).ToArray();
        var second = codes.Select(j => codes.Sum(i => P(i, j))).ToArray();
        var (observed, expected) = (codes.Sum(i => P(i, i)), codes.Sum(i => first[i] * second[i]));
        if (expected >= 1 - 1e-12) return new((long)n, observed, expected, null, null);
        var kappa = (observed - expected) / (1 - expected);
        var agree = codes.Sum(i => P(i, i) * Square(1 - (first[i] + second[i]) * (1 - kappa)));
        var differ = Square(1 - kappa) * codes.Sum(i => codes.Where(j => j != i).Sum(j => P(i, j) * Square(second[i] + first[j])));
        var variance = (agree + differ - Square(kappa - expected * (1 - kappa))) / (n * Square(1 - expected));
        return new((long)n, observed, expected, kappa, Math.Sqrt(Math.Max(0, variance)));
    }

    private static double Square(double x) => x * x;
}
