using Concentric.Needs.Concepts;
using Concentric.Needs.LinkedData;
using Concentric.Needs.Standards.Reading;

namespace Concentric.Needs.Standards;

/// <summary>What a link of a file says in the words of the model.</summary>
internal static class LinkMeaning
{
    // What a bare mapping between two lists of the Local Government Business Model means there. Between circumstances and services it may be
    // eligibility or suitability, so it is taken for neither.
    private static readonly Dictionary<(ConceptType, ConceptType), Predicate> ByType = new()
    {
        [(ConceptType.Function, ConceptType.Service)] = Predicate.Contains,
        [(ConceptType.Service, ConceptType.Interaction)] = Predicate.HasInteraction,
        [(ConceptType.Need, ConceptType.Service)] = Predicate.AddressedBy,
        [(ConceptType.Circumstance, ConceptType.Need)] = Predicate.Implies,
        [(ConceptType.LifeEvent, ConceptType.Circumstance)] = Predicate.Changes,
        [(ConceptType.LifeEvent, ConceptType.Service)] = Predicate.Determines,
        [(ConceptType.Service, ConceptType.Outcome)] = Predicate.Impacts,
        [(ConceptType.Outcome, ConceptType.MetricType)] = Predicate.MeasuredBy,
    };

    /// <returns>The relation and whether its ends change places; null where the model has no word for it.</returns>
    public static (Predicate Predicate, bool Turned)? Of(string predicate, ConceptType subject, ConceptType other)
    {
        switch (predicate)
        {
            case Names.Skos + "related": return (Predicate.Related, false);
            case Names.Skos + "exactMatch": return (Predicate.ExactMatch, false);
            case Names.Skos + "closeMatch": return (Predicate.CloseMatch, false);
            case ListLink.Mapped or ListLink.Contains or Names.Skos + "broadMatch" or Names.Skos + "narrowMatch" or Names.Skos + "relatedMatch":
                if (ByType.TryGetValue((subject, other), out var straight)) return (straight, false);
                return ByType.TryGetValue((other, subject), out var turned) ? (turned, true) : (Predicate.MappedTo, false);
        }
        // A vocabulary that uses the model's own words: …#addressedBy.
        var name = predicate.Split('#', '/')[^1];
        return Enum.TryParse<Predicate>(name, ignoreCase: true, out var own) && !char.IsAsciiDigit(name.FirstOrDefault('0')) && own != Predicate.Broader ? (own, false) : null;
    }

    /// <summary>A relation as it stands in a report: "addressed by".</summary>
    public static string Say(Predicate predicate) => predicate switch
    {
        Predicate.AddressedBy => "is addressed by",
        Predicate.DefinesEligibility => "defines eligibility for",
        Predicate.SuitedTo => "is suited to",
        Predicate.RiskFactor => "is a risk factor of",
        Predicate.Broader => "stands below",
        Predicate.HasInteraction => "has the interaction",
        Predicate.Impacts => "bears on",
        Predicate.MeasuredBy => "is measured by",
        Predicate.Related => "is related to",
        Predicate.CloseMatch => "is nearly the same as",
        Predicate.ExactMatch => "is the same as",
        Predicate.MappedTo => "is mapped to",
        _ => predicate.ToString().ToLowerInvariant(),
    };
}
