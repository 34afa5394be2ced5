using Concentric.Needs.Concepts;
using Concentric.Needs.Directory;
using Concentric.Needs.Searching;

namespace Concentric.Needs.Designing;

/// <summary>Finds things of the model by identifier or words, for lists and for choosing.</summary>
internal static class FindThings
{
    /// <summary>Those that fit, best first: the identifier, then those that have the rarest of the words in their names or other words, then names that hold the words as written.</summary>
    public static IReadOnlyList<Concept> Of(NeedModel model, Kind kind, string? words, bool retired = true)
    {
        var all = kind.In(model).Where(c => retired || c.InUse).ToList();
        if (string.IsNullOrWhiteSpace(words)) return all;
        var text = words.Trim();
        var known = all.Select(c => (Concept: c, Words: Words(c))).ToList();
        var named = all.Where(c => c.Identifier.Equals(text, StringComparison.OrdinalIgnoreCase));
        // The citizens' search looks at what is published; here a draft is searched, so names and other words are compared directly.
        var found = SearchWords.Of(text).Distinct(StringComparer.Ordinal)
            .Select(a => known.Where(k => k.Words.Any(w => w.StartsWith(a, StringComparison.Ordinal))).ToList())
            // A word that few have tells more than one that many have.
            .SelectMany(those => those.Select(k => (k.Concept, Weight: 1.0 / those.Count)))
            .GroupBy(k => k.Concept, k => k.Weight).OrderByDescending(k => k.Sum()).Select(k => k.Key);
        var holding = all.Where(c => Holds(c.Plain, text) || Holds(c.Label, text));
        return [.. named.Concat(found).Concat(holding).Distinct()];
    }

    /// <summary>Offers whose name, organisation or service hold the words.</summary>
    public static IReadOnlyList<Offer> Offers(NeedModel model, string? words)
    {
        if (string.IsNullOrWhiteSpace(words)) return model.Offers;
        var text = words.Trim();
        return [.. model.Offers.Where(o => Holds(o.Name, text) || Holds(model.Find(o.Organisation)?.Plain, text) || Holds(model.Find(o.Service)?.Plain, text) || o.Identifier == text
            || model.Find(o.Service)?.Identifier == text)];
    }

    private static IReadOnlyList<string> Words(Concept concept) => [.. SearchWords.Of(string.Join(' ', concept.Plain, concept.Label, concept.OtherNames, concept.OtherWords, concept.FormerLabels))];

    private static bool Holds(string? name, string text) => name?.Contains(text, StringComparison.OrdinalIgnoreCase) is true;
}
