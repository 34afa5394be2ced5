using Concentric.Core.Data;
using Concentric.Needs.Directory;
using Concentric.Needs.Editions;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Needs.Concepts;

/// <summary>The whole need model as it stood at one moment, in memory. It is read on every page and changes a few times a year.</summary>
internal sealed class NeedModel
{
    private readonly Dictionary<string, Concept> _concepts;
    private readonly ILookup<(ConceptType, string), Concept> _identifiers;
    private readonly ILookup<(string, Predicate), Relation> _from;
    private readonly ILookup<(string, Predicate), Relation> _to;
    private readonly ILookup<string, Offer> _offers;
    private readonly Dictionary<string, Offer> _offersByIdentifier;
    private readonly Dictionary<string, Place> _places;

    /// <param name="edition">Number of the edition that the model is at; 0 for none.</param>
    /// <param name="today">Relations that do not hold on this day are kept and not followed.</param>
    public NeedModel(IReadOnlyList<Scheme> schemes, IReadOnlyList<Concept> concepts, IReadOnlyList<Relation> relations,
        IReadOnlyList<Offer>? offers = null, IReadOnlyList<Place>? places = null, int edition = 0, DateOnly today = default, DateTimeOffset? publishedAt = null)
    {
        Schemes = schemes;
        // Sorted here, so that both databases give the same order.
        Concepts = [.. concepts.OrderBy(c => c.Place).ThenBy(c => c.Plain, StringComparer.OrdinalIgnoreCase).ThenBy(c => c.Uri, StringComparer.Ordinal)];
        Relations = [.. relations.OrderBy(r => r.Subject, StringComparer.Ordinal).ThenBy(r => r.Predicate).ThenBy(r => r.Object, StringComparer.Ordinal).ThenBy(r => r.Source, StringComparer.Ordinal)];
        Offers = [.. (offers ?? []).OrderBy(o => o.Name, StringComparer.OrdinalIgnoreCase).ThenBy(o => o.Identifier, StringComparer.Ordinal)];
        Places = [.. (places ?? []).OrderBy(p => p.Identifier, StringComparer.Ordinal)];
        Edition = edition;
        Today = today;
        PublishedAt = publishedAt;
        _concepts = Concepts.ToDictionary(c => c.Uri, StringComparer.Ordinal);
        _identifiers = Concepts.ToLookup(c => (c.Type, c.Identifier));
        var followed = Relations.Where(r => (today == default || r.HoldsOn(today)) && IsInUse(r.Subject) && IsInUse(r.Object)).OrderByDescending(r => r.Confidence)
            // What several sources say, as the seed and a workshop, is followed once: as the surest says it.
            .DistinctBy(r => (r.Subject, r.Predicate, r.Object, r.Mode)).ToList();
        _from = followed.ToLookup(r => (r.Subject, r.Predicate));
        _to = followed.ToLookup(r => (r.Object, r.Predicate));
        _offers = Offers.Where(o => o.InUse).ToLookup(o => o.Service, StringComparer.Ordinal);
        _offersByIdentifier = Offers.ToDictionary(o => o.Identifier, StringComparer.Ordinal);
        _places = Places.ToDictionary(p => p.Identifier, StringComparer.Ordinal);
    }

    public IReadOnlyList<Scheme> Schemes { get; }
    public IReadOnlyList<Concept> Concepts { get; }
    public IReadOnlyList<Relation> Relations { get; }
    public IReadOnlyList<Offer> Offers { get; }
    public IReadOnlyList<Place> Places { get; }
    public int Edition { get; }
    public DateOnly Today { get; }

    /// <summary>When the edition that the model is at was published.</summary>
    public DateTimeOffset? PublishedAt { get; }

    /// <summary>The concepts of a type that are not retired, in the order of their list.</summary>
    public IEnumerable<Concept> InUse(ConceptType type) => Concepts.Where(c => c.Type == type && c.InUse);

    public Concept? Find(string uri) => _concepts.GetValueOrDefault(uri);

    /// <summary>The concept of that identifier: that of the list which the program knows, else the first of another list.</summary>
    public Concept? Find(ConceptType type, string identifier) => Find(SchemeUris.UriOf(type, identifier)) ?? _identifiers[(type, identifier)].FirstOrDefault();

    /// <summary>The relations in force that leave a concept, surest first; both ends are in use.</summary>
    public IEnumerable<Relation> From(string subject, Predicate predicate) => _from[(subject, predicate)];

    /// <summary>The relations in force that reach a concept, surest first; both ends are in use.</summary>
    public IEnumerable<Relation> To(string target, Predicate predicate) => _to[(target, predicate)];

    /// <summary>The offers of a service that are not withdrawn, by name.</summary>
    public IEnumerable<Offer> OffersOf(string service) => _offers[service];

    public Offer? FindOffer(string identifier) => _offersByIdentifier.GetValueOrDefault(identifier);

    public Place? FindPlace(string identifier) => _places.GetValueOrDefault(identifier);

    /// <summary>The model as it would be with the changes made, such as those of a draft.</summary>
    public NeedModel With(IEnumerable<ModelChange> changes)
    {
        var (concepts, relations) = (Concepts.ToDictionary(c => c.Uri, StringComparer.Ordinal), Relations.ToDictionary(r => r.Key, StringComparer.Ordinal));
        var (offers, places) = (Offers.ToDictionary(o => o.Identifier, StringComparer.Ordinal), Places.ToDictionary(p => p.Identifier, StringComparer.Ordinal));
        foreach (var change in changes)
        {
            switch (change.Kind)
            {
                case ChangedThing.Concept: Put(concepts, change); break;
                case ChangedThing.Relation: Put(relations, change); break;
                case ChangedThing.Offer: Put(offers, change); break;
                default: Put(places, change); break;
            }
        }
        return new(Schemes, [.. concepts.Values], [.. relations.Values], [.. offers.Values], [.. places.Values], Edition, Today, PublishedAt);

        static void Put<T>(Dictionary<string, T> held, ModelChange change) where T : class
        {
            if (change.AfterAs<T>() is { } after) held[change.Subject] = after;
            else held.Remove(change.Subject);
        }
    }

    public static async Task<NeedModel> Load(ConcentricDb db, DateOnly today, CancellationToken stop) => new(
        await db.Schemes.AsNoTracking().OrderBy(s => s.Uri).ToListAsync(stop),
        await db.Concepts.AsNoTracking().ToListAsync(stop),
        await db.Relations.AsNoTracking().ToListAsync(stop),
        await db.Offers.AsNoTracking().ToListAsync(stop),
        await db.Places.AsNoTracking().ToListAsync(stop),
        await db.Editions.MaxAsync(e => e.Number, stop) ?? 0,
        today,
        await db.Editions.MaxAsync(e => e.PublishedAt, stop));

    private bool IsInUse(string uri) => _concepts.TryGetValue(uri, out var concept) && concept.InUse;
}
