using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Core.Data;

/// <summary>
/// Brings a database up to date from the numbered .sql files that each area embeds. Forward only, one transaction a
/// file. A file is written once for both databases: {id}, {time}, {bool} and {json} become each one's own types. A file
/// named *.sqlite.sql or *.postgres.sql is for that one alone.
/// </summary>
public static class Migrator
{
    private static readonly (string Word, string Sqlite, string Postgres)[] Types =
    [
        ("{id}", "TEXT", "uuid"),
        ("{time}", "TEXT", "timestamp with time zone"),
        ("{date}", "TEXT", "date"),
        ("{bool}", "INTEGER", "boolean"),
        ("{int}", "INTEGER", "integer"),
        ("{long}", "INTEGER", "bigint"),
        ("{real}", "REAL", "double precision"),
        ("{bytes}", "BLOB", "bytea"),
        ("{enum}", "TEXT", "character varying(40)"),
        ("{json}", "TEXT", "jsonb"),
    ];

    /// <summary>One file: <c>Serve/0001-enquiry</c>, its text for this database, and the digest of the file as written.</summary>
    public sealed record Script(string Name, string Sql, string Digest);

    /// <summary>Applies what is missing and returns the names of the files applied.</summary>
    /// <exception cref="MigrationException">A file that was applied before has been changed since, or is gone.</exception>
    public static async Task<IReadOnlyList<string>> Migrate(this ConcentricDb db, IEnumerable<IArea> areas, TimeProvider clock, CancellationToken stop = default)
    {
        if (db.Database.IsSqlite()) await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL", stop);
        await db.Database.ExecuteSqlRawAsync("CREATE TABLE IF NOT EXISTS schema_version (name text NOT NULL PRIMARY KEY, digest text NOT NULL, applied_at text NOT NULL)", stop);
        var done = await db.Database.SqlQueryRaw<Applied>("SELECT name AS \"Name\", digest AS \"Digest\" FROM schema_version").ToDictionaryAsync(a => a.Name, a => a.Digest, stop);
        var scripts = areas.SelectMany(a => Scripts(a, db.Database.IsSqlite())).ToList();
        Refuse(done, scripts);

        var applied = new List<string>();
        foreach (var script in scripts.Where(s => !done.ContainsKey(s.Name)))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(stop);
            await db.Database.ExecuteSqlRawAsync(script.Sql.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal), stop);
            await db.Database.ExecuteSqlAsync($"INSERT INTO schema_version VALUES ({script.Name}, {script.Digest}, {clock.GetUtcNow().UtcDateTime:O})", stop);
            await transaction.CommitAsync(stop);
            applied.Add(script.Name);
        }
        return applied;
    }

    private static void Refuse(Dictionary<string, string> done, List<Script> scripts)
    {
        var known = scripts.ToDictionary(s => s.Name, s => s.Digest);
        foreach (var (name, digest) in done.OrderBy(d => d.Key, StringComparer.Ordinal))
        {
            if (!known.TryGetValue(name, out var now))
                throw new MigrationException($"The database was brought up to date with {name}, which this program does not have. Run the version that made the database, or a newer one.");
            if (now != digest)
                throw new MigrationException($"{name} has been changed since it was applied. A past file is never edited: put it back and write the change in a new file.");
        }
    }

    internal static IEnumerable<Script> Scripts(IArea area, bool sqlite)
    {
        var assembly = area.GetType().Assembly;
        foreach (var resource in assembly.GetManifestResourceNames().Where(n => n.EndsWith(".sql", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            if (resource.EndsWith(sqlite ? ".postgres.sql" : ".sqlite.sql", StringComparison.Ordinal)) continue;
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            var text = reader.ReadToEnd();
            var name = $"{area.Name}/{resource[(resource.IndexOf(".Tables.", StringComparison.Ordinal) + ".Tables.".Length)..^".sql".Length]}";
            var sql = Types.Aggregate(text, (s, t) => s.Replace(t.Word, sqlite ? t.Sqlite : t.Postgres, StringComparison.Ordinal));
            yield return new(name, sql, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
        }
    }

    private sealed record Applied { public required string Name { get; init; } public required string Digest { get; init; } }
}

/// <summary>The database cannot be brought up to date; the message says what to do.</summary>
public sealed class MigrationException(string message) : Exception(message);
