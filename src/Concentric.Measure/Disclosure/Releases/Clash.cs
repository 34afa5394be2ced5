using Concentric.Measure.Contacts;

namespace Concentric.Measure.Disclosure.Releases;

/// <summary>A figure of a new release from which, beside a figure of an old one, a small count could be worked out.</summary>
/// <param name="New">The figure, as “Web, Castle ward”.</param>
/// <param name="Old">The figure of the old release.</param>
/// <param name="Release">The old release.</param>
/// <param name="Why">What would be given away, in words.</param>
public sealed record Clash(string New, string Old, Guid Release, string ReleaseTitle, string Why);

/// <summary>Holds every figure of a new table against every figure that was ever published.</summary>
/// <remarks>
/// Two figures of which one counts only contacts that the other counts too give away the count of the others as their difference. A difference of 1 to 4 is refused, and so is a figure
/// that was hidden before. Sums of several figures against one are not tried, nor figures that overlap without one lying within the other.
/// </remarks>
internal static class FindClashes
{
    /// <summary>More are not named.</summary>
    public const int Most = 20;

    public static IReadOnlyList<Clash> Of(ReleaseQuery query, PublishedTable table, IEnumerable<Release> earlier, ContactDimensions names)
    {
        var own = Figures(query, table, names).ToList();
        var found = new List<Clash>();
        foreach (var release in earlier)
        {
            foreach (var old in Figures(release.Query, release.Figures, names))
            {
                foreach (var figure in own)
                {
                    if (found.Count >= Most) return found;
                    if (Reason(figure, old) is { } why) found.Add(new(figure.Name, old.Name, release.Id, release.Title, why));
                }
            }
        }
        return found;
    }

    private static string? Reason(Figure figure, Figure old)
    {
        if (figure.Value is not { } value) return null;
        if (old.Value is not { } before)
            return figure.Region.Value.IsWithin(old.Region.Value) && old.Region.Value.IsWithin(figure.Region.Value) ? "it was hidden there, to protect itself or another" : null;
        var difference = Math.Abs(value - before);
        if (difference is 0 or >= SuppressedTable.Threshold) return null;
        // The larger must hold the smaller; where both count the same, the store has changed since.
        var (small, large) = value < before ? (figure, old) : (old, figure);
        return small.Region.Value.IsWithin(large.Region.Value) || large.Region.Value.IsWithin(small.Region.Value)
            ? $"{Charts.Figures.Show(Math.Max(value, before), 0)} − {Charts.Figures.Show(Math.Min(value, before), 0)} = {difference}" : null;
    }

    /// <summary>All that a table publishes exactly, and what it hides. A table under rule A publishes nothing exactly.</summary>
    private static IEnumerable<Figure> Figures(ReleaseQuery query, PublishedTable table, ContactDimensions names)
    {
        if (table.Rule != "B") yield break;
        foreach (var (r, row) in table.Rows.Index())
        {
            foreach (var (c, column) in table.Columns.Index()) yield return new($"{row.Label}, {column.Label}", table.At(r, c).Value, new(() => new(query, names, row.Keys, column.Keys)));
            yield return new($"{row.Label}, total", table.RowTotals[r].Value, new(() => new(query, names, row: row.Keys)));
        }
        foreach (var (c, column) in table.Columns.Index()) yield return new($"{column.Label}, total", table.ColumnTotals[c].Value, new(() => new(query, names, column: column.Keys)));
        yield return new("The total", table.Total.Value, new(() => new(query, names)));
    }

    private sealed record Figure(string Name, long? Value, Lazy<Region> Region);
}
