using Concentric.Needs.Concepts;
using Concentric.Needs.Directory;

namespace Concentric.Needs.LinkedData;

internal sealed partial class Describe
{
    /// <summary>An offer as a public service of CPSV-AP, with its channels and its cost, whose addresses are parts of its own.</summary>
    public IEnumerable<Triple> Offer(Offer offer)
    {
        var uri = SchemeUris.OfferUri(offer.Identifier);
        var organisation = model.Find(offer.Organisation);
        var ways = (offer.Ways ?? []).DistinctBy(w => w.Channel).ToList();
        return
        [
            .. Of(uri,
            [
                (Names.Type, Node.Link(Names.Cpsv + "PublicService")),
                (Names.Dct + "identifier", Node.Plain(offer.Identifier)),
                (Names.Dct + "title", Node.Words(offer.Name)),
                (Names.Dct + "description", Node.Words(offer.Description)),
                (Names.Cv + "isClassifiedBy", Link(offer.Service)),
                .. LifeEventsOf(offer.Service).Select(e => (Names.Cv + "isGroupedBy", (Node?)Link(e))),
                .. Told.Where(r => r.Predicate == Predicate.DefinesEligibility && r.Object == offer.Service).Select(r => (Names.Cv + "holdsRequirement", (Node?)Link(UriOf(r)))),
                (Names.Cv + "hasCompetentAuthority", organisation is not null && IsPublic(organisation) ? Link(offer.Organisation) : null),
                (outside.Terms + "providedBy", Link(offer.Organisation)),
                .. ways.Select(w => (Names.Cv + "hasChannel", (Node?)Link($"{uri}#channel-{w.Channel}"))),
                (Names.Cv + "hasCost", offer.Cost is null ? null : Link($"{uri}#cost")),
                (Names.Dct + "spatial", offer.Area is null ? null : Link($"{uri}#area")),
                (outside.Terms + "minimumAge", offer.MinimumAge is { } least ? Node.Of(least) : null),
                (outside.Terms + "maximumAge", offer.MaximumAge is { } most ? Node.Of(most) : null),
                .. (offer.Places ?? []).Where(p => model.FindPlace(p) is not null).Distinct(StringComparer.Ordinal).Select(p => (outside.Terms + "givenAt", (Node?)Link(SchemeUris.PlaceUri(p)))),
                .. (offer.PassesOnTo ?? []).Select(p => p.Offer).Where(p => model.FindOffer(p) is not null).Distinct(StringComparer.Ordinal).Select(p => (outside.Terms + "passesOnTo", (Node?)Link(SchemeUris.OfferUri(p)))),
                (Names.Dct + "modified", Node.Of(offer.ModifiedAt)),
                (Names.Owl + "deprecated", offer.InUse ? null : Node.Yes),
            ]),
            .. ways.SelectMany(w => Of($"{uri}#channel-{w.Channel}",
            [
                (Names.Type, Node.Link(Names.Cv + "Channel")),
                (Names.Dct + "identifier", Node.Plain(w.Channel)),
                (Names.Dct + "description", Node.Words(w.How)),
            ])),
            .. offer.Cost is { } cost ? Of($"{uri}#cost", [(Names.Type, Node.Link(Names.Cv + "Cost")), (Names.Dct + "identifier", Node.Plain($"{offer.Identifier}-cost")), (Names.Dct + "description", Node.Words(cost))]) : [],
            .. offer.Area is { } area ? Of($"{uri}#area", [(Names.Type, Node.Link(Names.Dct + "Location")), (Names.Rdfs + "label", Node.Words(area))]) : [],
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
                (Names.Type, Node.Link(Names.Dct + "Location")),
                (Names.Dct + "identifier", Node.Plain(place.Identifier)),
                (Names.Rdfs + "label", Node.Words(place.Name)),
                (Names.Locn + "address", address ? Link($"{uri}#address") : null),
                (Names.Geo + "lat", place.Latitude is { } north ? Node.Of(north) : null),
                (Names.Geo + "long", place.Longitude is { } east ? Node.Of(east) : null),
                (outside.Terms + "opening", Words(place.Opening)),
            ]),
            .. address ? Of($"{uri}#address",
            [
                (Names.Type, Node.Link(Names.Locn + "Address")),
                (Names.Locn + "thoroughfare", Plain(place.Street)),
                (Names.Locn + "postName", Plain(place.Town)),
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
