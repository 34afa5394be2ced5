namespace Concentric.Measure.Statistics;

/// <summary>p values of several tests, made larger because there are several: among twenty groups one is below 0.05 by chance.</summary>
/// <remarks>In the order given, each at most 1. The definitions of R's <c>p.adjust</c>.</remarks>
public static class AdjustedP
{
    /// <summary>Each times their number. For figures that are published one by one.</summary>
    public static double[] Bonferroni(IReadOnlyList<double> p) => [.. p.Select(one => Math.Min(1, one * p.Count))];

    /// <summary>Keeps the chance of any false finding at the level, with more findings than Bonferroni.</summary>
    /// <remarks>S. Holm, Scandinavian Journal of Statistics 6 (1979), 65.</remarks>
    public static double[] Holm(IReadOnlyList<double> p)
    {
        var adjusted = new double[p.Count];
        var least = 0.0;
        foreach (var (rank, i) in Ranked(p).Index()) adjusted[i] = least = Math.Max(least, Math.Min(1, p[i] * (p.Count - rank)));
        return adjusted;
    }

    /// <summary>Keeps the expected share of false findings among all findings at the level. For looking around.</summary>
    /// <remarks>Y. Benjamini and Y. Hochberg, Journal of the Royal Statistical Society B 57 (1995), 289.</remarks>
    public static double[] BenjaminiHochberg(IReadOnlyList<double> p) => StepUp(p, 1);

    /// <summary>As Benjamini and Hochberg, however the tests hang together: for groups that overlap.</summary>
    /// <remarks>Y. Benjamini and D. Yekutieli, Annals of Statistics 29 (2001), 1165.</remarks>
    public static double[] BenjaminiYekutieli(IReadOnlyList<double> p) => StepUp(p, Enumerable.Range(1, p.Count).Sum(i => 1.0 / i));

    private static double[] StepUp(IReadOnlyList<double> p, double factor)
    {
        var adjusted = new double[p.Count];
        var most = 1.0;
        foreach (var (rank, i) in Ranked(p).Index().Reverse()) adjusted[i] = most = Math.Min(most, factor * p[i] * p.Count / (rank + 1));
        return adjusted;
    }

    private static IEnumerable<int> Ranked(IReadOnlyList<double> p)
    {
        if (p.Any(one => one is not (>= 0 and <= 1))) throw new ArgumentOutOfRangeException(nameof(p), "A p value is from 0 to 1.");
        return Enumerable.Range(0, p.Count).OrderBy(i => p[i]).ToList();
    }
}
