using System.Text.Json.Serialization;

namespace Concentric.Needs.Gaps;

/// <summary>What kind of thing the model shows that somebody should look at.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<GapKind>))]
public enum GapKind
{
    [JsonStringEnumMemberName("need-without-service")] NeedWithoutService,
    [JsonStringEnumMemberName("need-nobody-offers")] NeedNobodyOffers,
    [JsonStringEnumMemberName("service-without-need")] ServiceWithoutNeed,
    [JsonStringEnumMemberName("several-offers")] SeveralOffers,
    [JsonStringEnumMemberName("several-services")] SeveralServices,
    [JsonStringEnumMemberName("hand-over-broken")] HandOverBroken,
    [JsonStringEnumMemberName("hand-over-outside")] HandOverOutside,
    [JsonStringEnumMemberName("hand-over-inside")] HandOverInside,
    [JsonStringEnumMemberName("circumstance-not-asked")] CircumstanceNotAsked,
    [JsonStringEnumMemberName("life-event-without-circle")] LifeEventWithoutCircle,
}

/// <summary>A kind of finding in words.</summary>
/// <param name="Name">As it stands in addresses and in JSON.</param>
/// <param name="Definition">When something is one, exactly.</param>
/// <param name="Look">What somebody should ask of it.</param>
public sealed record GapWords(GapKind Kind, string Name, string Heading, string Definition, string Look)
{
    public static IReadOnlyList<GapWords> All { get; } =
    [
        new(GapKind.NeedWithoutService, "need-without-service", "Needs with no service", "A need in use that no service is said to meet.",
            "Does nobody meet it, or has nobody written it down? If nobody does: who could?"),
        new(GapKind.NeedNobodyOffers, "need-nobody-offers", "Needs whose services nobody offers", "A need that services meet, of which no organisation of the directory offers any.",
            "Is the directory incomplete, or are people sent to something that is not there?"),
        new(GapKind.ServiceWithoutNeed, "service-without-need", "Services with no need", "A service that an organisation of the directory offers, which meets no need of the model and which no life event calls for.",
            "Whom does it help, and with what? Write the need down, or ask why it is done."),
        new(GapKind.SeveralOffers, "several-offers", "The same service from several organisations", "A service that two or more organisations of the directory offer.",
            "Is it a choice that people want, or the same work done twice? This is a finding to look at and not a fault."),
        new(GapKind.SeveralServices, "several-services", "Several services for the same need, by different organisations", "A need that two or more services meet which are offered, where no one organisation offers them all.",
            "Do people know which to go to, and do the organisations know of one another? This is a finding to look at and not a fault."),
        new(GapKind.HandOverBroken, "hand-over-broken", "Hand-overs that lead nowhere", "An offer passes people on to an offer that was withdrawn or that the directory does not hold.",
            "Where do people go who are sent there?"),
        new(GapKind.HandOverOutside, "hand-over-outside", "Hand-overs between organisations", "An offer passes people on to an offer of another organisation.",
            "Does what we do meet what they need? Does everything that is known go with them, and does anybody hear whether they arrived?"),
        new(GapKind.HandOverInside, "hand-over-inside", "Hand-overs inside an organisation", "An offer passes people on to another offer of the same organisation.",
            "Does what we do meet what they need? Could the first of the two do it all?"),
        new(GapKind.CircumstanceNotAsked, "circumstance-not-asked", "Circumstances that nobody asks about",
            "A circumstance that implies a need or defines eligibility and has no question. Not those that would reveal a protected characteristic and define no eligibility: they are not to be asked.",
            "How does anybody find out that it is true? Write a question and say why it is asked."),
        new(GapKind.LifeEventWithoutCircle, "life-event-without-circle", "Life events with no circle", "A life event that leads to no need and calls for no service.",
            "What changes for people to whom this happens? Hold a workshop, or take it out."),
    ];

    public static GapWords Of(GapKind kind) => All.First(w => w.Kind == kind);

    /// <summary>The kind of a name, or null.</summary>
    public static GapWords? Of(string? name) => All.FirstOrDefault(w => w.Name == name);
}
