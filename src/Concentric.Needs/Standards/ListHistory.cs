using Concentric.Needs.Concepts;
using Concentric.Needs.Editions;

namespace Concentric.Needs.Standards;

/// <summary>Changes of the model, the first and the last of each thing, told as differences of one list.</summary>
internal static class ListHistory
{
    public static ListDiff Of(NeedModel model, string scheme, IReadOnlyList<(ModelChange First, ModelChange Last)> changes)
    {
        var concepts = changes.Where(c => c.First.Kind == ChangedThing.Concept).Select(c => (Before: c.First.BeforeAs<Concept>(), After: c.Last.AfterAs<Concept>()))
            .Where(c => (c.After ?? c.Before)!.Scheme == scheme && c.After is not null).Select(c => (c.Before, After: c.After!)).OrderBy(c => c.After.Identifier.Length).ThenBy(c => c.After.Identifier, StringComparer.Ordinal).ToList();
        var relations = changes.Where(c => c.First.Kind == ChangedThing.Relation).Select(c => (Before: c.First.BeforeAs<Relation>(), After: c.Last.AfterAs<Relation>()))
            .Where(r => model.Find((r.After ?? r.Before)!.Subject)?.Scheme == scheme).ToList();
        var both = concepts.Where(c => c.Before is not null).Select(c => (Before: c.Before!, c.After)).ToList();
        var added = concepts.Where(c => c.Before is null).Select(c => c.After).ToList();
        var (plus, minus) = (relations.Where(r => r.Before is null).Select(r => r.After!).ToList(), relations.Where(r => r.After is null).Select(r => r.Before!).ToList());
        return ListDiff.Nothing with
        {
            Added = [.. added.Select(Named)],
            Renamed = [.. both.Where(c => c.Before.Label != c.After.Label).Select(c => new RenamedEntry(c.After.Identifier, c.Before.Label, c.After.Label))],
            Redescribed = [.. both.Where(c => c.Before.Label == c.After.Label && c.Before.InUse == c.After.InUse).Select(c => Named(c.After))],
            Returned = [.. both.Where(c => !c.Before.InUse && c.After.InUse).Select(c => Named(c.After))],
            Withdrawn = [.. both.Where(c => c.Before.InUse && !c.After.InUse).Select(c => new WithdrawnEntry(c.After.Identifier, c.After.Label, []))],
            Moved = Moved(model, plus, minus, added.Select(c => c.Uri).ToHashSet(StringComparer.Ordinal)),
            Unchanged = model.Concepts.Count(c => c.Scheme == scheme) - concepts.Count,
            LinksAdded = Links(model, plus),
            LinksGone = Links(model, minus),
        };
    }

    private static List<MovedEntry> Moved(NeedModel model, List<Relation> plus, List<Relation> minus, HashSet<string> added)
    {
        var now = model.Relations.Where(r => r.Predicate == Predicate.Broader).ToLookup(r => r.Subject, r => r.Object, StringComparer.Ordinal);
        return
        [
            .. from subject in plus.Concat(minus).Where(r => r.Predicate == Predicate.Broader).Select(r => r.Subject).Distinct(StringComparer.Ordinal)
               where !added.Contains(subject)
               let entry = model.Find(subject)!
               let to = now[subject].ToList()
               let fresh = plus.Where(r => r.Predicate == Predicate.Broader && r.Subject == subject).Select(r => r.Object)
               let gone = minus.Where(r => r.Predicate == Predicate.Broader && r.Subject == subject).Select(r => r.Object)
               select new MovedEntry(entry.Identifier, entry.Label, Names(model, to.Except(fresh, StringComparer.Ordinal).Concat(gone)), Names(model, to)),
        ];
    }

    private static List<NamedLink> Links(NeedModel model, List<Relation> relations) =>
        [.. relations.Where(r => r.Predicate != Predicate.Broader).Select(r => new NamedLink(Name(model, r.Subject), LinkMeaning.Say(r.Predicate), Name(model, r.Object)))];

    private static NamedEntry Named(Concept concept) => new(concept.Identifier, concept.Label);

    private static List<string> Names(NeedModel model, IEnumerable<string> uris) => [.. uris.Select(u => Name(model, u)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static string Name(NeedModel model, string uri) => model.Find(uri)?.Label ?? uri;
}
