using System.Collections.Concurrent;
using Concentric.Measure.Contacts.DuckDb;

namespace Concentric.Measure.Contacts;

/// <summary>The contact store in one DuckDB file, <c>contacts.duckdb</c> in the data folder, which this process alone has open.</summary>
/// <remarks>Readers have a connection each from a small pool and see what was committed when they began; one writer at a time stands behind a gate.</remarks>
public sealed partial class DuckContactStore : IContactStore, IAsyncDisposable
{
    /// <summary>Connections at once: the two that analyse, and room for the quick looks of the projector and of the pages' own.</summary>
    private const int MostReaders = 4;

    /// <summary>Cube queries at once. More would only share the same processors, and every one of them would be late; who comes next waits, in turn, and may give up.</summary>
    internal const int MostAnalyses = 2;

    /// <summary>Single facts change the sizes little, and the sizes change times and never answers.</summary>
    private const int SmallWritesBetweenSizes = 100;

    private readonly ContactStoreOptions _options;
    private readonly SemaphoreSlim _readers = new(MostReaders, MostReaders);
    private readonly SemaphoreSlim _analysts = new(MostAnalyses, MostAnalyses);
    private readonly SemaphoreSlim _writer = new(1, 1);
    private readonly ConcurrentBag<Reader> _idle = [];
    private readonly FileStream _lock;
    private DuckDatabase _database;
    private DuckConnection _connection;
    private Codebook _codes;
    private CubeSizes _sizes;
    private long _smallWrites;
    private int _stagings;
    private bool _closed;

    private DuckContactStore(ContactStoreOptions options)
    {
        _options = options;
        _lock = Lock(options);
        try
        {
            (_database, _connection, SetAside) = OpenFile(options);
        }
        catch
        {
            _lock.Dispose();
            throw;
        }
        (_codes, Dimensions, _sizes) = ReadState(_connection);
    }

    public ContactDimensions Dimensions { get; private set; }

    /// <summary>Where a file of another layout was put when this one was opened in its place, empty; null where there was none. What it held is built again from journal and batches.</summary>
    public string? SetAside { get; private set; }

    /// <summary>Folder of the batches, the only one beside its own file that the store reads and writes.</summary>
    public string Imports => _options.Imports;

    /// <summary>Opens the file, or makes it.</summary>
    /// <exception cref="ContactStoreException">Another process has it open, or it cannot be read; the message says what to do.</exception>
    public static DuckContactStore Open(ContactStoreOptions options) => new(options);

    public async Task<CubeResult> Query(CubeQuery query, CancellationToken stop = default)
    {
        query.Check();
        return await Analyse(reader => CubeQuantiles.AreIn(query) && _sizes.Rows(query) > _options.ExactQuantileRows
            ? CubeQuantiles.FromSteps(query, part => Run(reader, part, stop))
            : Run(reader, query, stop), stop);
    }

    /// <summary>Runs a reading that may take long: at most <see cref="MostAnalyses"/> at once, the others wait. One that is stopped while it waits never runs.</summary>
    internal async Task<T> Analyse<T>(Func<Reader, T> work, CancellationToken stop)
    {
        await _analysts.WaitAsync(stop);
        try
        {
            return await Read(work, stop);
        }
        finally
        {
            _analysts.Release();
        }
    }

    private CubeResult Run(Reader reader, CubeQuery query, CancellationToken stop)
    {
        var sql = SqlWriter.For(query, SqlDialect.DuckDb);
        reader.UsePerfectHash(_sizes.PerfectHashBits(query));
        using var rows = reader.Connection.Query(sql.Sql, stop);
        return CubeReader.Read(query, sql, rows);
    }

    public async ValueTask DisposeAsync()
    {
        if (_closed) return;
        await Quiet();
        _closed = true;
        CloseFile();
        await _lock.DisposeAsync();
        Resume();
    }

