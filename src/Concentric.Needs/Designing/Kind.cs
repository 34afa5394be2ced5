using Concentric.Needs.Concepts;

namespace Concentric.Needs.Designing;

/// <summary>A kind of thing that designers keep, as it stands in addresses and in sentences.</summary>
/// <param name="Word">Plural, as in <c>/model/life-events</c>.</param>
/// <param name="One">"life event".</param>
/// <param name="Many">"life events".</param>
internal sealed record Kind(ConceptType Type, string Word, string One, string Many)
{
    public static IReadOnlyList<Kind> All { get; } =
    [
        new(ConceptType.LifeEvent, "life-events", "life event", "life events"),
        new(ConceptType.Circumstance, "circumstances", "circumstance", "circumstances"),
        new(ConceptType.Need, "needs", "need", "needs"),
        new(ConceptType.Service, "services", "service", "services"),
        new(ConceptType.Organisation, "organisations", "organisation", "organisations"),
        new(ConceptType.Outcome, "outcomes", "outcome", "outcomes"),
        new(ConceptType.MetricType, "metrics", "metric", "metrics"),
    ];

    /// <summary>Services come from the national list by import: their addresses are not ours to give out.</summary>
    public bool CanBeAdded => Type != ConceptType.Service;

    public static Kind? Of(string word) => All.FirstOrDefault(k => k.Word == word);

    public static Kind? Of(ConceptType type) => All.FirstOrDefault(k => k.Type == type);

    /// <summary>What the page of this kind lists: of organisations only those of the directory, not every local authority of the country.</summary>
    public IEnumerable<Concept> In(NeedModel model) =>
        model.Concepts.Where(c => c.Type == Type && (Type != ConceptType.Organisation || c.Scheme == SchemeUris.Organisations));

    /// <summary>The entry of an address, or null.</summary>
    /// <param name="uri">Its full address where the identifier is not enough: an entry of another list.</param>
    public Concept? Find(NeedModel model, string identifier, string? uri = null) =>
        uri is not null && model.Find(uri) is { } named && named.Type == Type && named.Identifier == identifier ? named : model.Find(Type, identifier);

    /// <summary>The type of a concept in a sentence, also of those that have no page.</summary>
    public static string Say(ConceptType type) => Of(type)?.One ?? type switch
    {
        ConceptType.OrganisationType => "type of organisation",
        ConceptType.PowerOrDuty => "power or duty",
        _ => type.ToString().ToLowerInvariant(),
    };
}

/// <summary>Numbers with the word that they count: "1 change", "2 changes".</summary>
internal static class Counted
{
    public static string Of(int number, string one, string? many = null) => number == 1 ? $"1 {one}" : $"{Core.Say.Number(number)} {many ?? one + "s"}";
}
