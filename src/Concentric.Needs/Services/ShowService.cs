using Concentric.Core.Data;
using Concentric.Core.Web;
using Concentric.Core;
using Concentric.Core.Questions;
using Concentric.Needs.Concepts;
using Concentric.Needs.Directory;
using Concentric.Needs.Searching;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Concentric.Needs.Services;

/// <summary>A part of the list of services.</summary>
public sealed record ServiceList
{
    /// <summary>How many services fit, of which the list may hold a part.</summary>
    public required int Total { get; init; }
    public required IReadOnlyList<ServiceSummary> Services { get; init; }

    /// <summary>Whom the licence of the list asks everybody who shows it to name.</summary>
    public required string Attribution { get; init; }
}

internal static class ShowService
{
    private const int MostAtOnce = 2000;

    public static void Map(Site site)
    {
        site.Pages.MapGet("/services/{lgsl}", Show).ForEverybody();
        site.Api.MapGet("/services", List).WithName("ListServices")
            .WithSummary("The services in use, by plain name; with q, those that fit the words, best first").ForEverybody();
        site.Api.MapGet("/services/{lgsl}", Get).WithName("GetService")
            .WithSummary("A service: needs, rules of eligibility, who provides it, outcomes and metrics").ForEverybody();
    }

    private static async Task<Results<Ok<ServiceDetails>, NotFound>> Get(string lgsl, ModelCache cache, Settings settings, CancellationToken stop) =>
        ServiceDetails.Of(await cache.Current(stop), lgsl, WhoProvides.Own(settings)) is { } service ? TypedResults.Ok(service) : TypedResults.NotFound();

    private static async Task<IResult> Show(string lgsl, ModelCache cache, Settings settings, IFormNames forms, CancellationToken stop)
    {
        var model = await cache.Current(stop);
        return ServiceDetails.Of(model, lgsl, WhoProvides.Own(settings)) is { } service
            ? new RazorComponentResult<ServicePage>(new { Details = service, Sensitive = model.Find(ConceptType.Service, lgsl)!.IsSensitive, Forms = (await forms.All(stop)).Where(f => f.Service == lgsl).ToList() }) : Results.NotFound();
    }

    /// <param name="q">Words, in any order; small typing mistakes do not matter.</param>
    /// <param name="offset">How many to leave out from the start.</param>
    /// <param name="limit">How many to return, 1 to 2,000.</param>
    private static async Task<Results<Ok<ServiceList>, ProblemHttpResult>> List(ModelCache cache, ConcentricDb db, CancellationToken stop, string? q = null, int offset = 0, int limit = 100)
    {
        if (offset < 0) return TypedResults.Problem("offset must be 0 or more.", statusCode: StatusCodes.Status400BadRequest);
        if (limit is < 1 or > MostAtOnce) return TypedResults.Problem($"limit must be from 1 to {MostAtOnce}.", statusCode: StatusCodes.Status400BadRequest);

        return TypedResults.Ok(await Of(db, await cache.Current(stop), q, offset, limit, stop));
    }

    internal static async Task<ServiceList> Of(ConcentricDb db, NeedModel model, string? q, int offset, int limit, CancellationToken stop = default)
    {
        var found = string.IsNullOrWhiteSpace(q)
            ? model.InUse(ConceptType.Service).ToList()
            : [.. Search.ServicesOf(model, await FindTexts.Find(db, q, stop))];
        return new()
        {
            Total = found.Count,
            Services = [.. found.Skip(offset).Take(limit).Select(ServiceSummary.Of)],
            Attribution = model.Schemes.FirstOrDefault(s => s.Uri == SchemeUris.Services)?.Attribution ?? "",
        };
    }
}
