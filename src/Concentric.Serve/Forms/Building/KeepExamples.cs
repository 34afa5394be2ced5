using Concentric.Core;
using Concentric.Core.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Forms.Building;

/// <summary>An example as its page shows it.</summary>
public sealed record ExampleLine(Guid Id, string Name, string EndsAt, string? Why, string Answers, string By, DateTimeOffset At);

/// <summary>A designer keeps answers as an example, which must go on leading to the same end; one that no longer must is removed with its reason.</summary>
internal static class KeepExamples
{
    private const int MostExamples = 200;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/forms-design/{form}/{version:int}/examples", Show).For(Audience.Design);
        pages.MapPost("/forms-design/{form}/{version:int}/examples", Keep).For(Audience.Design);
        pages.MapPost("/forms-design/{form}/{version:int}/examples/{example:guid}/removed", Remove).For(Audience.Design);
    }

    private static Task<IResult> Show(string form, int version, [AsParameters] Builder builder) => Page(form, version, new(), new(), builder);

    private static async Task<IResult> Keep(string form, int version, IFormCollection posted, [AsParameters] Builder builder)
    {
        var (fields, errors) = (new Fields(posted), new Errors());
        if (await builder.Open(form, version) is not { } view) return Results.NotFound();
        var name = fields["Name"];
        errors.Check("Name", name is { Length: <= 120 }, "Enter what the example shows, in 120 characters or fewer");
        var typed = fields["Answers"];
        errors.Check("Answers", typed is { Length: <= 200_000 }, "Enter the answers as JSON");
        var answers = typed is null || errors.Any ? null : RunExamples.Read(view.Form, typed);
        errors.Check("Answers", typed is null || answers is not null || errors.Any, "This is not JSON of answers, like {\"bin\": \"refuse\"}");
        var end = "";
        if (answers is not null)
        {
            var journey = Journey.Of(view.Form, answers, builder.Today);
            end = RunExamples.EndOf(journey);
            var problem = journey.ToDo?.Problems.Select(p => p.Message.En).FirstOrDefault();
            errors.Check("Answers", RunExamples.IsEnd(journey), $"These answers do not lead to an end: they stop at the page “{end}”{(problem is null ? "" : $" ({problem})")}");
        }
        if (errors.Any || answers is null) return await Page(form, version, fields, errors, builder);
        var (by, now) = (builder.By, builder.Now);
        var tooMany = await builder.Writer.Write(async db =>
        {
            if (await db.FormExamples.CountAsync(e => e.Form == form) >= MostExamples) return true;
            db.Add(new FormExample { Id = Guid.CreateVersion7(now), Form = form, Name = name!, Answers = answers.Write(), EndsAt = end, By = by, At = now });
            return false;
        }, default);
        return tooMany ? await Page(form, version, fields, errors.Check("Name", false, $"There can be {MostExamples} examples at most"), builder) : Results.LocalRedirect(new BuildLinks(form, version).Examples);
    }

    private static async Task<IResult> Remove(string form, int version, Guid example, IFormCollection posted, [AsParameters] Builder builder)
    {
        var (fields, errors) = (new Fields(posted), new Errors());
        var reason = fields[$"Reason-{example:N}"];
        errors.Check($"Reason-{example:N}", reason is { Length: <= 500 }, "Enter why it no longer must pass, in 500 characters or fewer");
        if (errors.Any) return await Page(form, version, fields, errors, builder);
        // The reason stands in the draft's note, so that its reviewer reads it.
        var problem = await builder.Writer.Write<string?>(async db =>
        {
            if (await db.FormVersions.SingleOrDefaultAsync(v => v.Form == form && v.Number == version) is not { State: FormState.Draft } draft) return "An example is removed in a draft, so that its reviewer is told";
            if (await db.FormExamples.SingleOrDefaultAsync(e => e.Id == example && e.Form == form) is not { } kept) return "It is not there any more";
            draft.AddNote($"Example “{kept.Name}” removed: {reason}");
            db.Remove(kept);
            return null;
        }, default);
        return problem is null ? Results.LocalRedirect(new BuildLinks(form, version).Examples) : await Page(form, version, fields, errors.Check($"Reason-{example:N}", false, problem), builder);
    }

    private static async Task<IResult> Page(string form, int version, Fields fields, Errors errors, Builder builder)
    {
        if (await builder.Open(form, version) is not { } view) return Results.NotFound();
        var examples = await builder.Db.FormExamples.AsNoTracking().Where(e => e.Form == form).OrderBy(e => e.Id).ToListAsync(builder.Stop);
        var names = await builder.Names(examples.Select(e => e.By));
        return new RazorComponentResult<ExamplesPage>(new
        {
            View = view, Typed = fields, Errors = errors,
            Examples = RunExamples.Of(view.Form, examples).Select(r => new ExampleLine(r.Example.Id, r.Example.Name, r.Example.EndsAt, r.Why, r.Example.Answers, names(r.Example.By), r.Example.At)).ToList(),
        })
        {
            StatusCode = SaveAnswers.StatusOf(errors),
        };
    }
}
