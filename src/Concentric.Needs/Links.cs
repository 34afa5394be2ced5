namespace Concentric.Needs;

/// <summary>The addresses of the pages that Needs links to; pages hold none of their own.</summary>
internal static class Links
{
    public const string Home = "/";
    public const string Search = "/needs/search";
    public const string CheckEnquiry = "/enquiries/status";
    public const string Anticipation = "/needs/anticipation";
    public const string AnticipationRecord = "/needs/anticipation/record";
    public const string NewEnquiry = "/enquiries/new";

    public const string Standards = "/standards";
    public const string ImportStandard = "/standards/import";

    public static string Standard(string identifier) => $"/standards/{Uri.EscapeDataString(identifier)}";

    public static string StandardChanges(string identifier, int from, int to) => $"/standards/{Uri.EscapeDataString(identifier)}/changes?from={from}&to={to}";

    public static string ImportStandardInto(string identifier) => $"/standards/import?scheme={Uri.EscapeDataString(identifier)}";

    public static string LifeEvent(string slug) => $"/needs/{Uri.EscapeDataString(slug)}";

    /// <summary>The questions that a life event brings, with the answers given before.</summary>
    /// <param name="query">The answers as part of an address, or nothing.</param>
    public static string Questions(string slug, string query = "") => $"/needs/{Uri.EscapeDataString(slug)}/questions{(query.Length > 0 ? "?" : "")}{query}";

    /// <summary>What can help in a life event, with the answers given.</summary>
    public static string Help(string slug, string query) => $"/needs/{Uri.EscapeDataString(slug)}/help{(query.Length > 0 ? "?" : "")}{query}";

    /// <summary>The circle of a mix of circumstances; their identifiers.</summary>
    public static string Mix(params IEnumerable<string> circumstances)
    {
        var query = string.Join('&', circumstances.Select(c => $"circumstance={Uri.EscapeDataString(c)}"));
        return $"/needs/circle{(query.Length > 0 ? "?" : "")}{query}";
    }

    /// <summary>The circle of a need.</summary>
    public static string Need(string slug) => $"/needs/need/{Uri.EscapeDataString(slug)}";

    public const string Wheel = "/needs/wheel";
    public const string Outcomes = "/needs/outcomes";
    public const string Gaps = "/model/gaps";

    public static string Finding(string id) => $"/model/gaps/{id}";

    public static string Outcome(string slug) => $"/needs/outcomes#outcome-{slug}";

    /// <summary>A need's place on the page of a circle.</summary>
    public static string NeedOnPage(string slug) => $"#need-{slug}";

    public static string Service(string id) => $"/services/{Uri.EscapeDataString(id)}";

    /// <summary>Where our own words for linked data are defined.</summary>
    public const string Terms = "/ns";

    /// <summary>What is told of a thing, by the type and short name of its address.</summary>
    public static string Document(string type, string slug) => $"/doc/{Uri.EscapeDataString(type)}/{Uri.EscapeDataString(slug)}";

    public static string ServiceCircle(string id) => $"/services/{Uri.EscapeDataString(id)}/circle";

    public static string EnquiryAbout(string serviceId) => $"/enquiries/new?service={Uri.EscapeDataString(serviceId)}";

    /// <summary>Where an analyst decides about anticipation for those who ask for a service.</summary>
    public static string AnticipationAfter(string serviceId) => $"/needs/anticipation/services/{Uri.EscapeDataString(serviceId)}";
}
