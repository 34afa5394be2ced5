using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Web;
using Concentric.Measure.Disclosure;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Concentric.Measure.Contacts.Asking;

/// <summary>The API's door to the contact store; the command line has another to the same function.</summary>
internal static class QueryContacts
{
    /// <summary>How long a question of a program may take before it is stopped.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly ApiExample Example = new(
        """{"by": ["channel"], "measures": ["contacts", "failure-share"], "where": {"service": ["524"]}, "from": "2026-01-01", "to": "2026-03-31"}""",
        """
        {"council": "Northmoor", "synthetic": true, "definition": "Counts of contacts, begun by citizens, on the day they began by the council’s clock. Definition 1.",
         "definitions": {"contacts": "Number of contacts, or of service requests where these are asked for. Definition 1.",
          "failure-share": "Share of failure demand among contacts coded as value or failure demand, with its 95% score interval (Wilson); n is what it is a share of. Definition 1."},
         "disclosure": "rule-a", "withheld": false, "from": "2026-01-01", "to": "2026-03-31", "n": 1205, "columns": ["channel", "contacts", "failure-share"],
         "rows": [["Phone", 1200, {"value": 0.25, "low": 0.2263, "high": 0.2752, "n": 1200}], ["Post", null, null]],
         "hidden": [{"row": 1, "column": "contacts"}, {"row": 1, "column": "failure-share"}], "more": 0}
        """);

    public static void Map(Site site)
    {
        site.Api.MapPost("/contacts/query", Query).For(Audience.ApiKey).WithName("QueryContacts").WithSummary("Contacts measured by up to four dimensions")
            .WithDescription("Counts are under rule A of disclosure control: from 1 to 7 hidden (null, and named in `hidden`), others to the nearest 5, everything else made from these. "
                + "A question that would have more than 100,000 rows or take more than 30 seconds is refused; one whose caller goes away is stopped. docs/reference/contacts-query.md has the names.")
            .WithMetadata(Example);
        site.Local.MapPost("/contacts/query", Local).For(Audience.LocalSocket);
    }

    private static Task<Results<Ok<ContactAnswer>, ProblemHttpResult>> Query(ContactQuestion question, Disclosed disclosed, ClaimsPrincipal visitor, ConcentricDb db, Settings settings, TimeProvider clock, CancellationToken stop) =>
        Answer(question, disclosed.For(visitor), db, settings, clock, stop);

    // Whoever can open the socket owns the file and can read every row of it: rounding is what they may ask for, not what keeps them out.
    private static Task<Results<Ok<ContactAnswer>, ProblemHttpResult>> Local(ContactQuestion question, bool? rounded, IContactStore store, ConcentricDb db, Settings settings, TimeProvider clock, CancellationToken stop) =>
        Answer(question, new(store, rounded is not true), db, settings, clock, stop);

    private static async Task<Results<Ok<ContactAnswer>, ProblemHttpResult>> Answer(ContactQuestion question, VisibleContacts contacts, ConcentricDb db, Settings settings, TimeProvider clock, CancellationToken stop)
    {
        using var late = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, late.Token);
        try
        {
            return TypedResults.Ok(await AskContacts.Ask(question, contacts, await LocalCostParts.Costs(question, db, settings, either.Token), settings, either.Token));
        }
        catch (RefusedException refused)
        {
            return Refused(refused.Message);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            return Refused($"It took more than {Patience.TotalSeconds:0} seconds and was stopped. Group by less, or ask for fewer days.");
        }
    }

    private static ProblemHttpResult Refused(string why) => TypedResults.Problem(why, statusCode: StatusCodes.Status400BadRequest, title: "The question cannot be answered");
}
