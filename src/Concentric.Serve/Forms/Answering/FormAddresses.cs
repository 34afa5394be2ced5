namespace Concentric.Serve.Forms;

/// <summary>Addresses of the pages of a form.</summary>
/// <param name="Form">Short name of the form or bundle.</param>
/// <param name="Draft">The draft as it stands in addresses.</param>
public sealed record FormAddresses(string Form, string Draft, Language Language)
{
    private string Base => $"/forms/{Form}/{Draft}";
    /// <summary>The draft is in Welsh and its citizen changed to English: the addresses say so until that was kept with a step.</summary>
    public bool IsSwitched { get; init; }

    private string Query => Language == Language.Welsh ? "?lang=cy" : IsSwitched ? "?lang=en" : "";

    public string Page(string page) => Page(page, isChange: false);

    /// <summary>The page, from which "Continue" leads back to the answers.</summary>
    public string Change(string page) => Page(page, isChange: true);

    /// <param name="isChange">"Continue" on the page leads back to the answers.</param>
    public string Page(string page, bool isChange) => $"{Base}/{page}{Query}{(isChange ? $"{(Query.Length == 0 ? '?' : '&')}change=yes" : "")}";

    public string Row(string page, int row, bool isChange) => Page($"{page}/rows/{row}", isChange);

    public string Start => $"/forms/{Form}{Query}";
    public string Check => Page("check");
    public string Tasks => Page("tasks");
    public string Sent => Page("sent");
    public string Save => Page("save");
    public string Help => Page("code");
    public string Away => Page("away");
    public string Stay => Page("stay");

    /// <summary>The same page in that language, whichever the draft is in.</summary>
    public static string In(string path, Language language) => $"{path}?lang={(language == Language.Welsh ? "cy" : "en")}";
}
