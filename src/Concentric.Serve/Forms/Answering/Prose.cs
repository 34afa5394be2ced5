using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;
using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Microsoft.AspNetCore.Components;

namespace Concentric.Serve.Forms;

#pragma warning disable RS0030 // The one place where text becomes markup: Markdown without HTML, whose links are held against what is safe.
/// <summary>The words of forms, written in Markdown, as HTML in the classes of the Design System. HTML in them is shown as text and never run.</summary>
public static partial class Prose
{
    private const int MostKept = 2000;
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().Build();
    private static readonly ConcurrentDictionary<(string, int), MarkupString> Kept = new();

    /// <param name="top">Level of the largest heading: 2 below a page's own.</param>
    public static MarkupString Html(string markdown, int top = 2)
    {
        if (Kept.TryGetValue((markdown, top), out var known)) return known;
        var made = new MarkupString(Render(markdown, top));
        if (Kept.Count > MostKept) Kept.Clear();
        return Kept[(markdown, top)] = made;
    }

    /// <summary>A text with answers in it; nobody's answers are kept in memory.</summary>
    public static MarkupString Html(string markdown, Journey journey, Language language, int top = 2) =>
        markdown.Contains("((", StringComparison.Ordinal) ? new(Render(Fill(markdown, journey, language), top)) : Html(markdown, top);

    /// <summary>Puts answers in the place of <c>((name))</c>. Only names that the form knows are replaced, and what is put there is shown as it was typed.</summary>
    /// <param name="isMarkdown">The text is Markdown: signs in answers then stand for themselves.</param>
    public static string Fill(string text, Journey journey, Language language, bool isMarkdown = true)
    {
        if (!text.Contains("((", StringComparison.Ordinal)) return text;
        return Place.Replace(text, match =>
        {
            var names = match.Groups[1].Value.Split('.');
            var index = FormIndex.Of(journey.Form);
            var value = names[1..].Aggregate(journey.Scope.Find(names[0]), (v, part) => v.Part(part));
            var said = names.Length == 1 && index.Questions.TryGetValue(names[0], out var question)
                ? string.Join(", ", ShowAnswer.Lines(question, journey.Form, value, language))
                : ShowAnswer.Plain(value, language, index.Calculations.TryGetValue(names[0], out var calculation) && calculation.Money);
            return isMarkdown ? Escape(said) : said;
        });
    }

    private static string Render(string markdown, int top)
    {
        var document = Markdown.Parse(markdown, Pipeline);
        foreach (var part in document.Descendants()) Dress(part, top);
        return document.ToHtml(Pipeline);
    }

    private static void Dress(MarkdownObject part, int top)
    {
        var name = part switch
        {
            HeadingBlock => "govuk-heading-m",
            ParagraphBlock { Parent: not ListItemBlock } => "govuk-body",
            ListBlock list => list.IsOrdered ? "govuk-list govuk-list--number" : "govuk-list govuk-list--bullet",
            LinkInline or AutolinkInline => "govuk-link",
            Table => "govuk-table",
            TableRow => "govuk-table__row",
            TableCell { Parent: TableRow { IsHeader: true } } => "govuk-table__header",
            TableCell => "govuk-table__cell",
            ThematicBreakBlock => "govuk-section-break govuk-section-break--m govuk-section-break--visible",
            _ => null,
        };
        if (part is HeadingBlock heading) heading.Level = Math.Clamp(heading.Level - 2 + top, top, 6);
        if (part is LinkInline link && (link.IsImage || !IsSafe(link.Url))) (link.Url, link.IsImage) = ("#", false);
        if (part is AutolinkInline auto && !auto.IsEmail && !IsSafe(auto.Url)) auto.Url = "#";
        if (name is not null) part.GetAttributes().AddClass(name);
        if (part is TableCell { Parent: TableRow { IsHeader: true } } cell) cell.GetAttributes().AddPropertyIfNotExist("scope", "col");
    }

    private static bool IsSafe(string? url) => url is not null && !url.Any(char.IsControl)
        && (url.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || url.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
            || url.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) || url.StartsWith("tel:", StringComparison.OrdinalIgnoreCase)
            || (url.StartsWith('/') && !url.StartsWith("//", StringComparison.Ordinal) && !url.StartsWith("/\\", StringComparison.Ordinal)) || url.StartsWith('#'));

    private static string Escape(string said)
    {
        var text = new StringBuilder(said.Length + 8);
        foreach (var sign in said)
        {
            if (sign is '\n' or '\r' or '\t') text.Append(' ');
            else if (char.IsAscii(sign) && (char.IsPunctuation(sign) || char.IsSymbol(sign))) text.Append('\\').Append(sign);
            else text.Append(sign);
        }
        return text.ToString();
    }

    [GeneratedRegex(@"\(\(([a-z0-9-]+(?:\.[a-z0-9-]+)?)\)\)", RegexOptions.NonBacktracking)]
    private static partial Regex Place { get; }
}
