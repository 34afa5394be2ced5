using System.Text;
using Concentric.Core;
using Concentric.Core.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Concentric.Serve.Forms.Building;

/// <summary>A form as its JSON: written in a box by those who like that best, and taken away as a file.</summary>
internal static class EditJson
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/forms-design/{form}/{version:int}/json", Show).For(Audience.Design);
        pages.MapPost("/forms-design/{form}/{version:int}/json", Save).For(Audience.Design);
        pages.MapGet("/forms-design/{form}/{version:int}/export", Export).For(Audience.Design);
    }

    private static Task<IResult> Show(string form, int version, [AsParameters] Builder builder) =>
        builder.Show(form, version, view => Page(view, new Fields().Put("Json", view.Form.Write()), new()));

    private static Task<IResult> Save(string form, int version, IFormCollection posted, [AsParameters] Builder builder)
    {
        var fields = new Fields(posted);
        // Read before the work: it is the same however often the work runs.
        var (typed, problem) = ReadForm.Of(fields["Json"] ?? "");
        // The whole form is in one box: to save it again after somebody else did would undo whatever they changed.
        return builder.Save(form, version, fields, f =>
        {
            if (typed is null) return Edited.Wrong(f, new Errors().Check("Json", false, problem!));
            if (typed.Id != form) return Edited.Wrong(f, new Errors().Check("Json", false, $"The id must stay “{form}”: addresses and what was sent name it"));
            // Who signed the Welsh is not typed: it is what somebody did.
            return typed with { Welsh = f.Welsh };
        }, new BuildLinks(form, version).Checks, (view, errors, _) => Page(view, fields, errors));
    }

    private static async Task<IResult> Export(string form, int version, [AsParameters] Builder builder) =>
        await builder.Find(form, version) is { } found ? Results.File(Encoding.UTF8.GetBytes(found.Definition), "application/json; charset=utf-8", $"{form}-{version}.json") : Results.NotFound();

    private static RazorComponentResult Page(VersionView view, Fields fields, Errors errors) =>
        new RazorComponentResult<EditJsonPage>(new { View = view, Typed = fields, Errors = errors }) { StatusCode = SaveAnswers.StatusOf(errors) };
}

/// <summary>Reads a form that somebody typed or sent: whatever it holds, what comes of it can be shown and checked.</summary>
internal static class ReadForm
{
    private const int MostCharacters = 2_000_000;
    private const int MostPages = 300;
    private const int MostQuestions = 1000;

    /// <summary>The form, or in words why it is none. What else is wrong with it is said by its checks, so that one that is not done yet can be kept.</summary>
    public static (Form? Form, string? Problem) Of(string json)
    {
        if (json.Length > MostCharacters) return (null, $"It has more than {MostCharacters:#,0} characters");
        try
        {
            var form = Form.Read(json);
            return form.Pages.Count <= MostPages && form.Questions.Take(MostQuestions + 1).Count() <= MostQuestions ? (form, null)
                : (null, $"A form has at most {MostPages} pages and {MostQuestions} questions");
        }
        catch (RefusedException e)
        {
            return (null, e.Message);
        }
    }
}
