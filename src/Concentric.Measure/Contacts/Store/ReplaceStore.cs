namespace Concentric.Measure.Contacts;

public sealed partial class DuckContactStore
{
    /// <summary>Where a store is built anew beside this one, from the same batches.</summary>
    internal ContactStoreOptions BesideOptions() => _options with { File = _options.File + ".new", Spill = _options.Spill + ".new" };

    /// <summary>Removes a store's file and what lies about it.</summary>
    internal static void Remove(ContactStoreOptions options)
    {
        foreach (var file in (string[])[options.File, options.File + ".wal", options.File + ".lock"]) File.Delete(file);
        if (Directory.Exists(options.Spill)) Directory.Delete(options.Spill, recursive: true);
    }

    /// <summary>Takes another file, which nobody has open, in place of this one. Queries wait meanwhile.</summary>
    internal async Task Replace(ContactStoreOptions with)
    {
        await Quiet();
        try
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            RefuseWhileStaging();
            CloseFile();
            // Closing writes what the log holds into the file, so a log that is left is empty of use.
            File.Delete(_options.File + ".wal");
            File.Move(with.File, _options.File, overwrite: true);
            FolderSync.Sync(Path.GetDirectoryName(_options.File)!);
            Remove(with);
            (_database, _connection, _) = OpenFile(_options);
            (_codes, Dimensions, _sizes) = ReadState(_connection);
            _statistics = null;
        }
        finally
        {
            Resume();
        }
    }

    /// <summary>An import has a connection of its own to the file.</summary>
    /// <exception cref="Core.RefusedException">It is open.</exception>
    internal void RefuseWhileStaging()
    {
        if (Volatile.Read(ref _stagings) > 0) throw new Core.RefusedException("An import is running. Build the contact store anew when it has ended.");
    }
}
