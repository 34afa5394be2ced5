using System.Security.Cryptography;
using Concentric.Core;

namespace Concentric.Measure.Contacts.Importing;

/// <summary>A file is larger than may be sent.</summary>
internal sealed class TooLargeException(long most) : Exception($"More than {most} bytes.")
{
    public long Most { get; } = most;
}

/// <summary>Files that were given and are not imported yet: in the data folder, under a name of ours. They hold what people wrote, so each goes as soon as its import has ended.</summary>
internal sealed class KeptUploads(Settings settings)
{
    private const string Half = ".half";

    private int _dryRuns;

    private string Folder => Path.Combine(settings.Data, "uploads");

    /// <summary>Writes a file to the disk as it comes in.</summary>
    /// <returns>Its SHA-256, hexadecimal, and its length.</returns>
    /// <exception cref="TooLargeException">It is longer than allowed. Nothing is kept.</exception>
    public async Task<(string Digest, long Bytes)> Keep(Guid id, Stream file, long most, CancellationToken stop)
    {
        Directory.CreateDirectory(Folder);
        var half = PathOf(id) + Half;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long bytes = 0;
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Options = FileOptions.Asynchronous };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            await using (var to = new FileStream(half, options))
            {
                var buffer = new byte[81920];
                while (await file.ReadAsync(buffer, stop) is > 0 and var read)
                {
                    bytes += read;
                    if (bytes > most) throw new TooLargeException(most);
                    hash.AppendData(buffer.AsSpan(0, read));
                    await to.WriteAsync(buffer.AsMemory(0, read), stop);
                }
                to.Flush(flushToDisk: true);
            }
            // What is half written is never found under its id.
            File.Move(half, PathOf(id), overwrite: true);
        }
        catch
        {
            File.Delete(half);
            throw;
        }
        return (Convert.ToHexStringLower(hash.GetHashAndReset()), bytes);
    }

    /// <summary>The file of an import, or null where it is gone.</summary>
    public FileStream? Open(Guid id)
    {
        try
        {
            return new(PathOf(id), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1 << 16, FileOptions.SequentialScan);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Keeps a file under the id of another import, whose own may be gone. The two are the same.</summary>
    public void Hand(Guid from, Guid to)
    {
        if (!Has(to)) File.Move(PathOf(from), PathOf(to), overwrite: true);
    }

    /// <summary>A folder of its own for one dry run, which removes it.</summary>
    public string FolderForDryRun()
    {
        var folder = Path.Combine(Folder, $"dry-run-{Interlocked.Increment(ref _dryRuns)}");
        Directory.CreateDirectory(folder);
        return folder;
    }

    public bool Has(Guid id) => File.Exists(PathOf(id));

    public void Remove(Guid id)
    {
        if (Directory.Exists(Folder)) File.Delete(PathOf(id));
    }

    /// <summary>Removes what an upload or a dry run left that was cut short, and files of imports that are gone.</summary>
    /// <param name="before">What was written later may be on its way.</param>
    public void RemoveAllBut(IReadOnlySet<Guid> wanted, DateTimeOffset before)
    {
        if (!Directory.Exists(Folder)) return;
        foreach (var dryRun in Directory.EnumerateDirectories(Folder).Where(f => Directory.GetLastWriteTimeUtc(f) < before.UtcDateTime)) Directory.Delete(dryRun, recursive: true);
        foreach (var path in Directory.EnumerateFiles(Folder).Where(f => File.GetLastWriteTimeUtc(f) < before.UtcDateTime))
            if (!Guid.TryParse(Path.GetFileName(path), out var id) || !wanted.Contains(id)) File.Delete(path);
    }

    private string PathOf(Guid id) => Path.Combine(Folder, $"{id}");
}
