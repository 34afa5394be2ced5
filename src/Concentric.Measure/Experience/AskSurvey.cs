using System.Security.Claims;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Core.Questions;
using Concentric.Core.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Measure.Experience;

/// <summary>Which service is asked of, and whether from now on or no more.</summary>
public sealed record AskForm
{
    /// <summary>LGSL identifier.</summary>
    public string? Service { get; init; }

    /// <summary><c>begin</c> or <c>stop</c>.</summary>
    public string? What { get; init; }
}

/// <summary>A service manager begins to ask everybody what they expect and get of a service, or stops.</summary>
internal static class AskSurvey
{
    public static void Map(IEndpointRouteBuilder pages) => pages.MapPost($"{SeeGaps.Path}/asked", Ask).For(Audience.Manage);

    private static async Task<IResult> Ask([FromForm] AskForm? form, IWriter writer, IServiceNames services, ClaimsPrincipal visitor, TimeProvider clock, CancellationToken stop)
    {
        if (form is not { Service: { Length: > 0 } id, What: "begin" or "stop" } || await services.Find(id, stop) is not { } service) return Results.BadRequest();
        var now = clock.GetUtcNow();
        var survey = Guid.CreateVersion7(now);
        await writer.Write(async d =>
        {
            var open = await d.AskedExperiences.Where(a => a.Service == service.Id && a.ClosedAt == null).ToListAsync();
            // Pressed twice it is asked once.
            if (form.What == "begin" && open.Count == 0)
            {
                d.Add(new AskedExperience { Survey = survey, Service = service.Id, By = visitor.Actor, OpenedAt = now });
                d.Record(new ExperienceAsked(survey, service.Id, true, now), visitor.Actor, now);
            }
            else if (form.What == "stop")
            {
                foreach (var asked in open)
                {
                    asked.ClosedAt = now;
                    d.Record(new ExperienceAsked(asked.Survey, service.Id, false, now), visitor.Actor, now);
                }
            }
        }, CancellationToken.None);
        return Results.LocalRedirect($"{SeeGaps.Path}?service={Uri.EscapeDataString(service.Id)}#asked");
    }
}
