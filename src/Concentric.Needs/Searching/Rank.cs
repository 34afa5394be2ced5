namespace Concentric.Needs.Searching;

/// <summary>The order of what a search found. Rarer words count more (inverse document frequency), and so do names before other words, former names and descriptions.</summary>
internal static class Rank
{
    public const int ShortestBeginning = 3, ShortestMistyped = 4;

    private const double InName = 3, InOthers = 2.5, InFormer = 2, InDefinition = 0.4;
    private const double Exact = 1, Beginning = 0.7, Mistyped = 0.6;

    // What fits far worse than the best is noise.
    private const double Near = 0.3;

    /// <summary>How many slips of the finger a word of that length is forgiven.</summary>
    public static int MistakesIn(string word) => word.Length < 8 ? 1 : 2;

    /// <summary>The words that a word of a question may stand for, the most alike first.</summary>
    /// <param name="known">Somebody has written the word itself, so it is no mistake for another.</param>
    public static IEnumerable<LikeWord> Like(string asked, bool known, IEnumerable<SearchWord> words) =>
        words.Select(w => new LikeWord(w.Word, Likeness(asked, w.Word, known), w.Documents)).Where(l => l.Likeness > 0)
            .DistinctBy(l => l.Word).OrderByDescending(l => l.Likeness).ThenByDescending(l => l.Documents).ThenBy(l => l.Word, StringComparer.Ordinal);

    /// <summary>The texts that fit well enough, best first.</summary>
    /// <param name="all">How many texts there are.</param>
    public static IReadOnlyList<Hit> Order(IEnumerable<SearchText> texts, IReadOnlyList<AskedWord> asked, int all)
    {
        var worth = new Dictionary<string, List<(int Asked, double Worth)>>(StringComparer.Ordinal);
        foreach (var (i, word) in asked.Index())
        {
            foreach (var like in word.Like)
            {
                if (!worth.TryGetValue(like.Word, out var list)) worth[like.Word] = list = [];
                list.Add((i, like.Likeness * Math.Log(1 + (double)all / like.Documents)));
            }
        }
        // Most of a short question must be met; of a long one a part, for people tell stories.
        var least = asked.Count <= 2 ? 1 : (asked.Count + 2) / 3;
        var best = new double[asked.Count];
        var hits = new List<Hit>();
        foreach (var text in texts)
        {
            Array.Clear(best);
            Weigh(text.Name, InName);
            Weigh(text.Others, InOthers);
            Weigh(text.Former, InFormer);
            Weigh(text.Definition, InDefinition);
            var met = best.Count(b => b > 0);
            if (met < least) continue;
            var length = text.Name.Count(c => c == ' ') + 1;
            hits.Add(new(text.Kind, text.Subject, best.Sum() * met / asked.Count * KindWeight(text) / Math.Sqrt(4 + length)));
        }
        hits.Sort((a, b) => b.Score != a.Score ? b.Score.CompareTo(a.Score) : string.CompareOrdinal(a.Subject, b.Subject));
        return [.. hits.TakeWhile(h => h.Score >= Near * hits[0].Score)];

        void Weigh(string words, double weight)
        {
            var lookup = worth.GetAlternateLookup<ReadOnlySpan<char>>();
            foreach (var range in words.AsSpan().Split(' '))
            {
                if (!lookup.TryGetValue(words.AsSpan(range), out var list)) continue;
                foreach (var (i, w) in list) best[i] = Math.Max(best[i], w * weight);
            }
        }
    }

    private static double Likeness(string asked, string word, bool known)
    {
        if (asked == word) return Exact;
        if (asked.Length >= ShortestBeginning && word.StartsWith(asked, StringComparison.Ordinal)) return Beginning * asked.Length / word.Length;
        if (known || asked.Length < ShortestMistyped) return 0;
        var allowed = MistakesIn(asked);
        return TypingMistakes.Between(asked, word, allowed) <= allowed ? Mistyped : 0;
    }

    private static double KindWeight(SearchText text) => text.Kind switch
    {
        SearchKind.LifeEvent => 1.3,
        SearchKind.Need => 1.15,
        SearchKind.Circumstance or SearchKind.Offer => 0.9,
        // Plain words were written for the services that people ask for most.
        _ => text.InPlainWords ? 1 : 0.8,
    };
}
