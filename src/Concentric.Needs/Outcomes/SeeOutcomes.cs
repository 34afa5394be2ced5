using Concentric.Core.Web;
using Concentric.Needs.Concepts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Concentric.Needs.Outcomes;

/// <summary>What services are for in the end, and how it is measured.</summary>
internal static class SeeOutcomes
{
    public static void Map(Site site)
    {
        site.Pages.MapGet(Links.Outcomes, Show).ForEverybody();
        site.Api.MapGet("/outcomes", List).WithName("ListOutcomes").WithSummary("The outcomes, each with its metrics and the services that bear on it").ForEverybody();
    }

    private static async Task<IResult> Show(ModelCache cache, CancellationToken stop) => new RazorComponentResult<OutcomesPage>(new { Outcomes = Outcome.AllOf(await cache.Current(stop)) });

    private static async Task<Ok<IReadOnlyList<Outcome>>> List(ModelCache cache, CancellationToken stop) => TypedResults.Ok(Outcome.AllOf(await cache.Current(stop)));
}
