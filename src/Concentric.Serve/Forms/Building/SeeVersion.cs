using Concentric.Core.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Forms.Building;

/// <summary>Everything that the checks say of a version.</summary>
/// <param name="Unreached">Pages to which no answers were found that lead: a warning, because a search is no proof.</param>
public sealed record FormFindings(IReadOnlyList<FormProblem> Missing, IReadOnlyList<FormProblem> Barriers, IReadOnlyList<PlainFinding> Hard, IReadOnlyList<string> Failing, IReadOnlyList<FormProblem> Unreached);

/// <summary>One version of a form: its pages, the map of its routing, what the checks say, and every page as people see it.</summary>
internal static class SeeVersion
{
    private const int MostUnreached = 3;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/forms-design/{form}/{version:int}", Show).For(Audience.Design);
        pages.MapGet("/forms-design/{form}/{version:int}/map", SeeMap).For(Audience.Design);
        pages.MapGet("/forms-design/{form}/{version:int}/checks", SeeChecks).For(Audience.Design);
        pages.MapGet("/forms-design/{form}/{version:int}/preview", Preview).For(Audience.Design);
    }

    private static Task<IResult> Show(string form, int version, [AsParameters] Builder builder) =>
        builder.Show(form, version, view => new RazorComponentResult<VersionPage>(new { View = view, Problems = PublishForm.Missing(view.Form) }));

    private static Task<IResult> SeeMap(string form, int version, [AsParameters] Builder builder) =>
        builder.Show(form, version, view => new RazorComponentResult<MapPage>(new { View = view, Map = FormMap.Of(view.Form) }));

    private static async Task<IResult> SeeChecks(string form, int version, [AsParameters] Builder builder)
    {
        if (await builder.Open(form, version) is not { } view) return Results.NotFound();
        var examples = await builder.Db.FormExamples.AsNoTracking().Where(e => e.Form == form).ToListAsync(builder.Stop);
        var failing = RunExamples.Of(view.Form, examples).Where(r => !r.Passes).Select(r => $"“{r.Example.Name}”: {r.Why}").ToList();
        return new RazorComponentResult<ChecksPage>(new { View = view, Findings = new FormFindings(PublishForm.Missing(view.Form), FormAccessibility.Of(view.Form), PlainEnglish.Of(view.Form), failing, Unreached(view.Form, builder.Today)) });
    }

    // A page that is found costs little, one that is not costs the whole search: after a few the rest can wait until those are put right.
    private static IReadOnlyList<FormProblem> Unreached(Form form, DateOnly today) => FormCheck.Of(form).Count > 0 ? [] :
    [
        .. FindAnswers.Unreached(form, today).Take(MostUnreached).Reverse().Select(p => new FormProblem(p.Id, "No answers were found that lead to this page. Look at the conditions before it.", p.Id)),
    ];

    private static Task<IResult> Preview(string form, int version, string? lang, [AsParameters] Builder builder) =>
        builder.Show(form, version, view => new RazorComponentResult<PreviewPage>(new
        {
            View = view, Language = lang == "cy" ? Language.Welsh : Language.English, Today = builder.Today,
        }));
}
