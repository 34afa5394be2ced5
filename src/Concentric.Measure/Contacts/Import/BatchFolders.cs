using System.Globalization;
using System.Runtime.InteropServices;

namespace Concentric.Measure.Contacts;

/// <summary>The folders of the batches: <c>imports/7</c> holds what batch 7 brought. It is made as <c>7.tmp</c> and renamed when all of it is on the disk.</summary>
internal sealed class BatchFolders(string imports)
{
    /// <summary>Where a file lies while it is read, if it has to.</summary>
    public const string Spool = "spool" + Unfinished;

    private const string Unfinished = ".tmp";

    public string Of(int batch) => Path.Combine(imports, BatchLoad.Name(batch));

    /// <summary>Makes an empty folder for a batch that is not finished.</summary>
    public string Begin(int batch)
    {
        var folder = Of(batch) + Unfinished;
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        return folder;
    }

    /// <summary>The folder is whole: syncs what is in it and gives it its name.</summary>
    public void Keep(int batch)
    {
        var (unfinished, finished) = (Of(batch) + Unfinished, Of(batch));
        foreach (var file in Directory.GetFiles(unfinished))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite);
            stream.Flush(flushToDisk: true);
        }
        FolderSync.Sync(unfinished);
        Directory.Move(unfinished, finished);
        FolderSync.Sync(imports);
    }

    public void Remove(int batch)
    {
        foreach (var folder in (string[])[Of(batch), Of(batch) + Unfinished])
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Removes what an import left that did not come to its fact: unfinished folders, and finished ones that no fact names. Likewise those of batches that were undone.</summary>
    /// <param name="last">The last batch that a fact names, sealed or not.</param>
    /// <returns>The names of the folders removed.</returns>
    public IReadOnlyList<string> Sweep(int last, IReadOnlySet<int> undone)
    {
        if (!Directory.Exists(imports)) return [];
        var orphans = Directory.GetDirectories(imports).Where(f => f.EndsWith(Unfinished, StringComparison.Ordinal)
            || int.TryParse(Path.GetFileName(f), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && (number > last || undone.Contains(number))).ToList();
        foreach (var orphan in orphans) Directory.Delete(orphan, recursive: true);
        return [.. orphans.Select(o => Path.GetFileName(o))];
    }
}

/// <summary>Makes the names in a folder durable, which .NET does for files only.</summary>
internal static partial class FolderSync
{
    public static void Sync(string folder)
    {
        if (!OperatingSystem.IsLinux()) return;
        var handle = Open(folder, flags: 0);
        if (handle < 0) throw new IOException($"{folder} cannot be opened to sync it (error {Marshal.GetLastPInvokeError()}).");
        try
        {
            if (Fsync(handle) != 0) throw new IOException($"{folder} cannot be synced (error {Marshal.GetLastPInvokeError()}).");
        }
        finally
        {
            _ = Close(handle);
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)] private static partial int Open(string path, int flags);
    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)] private static partial int Fsync(int handle);
    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)] private static partial int Close(int handle);
}
