using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Journal;
using Concentric.Needs;
using Concentric.Needs.Concepts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Tests.Needs;

/// <summary>A database file of its own with the tables of Core's journal and of Needs, and the services that Needs asks for.</summary>
internal sealed class NeedsDatabase : IAsyncDisposable
{
    public static readonly DateTimeOffset Now = new(2026, 3, 3, 9, 0, 0, TimeSpan.Zero);

    private static readonly string? Server = Environment.GetEnvironmentVariable("CONCENTRIC_TEST_POSTGRES") is { Length: > 0 } server ? server : null;
    private static readonly Lazy<Task<byte[]>> Seeded = new(MakeSeeded);
    private static readonly Lazy<Task<NeedsDatabase>> Template = new(async () => await Make(seeded: true));
    private static int _count;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("needs");
    private readonly ServiceProvider _services;

    private static readonly SeededPostgres Seeds = new();
    private bool _isCopy;

    private NeedsDatabase(string? name = null)
    {
        Name = name ?? $"needs_{Environment.ProcessId}_{Interlocked.Increment(ref _count)}";
        var connection = Server is null ? $"Data Source={Path};Pooling=False" : On(Name);
        var settings = new Settings(new ConfigurationBuilder().AddInMemoryCollection([new("CONCENTRIC_DATA", _folder.FullName), new("CONCENTRIC_DATABASE", connection)]).Build());
        IArea area = new NeedsArea();
        IArea[] areas = [new JournalArea(), area];
        var services = new ServiceCollection().AddSingleton(TimeProvider.System).AddSingleton(settings).AddSingleton<JournalSignal>();
        foreach (var a in areas) services.AddSingleton(a);
        services.AddDbContextFactory<ConcentricDb>(options => options.UseConcentric(connection).ReplaceService<IModelCacheKeyFactory, ModelOf<NeedsDatabase>>());
        if (Server is null) services.AddSingleton<IWriter, GroupWriter>();
        else services.AddSingleton<IWriter, DirectWriter>();
        area.Services(services, settings);
        _services = services.BuildServiceProvider(validateScopes: true);
        Area = area;
        Areas = areas;
    }

    private string Name { get; }
    public string Path => System.IO.Path.Combine(_folder.FullName, "needs.db");
    public IArea Area { get; }
    public IArea[] Areas { get; }
    public IServiceProvider Services => _services;
    public ModelCache Cache => _services.GetRequiredService<ModelCache>();
    public IWriter Writer => _services.GetRequiredService<IWriter>();

    /// <summary>A copy of a seeded database made once, or one with empty tables.</summary>
    public static async Task<NeedsDatabase> Create(bool seeded = true)
    {
        if (!seeded) return await Make(seeded: false);
        if (Server is null)
        {
            var file = new NeedsDatabase();
            await File.WriteAllBytesAsync(file.Path, await Seeded.Value);
            return file;
        }
        if (Seeds.Take() is { } idle) return new(idle) { _isCopy = true };
        var template = await Template.Value;
        var database = new NeedsDatabase { _isCopy = true };
        await Execute($"CREATE DATABASE {database.Name} TEMPLATE {template.Name}");
        return database;
    }

    private static async Task Execute(string sql)
    {
        await using var connection = new Npgsql.NpgsqlConnection($"{Server};Database=postgres;Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<NeedsDatabase> Make(bool seeded)
    {
        var database = new NeedsDatabase();
        await using (var db = database.Open())
        {
            if (Server is not null) await db.GetService<IRelationalDatabaseCreator>().CreateAsync();
            await db.Migrate(database.Areas, TimeProvider.System);
            // The table of the journal is Core's; its own tests hold its file against the code.
            foreach (var sql in db.Database.GenerateCreateScript().Split(';').Where(s => s.Contains("core_fact", StringComparison.Ordinal)))
                await db.Database.ExecuteSqlRawAsync(sql);
        }
        if (!seeded) return database;
        await database.Area.Seed(database.Services, demo: false, default);
        SeededPostgres.Remember($"{On(database.Name)};Pooling=False");
        // A template must have no other visitor.
        Npgsql.NpgsqlConnection.ClearAllPools();
        await Execute($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database.Name}'");
        return database;
    }

    private static string On(string name) => $"{Server};Database={name}";

    private static async Task<byte[]> MakeSeeded()
    {
        var database = await Make(seeded: false);
        await database.Area.Seed(database.Services, demo: false, default);
        // Closing the last connection brings the write-ahead log into the file.
        await database._services.DisposeAsync();
        var bytes = await File.ReadAllBytesAsync(database.Path);
        database._folder.Delete(recursive: true);
        return bytes;
    }

    /// <summary>The tables of Needs as Entity Framework would make them of the code.</summary>
    public static async Task<NeedsDatabase> FromModel()
    {
        var database = new NeedsDatabase();
        await using var db = database.Open();
        await db.Database.EnsureCreatedAsync();
        return database;
    }

    public ConcentricDb Open() => _services.GetRequiredService<IDbContextFactory<ConcentricDb>>().CreateDbContext();

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        if (Server is not null && !(_isCopy && Seeds.PutBack(Name, On(Name)))) await Execute($"DROP DATABASE {Name} WITH (FORCE)");
        _folder.Delete(recursive: true);
    }

    /// <summary>The journal's table alone.</summary>
    private sealed class JournalArea : IArea
    {
        public string Name => "Journal";

        public void Tables(ModelBuilder model) => model.ApplyConfiguration(new Fact.Table());
    }
}
