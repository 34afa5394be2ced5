using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Core.Questions;
using Concentric.Measure.Places;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Measure.Contacts;

/// <summary>Brings a file of contacts, or a generated set, into the contact store: all of it or nothing, and no row twice. One at a time.</summary>
/// <remarks>
/// Rows are staged beside the store, compared with what is known, written with their manifest to <c>imports/&lt;batch&gt;</c> and only then
/// named by a fact. Until the fact is committed nothing has happened; from then on the batch will be counted, whatever crashes.
/// </remarks>
public sealed partial class ContactImport : IDisposable
{
    private readonly DuckContactStore _store;
    private readonly IWriter _writer;
    private readonly IDbContextFactory<ConcentricDb> _databases;
    private readonly Sealer _sealer;
    private readonly Projector _projector;
    private readonly Pseudonyms _pseudonyms;
    private readonly TimeProvider _clock;
    private readonly IServiceScopeFactory? _scopes;
    private readonly SemaphoreSlim _gate = new(1, 1);

    /// <param name="scopes">Where the names of services are asked for, to suggest them; null where nobody knows any.</param>
    public ContactImport(
        DuckContactStore store, IWriter writer, IDbContextFactory<ConcentricDb> databases, Sealer sealer, Projector projector, Pseudonyms pseudonyms, TimeProvider clock, IServiceScopeFactory? scopes = null) =>
        (_store, _writer, _databases, _sealer, _projector, _pseudonyms, _clock, _scopes) = (store, writer, databases, sealer, projector, pseudonyms, clock, scopes);

    /// <summary>Imports a file in the mapping's format, plain or gzip.</summary>
    /// <param name="fileName">Its name without folders, for the list of batches.</param>
    /// <param name="by">Who gives it, as the journal names people.</param>
    /// <exception cref="ImportRefusedException">The file is wrong; nothing was imported.</exception>
    /// <exception cref="Core.RefusedException">Another import is running.</exception>
    public Task<ImportReport> Run(Stream file, string fileName, Mapping mapping, string by, IProgress<ImportProgress>? progress = null, ImportLimits? limits = null, CancellationToken stop = default) =>
        Run([new(file, fileName)], mapping, by, progress, limits, stop);

    /// <summary>Imports several files of the same mapping as one batch: all of them or none.</summary>
    /// <exception cref="ImportRefusedException">One of them is wrong; nothing was imported.</exception>
    /// <exception cref="Core.RefusedException">Another import is running.</exception>
    public Task<ImportReport> Run(IReadOnlyList<ImportFile> files, Mapping mapping, string by, IProgress<ImportProgress>? progress = null, ImportLimits? limits = null, CancellationToken stop = default) =>
        Alone(() => mapping.Rows switch
        {
            BatchRows.Counts => Run(files, mapping, by, progress, limits ?? new(), () => new StagedCounts(_store), (columns, aids) => new CountMapper(mapping, columns, aids), stop),
            BatchRows.Steps => Run(files, mapping, by, progress, limits ?? new(), () => new StagedSteps(_store, LocalClock.Of(mapping.Council.Zone)), (columns, aids) => new StepMapper(mapping, columns, aids), stop),
            _ => Run(files, mapping, by, progress, limits ?? new(), () => new Staging(_store, LocalClock.Of(mapping.Council.Zone)), (columns, aids) => new RowMapper(mapping, columns, aids), stop),
        }, stop);

