namespace Concentric.Needs.Anticipation.Figures;

/// <summary>Whether two things go together more than chance would bring about.</summary>
internal static class Fisher
{
    /// <summary>
    /// Fisher's exact test, one-sided: the chance of at least that many with both, were the two independent and the totals as they are (R. Fisher,
    /// Statistical Methods for Research Workers, 1934). The hypergeometric tail, each term from the one before.
    /// </summary>
    /// <param name="both">Observations with both.</param>
    /// <param name="first">Observations with the first.</param>
    /// <param name="second">Observations with the second.</param>
    /// <param name="all">All observations.</param>
    public static double Greater(long both, long first, long second, long all)
    {
        var most = Math.Min(first, second);
        var least = Math.Max(0, first + second - all);
        if (both <= least) return 1;
        if (both > most) return 0;
        var term = Math.Exp(LogChoose(second, both) + LogChoose(all - second, first - both) - LogChoose(all, first));
        var sum = term;
        for (var k = both; k < most && term > sum * 1e-17; k++)
        {
            term *= (double)(second - k) * (first - k) / ((double)(k + 1) * (all - second - first + k + 1));
            sum += term;
        }
        return Math.Min(1, sum);
    }

    /// <summary>Which of many tests hold when at most that share of the findings may be false (Y. Benjamini and Y. Hochberg, JRSS B 57, 1995).</summary>
    public static bool[] BenjaminiHochberg(IReadOnlyList<double> p, double falseShare = 0.05)
    {
        var order = Enumerable.Range(0, p.Count).OrderBy(i => p[i]).ToList();
        var last = -1;
        for (var i = 0; i < order.Count; i++)
            if (p[order[i]] <= falseShare * (i + 1) / order.Count) last = i;
        var holds = new bool[p.Count];
        for (var i = 0; i <= last; i++) holds[order[i]] = true;
        return holds;
    }

    private static double LogChoose(long n, long k) => LogFactorial(n) - LogFactorial(k) - LogFactorial(n - k);

    /// <summary>ln n!: exact sums up to 255, then Stirling's series (Abramowitz and Stegun 6.1.41), good to the last digit there.</summary>
    internal static double LogFactorial(long n)
    {
        if (n < Small.Length) return Small[n];
        double x = n + 1.0, r = 1 / x, r2 = r * r;
        return (x - 0.5) * Math.Log(x) - x + 0.91893853320467274178 + r * (1.0 / 12 - r2 * (1.0 / 360 - r2 * (1.0 / 1260)));
    }

    private static readonly double[] Small = MakeSmall();

    private static double[] MakeSmall()
    {
        var logs = new double[256];
        for (var i = 2; i < logs.Length; i++) logs[i] = logs[i - 1] + Math.Log(i);
        return logs;
    }
}
