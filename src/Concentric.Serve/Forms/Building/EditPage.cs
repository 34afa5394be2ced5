using Concentric.Core;
using Concentric.Core.Design;
using Concentric.Core.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Concentric.Serve.Forms.Building;

/// <summary>A designer adds a page, says what it is called, when it is shown and where it leads.</summary>
internal static class EditPage
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/forms-design/{form}/{version:int}/new-page", ShowNew).For(Audience.Design);
        pages.MapPost("/forms-design/{form}/{version:int}/new-page", Add).For(Audience.Design);
        pages.MapGet("/forms-design/{form}/{version:int}/pages/{page}", Show).For(Audience.Design);
        pages.MapPost("/forms-design/{form}/{version:int}/pages/{page}", Save).For(Audience.Design);
    }

    private static Task<IResult> ShowNew(string form, int version, string? after, [AsParameters] Builder builder) =>
        builder.Show(form, version,
            view => NewPage(view, new Fields().Put("After", after ?? (view.Form.Pages is [.., var last] ? last.Id : null)), new(), StatusCodes.Status200OK));

    private static async Task<IResult> Add(string form, int version, IFormCollection posted, [AsParameters] Builder builder)
    {
        var fields = new Fields(posted);
        var links = new BuildLinks(form, version);
        return await builder.Save(form, version, fields, f =>
        {
            var errors = new Errors();
            var title = fields.Text("Title", errors);
            errors.Check("Title", title is not null, "Enter what the page asks or says");
            QuestionKind? kind = Enum.TryParse<QuestionKind>(fields["Kind"], out var known) && Enum.IsDefined(known) ? known : null;
            errors.Check("Kind", kind is not null || fields["Kind"] == "none", "Select what is on the page");
            var after = fields["After"];
            errors.Check("After", after is null || f.Page(after) is not null, "Select the page that it comes after");
            if (errors.Any) return Edited.Wrong(f, errors);
            // A page and its only question bear the same words; their ids are of two kinds and may too.
            var id = f.FreeId(title!.En);
            return kind is null
                ? new Edited(f.AddPage(new() { Id = id, Title = title }, after ?? ""), errors) { To = links.Page(id) }
                : new Edited(f.AddPage(new() { Id = id, Items = [new Question { Id = id, Kind = kind.Value, Title = title }] }, after ?? ""), errors)
                { To = links.Question(id) };
        }, links.Version, (view, errors, status) => NewPage(view, fields, errors, status), "Save it again to add it to the draft as it is now");
    }

    private static Task<IResult> Show(string form, int version, string page, [AsParameters] Builder builder) =>
        builder.Show(form, version, view => view.Form.Page(page) is { } found ? Page(view, found, PageFields.Write(found), new(), builder) : null);

    private static async Task<IResult> Save(string form, int version, string page, IFormCollection posted, [AsParameters] Builder builder)
    {
        var fields = new Fields(posted);
        if (fields["Do"] == "pick")
            return await builder.ShowTyped(form, version, fields, view => view.Form.Page(page) is { } known
                ? Page(view, known, fields, Pick(view.Form, fields, [.. Targets(fields).Select(t => t.Value!)]), builder) : null);
        var links = new BuildLinks(form, version);
        return await builder.Save(form, version, fields, f =>
        {
            var errors = new Errors();
            if (f.Page(page) is not { } before) return Edited.Wrong(f, errors.Check("Id", false, "This page is not there any more"));
            var after = PageFields.Read(f, before, fields, errors);
            if (errors.Any) return Edited.Wrong(f, errors);
            return new Edited(f.WithPage(page, _ => after with { Id = page }).RenamePage(page, after.Id), errors) { To = links.Page(after.Id) };
        }, links.Version, (view, errors, status) => view.Form.Page(page) is { } there ? Page(view, there, fields, errors, builder, status) : null,
            "Saving again replaces what was changed of this page: its title, its condition and its routes");
    }

    /// <summary>Puts the condition that was picked into one of the boxes; what was picked is taken out again.</summary>
    internal static Errors Pick(Form form, Fields fields, IReadOnlyCollection<string> boxes)
    {
        var errors = new Errors();
        var (expression, field, error) = PickCondition.Write(form, fields["PickQuestion"], fields["PickBy"], fields["PickValue"]);
        if (expression is null) return errors.Check(field!, false, error!);
        var box = fields["PickFor"];
        if (box is null || !boxes.Contains(box)) return errors.Check("PickFor", false, "Select where the condition goes");
        fields.Set(box, Conditions.And(fields[box], expression)!).Set("PickQuestion").Set("PickValue");
        return errors;
    }

    internal static IEnumerable<Choice> Targets(Fields fields) =>
        [new("ShowIf", "The page is shown only if"), .. Enumerable.Range(0, PageFields.Ways(fields)).Select(i => new Choice($"Way{i}If", $"Route {i + 1} is taken if"))];

    private static RazorComponentResult NewPage(VersionView view, Fields fields, Errors errors, int status) =>
        new RazorComponentResult<NewPagePage>(new { View = view, Typed = fields, Errors = errors }) { StatusCode = status };

    private static RazorComponentResult Page(VersionView view, FormPage page, Fields fields, Errors errors, Builder builder, int? status = null) =>
        new RazorComponentResult<EditPagePage>(new { View = view, Page = page, Typed = fields, Errors = errors.InOrder("Title", "Id", "Section", "ShowIf", "Stop", "Way", "Pick"), Today = builder.Today })
        { StatusCode = status ?? SaveAnswers.StatusOf(errors) };
}
