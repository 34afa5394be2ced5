namespace Concentric.Needs.Concepts;

/// <summary>The lists that the program knows from the start, and how the addresses of their entries are made.</summary>
internal static class SchemeUris
{
    /// <summary>Where the lists of esd-toolkit and LG Inform Plus live. Only what they publish stands under it.</summary>
    public const string Esd = "http://id.esd.org.uk";

    /// <summary>
    /// Where our own concepts live: never under id.esd.org.uk, which is another's to give out. The name is reserved and
    /// resolves nowhere (RFC 2606), so nobody can take it for somebody's published list. What leaves the program carries the council's own address
    /// in its place (<c>CONCENTRIC_ID_BASE</c>), so that a council can set or move that without a word of the model changing.
    /// </summary>
    public const string Ours = "http://concentric.example/id";

    /// <summary>The Services list of esd-toolkit. Its entries keep the addresses that it publishes.</summary>
    public const string Services = Esd + "/list/services";
    public const string Functions = Esd + "/list/functions";
    public const string Interactions = Esd + "/list/interactions";

    public const string LifeEvents = Ours + "/list/life-events";
    public const string Circumstances = Ours + "/list/circumstances";
    public const string Needs = Ours + "/list/needs";
    public const string Outcomes = Ours + "/list/outcomes";
    public const string Metrics = Ours + "/list/metrics";
    public const string Organisations = Ours + "/list/organisations";
    public const string Authorities = Ours + "/list/local-authorities";

    /// <summary>The source of every relation in the seed.</summary>
    public const string OurSource = "ours";

    /// <summary>The address of an entry of the list that the program knows for that type; of other lists, entries carry their own.</summary>
    public static string UriOf(ConceptType type, string identifier) => type switch
    {
        ConceptType.Service => $"{Esd}/service/{identifier}",
        ConceptType.Function => $"{Esd}/function/{identifier}",
        ConceptType.Interaction => $"{Esd}/interaction/{identifier}",
        _ => $"{Ours}/{Word(type)}/{identifier}",
    };

    /// <summary>The address of a local authority of the list of authorities.</summary>
    public static string AuthorityUri(string slug) => $"{Ours}/local-authority/{slug}";

    /// <summary>The address of an offer, which Open Referral calls a service.</summary>
    public static string OfferUri(string identifier) => $"{Ours}/offer/{identifier}";

    /// <summary>The address of a place where offers are given.</summary>
    public static string PlaceUri(string identifier) => $"{Ours}/place/{identifier}";

    /// <summary>The list that the program knows for a type.</summary>
    public static string SchemeOf(ConceptType type) => type switch
    {
        ConceptType.Service => Services,
        ConceptType.Function => Functions,
        ConceptType.Interaction => Interactions,
        _ => $"{Ours}/list/{Word(type)}s",
    };

    /// <summary>A type as it stands in addresses: <c>life-event</c>.</summary>
    public static string Word(ConceptType type) => type switch
    {
        ConceptType.LifeEvent => "life-event",
        ConceptType.OrganisationType => "organisation-type",
        ConceptType.MetricType => "metric",
        ConceptType.PowerOrDuty => "power-or-duty",
        _ => type.ToString().ToLowerInvariant(),
    };

    /// <summary>The type of a word in an address, or null.</summary>
    public static ConceptType? TypeOf(string word) => Enum.GetValues<ConceptType>().Where(t => Word(t) == word).Select(t => (ConceptType?)t).FirstOrDefault();
}
