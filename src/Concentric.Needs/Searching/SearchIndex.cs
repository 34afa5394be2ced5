using Concentric.Needs.Concepts;

namespace Concentric.Needs.Searching;

/// <summary>One thing that a search found.</summary>
/// <param name="Score">Only for the order; the same words score the same on the same model.</param>
internal sealed record Hit(Concept Concept, double Score);

/// <summary>
/// Finds concepts by the words that people use, in any order and with small typing mistakes. Rarer words count more
/// (inverse document frequency), and so do names before other words and descriptions.
/// </summary>
/// <remarks>In memory and simple on purpose: some thousands of short texts. A search of the databases themselves comes with the directory.</remarks>
internal sealed class SearchIndex
{
    private const double InName = 3, InOtherWords = 2.5, InDefinition = 0.4;
    private const double Exact = 1, Prefix = 0.7, Mistyped = 0.6;

    // What fits far worse than the best is noise.
    private const double Near = 0.3;

    private readonly Dictionary<string, List<(Concept Concept, double Weight)>> _words = new(StringComparer.Ordinal);
    private readonly int _count;

    /// <summary>Whether people search for concepts of that type.</summary>
    public static bool Covers(ConceptType type) => type is ConceptType.LifeEvent or ConceptType.Circumstance or ConceptType.Need or ConceptType.Service;

    public SearchIndex(IEnumerable<Concept> concepts)
    {
        foreach (var concept in concepts)
        {
            _count++;
            var weights = new Dictionary<string, double>(StringComparer.Ordinal);
            Weigh(weights, concept.Plain, InName);
            Weigh(weights, concept.Label, concept.CitizenLabel is null ? InName : InOtherWords);
            Weigh(weights, concept.OtherWords, InOtherWords);
            // A service's description comes from its publisher and is long; those of ours are one sentence.
            if (concept.Type != ConceptType.Service) Weigh(weights, concept.Definition, InDefinition);
            foreach (var (word, weight) in weights)
            {
                if (!_words.TryGetValue(word, out var list)) _words[word] = list = [];
                list.Add((concept, weight));
            }
        }
    }

    /// <summary>What fits best, best first. Nothing where no word is known, not even mistyped.</summary>
    public IReadOnlyList<Hit> Find(string? text, int most = 20)
    {
        var asked = SearchWords.Of(text).Distinct(StringComparer.Ordinal).Take(12).ToList();
        if (asked.Count == 0) return [];

        var scores = new Dictionary<Concept, (double Score, int Words)>();
        foreach (var word in asked)
        {
            foreach (var (concept, score) in Best(word))
            {
                var held = scores.GetValueOrDefault(concept);
                scores[concept] = (held.Score + score, held.Words + 1);
            }
        }
        // Most of a short question must be met; of a long one a part, for people tell stories.
        var least = asked.Count <= 2 ? 1 : (asked.Count + 2) / 3;
        var found =
            from s in scores
            where s.Value.Words >= least
            let met = (double)s.Value.Words / asked.Count
            let score = s.Value.Score * met * KindWeight(s.Key) / Math.Sqrt(4 + SearchWords.Of(s.Key.Plain).Count())
            orderby score descending, s.Key.Plain, s.Key.Uri
            select new Hit(s.Key, score);
        var hits = found.ToList();
        return [.. hits.TakeWhile(h => h.Score >= Near * hits[0].Score).Take(most)];
    }

    /// <summary>For one word of the question, the best score that each concept gets from it.</summary>
    private Dictionary<Concept, double> Best(string asked)
    {
        var best = new Dictionary<Concept, double>();
        var known = _words.ContainsKey(asked);
        foreach (var (word, concepts) in _words)
        {
            var likeness = Likeness(asked, word, known);
            if (likeness == 0) continue;
            var rarity = Math.Log(1 + (double)_count / concepts.Count);
            foreach (var (concept, weight) in concepts)
            {
                var score = likeness * weight * rarity;
                if (score > best.GetValueOrDefault(concept)) best[concept] = score;
            }
        }
        return best;
    }

    private static double Likeness(string asked, string word, bool known)
    {
        if (asked == word) return Exact;
        if (asked.Length >= 3 && word.StartsWith(asked, StringComparison.Ordinal)) return Prefix * asked.Length / word.Length;
        // A word that somebody has written is not a mistake for another.
        if (known || asked.Length < 4 || Math.Abs(asked.Length - word.Length) > 2) return 0;
        var allowed = asked.Length < 8 ? 1 : 2;
        return TypingMistakes.Between(asked, word, allowed) <= allowed ? Mistyped : 0;
    }

    private static double KindWeight(Concept concept) => concept.Type switch
    {
        ConceptType.LifeEvent => 1.3,
        ConceptType.Need => 1.15,
        ConceptType.Circumstance => 0.9,
        // Plain words were written for the services that people ask for most.
        _ => concept.CitizenLabel is null ? 0.8 : 1,
    };

    private static void Weigh(Dictionary<string, double> weights, string? text, double weight)
    {
        foreach (var word in SearchWords.Of(text)) weights[word] = Math.Max(weight, weights.GetValueOrDefault(word));
    }
}
