using System.Text.Json;
using Concentric.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Forms.Tables;

/// <summary>Finds rows in the tables that the council loaded. By their key, so that a table of a million rows answers as fast as one of ten.</summary>
internal static class ReferenceTables
{
    /// <summary>The first row whose columns have these values, with all its columns; null where there is no such table or row.</summary>
    /// <param name="by">Value by column: all key columns of the table. Others may be added; they choose among the rows of that key.</param>
    public static async Task<IReadOnlyDictionary<string, string>?> Find(ConcentricDb db, string table, IReadOnlyDictionary<string, string> by, CancellationToken stop = default) =>
        (await FindAll(db, table, by, stop)) is [var first, ..] ? first : null;

    /// <summary>All rows whose columns have these values, in the order of the file.</summary>
    public static async Task<IReadOnlyList<IReadOnlyDictionary<string, string>>> FindAll(ConcentricDb db, string table, IReadOnlyDictionary<string, string> by, CancellationToken stop = default)
    {
        if (await db.ReferenceTables.AsNoTracking().SingleOrDefaultAsync(t => t.Name == table, stop) is not { } known) return [];
        var keys = known.KeyNames;
        // A key that is not given would mean reading the whole table; one that is empty finds nobody.
        if (keys.Any(k => !by.TryGetValue(k, out var value) || string.IsNullOrWhiteSpace(value) || value.Length > ReferenceFile.MostOfValue)) return [];
        var key = ReferenceKey.Of(keys.Select(k => (k, by[k])));
        var rows = await db.ReferenceRows.AsNoTracking().Where(r => r.Table == table && r.Key == key).OrderBy(r => r.Number).Select(r => r.Values).ToListAsync(stop);

        var (columns, others) = (known.ColumnNames, by.Where(b => !keys.Contains(b.Key)).ToList());
        return
        [
            .. from text in rows
               let values = JsonSerializer.Deserialize<string[]>(text)!
               let row = columns.Index().ToDictionary(c => c.Item, c => values[c.Index])
               where others.TrueForAll(o => row.TryGetValue(o.Key, out var value) && ReferenceKey.Alike(o.Key, value) == ReferenceKey.Alike(o.Key, o.Value))
               select row,
        ];
    }

    /// <summary>The tables that there are, by name.</summary>
    public static Task<List<ReferenceTable>> All(ConcentricDb db, CancellationToken stop = default) => db.ReferenceTables.AsNoTracking().OrderBy(t => t.Name).ToListAsync(stop);
}
