namespace Concentric.Serve.Forms.Import;

/// <summary>A choice of a list of the source.</summary>
/// <param name="Condition">Name of the condition under which it is offered.</param>
/// <param name="Reveals">Components that it reveals.</param>
internal sealed record SourceChoice(string Value, LocalText Text, LocalText? Hint, string? ItemId, string? Condition, IReadOnlyList<Source> Reveals);

internal sealed record SourceList(string Name, string? ListId, bool IsNumbers, IReadOnlyList<SourceChoice> Choices, string Place)
{
    /// <summary>Only plain choices, so that several questions can share it.</summary>
    public bool IsPlain => Choices.All(c => c.Condition is null && c.Reveals.Count == 0);
}

/// <summary>The lists of choices, by name and by identifier.</summary>
internal sealed class SourceLists
{
    /// <summary>The list that every form of the source has: yes and no.</summary>
    public const string YesNo = "__yesNo";

    private readonly List<SourceList> _all = [];
    private readonly Dictionary<string, string> _ids = new(StringComparer.Ordinal);
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    public SourceLists(IReadOnlyList<Source> lists, ImportNotes notes)
    {
        var ids = new Ids();
        foreach (var source in lists)
        {
            var name = source.Said("name") ?? source.Said("id") ?? source.Place;
            var title = source.Words("title");
            var thing = notes.Begin(ImportedKind.List, title is null ? name : $"{name} ({HtmlText.Plain(title.En)})", source);
            var id = ids.Take(title is { En.Length: > 0 and < 60 } && !title.En.StartsWith("List for question", StringComparison.Ordinal) ? title.En : name, "list");
            _ids.Add(source.Place, id);
            if (_all.Exists(l => l.Name == name)) thing.Approximated($"There is another list “{name}” before it; questions use that one");
            thing.Became = id;
            var isNumbers = source.Text("type") == "number";
            _all.Add(new(name, source.Said("id"), isNumbers, Choices(source, notes, thing), source.Place));
        }
    }

    public IReadOnlyList<ChoiceList> Used => [.. _all.Where(l => _used.Contains(l.Place)).Select(l => new ChoiceList(_ids[l.Place], [.. l.Choices.Select(Choice)]))];

    public SourceList? Find(string? nameOrId) => nameOrId is null ? null : _all.Find(l => l.Name == nameOrId) ?? _all.Find(l => l.ListId == nameOrId);

    /// <summary>Id of our list, which from now on is part of the form.</summary>
    public string Use(SourceList list)
    {
        _used.Add(list.Place);
        return _ids[list.Place];
    }

    public static FormChoice Choice(SourceChoice choice) => new(choice.Value, choice.Text) { Hint = choice.Hint };

    private static List<SourceChoice> Choices(Source list, ImportNotes notes, ImportNotes.Thing thing)
    {
        var choices = new List<SourceChoice>();
        var values = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in list.Each("items"))
        {
            var text = item.Words("text")?.Each(HtmlText.Plain);
            var value = item.Text("value")?.Trim();
            var named = notes.Begin(ImportedKind.Choice, $"{thing.Name}: {text?.En ?? value ?? "?"}", item, value);
            if (text is null && string.IsNullOrEmpty(value))
            {
                named.Dropped("It has neither words nor a value");
                continue;
            }
            if (string.IsNullOrEmpty(value)) named.Approximated("It has no value; its words stand in");
            value = string.IsNullOrEmpty(value) ? text!.En : value;
            if (!values.Add(value))
            {
                named.Dropped($"Another choice of the list has the value “{value}” already, so the source cannot tell them apart either");
                continue;
            }
            var hint = item.Words("description") ?? item.Child("hint")?.Words("text") ?? item.Words("hint");
            item.Child("hint");
            choices.Add(new(value, text ?? value, hint?.Each(HtmlText.Plain), item.Said("id"), item.Said("condition"), item.Child("conditional")?.Each("components") ?? []));
        }
        if (choices.Count == 0) thing.Approximated("It has no choices");
        return choices;
    }
}
