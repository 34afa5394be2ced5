using Concentric.Measure.Variation;
using CountedMeasure = Concentric.Measure.Contacts.Measure;

namespace Concentric.Measure.Comparing;

/// <summary>A figure by which councils and places can be compared.</summary>
/// <param name="Name">As addresses have it.</param>
/// <param name="Part">What is counted.</param>
/// <param name="Whole">What it is counted out of; null for a rate to those who live there.</param>
public sealed record ComparedFigure(string Name, string Label, string Definition, FunnelKind Kind, CountedMeasure Part, CountedMeasure? Whole)
{
    public static readonly ComparedFigure[] All =
    [
        new("failure", "Share of failure demand",
            "Contacts coded as failure demand, of contacts coded as value or failure demand. Coding is by advisers; where they code differently, shares differ for that reason. Definition 1.",
            FunnelKind.Share, CountedMeasure.FailureContacts, CountedMeasure.CodedContacts),
        new("resolved", "Share resolved",
            "Contacts marked as resolved, of contacts marked as resolved or not. Definition 1.",
            FunnelKind.Share, CountedMeasure.ResolvedContacts, CountedMeasure.ResolutionKnownContacts),
        new("rate", "Contacts per 1,000 who live there",
            "Contacts that citizens began from addresses in the place, for each 1,000 residents, or households where residents are not known. Contacts are no persons: one may make several, which widens the funnel. Definition 1.",
            FunnelKind.Rate, CountedMeasure.Contacts, null),
    ];

    public static ComparedFigure Find(string? name) => Array.Find(All, f => f.Name == name) ?? All[0];

    /// <summary>What a value is multiplied by to be shown.</summary>
    public double Scale => Kind == FunnelKind.Share ? 100 : 1000;
}
