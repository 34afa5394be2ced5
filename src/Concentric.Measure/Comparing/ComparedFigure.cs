using Concentric.Measure.Variation;
using CountedMeasure = Concentric.Measure.Contacts.Measure;

namespace Concentric.Measure.Comparing;

/// <summary>A figure by which councils, places and teams can be compared.</summary>
/// <param name="Name">As addresses have it.</param>
/// <param name="Part">What is counted; null of what people said of how it was, which is no contact.</param>
/// <param name="Whole">What it is counted out of; null for a rate to those who live there.</param>
/// <param name="By">What can be compared by it: <c>ward</c>, <c>area</c>, <c>team</c>, <c>council</c>.</param>
public sealed record ComparedFigure(string Name, string Label, string Definition, FunnelKind Kind, CountedMeasure? Part, CountedMeasure? Whole, IReadOnlyList<string> By)
{
    public static readonly ComparedFigure[] All =
    [
        new("failure", "Share of failure demand",
            "Contacts coded as failure demand, of contacts coded as value or failure demand. Coding is by advisers; where they code differently, shares differ for that reason. Definition 1.",
            FunnelKind.Share, CountedMeasure.FailureContacts, CountedMeasure.CodedContacts, ["ward", "area", "team", "council"]),
        new("resolved", "Share resolved",
            "Contacts marked as resolved, of contacts marked as resolved or not. Definition 1.",
            FunnelKind.Share, CountedMeasure.ResolvedContacts, CountedMeasure.ResolutionKnownContacts, ["ward", "area", "team", "council"]),
        new("poor", "Share who said poor",
            "Those who said that it was poor, of those who said good, average or poor; of one contact the last answer. Whoever answers chose to. Definition 1.",
            FunnelKind.Share, null, null, ["team", "council"]),
        new("rate", "Contacts per 1,000 who live there",
            "Contacts that citizens began from addresses in the place, for each 1,000 residents, or households where residents are not known. Contacts are no persons: one may make several, which widens the funnel. Definition 1.",
            FunnelKind.Rate, CountedMeasure.Contacts, null, ["ward", "area", "council"]),
    ];

    public static ComparedFigure Find(string? name) => Array.Find(All, f => f.Name == name) ?? All[0];

    /// <summary>What a value is multiplied by to be shown.</summary>
    public double Scale => Kind == FunnelKind.Share ? 100 : 1000;

    /// <summary>The definition as it is when units of that kind are compared.</summary>
    public string DefinitionBy(string by) => by != "team" ? Definition
        : Part is null ? $"{Definition} Whose team: that which had the enquiry when they were asked or said it."
        : $"{Definition} Whose team: that which had the enquiry when it was answered last; a contact that chases an enquiry or says that it is not sorted counts for that enquiry’s team. Team definition 1.";
}