    /// <summary>Runs a reading on a connection of its own, off the caller's thread.</summary>
    internal async Task<T> Read<T>(Func<Reader, T> work, CancellationToken stop)
    {
        await _readers.WaitAsync(stop);
        try
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            return await Task.Run(() =>
            {
                if (!_idle.TryTake(out var reader)) reader = new(_database.Connect());
                try { return work(reader); }
                finally { _idle.Add(reader); }
            }, stop);
        }
        finally
        {
            _readers.Release();
        }
    }

    /// <summary>Runs a change in a transaction, one at a time, and then renews what is known of the codes.</summary>
    /// <param name="isLarge">Whether so much may change that the sizes of the tables, which cost a look at every row, are looked at anew.</param>
    internal async Task<T> Write<T>(Func<DuckConnection, T> work, CancellationToken stop, bool isLarge = true)
    {
        await _writer.WaitAsync(stop);
        try
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            return await Task.Run(() =>
            {
                try
                {
                    var result = _connection.InTransaction(() => work(_connection));
                    Dimensions = _codes.Snapshot();
                    if (isLarge || ++_smallWrites % SmallWritesBetweenSizes == 0) _sizes = CubeSizes.Read(_connection);
                    return result;
                }
                catch
                {
                    // Codes given in the transaction were not kept.
                    _codes = Codebook.Load(_connection);
                    throw;
                }
            }, stop);
        }
        finally
        {
            _writer.Release();
        }
    }

    /// <summary>A connection of its own for an import, whose temporary tables must not hold up the writer. While it is open the file is not replaced.</summary>
    internal DuckConnection BeginStaging()
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        Interlocked.Increment(ref _stagings);
        return _database.Connect();
    }

    internal void EndStaging(DuckConnection connection)
    {
        connection.Dispose();
        Interlocked.Decrement(ref _stagings);
    }

    private const int MostTries = 10;
    private static readonly TimeSpan TriesApart = TimeSpan.FromMilliseconds(100);

    /// <remarks>DuckDB keeps other processes out, but not a second opening by the same one, which would ruin the file.</remarks>
    private static FileStream Lock(ContactStoreOptions options)
    {
        Directory.CreateDirectory(options.Imports);
        Directory.CreateDirectory(options.Spill);
        for (var tries = 1; ; tries++)
        {
            try
            {
                return new(options.File + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (tries < MostTries)
            {
                // A program that is just ending, or one that it has just begun and that still holds its files, lets go within a moment.
                Thread.Sleep(TriesApart);
            }
            catch (IOException e)
            {
                throw Taken(options, e);
            }
        }
    }

    private static ContactStoreException Taken(ContactStoreOptions options, Exception e) =>
        new($"The contact store {options.File} is open already: most likely the program is running. Stop it first, or give the command while it runs, which then hands the work to it.", e);

    /// <remarks>The file is derived: one of another layout, older or newer, is put aside and an empty one is made, which the projector fills from the first fact on.</remarks>
    private static (DuckDatabase, DuckConnection, string? SetAside) OpenFile(ContactStoreOptions options)
    {
        var database = OpenDatabase(options);
        try
        {
            database.ShutIn(options.Imports);
            var connection = database.Connect();
            if (connection.Number("SELECT count(*) FROM information_schema.tables WHERE table_name = 'layout'") == 0)
                connection.InTransaction(() => connection.Execute(StoreTables.Create + $"INSERT INTO layout VALUES ({StoreTables.Version})"));
            var version = connection.Number("SELECT version FROM layout");
            if (version == StoreTables.Version) return (database, connection, null);
            connection.Dispose();
            database.Dispose();
            var aside = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{options.File}.layout-{version}");
            File.Move(options.File, aside, overwrite: true);
            File.Delete(options.File + ".wal");
            var (anew, first, _) = OpenFile(options);
            return (anew, first, aside);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>What was put aside has been built again and can go: it may hold what was erased since.</summary>
    internal void RemoveSetAside()
    {
        if (SetAside is { } aside) File.Delete(aside);
        SetAside = null;
    }

    private static DuckDatabase OpenDatabase(ContactStoreOptions options)
    {
        try
        {
            return new(options.File, new Dictionary<string, string>
            {
                ["memory_limit"] = options.Memory,
                ["threads"] = options.Threads.ToString(System.Globalization.CultureInfo.InvariantCulture),
                ["temp_directory"] = options.Spill,
                ["autoinstall_known_extensions"] = "false",
                ["autoload_known_extensions"] = "false",
                // Rows lie as they were put in: that is what makes a query on one year or service read little.
                ["preserve_insertion_order"] = "true",
            });
        }
        catch (DuckDbException e) when (e.IsLocked)
        {
            throw Taken(options, e);
        }
        catch (DuckDbException e)
        {
            throw new ContactStoreException($"The contact store {options.File} cannot be opened. It holds nothing that is not kept elsewhere: it can be removed, and is built again from the journal and the imports. DuckDB says: {e.Message}", e);
        }
    }

    private static (Codebook, ContactDimensions, CubeSizes) ReadState(DuckConnection connection)
    {
        var codes = Codebook.Load(connection);
        return (codes, codes.Snapshot(), CubeSizes.Read(connection));
    }

    /// <summary>Waits until nobody reads or writes, and keeps it so until <see cref="Resume"/>.</summary>
    private async Task Quiet()
    {
        await _writer.WaitAsync();
        for (var i = 0; i < MostReaders; i++) await _readers.WaitAsync();
    }

    private void Resume()
    {
        _readers.Release(MostReaders);
        _writer.Release();
    }

    private void CloseFile()
    {
        while (_idle.TryTake(out var reader)) reader.Connection.Dispose();
        _connection.Dispose();
        _database.Dispose();
    }

    /// <summary>A connection of the pool and how its one knob stands.</summary>
    internal sealed class Reader(DuckConnection connection)
    {
        private int _perfectHashBits = CubeSizes.UsualPerfectHashBits;

        public DuckConnection Connection { get; } = connection;

        public void UsePerfectHash(int bits)
        {
            if (bits == _perfectHashBits) return;
            Connection.Execute($"SET perfect_ht_threshold = {bits}");
            _perfectHashBits = bits;
        }
    }
}
