using System.Xml.Linq;

namespace Concentric.Needs.Standards.Reading;

/// <summary>
/// The older XML form, <c>ControlledList</c>: Metadata, then items with a Name, AlternativeNames, notes, and BroaderItems and RelatedItems that name
/// others by their Id. An item may have several broader ones.
/// </summary>
internal static class ControlledListXml
{
    private const string Related = "http://www.w3.org/2004/02/skos/core#related";

    /// <exception cref="BadFileException">An item has no Id or Name, or other rules of a list are broken.</exception>
    public static ListFile Read(SourceText source, XElement root)
    {
        var draft = new ListDraft(source, "XML of esd-toolkit's controlled lists", XmlList.Where) { Header = Header(root) };
        var items = All(root, "Item").ToList();
        if (items.Count == 0) throw draft.Bad(XmlList.At(root), "the ControlledList has no Item.");
        foreach (var item in items) Item(draft, item);
        return draft.Done();
    }

    private static ListHeader Header(XElement root)
    {
        var metadata = All(root, "Metadata").FirstOrDefault() ?? new XElement("Metadata");
        var (home, item) = (root.Attribute("HomeLocation")?.Value, root.Attribute("ItemName")?.Value);
        var known = KnownLists.At(home, out _) ?? KnownLists.Named(item) ?? KnownLists.Named(root.Attribute("ListName")?.Value);
        return new()
        {
            Uri = known?.Uri ?? (Uri.IsWellFormedUriString(home, UriKind.Absolute) ? home : null),
            Identifier = known?.Identifier ?? root.Attribute("ListName")?.Value,
            Label = Text(metadata, "Title") ?? root.Attribute("ListName")?.Value,
            Version = root.Attribute("Version")?.Value,
            Licence = Text(metadata, "Rights"),
            Attribution = Text(metadata, "Creator"),
            Source = Text(metadata, "Source"),
            Modified = ListDraft.Date(root.Attribute("VersionDate")?.Value) ?? ListDraft.Date(Text(metadata, "Date.Modified")),
            Type = known?.Word ?? item,
        };
    }

    private static void Item(ListDraft draft, XElement item)
    {
        var at = XmlList.At(item);
        var id = item.Attribute("Id")?.Value.Trim() is { Length: > 0 } given ? given : throw draft.Bad(at, "this Item has no Id.");
        draft.Add(new ListEntry
        {
            Identifier = id,
            Uri = item.Attribute("Uri")?.Value ?? item.Attribute("URI")?.Value,
            Label = Text(item, "Name") ?? throw draft.Bad(at, $"item {ListDraft.Short(id)} has no Name."),
            OtherNames = [.. All(item, "AlternativeName").Select(n => new OtherName(n.Value, NameKind.Citizen))],
            Definition = Text(item, "Description"),
            ScopeNote = Text(item, "ScopeNotes"),
            HistoryNote = Text(item, "HistoryNotes"),
            Retired = item.Attribute("Obsolete")?.Value is "true" or "1",
            Parents = [.. All(item, "BroaderItem").Select(b => Reference(draft, b))],
            At = at,
        });
        foreach (var other in All(item, "RelatedItem"))
            draft.Add(new ListLink { Subject = new() { Identifier = id }, Predicate = Related, Object = new() { Identifier = Reference(draft, other) }, At = XmlList.At(other) });
    }

    private static string Reference(ListDraft draft, XElement element) =>
        (element.Attribute("Id")?.Value ?? element.Value).Trim() is { Length: > 0 } id ? id : throw draft.Bad(XmlList.At(element), $"this {element.Name.LocalName} names no item.");

    private static IEnumerable<XElement> All(XElement element, string name) => element.Elements().Where(e => e.Name.LocalName == name);

    private static string? Text(XElement element, string name) => All(element, name).FirstOrDefault()?.Value.Trim() is { Length: > 0 } text ? text : null;
}
