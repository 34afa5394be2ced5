using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Core.Web;
using Concentric.Needs.Concepts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Needs.Anticipation;

public sealed record DecisionForm
{
    /// <summary><c>approve</c> or <c>withdraw</c>.</summary>
    public string? Decision { get; init; }

    public string? Reason { get; init; }

    public Errors Check() => new Errors()
        .Check("Reason", !string.IsNullOrWhiteSpace(Reason), "Enter why you decide so")
        .Check("Reason", Reason is null or { Length: <= 1000 }, "The reason must be 1,000 characters or fewer")
        .Check("Decision", Decision is "approve" or "withdraw", "Select whether to approve or to withdraw");
}

/// <summary>An analyst sees how good anticipation is, and decides for which services its counts may be used.</summary>
internal static class SeeAnticipation
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Links.Anticipation, Show).For(Audience.Measure);
        pages.MapPost("/needs/anticipation/learn", Learn).For(Audience.Analyse);
        pages.MapGet("/needs/anticipation/services/{lgsl}", ShowService).For(Audience.Measure);
        pages.MapPost("/needs/anticipation/services/{lgsl}", Decide).For(Audience.Analyse);
    }

    private static async Task<IResult> Show(Learning learning, ModelCache cache, ConcentricDb db, ClaimsPrincipal visitor, CancellationToken stop) => new RazorComponentResult<AnticipationPage>(new
    {
        Evaluation = learning.Current?.Evaluation,
        LearntAt = learning.Current?.At,
        Names = Names(await cache.Current(stop)),
        Approved = (await db.Decisions.AsNoTracking().Where(d => d.Approved).Select(d => d.Service).ToListAsync(stop)).ToHashSet(),
        CanDecide = visitor.IsOf(Audience.Analyse),
    });

    private static async Task<IResult> Learn(Learning learning, CancellationToken stop)
    {
        await learning.Refresh(stop);
        return Results.LocalRedirect(Links.Anticipation);
    }

    private static async Task<IResult> ShowService(string lgsl, Learning learning, ModelCache cache, ConcentricDb db, ClaimsPrincipal visitor, CancellationToken stop) =>
        await Page(lgsl, new(), new(), learning, cache, db, visitor, stop);

    private static async Task<IResult> Decide(string lgsl, [FromForm] DecisionForm form, Learning learning, ModelCache cache, ConcentricDb db, IWriter writer, ClaimsPrincipal visitor, TimeProvider clock)
    {
        var errors = form.Check();
        var figures = learning.Current?.Evaluation.Services.FirstOrDefault(s => s.Service == lgsl);
        errors.Check("Decision", form.Decision != "approve" || figures is not null, "Nothing of this service could be tried, so there is no evaluation to approve");
        if (errors.Any) return await Page(lgsl, form, errors, learning, cache, db, visitor, default);
        if ((await cache.Current()).Find(ConceptType.Service, lgsl) is null) return Results.NotFound();

        var (by, now, approved, reason) = (visitor.Actor, clock.GetUtcNow(), form.Decision == "approve", form.Reason!.Trim());
        var (from, to, tried) = (learning.Current?.Evaluation.From ?? Say.DayOf(now), learning.Current?.Evaluation.To ?? Say.DayOf(now), figures?.Tried ?? 0);
        await writer.Write(async d =>
        {
            if (await d.Decisions.FindAsync(lgsl) is { } held)
                (held.Approved, held.Reason, held.By, held.At, held.From, held.To, held.Tried) = (approved, reason, by, now, from, to, tried);
            else d.Decisions.Add(new() { Service = lgsl, Approved = approved, Reason = reason, By = by, At = now, From = from, To = to, Tried = tried });
            d.Record(new AnticipationDecided(lgsl, approved, reason, from, to, tried), by, now);
        });
        return Results.LocalRedirect(Links.AnticipationAfter(lgsl));
    }

    private static async Task<IResult> Page(string lgsl, DecisionForm form, Errors errors, Learning learning, ModelCache cache, ConcentricDb db, ClaimsPrincipal visitor, CancellationToken stop)
    {
        var model = await cache.Current(stop);
        if (model.Find(ConceptType.Service, lgsl) is not { } service) return Results.NotFound();
        return new RazorComponentResult<AnticipationAfterPage>(new
        {
            View = AfterView.Of(service, learning.Current, await db.Decisions.AsNoTracking().SingleOrDefaultAsync(d => d.Service == lgsl, stop), Names(model), visitor.IsOf(Audience.Analyse)),
            Form = form,
            Errors = errors,
            CanDecide = visitor.IsOf(Audience.Analyse),
        })
        {
            StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
        };
    }

    private static Func<string, string> Names(NeedModel model) => id => model.Find(ConceptType.Service, id)?.Plain ?? $"Service {id}";
}
