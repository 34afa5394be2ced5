using MathNet.Numerics.Distributions;

namespace Concentric.Measure.Information;

/// <summary>How far two weekly series move together: the rank correlation of their changes from week to week. It says nothing of cause.</summary>
/// <param name="R">Spearman’s rank correlation of the changes, −1 to 1.</param>
/// <param name="Low">Lower end of its 95 per cent interval.</param>
/// <param name="N">Pairs of changes.</param>
/// <param name="P">Chance of as much or more where nothing moves together.</param>
/// <param name="Lag">Weeks by which the second follows the first.</param>
public sealed record MovesTogether(double R, double Low, double High, int N, double P, int Lag)
{
    /// <summary>Fewer pairs say nothing.</summary>
    public const int LeastPairs = 10;

    /// <summary>How much wider a variance is for changes of steady series than for pairs that know nothing of each other.</summary>
    private const double Bartlett = 1.5;

    /// <summary><see cref="P"/> as it stands among all that were looked at (<see cref="Adjust"/>); null before.</summary>
    public double? Q { get; init; }

    /// <summary>Whether it is shown that the second rises with the first, at a false discovery rate of 5 per cent.</summary>
    public bool IsShown => R > 0 && Q <= 0.05;

    /// <summary>The correlation of changes, null with fewer than <see cref="LeastPairs"/> pairs or where one of the two never changes.</summary>
    /// <param name="first">By week; null for a gap.</param>
    /// <param name="second">The same weeks.</param>
    /// <param name="lag">0, or 1 for the second a week later.</param>
    /// <remarks>
    /// Changes and not levels, because two series with the same season or trend always seem to go together. Interval by Fisher's z with the variance of Bonett and
    /// Wright (Psychometrika 65, 2000, 23); p by Fieller, Hartley and Pearson (Biometrika 44, 1957, 470), variance 1.06 / (n − 3). Both variances are widened by half, because
    /// changes of a steady series follow each other with a correlation of −0.5, and then those of two unrelated ones seem to go together more often (M. S. Bartlett, Journal of
    /// the Royal Statistical Society 98 (1935), 536: 1 + 2 Σ ρx(k) ρy(k) = 1 + 2 × 0.25).
    /// </remarks>
    public static MovesTogether? Of(IReadOnlyList<double?> first, IReadOnlyList<double?> second, int lag)
    {
        if (first.Count != second.Count) throw new ArgumentException("The series have different weeks.", nameof(second));
        var pairs = Enumerable.Range(1, Math.Max(0, first.Count - 1 - lag))
            .Select(i => (A: first[i] - first[i - 1], B: second[i + lag] - second[i + lag - 1]))
            .Where(p => p is { A: not null, B: not null }).Select(p => (A: p.A!.Value, B: p.B!.Value)).ToList();
        if (pairs.Count < LeastPairs) return null;
        var (x, y) = (Ranks([.. pairs.Select(p => p.A)]), Ranks([.. pairs.Select(p => p.B)]));
        var (mx, my) = (x.Average(), y.Average());
        var (xx, yy, xy) = (x.Sum(v => (v - mx) * (v - mx)), y.Sum(v => (v - my) * (v - my)), x.Zip(y, (a, b) => (a - mx) * (b - my)).Sum());
        if (xx == 0 || yy == 0) return null;
        var r = Math.Clamp(xy / Math.Sqrt(xx * yy), -1, 1);
        var n = pairs.Count;
        var z = Math.Atanh(Math.Clamp(r, -0.999999, 0.999999));
        var reach = Core.Share.Z95 * Math.Sqrt(Bartlett * (1 + r * r / 2) / (n - 3));
        var p = 2 * (1 - Normal.CDF(0, 1, Math.Abs(z) / Math.Sqrt(Bartlett * 1.06 / (n - 3))));
        return new(r, Math.Tanh(z - reach), Math.Tanh(z + reach), n, Math.Min(1, p), lag);
    }

    /// <summary>Gives each its <see cref="Q"/> among all: the step-up rule of Y. Benjamini and Y. Hochberg, Journal of the Royal Statistical Society B 57 (1995), 289.</summary>
    public static IReadOnlyList<MovesTogether> Adjust(IReadOnlyList<MovesTogether> all)
    {
        var q = new double[all.Count];
        var least = 1.0;
        foreach (var (rank, at) in Enumerable.Range(0, all.Count).OrderBy(i => all[i].P).Index().Reverse())
        {
            least = Math.Min(least, all[at].P * all.Count / (rank + 1));
            q[at] = least;
        }
        return [.. all.Select((m, i) => m with { Q = q[i] })];
    }

    /// <summary>Ranks from 1; equals share the mean of theirs.</summary>
    private static double[] Ranks(double[] values)
    {
        var order = Enumerable.Range(0, values.Length).OrderBy(i => values[i]).ToArray();
        var ranks = new double[values.Length];
        for (var i = 0; i < order.Length;)
        {
            var j = i;
            while (j + 1 < order.Length && values[order[j + 1]] == values[order[i]]) j++;
            for (var k = i; k <= j; k++) ranks[order[k]] = (i + j) / 2.0 + 1;
            i = j + 1;
        }
        return ranks;
    }
}
