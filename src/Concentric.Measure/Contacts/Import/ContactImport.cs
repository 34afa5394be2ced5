using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Measure.Contacts;

/// <summary>Brings a file of contacts, or a generated set, into the contact store: all of it or nothing, and no row twice. One at a time.</summary>
/// <remarks>
/// Rows are staged beside the store, compared with what is known, written with their manifest to <c>imports/&lt;batch&gt;</c> and only then
/// named by a fact. Until the fact is committed nothing has happened; from then on the batch will be counted, whatever crashes.
/// </remarks>
public sealed class ContactImport : IDisposable
{
    private readonly DuckContactStore _store;
    private readonly IWriter _writer;
    private readonly IDbContextFactory<ConcentricDb> _databases;
    private readonly Sealer _sealer;
    private readonly Projector _projector;
    private readonly Pseudonyms _pseudonyms;
    private readonly TimeProvider _clock;
    private readonly SemaphoreSlim _gate = new(1, 1);

    public ContactImport(
        DuckContactStore store, IWriter writer, IDbContextFactory<ConcentricDb> databases, Sealer sealer, Projector projector, Pseudonyms pseudonyms, TimeProvider clock) =>
        (_store, _writer, _databases, _sealer, _projector, _pseudonyms, _clock) = (store, writer, databases, sealer, projector, pseudonyms, clock);

    /// <summary>Imports a CSV file, plain or gzip.</summary>
    /// <param name="fileName">Its name without folders, for the list of batches.</param>
    /// <param name="by">Who gives it, as the journal names people.</param>
    /// <exception cref="ImportRefusedException">The file is wrong; nothing was imported.</exception>
    /// <exception cref="Core.RefusedException">Another import is running.</exception>
    public Task<ImportReport> Run(Stream file, string fileName, Mapping mapping, string by, IProgress<ImportProgress>? progress = null, ImportLimits? limits = null, CancellationToken stop = default) =>
        Alone(async () =>
        {
            limits ??= new();
            var size = file.CanSeek ? file.Length : (long?)null;
            using var bytes = FileBytes.Open(file, limits);
            var about = new BatchAbout(mapping.Council, mapping.Name, Path.GetFileName(fileName));
            return await Bring(about, by, progress, (staging, rejects) =>
            {
                new CsvReading(bytes, mapping, limits, _pseudonyms, progress, size).Read(staging, rejects, stop);
                return bytes.Digest();
            }, stop);
        }, stop);

    /// <summary>Takes in rows that were made in this process, such as those of a demo council.</summary>
    public Task<ImportReport> RunRows(IEnumerable<ContactRow> rows, BatchAbout about, string by, IProgress<ImportProgress>? progress = null, CancellationToken stop = default) =>
        Alone(() => Bring(about, by, progress, (staging, _) =>
        {
            using var key = new RowKey(about.Council.Name, about.Scheme);
            uint number = 0;
            foreach (var row in rows)
            {
                if (row.Id.Length == 0) throw new ArgumentException("A row needs an id.", nameof(rows));
                if (++number % CsvBlock.Rows == 0)
                {
                    stop.ThrowIfCancellationRequested();
                    progress?.Report(new(ImportProgress.Reading, number, 0, 0, null));
                }
                staging.Add(new(row, number, key.Of(row.Id), ContentDigest.Of(row.ToString())));
            }
            return "";
        }, stop), stop);

    /// <summary>Keeps what is known of areas and profile groups as a batch without rows, so that a store built anew knows it too.</summary>
    /// <returns>Number of the batch.</returns>
    /// <exception cref="Core.RefusedException">Another import is running.</exception>
    public Task<int> KeepAreas(BatchAbout about, string by, CancellationToken stop = default) => Alone(async () =>
    {
        await Project(stop);
        using var staging = new Staging(_store, LocalClock.Of(about.Council.Zone));
        await Task.Run(() => staging.FindNew(null, stop), stop);
        var batch = await Keep(about, "", new(0, 0, 0, 0, 0, 0), staging, by, stop);
        staging.Dispose();
        await Project(CancellationToken.None);
        return batch;
    }, stop);

    /// <summary>Removes what an import left that was cut short before its fact. Call it at the start, before anything is imported.</summary>
    /// <returns>The names of the folders removed.</returns>
    public Task<IReadOnlyList<string>> Sweep(CancellationToken stop = default) => Alone(async () =>
    {
        await using var db = await _databases.CreateDbContextAsync(stop);
        var rejects = Path.Combine(_store.Imports, "rejects", RejectsFile.Unfinished);
        if (File.Exists(rejects)) File.Delete(rejects);
        return new BatchFolders(_store.Imports).Sweep(await LastBatch(db, stop));
    }, stop);

    public void Dispose() => _gate.Dispose();

