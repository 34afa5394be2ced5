namespace Concentric.Serve.Forms.Import;

/// <summary>Sections of the source; those that a page is in become ours.</summary>
internal sealed class Sections
{
    private readonly List<(string Name, string? Id, FormSection Section)> _all = [];
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    public Sections(IReadOnlyList<Source> sources, ImportNotes notes)
    {
        var ids = new Ids();
        foreach (var source in sources)
        {
            var name = source.Said("name") ?? source.Said("id") ?? source.Place;
            var title = source.Words("title")?.Each(HtmlText.Plain) ?? name;
            var thing = notes.Begin(ImportedKind.Section, $"{name} ({title.En})", source);
            if (source.Truth("hideTitle") == true) thing.OurWay("Its title is hidden in the source; sections are named here where the answers are listed");
            var section = new FormSection(ids.Take(title.En, "section"), title);
            thing.Became = section.Id;
            _all.Add((name, source.Said("id"), section));
        }
    }

    public IReadOnlyList<FormSection> Used => [.. _all.Where(s => _used.Contains(s.Section.Id)).Select(s => s.Section)];

    public string? Use(string? nameOrId, ImportNotes.Thing page)
    {
        if (nameOrId is null) return null;
        var found = _all.Find(s => s.Name == nameOrId);
        if (found.Section is null) found = _all.Find(s => s.Id == nameOrId);
        if (found.Section is null)
        {
            page.OurWay($"Its section “{nameOrId}” is not in the list of sections, in the source either; it is in none");
            return null;
        }
        _used.Add(found.Section.Id);
        return found.Section.Id;
    }
}
