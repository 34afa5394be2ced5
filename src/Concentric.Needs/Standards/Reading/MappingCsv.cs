namespace Concentric.Needs.Standards.Reading;

/// <summary>
/// Which entries of one list belong to which of another: esd-toolkit's mapping CSV with the columns <c>Identifier</c> and <c>Mapped identifier</c>,
/// or two columns that name their lists, such as <c>function_identifier,service_identifier</c> or <c>lgsl,lgil</c>.
/// </summary>
internal static class MappingCsv
{
    private sealed record Side(int Identifier, int Uri, int Label, int Type, string? List);

    /// <summary>Whether a header is that of a mapping.</summary>
    public static bool Fits(CsvColumns columns) => Sides(columns) is not null;

    /// <exception cref="BadFileException">A row has no identifier, or more columns than the header.</exception>
    public static ListFile Read(SourceText source, CsvTable table)
    {
        var columns = new CsvColumns(source, table);
        var (subject, other) = Sides(columns) ?? throw new InvalidOperationException("Asked for a mapping where the header has none.");
        var draft = new ListDraft(source, "a mapping in CSV", source.OfCharacter);
        for (var row = 1; row < table.Rows; row++)
        {
            columns.RefuseMore(row);
            draft.Add(new ListLink { Subject = End(draft, table, row, subject), Predicate = ListLink.Mapped, Object = End(draft, table, row, other), At = table.At(row, 0) });
        }
        return table.Rows > 1 ? draft.Done() : throw draft.Bad(0, "there is a header and no row below it.");
    }

    private static LinkEnd End(ListDraft draft, CsvTable table, int row, Side side)
    {
        var (id, uri) = (table[row, side.Identifier], table[row, side.Uri]);
        if (id.Length == 0 && uri.Length == 0) throw draft.Bad(table.At(row, side.Identifier), "the identifier is empty.");
        var type = table[row, side.Type];
        return new()
        {
            Uri = uri.Length > 0 ? uri : null,
            Identifier = id.Length > 0 ? id : null,
            List = type.Length > 0 ? type : side.List,
            Label = table[row, side.Label] is { Length: > 0 } label ? label : null,
        };
    }

    private static (Side Subject, Side Object)? Sides(CsvColumns columns)
    {
        var mapped = (Identifier: columns.Find("Mapped identifier"), Uri: columns.Find("Mapped URI"));
        if (mapped.Identifier >= 0 || mapped.Uri >= 0)
            return (new(columns.Find("Identifier"), columns.Find("URI"), columns.Find("Label"), columns.Find("Type"), null),
                new(mapped.Identifier, mapped.Uri, columns.Find("Mapped label"), columns.Find("Mapped type"), null));

        // Two columns, each called after a list.
        var lists = columns.Names.Index().Select(n => (n.Index, List: ListOf(n.Item))).Where(n => n.List is not null).ToList();
        return lists is [var first, var second] && columns.Find("Identifier") < 0
            ? (new(first.Index, -1, -1, -1, first.List!.Word), new(second.Index, -1, -1, -1, second.List!.Word))
            : null;
    }

    private static KnownList? ListOf(string column) => KnownLists.Named(column.ToLowerInvariant().Replace("_identifier", "", StringComparison.Ordinal).Replace(" identifier", "", StringComparison.Ordinal));
}
