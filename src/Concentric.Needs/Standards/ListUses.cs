using Concentric.Needs.Concepts;

namespace Concentric.Needs.Standards;

/// <summary>What of the model points at entries, so that they cannot be taken out of use.</summary>
internal static class ListUses
{
    // What somebody says about a situation. That a function contains a service, or that two lists match, is the lists' own order and no use.
    private static readonly HashSet<Predicate> Statements =
    [
        Predicate.Changes, Predicate.Implies, Predicate.AddressedBy, Predicate.Determines, Predicate.DefinesEligibility,
        Predicate.SuitedTo, Predicate.RiskFactor, Predicate.Impacts, Predicate.MeasuredBy,
    ];

    private const int MostNamed = 5;

    /// <summary>For each entry, by address, what uses it in words: statements of the model, offers of the directory, and entries below it that stay.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Of(NeedModel model, IReadOnlyList<Concept> gone)
    {
        var leaving = gone.Select(c => c.Uri).ToHashSet(StringComparer.Ordinal);
        var uses = gone.ToDictionary(c => c.Uri, _ => new List<string>(), StringComparer.Ordinal);
        if (leaving.Count == 0) return new Dictionary<string, IReadOnlyList<string>>();
        foreach (var relation in model.Relations.Where(r => Statements.Contains(r.Predicate) && !(r.ValidTo < model.Today)))
        {
            if (leaving.Contains(relation.Subject)) Add(relation.Subject, model.Find(relation.Object), other => $"it {LinkMeaning.Say(relation.Predicate)} {other}");
            if (leaving.Contains(relation.Object)) Add(relation.Object, model.Find(relation.Subject), other => $"{other} {LinkMeaning.Say(relation.Predicate)} it");
        }
        foreach (var offer in model.Offers.Where(o => o.InUse))
            foreach (var end in new[] { offer.Service, offer.Organisation }.Where(leaving.Contains)) uses[end].Add($"the directory offers {offer.Name}");

        // What stays keeps what it stands below.
        var above = model.Relations.Where(r => r.Predicate == Predicate.Broader && leaving.Contains(r.Object)).ToLookup(r => r.Subject, r => r.Object, StringComparer.Ordinal);
        var staying = new Queue<string>(above.Select(g => g.Key).Where(uri => model.Find(uri) is { InUse: true } && (!leaving.Contains(uri) || uses[uri].Count > 0)));
        while (staying.TryDequeue(out var below))
            foreach (var parent in above[below])
            {
                uses[parent].Add($"{model.Find(below)!.Plain} stands below it");
                if (uses[parent].Count == 1) staying.Enqueue(parent);
            }
        return uses.ToDictionary(u => u.Key, u => Named(u.Value), StringComparer.Ordinal);

        void Add(string uri, Concept? other, Func<string, string> words)
        {
            if (other is { InUse: true } && !leaving.Contains(other.Uri)) uses[uri].Add(words(other.Plain));
        }
    }

    private static IReadOnlyList<string> Named(List<string> all)
    {
        var distinct = all.Distinct(StringComparer.Ordinal).ToList();
        return distinct.Count <= MostNamed ? distinct : [.. distinct.Take(MostNamed), $"and {distinct.Count - MostNamed} more"];
    }
}
