using Concentric.Core;
using Concentric.Core.Design;
using Concentric.Core.Web;
using Concentric.Needs.Concepts;
using Concentric.Needs.Directory;
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

/// <summary>Anybody opens a circle of need: of a life event, a mix of circumstances, a need or a service.</summary>
internal static class ShowCircle
{
    /// <summary>Most circumstances that the page of a mix offers to tick.</summary>
    private const int MostChoices = 300;

    public static void Map(Site site)
    {
        site.Pages.MapGet("/needs/{slug}", Show).ForEverybody();
        site.Pages.MapGet("/needs/circle", ShowMix).ForEverybody();
        site.Pages.MapGet("/needs/need/{slug}", ShowNeed).ForEverybody();
        site.Pages.MapGet("/services/{lgsl}/circle", ShowService).ForEverybody();
        site.Api.MapGet("/life-events", List).WithName("ListLifeEvents").WithSummary("The life events that a circle of need can start from").ForEverybody();
        site.Api.MapGet("/life-events/{slug}/circle", Get).WithName("GetCircle").WithSummary("The circle of need of a life event: needs, the services that meet them, and why").ForEverybody();
        site.Api.MapGet("/circles", GetAny).WithName("GetAnyCircle").WithSummary("The circle of need of a life event, a mix of circumstances, a need or a service, as two rings").ForEverybody();
    }

    private static async Task<IResult> Show(string slug, ModelCache cache, Settings settings, CancellationToken stop)
    {
        var model = await cache.Current(stop);
        return Circle.Of(model, slug, WhoProvides.Own(settings)) is { } circle
            ? new RazorComponentResult<CirclePage>(new { Circle = circle, Sensitive = model.Find(circle.Uri)!.IsSensitive }) : Results.NotFound();
    }

    private static async Task<IResult> ShowMix(string[] circumstance, ModelCache cache, Settings settings, CancellationToken stop, string? show = null)
    {
        var model = await cache.Current(stop);
        var named = circumstance.SelectMany(c => c.Split(',', StringSplitOptions.RemoveEmptyEntries)).ToList();
        var choices = model.InUse(ConceptType.Circumstance).Where(c => model.From(c.Uri, Predicate.Implies).Any()).Take(MostChoices).Select(c => new Choice(c.Identifier, c.Plain)).ToList();
        if (named.Count == 0)
        {
            var errors = new Errors().Check("circumstance", show is null, "Select what is true, at least one");
            return new RazorComponentResult<RingsPage>(new { Choices = choices, Errors = errors })
            {
                StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
            };
        }
        var sensitive = named.Exists(c => model.Find(ConceptType.Circumstance, c) is { IsSensitive: true });
        return OtherCircles.Any(model, null, named, null, null, WhoProvides.Own(settings)) is { } rings
            ? new RazorComponentResult<RingsPage>(new { Rings = rings, Choices = choices, Sensitive = sensitive }) : Results.NotFound();
    }

    private static async Task<IResult> ShowNeed(string slug, ModelCache cache, Settings settings, CancellationToken stop)
    {
        var model = await cache.Current(stop);
        if (OtherCircles.Need(model, slug, WhoProvides.Own(settings)) is not { } rings) return Results.NotFound();
        var need = model.Find(ConceptType.Need, slug)!;
        var implied = model.To(need.Uri, Predicate.Implies).DistinctBy(r => r.Subject).Select(r => (Relation: r, From: model.Find(r.Subject)!));
        return new RazorComponentResult<RingsPage>(new
        {
            Rings = rings,
            Sensitive = need.IsSensitive,
            Circumstances = (IReadOnlyList<RingLeaf>)
            [
                .. implied.Select(i => new RingLeaf
                {
                    Id = i.From.Identifier, Label = i.From.Plain, Uri = i.From.Uri, Strength = i.Relation.Confidence, Reason = i.Relation.Reason, Provider = null, Organisations = [], Href = Links.Mix(i.From.Identifier),
                }),
            ],
        });
    }

    private static async Task<IResult> ShowService(string lgsl, ModelCache cache, CancellationToken stop)
    {
        var model = await cache.Current(stop);
        if (OtherCircles.Service(model, lgsl) is not { } rings) return Results.NotFound();
        Func<RingLeaf, IReadOnlyList<LifeEvent>> behind = leaf => OtherCircles.LifeEventsBehind(model, leaf.Uri!);
        return new RazorComponentResult<RingsPage>(new { Rings = rings, Behind = behind, Sensitive = model.Find(ConceptType.Service, lgsl)!.IsSensitive });
    }

    private static async Task<Ok<IReadOnlyList<LifeEvent>>> List(ModelCache cache, CancellationToken stop) =>
        TypedResults.Ok<IReadOnlyList<LifeEvent>>([.. (await cache.Current(stop)).InUse(ConceptType.LifeEvent).Select(LifeEvent.Of)]);

    private static async Task<Results<Ok<Circle>, NotFound>> Get(string slug, ModelCache cache, Settings settings, CancellationToken stop) =>
        Circle.Of(await cache.Current(stop), slug, WhoProvides.Own(settings)) is { } circle ? TypedResults.Ok(circle) : TypedResults.NotFound();

    /// <param name="circumstance">May be named several times, or with commas between.</param>
    private static async Task<Results<Ok<Rings>, NotFound, ProblemHttpResult>> GetAny(
        ModelCache cache, Settings settings, string[] circumstance, string? lifeEvent, string? need, string? service, CancellationToken stop)
    {
        var named = circumstance.SelectMany(c => c.Split(',', StringSplitOptions.RemoveEmptyEntries)).ToList();
        if ((lifeEvent is null ? 0 : 1) + (named.Count == 0 ? 0 : 1) + (need is null ? 0 : 1) + (service is null ? 0 : 1) != 1)
            return TypedResults.Problem("Name one of lifeEvent, circumstance, need and service.", statusCode: StatusCodes.Status400BadRequest);
        return OtherCircles.Any(await cache.Current(stop), lifeEvent, named, need, service, WhoProvides.Own(settings)) is { } rings ? TypedResults.Ok(rings) : TypedResults.NotFound();
    }
}
