namespace Concentric.Serve.Forms.Import;

/// <summary>A component that is answered, as conditions know it.</summary>
/// <param name="Section">The section of its page; in v1 names are only unique inside one.</param>
/// <param name="ComponentId">Its identifier in v2.</param>
/// <param name="Id">Id of our question.</param>
/// <param name="Group">Id of the repeating group that it is asked in; a condition cannot know which row is meant.</param>
internal sealed record SourceField(string Name, string? Section, string? ComponentId, string Type, string? List, string Id, string? Group)
{
    public bool IsYesNo => Type == "YesNoField" || List == SourceLists.YesNo;
    public bool IsCheckboxes => Type == "CheckboxesField";
    public bool IsNumber => Type == "NumberField";
    public bool IsDate => Type is "DateField" or "DatePartsField" or "DatePickerField" or "DateTimeField" or "DateTimePartsField" or "MonthYearField";
    public bool IsChoice => !IsYesNo && Type is "RadiosField" or "SelectField" or "AutocompleteField";
}

/// <summary>Every component that is answered, with the ids that our questions get.</summary>
internal sealed class SourceFields
{
    public static readonly string[] Guidance = ["Html", "Para", "Markdown", "Details", "InsetText", "WarningText", "List", "FlashCard"];

    private readonly List<SourceField> _all = [];
    private readonly Dictionary<string, SourceField> _byPlace = new(StringComparer.Ordinal);
    private readonly Ids _ids;

    public SourceFields(IReadOnlyList<Source> pages, Ids ids)
    {
        _ids = ids;
        foreach (var page in pages)
        {
            var section = page.Said("section");
            var repeat = page.Child("repeat")?.Child("options")?.Said("name");
            var isRepeat = page.Said("controller") is "RepeatPageController" or "RepeatingFieldPageController";
            var group = isRepeat && repeat is not null ? Group(page, repeat) : null;
            foreach (var component in page.Each("components")) Add(component, section, group, isRepeat);
        }
    }

    public IReadOnlyList<SourceField> All => _all;

    public SourceField? At(Source component) => _byPlace.GetValueOrDefault(component.Place);

    /// <summary>Id of the group that a page in which everything is repeated becomes.</summary>
    public string? GroupOf(Source page) => _byPlace.GetValueOrDefault($"{page.Place}/repeat")?.Id;

    /// <summary>A new id for a question that the source does not have by itself.</summary>
    public string Another(string wanted) => _ids.Take(wanted, "question");

    /// <summary>The fields of that name; several where one answer is asked on several pages.</summary>
    public IReadOnlyList<SourceField> Named(string name)
    {
        if (_all.Where(f => f.Name == name && f.Section is null).ToList() is { Count: > 0 } plain) return plain;
        if (name.LastIndexOf('.') is > 0 and var dot)
        {
            var (section, last) = (name[..dot], name[(dot + 1)..]);
            if (_all.Where(f => f.Name == last && f.Section == section).ToList() is { Count: > 0 } exact) return exact;
            return _all.Where(f => f.Name == last).ToList();
        }
        return _all.Where(f => f.Name == name).ToList();
    }

    public SourceField? WithId(string componentId) => _all.Find(f => f.ComponentId == componentId);

    private string Group(Source page, string name)
    {
        var id = _ids.Take(name, "group");
        _byPlace[$"{page.Place}/repeat"] = new(name, null, null, "Repeat", null, id, null);
        return id;
    }

    private void Add(Source component, string? section, string? group, bool inRepeat)
    {
        var type = component.Said("type") ?? "";
        if (Guidance.Contains(type)) return;
        var name = component.Said("name");
        var id = _ids.Take(name ?? component.Said("title"), "question");
        var field = new SourceField(name ?? id, section, component.Said("id"), type, component.Said("list"), id, group ?? (inRepeat ? id : null));
        _byPlace[component.Place] = field;
        _all.Add(field);
        foreach (var child in component.Each("children")) Add(child, section, field.Id, true);
        if (component.Child("options")?.Child("conditionallyRevealedComponents") is { } revealed)
            foreach (var key in revealed.Keys)
                if (revealed.Child(key) is { } inner) Add(inner, section, group, inRepeat);
    }

    /// <summary>Adds the components that choices of a list reveal, under the question that uses it first.</summary>
    public void AddRevealed(Source component, SourceField by)
    {
        if (!_byPlace.ContainsKey(component.Place)) Add(component, by.Section, by.Group, false);
    }
}
