using System.Globalization;
using Concentric.Core.Facts;
using Concentric.Measure.Contacts;

namespace Concentric.Tests.Measure;

/// <summary>A contact store in a folder of its own, and batches of rows put into it without a journal.</summary>
internal sealed class TestStore : IAsyncDisposable
{
    public static readonly CouncilAttributes Northmoor = new("northmoor", "Northmoor", IsSynthetic: true);

    private int _batch;

    /// <param name="exactQuantileRows">Up to how many contacts quantiles are exact.</param>
    public TestStore(long exactQuantileRows = CubeQuantiles.MostExact)
    {
        Folder = Directory.CreateTempSubdirectory("concentric-store-").FullName;
        Options = ContactStoreOptions.In(Folder, "256MB", 2) with { ExactQuantileRows = exactQuantileRows };
        Store = DuckContactStore.Open(Options);
    }

    public string Folder { get; }
    public ContactStoreOptions Options { get; }
    public DuckContactStore Store { get; set; }
    public long LastFact { get; private set; }

    /// <summary>Stages, writes and loads rows as an import does.</summary>
    public async Task<ImportCounts> Put(IReadOnlyList<ContactRow> rows, CouncilAttributes? council = null, IReadOnlyList<AreaAttributes>? areas = null)
    {
        council ??= Northmoor;
        var key = new RowKey(council.Name, "test");
        using var staging = new Staging(Store, LocalClock.Of(council.Zone));
        uint number = 0;
        foreach (var row in rows) staging.Add(new(row, ++number, key.Of(row.Id), ContentDigest.Of(row.ToString())));
        var found = staging.FindNew(Store.Dimensions.Council(council.Name)?.Code, default);
        var counts = new ImportCounts(rows.Count, found.Imported, found.Duplicates, found.Changed, 0, found.Flagged);
        if (found.Imported == 0) return counts;

        var folders = new BatchFolders(Options.Imports);
        var folder = folders.Begin(++_batch);
        var file = Path.Combine(folder, Manifest.RowsFile);
        staging.WriteParquet(file, default);
        var digest = BatchLoad.DigestOf(file);
        var byKey = (areas ?? []).ToDictionary(a => a.Key);
        new Manifest(_batch, council, "test", "rows.csv", "", digest, DateTimeOffset.UnixEpoch, counts,
            [.. staging.Services.Select(s => new Named(s, $"Service {s}"))],
            [.. staging.Areas.Select(a => byKey.GetValueOrDefault(a) ?? new(a, a, null, null, 0, 0))],
            [], [.. staging.Sources.Select(s => new Named(s, s))]).Write(folder);
        folders.Keep(_batch);
        await Store.Apply(new(++LastFact, LastFact.ToString(CultureInfo.InvariantCulture), [], [], [new(_batch, digest)]) { Own = Northmoor });
        return counts;
    }

    /// <summary>Applies what people were asked and said as one batch of facts.</summary>
    public Task Feel(IReadOnlyList<FeedbackFact> said)
    {
        LastFact += said.Count;
        return Store.Apply(new(LastFact, LastFact.ToString(CultureInfo.InvariantCulture), [], [], []) { Own = Northmoor, Feedback = said });
    }

    /// <summary>Applies raised contacts and changes as one batch of facts.</summary>
    public Task Apply(IReadOnlyList<RaisedContact> raised, params IReadOnlyList<ContactChange> changes)
    {
        LastFact += raised.Count + changes.Count;
        return Store.Apply(new(LastFact, LastFact.ToString(CultureInfo.InvariantCulture), raised, changes, []) { Own = Northmoor });
    }

    /// <summary>Applies calls that ended as one batch of facts.</summary>
    public Task ApplyCalls(params IReadOnlyList<EndedCall> calls)
    {
        LastFact += calls.Count;
        return Store.Apply(new(LastFact, LastFact.ToString(CultureInfo.InvariantCulture), [], [], []) { Own = Northmoor, Calls = calls });
    }

    /// <summary>Takes a batch back, as its fact does.</summary>
    public Task Undo(int batch)
    {
        var known = Store.Dimensions.Batches.Single(b => b.Number == batch);
        return Store.Apply(new(++LastFact, LastFact.ToString(CultureInfo.InvariantCulture), [], [], []) { Own = Northmoor, Undone = [new(known, Northmoor.Name, DateTimeOffset.UnixEpoch)] });
    }

    public async Task Reopen()
    {
        await Store.DisposeAsync();
        Store = DuckContactStore.Open(Options);
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>Rows by chance from a seed: three years, weighted services, half with a person, a tenth without service or area.</summary>
    public static IReadOnlyList<ContactRow> Rows(int seed, int count, int persons = 800, int services = 12, int areas = 30)
    {
        var chance = new SeededChance((ulong)seed);
        var from = new DateTime(2023, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        return [.. Enumerable.Range(0, count).Select(i => new ContactRow($"r{seed}-{i}", from.AddSeconds(chance.Below(3 * 365 * 86400)))
        {
            Kind = (ContactKind)(chance.Below(10) == 0 ? 1 : 0),
            Initiator = (ContactInitiator)(chance.Below(8) == 0 ? 1 + chance.Below(2) : 0),
            Service = chance.Below(10) == 0 ? null : (100 + Math.Min(chance.Below(services), chance.Below(services))).ToString(CultureInfo.InvariantCulture),
            Interaction = (byte)chance.Below(5),
            Channel = (byte)chance.Below(12),
            Area = chance.Below(10) == 0 ? null : $"A{chance.Below(areas)}",
            Demand = (Demand)chance.Below(4),
            FailureCause = (byte)chance.Below(9),
            Resolved = (ContactResolved)chance.Below(3),
            CostPence = chance.Below(3) == 0 ? chance.Below(5000) : null,
            Seconds = chance.Below(4) == 0 ? null : chance.Below(100_000),
            Satisfaction = chance.Below(12) == 0 ? (byte)(1 + chance.Below(5)) : null,
            Person = chance.Below(2) == 0 ? 0UL : ulong.MaxValue - (ulong)chance.Below(persons),
            Source = chance.Below(4) == 0 ? "counter" : null,
        })];
    }

    public static IReadOnlyList<AreaAttributes> Areas(int count = 30) =>
        [.. Enumerable.Range(0, count).Select(i => new AreaAttributes($"A{i}", $"Area {i}", i % 7 == 0 ? null : $"Ward {i % 6}", i % 5 == 0 ? null : $"{1 + i % 8}", (byte)(i % 11), 100 + i))];
}

/// <summary>Chance from a seed: SplitMix64.</summary>
internal sealed class SeededChance(ulong seed)
{
    private ulong _state = seed;

    public int Below(int most)
    {
        _state += 0x9E3779B97F4A7C15;
        var z = _state;
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
        z = (z ^ z >> 27) * 0x94D049BB133111EB;
        return (int)((z ^ z >> 31) % (ulong)most);
    }
}
