using Concentric.Needs.Concepts;

namespace Concentric.Needs.LinkedData;

/// <summary>A word of our own for linked data, where no published vocabulary has one.</summary>
/// <param name="Name">As it stands in its address after <c>/ns#</c>.</param>
/// <param name="Of">The kind of thing that it is said of; null for a kind itself.</param>
internal sealed record OwnTerm(string Name, string Label, string Meaning, string? Of = null, string? To = null);

/// <summary>Our small vocabulary.</summary>
internal static class OwnTerms
{
    private const string LifeEvent = Names.Cv + "LifeEvent", Offer = "Offer", Place = Names.Dct + "Location", Statement = Names.Rdf + "Statement";

    public static IReadOnlyList<OwnTerm> All { get; } =
    [
        new("Circumstance", "Circumstance", "Something true of a person’s situation, as having no income."),
        new("Need", "Need", "What somebody requires to live well, in plain words."),
        new("ServiceType", "Kind of service", "A kind of service that councils give, as an entry of the Services list. What one organisation gives of it is an offer."),
        new("Offer", "Offer", "What one organisation, public or not, gives of a kind of service. Where a public organisation is responsible for it, it is a cpsv:PublicService too."),
        new("Outcome", "Outcome", "What should become better for people."),
        new("Metric", "Metric", "What is counted to see whether an outcome is reached."),
        new("changes", "changes", "A life event changes a circumstance.", LifeEvent, "Circumstance"),
        new("implies", "implies", "Who is in the circumstance is likely to have the need. A suggestion, never a test.", "Circumstance", "Need"),
        new("determines", "determines", "The life event by itself calls for the service.", LifeEvent, "ServiceType"),
        new("addressedBy", "is addressed by", "The service meets the need, or a part of it.", "Need", "ServiceType"),
        new("definesEligibilityFor", "defines eligibility for", "Law or policy makes the circumstance a test of who may have the service. How it tests is said by the mode of the statement.", "Circumstance", "ServiceType"),
        new("suitableFor", "is suited by", "The service was made with people in the circumstance in mind. Not a test.", "Circumstance", "ServiceType"),
        new("contains", "contains", "A function of councils contains the service.", Names.Skos + "Concept", "ServiceType"),
        new("hasInteraction", "has interaction", "What people can do with the service, as apply, pay or report.", "ServiceType", Names.Skos + "Concept"),
        new("impacts", "impacts", "The service bears on the outcome.", "ServiceType", "Outcome"),
        new("measuredBy", "is measured by", "The metric shows whether the outcome is reached.", "Outcome", "Metric"),
        new("providedBy", "is provided by", "The organisation that gives it, whether public or not.", Offer, Names.Org + "Organization"),
        new("givenAt", "is given at", "A place where people can get it.", Offer, Place),
        new("passesOnTo", "passes on to", "Where people are handed on to when something else is needed too.", Offer, Offer),
        new("minimumAge", "minimum age", "The age in whole years from which somebody may have it.", Offer, Names.Xsd + "integer"),
        new("maximumAge", "maximum age", "The age in whole years up to which somebody may have it.", Offer, Names.Xsd + "integer"),
        new("opening", "opening", "When the place is open, in words.", Place, Names.Rdf + "langString"),
        new("confidence", "confidence", "How sure the source is of the statement: high, medium or low. A judgement, not a probability.", Statement, Names.Xsd + "string"),
        new("mode", "mode", "What the circumstance does in the test of eligibility. qualifies: any one such makes it likely; requires: without it unlikely; excludes: with it unlikely.", Statement, Names.Xsd + "string"),
        new("evidence", "evidence", "The law or guidance that says so, by name.", Statement, Names.Xsd + "string"),
        new("validFrom", "valid from", "The first day on which the statement holds.", Statement, Names.Xsd + "date"),
        new("validTo", "valid to", "The last day on which the statement holds.", Statement, Names.Xsd + "date"),
        new("polarity", "polarity", "Whether a high value of the metric is good: high-is-good, low-is-good or neither.", "Metric", Names.Xsd + "string"),
        new("period", "period", "The time that one value of the metric is for: month, quarter or year.", "Metric", Names.Xsd + "string"),
        new("unit", "unit", "What the metric counts in, as per cent or days.", "Metric", Names.Xsd + "string"),
    ];

    /// <summary>The word for a relation of the model; null for what does not leave the program: risk factors are statistics for staff.</summary>
    public static string? Of(Predicate predicate, string terms) => predicate switch
    {
        Predicate.Changes => terms + "changes",
        Predicate.Implies => terms + "implies",
        Predicate.AddressedBy => terms + "addressedBy",
        Predicate.Determines => terms + "determines",
        Predicate.DefinesEligibility => terms + "definesEligibilityFor",
        Predicate.SuitedTo => terms + "suitableFor",
        Predicate.Contains => terms + "contains",
        Predicate.HasInteraction => terms + "hasInteraction",
        Predicate.Impacts => terms + "impacts",
        Predicate.MeasuredBy => terms + "measuredBy",
        Predicate.Broader => Names.Skos + "broader",
        Predicate.Related => Names.Skos + "related",
        Predicate.CloseMatch => Names.Skos + "closeMatch",
        Predicate.ExactMatch => Names.Skos + "exactMatch",
        Predicate.MappedTo => Names.Skos + "mappingRelation",
        _ => null,
    };

    /// <summary>What each word means, as linked data.</summary>
    public static IEnumerable<Triple> Describe(OutsideAddress outside)
    {
        var whole = outside.Terms.TrimEnd('#');
        yield return new(whole, Names.Type, Term.Address(Names.Owl + "Ontology"));
        yield return new(whole, Names.Dct + "title", Term.Words("Words of the need model"));
        yield return new(whole, Names.Dct + "description", Term.Words("Joins life events, circumstances, needs, services and outcomes where no published vocabulary has a word."));
        foreach (var term in All)
        {
            var uri = outside.Terms + term.Name;
            yield return new(uri, Names.Type, Term.Address(term.Of is null ? Names.Rdfs + "Class" : Names.Rdf + "Property"));
            yield return new(uri, Names.Rdfs + "label", Term.Words(term.Label));
            yield return new(uri, Names.Rdfs + "comment", Term.Words(term.Meaning));
            yield return new(uri, Names.Rdfs + "isDefinedBy", Term.Address(whole));
            if (term.Of is { } of) yield return new(uri, Names.Rdfs + "domain", Term.Address(Full(of)));
            if (term.To is { } to) yield return new(uri, Names.Rdfs + "range", Term.Address(Full(to)));
        }

        string Full(string kind) => kind.Contains(':', StringComparison.Ordinal) ? kind : outside.Terms + kind;
    }
}
