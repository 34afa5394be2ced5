using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Design;
using Concentric.Core.Web;
using Concentric.Serve.Attachments;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Concentric.Serve.Forms;

/// <summary>What a page of a form shows.</summary>
public sealed record FormPageView
{
    public required Journey Journey { get; init; }
    public required JourneyPage Page { get; init; }
    public required FormAddresses Addresses { get; init; }
    public required Language Language { get; init; }
    public required Fields Typed { get; init; }
    public required Errors Errors { get; init; }

    /// <summary>Its answers were filled in from what is known already.</summary>
    public bool IsOffered { get; init; }

    /// <summary>"Continue" leads back to the answers.</summary>
    public bool IsChange { get; init; }

    /// <summary>Which services need the answers, where several are asked for together.</summary>
    public string? NeededFor { get; init; }

    public IReadOnlyDictionary<string, IReadOnlyList<Choice>>? Found { get; init; }
}

/// <summary>One page of a form: shown, and continued from.</summary>
internal static class AnswerPage
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/forms/{form}/{draft}/{page}", Show).ForEverybody();
        pages.MapPost("/forms/{form}/{draft}/{page}", Continue).ForEverybody().TakesFiles();
    }

    private static async Task<IResult> Show(string form, string draft, string page, string? change, HttpContext http, ConcentricDb db, FillDraft fill, TimeProvider clock)
    {
        var visitor = new FormVisitor(http, db, fill, clock);
        var (open, instead) = await visitor.Open(form, draft);
        if (open is null) return instead;
        var addresses = visitor.Addresses(open);
        // Steps that were skipped, and pages that are no longer on the way, lead to where to go on.
        if (open.Journey.Visit(page) is not { } visit) return Results.LocalRedirect(Onward(open.Journey, addresses));
        var typed = new Fields();
        var isOffered = false;
        var offered = open.Offered;
        foreach (var question in visit.Page.Questions)
        {
            var value = open.Journey.Answers[question.Id];
            if (value.IsNothing && !open.Journey.Answers.Done.Contains(page)) isOffered |= !(value = offered[question.Id]).IsNothing;
            ReadAnswer.Write(question, value, typed);
        }
        var lost = await LostFiles.On(db, visit.Page, open.Journey.Answers, http.RequestAborted);
        return Page(new()
        {
            Journey = open.Journey, Page = visit, Addresses = addresses, Language = addresses.Language, Typed = typed, IsOffered = isOffered, IsChange = change is not null,
            Errors = Of(lost.Select(f => f.Problem), addresses.Language), NeededFor = NeededFor(open, visit, addresses.Language),
        }, wrong: StatusCodes.Status200OK);
    }

    private static async Task<IResult> Continue(string form, string draft, string page, string? change, HttpContext http, ConcentricDb db, FillDraft fill, TakeFiles files, TimeProvider clock)
    {
        var visitor = new FormVisitor(http, db, fill, clock);
        var (open, instead) = await visitor.Open(form, draft);
        if (open is null) return instead;
        var addresses = visitor.Addresses(open);
        if (open.Journey.Visit(page) is not { } visit) return Results.LocalRedirect(Onward(open.Journey, addresses));
        var typed = new Fields(await http.Request.ReadFormAsync(http.RequestAborted));
        var unchosen = new List<Problem>();
        var found = await FindAddresses.For(db, visit, typed, typed["_address"], http.RequestAborted, unchosen);
        if (found.Count > 0)
        {
            if (unchosen.Count > 0) await fill.Change(open.Draft.Id, page, now => (now.Journey.Answers, unchosen));
            return Page(Again(Of(unchosen, addresses.Language)));
        }
        if (await files.Take(open, visit, http, typed) is { Count: > 0 } refused)
        {
            // Beside a file that was refused others may have been kept: they are shown.
            if (await fill.Change(open.Draft.Id, page, now => (now.Journey.Answers, refused)) is { } told) (open, visit) = (told.Open, told.Open.Journey.Visit(page) ?? visit);
            return Page(Again(Of(refused, addresses.Language)));
        }
        if ((typed["_stay"] ?? typed["_remove"]) is not null)
        {
            if (visit.Page.Questions.Count() == 1) return Results.LocalRedirect(change is null ? addresses.Page(page) : addresses.Change(page));
            // What stands in the other boxes is not kept yet: the page comes back with it.
            if (await fill.Find(db, open.Draft.Id, http.RequestAborted) is { } now) (open, visit) = (now, now.Journey.Visit(page) ?? visit);
            return Page(Again(new()));
        }

        var result = await fill.Page(open.Draft.Id, page, typed, visitor.Asked);
        if (result is null) return Results.LocalRedirect(Onward(open.Journey, addresses));
        if (result.Problems.Count > 0)
        {
            (open, visit) = (result.Open, result.Open.Journey.Visit(page) ?? visit);
            return Page(Again(Of(result.Problems, addresses.Language)));
        }
        return Results.LocalRedirect(After(result.Open, page, change is not null, addresses));

        FormPageView Again(Errors errors) => new()
        {
            Journey = open.Journey, Page = visit, Addresses = addresses, Language = addresses.Language, Typed = typed, Errors = errors, IsChange = change is not null, Found = found,
            NeededFor = NeededFor(open, visit, addresses.Language),
        };
    }

    /// <summary>Where "Continue" leads: the next page, the answers once all is answered and one was changed, the list of tasks at the end of one.</summary>
    private static string After(OpenDraft open, string page, bool isChange, FormAddresses addresses)
    {
        var journey = open.Journey;
        if (isChange && journey.IsComplete) return addresses.Check;
        var next = journey.After(page);
        // What the life event answers is not asked; it stands among the answers, where it can be changed.
        for (var given = open.Joined?.Given.Done; given?.Contains(next) is true && journey.Visit(next) is { IsDone: true };) next = journey.After(next);
        if (journey.Form.TaskList && (next == Jump.Check || journey.Form.Page(next)?.Section != journey.Form.Page(page)?.Section)) return addresses.Tasks;
        // After a change everything that was answered before still stands: on to what is new.
        return isChange && next != Jump.Check ? Onward(journey, addresses) : addresses.Page(next);
    }

    /// <summary>The first page that is not done, the one that stops the form, or the answers.</summary>
    internal static string Onward(Journey journey, FormAddresses addresses) =>
        journey.Form.TaskList && !journey.IsComplete ? addresses.Tasks : addresses.Page(journey.ToDo?.Id ?? journey.StoppedAt?.Id ?? Jump.Check);

    internal static Errors Of(IEnumerable<Problem> problems, Language language)
    {
        var errors = new Errors();
        foreach (var problem in problems) errors.Check(problem.Field, false, problem.Message.In(language));
        return errors;
    }

    private static string? NeededFor(OpenDraft open, JourneyPage page, Language language) => open.Joined is not { } joined ? null
        : string.Join(", ", page.Questions.SelectMany(q => joined.Needs(q.Id, open.Journey.Answers)).Distinct().Select(f => f.In(language))) is { Length: > 0 } services ? services : null;

    private static RazorComponentResult Page(FormPageView view, int wrong = StatusCodes.Status422UnprocessableEntity) => new RazorComponentResult<QuestionPage>(new { View = view })
    {
        StatusCode = view.Errors.Any ? wrong : StatusCodes.Status200OK,
    };
}
