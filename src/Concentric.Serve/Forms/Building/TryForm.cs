using Concentric.Core;
using Concentric.Core.Design;
using Concentric.Core.Web;
using Concentric.Serve.Attachments;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Concentric.Serve.Forms.Building;

/// <summary>Where somebody who tries a form is.</summary>
/// <param name="Page">The page that is shown; null at the end.</param>
public sealed record TryView(Journey Journey, JourneyPage? Page, Fields Typed, Language Language)
{
    /// <summary>Addresses that were found for a postcode, by question.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<Choice>>? Found { get; init; }
}

/// <summary>A designer goes through a form as people will. The answers travel with the page and are kept nowhere, unless as an example.</summary>
internal static class TryForm
{
    private const int Longest = 200_000;

    /// <summary>Before the names of a row's fields, so that they are not taken for questions.</summary>
    public const string Row = "row.";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/forms-design/{form}/{version:int}/try", Begin).For(Audience.Design);
        pages.MapPost("/forms-design/{form}/{version:int}/try", Step).For(Audience.Design);
    }

    private static async Task<IResult> Begin(string form, int version, string? lang, [AsParameters] Builder builder)
    {
        if (await builder.Open(form, version) is not { } view) return Results.NotFound();
        var journey = Journey.Of(view.Form, Answers.None, builder.Today);
        return Page(view, journey, journey.ToDo?.Id ?? journey.StoppedAt?.Id, lang == "cy" ? Language.Welsh : Language.English);
    }

    private static async Task<IResult> Step(string form, int version, IFormCollection posted, [AsParameters] Builder builder)
    {
        if (await builder.Open(form, version) is not { } view) return Results.NotFound();
        var fields = new Fields(posted);
        var language = fields["Language"] == "cy" ? Language.Welsh : Language.English;
        // The draft may have changed meanwhile, or somebody made the answers up: what cannot be read begins anew.
        var answers = fields["Answers"] is { Length: <= Longest } json ? RunExamples.Read(view.Form, json) ?? Answers.None : Answers.None;
        var journey = Journey.Of(view.Form, answers, builder.Today);
        var at = fields["At"];
        if (fields["Do"] == "back") return Page(view, journey, journey.Before(at ?? Jump.Check) ?? (journey.Path is [var first, ..] ? first.Id : null), language);
        if (at is null || journey.Visit(at) is not { } visit) return Page(view, journey, journey.ToDo?.Id ?? journey.StoppedAt?.Id, language);

        if (fields["Do"] == "row" && visit.Questions.FirstOrDefault(q => q.Kind == QuestionKind.Repeat) is { } group) return AddRow(view, journey, visit, group, fields, language);
        if (await FindAddresses.For(builder.Db, visit, fields, fields["_address"], builder.Stop) is { Count: > 0 } found)
            return Page(view, new TryView(journey, visit, WithLines(visit, fields), language) { Found = found }, new());
        var said = Said(visit.Page, answers, fields);
        answers = await FormsToFill.LookUp(builder.Db, view.Form, answers.WithPage(at, said), builder.Today);
        journey = Journey.Of(view.Form, answers, builder.Today);
        if (journey.Visit(at) is { Problems.Count: > 0 } wrong) return Wrong(view, journey, wrong, fields, wrong.Problems, language);
        return Page(view, journey, journey.After(at), language);
    }

    /// <summary>What was answered on a page. Rows were added before, and files are only pretended.</summary>
    private static List<KeyValuePair<string, Value>> Said(FormPage page, Answers answers, Fields fields)
    {
        var said = new List<KeyValuePair<string, Value>>();
        foreach (var question in page.Questions)
            said.Add(KeyValuePair.Create(question.Id, question.Kind switch
            {
                QuestionKind.Repeat => fields["Do"] == "no-rows" ? Value.Nothing : answers[question.Id],
                QuestionKind.File => fields.IsTicked($"file.{question.Id}") ? Files(Math.Clamp(question.AtLeast ?? 1, 1, FileLimits.MostFiles)) : Value.Nothing,
                _ => ReadAnswer.Of(question, fields),
            }));
        return said;
    }

    private static Value Files(int count) => Value.Of(Enumerable.Range(1, count).Select(n => Value.Of([
        KeyValuePair.Create("id", Value.Of($"{n:D32}")), KeyValuePair.Create("name", Value.Of($"example-{n}.pdf")), KeyValuePair.Create("size", Value.Of(1000m))])));

    private static IResult AddRow(VersionView view, Journey journey, JourneyPage visit, Question group, Fields fields, Language language)
    {
        var row = ReadAnswer.Row(group, fields, Row);
        var problems = CheckAnswer.Row(group, view.Form, row, journey.Scope);
        if (problems.Count > 0) return Wrong(view, journey, visit, fields, [.. problems.Select(p => p with { Field = Row + p.Field })], language);
        var rows = journey.Answers[group.Id].AsItems;
        var answers = journey.Answers.With(group.Id, rows.Length >= (group.AtMost ?? QuestionFields.MostRows) ? Value.Of(rows) : Value.Of(rows.Add(row)));
        var again = Journey.Of(view.Form, answers, journey.Scope.Today);
        return Page(view, again, visit.Id, language);
    }

    private static IResult Wrong(VersionView view, Journey journey, JourneyPage page, Fields fields, IReadOnlyList<Problem> problems, Language language)
    {
        return Page(view, new TryView(journey, page, WithLines(page, fields), language), AnswerPage.Of(problems, language));
    }

    // A row is added at once, so its addresses are typed and not looked for.
    private static Fields WithLines(JourneyPage? page, Fields fields)
    {
        foreach (var field in (page?.Questions ?? []).SelectMany(q => q.Fields))
            if (field.Kind == QuestionKind.Address) fields.Set($"{Row}{field.Id}.manual", "yes");
        return fields;
    }

    private static IResult Page(VersionView view, Journey journey, string? at, Language language)
    {
        var page = at is null or Jump.Check ? null : journey.Visit(at);
        var typed = new Fields();
        foreach (var question in page?.Page.Questions ?? []) ReadAnswer.Write(question, journey.Answers[question.Id], typed);
        return Page(view, new TryView(journey, page, WithLines(page, typed), language), new());
    }

    private static RazorComponentResult Page(VersionView view, TryView step, Errors errors) =>
        new RazorComponentResult<TryPage>(new { View = view, Step = step, Errors = errors }) { StatusCode = SaveAnswers.StatusOf(errors) };
}
