using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Concentric.Serve.Forms.Import;

/// <summary>HTML of a source as guidance in Markdown: headings, lists, links, bold and tables stay; insets, warnings and details become items of their own.</summary>
internal sealed class HtmlText
{
    private readonly Action<string> _ourWay;
    private readonly Action<string> _approximated;
    private readonly List<Block> _blocks = [];
    private readonly StringBuilder _text = new();
    private int _depth;

    internal sealed record Block(GuidanceKind Kind, string Text, string? Title = null);

    private HtmlText(Action<string> ourWay, Action<string> approximated) => (_ourWay, _approximated) = (ourWay, approximated);

    /// <summary>The blocks of guidance that a piece of HTML is.</summary>
    public static IReadOnlyList<Block> Blocks(string html, Action<string> ourWay, Action<string> approximated)
    {
        var writer = new HtmlText(ourWay, approximated);
        writer.Flow(Body(html));
        writer.Cut();
        return writer._blocks;
    }

    /// <summary>The words without their marks, in one line.</summary>
    public static string Plain(string html) =>
        html.AsSpan().ContainsAny('<', '&') ? OneLine(Body(html).TextContent) : OneLine(html);

    /// <summary>Whether it is more than one line of words: paragraphs, a list, a table.</summary>
    public static bool HasParts(string html) =>
        html.Contains('<', StringComparison.Ordinal) && Body(html) is var body
        && (body.QuerySelector("ul, ol, table, dl, h1, h2, h3, h4, details") is not null || body.QuerySelectorAll("p").Length > 1);

    private static IElement Body(string html) => new HtmlParser().ParseDocument($"<!doctype html><body>{html}").Body!;

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private void Flow(INode parent)
    {
        if (++_depth > 60) return;
        var line = new StringBuilder();
        foreach (var node in parent.ChildNodes)
        {
            if (node is IElement element && IsBlock(element))
            {
                Paragraph(line);
                Element(element);
            }
            else Inline(node, line);
        }
        Paragraph(line);
        _depth--;
    }

    private static bool IsBlock(IElement element) => element.LocalName is "p" or "div" or "ul" or "ol" or "li" or "table" or "h1" or "h2" or "h3" or "h4" or "h5" or "h6" or "section" or "article" or "main"
        or "header" or "footer" or "aside" or "nav" or "fieldset" or "legend" or "form" or "blockquote" or "details" or "dl" or "hr" or "pre" or "figure" or "address" or "script" or "style"
        || element.LocalName is "label" or "span" && element.QuerySelector("p, div, ul, ol, table, h1, h2, h3, h4") is not null;

    private void Element(IElement element)
    {
        var classes = element.ClassList;
        switch (element.LocalName)
        {
            case "h1" or "h2" or "h3" or "h4" or "h5" or "h6":
                // The page has its first heading already.
                Write($"{new string('#', Math.Clamp(element.LocalName[1] - '0', 2, 4))} {Inline(element)}", element);
                break;
            case "legend" or "label" when Inline(element) is { Length: > 0 } words && element.QuerySelector("ul, ol, p, h1, h2, h3") is null:
                Write(classes.Any(c => c.EndsWith("--m", StringComparison.Ordinal) || c.EndsWith("--l", StringComparison.Ordinal)) ? $"## {words}" : $"**{words.Trim('*')}**", element);
                break;
            case "details":
                Apart(GuidanceKind.Details, element, title: OneLine(element.QuerySelector("summary")?.TextContent ?? "More"), without: "summary");
                break;
            case not "p" when classes.Contains("govuk-inset-text"):
                Apart(GuidanceKind.Inset, element);
                break;
            case not "p" when classes.Contains("govuk-warning-text"):
                Apart(GuidanceKind.Warning, element, without: ".govuk-warning-text__icon, .govuk-visually-hidden, .govuk-warning-text__assistive");
                break;
            case "ul" or "ol":
                Write(List(element, 0), element);
                break;
            case "table":
                Table(element);
                break;
            case "dl":
                foreach (var part in element.QuerySelectorAll("dt, dd")) Write(part.LocalName == "dt" ? $"**{Inline(part)}**" : Inline(part), part);
                break;
            case "hr":
                Write("---", element);
                break;
            case "pre":
                Write($"```\n{element.TextContent.Trim()}\n```", element);
                break;
            case "blockquote":
                Write($"> {Inline(element)}", element);
                break;
            case "script" or "style":
                _ourWay($"A {element.LocalName} in the text is left out; text holds no code here");
                break;
            default:
                if (element.ClassList.Contains("govuk-!-font-weight-bold") && !element.Children.Any(IsBlock)) Write($"**{Inline(element).Trim('*')}**", element);
                else Flow(element);
                break;
        }
    }

