using System.Text.RegularExpressions;

namespace Concentric.Tests.Docs;

/// <summary>A page of the documentation: a Markdown file of the repository.</summary>
internal sealed partial class Page(string path)
{
    private static readonly string[] Elsewhere = ["artifacts", "data", "node_modules", ".git"];

    private readonly Lazy<string> _text = new(() => File.ReadAllText(path));

    /// <summary>Every page of the repository, without those of packages and builds.</summary>
    public static IEnumerable<Page> All => Below(Repository.Root).Select(p => new Page(p));

    public string Name => Repository.Relative(path);

    public string Text => _text.Value;

    /// <summary>The page without its blocks of code, in which nothing is a link.</summary>
    private string Prose => Fence.Replace(Text, "");

    /// <summary>Anchors of its headings.</summary>
    public IEnumerable<string> Anchors => Heading.Matches(Prose).Select(m => Anchor(m.Groups[1].Value));

    /// <summary>Links of the page that do not lead to anything in the repository.</summary>
    public IEnumerable<string> BrokenLinks =>
        from link in Link.Matches(Prose)
        let target = link.Groups[1].Value
        where !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith("mailto:", StringComparison.Ordinal) && !Leads(target)
        select $"{Name}: {target}";

    /// <summary>A heading as it stands after # in an address.</summary>
    public static string Anchor(string heading) => NotInAnchor.Replace(heading.Trim().ToLowerInvariant(), "").Replace(' ', '-');

    private bool Leads(string target)
    {
        var (file, anchor) = target.Split('#') is [var f, var a] ? (f, a) : (target, null);
        var full = file.Length == 0 ? path : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, file));
        if (!Path.Exists(full)) return false;
        return anchor is null || new Page(full).Anchors.Contains(anchor);
    }

    private static IEnumerable<string> Below(string folder) =>
        Directory.EnumerateFiles(folder, "*.md").Concat(Directory.EnumerateDirectories(folder).Where(d => !Elsewhere.Contains(Path.GetFileName(d))).SelectMany(Below));

    [GeneratedRegex(@"^```.*?^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fence { get; }

    [GeneratedRegex(@"^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading { get; }

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link { get; }

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchor { get; }
}
