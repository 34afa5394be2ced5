namespace Concentric.Core.Web;

/// <summary>What every page shows of where a person is: the council, the address, who they are and where they can go. Filled once a request, before any page.</summary>
public sealed class Here
{
    public string CouncilName { get; set; } = "Council";

    /// <summary>The council is invented, and every page says so.</summary>
    public bool IsSynthetic { get; set; }

    /// <summary>Path of the page being shown, without the query: "/measure/demand".</summary>
    public string Path { get; set; } = "/";

    /// <summary>Name of the person signed in, or null.</summary>
    public string? PersonName { get; set; }

    public IReadOnlyList<NavItem> Navigation { get; set; } = [];

    /// <summary>Whether the navigation leads the visitor to that part of the site: a page links to no part that they may not open.</summary>
    public bool LeadsTo(string section) => Navigation.Any(n => n.Href == section);
}

/// <summary>One entry of the navigation under the header.</summary>
/// <param name="Current">The page being shown belongs to this section.</param>
public sealed record NavItem(string Text, string Href, bool Current = false);
