using System.Security.Claims;
using Concentric.Core.Design;
using Concentric.Core.Web;
using Concentric.Needs.Directory;
using Concentric.Needs.Editions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Concentric.Needs.Designing;

/// <summary>Everything about one offer, with its history.</summary>
internal static class ShowOffer
{
    public static void Map(Site site) => site.Pages.MapGet("/model/offers/{identifier}", Show).For(Audience.Design);

    private static async Task<IResult> Show(string identifier, Workbench bench, ClaimsPrincipal visitor, CancellationToken stop)
    {
        var work = await bench.Open(visitor, stop);
        if (work.Model.FindOffer(identifier) is not { } offer) return Results.NotFound();
        return new RazorComponentResult<ThingPage>(new { Draft = work.Line, Thing = Of(work, offer, await History.Of(bench, work, identifier, stop)) });
    }

    private static ThingView Of(Work work, Offer offer, IReadOnlyList<ChangeView> history) => new()
    {
        Kind = "offer",
        Name = offer.Name,
        List = DesignLinks.Offers,
        ListName = "Offers of services",
        Address = DesignLinks.Offer(offer.Identifier),
        Query = "",
        IsRetired = !offer.InUse,
        Mark = work.Changes.Any(c => c.Kind == ChangedThing.Offer && c.Subject == offer.Identifier) ? "In your draft" : offer.InUse ? null : "Withdrawn",
        Public = null,
        Fields =
        [
            .. from field in new ChangeWords(work.Model, new(new Dictionary<string, string>()), work.Published).Between(null, ModelChange.Written(offer))
               let concept = field.Field switch { "Service" => work.Model.Find(offer.Service), "Organisation" => work.Model.Find(offer.Organisation), _ => null }
               select concept is not null && DesignLinks.Of(concept) is { } href
                   ? new SummaryRow(field.Field, null) { Content = b => { b.OpenElement(0, "a"); b.AddAttribute(1, "class", "govuk-link"); b.AddAttribute(2, "href", href); b.AddContent(3, concept.Plain); b.CloseElement(); } }
                   : new SummaryRow(field.Field, field.After) { ValueClass = "app-words" },
            new SummaryRow("Identifier", offer.Identifier),
        ],
        Groups = [],
        Offers = null,
        History = history,
    };
}
