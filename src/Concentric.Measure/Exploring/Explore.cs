using System.Security.Claims;
using System.Text;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.People;
using Concentric.Core.Web;
using Concentric.Measure.Charts;
using Concentric.Measure.Contacts;
using Concentric.Measure.Contacts.Asking;
using Concentric.Measure.Contacts.Seeing;
using Concentric.Measure.Disclosure;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Concentric.Measure.Exploring;

/// <summary>A service manager or analyst asks anything of the contacts: measures by up to four dimensions, filtered, as table, chart and file. The address says it all.</summary>
internal static class Explore
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(ExploreQuestion.Path, Show).For(Audience.Measure);
        pages.MapGet(ExploreQuestion.Path + ".csv", Download).For(Audience.Measure);
    }

    private static async Task<IResult> Show(HttpRequest request, ClaimsPrincipal visitor, Disclosed disclosed, Scopes scopes, ConcentricDb db, Settings settings, CancellationToken stop)
    {
        var saved = await SavedViewList.Of(db, visitor.Actor, stop);
        var council = request.Query["council"].FirstOrDefault(c => !string.IsNullOrWhiteSpace(c));
        var isAsked = ExploreQuestion.IsAsked(request.Query);
        if (!isAsked && council is null && saved.FirstOrDefault(v => v.IsFirst) is { } first) return Results.LocalRedirect(first.Address);
        var scope = await scopes.Find(council, null, stop);
        if (scope is null && council is null) return new RazorComponentResult<NothingCountedPage>();

        var (asked, errors) = isAsked ? ExploreQuestion.Parse(request.Query) : (Start(scope), new());
        errors.Check("council", scope is not null, $"Nothing has been counted for a council called “{council}”. Choose one from the list");
        // With no such council the page still lists those that there are.
        var councils = scope?.Councils ?? (await scopes.Find(null, null, stop))?.Councils ?? [];
        var contacts = disclosed.For(visitor);
        Answered? answer = null;
        if (!errors.Any) (answer, errors) = await Answer(asked, scope!, contacts, db, settings, stop);
        var view = new ExploreView
        {
            Asked = asked,
            Names = contacts.Dimensions,
            Answer = answer,
            Councils = councils,
            Council = scope?.Council,
            WhyEmpty = answer is { Rows.Count: 0 } or { N.Value: 0 } ? await WhyEmpty(asked.Question, scope!, contacts, stop) : [],
            Saved = saved,
        };
        return new RazorComponentResult<ExplorePage>(new { View = view, Errors = errors })
        {
            StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
        };
    }

    private static async Task<IResult> Download(HttpRequest request, ClaimsPrincipal visitor, Disclosed disclosed, Scopes scopes, ConcentricDb db, Settings settings, CancellationToken stop)
    {
        var (asked, errors) = ExploreQuestion.Parse(request.Query);
        var contacts = disclosed.For(visitor);
        var scope = await scopes.Find(asked.Question.Council, null, stop);
        Answered? answer = null;
        if (!errors.Any && scope is not null) (answer, _) = await Answer(asked, scope, contacts, db, settings, stop);
        // The page says what is wrong, beside the question.
        if (answer is null) return Results.LocalRedirect(ExploreQuestion.Path + request.QueryString);
        var csv = AnswerCsv.Write(AskContacts.Write(answer, contacts.Dimensions));
        // With a byte order mark, so that Excel reads it as UTF-8.
        return Results.File(Encoding.UTF8.GetPreamble().Concat(Encoding.UTF8.GetBytes(csv)).ToArray(), "text/csv; charset=utf-8", $"contacts-{answer.Council.Name}.csv");
    }

    /// <summary>What Explore opens with: contacts by service over the last year.</summary>
    private static ExploreQuestion Start(Scope? scope) => new()
    {
        Question = new()
        {
            Council = scope?.Council.Name,
            By = ["service"],
            From = scope?.Period.From,
            To = scope?.Period.Through,
            Where = scope is { Kind: ContactKind.ServiceRequest } ? new Dictionary<string, IReadOnlyList<string>> { ["kind"] = ["service-request"] } : new(),
        },
    };

    /// <summary>All rows in the order that the question asks for or that suits it; or why it cannot be answered.</summary>
    private static async Task<(Answered? Answer, Errors Errors)> Answer(ExploreQuestion asked, Scope scope, VisibleContacts contacts, ConcentricDb db, Settings settings, CancellationToken stop)
    {
        var question = asked.Question;
        var hasTime = question.By.Any(b => AskContacts.Dimensions.TryGetValue(b, out var d) && ExploreView.IsTime(d));
        try
        {
            var all = question with { Council = scope.Council.Name, Limit = null, Sort = question.Sort ?? (hasTime ? "groups" : "largest") };
            return (await AskContacts.Answer(all, contacts, await LocalCostParts.Costs(all, db, settings, stop), settings, stop), new());
        }
        catch (RefusedException refused)
        {
            return (null, new Errors().Check("", false, refused.Message));
        }
    }

    private static async Task<IReadOnlyList<string>> WhyEmpty(ContactQuestion question, Scope scope, VisibleContacts contacts, CancellationToken stop)
    {
        var why = new List<string>();
        var months = await contacts.Query(new(scope.Council.Code, [Dimension.Kind, Dimension.Month], [Contacts.Measure.Contacts], []), stop);
        foreach (var kind in Enumerable.Range(0, months.Rows).GroupBy(r => months.Code(r, Dimension.Kind)))
        {
            var (first, last) = (kind.Min(r => months.Code(r, Dimension.Month)), kind.Max(r => months.Code(r, Dimension.Month)));
            why.Add($"{scope.Council.Label} has {(kind.Key == 0 ? "contacts" : "service requests")} from {Month(first)} to {Month(last)}.");
        }
        if (!question.Where.ContainsKey("kind")) why.Add("Only contacts are counted unless “Contact or service request” says otherwise.");
        if (!question.Where.ContainsKey("initiator")) why.Add("Only what citizens began is counted unless “Begun by” says otherwise.");
        if (question.Where.Count > 1) why.Add("All filters must hold at once: take one away.");
        return why;
    }

    private static string Month(int month) => ContactCalendar.FirstDayOfMonth(month).ToString("MMMM yyyy", Figures.English);
}
