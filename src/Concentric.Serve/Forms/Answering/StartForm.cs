using Concentric.Core.Data;
using Concentric.Core.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Concentric.Serve.Forms;

/// <summary>A form's start page, and the list of all forms.</summary>
internal static class StartForm
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/forms", List).ForEverybody();
        pages.MapGet("/forms/{form}", Show).ForEverybody();
        pages.MapPost("/forms/{form}", Begin).ForEverybody().RequireRateLimiting(RateLimits.Begin);
    }

    private static async Task<IResult> List(PublishedForms forms, string? lang, CancellationToken stop)
    {
        var language = LanguageOf(lang);
        return new RazorComponentResult<FormsPage>(new { Forms = (await forms.All(stop)).OrderBy(f => f.Form.Title.In(language), StringComparer.CurrentCulture).ToList(), Bundles = Library.Bundles, Language = language });
    }

    private static async Task<IResult> Show(string form, string? lang, FormsToFill forms, CancellationToken stop) =>
        await forms.Find(form, stop) is var (found, joined, _)
            ? new RazorComponentResult<StartFormPage>(new { InUse = found, Language = LanguageOf(lang) })
            : Results.NotFound();

    private static async Task<IResult> Begin(string form, [FromForm] string? lang, HttpContext http, ConcentricDb db, FormsToFill forms, FillDraft fill, OfferDetails details, CancellationToken stop)
    {
        if (await forms.Find(form, stop) is not var (found, joined, parts)) return Results.NotFound();
        var language = LanguageOf(lang);
        var key = DraftKey.OfOrNew(http);
        var draft = await fill.Begin(found, parts, key, language, "web", offered: await details.For(db, found.Form, http.User, key, stop), given: joined?.Given);
        var addresses = new FormAddresses(form, draft.Key, language);
        return Results.LocalRedirect(found.Form.TaskList ? addresses.Tasks : addresses.Page(found.Form.Pages[0].Id));
    }

    private static Language LanguageOf(string? lang) => lang == "cy" ? Language.Welsh : Language.English;
}
