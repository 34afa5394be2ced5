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

    public static string LifeEvent(string slug) => $"/needs/{Uri.EscapeDataString(slug)}";

    /// <summary>A need's place on the page of a circle.</summary>
    public static string NeedOnPage(string slug) => $"#need-{slug}";

    public static string Service(string id) => $"/services/{Uri.EscapeDataString(id)}";

    public static string EnquiryAbout(string serviceId) => $"/enquiries/new?service={Uri.EscapeDataString(serviceId)}";

    /// <summary>Where an analyst decides about anticipation for those who ask for a service.</summary>
    public static string AnticipationAfter(string serviceId) => $"/needs/anticipation/services/{Uri.EscapeDataString(serviceId)}";
}
