namespace Concentric.Serve.Forms.Import;

/// <summary>Components that tell and do not ask, as guidance in Markdown.</summary>
internal sealed class ReadGuidance(SourceFields fields, SourceLists lists, SourceConditions conditions)
{
    public IReadOnlyList<FormItem> Items(Source component, string type, ImportNotes.Thing thing)
    {
        component.Said("id");
        component.Said("name");
        var options = component.Child("options");
        var showIf = Condition(options?.Said("condition") ?? component.Said("condition"), thing);
        var title = component.Words("title");
        var content = component.Words("content");
        if (type is "List" or "FlashCard") return FromList(component, options, type, title, content, showIf, thing);
        if (content is null)
        {
            if (type == "Details" && title is not null) thing.Approximated("It has a title and says nothing under it");
            return title is null || type != "Details" ? [] : [new Guidance { Kind = GuidanceKind.Text, Text = title.Each(HtmlText.Plain), ShowIf = showIf }];
        }
        if (title is not null && type is "Html" or "Para" or "Markdown") thing.OurWay("Its title is not shown in the source either, and is left out");
        return type switch
        {
            "Details" => [new Guidance { Kind = GuidanceKind.Details, Title = (title ?? "More").Each(HtmlText.Plain), Text = content.Each(c => OneText(c, thing)), ShowIf = showIf }],
            "InsetText" => [new Guidance { Kind = GuidanceKind.Inset, Text = content.Each(c => OneText(c, thing)), ShowIf = showIf }],
            "WarningText" => [new Guidance { Kind = GuidanceKind.Warning, Text = content.Each(c => OneText(c, thing)), ShowIf = showIf }],
            "Markdown" => [new Guidance { Kind = GuidanceKind.Text, Text = content.Each(c => Answers(c.Replace("((", "( (", StringComparison.Ordinal), thing)), ShowIf = showIf }],
            _ => Blocks(content, thing, showIf),
        };
    }

    /// <summary>HTML as guidance: several items where it holds an inset, a warning or details.</summary>
    public IReadOnlyList<FormItem> Blocks(LocalText html, ImportNotes.Thing thing, string? showIf = null)
    {
        var english = HtmlText.Blocks(html.En, thing.OurWay, thing.Approximated);
        var welsh = html.Cy is null || html.Cy == html.En ? null : HtmlText.Blocks(html.Cy, thing.OurWay, thing.Approximated);
        if (welsh is not null && welsh.Count != english.Count) return [new Guidance { Kind = GuidanceKind.Text, Text = html.Each(c => OneText(c, thing)), ShowIf = showIf }];
        return [.. english.Select((block, i) => new Guidance
        {
            Kind = block.Kind,
            Title = block.Title is null ? null : new(block.Title, html.Cy is null ? null : (welsh?[i] ?? block).Title),
            Text = new(Answers(block.Text, thing), html.Cy is null ? null : Answers((welsh?[i] ?? block).Text, thing)),
            ShowIf = showIf,
        })];
    }

    /// <summary>Markdown, or HTML where it holds any.</summary>
    public IReadOnlyList<FormItem> Written(LocalText text, ImportNotes.Thing thing) =>
        text.En.Contains("</", StringComparison.Ordinal) ? Blocks(text, thing) : [new Guidance { Kind = GuidanceKind.Text, Text = text.Each(t => Answers(t.Replace("((", "( (", StringComparison.Ordinal), thing)) }];

    /// <summary>HTML as one text of Markdown.</summary>
    public string OneText(string html, ImportNotes.Thing thing) =>
        Answers(string.Join("\n\n", HtmlText.Blocks(html, thing.OurWay, thing.Approximated).Select(b => b.Title is null ? b.Text : $"**{b.Title}**\n\n{b.Text}")), thing);

    public string? Condition(string? name, ImportNotes.Thing thing)
    {
        if (name is null) return null;
        if (conditions.Find(name) is { } id) return id;
        thing.Approximated($"It is shown under the condition “{name}”, which is not there; it is always shown");
        return null;
    }

    /// <summary>Answers that the source puts into a text, <c>{{ name }}</c>, as ours does.</summary>
    public string Answers(string text, ImportNotes.Thing thing)
    {
        if (text.Contains("{%", StringComparison.Ordinal)) thing.Approximated("Its text holds commands of a template ({% … %}), which stay as they are written");
        var at = 0;
        while ((at = text.IndexOf("{{", at, StringComparison.Ordinal)) >= 0)
        {
            var end = text.IndexOf("}}", at, StringComparison.Ordinal);
            if (end < 0) break;
            var name = text[(at + 2)..end].Trim();
            if (fields.Named(name) is [var field, ..])
            {
                text = $"{text[..at]}(({field.Id})){text[(end + 2)..]}";
                continue;
            }
            thing.Approximated($"Its text asks for “{ImportNotes.Shortly(name)}”, which is not known here; it stays as it is written");
            at = end;
        }
        return text;
    }

    private IReadOnlyList<FormItem> FromList(Source component, Source? options, string type, LocalText? title, LocalText? content, string? showIf, ImportNotes.Thing thing)
    {
        var name = component.Said("list");
        var hidden = options?.Truth("hideTitle") == true;
        if (component.Words("hint") is { } hint) content = content is null ? hint : new($"{content.En}\n{hint.En}", content.Cy is null ? null : $"{content.Cy}\n{hint.Cy}");
        if (lists.Find(name) is not { } list)
        {
            thing.Dropped($"Its list “{name}” is not there");
            return [];
        }
        if (list.Choices.Any(c => c.Condition is not null)) thing.Approximated("Some of its lines are only shown under a condition; all are shown");
        var numbered = options?.Said("type") == "numbered";
        LocalText text = new(Lines(list, Language.English, numbered), list.Choices.Any(c => c.Text.Cy is not null) ? Lines(list, Language.Welsh, numbered) : null);
        if (content is not null) text = new($"{content.En}\n\n{text.En}", text.Cy is null ? null : $"{content.Cy ?? content.En}\n\n{text.Cy}");
        if (title is not null && !hidden) text = new($"**{HtmlText.Plain(title.En)}**\n\n{text.En}", text.Cy is null ? null : $"**{HtmlText.Plain(title.In(Language.Welsh))}**\n\n{text.Cy}");
        if (type == "FlashCard") thing.OurWay("Its cards are written as a list");
        return [new Guidance { Kind = GuidanceKind.Text, Text = text.Each(t => Answers(t, thing)), ShowIf = showIf }];
    }

    private static string Lines(SourceList list, Language language, bool numbered) =>
        string.Join('\n', list.Choices.Select((c, i) => $"{(numbered ? $"{i + 1}." : "-")} {c.Text.In(language)}{(c.Hint is null ? "" : $": {c.Hint.In(language)}")}"));
}
