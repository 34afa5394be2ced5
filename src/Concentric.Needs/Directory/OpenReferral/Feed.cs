using System.Globalization;
using System.Net.Mail;
using System.Text.RegularExpressions;
using Concentric.Needs.Concepts;

namespace Concentric.Needs.Directory.OpenReferral;

/// <summary>The directory in the words of Open Referral UK 3.0. What Open Referral calls a service is an offer here; its kind is an entry of the Services list.</summary>
internal sealed partial class Feed(NeedModel model, OutsideAddress outside)
{
    public const string Path = "/open-referral/3.0";

    public static FeedMetadata Metadata => new("HSDS-UK-3.0", "https://docs.openreferraluk.org/en/latest/", "https://raw.githubusercontent.com/OpenReferralUK/uk-profile/main/schema/openapi.json");

    /// <summary>The offers in use of organisations in use.</summary>
    public IEnumerable<Offer> Offers => model.Offers.Where(o => o.InUse && model.Find(o.Organisation) is not null);

    /// <summary>Each place where an offer in use is given.</summary>
    public IEnumerable<(Offer Offer, Place Place)> OffersAtPlaces => Offers.SelectMany(o => PlacesOf(o).Select(p => (o, p)));

    /// <summary>The lists whose entries services can be joined to; organisations are no such list.</summary>
    public IEnumerable<Scheme> Taxonomies => model.Schemes.Where(s => s.Uri is not (SchemeUris.Organisations or SchemeUris.Authorities));

    public IEnumerable<Concept> Terms => model.Concepts.Where(c => c.InUse && c.Type != ConceptType.Organisation);

    public Guid IdOf(Offer offer) => outside.Uuid(SchemeUris.OfferUri(offer.Identifier));
    public Guid IdOf(Offer offer, Place place) => outside.Uuid($"{SchemeUris.OfferUri(offer.Identifier)}/place/{place.Identifier}");
    public Guid IdOf(string uri) => outside.Uuid(uri);

    /// <summary>An offer with the one organisation that gives it, and nothing that there may be several of.</summary>
    public FeedService Short(Offer offer) => new()
    {
        Id = IdOf(offer),
        OrganizationId = IdOf(offer.Organisation),
        Name = offer.Name,
        Description = offer.Description,
        Url = outside.Page(Links.Service(model.Find(offer.Service)?.Identifier ?? "")),
        Email = offer.Ways?.Any(w => w.Channel == "email") is true ? Email(model.Find(offer.Organisation)?.Details?.Email) : null,
        Status = "active",
        MinimumAge = offer.MinimumAge,
        MaximumAge = offer.MaximumAge,
        AssuredDate = offer.AssuredOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        LastModified = Time(offer.ModifiedAt),
        Organization = Organization(model.Find(offer.Organisation)!),
    };

    public FeedMinimal Minimal(Offer offer) => new(IdOf(offer), Time(offer.ModifiedAt));

    /// <summary>An offer with all that belongs to it.</summary>
    public FeedService Full(Offer offer)
    {
        var (id, uri) = (IdOf(offer), SchemeUris.OfferUri(offer.Identifier));
        return Short(offer) with
        {
            Schedules = Some(PlacesOf(offer).Where(p => p.Opening is not null).Select(p => new FeedSchedule(IdOf($"{uri}/opening/{p.Identifier}"), id, IdOf(offer, p), p.Opening!))),
            ServiceAreas = offer.Area is { } area ? [new(IdOf($"{uri}/area"), id, area, area)] : null,
            ServiceAtLocations = Some(PlacesOf(offer).Select(p => new FeedServiceAtLocation(IdOf(offer, p), id, IdOf(SchemeUris.PlaceUri(p.Identifier)), Location(p, whole: true)))),
            CostOptions = offer.Cost is { } cost ? [new(IdOf($"{uri}/cost"), id, cost)] : null,
            Contacts = Contact(offer) is { } contact ? [contact] : null,
            Attributes = Some(TermsOf(offer).Select(t => new FeedAttribute(IdOf($"{uri}/attribute/{t.Type}/{t.Term.Uri}"), id, IdOf(t.Term.Uri), t.Type, "service", Term(t.Term)))),
        };
    }

    public FeedServiceAtLocation Short(Offer offer, Place place) =>
        new(IdOf(offer, place), IdOf(offer), IdOf(SchemeUris.PlaceUri(place.Identifier)), Location(place, whole: false), Short(offer));

    public FeedServiceAtLocation Full(Offer offer, Place place) => Short(offer, place) with { Location = Location(place, whole: true), Service = Full(offer) };

    public FeedTaxonomy Taxonomy(Scheme scheme) => new(IdOf(scheme.Uri), scheme.Label, $"{scheme.Source}. {scheme.Attribution}, {scheme.Licence}.", outside.Of(scheme.Uri), scheme.Version);

