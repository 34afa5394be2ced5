using System.Globalization;
using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Design;
using Concentric.Core.Facts;
using Concentric.Core.Web;
using Concentric.Needs.Concepts;
using Concentric.Needs.Directory;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Concentric.Needs.Designing;

/// <summary>To which offer people are passed on, and why, as somebody types it.</summary>
public sealed record PassedOnForm
{
    public string? Offer { get; init; }
    public string? Reason { get; init; }
}

/// <summary>An offer as somebody types it.</summary>
public sealed record EditOfferForm
{
    /// <summary>Number in the Services list, or words that find it.</summary>
    public string? ServiceWords { get; init; }

    /// <summary>Address of the service chosen among those found.</summary>
    public string? Service { get; init; }
    public string? Organisation { get; init; }
    public string? Name { get; init; }
    public string? Description { get; init; }
    public string? MinimumAge { get; init; }
    public string? MaximumAge { get; init; }
    public string? Area { get; init; }
    public string? Cost { get; init; }

    /// <summary>How to get it, by channel.</summary>
    public Dictionary<string, string?>? Ways { get; init; }
    public List<string>? Places { get; init; }
    public List<PassedOnForm>? PassesOn { get; init; }

    /// <summary>Checked with the organisation today.</summary>
    public string? Assured { get; init; }
    public string? Slug { get; init; }
    public string? Why { get; init; }

    internal static EditOfferForm Of(Offer offer, NeedModel model) => new()
    {
        ServiceWords = model.Find(offer.Service)?.Identifier, Service = offer.Service, Organisation = offer.Organisation, Name = offer.Name, Description = offer.Description,
        MinimumAge = offer.MinimumAge?.ToString(CultureInfo.InvariantCulture), MaximumAge = offer.MaximumAge?.ToString(CultureInfo.InvariantCulture), Area = offer.Area, Cost = offer.Cost,
        Ways = offer.Ways?.GroupBy(w => w.Channel).ToDictionary(w => w.Key, w => (string?)string.Join("\n", w.Select(x => x.How))), Places = offer.Places?.ToList(),
        PassesOn = offer.PassesOnTo?.Select(p => new PassedOnForm { Offer = p.Offer, Reason = p.Reason }).ToList(),
    };

    internal Errors Check(NeedModel model, string? service)
    {
        var errors = new Errors()
            .Check("ServiceWords", service is not null || Typed.Text(ServiceWords) is not null, "Enter the number or some words of the service")
            .Check("ServiceWords", service is not null, "Select the service from those that were found")
            .Check("Organisation", Organisation is not null && model.Find(Organisation) is { Type: ConceptType.Organisation }, "Select the organisation that offers it")
            .Check("Name", Typed.Text(Name) is not null, "Enter a name")
            .Check("Name", Name is null or { Length: <= 200 }, "Name must be 200 characters or fewer")
            .Check("Description", Typed.Text(Description) is not null, "Enter a description")
            .Check("Description", Description is null or { Length: <= 5000 }, "Description must be 5,000 characters or fewer")
            .Check("MinimumAge", IsAge(MinimumAge), "Youngest age must be a whole number from 0 to 120")
            .Check("MaximumAge", IsAge(MaximumAge), "Oldest age must be a whole number from 0 to 120");
        if (!errors.Any) errors.Check("MaximumAge", !(Age(MaximumAge) < Age(MinimumAge)), "Oldest age must be the same as or above the youngest age");
        foreach (var (index, passed) in (PassesOn ?? []).Index())
            errors.Check($"PassesOn[{index}].Reason", string.IsNullOrEmpty(passed.Offer) || Typed.Text(passed.Reason) is not null, "Enter why people are passed on there");
        return errors;
    }

    internal Offer Applied(Offer? before, string identifier, string service, DateOnly today) => new()
    {
        Identifier = identifier,
        Service = service,
        Organisation = Organisation!,
        Name = Typed.Text(Name)!,
        Description = Typed.Text(Description)!,
        Status = before?.Status ?? OfferStatus.Active,
        MinimumAge = Age(MinimumAge),
        MaximumAge = Age(MaximumAge),
        Area = Typed.Text(Area),
        Cost = Typed.Text(Cost),
        Ways = Listed(before?.Ways, [.. from channel in Channels.All let how = Typed.Text(Ways?.GetValueOrDefault(channel.Name)) where how is not null select new Way(channel.Name, how)]),
        Places = Listed(before?.Places, [.. Places ?? []]),
        PassesOnTo = Listed(before?.PassesOnTo, [.. from p in PassesOn ?? [] where !string.IsNullOrEmpty(p.Offer) select new PassedOn(p.Offer!, Typed.Text(p.Reason) ?? "")]),
        AssuredOn = Assured is null ? before?.AssuredOn : today,
    };

    // The same in another order is not a change.
    private static List<T>? Listed<T>(IReadOnlyList<T>? before, List<T> now) =>
        before is not null && before.Count == now.Count && before.ToHashSet().SetEquals(now) ? [.. before] : now.Count == 0 && before is null ? null : now;

    private static int? Age(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var age) ? age : null;

    private static bool IsAge(string? text) => string.IsNullOrWhiteSpace(text) || Age(text.Trim()) is <= 120;
}

