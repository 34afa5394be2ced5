using Concentric.Core;
using Concentric.Core.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Concentric.Serve.Forms.Building;

/// <summary>Where a new question goes.</summary>
/// <param name="Under">The question whose choice reveals it, or the repeating group whose rows ask it.</param>
public sealed record NewPlace(string Page, string? Under, string? Choice);

/// <summary>A designer writes a question of any kind, with all that belongs to it.</summary>
internal static class EditQuestion
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/forms-design/{form}/{version:int}/new-question", ShowNew).For(Audience.Design);
        pages.MapPost("/forms-design/{form}/{version:int}/new-question", Add).For(Audience.Design);
        pages.MapGet("/forms-design/{form}/{version:int}/questions/{question}", Show).For(Audience.Design);
        pages.MapPost("/forms-design/{form}/{version:int}/questions/{question}", Save).For(Audience.Design);
    }

    private static Task<IResult> ShowNew(string form, int version, string page, string? under, string? choice, [AsParameters] Builder builder) =>
        builder.Show(form, version,
            view => Page(view, new NewPlace(page, under, choice), new Fields().Set("Kind", nameof(QuestionKind.Text)), new(), null, builder));

    private static Task<IResult> Show(string form, int version, string question, [AsParameters] Builder builder) =>
        builder.Show(form, version,
            view => view.Form.Find(question) is { } found ? Page(view, question, QuestionFields.Write(found.Question), new(), null, builder) : null);

    private static async Task<IResult> Add(string form, int version, IFormCollection posted, [AsParameters] Builder builder)
    {
        var fields = new Fields(posted);
        var place = new NewPlace(fields["Page"] ?? "", fields["Under"], fields["Choice"]);
        if (fields["Do"] is "pick" or "kind")
            return await builder.ShowTyped(form, version, fields, view => Page(view, place, fields, Picked(view, fields), null, builder));
        return await builder.Save(form, version, fields, f =>
        {
            var errors = new Errors();
            if (!IsThere(f, place)) return Edited.Wrong(f, errors.Check("Title", false, "Where it should go is not there any more"));
            var question = QuestionFields.Read(f, fields, null, errors);
            CheckId(f, f.Find(place.Under ?? "")?.Question, question, null, errors);
            return errors.Any ? Edited.Wrong(f, errors) : f.AddQuestion(place.Page, place.Under, place.Choice, question);
        }, new BuildLinks(form, version).Page(place.Page), (view, errors, status) => Page(view, place, fields, errors, status, builder),
            "Save it again to add it to the draft as it is now");
    }

    private static async Task<IResult> Save(string form, int version, string question, IFormCollection posted, [AsParameters] Builder builder)
    {
        var fields = new Fields(posted);
        if (fields["Do"] is "pick" or "kind")
            return await builder.ShowTyped(form, version, fields, view => Page(view, question, fields, Picked(view, fields), null, builder));
        var links = new BuildLinks(form, version);
        return await builder.Save(form, version, fields, f =>
        {
            var errors = new Errors();
            if (f.Find(question) is not { } found) return Edited.Wrong(f, errors.Check("Title", false, "This question is not there any more"));
            var changed = QuestionFields.Read(f, fields, found.Question, errors);
            CheckId(f, found.Group, changed, found, errors);
            if (errors.Any) return Edited.Wrong(f, errors);
            var after = f.WithQuestion(question, _ => changed with { Id = found.Question.Id });
            if (changed.Id != found.Question.Id)
                after = found.Group is { } group ? FormExpressions.RenameField(after, group.Id, found.Question.Id, changed.Id)
                    : FormExpressions.Rename(after, found.Question.Id, changed.Id);
            return new Edited(after, errors) { To = links.Page(found.Page.Id) };
        }, links.Version, (view, errors, status) => Page(view, question, fields, errors, status, builder),
            "Saving again replaces what was changed in this question");
    }

    private static Errors Picked(VersionView view, Fields fields) => fields["Do"] == "pick" ? EditPage.Pick(view.Form, fields, ["ShowIf"]) : new();

    private static bool IsThere(Form form, NewPlace place) => form.Page(place.Page) is not null
        && (place.Under is null || form.Find(place.Under)?.Question is { } under && (under.Kind == QuestionKind.Repeat || under.Choices.Any(c => c.Value == place.Choice)));

    private static void CheckId(Form form, Question? group, Question question, PlacedQuestion? before, Errors errors)
    {
        if (group is { Kind: QuestionKind.Repeat })
        {
            errors.Check("Id", group.Fields.All(f => f.Id != question.Id || f.Id == before?.Question.Id), $"Another field of the group has the id “{question.Id}”");
            errors.Check("Kind", question.Kind is not (QuestionKind.Repeat or QuestionKind.File), "A field of a repeating group cannot repeat or take files");
            return;
        }
        var others = form.Questions.Where(q => q.Id != before?.Question.Id).Select(q => q.Id).Concat(form.Calculations.Select(c => c.Id)).Concat(form.Lookups.Select(l => l.Id));
        errors.Check("Id", !others.Contains(question.Id, StringComparer.Ordinal), $"Another question, calculation or lookup has the id “{question.Id}”");
    }

    private static IResult? Page(VersionView view, NewPlace place, Fields fields, Errors errors, int? status, Builder builder) =>
        IsThere(view.Form, place) ? Page(view, place, null, view.Form.Page(place.Page)!, fields, errors, status, builder) : null;

    private static IResult? Page(VersionView view, string key, Fields fields, Errors errors, int? status, Builder builder) =>
        view.Form.Find(key) is { } found ? Page(view, null, found, found.Page, fields, errors, status, builder) : null;

    private static RazorComponentResult Page(
        VersionView view, NewPlace? place, PlacedQuestion? found, FormPage page, Fields fields, Errors errors, int? status, Builder builder) =>
        new RazorComponentResult<EditQuestionPage>(new
        {
            View = view, Place = place, Key = found?.Key, Question = found?.Question, OnPage = page, Typed = fields, Errors = errors.InOrder(QuestionFields.Order), Today = builder.Today,
        })
        { StatusCode = status ?? SaveAnswers.StatusOf(errors) };
}
