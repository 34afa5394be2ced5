using Concentric.Core;
using Concentric.Measure.Contacts;
using Concentric.Measure.Variation;
using Measured = Concentric.Measure.Contacts.Measure;

namespace Concentric.Measure.Disclosure.Releases;

/// <summary>A table that may be published, or why not.</summary>
/// <param name="Table">Null where nothing was counted, or what must be hidden cannot be.</param>
/// <param name="Refused">What to do, where it may not be published.</param>
internal sealed record TableMade(PublishedTable? Table, string? Refused, SuppressedTable? Suppressed);

/// <summary>Counts a table and hides of it what must be hidden.</summary>
internal static class MakeTable
{
    /// <summary>Larger tables are for a file and no page.</summary>
    private const int MostCells = 2000;

    private const string GivenAway = "Small counts cannot be hidden in this table, because its totals give them away. Choose dimensions with fewer or larger groups, a longer period, or fewer conditions";

    public static async Task<TableMade> Of(
        VisibleContacts contacts, CouncilCode council, ContactKind kind, Dimension rows, Dimension columns, IReadOnlyList<Filter> where, Days period, bool zerosAreKnown, CancellationToken stop)
    {
        if (!contacts.IsExact) throw new InvalidOperationException("Only who sees exact counts makes a release.");
        var names = contacts.Dimensions;
        var citizens = kind == ContactKind.Contact ? CubeQuery.CitizenContacts(council.Code) : CubeQuery.CitizenRequests(council.Code);
        var query = (citizens with { Where = [.. citizens.Where, .. where] }).Between(period.From, period.Through).GroupedBy(rows, columns);
        var result = await contacts.Query(query, stop);
        var (across, down) = (Groups(result, columns), Groups(result, rows));
        if (down.Count == 0) return new(null, "Nothing was counted. Choose other days or fewer conditions", null);
        if (down.Count * across.Count > MostCells) return new(null, $"The table has {down.Count * across.Count} cells. Choose dimensions or conditions that leave {MostCells} or fewer", null);

        var counts = new long[down.Count, across.Count];
        for (var row = 0; row < result.Rows; row++) counts[Place(down, result.Code(row, rows)), Place(across, result.Code(row, columns))] += result.Count(row, Measured.Contacts);
        var blank = new PublishedTable
        {
            Definition = $"{(kind == ContactKind.Contact ? "Contacts" : "Service requests")} that citizens began, on the day they began by the council’s clock, "
                + $"by {ReleaseDimensions.Label(rows).ToLowerInvariant()} and {ReleaseDimensions.Label(columns).ToLowerInvariant()}. Definition 1.",
            IsSynthetic = council.IsSynthetic,
            Rule = "B",
            Rows = [.. down.Select(codes => Named(rows, codes, names))],
            Columns = [.. across.Select(codes => Named(columns, codes, names))],
            Cells = [],
            RowTotals = [],
            ColumnTotals = [],
            Total = new(0, CellState.Shown),
        };
        if (counts.Length > SuppressedTable.MostCells)
        {
            return Isolates(counts) ? new(null, GivenAway, null)
                : new(Fill(blank with { Rule = "A" }, counts, (r, c) => Rounded(counts[r, c]), Rounded), null, null);
        }

        if (counts.Cast<long>().Sum() < SuppressedTable.Threshold) return new(null, "Too few were counted to publish anything of them. Choose a longer period or fewer conditions", null);
        var suppressed = SuppressedTable.Of(counts, zerosAreKnown);
        return suppressed.IsSafe
            ? new(Fill(blank, counts, (r, c) => suppressed.States[r, c] is var state && state == CellState.Shown ? new(counts[r, c], state) : new(null, state), Exact), null, suppressed)
            : new(null, GivenAway, suppressed);
    }

    /// <summary>Whether a line of a table under rule A gives a hidden count away, even to who knows its exact total.</summary>
    private static bool Isolates(long[,] counts)
    {
        var (rows, columns) = (Enumerable.Range(0, counts.GetLength(0)).ToList(), Enumerable.Range(0, counts.GetLength(1)).ToList());
        return rows.Exists(r => !Isolation.HoldsWithTotal([.. columns.Select(c => counts[r, c])])) || columns.Exists(c => !Isolation.HoldsWithTotal([.. rows.Select(r => counts[r, c])]));
    }

    private static PublishedTable Fill(PublishedTable table, long[,] counts, Func<int, int, PublishedCell> cell, Func<long, PublishedCell> total)
    {
        var (rows, columns) = (Enumerable.Range(0, table.Rows.Count).ToList(), Enumerable.Range(0, table.Columns.Count).ToList());
        return table with
        {
            Cells = [.. from r in rows from c in columns select cell(r, c)],
            RowTotals = [.. rows.Select(r => total(columns.Sum(c => counts[r, c])))],
            ColumnTotals = [.. columns.Select(c => total(rows.Sum(r => counts[r, c])))],
            Total = total(counts.Cast<long>().Sum()),
        };
    }

    private static PublishedCell Exact(long count) => new(count, CellState.Shown);

    private static PublishedCell Rounded(long count) => ShownCount.Rounded(count) is { Value: { } value } ? new(value, CellState.Shown) : new(null, CellState.Small);

    /// <summary>The values of a dimension that stand alone, and last those together whose totals are too small: a total is published, and must not itself be small.</summary>
    private static List<int[]> Groups(CubeResult result, Dimension dimension)
    {
        var totals = Enumerable.Range(0, result.Rows).GroupBy(r => result.Code(r, dimension))
            .Select(g => (Code: g.Key, Total: g.Sum(r => result.Count(r, Measured.Contacts)))).OrderBy(t => t.Total).ThenBy(t => t.Code).ToList();
        var together = totals.TakeWhile(t => t.Total < SuppressedTable.Threshold).ToList();
        while (together.Count is > 0 && together.Count < totals.Count && (together.Count < 2 || together.Sum(t => t.Total) < SuppressedTable.Threshold)) together.Add(totals[together.Count]);
        return [.. totals.Skip(together.Count).Select(t => t.Code).Order().Select(c => (int[])[c]), .. together.Count > 0 ? [[.. together.Select(t => t.Code).Order()]] : (int[][])[]];
    }

    private static int Place(List<int[]> groups, int code) => groups.FindIndex(g => g.Contains(code));

    private static Category Named(Dimension dimension, int[] codes, ContactDimensions names) => new(
        [.. codes.Select(c => ReleaseDimensions.Key(dimension, c, names))], codes.Length == 1 ? ReleaseDimensions.LabelOf(dimension, codes[0], names) : $"The {codes.Length} smallest together");
}
