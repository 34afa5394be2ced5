namespace Concentric.Needs;

/// <summary>The addresses of the pages that Needs links to; pages hold none of their own.</summary>
internal static class Links
{
    public const string Home = "/";
    public const string Search = "/needs/search";
    public const string CheckEnquiry = "/enquiries/status";
    public const string NewEnquiry = "/enquiries/new";

    public static string LifeEvent(string slug) => $"/needs/{Uri.EscapeDataString(slug)}";

    /// <summary>A need's place on the page of a circle.</summary>
    public static string NeedOnPage(string slug) => $"#need-{slug}";

    public static string Service(string id) => $"/services/{Uri.EscapeDataString(id)}";

    /// <summary>Where our own words for linked data are defined.</summary>
    public const string Terms = "/ns";

    /// <summary>What is told of a thing, by the type and short name of its address.</summary>
    public static string Document(string type, string slug) => $"/doc/{Uri.EscapeDataString(type)}/{Uri.EscapeDataString(slug)}";

    public static string EnquiryAbout(string serviceId) => $"/enquiries/new?service={Uri.EscapeDataString(serviceId)}";
}
