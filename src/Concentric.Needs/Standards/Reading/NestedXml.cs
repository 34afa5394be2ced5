using System.Xml.Linq;

namespace Concentric.Needs.Standards.Reading;

/// <summary>
/// The newer XML form: <c>Functions/Function</c>, each with Identifier, Label, URI, Description, Created, Modified and Type, and with more Functions
/// or Services nested below. An entry of the list's own kind below another has it as parent; one of another kind is a link.
/// </summary>
internal static class NestedXml
{
    public static bool Fits(XElement root) => Entries(root).Any(e => Text(e, "Identifier") is not null);

    /// <exception cref="BadFileException">An entry has no identifier or label, or other rules of a list are broken.</exception>
    public static ListFile Read(SourceText source, XElement root)
    {
        var draft = new ListDraft(source, $"nested XML ({root.Name.LocalName})", XmlList.Where);
        var own = Entries(root).First().Name.LocalName;
        var known = KnownLists.At(Text(root, "URI"), out var isPart) ?? KnownLists.Named(own);
        draft.IsPart = isPart;
        draft.Header = new()
        {
            Uri = Text(root, "URI") ?? known?.Uri,
            Identifier = known?.Identifier ?? Text(root, "Identifier"),
            Label = Text(root, "Label") ?? known?.Label ?? root.Name.LocalName,
            Version = Text(root, "Version"),
            Licence = Text(root, "Rights") is { } rights ? WithoutTags(rights) : null,
            Modified = ListDraft.Date(Text(root, "Modified")),
            Type = own,
        };
        var seen = new Dictionary<string, ListEntry>(StringComparer.Ordinal);
        foreach (var entry in Entries(root)) Walk(draft, entry, own, null, seen);
        foreach (var entry in seen.Values) draft.Add(entry);
        var others = seen.Count > 0 ? root.Descendants().Count(e => IsEntry(e) && e.Name.LocalName != own) : 0;
        if (others > 0) draft.Note($"{Say(others)} entries of another kind stand below those of this list. They are taken as links, not as entries: import their own list for them.");
        return draft.Done();
    }

    // Depth was bounded when the file was loaded. An entry that stands below several others is there several times, and has several parents.
    private static void Walk(ListDraft draft, XElement element, string own, XElement? parent, Dictionary<string, ListEntry> seen)
    {
        var id = Text(element, "Identifier") ?? throw draft.Bad(XmlList.At(element), $"this {element.Name.LocalName} has no Identifier.");
        if (element.Name.LocalName == own)
        {
            string[] parents = parent is null ? [] : [Text(parent, "Identifier")!];
            var entry = Entry(draft, element, id) with { Parents = parents };
            if (!seen.TryGetValue(id, out var held)) seen[id] = entry;
            else if (parent is not null && held.Parents.Count > 0 && held.Label == entry.Label && !held.Parents.Contains(parents[0])) seen[id] = held with { Parents = [.. held.Parents, .. parents] };
            else throw draft.Bad(XmlList.At(element), $"the identifier {ListDraft.Short(id)} is in line {XmlList.Where(held.At).Line} already. Each may be there once.");
        }
        else if (parent is not null)
        {
            draft.Add(new ListLink
            {
                Subject = new() { Uri = Text(parent, "URI"), Identifier = Text(parent, "Identifier") },
                Predicate = ListLink.Contains,
                Object = new() { Uri = Text(element, "URI"), List = element.Name.LocalName, Identifier = id, Label = Text(element, "Label") },
                At = XmlList.At(element),
            });
        }
        foreach (var below in element.Elements().SelectMany(Entries)) Walk(draft, below, own, element.Name.LocalName == own ? element : parent, seen);
    }

    private static ListEntry Entry(ListDraft draft, XElement element, string id) => new()
    {
        Identifier = id,
        Uri = Text(element, "URI"),
        Label = Text(element, "Label") ?? throw draft.Bad(XmlList.At(element), $"entry {ListDraft.Short(id)} has no Label."),
        Definition = Text(element, "Description"),
        HistoryNote = Text(element, "HistoryNotes"),
        Created = ListDraft.Date(Text(element, "Created")),
        Modified = ListDraft.Date(Text(element, "Modified")),
        Type = Text(element, "Type"),
        At = XmlList.At(element),
    };

    private static IEnumerable<XElement> Entries(XElement holder) => holder.Elements().Where(IsEntry);

    private static bool IsEntry(XElement element) => element.Elements().Any(e => e.Name.LocalName is "Identifier" or "Label");

    private static string? Text(XElement element, string name) => element.Elements().FirstOrDefault(e => e.Name.LocalName == name)?.Value.Trim() is { Length: > 0 } text ? text : null;

    private static string WithoutTags(string html)
    {
        var text = new System.Text.StringBuilder();
        var inside = false;
        foreach (var c in html)
        {
            if (c == '<') inside = true;
            else if (c == '>') inside = false;
            else if (!inside) text.Append(c);
        }
        return ListDraft.OneLine(text.ToString());
    }

    private static string Say(int number) => Concentric.Core.Say.Number(number);
}
