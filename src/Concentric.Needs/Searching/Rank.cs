namespace Concentric.Needs.Searching;

/// <summary>The order of what a search found. Rarer words count more (inverse document frequency), and so do names before other words, former names and descriptions.</summary>
internal static class Rank
{
    public const int ShortestBeginning = 3, ShortestMistyped = 4;

    private const double InName = 3, InOthers = 2.8, InFormer = 2, InDefinition = 0.25;
    private const double Exact = 1, Beginning = 0.7, Mistyped = 0.6;

    // So much of the question, by the rarity of its words, must be met: people tell stories.
    private const double LeastMet = 0.25;

    // What a name gains that the question says wholly, and a text that has the words side by side.
    private const double WholeName = 0.8, SideBySide = 0.6;

    // The more of the question is met, the more each part of it counts.
    private const double Met = 1.5;

    // What fits far worse than the best of its kind, or very far worse than the best of all, is noise.
    private const double Near = 0.3, Far = 0.05;

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
        var rarity = new double[asked.Count];
        foreach (var (i, word) in asked.Index())
        {
            if (word.Like.Count > 0) rarity[i] = Rarity(word.Like[0]);
            foreach (var like in word.Like)
            {
                if (!worth.TryGetValue(like.Word, out var list)) worth[like.Word] = list = [];
                list.Add((i, like.Likeness * Rarity(like)));
            }
        }
        var whole = rarity.Sum();
        var neighbours = asked.Skip(1).Select((a, i) => $" {asked[i].Word} {a.Word} ").ToList();
        var best = new double[asked.Count];
        var hits = new List<Hit>();
        foreach (var text in texts)
        {
            Array.Clear(best);
            Weigh(text.Name, InName);
            var named = best.Count(b => b > 0);
            Weigh(text.Others, InOthers);
            Weigh(text.Former, InFormer);
            Weigh(text.Definition, InDefinition);
            // A word that nobody has written can be met by nothing, and a common one says little.
            var met = best.Index().Sum(b => b.Item > 0 ? rarity[b.Index] : 0) / whole;
            if (met < LeastMet) continue;
            var length = text.Name.Count(c => c == ' ') + 1;
            var covered = Math.Min(1, (double)named / length);
            var score = best.Sum() * Math.Pow(met, Met) * KindWeight(text) * (1 + WholeName * covered) * (1 + SideBySide * Pairs(text)) / Math.Sqrt(4 + length);
            hits.Add(new(text.Kind, text.Subject, score));
        }
        hits.Sort((a, b) => b.Score != a.Score ? b.Score.CompareTo(a.Score) : string.CompareOrdinal(a.Subject, b.Subject));
        // Services and what offers them are listed apart from situations and needs, so each is held against its own.
        var bestOf = hits.GroupBy(h => IsService(h.Kind)).ToDictionary(k => k.Key, k => k.Max(h => h.Score));
        return [.. hits.Where(h => h.Score >= Near * bestOf[IsService(h.Kind)] && h.Score >= Far * hits[0].Score)];

        double Rarity(LikeWord like) => Math.Log(1 + (double)all / like.Documents);

        // Which part of the neighbours in the question are neighbours in the text.
        double Pairs(SearchText text)
        {
            var pairs = 0;
            string? name = null, others = null;
            for (var i = 1; i < asked.Count; i++)
            {
                if (best[i - 1] == 0 || best[i] == 0) continue;
                if ((name ??= $" {text.Name} ").Contains(neighbours[i - 1], StringComparison.Ordinal) || (others ??= $" {text.Others} ").Contains(neighbours[i - 1], StringComparison.Ordinal)) pairs++;
            }
            return (double)pairs / Math.Max(1, asked.Count - 1);
        }

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

    private static bool IsService(SearchKind kind) => kind is SearchKind.Service or SearchKind.Offer;

    private static double KindWeight(SearchText text) => text.Kind switch
    {
        SearchKind.LifeEvent => 1.3,
        SearchKind.Need => 1.15,
        SearchKind.Circumstance or SearchKind.Offer => 0.9,
        // Plain words were written for the services that people ask for most.
        _ => text.InPlainWords ? 1 : 0.8,
    };
}
