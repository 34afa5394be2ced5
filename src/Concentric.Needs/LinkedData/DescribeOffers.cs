using Concentric.Needs.Concepts;
using Concentric.Needs.Directory;

namespace Concentric.Needs.LinkedData;

internal sealed partial class Describe
{
    /// <summary>
    /// An offer with its channels and its cost, whose addresses are parts of its own. That of a public organisation is a public service of CPSV-AP; that of a charity
    /// is told in the same words, but no public organisation is responsible for it, so by the definition of CPSV-AP it is none.
    /// </summary>
    public IEnumerable<Triple> Offer(Offer offer)
    {
        var uri = SchemeUris.OfferUri(offer.Identifier);
        var isPublic = model.Find(offer.Organisation) is { } organisation && IsPublic(organisation);
        var ways = (offer.Ways ?? []).DistinctBy(w => w.Channel).ToList();
        return
        [
            .. Of(uri,
            [
                (Names.Type, isPublic ? Term.Address(Names.Cpsv + "PublicService") : null),
                (Names.Type, Term.Address(outside.Terms + "Offer")),
                (Names.Dct + "identifier", Term.Plain(offer.Identifier)),
                (Names.Dct + "title", Term.Words(offer.Name)),
                (Names.Dct + "description", Term.Words(offer.Description)),
                (Names.Cv + "isClassifiedBy", Link(offer.Service)),
                .. LifeEventsOf(offer.Service).Select(e => (Names.Cv + "isGroupedBy", (Term?)Link(e))),
                .. Told.Where(r => r.Predicate == Predicate.DefinesEligibility && r.Object == offer.Service).Select(r => (Names.Cv + "holdsRequirement", (Term?)Link(UriOf(r)))),
                (Names.Cv + "hasCompetentAuthority", isPublic ? Link(offer.Organisation) : null),
                (outside.Terms + "providedBy", Link(offer.Organisation)),
                .. ways.Select(w => (Names.Cv + "hasChannel", (Term?)Link($"{uri}#channel-{w.Channel}"))),
                (Names.Cv + "hasCost", offer.Cost is null ? null : Link($"{uri}#cost")),
                (Names.Dct + "spatial", offer.Area is null ? null : Link($"{uri}#area")),
                (outside.Terms + "minimumAge", offer.MinimumAge is { } least ? Term.Of(least) : null),
                (outside.Terms + "maximumAge", offer.MaximumAge is { } most ? Term.Of(most) : null),
                .. (offer.Places ?? []).Where(p => model.FindPlace(p) is not null).Distinct(StringComparer.Ordinal).Select(p => (outside.Terms + "givenAt", (Term?)Link(SchemeUris.PlaceUri(p)))),
                .. (offer.PassesOnTo ?? []).Select(p => p.Offer).Where(p => model.FindOffer(p) is not null).Distinct(StringComparer.Ordinal).Select(p => (outside.Terms + "passesOnTo", (Term?)Link(SchemeUris.OfferUri(p)))),
                (Names.Dct + "modified", Term.Of(offer.ModifiedAt)),
                (Names.Owl + "deprecated", offer.InUse ? null : Term.Yes),
            ]),
            .. ways.SelectMany(w => Of($"{uri}#channel-{w.Channel}",
            [
                (Names.Type, Term.Address(Names.Cv + "Channel")),
                (Names.Dct + "identifier", Term.Plain($"{offer.Identifier}-{w.Channel}")),
                (Names.Dct + "description", Term.Words(w.How)),
            ])),
            .. offer.Cost is { } cost ? Of($"{uri}#cost", [(Names.Type, Term.Address(Names.Cv + "Cost")), (Names.Dct + "identifier", Term.Plain($"{offer.Identifier}-cost")), (Names.Dct + "description", Term.Words(cost))]) : [],
            .. offer.Area is { } area ? Of($"{uri}#area", [(Names.Type, Term.Address(Names.Dct + "Location")), (Names.Rdfs + "label", Term.Words(area))]) : [],
        ];
    }

    public IEnumerable<Triple> Place(Place place)
    {
        var uri = SchemeUris.PlaceUri(place.Identifier);
        var address = place.Street is not null || place.Town is not null || place.Postcode is not null;
        return
        [
            .. Of(uri,
            [
                (Names.Type, Term.Address(Names.Dct + "Location")),
                (Names.Dct + "identifier", Term.Plain(place.Identifier)),
                (Names.Rdfs + "label", Term.Words(place.Name)),
                (Names.Locn + "address", address ? Link($"{uri}#address") : null),
                (Names.Geo + "lat", place.Latitude is { } north ? Term.Of(north) : null),
                (Names.Geo + "long", place.Longitude is { } east ? Term.Of(east) : null),
                (outside.Terms + "opening", Words(place.Opening)),
            ]),
            .. address ? Of($"{uri}#address",
            [
                (Names.Type, Term.Address(Names.Locn + "Address")),
                (Names.Locn + "thoroughfare", Words(place.Street)),
                (Names.Locn + "postName", Words(place.Town)),
                (Names.Locn + "postCode", Plain(place.Postcode)),
            ]) : [],
        ];
    }

    /// <summary>The life events that call for a service, by themselves or by a chain of which every link is sure.</summary>
    private IEnumerable<string> LifeEventsOf(string service) =>
        model.To(service, Predicate.Determines).Select(r => r.Subject).Concat(
            from addressed in model.To(service, Predicate.AddressedBy)
            where addressed.Confidence == Confidence.High
            from implied in model.To(addressed.Subject, Predicate.Implies)
            where implied.Confidence == Confidence.High
            from changed in model.To(implied.Subject, Predicate.Changes)
            where changed.Confidence == Confidence.High
            select changed.Subject).Distinct(StringComparer.Ordinal);
}
