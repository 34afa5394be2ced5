namespace Concentric.Needs.Standards.Reading;

/// <summary>A list of esd-toolkit whose addresses have been seen in what it publishes.</summary>
/// <param name="Uri">The address of the list; null where only its entries' addresses have been seen.</param>
/// <param name="Item">What the address of each entry begins with.</param>
/// <param name="Word">What its entries are, in the file's own word.</param>
/// <param name="Words">Other words for it in files: names of columns, prefixes of Open Referral.</param>
internal sealed record KnownList(string? Uri, string Item, string Word, string Identifier, string Label, params string[] Words)
{
    public string UriOf(string identifier) => Item + System.Uri.EscapeDataString(identifier);
}

/// <summary>
/// The lists that files may mean without giving an address. Only the forms that esd-toolkit itself uses are here: nothing else is ever
/// made under id.esd.org.uk.
/// </summary>
internal static class KnownLists
{
    private const string Esd = "http://id.esd.org.uk/";

    public static readonly KnownList Services = new(Esd + "list/services", Esd + "service/", "Service", "services", "Services", "lgsl", "esdServiceType", "esdServiceTypes");

    public static readonly IReadOnlyList<KnownList> All =
    [
        Services,
        new(Esd + "list/functions", Esd + "function/", "Function", "functions", "Functions", "lgfl", "esdFunction"),
        new(Esd + "list/interactions", Esd + "interaction/", "Interaction", "interactions", "Interactions", "lgil", "esdInteraction"),
        new(Esd + "list/needs", Esd + "need/", "Need", "needs", "Needs", "esdNeed", "esdNeeds"),
        new(Esd + "list/circumstances", Esd + "circumstance/", "Circumstance", "circumstances", "Circumstances", "esdCircumstance", "esdCircumstances"),
        new(Esd + "list/organisationTypes", Esd + "organisationType/", "OrganisationType", "organisationTypes", "Organisation types", "organisation type"),
        new(null, Esd + "metricType/", "MetricType", "metricTypes", "Metric types", "metric type"),
    ];

    // Other addresses of the same list, and lists that are parts of another with the same entries.
    private static readonly Dictionary<string, (string List, bool IsPart)> Aliases = new(StringComparer.OrdinalIgnoreCase)
    {
        [Esd + "FunctionList"] = (Esd + "list/functions", false),
        [Esd + "list/FunctionList"] = (Esd + "list/functions", false),
        [Esd + "list/englishAndWelshServices"] = (Esd + "list/services", true),
        [Esd + "list/circumstancesPersonal"] = (Esd + "list/circumstances", true),
        [Esd + "list/circumstancesEligibility"] = (Esd + "list/circumstances", true),
    };

    /// <summary>The list at an address: its own, an older one, one of a part of it, or the one that FHIR uses for its codes.</summary>
    public static KnownList? At(string? uri, out bool isPart)
    {
        isPart = false;
        if (uri is null) return null;
        var plain = Plain(uri);
        if (Aliases.TryGetValue(plain, out var alias)) (plain, isPart) = alias;
        return All.FirstOrDefault(l => l.Uri == plain || l.Item.TrimEnd('/') == plain);
    }

    /// <summary>The list that a word in a file means: the type of its entries, a column, a prefix.</summary>
    public static KnownList? Named(string? word) => word is null
        ? null
        : All.FirstOrDefault(l => l.Words.Append(l.Word).Append(l.Identifier).Contains(word.Trim(), StringComparer.OrdinalIgnoreCase));

    /// <summary>The list whose entries have addresses like this one.</summary>
    public static KnownList? OfItem(string? uri) => uri is null ? null : All.FirstOrDefault(l => Plain(uri).StartsWith(l.Item, StringComparison.Ordinal));

    /// <summary>An address as its publisher writes it.</summary>
    // The publisher writes http; copies of its addresses with https mean the same.
    public static string Plain(string uri) => (uri.StartsWith("https://id.esd.org.uk/", StringComparison.OrdinalIgnoreCase) ? "http" + uri[5..] : uri).TrimEnd('/');
}