/// <summary>Somebody adds an offer of a service or changes one. It goes into their draft.</summary>
internal static class EditOffer
{
    public static void Map(Site site)
    {
        site.Pages.MapGet("/model/offers/new", ShowNew).For(Audience.Design);
        site.Pages.MapPost("/model/offers/new", Add).For(Audience.Design);
        site.Pages.MapGet("/model/offers/{identifier}/edit", Show).For(Audience.Design);
        site.Pages.MapPost("/model/offers/{identifier}/edit", Keep).For(Audience.Design);
    }

    private static async Task<IResult> ShowNew(Workbench bench, ClaimsPrincipal visitor, CancellationToken stop) => Page(await bench.Open(visitor, stop), null, new(), new());

    private static async Task<IResult> Add([FromForm] EditOfferForm form, Workbench bench, ClaimsPrincipal visitor)
    {
        var work = await bench.Open(visitor);
        var service = ServiceOf(form, work.Model);
        var errors = form.Check(work.Model, service);
        var slug = Typed.Text(form.Slug) ?? Typed.Slug(form.Name);
        if (errors["Name"] is null)
            errors.Check("Slug", Typed.IsSlug(slug) && slug != "new", "Short name must only include lower-case letters a to z, digits and hyphens")
                .Check("Slug", work.Model.FindOffer(slug) is null, $"There is already an offer with the short name “{slug}”. Choose another");
        if (errors.Any) return Page(work, null, form, errors);

        await bench.Put(visitor, form.Why, Edit.Of(form.Applied(null, slug, service!, Say.DayOf(bench.Now))));
        return Results.LocalRedirect(DesignLinks.Offer(slug));
    }

    private static async Task<IResult> Show(string identifier, Workbench bench, ClaimsPrincipal visitor, CancellationToken stop)
    {
        var work = await bench.Open(visitor, stop);
        return work.Model.FindOffer(identifier) is { } offer ? Page(work, offer, EditOfferForm.Of(offer, work.Model), new()) : Results.NotFound();
    }

    private static async Task<IResult> Keep(string identifier, [FromForm] EditOfferForm form, Workbench bench, ClaimsPrincipal visitor)
    {
        var work = await bench.Open(visitor);
        if (work.Model.FindOffer(identifier) is not { } offer) return Results.NotFound();
        var service = ServiceOf(form, work.Model);
        var errors = form.Check(work.Model, service);
        if (errors.Any) return Page(work, offer, form, errors);

        await bench.Put(visitor, form.Why, Edit.Of(form.Applied(offer, identifier, service!, Say.DayOf(bench.Now))));
        return Results.LocalRedirect(DesignLinks.Offer(identifier));
    }

    /// <summary>What was chosen, or the one that the number names; of several that words find, somebody must choose.</summary>
    private static string? ServiceOf(EditOfferForm form, NeedModel model)
    {
        var chosen = form.Service is { } uri && model.Find(uri) is { Type: ConceptType.Service } service ? service : null;
        if (Typed.Text(form.ServiceWords) is not { } words) return chosen?.Uri;
        // Whoever typed another number or other words after choosing wants another service.
        if (model.Find(ConceptType.Service, words) is { } numbered) return numbered.Uri;
        var found = Found(model, words);
        return chosen is not null && found.Contains(chosen) ? chosen.Uri : found is [var only] ? only.Uri : null;
    }

    private static string Address(Place place) => string.Join(", ", new[] { place.Street, place.Town, place.Postcode }.Where(t => !string.IsNullOrEmpty(t)));

    private static List<Concept> Found(NeedModel model, string? words) => Typed.Text(words) is { } typed ? [.. FindThings.Of(model, Kind.Of(ConceptType.Service)!, typed, retired: false).Take(15)] : [];

    private static RazorComponentResult<EditOfferPage> Page(Work work, Offer? offer, EditOfferForm form, Errors errors)
    {
        var model = work.Model;
        return new(new
        {
            Draft = work.Line,
            Form = form,
            Errors = errors,
            offer?.Name,
            Back = offer is null ? DesignLinks.Offers : DesignLinks.Offer(offer.Identifier),
            Action = offer is null ? "/model/offers/new" : $"{DesignLinks.Offer(offer.Identifier)}/edit",
            ServiceName = form.Service is { } uri ? model.Find(uri)?.Plain : null,
            Found = errors["ServiceWords"] is null ? [] : (IReadOnlyList<Choice>)[.. Found(model, Typed.Text(form.ServiceWords)).Select(s => new Choice(s.Uri, s.Plain) { Hint = $"Number {s.Identifier}. {s.Label}" })],
            Organisations = (IReadOnlyList<Choice>)[.. Kind.Of(ConceptType.Organisation)!.In(model).Where(o => o.InUse || o.Uri == form.Organisation).Select(o => new Choice(o.Uri, o.Plain))],
            Places = (IReadOnlyList<Choice>)[.. model.Places.Select(p => new Choice(p.Identifier, p.Name) { Hint = Address(p) is { Length: > 0 } address ? address : null })],
            Offers = (IReadOnlyList<Choice>)[new("", "Nobody"), .. model.Offers.Where(o => o.InUse && o.Identifier != offer?.Identifier).Select(o => new Choice(o.Identifier, $"{o.Name} ({model.Find(o.Organisation)?.Plain})"))],
        })
        {
            StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
        };
    }
}
