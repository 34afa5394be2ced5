namespace Concentric.Needs;

/// <summary>The addresses of the pages that Needs links to; pages hold none of their own.</summary>
internal static class Links
{
    public const string Home = "/";
    public const string Search = "/needs/search";
    public const string CheckEnquiry = "/enquiries/status";
    public const string NewEnquiry = "/enquiries/new";

    public const string Standards = "/standards";
    public const string ImportStandard = "/standards/import";

    public static string Standard(string identifier) => $"/standards/{Uri.EscapeDataString(identifier)}";

    public static string StandardChanges(string identifier, int from, int to) => $"/standards/{Uri.EscapeDataString(identifier)}/changes?from={from}&to={to}";

    public static string ImportStandardInto(string identifier) => $"/standards/import?scheme={Uri.EscapeDataString(identifier)}";

    public static string LifeEvent(string slug) => $"/needs/{Uri.EscapeDataString(slug)}";

    /// <summary>A need's place on the page of a circle.</summary>
    public static string NeedOnPage(string slug) => $"#need-{slug}";

    public static string Service(string id) => $"/services/{Uri.EscapeDataString(id)}";

    public static string EnquiryAbout(string serviceId) => $"/enquiries/new?service={Uri.EscapeDataString(serviceId)}";
}