    private async Task<T> Alone<T>(Func<Task<T>> work, CancellationToken stop)
    {
        if (!await _gate.WaitAsync(0, stop)) throw new Core.RefusedException("Another import is running. Start this one when it has ended.");
        try
        {
            return await work();
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <param name="read">Stages the rows and gives the digest of the file.</param>
    private async Task<ImportReport> Bring(BatchAbout about, string by, IProgress<ImportProgress>? progress, Func<Staging, RejectsFile, string> read, CancellationToken stop)
    {
        var start = _clock.GetTimestamp();
        await Project(stop);
        using var rejects = new RejectsFile(_store.Imports);
        using var staging = new Staging(_store, LocalClock.Of(about.Council.Zone));
        var digest = await Task.Run(() => read(staging, rejects), stop);

        progress?.Report(new(ImportProgress.Comparing, staging.Rows, rejects.Count, 0, null));
        var (imported, duplicates, changed, flagged) = await Task.Run(() => staging.FindNew(_store.Dimensions.Council(about.Council.Name)?.Code, stop), stop);
        var counts = new ImportCounts(staging.Rows + rejects.Count, imported, duplicates, changed, rejects.Count, flagged);
        if (counts.Read != counts.Imported + counts.Duplicates + counts.Rejected) throw new InvalidOperationException($"Rows were lost: {counts}");

        int? batch = null;
        if (imported > 0)
        {
            progress?.Report(new(ImportProgress.Keeping, imported, rejects.Count, 0, null));
            batch = await Keep(about, digest, counts, staging, by, stop);
            staging.Dispose();
            progress?.Report(new(ImportProgress.Counting, imported, rejects.Count, 0, null));
            // It is kept: from here on nothing stops it.
            await Project(CancellationToken.None);
        }
        var file = rejects.Keep(batch is { } number ? BatchLoad.Name(number) : digest is { Length: > 16 } ? digest[..16] : "generated");
        return new(batch, counts.Read, imported, duplicates, changed, counts.Rejected, flagged, file, _clock.GetElapsedTime(start).TotalSeconds);
    }

    private async Task<int> Keep(BatchAbout about, string digest, ImportCounts counts, Staging staging, string by, CancellationToken stop)
    {
        await using var db = await _databases.CreateDbContextAsync(stop);
        var batch = await LastBatch(db, stop) + 1;
        var folders = new BatchFolders(_store.Imports);
        folders.Remove(batch);
        try
        {
            var now = _clock.GetUtcNow();
            var folder = folders.Begin(batch);
            var rows = Path.Combine(folder, Manifest.RowsFile);
            var rowsDigest = await Task.Run(() =>
            {
                staging.WriteParquet(rows, stop);
                return BatchLoad.DigestOf(rows);
            }, stop);
            about.Describe(batch, digest, rowsDigest, now, counts, staging).Write(folder);
            folders.Keep(batch);
            stop.ThrowIfCancellationRequested();
            await _writer.Write(async work =>
            {
                if (await LastBatch(work, CancellationToken.None) != batch - 1) throw new InvalidOperationException($"Batch {batch} has been given to another import.");
                work.Record(new ContactsImported(batch, about.Council.Name, about.Scheme, digest, rowsDigest, counts.Read, counts.Imported, counts.Duplicates, counts.Rejected), by, now);
            }, CancellationToken.None);
            return batch;
        }
        catch
        {
            await RemoveUnlessNamed(folders, batch);
            throw;
        }
    }

    /// <summary>A failed write may have been kept all the same (a lost connection): then the folder must stay.</summary>
    private async Task RemoveUnlessNamed(BatchFolders folders, int batch)
    {
        try
        {
            await using var db = await _databases.CreateDbContextAsync();
            if (await LastBatch(db, CancellationToken.None) < batch) folders.Remove(batch);
        }
        catch (Exception e) when (e is DbUpdateException or InvalidOperationException or System.Data.Common.DbException)
        {
            // The database is away. The folder stays, and the sweep at the next start decides.
        }
    }

    private async Task Project(CancellationToken stop)
    {
        while (await _sealer.Seal(stop) > 0) { }
        await _projector.CatchUp(stop);
    }

    /// <summary>The last batch that a fact names, sealed or not; 0 for none.</summary>
    private static async Task<int> LastBatch(ConcentricDb db, CancellationToken stop)
    {
        var subjects = await db.Facts.AsNoTracking().Where(f => f.Kind == FactReading.Imported).Select(f => f.Subject).ToListAsync(stop);
        return subjects.Count == 0 ? 0 : subjects.Max(s => int.Parse(s["batch-".Length..], System.Globalization.CultureInfo.InvariantCulture));
    }
}

/// <summary>What is known of a batch beside its rows.</summary>
/// <param name="Scheme">What the rows' ids are unique in: the mapping's name or the generator's.</param>
/// <param name="FileName">As people know it.</param>
public sealed record BatchAbout(CouncilAttributes Council, string Scheme, string FileName)
{
    /// <summary>Words for services, by key; a service not named here is known by its key.</summary>
    public IReadOnlyList<Named> Services { get; init; } = [];

    /// <summary>Ward, profile group, decile and households of areas, by key.</summary>
    public IReadOnlyList<AreaAttributes> Areas { get; init; } = [];

    /// <summary>Words for profile groups.</summary>
    public IReadOnlyList<Named> Profiles { get; init; } = [];

    internal Manifest Describe(int batch, string fileDigest, string rowsDigest, DateTimeOffset now, ImportCounts counts, Staging staging)
    {
        var services = Services.ToDictionary(s => s.Key, StringComparer.Ordinal);
        var areas = Areas.ToDictionary(a => a.Key, StringComparer.Ordinal);
        // Areas without contacts are kept too: they are in the base of rates.
        var used = staging.Areas.ToHashSet(StringComparer.Ordinal);
        return new(batch, Council, Scheme, FileName, fileDigest, rowsDigest, now, counts,
            [.. staging.Services.Select(s => services.GetValueOrDefault(s) ?? new Named(s, Tail(s)))],
            [.. staging.Areas.Select(a => areas.GetValueOrDefault(a) ?? new AreaAttributes(a, a, null, null, 0, 0)), .. Areas.Where(a => !used.Contains(a.Key))],
            Profiles, [.. staging.Sources.Select(s => new Named(s, Tail(s)))]);
    }

    // Of “scheme:text”, the text is what people know.
    private static string Tail(string key) => key.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon ? key[(colon + 1)..] : key;
}
