using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Concentric.Measure.Journeys.Seeing;

/// <summary>Somebody holds journeys against the path that they expect, and against rules.</summary>
internal static class CheckJourneys
{
    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet(CheckQuestion.Address, Show).For(Audience.Measure);

    private static async Task<IResult> Show(HttpRequest request, JourneyLogs logs, WorkingCalendar calendar, ClaimsPrincipal visitor, CancellationToken stop)
    {
        var (asked, errors) = JourneyQuestion.Parse(request.Query);
        if (await logs.Find(asked, errors, visitor, stop: stop) is not { } found) return new RazorComponentResult<NoJourneysPage>();
        var map = errors.Any || found.IsTooFew ? null : JourneysView.Of(found, stop);
        // Only steps that enough cases had are named, and only they may be asked about: an answer about another would tell of it.
        IReadOnlyList<string> activities = map is null ? [] : [.. map.Map.Activities.Where(a => a.Cases is not null).Select(a => a.Name).Order(StringComparer.Ordinal)];
        var isAsked = request.Query.Keys.Any(k => k is "path" or "deviations" || k.StartsWith("before-", StringComparison.Ordinal) || k.StartsWith("within-", StringComparison.Ordinal) || k.StartsWith("eyes-", StringComparison.Ordinal));
        var question = isAsked && map is not null ? CheckQuestion.Parse(request.Query, activities, errors) : new() { Path = map is { Variants: [var most, ..] } ? most.Path : [] };
        var view = map is null || errors.Any ? null : CheckView.Of(found, map.Map, question, calendar, stop);
        return new RazorComponentResult<CheckPage>(new { Question = asked, Found = found, Check = question, View = view, Activities = activities, Cases = map?.Cases, Typed = isAsked ? request.Query["path"].ToString() : null, Errors = errors })
        {
            StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
        };
    }
}
