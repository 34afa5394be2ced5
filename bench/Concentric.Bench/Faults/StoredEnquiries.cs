using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Concentric.Bench.Faults;

/// <summary>One row of serve_enquiry, as far as a checker needs it.</summary>
internal sealed record StoredEnquiry(Guid Token, string Reference);

/// <summary>What the database holds, read past the program.</summary>
/// <param name="Raised">Subject of each enquiry-raised fact.</param>
internal sealed record Stored(IReadOnlyList<StoredEnquiry> Enquiries, IReadOnlyList<string> Raised)
{
    public static async Task<Stored> Read(string database)
    {
        await using var connection = await Connect(database);
        return new(
            await Rows(connection, """SELECT "Token", "Reference" FROM serve_enquiry""", r => new StoredEnquiry(r.GetGuid(0), r.GetString(1))),
            await Rows(connection, """SELECT "Subject" FROM core_fact WHERE "Kind" = 'enquiry-raised'""", r => r.GetString(0)));
    }

    /// <summary>What SQLite says of its own file: "ok", or what is broken. PostgreSQL has no such question and answers "ok" when it reads every row of both tables.</summary>
    public static async Task<string> Integrity(string database)
    {
        await using var connection = await Connect(database);
        if (connection is SqliteConnection) return string.Join("; ", await Rows(connection, "PRAGMA integrity_check", r => r.GetString(0)));
        await Rows(connection, "SELECT count(\"Words\"), count(\"Email\") FROM serve_enquiry", r => r.GetInt64(0));
        await Rows(connection, "SELECT count(\"Data\"), count(\"Salt\") FROM core_fact", r => r.GetInt64(0));
        return "ok";
    }

    public static async Task<int> Execute(string database, string sql)
    {
        await using var connection = await Connect(database);
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements are this program's own.
        command.CommandText = sql;
#pragma warning restore CA2100
        return await command.ExecuteNonQueryAsync();
    }

    private static async Task<DbConnection> Connect(string database)
    {
        DbConnection connection = database.Contains("Host=", StringComparison.OrdinalIgnoreCase)
            ? new NpgsqlConnection(database + ";Pooling=false")
            : new SqliteConnection(database + ";Pooling=False");
        await connection.OpenAsync();
        return connection;
    }

    private static async Task<List<T>> Rows<T>(DbConnection connection, string sql, Func<DbDataReader, T> row)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements are this program's own.
        command.CommandText = sql;
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync()) rows.Add(row(reader));
        return rows;
    }
}
