using Concentric.Core;
using Concentric.Core.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Concentric.Measure.Contacts.Asking;

/// <summary>The API's door to the contact store; the command line has another to the same function.</summary>
internal static class QueryContacts
{
    public static void Map(Site site)
    {
        site.Api.MapPost("/contacts/query", Query).For(Audience.ApiKey).WithName("QueryContacts").WithSummary("Counts of contacts by up to six dimensions");
        site.Local.MapPost("/contacts/query", Query).For(Audience.LocalSocket);
    }

    private static async Task<Results<Ok<ContactAnswer>, ProblemHttpResult>> Query(ContactQuestion question, IContactStore store, Settings settings, CancellationToken stop)
    {
        try
        {
            return TypedResults.Ok(await AskContacts.Ask(question, store, settings, stop));
        }
        catch (RefusedException refused)
        {
            return TypedResults.Problem(refused.Message, statusCode: StatusCodes.Status400BadRequest, title: "The question cannot be answered");
        }
    }
}
