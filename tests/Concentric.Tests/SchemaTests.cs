using Microsoft.EntityFrameworkCore;

namespace Concentric.Tests;

/// <summary>The tables that the .sql files make are the tables that the code expects, column by column and index by index.</summary>
public sealed class SchemaTests
{
    [Fact]
    public async Task The_sql_files_make_the_tables_that_the_code_expects()
    {
        using var migrated = TestDatabase.Create();
        using var expected = TestDatabase.CreateFromModel();

        Assert.Equal(await Columns(expected), await Columns(migrated));
    }

    [Fact]
    public async Task The_sql_files_make_every_unique_index_that_the_code_expects()
    {
        using var migrated = TestDatabase.Create();
        using var expected = TestDatabase.CreateFromModel();

        Assert.Equal(await UniqueIndexes(expected), await UniqueIndexes(migrated));
    }

    // What the databases keep for the full text is each one's own.
    private static Task<string> Columns(TestDatabase database) => Lines(database,
        """SELECT t.name || '.' || c.name || ' ' || upper(c.type) || CASE c."notnull" WHEN 1 THEN '' ELSE '?' END AS "Value" FROM sqlite_master t, pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name NOT IN ('schema_version', 'sqlite_sequence') AND t.name NOT LIKE 'needs_search_text%'""",
        """SELECT table_name || '.' || column_name || ' ' || data_type || COALESCE('(' || character_maximum_length || ')', '') || CASE is_nullable WHEN 'NO' THEN '' ELSE '?' END AS "Value" FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'schema_version' AND data_type <> 'tsvector'""");

    private static Task<string> UniqueIndexes(TestDatabase database) => Lines(database,
        """SELECT m.tbl_name || ': ' || (SELECT group_concat(c.name, ',') FROM pragma_index_info(i.name) c) AS "Value" FROM sqlite_master m, pragma_index_list(m.name) i WHERE m.type = 'table' AND i."unique" = 1 AND m.name <> 'schema_version' AND m.name NOT LIKE 'needs_search_text%'""",
        """SELECT t.relname || ': ' || (SELECT string_agg(a.attname, ',' ORDER BY k.n) FROM unnest(i.indkey) WITH ORDINALITY k(attnum, n) JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.attnum) AS "Value" FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid JOIN pg_namespace n ON n.oid = t.relnamespace WHERE n.nspname = 'public' AND i.indisunique AND t.relname <> 'schema_version'""");

    private static async Task<string> Lines(TestDatabase database, string sqlite, string postgres)
    {
        await using var db = TestDatabase.Open(database.Connection);
        var rows = await db.Database.SqlQueryRaw<string>(db.Database.IsSqlite() ? sqlite : postgres).ToListAsync();
        Assert.NotEmpty(rows);
        return string.Join('\n', rows.Order(StringComparer.Ordinal));
    }
}
