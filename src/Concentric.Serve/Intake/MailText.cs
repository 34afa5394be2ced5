using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Concentric.Serve.Intake;

/// <summary>The words of an e-mail that was written as a page: text alone, with its lines, and nothing that is not shown.</summary>
internal static partial class MailText
{
    private const int MostDepth = 200;

    /// <summary>The words, and whether they are all: what lies too deep is left out.</summary>
    public static (string Text, bool IsWhole) OfHtml(string html)
    {
        // Marks of type are opened anew in every paragraph that follows: a few thousand of them are millions of elements. They are no words.
        html = Formatting.Replace(html, "<wbr>");
        var text = new StringBuilder();
        var isWhole = Write(new HtmlParser().ParseDocument(html).Body, text, 0);
        var lines = text.ToString().Split('\n').Select(l => string.Join(' ', l.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
        var words = new StringBuilder();
        var empty = 0;
        foreach (var line in lines)
        {
            empty = line.Length == 0 ? empty + 1 : 0;
            if (empty < 2) words.Append(line).Append('\n');
        }
        return (words.ToString().Trim(), isWhole);
    }

    [GeneratedRegex(@"</?(?:a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)(?:[\s/][^>]*)?>", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Formatting { get; }

    private static bool Write(INode? node, StringBuilder text, int depth)
    {
        if (node is null) return true;
        if (depth > MostDepth) return false;
        var isWhole = true;
        foreach (var child in node.ChildNodes)
        {
            if (child is IText words) text.Append(words.Data.ReplaceLineEndings(" "));
            else if (child is IElement { LocalName: "br" }) text.Append('\n');
            else if (child is IElement { LocalName: not ("script" or "style" or "template" or "head" or "noscript") } element)
            {
                var isBlock = element.LocalName is "p" or "div" or "li" or "tr" or "table" or "ul" or "ol" or "h1" or "h2" or "h3" or "h4" or "h5" or "h6" or "blockquote" or "pre" or "hr";
                if (isBlock) text.Append('\n');
                isWhole &= Write(element, text, depth + 1);
                if (isBlock) text.Append('\n');
                else if (element.LocalName is "td" or "th") text.Append(' ');
            }
        }
        return isWhole;
    }
}
