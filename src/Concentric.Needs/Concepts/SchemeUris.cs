namespace Concentric.Needs.Concepts;

/// <summary>The lists that the program knows from the start, and how the addresses of their entries are made.</summary>
internal static class SchemeUris
{
    /// <summary>The Services list of esd-toolkit. Its entries keep the addresses that it publishes.</summary>
    public const string Services = "http://id.esd.org.uk/list/services";

    /// <summary>
    /// Where our own concepts live: never under id.esd.org.uk, which is another's to give out. The name is reserved and
    /// resolves nowhere (RFC 2606), so nobody can take it for somebody's published list.
    /// </summary>
    public const string Ours = "http://concentric.example/id";

    public const string LifeEvents = Ours + "/list/life-events";
    public const string Circumstances = Ours + "/list/circumstances";
    public const string Needs = Ours + "/list/needs";

    /// <summary>The source of every relation in the seed.</summary>
    public const string OurSource = "ours";

    /// <summary>The address of an entry of ours, or of a service by its identifier in the Services list.</summary>
    public static string UriOf(ConceptType type, string identifier) => type switch
    {
        ConceptType.LifeEvent => $"{Ours}/life-event/{identifier}",
        ConceptType.Circumstance => $"{Ours}/circumstance/{identifier}",
        ConceptType.Need => $"{Ours}/need/{identifier}",
        ConceptType.Service => $"http://id.esd.org.uk/service/{identifier}",
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    public static string SchemeOf(ConceptType type) => type switch
    {
        ConceptType.LifeEvent => LifeEvents,
        ConceptType.Circumstance => Circumstances,
        ConceptType.Need => Needs,
        ConceptType.Service => Services,
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };
}
