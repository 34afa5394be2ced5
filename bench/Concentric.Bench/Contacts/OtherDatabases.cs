using System.Data.Common;
using System.Diagnostics;
using Concentric.Bench.Running;
using Concentric.Measure.Contacts;
using Concentric.Measure.Contacts.DuckDb;
using Microsoft.Data.Sqlite;
using Npgsql;
using NpgsqlTypes;

namespace Concentric.Bench.Contacts;

/// <summary>The same rows in SQLite and in PostgreSQL, with an index on service and day and one on the person.</summary>
/// <remarks>Each is timed once after one warm run in PostgreSQL, and once in SQLite, which takes minutes over all of them.</remarks>
internal static class OtherDatabases
{
    private static readonly Table[] Tables =
    [
        new("contact", ["day", "week", "month", "service", "interaction", "channel", "area", "profile", "demand", "resolved", "cost_pence", "seconds", "satisfaction", "person", "prev_gap"]),
        new("step", ["service", "day", "prev_activity", "activity", "gap"]),
    ];

    private static readonly string[] Indexes =
        ["CREATE INDEX contact_service ON contact (service, day)", "CREATE INDEX contact_person ON contact (person)", "CREATE INDEX step_service ON step (service, day)"];

    private sealed record Table(string Name, string[] Columns)
    {
        public string Read => $"SELECT {string.Join(", ", Columns)} FROM {Name}";

        public static bool IsLong(string column) => column is "person" or "prev_gap" or "gap";
    }

    public static async Task Run(WorkFolder work, ContactStoreOptions options, Dictionary<string, double> duck, bool markdown, CancellationToken stop)
    {
        await using var server = await ThrowawayPostgres.Start(work.New("postgres"));
        await using var postgres = new NpgsqlConnection(await server.Create("contacts"));
        await postgres.OpenAsync(stop);
        await using var sqlite = new SqliteConnection($"Data Source={Path.Combine(work.New("sqlite").FullName, "contacts.db")}");
        await sqlite.OpenAsync(stop);
        await Execute(sqlite, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF", stop);

        using var contacts = new DuckDatabase(options.File, new Dictionary<string, string> { ["memory_limit"] = options.Memory, ["access_mode"] = "READ_ONLY" });
        using var rows = contacts.Connect();
        foreach (var table in Tables)
        {
            await Execute(postgres, $"CREATE TABLE {table.Name} ({string.Join(", ", table.Columns.Select(c => c + (Table.IsLong(c) ? " bigint" : " integer")))})", stop);
            await Execute(sqlite, $"CREATE TABLE {table.Name} ({string.Join(", ", table.Columns.Select(c => c + " integer"))})", stop);
            await Copy(rows, table, postgres, stop);
            await Copy(rows, table, sqlite, stop);
        }
        foreach (var index in Indexes)
        {
            await Execute(postgres, index, stop);
            await Execute(sqlite, index, stop);
        }
        await Execute(postgres, "VACUUM ANALYZE", stop);
        await Execute(sqlite, "ANALYZE", stop);

        var times = new Figures("query", "DuckDB ms", "PostgreSQL ms", "times DuckDB", "SQLite ms", "times DuckDB");
        foreach (var query in SixteenQueries.All)
        {
            var (pg, lite) = (await Time(postgres, query.Sql, 2, stop), await Time(sqlite, query.Sql, 1, stop));
            var own = duck[query.Name];
            times.Add(query.Name, Figures.Of(own, "0.0"), Figures.Count(pg), Figures.Of(pg / own, "0.0"), Figures.Count(lite), Figures.Of(lite / own, "0.0"));
        }
        times.Print(Console.Out, markdown);
    }

    private static async Task Copy(DuckConnection from, Table table, NpgsqlConnection to, CancellationToken stop)
    {
        await using var copy = await to.BeginBinaryImportAsync($"COPY {table.Name} ({string.Join(", ", table.Columns)}) FROM STDIN (FORMAT BINARY)", stop);
        using var rows = from.Query(table.Read, stop);
        while (rows.NextChunk())
        {
            for (var i = 0; i < rows.Rows; i++)
            {
                copy.StartRow();
                for (var c = 0; c < table.Columns.Length; c++)
                {
                    var column = rows.Column(c);
                    if (column.IsNull(i)) copy.WriteNull();
                    else if (Table.IsLong(table.Columns[c])) copy.Write(column.Number(i), NpgsqlDbType.Bigint);
                    else copy.Write((int)column.Number(i), NpgsqlDbType.Integer);
                }
            }
        }
        await copy.CompleteAsync(stop);
    }

    private static async Task Copy(DuckConnection from, Table table, SqliteConnection to, CancellationToken stop)
    {
        await using var transaction = await to.BeginTransactionAsync(stop);
        await using var insert = to.CreateCommand();
        insert.CommandText = $"INSERT INTO {table.Name} VALUES ({string.Join(", ", table.Columns.Select((_, i) => $"$p{i}"))})";
        var values = table.Columns.Select((_, i) => insert.Parameters.Add($"$p{i}", SqliteType.Integer)).ToArray();
        using var rows = from.Query(table.Read, stop);
        while (rows.NextChunk())
        {
            for (var i = 0; i < rows.Rows; i++)
            {
                for (var c = 0; c < values.Length; c++)
                {
                    var column = rows.Column(c);
                    values[c].Value = column.IsNull(i) ? DBNull.Value : column.Number(i);
                }
                insert.ExecuteNonQuery();
            }
        }
        await transaction.CommitAsync(stop);
    }

    private static async Task<double> Time(DbConnection database, string sql, int rounds, CancellationToken stop)
    {
        var times = new List<double>();
        for (var round = 0; round < rounds; round++)
        {
            var watch = Stopwatch.StartNew();
            await using var command = database.CreateCommand();
            command.CommandText = sql;
            command.CommandTimeout = 600;
            await using var rows = await command.ExecuteReaderAsync(stop);
            while (await rows.ReadAsync(stop)) { }
            times.Add(watch.Elapsed.TotalMilliseconds);
        }
        return CubeBench.Median(times);
    }

    private static async Task Execute(DbConnection database, string sql, CancellationToken stop)
    {
        await using var command = database.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 3600;
        await command.ExecuteNonQueryAsync(stop);
    }
}
