using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Web;
using Concentric.Needs.Concepts;
using Concentric.Needs.Directory;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Concentric.Needs.Designing;

/// <summary>Why somebody retires a thing or puts it back.</summary>
public sealed record RetireForm
{
    public string? Why { get; init; }
}

/// <summary>Somebody retires a thing, or puts it back in use. Nothing is deleted, for something may point at it; what does is shown before.</summary>
internal static class RetireThing
{
    public static void Map(Site site)
    {
        site.Pages.MapGet("/model/{kind}/{identifier}/retire", Show).For(Audience.Design);
        site.Pages.MapPost("/model/{kind}/{identifier}/retire", Keep).For(Audience.Design);
    }

    private sealed record Thing(string Name, bool InUse, string Address, string Query, string Uses, Func<Edit> Turned);

    private static async Task<IResult> Show(string kind, string identifier, Workbench bench, ClaimsPrincipal visitor, CancellationToken stop, string? uri = null)
    {
        var work = await bench.Open(visitor, stop);
        return Find(work.Model, kind, identifier, uri) is { } thing ? Page(work, thing, new(), new()) : Results.NotFound();
    }

    private static async Task<IResult> Keep(string kind, string identifier, [FromForm] RetireForm form, Workbench bench, ClaimsPrincipal visitor, string? uri = null)
    {
        var work = await bench.Open(visitor);
        if (Find(work.Model, kind, identifier, uri) is not { } thing) return Results.NotFound();
        var errors = new Errors().Check("Why", Typed.Text(form.Why) is not null, thing.InUse ? "Enter why it is no longer used" : "Enter why it is used again");
        if (errors.Any) return Page(work, thing, form, errors);

        await bench.Put(visitor, form.Why, thing.Turned());
        return Results.LocalRedirect(thing.Address + thing.Query);
    }

    private static Thing? Find(NeedModel model, string kind, string identifier, string? uri)
    {
        if (kind == "offers")
            return model.FindOffer(identifier) is not { } offer ? null
                : new(offer.Name, offer.InUse, DesignLinks.Offer(identifier), "", PassOn(model.Offers.Count(o => o.PassesOnTo?.Any(p => p.Offer == identifier) is true)), () =>
                {
                    var turned = StoredJson.Read<Offer>(StoredJson.Write(offer))!;
                    turned.Status = offer.InUse ? OfferStatus.Withdrawn : OfferStatus.Active;
                    return Edit.Of(turned);
                });
        if (Kind.Of(kind) is not { } known || known.Find(model, identifier, uri) is not { } concept) return null;
        var address = DesignLinks.Of(known, concept);
        return new(concept.Plain, concept.InUse, address.Split('?')[0], address.Contains('?', StringComparison.Ordinal) ? address[address.IndexOf('?', StringComparison.Ordinal)..] : "",
            Words.First(Uses.Of(model, concept).Say) + ".", () =>
            {
                var turned = StoredJson.Read<Concept>(StoredJson.Write(concept))!;
                turned.Status = concept.InUse ? ConceptStatus.Retired : concept.Uri.StartsWith(SchemeUris.Ours + "/", StringComparison.Ordinal) ? ConceptStatus.Local : ConceptStatus.Active;
                return Edit.Of(turned);
            });
    }

    private static string PassOn(int offers) => offers == 0 ? "No offer passes people on to it." : $"{Counted.Of(offers, "offer")} {(offers == 1 ? "passes" : "pass")} people on to it.";

    private static RazorComponentResult<RetirePage> Page(Work work, Thing thing, RetireForm form, Errors errors) =>
        new(new { Draft = work.Line, Form = form, Errors = errors, thing.Name, thing.InUse, Uses = thing.Uses, Back = thing.Address + thing.Query, Action = $"{thing.Address}/retire{thing.Query}" })
        {
            StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
        };
}
