using Concentric.Needs.Concepts;

namespace Concentric.Needs.Designing;

/// <summary>A way in which one thing of the model bears on another: which kinds it joins, and how it is said from either end.</summary>
/// <param name="From">Kind of the subject; null: any, as imported lists have it.</param>
/// <param name="To">Kind of the object; null: the same as the subject's.</param>
/// <param name="Says">Between the names of the two: "implies".</param>
/// <param name="Outward">Heading on the page of the subject.</param>
/// <param name="Inward">Heading on the page of the object.</param>
/// <param name="Means">What it says and what it does not, in a sentence.</param>
internal sealed record LinkKind(Predicate Predicate, ConceptType? From, ConceptType? To, string Says, string Outward, string Inward, string Means)
{
    public static IReadOnlyList<LinkKind> All { get; } =
    [
        new(Predicate.Changes, ConceptType.LifeEvent, ConceptType.Circumstance, "changes", "Circumstances that it changes", "Life events that change it",
            "What happens makes this true, or no longer true."),
        new(Predicate.Implies, ConceptType.Circumstance, ConceptType.Need, "implies", "Needs that it implies", "Circumstances that imply it",
            "A suggestion: somebody in this circumstance may well have this need. Never a test."),
        new(Predicate.RiskFactor, ConceptType.Circumstance, ConceptType.Need, "is a risk factor for", "Needs that it is a risk factor for", "Risk factors for it",
            "Statistics for staff: the two go together more often than not. Never a test, and never shown to citizens."),
        new(Predicate.DefinesEligibility, ConceptType.Circumstance, ConceptType.Service, "defines eligibility for", "Services whose eligibility it defines", "Circumstances that define eligibility for it",
            "A test of law or policy: whether somebody can have the service."),
        new(Predicate.SuitedTo, ConceptType.Circumstance, ConceptType.Service, "is suited to", "Services that are suited to it", "Circumstances that it is suited to",
            "The service was made with this circumstance in mind. Others can have it as well."),
        new(Predicate.AddressedBy, ConceptType.Need, ConceptType.Service, "is addressed by", "Services that address it", "Needs that it addresses",
            "The service meets this need, or a part of it."),
        new(Predicate.Determines, ConceptType.LifeEvent, ConceptType.Service, "calls directly for", "Services that it calls for directly", "Life events that call for it directly",
            "Whatever else is true, this service is needed, as registering a death is."),
        new(Predicate.Impacts, ConceptType.Service, ConceptType.Outcome, "bears on", "Outcomes that it bears on", "Services that bear on it",
            "The service is meant to move this outcome."),
        new(Predicate.MeasuredBy, ConceptType.Outcome, ConceptType.MetricType, "is measured by", "Metrics that measure it", "Outcomes that it measures",
            "This metric says how the outcome moves."),
        new(Predicate.Broader, null, null, "lies under", "Wider entries", "Narrower entries", "One entry of a list lies under another of the same kind."),
        new(Predicate.Related, null, null, "is related to", "Related entries", "Entries related to it", "The two have to do with each other in no way that has a name."),
        new(Predicate.CloseMatch, null, null, "is nearly the same as", "Nearly the same elsewhere", "Entries that are nearly the same", "An entry of another list means nearly the same."),
    ];

    // These come with imported lists and are shown, not written by hand.
    private static readonly LinkKind[] Imported =
    [
        new(Predicate.Contains, null, null, "contains", "Services that it contains", "Functions that contain it", ""),
        new(Predicate.HasInteraction, null, null, "has the interaction", "Interactions", "Services that have it", ""),
        new(Predicate.ExactMatch, null, null, "is the same as", "The same elsewhere", "Entries that are the same", ""),
        new(Predicate.MappedTo, null, null, "is mapped to", "Mapped to", "Mapped from", ""),
    ];

    public static LinkKind Of(Predicate predicate) => All.Concat(Imported).First(l => l.Predicate == predicate);

    /// <summary>All kinds of links in the order in which a page shows them.</summary>
    public static IEnumerable<LinkKind> Shown => All.Concat(Imported);

    public bool Fits(ConceptType from, ConceptType to) => From is null ? from == to : from == From && to == To;

    /// <summary>Whether a thing of that type can be its subject.</summary>
    public bool Leaves(ConceptType type) => From is null ? Kind.Of(type) is not null : From == type;

    /// <summary>Whether a thing of that type can be its object.</summary>
    public bool Reaches(ConceptType type) => From is null ? Kind.Of(type) is not null : To == type;

    /// <summary>How surely, in a word.</summary>
    public static string Say(Confidence confidence) => confidence switch { Confidence.High => "High", Confidence.Medium => "Medium", _ => "Low" };

    public static string Say(EligibilityMode mode) => mode switch
    {
        EligibilityMode.Qualifies => "Qualifies: any one of those that qualify makes it likely",
        EligibilityMode.Requires => "Requires: without it, it is unlikely",
        _ => "Excludes: with it, it is unlikely",
    };

    /// <summary>Since when and until when it holds, or null where nothing is said.</summary>
    public static string? Validity(Relation relation) => (relation.ValidFrom, relation.ValidTo) switch
    {
        (null, null) => null,
        ({ } from, null) => $"From {Core.Say.Date(from)}",
        (null, { } to) => $"Until {Core.Say.Date(to)}",
        ({ } from, { } to) => $"{Core.Say.Date(from)} to {Core.Say.Date(to)}",
    };
}