    /// <summary>Takes in rows that were made in this process, such as those of a demo council.</summary>
    public Task<ImportReport> RunRows(IEnumerable<ContactRow> rows, BatchAbout about, string by, IProgress<ImportProgress>? progress = null, CancellationToken stop = default) =>
        Alone(() => Bring(about, by, progress, () => new Staging(_store, LocalClock.Of(about.Council.Zone)), (staging, _) =>
        {
            var key = new RowKey(about.Council.Name, about.Scheme);
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
        var undone = await db.Facts.AsNoTracking().Where(f => f.Kind == FactReading.Undone).Select(f => f.Subject).ToListAsync(stop);
        return new BatchFolders(_store.Imports).Sweep(await LastBatch(db, stop), undone.Select(FactReading.BatchOf).ToHashSet());
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

    private async Task<ImportReport> Run<T>(
        IReadOnlyList<ImportFile> files, Mapping mapping, string by, IProgress<ImportProgress>? progress, ImportLimits limits,
        Func<StagedRows<T>> stage, Func<IReadOnlyList<string>, ImportAids, Mapper<T>> map, CancellationToken stop) where T : struct
    {
        if (files.Count == 0) throw new ArgumentException("There is no file.", nameof(files));
        long? size = files.All(f => f.Content.CanSeek) ? files.Sum(f => f.Content.Length) : null;
        var name = Path.GetFileName(files[0].Name) + (files.Count == 1 ? "" : $" and {files.Count - 1} more");
        var aids = new ImportAids(_pseudonyms, await Postcodes(mapping, stop));
        var lines = 0L;
        var report = await Bring(new(mapping.Council, mapping.Name, name), by, progress, stage, (staging, rejects) =>
        {
            var reading = new FileReading<T>(mapping, limits, rejects, progress, size);
            var digests = new List<string>();
            foreach (var file in files)
            {
                if (files.Count > 1) rejects.File = Path.GetFileName(file.Name);
                using var bytes = FileBytes.Open(file.Content, limits, mapping);
                using var records = Records.Open(bytes, mapping, limits, Path.Combine(_store.Imports, BatchFolders.Spool));
                var mapper = map(records.Columns, aids);
                reading.Read(records, bytes, mapper, staging, stop);
                digests.Add(bytes.Digest());
            }
            reading.End();
            lines = reading.Lines;
            return digests.Count == 1 ? digests[0] : Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(string.Concat(digests))));
        }, stop);
        // The batch may be kept by now: who stops it here would be told that nothing was.
        return report with { Lines = lines, Blank = aids.Blank, Unmatched = aids.Unmatched.Tell(await KnownServices()), FreeText = aids.FreeTexts.Tell() };
    }

    /// <summary>The council's list, where the mapping has need of it.</summary>
    private async Task<PostcodeAreas> Postcodes(Mapping mapping, CancellationToken stop)
    {
        if (mapping.Postcode is null) return PostcodeAreas.None;
        await using var db = await _databases.CreateDbContextAsync(stop);
        return await PostcodeAreas.Load(db, mapping.Council.Name, stop);
    }

    /// <summary>Names that a service of the national list goes by, for suggestions.</summary>
    private async Task<IReadOnlyList<Named>> KnownServices()
    {
        if (_scopes is null) return [];
        await using var scope = _scopes.CreateAsyncScope();
        if (scope.ServiceProvider.GetService<IServiceNames>() is not { } names) return [];
        return [.. (await names.All(CancellationToken.None)).SelectMany(s => new[] { s.Label, s.CitizenLabel }.OfType<string>().Distinct().Select(l => new Named(s.Id, l)))];
    }

    /// <param name="read">Stages the rows and gives the digest of the file.</param>
    private async Task<ImportReport> Bring<TStaged>(BatchAbout about, string by, IProgress<ImportProgress>? progress, Func<TStaged> stage, Func<TStaged, RejectsFile, string> read, CancellationToken stop) where TStaged : StagedRows
    {
        var start = _clock.GetTimestamp();
        await Project(stop);
        using var rejects = new RejectsFile(_store.Imports);
        using var staging = stage();
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
        }
        // Before the rows are counted: if that fails, the batch is kept all the same, and its rejects are told nowhere else.
        var file = rejects.Keep(batch is { } number ? BatchLoad.Name(number) : digest is { Length: > 16 } ? digest[..16] : "generated");
        if (batch is not null)
        {
            progress?.Report(new(ImportProgress.Counting, imported, rejects.Count, 0, null));
            // It is kept: from here on nothing stops it.
            await Project(CancellationToken.None);
        }
        return new(batch, counts.Read, imported, duplicates, changed, counts.Rejected, flagged, file, _clock.GetElapsedTime(start).TotalSeconds);
    }

    private async Task<int> Keep(BatchAbout about, string digest, ImportCounts counts, StagedRows staging, string by, CancellationToken stop)
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
            var manifest = about.Describe(batch, digest, rowsDigest, now, counts, staging);
            StoreRoom.Check(_store.Dimensions, manifest);
            manifest.Write(folder);
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
        return subjects.Count == 0 ? 0 : subjects.Max(FactReading.BatchOf);
    }
}
