namespace Concentric.Serve.Forms.Building;

/// <summary>The addresses of one version of a form in the builder.</summary>
public sealed record BuildLinks(string Form, int Number)
{
    public const string All = "/forms-design";
    public const string New = "/forms-design/new";

    public static string Of(string form) => $"{All}/{Uri.EscapeDataString(form)}";

    public string Versions => Of(Form);
    public string Version => $"{Versions}/{Number}";
    public string Map => $"{Version}/map";
    public string Checks => $"{Version}/checks";
    public string Settings => $"{Version}/settings";
    public string Parts => $"{Version}/parts";
    public string Json => $"{Version}/json";
    public string Export => $"{Version}/export";
    public string Welsh => $"{Version}/welsh";
    public string Preview => $"{Version}/preview";
    public string Try => $"{Version}/try";
    public string Examples => $"{Version}/examples";
    public string Review => $"{Version}/review";
    public string NewPage => $"{Version}/new-page";
    public string NewQuestion => $"{Version}/new-question";

    public string Page(string id) => $"{Version}/pages/{Uri.EscapeDataString(id)}";

    public string Question(string key) => $"{Version}/questions/{Uri.EscapeDataString(key)}";

    public string Guidance(string page, int item) => $"{Page(page)}/guidance/{item}";

    public string AddTo(string page, string? under = null, string? choice = null) =>
        $"{NewQuestion}?page={Uri.EscapeDataString(page)}{(under is null ? "" : $"&under={Uri.EscapeDataString(under)}")}{(choice is null ? "" : $"&choice={Uri.EscapeDataString(choice)}")}";
}
