using System.Collections.Concurrent;
using Concentric.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Measure.Contacts.Importing;

/// <summary>A file that is in the contact store already.</summary>
/// <param name="Counts">What became of its rows then.</param>
public sealed record KeptBatch(int Batch, string Mapping, string FileName, string Digest, DateTimeOffset At, ImportCounts? Counts = null);

/// <summary>Knows a file by its content, whatever it is called and however it came in: from the manifests of the batches, and from imports in which nothing was new.</summary>
internal sealed class KnownFiles(DuckContactStore store, IDbContextFactory<ConcentricDb> databases)
{
    private readonly ConcurrentDictionary<int, KeptBatch?> _read = new();

    /// <summary>The batches whose folders are there.</summary>
    public IReadOnlyList<KeptBatch> Kept()
    {
        if (!Directory.Exists(store.Imports)) return [];
        var numbers = Directory.EnumerateDirectories(store.Imports).Select(Path.GetFileName)
            .Select(n => int.TryParse(n, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : 0).Where(n => n > 0);
        return [.. numbers.Order().Select(n => _read.GetOrAdd(n, Read)).OfType<KeptBatch>()];
    }

    /// <summary>The last batch that the same file became and that is counted still; null where it has not come in.</summary>
    public KeptBatch? Find(string digest)
    {
        var counted = store.Dimensions.Batches.Where(b => b.UndoneAt is null).Select(b => b.Number).ToHashSet();
        return Kept().LastOrDefault(b => b.Digest == digest && counted.Contains(b.Batch));
    }

    /// <summary>An import of the same file that has ended well or is under way, other than one.</summary>
    public async Task<FileImport?> Another(FileImport given, CancellationToken stop = default)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        return await db.Imports.AsNoTracking().Where(i => i.Digest == given.Digest && i.Id != given.Id && (i.State == ImportState.Waiting || i.State == ImportState.Running))
            .OrderByDescending(i => i.At).FirstOrDefaultAsync(stop);
    }

    private KeptBatch? Read(int batch)
    {
        try
        {
            var manifest = Manifest.Read(Path.Combine(store.Imports, BatchLoad.Name(batch)));
            return new(batch, manifest.Mapping, manifest.FileName, manifest.FileDigest, manifest.At, manifest.Counts);
        }
        catch (ContactStoreException)
        {
            return null;
        }
    }
}
