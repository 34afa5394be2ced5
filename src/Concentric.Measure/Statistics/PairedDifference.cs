namespace Concentric.Measure.Statistics;

/// <summary>What the same people said of two things, held against each other one by one.</summary>
/// <param name="Mean">The mean of second less first, with its interval as <see cref="MeanOfScale"/>.</param>
/// <param name="P">The two-sided p value of Wilcoxon's signed ranks; null where nobody said two different things.</param>
public sealed record PairedDifference(MeanOfScale Mean, double? P)
{
    private const int MostExact = 50;

    /// <summary>Second less first of each; null of nobody.</summary>
    /// <exception cref="ArgumentException">Not as many of one as of the other.</exception>
    public static PairedDifference? Of(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        if (first.Count != second.Count) throw new ArgumentException("Each of the first has one of the second.", nameof(second));
        List<double> gaps = [.. first.Zip(second, (a, b) => b - a)];
        return MeanOfScale.Of(gaps) is { } mean ? new(mean, Wilcoxon(gaps)) : null;
    }

    /// <summary>The two-sided p value; null where every difference is 0.</summary>
    /// <remarks>
    /// F. Wilcoxon, Biometrics Bulletin 1 (1945), 80. Differences of 0 are left out; equal ones share their ranks. Exact where there is neither and at most 50; otherwise the normal approximation with the
    /// correction for ties and none for continuity, as scipy has it.
    /// </remarks>
    public static double? Wilcoxon(IReadOnlyList<double> differences)
    {
        var sizes = differences.Where(d => d != 0).OrderBy(Math.Abs).ToList();
        var n = sizes.Count;
        if (n == 0) return null;
        var (positive, ties) = (0.0, 0.0);
        for (var i = 0; i < n;)
        {
            var end = i + 1;
            // Differences of decimals: equal but for the last digits.
            while (end < n && Math.Abs(Math.Abs(sizes[end]) - Math.Abs(sizes[i])) <= 1e-9 * Math.Abs(sizes[i])) end++;
            var (rank, equal) = ((i + 1 + end) / 2.0, end - i);
            positive += rank * sizes.GetRange(i, equal).Count(d => d > 0);
            ties += (double)equal * equal * equal - equal;
            i = end;
        }
        var all = n * (n + 1) / 2.0;
        var smaller = Math.Min(positive, all - positive);
        if (ties == 0 && n == differences.Count && n <= MostExact) return Math.Min(1, 2 * AtMost(n, (int)smaller));
        var spread = Math.Sqrt((n * (n + 1.0) * (2 * n + 1) - ties / 2) / 24);
        return Quantiles.TwoSided((smaller - all / 2) / spread);
    }

    /// <summary>The probability that the ranks with one sign sum to at most that, when each sign is a coin.</summary>
    private static double AtMost(int n, int sum)
    {
        var ways = new double[n * (n + 1) / 2 + 1];
        ways[0] = 1;
        for (var rank = 1; rank <= n; rank++)
            for (var s = ways.Length - 1; s >= rank; s--) ways[s] += ways[s - rank];
        return ways.Take(sum + 1).Sum() / Math.Pow(2, n);
    }
}