    private void Apart(GuidanceKind kind, IElement element, string? title = null, string? without = null)
    {
        Cut();
        if (without is not null) foreach (var part in element.QuerySelectorAll(without).ToList()) part.Remove();
        Flow(element);
        var text = _text.ToString().Trim();
        _text.Clear();
        if (text.Length > 0) _blocks.Add(new(kind, text, title));
    }

    /// <summary>Ends the block of plain text that is being written.</summary>
    private void Cut()
    {
        var text = _text.ToString().Trim();
        _text.Clear();
        if (text.Length > 0) _blocks.Add(new(GuidanceKind.Text, text));
    }

    private string List(IElement list, int level)
    {
        if (level > 6) return OneLine(list.TextContent);
        var lines = new List<string>();
        var n = 0;
        foreach (var item in list.Children)
        {
            // People put a list straight into a list, where it belongs into an item: it is read as part of the item before.
            if (item.LocalName is "ul" or "ol")
            {
                lines.Add(List(item, level + 1));
                continue;
            }
            var line = new StringBuilder();
            var inner = new List<string>();
            foreach (var node in item.ChildNodes)
            {
                if (node is IElement { LocalName: "ul" or "ol" } deeper) inner.Add(List(deeper, level + 1));
                else Inline(node, line);
            }
            lines.Add($"{new string(' ', level * 3)}{(list.LocalName == "ol" ? $"{++n}." : "-")} {Tidy(line)}");
            lines.AddRange(inner.Where(i => i.Length > 0));
        }
        return string.Join('\n', lines);
    }

    private void Table(IElement table)
    {
        if (table.QuerySelector("caption") is { } caption) Write($"**{Inline(caption)}**", caption);
        var rows = table.QuerySelectorAll("tr").Select(r => r.Children.Where(c => c.LocalName is "td" or "th").ToList()).Where(r => r.Count > 0).ToList();
        if (rows.Count == 0) return;
        if (rows.Any(r => r.Any(c => c.HasAttribute("colspan") || c.HasAttribute("rowspan")))) _approximated("A table with joined cells is written with each cell alone");
        var width = Math.Min(rows.Max(r => r.Count), 20);
        string Row(IEnumerable<IElement> cells) => $"| {string.Join(" | ", cells.Select(c => Inline(c).Replace("|", "\\|", StringComparison.Ordinal).Replace("  \n", " ", StringComparison.Ordinal)).Concat(Enumerable.Repeat("", width)).Take(width))} |";
        var hasHead = rows[0].All(c => c.LocalName == "th");
        Write(string.Join('\n', [Row(hasHead ? rows[0] : []), $"|{string.Concat(Enumerable.Repeat(" --- |", width))}", .. rows.Skip(hasHead ? 1 : 0).Select(Row)]), table);
    }

    private string Inline(INode parent)
    {
        var line = new StringBuilder();
        foreach (var node in parent.ChildNodes) Inline(node, line);
        return Tidy(line);
    }

