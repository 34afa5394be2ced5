using Concentric.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Needs.Concepts;

/// <summary>The whole need model as it stood at one moment, in memory. It is read on every page and changes a few times a year.</summary>
internal sealed class NeedModel
{
    private readonly Dictionary<string, Concept> _concepts;
    private readonly ILookup<(string, Predicate), Relation> _from;
    private readonly ILookup<(string, Predicate), Relation> _to;
    private readonly Lazy<Searching.SearchIndex> _index;

    public NeedModel(IReadOnlyList<Scheme> schemes, IReadOnlyList<Concept> concepts, IReadOnlyList<Relation> relations)
    {
        Schemes = schemes;
        Concepts = concepts;
        Relations = relations;
        _concepts = concepts.ToDictionary(c => c.Uri, StringComparer.Ordinal);
        _from = relations.ToLookup(r => (r.Subject, r.Predicate));
        _to = relations.ToLookup(r => (r.Object, r.Predicate));
        _index = new(() => new Searching.SearchIndex(concepts.Where(c => c.Status != ConceptStatus.Retired)));
    }

    public IReadOnlyList<Scheme> Schemes { get; }
    public IReadOnlyList<Concept> Concepts { get; }
    public IReadOnlyList<Relation> Relations { get; }
    public Searching.SearchIndex Index => _index.Value;

    /// <summary>The concepts of a type that are not retired, in the order of their list.</summary>
    public IEnumerable<Concept> InUse(ConceptType type) => Concepts.Where(c => c.Type == type && c.Status != ConceptStatus.Retired);

    public Concept? Find(string uri) => _concepts.GetValueOrDefault(uri);

    public Concept? Find(ConceptType type, string identifier) => Find(SchemeUris.UriOf(type, identifier));

    /// <summary>The relations that leave a concept, surest first.</summary>
    public IEnumerable<Relation> From(string subject, Predicate predicate) => _from[(subject, predicate)].OrderByDescending(r => r.Confidence);

    /// <summary>The relations that reach a concept, surest first.</summary>
    public IEnumerable<Relation> To(string target, Predicate predicate) => _to[(target, predicate)].OrderByDescending(r => r.Confidence);

    public static async Task<NeedModel> Load(ConcentricDb db, CancellationToken stop) => new(
        await db.Schemes.AsNoTracking().OrderBy(s => s.Uri).ToListAsync(stop),
        // Sorted here, so that both databases give the same order.
        [.. (await db.Concepts.AsNoTracking().ToListAsync(stop)).OrderBy(c => c.Place).ThenBy(c => c.Plain, StringComparer.OrdinalIgnoreCase).ThenBy(c => c.Uri, StringComparer.Ordinal)],
        [.. (await db.Relations.AsNoTracking().ToListAsync(stop)).OrderBy(r => r.Subject, StringComparer.Ordinal).ThenBy(r => r.Predicate).ThenBy(r => r.Object, StringComparer.Ordinal)]);
}
