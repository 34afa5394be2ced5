using Concentric.Core.Web;
using Concentric.Needs.Concepts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Concentric.Needs.Circles;

/// <summary>A life event, as it starts a circle of need.</summary>
public sealed record LifeEvent
{
    /// <summary>Identifier, as it stands in addresses.</summary>
    public required string Slug { get; init; }

    /// <summary>The life event in a citizen's words.</summary>
    public required string Label { get; init; }
    public required string Description { get; init; }

    /// <summary>Full http address.</summary>
    public required string Uri { get; init; }

    internal static LifeEvent Of(Concept concept) => new() { Slug = concept.Identifier, Label = concept.Plain, Description = concept.Definition ?? "", Uri = concept.Uri };
}

internal static class ShowCircle
{
    public static void Map(Site site)
    {
        site.Pages.MapGet("/needs/{slug}", Show).ForEverybody();
        site.Api.MapGet("/life-events", List).WithName("ListLifeEvents").WithSummary("The life events that a circle of need can start from").ForEverybody();
        site.Api.MapGet("/life-events/{slug}/circle", Get).WithName("GetCircle").WithSummary("The circle of need of a life event: needs, the services that meet them, and why").ForEverybody();
    }

    private static async Task<IResult> Show(string slug, ModelCache cache, CancellationToken stop) =>
        Circle.Of(await cache.Current(stop), slug) is { } circle ? new RazorComponentResult<CirclePage>(new { Circle = circle }) : Results.NotFound();

    private static async Task<Ok<IReadOnlyList<LifeEvent>>> List(ModelCache cache, CancellationToken stop) =>
        TypedResults.Ok<IReadOnlyList<LifeEvent>>([.. (await cache.Current(stop)).InUse(ConceptType.LifeEvent).Select(LifeEvent.Of)]);

    private static async Task<Results<Ok<Circle>, NotFound>> Get(string slug, ModelCache cache, CancellationToken stop) =>
        Circle.Of(await cache.Current(stop), slug) is { } circle ? TypedResults.Ok(circle) : TypedResults.NotFound();
}
