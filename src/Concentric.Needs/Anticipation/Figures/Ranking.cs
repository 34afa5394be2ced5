namespace Concentric.Needs.Anticipation.Figures;

/// <summary>How high what was really asked for stood in ranked lists.</summary>
/// <param name="Ranks">From 1; 0 where it was not in the list at all.</param>
internal sealed record Ranking(IReadOnlyList<int> Ranks)
{
    public long Within(int k) => Ranks.Count(r => r >= 1 && r <= k);

    /// <summary>Share of what was asked for that stood among the first k: recall@k, with its interval. Null where nothing was asked for.</summary>
    public Core.Share? Recall(int k) => Core.Share.Of(Within(k), Ranks.Count);

    /// <summary>Mean reciprocal rank; what was not in the list counts 0.</summary>
    public double MeanReciprocal => Ranks.Count == 0 ? 0 : Ranks.Average(r => r == 0 ? 0 : 1.0 / r);

    /// <summary>The rank of one candidate, from 1: those with a higher score stand before it, and of equal ones those with the smaller number.</summary>
    /// <remarks>Scores that differ by less than 1e-12 of themselves are equal: the order of a sum must not decide.</remarks>
    public static int Of(int wanted, ReadOnlySpan<double> scores, Func<int, bool> isCandidate)
    {
        var (rank, score) = (1, scores[wanted]);
        for (var i = 0; i < scores.Length; i++)
        {
            if (i == wanted || !isCandidate(i)) continue;
            var near = Math.Abs(scores[i] - score) <= 1e-12 * Math.Max(Math.Abs(score), Math.Abs(scores[i]));
            if (near ? i < wanted : scores[i] > score) rank++;
        }
        return rank;
    }
}
