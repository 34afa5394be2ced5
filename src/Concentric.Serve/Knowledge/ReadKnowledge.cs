using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.Web;
using Concentric.Serve.Forms;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Concentric.Serve.Knowledge;

/// <summary>Whether the answer was there, and what was looked for.</summary>
public sealed record VerdictForm
{
    /// <summary><c>yes</c> or <c>no</c>.</summary>
    public string? Found { get; init; }

    public string? Words { get; init; }
    public string? Lang { get; init; }
}

/// <summary>Anybody reads what a service tells, and says whether it helped; staff read beside it what only they are told.</summary>
internal static class ReadKnowledge
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/answers", List).ForEverybody();
        pages.MapGet("/answers/{slug}", Show).ForEverybody();
        pages.MapPost("/answers/{slug}", Judge).ForEverybody().RequireRateLimiting(RateLimits.Begin);
        pages.MapGet("/desk/answers", ListForStaff).For(Audience.Desk);
        pages.MapGet("/desk/answers/{slug}", ShowForStaff).For(Audience.Desk);
    }

    private static async Task<IResult> List(string? q, string? lang, ConcentricDb db, CancellationToken stop)
    {
        q = q is null ? null : Fields.Tidy(q);
        return new RazorComponentResult<AnswersPage>(new { Rows = await FindKnowledge.Search(db, q, forStaff: false, stop), Words = q, Language = Of(lang) });
    }

    private static async Task<IResult> ListForStaff(string? q, ConcentricDb db, CancellationToken stop)
    {
        q = q is null ? null : Fields.Tidy(q);
        return new RazorComponentResult<AnswersPage>(new { Rows = await FindKnowledge.Search(db, q, forStaff: true, stop), Words = q, Language = Language.English, ForStaff = true });
    }

    private static Task<IResult> Show(string slug, string? lang, string? said, ConcentricDb db, CancellationToken stop) => Page(slug, Of(lang), said is not null, new(), new(), db, stop);

    private static async Task<IResult> ShowForStaff(string slug, ConcentricDb db, CancellationToken stop) => await FindKnowledge.One(db, slug, stop) is { } found
        ? new RazorComponentResult<AdviserAnswerPage>(new { View = KnowledgeView.Of(found), found.Words.ForAdvisers })
        : Results.NotFound();

    private static async Task<IResult> Judge(string slug, [FromForm] VerdictForm form, ConcentricDb db, IWriter writer, TimeProvider clock, CancellationToken stop)
    {
        var language = Of(form.Lang);
        var words = form.Words is null ? null : Fields.Tidy(form.Words).Trim();
        var errors = new Errors().Check("Found", form.Found is "yes" or "no", language == Language.Welsh ? "Dewiswch a oedd yr ateb yma" : "Select if the answer was here")
            .Check("Words", words is null or { Length: <= KnowledgeVerdict.MostWords }, language == Language.Welsh ? "Rhaid i’r hyn a ysgrifennwch fod yn 1,000 nod neu lai" : "What you looked for must be 1,000 characters or fewer");
        if (errors.Any) return await Page(slug, language, false, form with { Words = words }, errors, db, stop);
        if (await FindKnowledge.One(db, slug, stop) is not { } found) return Results.NotFound();
        var now = clock.GetUtcNow();
        await writer.Write(d =>
        {
            d.Add(new KnowledgeVerdict { Id = Guid.CreateVersion7(now), Slug = slug, Version = found.Page.Version, Found = form.Found == "yes", Words = words is { Length: > 0 } ? Masking.Mask(words) : null, At = now });
            d.Record(new KnowledgeJudged(slug, found.Page.Version, found.Page.Service, form.Found == "yes", now), Actor.Citizen, now);
            return Task.CompletedTask;
        }, CancellationToken.None);
        return Results.LocalRedirect($"/answers/{found.Page.Slug}?said=1{(language == Language.Welsh ? "&lang=cy" : "")}#said");
    }

    private static async Task<IResult> Page(string slug, Language language, bool said, VerdictForm form, Errors errors, ConcentricDb db, CancellationToken stop) =>
        await FindKnowledge.One(db, slug, stop) is { } found
            ? new RazorComponentResult<CitizenAnswerPage>(new { View = KnowledgeView.Of(found), Language = language, Said = said, Form = form, Errors = errors })
            {
                StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
            }
            : Results.NotFound();

    private static Language Of(string? lang) => lang == "cy" ? Language.Welsh : Language.English;
}

/// <summary>A knowledge page as it is shown.</summary>
public sealed record KnowledgeView(string Slug, LocalText Title, LocalText Body, string Team, string? Form, DateOnly ReviewedOn, int Version)
{
    internal static KnowledgeView Of(ShownKnowledge shown) => new(shown.Page.Slug, shown.Words.Titles, shown.Words.Bodies, shown.Page.Team, shown.Page.Form, shown.Page.ReviewedOn, shown.Page.Version);
}
