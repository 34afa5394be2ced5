using Concentric.Core;
using Concentric.Core.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Concentric.Serve.Forms.Building;

/// <summary>A designer writes guidance between questions. Guidance has no id: it is addressed by its place on the page.</summary>
internal static class EditGuidance
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/forms-design/{form}/{version:int}/pages/{page}/guidance/{item:int}", Show).For(Audience.Design);
        pages.MapPost("/forms-design/{form}/{version:int}/pages/{page}/guidance/{item:int}", Save).For(Audience.Design);
    }

    private static Task<IResult> Show(string form, int version, string page, int item, [AsParameters] Builder builder) => builder.Show(form, version, view =>
        view.Form.Page(page)?.Items is not { } items || item < 0 || item > items.Count ? null
        : item == items.Count ? Page(view, page, item, new Fields().Set("Kind", nameof(GuidanceKind.Text)), new(), builder)
        : items[item] is not Guidance guidance ? null
        : Page(view, page, item, Write(guidance), new(), builder));

    private static Fields Write(Guidance guidance) =>
        new Fields().Set("Kind", $"{guidance.Kind}").Put("Title", guidance.Title).Put("Text", guidance.Text).Put("ShowIf", guidance.ShowIf);

    private static async Task<IResult> Save(string form, int version, string page, int item, IFormCollection posted, [AsParameters] Builder builder)
    {
        var fields = new Fields(posted);
        if (fields["Do"] == "pick")
            return await builder.ShowTyped(form, version, fields,
                view => Page(view, page, item, fields, EditPage.Pick(view.Form, fields, ["ShowIf"]), builder));
        // It is addressed by its place, and after somebody else's save another may stand there: it is not offered to be saved again.
        return await builder.Save(form, version, fields, f =>
        {
            var errors = new Errors();
            if (f.Page(page) is not { } there || item < 0 || item > there.Items.Count || (item < there.Items.Count && there.Items[item] is not Guidance))
                return Edited.Wrong(f, errors.Check("Text", false, "This guidance is not there any more"));
            var (text, title) = (fields.Text("Text", errors), fields.Text("Title", errors));
            errors.Check("Kind", Enum.TryParse<GuidanceKind>(fields["Kind"], out var kind) && Enum.IsDefined(kind), "Select how it looks");
            errors.Check("Text", text is not null, "Enter the guidance");
            errors.Check("Title", kind != GuidanceKind.Details || title is not null, "Enter what it says before it is opened");
            var guidance = new Guidance { Kind = kind, Text = text ?? "", Title = kind == GuidanceKind.Details ? title : null, ShowIf = fields.Expression("ShowIf", errors) };
            return errors.Any ? Edited.Wrong(f, errors) : f.WithPage(page, p => p with { Items = [.. p.Items.Take(item), guidance, .. p.Items.Skip(item + 1)] });
        }, new BuildLinks(form, version).Page(page), (view, errors, _) => Page(view, page, item, fields, errors, builder));
    }

    private static IResult? Page(VersionView view, string page, int item, Fields fields, Errors errors, Builder builder) =>
        view.Form.Page(page) is not { } there ? null
        : new RazorComponentResult<EditGuidancePage>(new
        {
            View = view, Page = there, Item = item, Typed = fields, Errors = errors, Today = builder.Today,
        })
        { StatusCode = SaveAnswers.StatusOf(errors) };
}
