namespace Concentric.Needs.Anticipation.Figures;

/// <summary>Personalised PageRank: where a walker ends up who follows what goes together and now and then starts again from what is known.</summary>
/// <remarks>
/// r = α·(Wᵀr + d·v) + (1 − α)·v, where W is the graph's weights by row, d what r holds on things with no way out, and v the start, spread evenly
/// over what is known (T. Haveliwala, Topic-sensitive PageRank, WWW 2002). r is proportional to (I − αWᵀ)⁻¹v
/// whatever d is, so that only that has to be worked out (<see cref="Unscaled"/>) and made to sum to 1.
/// </remarks>
internal sealed class PageRank
{
    /// <summary>The chance that the walker goes on.</summary>
    public const double Alpha = 0.85;

    private readonly int[] _start;
    private readonly int[] _to;
    private readonly double[] _share;

    public PageRank(int things, IEnumerable<(int From, int To, double Weight)> edges)
    {
        var rows = edges.Where(e => e.Weight > 0).OrderBy(e => e.From).ThenBy(e => e.To).ToList();
        (_start, _to, _share) = (new int[things + 1], new int[rows.Count], new double[rows.Count]);
        foreach (var edge in rows) _start[edge.From + 1]++;
        for (var i = 0; i < things; i++) _start[i + 1] += _start[i];
        var totals = new double[things];
        foreach (var edge in rows) totals[edge.From] += edge.Weight;
        for (var i = 0; i < rows.Count; i++) (_to[i], _share[i]) = (rows[i].To, rows[i].Weight / totals[rows[i].From]);
    }

    public int Things => _start.Length - 1;

    /// <summary>The rank of every thing, summing to 1.</summary>
    /// <exception cref="ArgumentException">Nothing is known.</exception>
    public double[] From(IReadOnlyCollection<int> known)
    {
        if (known.Count == 0) throw new ArgumentException("PageRank starts from at least one thing known.", nameof(known));
        var sum = Unscaled(known);
        var total = sum.Sum();
        for (var i = 0; i < sum.Length; i++) sum[i] /= total;
        return sum;
    }

    /// <summary>(I − αWᵀ)⁻¹v, as the series Σ αᵏ(Wᵀ)ᵏv until what is left to add is below <paramref name="small"/> in all.</summary>
    public double[] Unscaled(IReadOnlyCollection<int> known, double small = 1e-13)
    {
        var (sum, now, next) = (new double[Things], new double[Things], new double[Things]);
        foreach (var one in known) now[one] += 1.0 / known.Count;
        for (var left = 1.0; left > small * (1 - Alpha);)
        {
            Array.Clear(next);
            left = 0;
            for (var i = 0; i < now.Length; i++)
            {
                if (now[i] == 0) continue;
                sum[i] += now[i];
                var go = Alpha * now[i];
                for (var e = _start[i]; e < _start[i + 1]; e++) next[_to[e]] += go * _share[e];
                if (_start[i + 1] > _start[i]) left += go;
            }
            (now, next) = (next, now);
        }
        return sum;
    }
}
