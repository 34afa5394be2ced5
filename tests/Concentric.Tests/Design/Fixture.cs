using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Concentric.Tests.Design;

/// <summary>An example that the govuk-frontend package ships: options of its template, and the HTML that they must give.</summary>
internal sealed record Fixture(string Component, string Name, Options Options, string Html)
{
    private static readonly HashSet<string> Inline = ["a", "abbr", "b", "code", "em", "i", "small", "span", "strong", "sub", "sup"];

    private static readonly Lazy<IReadOnlyList<Fixture>> Read = new(() => [.. Directory.EnumerateDirectories(Folder).Order(StringComparer.Ordinal).SelectMany(Of)]);

    public static IReadOnlyList<Fixture> All => Read.Value;

    private static string Folder => Path.Combine(Repository(), "assets/node_modules/govuk-frontend/dist/govuk/components");

    /// <summary>
    /// What is compared: element by element its name, its attributes in order of name, its text and elements in order; and
    /// below that the words as they are read, so that two that run together are seen.
    /// </summary>
    /// <remarks>Left out, because it means nothing in HTML: the order of attributes and of classes, and white space between blocks.</remarks>
    public static string Shape(string html)
    {
        var body = new HtmlParser().ParseDocument(html).Body!;
        var (lines, words) = (new StringBuilder(), new StringBuilder());
        foreach (var child in body.ChildNodes) Describe(child, 0, lines, words);
        return $"{lines}words: {Squash(words.ToString())}";
    }

    private static void Describe(INode node, int depth, StringBuilder lines, StringBuilder words)
    {
        if (node is IText text)
        {
            words.Append(text.Text);
            if (Squash(text.Text) is { Length: > 0 } squashed) lines.Append(' ', depth * 2).Append('“').Append(squashed).AppendLine("”");
        }
        if (node is not IElement element) return;

        var attributes = element.Attributes.OrderBy(a => a.Name, StringComparer.Ordinal).Select(a => $" {a.Name}=\"{(a.Name == "class" ? Classes(a.Value) : a.Value)}\"");
        lines.Append(' ', depth * 2).Append(element.LocalName).AppendLine(string.Concat(attributes));
        var block = !Inline.Contains(element.LocalName);
        if (block) words.Append(' ');
        foreach (var child in element.ChildNodes) Describe(child, depth + 1, lines, words);
        if (block) words.Append(' ');
    }

    private static string Classes(string value) => string.Join(' ', value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));

    private static string Squash(string text) => Regex.Replace(text, @"\s+", " ").Trim();

    private static IEnumerable<Fixture> Of(string folder)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "fixtures.json")));
        foreach (var fixture in json.RootElement.GetProperty("fixtures").EnumerateArray())
            yield return new(Path.GetFileName(folder), fixture.GetProperty("name").GetString()!, new(fixture.GetProperty("options").Clone()), fixture.GetProperty("html").GetString()!);
    }

    private static string Repository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Concentric.slnx"))) folder = Path.GetDirectoryName(folder.TrimEnd('/'))!;
        return folder;
    }
}