    public FeedTaxonomyTerm Term(Concept concept)
    {
        var parent = model.From(concept.Uri, Predicate.Broader).Select(r => model.Find(r.Object)).FirstOrDefault(p => p?.Scheme == concept.Scheme);
        return new()
        {
            Id = IdOf(concept.Uri),
            Code = CodeOf(concept),
            Name = concept.Label,
            Term = concept.Label,
            Description = concept.Definition ?? concept.Plain,
            ParentId = parent is null ? null : IdOf(parent.Uri),
            Taxonomy = outside.Of(concept.Scheme),
            TaxonomyId = IdOf(concept.Scheme),
            TermUri = outside.Of(concept.Uri),
        };
    }

    /// <summary>The entries of lists that an offer is joined to, and how: its kind, the needs that kind meets, and whom it is for.</summary>
    /// <remarks>Risk factors are statistics for staff and never leave the program.</remarks>
    public IEnumerable<(string Type, Concept Term)> TermsOf(Offer offer)
    {
        IEnumerable<(string, string)> links =
        [
            ("service_type", offer.Service),
            .. model.To(offer.Service, Predicate.AddressedBy).Select(r => ("need", r.Subject)),
            .. model.To(offer.Service, Predicate.DefinesEligibility).Select(r => (r.Mode == EligibilityMode.Excludes ? "exclusion" : "eligibility", r.Subject)),
            .. model.To(offer.Service, Predicate.SuitedTo).Select(r => ("suited_to", r.Subject)),
        ];
        return links.Distinct().Select(l => (l.Item1, Term: model.Find(l.Item2))).Where(l => l.Term is { InUse: true }).Select(l => (l.Item1, l.Term!));
    }

    public IEnumerable<Place> PlacesOf(Offer offer) => (offer.Places ?? []).Distinct(StringComparer.Ordinal).Select(model.FindPlace).OfType<Place>();

    /// <summary>The short forms that Open Referral UK has agreed for the lists of esd-toolkit, and one of our own for each other list.</summary>
    private static string CodeOf(Concept concept) => concept.Scheme switch
    {
        SchemeUris.Services => $"esdServiceType:{concept.Identifier}",
        _ when concept.Uri.StartsWith(SchemeUris.Esd, StringComparison.Ordinal) => $"esd{concept.Type}:{concept.Identifier}",
        _ => $"{char.ToLowerInvariant(concept.Type.ToString()[0])}{concept.Type.ToString()[1..]}:{concept.Identifier}",
    };

    private FeedOrganization Organization(Concept organisation) =>
        new(IdOf(organisation.Uri), organisation.Label, organisation.Definition ?? organisation.Label, Email(organisation.Details?.Email), Web(organisation.Details?.Web), outside.Of(organisation.Uri));

    private FeedLocation Location(Place place, bool whole)
    {
        var uri = SchemeUris.PlaceUri(place.Identifier);
        return new(IdOf(uri), "physical", place.Name, place.Latitude, place.Longitude, whole && place is { Street: { } street, Town: { } town, Postcode: { } postcode }
            ? [new() { Id = IdOf($"{uri}/address"), LocationId = IdOf(uri), Address1 = street, City = town, PostalCode = postcode }] : null);
    }

    private FeedContact? Contact(Offer offer)
    {
        var (organisation, id) = (model.Find(offer.Organisation)!, IdOf($"{SchemeUris.OfferUri(offer.Identifier)}/contact"));
        var phone = offer.Ways?.FirstOrDefault(w => w.Channel == "phone");
        var number = phone is null ? null : PhoneNumber.Match(phone.How) is { Success: true } match ? match.Value : organisation.Details?.Phone;
        var email = offer.Ways?.Any(w => w.Channel == "email") is true ? Email(organisation.Details?.Email) : null;
        if (number is null && email is null) return null;
        return new(id, IdOf(offer), organisation.Label, email, number is null ? null : [new(IdOf($"{SchemeUris.OfferUri(offer.Identifier)}/phone"), id, number, phone!.How)]);
    }

    private static string? Email(string? text) => MailAddress.TryCreate(text, out var email) && email.Address == text ? text : null;

    private static string? Web(string? text) => Uri.TryCreate(text, UriKind.Absolute, out var web) && web.Scheme is "http" or "https" ? text : null;

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    private static List<T>? Some<T>(IEnumerable<T> items) => items.ToList() is { Count: > 0 } list ? list : null;

    // A number of the United Kingdom in a sentence: ten digits or more with blanks between.
    [GeneratedRegex(@"(?:\+44|0)(?:[ ]?[0-9]){9,10}")]
    private static partial Regex PhoneNumber { get; }
}
