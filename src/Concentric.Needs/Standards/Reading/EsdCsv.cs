namespace Concentric.Needs.Standards.Reading;

/// <summary>
/// A list in the CSV form that esd-toolkit publishes: <c>Identifier,Label,Description,Created,Modified,History notes,Type,</c> with an empty last
/// column and cells of several lines; a hierarchy adds <c>Parent identifiers,Parent labels</c>. Columns are found by name, whatever their order,
/// and those not named here are left alone, so that a council can write a list of its own in a spreadsheet.
/// </summary>
internal static class EsdCsv
{
    private const string Begins = "Such a list begins with Identifier,Label,Description,Created,Modified,History notes,Type";

    /// <exception cref="BadFileException">The file is not such a list; the message says where and why.</exception>
    public static ListFile Read(SourceText source, CsvTable table)
    {
        var columns = new CsvColumns(source, table);
        var draft = new ListDraft(source, columns.Find("Parent identifiers") >= 0 ? "a hierarchy in CSV" : "a list in CSV", source.OfCharacter);
        var (identifier, label, type) = (columns.Needed("Identifier", Begins), columns.Needed("Label", Begins), columns.Find("Type"));
        var (uri, description, scope, history) = (columns.Find("URI"), columns.Find("Description", "Definition"), columns.Find("Scope notes"), columns.Find("History notes"));
        var (created, modified, parents) = (columns.Find("Created"), columns.Find("Modified"), columns.Find("Parent identifiers", "Parent identifier"));
        var (names, words, status) = (columns.Find("Alternative labels", "Other names"), columns.Find("Other words"), columns.Find("Status"));

        for (var row = 1; row < table.Rows; row++)
        {
            columns.RefuseMore(row);
            if (table[row, identifier].Length == 0) throw draft.Bad(table.At(row, identifier), "the Identifier is empty.");
            if (table[row, label].Length == 0) throw draft.Bad(table.At(row, label), $"entry {ListDraft.Short(table[row, identifier])} has no Label.");
            var known = KnownLists.Named(table[row, type]) ?? KnownLists.OfItem(table[row, uri]);
            if (row == 1) draft.Header = new() { Uri = known?.Uri, Identifier = known?.Identifier, Label = known?.Label, Type = known?.Word ?? table[row, type] };
            else if (known is not null && known.Word != draft.Header.Type)
                throw draft.Bad(table.At(row, type), $"this is a {known.Word}, and the list began with {(draft.Header.Type is { Length: > 0 } first ? $"a {first}" : "something else")}. A file holds one list.");
            draft.Add(new ListEntry
            {
                Identifier = table[row, identifier],
                Uri = table[row, uri],
                Label = table[row, label],
                OtherNames = [.. Parts(table[row, names], ";").Select(n => new OtherName(n, NameKind.Citizen)), .. Parts(table[row, words], ";").Select(w => new OtherName(w, NameKind.Hidden))],
                Definition = table[row, description],
                ScopeNote = table[row, scope],
                HistoryNote = table[row, history],
                Created = ListDraft.Date(table[row, created]),
                Modified = ListDraft.Date(table[row, modified]),
                Type = table[row, type],
                Retired = table[row, status].ToLowerInvariant() is "retired" or "deprecated" or "withdrawn" or "inactive",
                Parents = Parts(table[row, parents], ";,"),
                At = table.At(row, identifier),
            });
        }
        return draft.Count > 0 ? draft.Done() : throw draft.Bad(0, "there is a header and no entry below it.");
    }

    private static string[] Parts(string text, string separators) => text.Split(separators.ToCharArray(), StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
