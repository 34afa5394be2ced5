using Concentric.Core;
using Concentric.Core.Web;
using Concentric.Needs.Concepts;
using Concentric.Needs.Directory;
using Concentric.Needs.Eligibility;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Concentric.Needs.Situations;

/// <summary>A citizen says what is happening, answers what they like, and sees what they may need and how to get it. Nothing is stored.</summary>
internal static class GetHelp
{
    public static void Map(Site site)
    {
        site.Pages.MapGet("/needs/{slug}/questions", Ask).ForEverybody();
        site.Pages.MapGet("/needs/{slug}/help", Show).ForEverybody();
        site.Api.MapGet("/life-events/{slug}/help", Get).WithName("GetHelp")
            .WithSummary("What a life event and answers lead to now and next, with services, eligibility and how to get them; answers as is-{circumstance}=yes|no and age=40").ForEverybody();
    }

    private static async Task<IResult> Ask(string slug, HttpRequest request, ModelCache cache, CancellationToken stop)
    {
        var model = await cache.Current(stop);
        if (model.Find(ConceptType.LifeEvent, slug) is not { InUse: true } lifeEvent) return Results.NotFound();
        var (questions, askAge) = (Questions.Of(model, lifeEvent), Questions.AskAge(model, lifeEvent));
        // With nothing to ask, there is only the answer.
        if (questions.Count == 0 && !askAge) return Results.LocalRedirect(Links.Help(slug, ""));
        return Page(lifeEvent, questions, askAge, Answers.Of(model, request.Query), request.Query[Answers.AgeName], new());
    }

    private static async Task<IResult> Show(string slug, HttpRequest request, ModelCache cache, Settings settings, CancellationToken stop)
    {
        var model = await cache.Current(stop);
        if (model.Find(ConceptType.LifeEvent, slug) is not { InUse: true } lifeEvent) return Results.NotFound();
        var answers = Answers.Of(model, request.Query);
        string? age = request.Query[Answers.AgeName];
        var errors = new Errors().Check(Answers.AgeName, string.IsNullOrWhiteSpace(age) || answers.Age is not null, $"Your age must be a whole number from 0 to {Answers.OldestAge}, like 42");
        if (errors.Any) return Page(lifeEvent, Questions.Of(model, lifeEvent), true, answers, age, errors);
        var situation = Situation.Of(model, lifeEvent, answers);
        return new RazorComponentResult<HelpPage>(new
        {
            Help = Help.Of(model, situation, WhoProvides.Own(settings)),
            Sensitive = lifeEvent.IsSensitive || answers.Replies.Any(r => r.Value == Reply.Yes && model.Find(r.Key)!.IsSensitive),
            Said = Said(model, answers),
            Query = answers.Query(model),
        });
    }

    private static async Task<Results<Ok<Help>, NotFound>> Get(string slug, HttpRequest request, ModelCache cache, Settings settings, CancellationToken stop)
    {
        var model = await cache.Current(stop);
        return Situation.Of(model, slug, Answers.Of(model, request.Query)) is { } situation ? TypedResults.Ok(Help.Of(model, situation, WhoProvides.Own(settings))) : TypedResults.NotFound();
    }

    /// <summary>What was answered, as a question and a word, in the order of the list of circumstances.</summary>
    internal static IReadOnlyList<(string Question, string Answer)> Said(NeedModel model, Answers answers)
    {
        var said = model.InUse(ConceptType.Circumstance).Where(c => answers.To(c.Uri) != Reply.Skipped)
            .Select(c => (c.Details?.Question ?? c.Plain, answers.To(c.Uri) == Reply.Yes ? "Yes" : "No"));
        return [.. answers.Age is { } age ? said.Append(("How old are you?", $"{age}")) : said];
    }

    // The most telling first, but nobody is met with a question on what the law protects.
    private static RazorComponentResult<QuestionsPage> Page(Concept lifeEvent, IReadOnlyList<Question> questions, bool askAge, Answers answers, string? age, Errors errors) =>
        new(new { LifeEvent = Circles.LifeEvent.Of(lifeEvent), Questions = questions.OrderBy(q => q.Circumstance.Details!.Protected is not null).Select(q => AskedQuestion.Of(q, answers)).ToList(), AskAge = askAge, Age = age, Sensitive = lifeEvent.IsSensitive, Errors = errors })
        {
            StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
        };
}
