using System.Collections.Concurrent;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Improve;
using Concentric.Measure;
using Concentric.Needs;
using Concentric.Serve;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Concentric.Tests;

/// <summary>
/// An empty database for one test. SQLite: a copy of a file made once. PostgreSQL, when CONCENTRIC_TEST_POSTGRES names a
/// server: one of a few databases, emptied after each use. The caller throws the server away, so nothing is dropped.
/// </summary>
public sealed class TestDatabase : IDisposable
{
    private static readonly string? Server = Environment.GetEnvironmentVariable("CONCENTRIC_TEST_POSTGRES") is { Length: > 0 } server ? server : null;
    private static readonly Lazy<string> SqliteTemplate = new(MakeSqliteTemplate);
    private static readonly Lazy<string> SeededTemplate = new(MakeSeededTemplate);
    private static readonly ConcurrentBag<string> Idle = [];
    private static readonly SeededPostgres Seeds = new();
    private static int _count;
    private int _disposed;
    private bool _isSeeded;

    public static readonly IArea[] Areas = [new CoreArea(), new NeedsArea(), new ServeArea(), new MeasureArea(), new ImproveArea()];

    private TestDatabase(string connection) => Connection = connection;

    public string Connection { get; }

    public static bool IsPostgres => Server is not null;

    public static TestDatabase Create() => Server is null ? CopyFile() : new(Idle.TryTake(out var idle) ? idle : MakePostgres());

    /// <summary>A database with the seeds of all areas and the demo people, copied from one that was seeded once.</summary>
    public static TestDatabase CreateSeeded()
    {
        if (Server is not null && Seeds.Take() is { } idle) return new(idle) { _isSeeded = true };
        var connection = Server is null ? Sqlite(NewName()) : $"{Server};Database={NewName()}";
        if (Server is null) File.Copy(PathOf(SeededTemplate.Value), PathOf(connection), overwrite: true);
        else Execute($"{Server};Database=postgres", $"CREATE DATABASE {NameOf(connection)} TEMPLATE {NameOf(SeededTemplate.Value)}");
        return new(connection) { _isSeeded = true };
    }

    /// <summary>A database with nothing in it, not even tables. Not given back to the pool.</summary>
    public static TestDatabase CreateBare()
    {
        var connection = Server is null ? Sqlite(NewName()) : $"{Server};Database={NewName()}";
        using var db = Open(connection);
        if (Server is not null) db.GetService<IRelationalDatabaseCreator>().Create();
        return new(connection) { _disposed = Server is null ? 0 : 1 };
    }

    /// <summary>The tables that Entity Framework would make of the code, to hold the .sql files against.</summary>
    public static TestDatabase CreateFromModel()
    {
        var connection = Server is null ? Sqlite(NewName()) : $"{Server};Database={NewName()}";
        using var db = Open(connection);
        db.Database.EnsureCreated();
        return new(connection) { _disposed = Server is null ? 0 : 1 };
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1) return;
        if (Server is null)
        {
            CloseAll(Connection);
            foreach (var end in (string[])["", "-wal", "-shm"]) File.Delete(PathOf(Connection) + end);
            return;
        }
        if (_isSeeded)
        {
            if (Seeds.PutBack(Connection, Connection)) return;
            NpgsqlConnection.ClearPool(new(Connection));
            Execute($"{Server};Database=postgres", $"DROP DATABASE {NameOf(Connection)} WITH (FORCE)");
            return;
        }
        Empty();
        Idle.Add(Connection);
    }

    public static ConcentricDb Open(string connection) =>
        new((DbContextOptions<ConcentricDb>)new DbContextOptionsBuilder<ConcentricDb>().UseConcentric(connection).Options, Areas);

    private static string NewName() => $"concentric_{Environment.ProcessId}_{Interlocked.Increment(ref _count)}";

    // Connections are kept open between requests, as in the program: each that is opened anew reads all tables' definitions first.
    private static string Sqlite(string name) => $"Data Source={Path.Combine(Path.GetTempPath(), name)}.db";

    private static string PathOf(string connection) => connection["Data Source=".Length..];

    private static void CloseAll(string connection)
    {
        using var any = new SqliteConnection(connection);
        SqliteConnection.ClearPool(any);
    }

    private static TestDatabase CopyFile()
    {
        var connection = Sqlite(NewName());
        File.Copy(PathOf(SqliteTemplate.Value), PathOf(connection), overwrite: true);
        return new(connection);
    }

    private static string MakeSqliteTemplate()
    {
        var connection = TemplateFile("template");
        Migrate(connection);
        CloseAll(connection);
        return connection;
    }

    private static string MakeSeededTemplate()
    {
        using var app = new TestApp(seeded: false);
        app.Seed().GetAwaiter().GetResult();
        if (Server is not null)
        {
            var copy = $"{Server};Database={NewName()};Pooling=False";
            app.StopAsync().GetAwaiter().GetResult();
            // A template must have no other visitor.
            NpgsqlConnection.ClearAllPools();
            Execute($"{Server};Database=postgres", $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{NameOf(app.Connection)}'");
            Execute($"{Server};Database=postgres", $"CREATE DATABASE {NameOf(copy)} TEMPLATE {NameOf(app.Connection)}");
            SeededPostgres.Remember(copy);
            return copy;
        }
        var connection = TemplateFile("seeded");
        // Everything, also what still stands in the log of the one that is in use.
        using var db = Open(app.Connection);
        db.Database.ExecuteSqlRaw("VACUUM INTO {0}", PathOf(connection));
        return connection;
    }

    /// <summary>A file that is copied for each test and goes with the test program.</summary>
    private static string TemplateFile(string name)
    {
        var connection = Sqlite($"concentric_{Environment.ProcessId}_{name}");
        File.Delete(PathOf(connection));
        AppDomain.CurrentDomain.ProcessExit += (_, _) => File.Delete(PathOf(connection));
        return connection;
    }

    private static string NameOf(string connection) => new NpgsqlConnectionStringBuilder(connection).Database!;

    private static void Execute(string on, string sql)
    {
        using var connection = new NpgsqlConnection($"{on};Pooling=False");
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    private static string MakePostgres()
    {
        var connection = $"{Server};Database={NewName()}";
        using var db = Open(connection);
        db.GetService<IRelationalDatabaseCreator>().Create();
        Migrate(connection);
        return connection;
    }

    private static void Migrate(string connection)
    {
        using var db = Open(connection);
        db.Migrate(Areas, TimeProvider.System).GetAwaiter().GetResult();
        // What the .sql template leaves in its log would not be copied with the file.
        if (Server is null) db.Database.ExecuteSqlRaw("PRAGMA wal_checkpoint(TRUNCATE)");
    }

    private void Empty()
    {
        using var db = Open(Connection);
        var tables = string.Join(", ", db.Model.GetEntityTypes().Select(t => t.GetTableName()).Distinct().Select(t => $"\"{t}\""));
        using var connection = new NpgsqlConnection(Connection);
        connection.Open();
        using var command = new NpgsqlCommand($"TRUNCATE {tables} RESTART IDENTITY", connection);
        command.ExecuteNonQuery();
    }
}

/// <summary>Entity Framework keeps one model for each type of context, whichever tables the first one had. A context with fewer tables than the program's needs one of its own.</summary>
/// <typeparam name="T">Whose model it is.</typeparam>
internal sealed class ModelOf<T> : IModelCacheKeyFactory
{
    public object Create(DbContext context, bool designTime) => (typeof(T), designTime);
}