    private void Inline(INode node, StringBuilder line)
    {
        if (++_depth > 60) line.Append(Escape(OneLine(node.TextContent)));
        else if (node is IText text) line.Append(Escape(text.Data.ReplaceLineEndings(" ")));
        else if (node is IElement element) InlineElement(element, line);
        _depth--;
    }

    private void InlineElement(IElement element, StringBuilder line)
    {
        switch (element.LocalName)
        {
            case "br":
                line.Append("  \n");
                break;
            case "b" or "strong":
                Around(element, "**", line);
                break;
            case "i" or "em":
                Around(element, "*", line);
                break;
            case "a" when element.GetAttribute("href") is { Length: > 0 } href:
                Link(element, href.Trim(), line);
                break;
            case "img":
                _approximated($"A picture is left out; its description “{element.GetAttribute("alt")}” stays");
                line.Append(Escape(element.GetAttribute("alt") ?? ""));
                break;
            case "svg" or "button" or "input" or "script" or "style":
                _ourWay($"A {element.LocalName} in the text is left out; pages have their own buttons here");
                break;
            case "iframe" or "video" or "audio" or "object" or "textarea" or "select":
                _approximated($"A {element.LocalName} in the text is left out");
                break;
            default:
                if (element.ClassList.Contains("govuk-!-font-weight-bold")) Around(element, "**", line);
                else foreach (var inner in element.ChildNodes) Inline(inner, line);
                if (IsBlock(element)) line.Append(' ');
                break;
        }
    }

    private void Link(IElement element, string href, StringBuilder line)
    {
        var words = Inline(element);
        if (Uri.TryCreate(href, UriKind.Absolute, out var uri) && uri.Scheme is not ("http" or "https" or "mailto" or "tel") && !href.StartsWith('/') && !href.StartsWith('#'))
        {
            _approximated($"The link to {ImportNotes.Shortly(href)} is left out; its words stay");
            line.Append(words);
        }
        else line.Append('[').Append(words).Append("](").Append(href.Replace(" ", "%20", StringComparison.Ordinal).Replace(")", "%29", StringComparison.Ordinal)).Append(')');
    }

    private void Around(IElement element, string mark, StringBuilder line)
    {
        var words = Inline(element);
        // Marks inside marks of the same kind would end them.
        words = words.Replace("**", "", StringComparison.Ordinal);
        if (words.Length == 0) return;
        line.Append(mark).Append(words).Append(mark);
        if (element.NextSibling is IText { Data: [var next, ..] } && char.IsLetterOrDigit(next)) line.Append(' ');
    }

    private void Paragraph(StringBuilder line)
    {
        var words = Tidy(line);
        line.Clear();
        if (words.Length > 0) _text.Append(LineStart(words)).Append("\n\n");
    }

    private void Write(string text, IElement element)
    {
        if (text.Trim() is { Length: > 0 } said && element.TextContent.Trim().Length + (element.LocalName == "hr" ? 1 : 0) > 0) _text.Append(said).Append("\n\n");
    }

    private static string Tidy(StringBuilder line)
    {
        var parts = line.ToString().Split("  \n").Select(OneLine).ToList();
        while (parts is [.., ""]) parts.RemoveAt(parts.Count - 1);
        while (parts is ["", ..]) parts.RemoveAt(0);
        return string.Join("  \n", parts.Where((p, i) => p.Length > 0 || parts[i - 1].Length > 0));
    }

    private static string LineStart(string words) => words[0] is '#' or '>' || words.StartsWith("- ", StringComparison.Ordinal) || words.StartsWith("+ ", StringComparison.Ordinal) ? $"\\{words}" : words;

    /// <summary>Marks of Markdown that the words hold by chance, and brackets that would be taken for an answer.</summary>
    private static string Escape(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("*", "\\*", StringComparison.Ordinal).Replace("[", "\\[", StringComparison.Ordinal)
        .Replace("`", "\\`", StringComparison.Ordinal).Replace("<", "\\<", StringComparison.Ordinal).Replace("((", "( (", StringComparison.Ordinal);
}
