namespace Concentric.Needs.Standards.Reading;

/// <summary>A list as the webservices of LG Inform Plus give it: <c>list</c> with <c>items</c>, each with its parents, and (verbose) its mappings.</summary>
internal static class LgInformJson
{
    /// <exception cref="BadFileException">An item has no identifier or label, or other rules of a list are broken.</exception>
    public static ListFile Read(SourceText source, JsonTree list)
    {
        var draft = new ListDraft(source, "JSON of LG Inform", source.OfByte);
        var items = list["items"]!.Items;
        var known = KnownLists.At(list.TextOf("uri"), out var isPart) ?? KnownLists.OfItem(items.FirstOrDefault()?.TextOf("uri"));
        draft.IsPart = isPart;
        draft.Header = new()
        {
            Uri = list.TextOf("uri") ?? known?.Uri,
            Identifier = list.TextOf("identifier") ?? known?.Identifier,
            Label = list.TextOf("label") ?? known?.Label,
            Licence = list.TextOf("rights"),
            Source = list.TextOf("provenance"),
            Modified = ListDraft.Date(list.TextOf("modified")),
            Type = known?.Word,
        };
        foreach (var item in items)
        {
            if (!item.IsObject) throw draft.Bad(item.At, "an item of the list is no object.");
            var id = item.TextOf("identifier") ?? throw draft.Bad(item.At, "this item has no identifier.");
            draft.Add(new ListEntry
            {
                Identifier = id,
                Uri = item.TextOf("uri"),
                Label = item.TextOf("label") ?? throw draft.Bad(item.At, $"item {ListDraft.Short(id)} has no label."),
                OtherNames = [.. new[] { item.TextOf("shortLabel"), item.TextOf("alternativeLabel", "altLabel") }.OfType<string>().Select(n => new OtherName(n, NameKind.Citizen))],
                Definition = item.TextOf("description", "definition"),
                HistoryNote = item.TextOf("historyNotes"),
                Created = ListDraft.Date(item.TextOf("created")),
                Modified = ListDraft.Date(item.TextOf("modified")),
                Type = item.TextOf("type") ?? known?.Word,
                Retired = item.TextOf("status")?.ToLowerInvariant() is "retired" or "deprecated" or "discontinued" || item.TextOf("discontinued") == "true",
                Parents = [.. (item["parents"]?.Several ?? []).Select(p => p.TextOf("identifier") ?? p.TextOf("uri") ?? p.Text ?? throw draft.Bad(p.At, "this parent has no identifier."))],
                At = item.At,
            });
            if (item["mappings"] is { } mappings) Mappings(draft, id, mappings, null, 0);
        }
        return draft.Done();
    }

    // Mappings stand below names of lists or of relations: {"needs": [{…}]}, also with a level between.
    private static void Mappings(ListDraft draft, string id, JsonTree value, string? name, int depth)
    {
        if (depth > 3) return;
        if (value.IsArray)
        {
            foreach (var item in value.Items) Mappings(draft, id, item, name, depth);
            return;
        }
        if (value.TextOf("identifier", "uri") is not null)
        {
            draft.Add(new ListLink
            {
                Subject = new() { Identifier = id },
                Predicate = ListLink.Mapped,
                Object = new() { Uri = value.TextOf("uri"), Identifier = value.TextOf("identifier"), List = name, Label = value.TextOf("label") },
                At = value.At,
            });
            return;
        }
        foreach (var (member, below) in value.Members) Mappings(draft, id, below, member, depth + 1);
    }
}
