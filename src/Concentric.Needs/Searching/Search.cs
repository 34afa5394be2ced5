using Concentric.Core;
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

    internal bool Any => LifeEvents.Count + Needs.Count + Services.Count > 0;
}

internal static class Search
{
    private const int MostLifeEvents = 3, MostNeeds = 4, MostServices = 10;
    private const int LongestQuestion = 200;

    public static void Map(Site site)
    {
        site.Pages.MapGet(Links.Home, Home).ForEverybody();
        site.Pages.MapGet(Links.Search, Show).ForEverybody();
    }

    private static async Task<IResult> Home(ModelCache cache, CancellationToken stop) =>
        new RazorComponentResult<HomePage>(new { LifeEvents = LifeEvents(await cache.Current(stop)) });

    private static async Task<IResult> Show(ModelCache cache, CancellationToken stop, string? q = null)
    {
        var errors = new Errors()
            .Check("q", !string.IsNullOrWhiteSpace(q), "Enter what is happening, or what you need")
            .Check("q", q is null or { Length: <= LongestQuestion }, $"What you enter must be {LongestQuestion} characters or fewer");
        var model = await cache.Current(stop);
        return new RazorComponentResult<SearchPage>(new { Question = q ?? "", Errors = errors, Found = errors.Any ? null : Of(model, q!), LifeEvents = LifeEvents(model) })
        {
            StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
        };
    }

    internal static Found Of(NeedModel model, string question)
    {
        var hits = model.Index.Find(question, 60);
        // A circumstance has no page of its own: it stands for the needs it implies.
        var needs = hits.SelectMany(h => h.Concept.Type switch
        {
            ConceptType.Need => [h.Concept],
            ConceptType.Circumstance => model.From(h.Concept.Uri, Predicate.Implies).Where(r => r.Confidence == Confidence.High).Select(r => model.Find(r.Object)!),
            _ => Array.Empty<Concept>(),
        });
        return new()
        {
            LifeEvents = [.. hits.Where(h => h.Concept.Type == ConceptType.LifeEvent).Take(MostLifeEvents).Select(h => LifeEvent.Of(h.Concept))],
            Needs = [.. needs.Distinct().Take(MostNeeds).Select(n => new FoundNeed { Slug = n.Identifier, Label = n.Plain, Services = CircleNeed.Of(model, n, []).Services })],
            Services = [.. hits.Where(h => h.Concept.Type == ConceptType.Service).Take(MostServices).Select(h => ServiceSummary.Of(h.Concept))],
        };
    }

    private static IReadOnlyList<LifeEvent> LifeEvents(NeedModel model) => [.. model.InUse(ConceptType.LifeEvent).Select(LifeEvent.Of)];
}
