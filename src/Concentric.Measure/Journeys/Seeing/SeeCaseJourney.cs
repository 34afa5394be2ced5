using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.People;
using Concentric.Core.Web;
using Concentric.Measure.Contacts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Concentric.Measure.Journeys.Seeing;

/// <summary>Somebody sees what happened in one case, from the first contact on: what a citizen went through, without who they are.</summary>
/// <remarks>
/// A single case is a small number, so it is for those who see such numbers anyway: analysts, and service managers, who may open the case itself at the desk.
/// Nobody comes here from a figure: whoever looks has the reference already. There are no names, words or addresses in the contact store.
/// </remarks>
internal static class SeeCaseJourney
{
    public const string Address = JourneyQuestion.Path + "/cases";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Address, Find).For(Audience.Measure);
        pages.MapGet(Address + "/{reference}", Show).For(Audience.Measure);
    }

    public static bool IsFor(ClaimsPrincipal visitor) => visitor.IsOf(Audience.Analyse) || visitor.IsOf(Audience.Manage);

    private static async Task<IResult> Find([Microsoft.AspNetCore.Mvc.FromQuery(Name = "reference")] string? typed, IContactStore store, Settings settings, ClaimsPrincipal visitor, CancellationToken stop)
    {
        if (!IsFor(visitor)) return Results.Forbid();
        if (typed is null) return Page(null, null, [], store, new());
        var errors = new Errors().Check("reference", Reference.TryParse(typed, out var reference), "Enter a reference as CN 4F7K-2M9X");
        if (errors.Any) return Page(typed, null, [], store, errors);
        var moments = await Moments(reference, store, settings, stop);
        errors.Check("reference", moments.Count > 0, "Nothing is known of a case with that reference. A case from an imported log cannot be found by its name, because that is not kept");
        return errors.Any ? Page(typed, null, [], store, errors) : Results.LocalRedirect($"{Address}/{Uri.EscapeDataString(reference.ToString())}");
    }

    private static async Task<IResult> Show(string reference, IContactStore store, Settings settings, ClaimsPrincipal visitor, CancellationToken stop)
    {
        if (!IsFor(visitor)) return Results.Forbid();
        if (!Reference.TryParse(reference, out var found) || await Moments(found, store, settings, stop) is not { Count: > 0 } moments) return Results.NotFound();
        return Page(found.ToString(), found, moments, store, new());
    }

    private static async Task<IReadOnlyList<CaseMoment>> Moments(Reference reference, IContactStore store, Settings settings, CancellationToken stop) =>
        store.Dimensions.Council(settings.Council) is { } own ? await store.Case(own.Code, reference.Number, stop) : [];

    private static RazorComponentResult<CaseJourneyPage> Page(string? typed, Reference? reference, IReadOnlyList<CaseMoment> moments, IContactStore store, Errors errors) =>
        new(new { Typed = typed, Reference = reference, Moments = moments, Names = store.Dimensions, Errors = errors })
        {
            StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
        };
}
