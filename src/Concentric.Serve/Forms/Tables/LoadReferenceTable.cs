using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Forms.Tables;

/// <summary>What loading a file changes, or would change.</summary>
/// <param name="Before">Digest of the file that was loaded before; null for a new table.</param>
/// <param name="Changed">Rows under the same key with other values.</param>
/// <param name="SharedKeys">Keys with more than one row.</param>
public sealed record ReferenceChange(string Table, IReadOnlyList<string> Columns, IReadOnlyList<string> Keys, int Rows, int Added, int Changed, int Removed, int SharedKeys, string? Before)
{
    public bool IsNothing => Added + Changed + Removed == 0 && Before is not null;
}

/// <summary>A whole table put in the place of the old one, in one transaction. Only rows that differ are written, so the same table every night costs little.</summary>
internal static class LoadReferenceTable
{
    private const int AtOnce = 400;

    /// <summary>The key columns to load by: those given, or those of the table that is there.</summary>
    /// <exception cref="ReferenceFileException">None are known.</exception>
    public static async Task<IReadOnlyList<string>> KeysFor(ConcentricDb db, string table, string? given, CancellationToken stop = default)
    {
        if (given is { Length: > 0 } && given.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is { Length: > 0 } named) return named;
        return (await db.ReferenceTables.AsNoTracking().SingleOrDefaultAsync(t => t.Name == table, stop))?.KeyNames
            ?? throw new ReferenceFileException(["Say by which columns rows are found, as postcode,bin. It is remembered with the table."]);
    }

    /// <summary>What loading would change. Writes nothing.</summary>
    public static async Task<ReferenceChange> Compare(ConcentricDb db, ReferenceFile file, CancellationToken stop = default) => (await Differ(db, file, stop)).Change;

    /// <summary>Puts the file in the table's place.</summary>
    /// <param name="shown">The change that was shown before; where another came in between, nothing is loaded.</param>
    /// <exception cref="RefusedException">Somebody else loaded the table since.</exception>
    public static Task<ReferenceChange> Load(IWriter writer, ReferenceFile file, string by, DateTimeOffset now, ReferenceChange? shown = null) => writer.Write(async db =>
    {
        var difference = await Differ(db, file, default);
        var change = difference.Change;
        if (shown is not null && shown.Before != change.Before) throw new RefusedException($"Somebody else loaded “{file.Table}” in the meantime. Send the file again to see what it would change now.");

        if (difference.Removed.Count > file.Rows.Count) await db.ReferenceRows.Where(r => r.Table == file.Table).ExecuteDeleteAsync();
        else await Remove(db, file.Table, difference.Removed);
        await db.PutMany(difference.Removed.Count > file.Rows.Count ? file.Rows : difference.Written);

        var (columns, keys) = (System.Text.Json.JsonSerializer.Serialize(file.Columns), System.Text.Json.JsonSerializer.Serialize(file.Keys));
        if (await db.ReferenceTables.SingleOrDefaultAsync(t => t.Name == file.Table) is { } table)
            (table.Columns, table.KeyColumns, table.Rows, table.Digest, table.By, table.At) = (columns, keys, file.Rows.Count, file.Digest, by, now);
        else
            db.ReferenceTables.Add(new() { Name = file.Table, Columns = columns, KeyColumns = keys, Rows = file.Rows.Count, Digest = file.Digest, By = by, At = now });
        db.Record(new ReferenceTableLoaded(file.Table, file.Rows.Count, change.Added, change.Changed, change.Removed, file.Digest), by, now);
        return change;
    });

    private sealed record Difference(ReferenceChange Change, List<ReferenceRow> Written, List<(string Key, int Number)> Removed);

    private static async Task<Difference> Differ(ConcentricDb db, ReferenceFile file, CancellationToken stop)
    {
        var table = await db.ReferenceTables.AsNoTracking().SingleOrDefaultAsync(t => t.Name == file.Table, stop);
        var old = new Dictionary<(string, int), string>();
        await foreach (var row in db.ReferenceRows.AsNoTracking().Where(r => r.Table == file.Table).Select(r => new { r.Key, r.Number, r.Values }).AsAsyncEnumerable().WithCancellation(stop)) old[(row.Key, row.Number)] = row.Values;
        // The same values under other columns are other rows.
        var sameColumns = table is not null && table.ColumnNames.SequenceEqual(file.Columns);
        var written = new List<ReferenceRow>();
        var (added, changed) = (0, 0);
        foreach (var row in file.Rows)
        {
            var known = old.Remove((row.Key, row.Number), out var values);
            if (known && sameColumns && values == row.Values) continue;
            written.Add(row);
            if (known) changed++;
            else added++;
        }
        var change = new ReferenceChange(file.Table, file.Columns, file.Keys, file.Rows.Count, added, changed, old.Count, file.SharedKeys, table?.Digest);
        return new(change, written, [.. old.Keys]);
    }

    private static async Task Remove(ConcentricDb db, string table, List<(string Key, int Number)> gone)
    {
        // By number first: most tables have one row a key, so that one statement takes hundreds of keys.
        foreach (var number in gone.GroupBy(g => g.Number))
            foreach (var keys in number.Select(g => g.Key).Chunk(AtOnce))
                await db.ReferenceRows.Where(r => r.Table == table && r.Number == number.Key && keys.Contains(r.Key)).ExecuteDeleteAsync();
    }
}
