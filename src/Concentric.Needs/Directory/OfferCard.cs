using Concentric.Core.Facts;
using Concentric.Needs.Concepts;
using Concentric.Needs.Eligibility;

namespace Concentric.Needs.Directory;

/// <summary>Where an offer is given, in words.</summary>
/// <param name="Address">Street, town and postcode as far as they are known.</param>
public sealed record OfferPlace(string Name, string Address, string? Opening);

/// <summary>How to get an offer by one channel.</summary>
/// <param name="Channel">Short name of the channel.</param>
/// <param name="Label">The channel as a citizen would call it.</param>
public sealed record OfferWay(string Channel, string Label, string How);

/// <summary>An offer as citizens are shown it: who gives it, to whom, and how to get it.</summary>
public sealed record OfferCard
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    public required string Description { get; init; }
    public required string Organisation { get; init; }

    /// <summary>Whether the council that runs the program gives it; otherwise a partner does.</summary>
    public required bool Ours { get; init; }

    /// <summary>"people aged 60 or over", or null.</summary>
    public required string? Ages { get; init; }
    public required string? Area { get; init; }
    public required string? Cost { get; init; }
    public required IReadOnlyList<OfferWay> Ways { get; init; }
    public required IReadOnlyList<OfferPlace> Places { get; init; }
    public required DateOnly? AssuredOn { get; init; }

    /// <summary>With what somebody answered; the ages count as well.</summary>
    public required Eligible Eligibility { get; init; }

    /// <summary>The offers of a service: ours first, then partners' by name of the offer.</summary>
    internal static IReadOnlyList<OfferCard> AllOf(NeedModel model, string service, string? own, Answers answers) =>
        [.. model.OffersOf(service).OrderByDescending(o => o.Organisation == own).Select(o => Of(model, o, own, answers))];

    internal static OfferCard Of(NeedModel model, Offer offer, string? own, Answers answers) => new()
    {
        Id = offer.Identifier,
        Name = offer.Name,
        Description = offer.Description,
        Organisation = WhoProvides.NameOf(model, offer.Organisation),
        Ours = offer.Organisation == own,
        Ages = CheckEligibility.Ages(offer),
        Area = offer.Area,
        Cost = offer.Cost,
        Ways = [.. (offer.Ways ?? []).Select(w => new OfferWay(w.Channel, Label(w.Channel), w.How))],
        Places = [.. (offer.Places ?? []).Select(model.FindPlace).OfType<Place>().Select(p => new OfferPlace(p.Name, string.Join(", ", new[] { p.Street, p.Town, p.Postcode }.OfType<string>()), p.Opening))],
        AssuredOn = offer.AssuredOn,
        Eligibility = CheckEligibility.Of(model, offer, answers),
    };

    private static string Label(string channel) => channel == "web" ? "Online" : Channels.Find(channel)?.Label ?? channel;
}
