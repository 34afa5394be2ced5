using Concentric.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Tests.Needs;

public sealed class NeedsSchemaTests
{
    [Fact]
    public async Task The_sql_file_makes_the_tables_that_the_code_expects()
    {
        await using var expected = await NeedsDatabase.FromModel();
        await using var migrated = await NeedsDatabase.Create(seeded: false);

        var columns = await Columns(expected);
        Assert.Contains("needs_concept.Uri", columns, StringComparison.Ordinal);
        Assert.Equal(columns, await Columns(migrated));
    }

    private static async Task<string> Columns(NeedsDatabase database)
    {
        await using ConcentricDb db = database.Open();
        var rows = await db.Database.SqlQueryRaw<string>(db.Database.IsSqlite()
            ? """SELECT t.name || '.' || c.name || ' ' || upper(c.type) || CASE c."notnull" WHEN 1 THEN '' ELSE '?' END || CASE WHEN c.pk > 0 THEN ' key ' || c.pk ELSE '' END AS "Value" FROM sqlite_master t, pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name LIKE 'needs_%' AND t.name NOT LIKE 'needs_search_text%'"""
            : """SELECT table_name || '.' || column_name || ' ' || data_type || coalesce(character_maximum_length::text, '') || CASE is_nullable WHEN 'NO' THEN '' ELSE '?' END AS "Value" FROM information_schema.columns WHERE table_schema = 'public' AND table_name LIKE 'needs_%' AND data_type <> 'tsvector'""").ToListAsync();
        return string.Join('\n', rows.Order(StringComparer.Ordinal));
    }
}
