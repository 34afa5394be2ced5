using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Concentric.Measure.Journeys.Seeing;

/// <summary>One side of a comparison.</summary>
/// <param name="Found">Null where there is no log at all.</param>
/// <param name="View">Null where there are too few cases or something is wrong with what was asked.</param>
public sealed record ComparedSide(JourneyQuestion Question, AskedJourneys Found, JourneysView? View);

/// <summary>Somebody holds two periods, services or councils beside each other.</summary>
internal static class CompareJourneys
{
    public const string Address = JourneyQuestion.Path + "/compare";

    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet(Address, Show).For(Audience.Measure);

    private static async Task<IResult> Show(HttpRequest request, JourneyLogs logs, ClaimsPrincipal visitor, CancellationToken stop)
    {
        var errors = new Errors();
        var sides = new List<ComparedSide>();
        foreach (var prefix in (string[])["a-", "b-"])
        {
            var (asked, wrong) = JourneyQuestion.Parse(request.Query, prefix);
            if (await logs.Find(asked, wrong, visitor, prefix, stop) is not { } found) return new RazorComponentResult<NoJourneysPage>();
            foreach (var one in wrong) errors.Check(one.Field, false, one.Message);
            sides.Add(new(asked, found, wrong.Any || found.IsTooFew ? null : JourneysView.Of(found, stop)));
        }
        return new RazorComponentResult<ComparePage>(new { One = sides[0], Other = sides[1], Errors = errors })
        {
            StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
        };
    }
}
