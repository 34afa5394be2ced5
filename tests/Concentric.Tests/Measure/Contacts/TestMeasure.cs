using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Measure.Contacts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.Logging.Abstractions;

namespace Concentric.Tests.Measure;

/// <summary>Journal, contact store, projector and import in a folder of their own, with no web server about them.</summary>
internal sealed class TestMeasure : IAsyncDisposable, IDbContextFactory<ConcentricDb>
{
    public static readonly CouncilAttributes Northmoor = new("northmoor", "Northmoor Council", IsSynthetic: false);

    private readonly DbContextOptions<ConcentricDb> _options;
    private readonly JournalSignal _signal = new();
    private readonly GroupWriter _writer;
    private int _facts;

    public TestMeasure(string? folder = null)
    {
        Folder = folder ?? Directory.CreateTempSubdirectory("concentric-measure-").FullName;
        _options = (DbContextOptions<ConcentricDb>)new DbContextOptionsBuilder<ConcentricDb>().UseConcentric($"Data Source={Path.Combine(Folder, "concentric.db")};Pooling=False").ReplaceService<IModelCacheKeyFactory, ModelOf<JournalOnly>>().Options;
        using (var db = CreateDbContext()) db.Database.EnsureCreated();
        _writer = new(this, _signal);
        Sealer = new(_writer, _signal, NullLogger<Sealer>.Instance);
        StoreOptions = ContactStoreOptions.In(Folder, "256MB", 2);
        Store = DuckContactStore.Open(StoreOptions);
        Projector = new(this, _writer, Store, Northmoor, _signal, TimeProvider.System, NullLogger<Projector>.Instance);
        Import = new(Store, _writer, this, Sealer, Projector, new Pseudonyms(new byte[32]), TimeProvider.System);
    }

    public string Folder { get; }
    public ContactStoreOptions StoreOptions { get; }
    public DuckContactStore Store { get; }
    public Sealer Sealer { get; }
    public Projector Projector { get; }
    public ContactImport Import { get; }
    public IWriter Writer => _writer;
    public string Imports => StoreOptions.Imports;

    public ConcentricDb CreateDbContext() => new(_options, [new JournalOnly()]);

    /// <summary>Writes facts, each in a transaction of its own, without sealing them.</summary>
    public async Task Write(params IReadOnlyList<IFact> facts)
    {
        foreach (var fact in facts) await _writer.Write(db => { Record(db, (dynamic)fact); return Task.CompletedTask; });
    }

    /// <summary>Seals what was written and carries it into the store.</summary>
    public async Task<long> CatchUp()
    {
        while (await Sealer.Seal() > 0) { }
        return await Projector.CatchUp();
    }

    /// <summary>Every row of the store as text, by names and not by codes, in the order of their ids.</summary>
    public Task<IReadOnlyList<string>> Rows() => Store.Read<IReadOnlyList<string>>(reader =>
    {
        using var rows = reader.Connection.Query("""
            SELECT concat_ws('|', contact_id, occurred_at, day, week, month, o.name, kind, initiator, s.key, interaction, channel, a.key, a.decile, w.label, p.key, c.profile = a.profile, demand,
                failure_cause, resolved, cost_pence, seconds, seconds_bin, satisfaction, h.hash, case_ref, prev_gap, r.key, flags, batch)
            FROM contact c JOIN council o ON c.council = o.code JOIN service s ON c.service = s.code JOIN area a ON c.area = a.code JOIN ward w ON a.ward = w.code
                JOIN profile p ON a.profile = p.code LEFT JOIN person h ON c.person = h.code LEFT JOIN source r ON c.source = r.code ORDER BY contact_id
            """);
        var texts = new List<string>();
        while (rows.NextChunk())
        {
            for (var i = 0; i < rows.Rows; i++) texts.Add(rows.Column(0).Text(i)!);
        }
        return texts;
    }, default);

    /// <summary>Ends as a program does, and leaves the folder.</summary>
    public async Task Stop()
    {
        await _writer.DisposeAsync();
        Import.Dispose();
        Projector.Dispose();
        Sealer.Dispose();
        await Store.DisposeAsync();
        _signal.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        if (Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
    }

    /// <remarks>Facts are sealed in the order of their times, so each is a moment after the one before.</remarks>
    private void Record<T>(ConcentricDb db, T fact) where T : IFact => db.Record(fact, Actor.System, new DateTimeOffset(2026, 1, 5, 9, 0, 0, TimeSpan.Zero).AddMilliseconds(_facts++));

    private sealed class JournalOnly : IArea
    {
        public string Name => "Core";
        public void Tables(ModelBuilder model) => model.ApplyConfiguration(new Fact.Table()).ApplyConfiguration(new FactAside.Table()).ApplyConfiguration(new Concentric.Core.Places.PlacedPostcode.Table());
    }
}
