using System.Security.Claims;
using Concentric.Core.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Concentric.Measure.Journeys.Seeing;

/// <summary>A service manager or analyst sees which way cases go: a map, the orders of steps, where they wait, go back and change hands.</summary>
internal static class SeeJourneys
{
    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet(JourneyQuestion.Path, Show).For(Audience.Measure);

    private static async Task<IResult> Show(HttpRequest request, JourneyLogs logs, ClaimsPrincipal visitor, CancellationToken stop)
    {
        var (asked, errors) = JourneyQuestion.Parse(request.Query);
        if (await logs.Find(asked, errors, visitor, stop: stop) is not { } found) return new RazorComponentResult<NoJourneysPage>();
        var view = errors.Any || found.IsTooFew ? null : JourneysView.Of(found, stop);
        return new RazorComponentResult<JourneysPage>(new { Question = asked, Found = found, View = view, MaySeeCases = SeeCaseJourney.IsFor(visitor), Errors = errors })
        {
            StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
        };
    }
}
