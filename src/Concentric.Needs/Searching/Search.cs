using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Web;
using Concentric.Needs.Circles;
using Concentric.Needs.Concepts;
using Concentric.Needs.Services;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Concentric.Needs.Searching;

/// <summary>A need that a search found, with the services that meet it.</summary>
public sealed record FoundNeed
{
    public required string Slug { get; init; }
    public required string Label { get; init; }
    public required IReadOnlyList<CircleService> Services { get; init; }
}

/// <summary>What a search found, of each kind the best first.</summary>
public sealed record Found
{
    public required IReadOnlyList<LifeEvent> LifeEvents { get; init; }
    public required IReadOnlyList<FoundNeed> Needs { get; init; }
    public required IReadOnlyList<ServiceSummary> Services { get; init; }

    /// <summary>Something of it may be dangerous to be seen reading.</summary>
    internal bool Sensitive { get; init; }

    internal bool Any => LifeEvents.Count + Needs.Count + Services.Count > 0;
}

internal static class Search
{
    private const int MostLifeEvents = 3, MostNeeds = 4, MostServices = 10;
    private const int LongestQuestion = 200;

    // What the words of an offer, and of a need, a situation or a circumstance that leads to it, count for a service beside its own words;
    // and the lesser of its own and those where it has both.
    private const double ByOffer = 0.7, ByModel = 0.35, Both = 0.35;

    private static readonly ConditionalWeakTable<NeedModel, ConcurrentDictionary<string, (Concept Service, double Sure)[]>> Led = [];

    public static void Map(Site site)
    {
        site.Pages.MapGet(Links.Home, Home).ForEverybody();
        site.Pages.MapGet(Links.Search, Show).ForEverybody();
    }

    private static async Task<IResult> Home(ModelCache cache, CancellationToken stop) =>
        new RazorComponentResult<HomePage>(new { LifeEvents = LifeEvents(await cache.Current(stop)) });

    private static async Task<IResult> Show(ModelCache cache, ConcentricDb db, CancellationToken stop, string? q = null)
    {
        var errors = new Errors()
            .Check("q", !string.IsNullOrWhiteSpace(q), "Enter what is happening, or what you need")
            .Check("q", q is null or { Length: <= LongestQuestion }, $"What you enter must be {LongestQuestion} characters or fewer");
        var model = await cache.Current(stop);
        var found = errors.Any ? null : await Of(db, model, q!, stop);
        return new RazorComponentResult<SearchPage>(new { Question = q ?? "", Errors = errors, Found = found, LifeEvents = LifeEvents(model) })
        {
            StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
        };
    }

    internal static async Task<Found> Of(ConcentricDb db, NeedModel model, string question, CancellationToken stop = default)
    {
        var hits = await FindTexts.Find(db, question, stop);
        // A circumstance has no page of its own: it stands for the needs it implies.
        var needs = hits.SelectMany(h => h.Kind switch
        {
            SearchKind.Need => [model.Find(h.Subject)],
            SearchKind.Circumstance => model.From(h.Subject, Predicate.Implies).Where(r => r.Confidence == Confidence.High).Select(r => model.Find(r.Object)),
            _ => Array.Empty<Concept?>(),
        }).OfType<Concept>().Where(c => c.InUse);
        var lifeEvents = hits.Where(h => h.Kind == SearchKind.LifeEvent).Select(h => model.Find(h.Subject)).OfType<Concept>().Where(c => c.InUse);
        var (shownLifeEvents, shownNeeds, services) = (lifeEvents.Take(MostLifeEvents).ToList(), needs.Distinct().Take(MostNeeds).ToList(), ServicesOf(model, hits).Take(MostServices).ToList());
        return new()
        {
            LifeEvents = [.. shownLifeEvents.Select(LifeEvent.Of)],
            Needs = [.. shownNeeds.Select(n => new FoundNeed { Slug = n.Identifier, Label = n.Plain, Services = CircleNeed.Of(model, n, []).Services })],
            Services = [.. services.Select(ServiceSummary.Of)],
            Sensitive = shownLifeEvents.Concat(shownNeeds).Concat(services).Any(c => c.IsSensitive),
        };
    }

    /// <summary>The services that hits lead to, best first: found by their own words, by those of an offer, or because the model leads to them from what was found.</summary>
    internal static IEnumerable<Concept> ServicesOf(NeedModel model, IReadOnlyList<Hit> hits)
    {
        var scores = new Dictionary<Concept, double>();
        var led = new Dictionary<Concept, double>();
        foreach (var hit in hits)
        {
            switch (hit.Kind)
            {
                case SearchKind.Service: Raise(hit.Subject, hit.Score); break;
                case SearchKind.Offer when model.FindOffer(hit.Subject) is { InUse: true } offer: Raise(offer.Service, hit.Score * ByOffer); break;
            }
        }
        foreach (var hit in hits)
        {
            foreach (var (service, sure) in LedTo(model, hit)) CollectionsMarshal.GetValueRefOrAddDefault(led, service, out _) += hit.Score * ByModel * sure;
        }
        foreach (var (service, score) in led) Join(service, score);
        return scores.OrderByDescending(s => s.Value).ThenBy(s => s.Key.Plain, StringComparer.OrdinalIgnoreCase).ThenBy(s => s.Key.Uri, StringComparer.Ordinal).Select(s => s.Key);

        void Raise(string uri, double score)
        {
            if (model.Find(uri) is { InUse: true } service) scores[service] = Math.Max(scores.GetValueOrDefault(service), score);
        }

        void Join(Concept service, double score)
        {
            var own = scores.GetValueOrDefault(service);
            scores[service] = Math.Max(own, score) + Both * Math.Min(own, score);
        }
    }

    /// <summary>The services in use that the model leads to from a thing that was found, each with how surely by the surest way. Kept as long as the model: from a circumstance the ways are many.</summary>
    private static (Concept Service, double Sure)[] LedTo(NeedModel model, Hit hit) => Led.GetOrCreateValue(model).GetOrAdd(hit.Subject,
        static (_, given) => [.. Ways(given.model, given.hit).GroupBy(w => w.Service, w => w.Sure, StringComparer.Ordinal).Select(w => (Service: given.model.Find(w.Key), Sure: w.Max()))
            .Where(w => w.Service is { InUse: true }).Select(w => (w.Service!, w.Sure))], (model, hit));

    private static IEnumerable<(string Service, double Sure)> Ways(NeedModel model, Hit hit) => hit.Kind switch
    {
        SearchKind.Need => model.From(hit.Subject, Predicate.AddressedBy).Select(r => (r.Object, Sureness(r.Confidence))),
        SearchKind.LifeEvent => model.From(hit.Subject, Predicate.Determines).Select(r => (r.Object, Sureness(r.Confidence))),
        SearchKind.Circumstance => from implied in model.From(hit.Subject, Predicate.Implies)
                                   from addressed in model.From(implied.Object, Predicate.AddressedBy)
                                   select (addressed.Object, Sureness(implied.Confidence) * Sureness(addressed.Confidence)),
        _ => [],
    };

    private static double Sureness(Confidence confidence) => confidence switch { Confidence.High => 1, Confidence.Medium => 0.6, _ => 0.3 };

    private static IReadOnlyList<LifeEvent> LifeEvents(NeedModel model) => [.. model.InUse(ConceptType.LifeEvent).Select(LifeEvent.Of)];
}
