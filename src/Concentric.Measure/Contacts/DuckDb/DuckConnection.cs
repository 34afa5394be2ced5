using System.Text;

namespace Concentric.Measure.Contacts.DuckDb;

/// <summary>One connection, for one thread at a time. Several may read and one may write beside each other.</summary>
internal sealed unsafe class DuckConnection : IDisposable
{
    private nint _handle;

    internal DuckConnection(nint handle) => _handle = handle;

    /// <summary>Runs a statement and gives its rows. Arguments are bound to <c>?</c> or <c>$1</c>: numbers, texts, booleans, <see cref="DateTime"/> (UTC) or null.</summary>
    /// <exception cref="DuckDbException">The statement failed.</exception>
    /// <exception cref="OperationCanceledException">It was interrupted by <paramref name="stop"/>; the connection can be used again.</exception>
    public DuckResult Query(string sql, CancellationToken stop, params ReadOnlySpan<object?> arguments)
    {
        ObjectDisposedException.ThrowIf(_handle == 0, this);
        stop.ThrowIfCancellationRequested();
        using var interrupt = stop.CanBeCanceled ? new Interruption(this, stop) : null;
        try
        {
            return arguments.Length == 0 ? RunAll(sql) : RunPrepared(sql, arguments);
        }
        catch (DuckDbException e) when (e.IsInterrupt && stop.IsCancellationRequested)
        {
            throw new OperationCanceledException(stop);
        }
    }

    public DuckResult Query(string sql, params ReadOnlySpan<object?> arguments) => Query(sql, CancellationToken.None, arguments);

    /// <summary>Runs a statement, or several parted by semicolons where there are no arguments, and returns how many rows it changed.</summary>
    public long Execute(string sql, CancellationToken stop, params ReadOnlySpan<object?> arguments)
    {
        using var result = Query(sql, stop, arguments);
        return result.RowsChanged;
    }

    public long Execute(string sql, params ReadOnlySpan<object?> arguments) => Execute(sql, CancellationToken.None, arguments);

    /// <summary>The one whole number that the statement gives; 0 where it is null or there is no row.</summary>
    public long Number(string sql, params ReadOnlySpan<object?> arguments)
    {
        using var result = Query(sql, arguments);
        return result.NextChunk() && !result.Column(0).IsNull(0) ? result.Column(0).Number(0) : 0;
    }

    /// <summary>Does the work in a transaction: all of it is kept, or nothing.</summary>
    public T InTransaction<T>(Func<T> work)
    {
        Execute("BEGIN TRANSACTION");
        T result;
        try
        {
            result = work();
            Execute("COMMIT");
        }
        catch
        {
            // A failed commit has rolled back by itself.
            try { Execute("ROLLBACK"); }
            catch (DuckDbException) { /* nothing is open */ }
            throw;
        }
        return result;
    }

    /// <summary>Fills a table of this database, or a temporary one of this connection, a chunk at a time.</summary>
    public DuckAppender Append(string table, bool temporary = false)
    {
        ObjectDisposedException.ThrowIf(_handle == 0, this);
        return new(_handle, temporary ? "temp" : null, table);
    }

    /// <summary>Stops what runs on this connection; safe from another thread.</summary>
    public void Interrupt()
    {
        if (_handle != 0) DuckNative.duckdb_interrupt(_handle);
    }

    public void Dispose()
    {
        if (_handle != 0) DuckNative.duckdb_disconnect(ref _handle);
    }

    /// <summary>Interrupts a statement once it is asked to stop, and again until it has: DuckDB forgets an interruption that came a moment before the statement began.</summary>
    private sealed class Interruption : IDisposable
    {
        private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(20);

        private readonly Lock _lock = new();
        private readonly DuckConnection _connection;
        private readonly CancellationTokenRegistration _registration;
        private Timer? _timer;
        private bool _over;

        public Interruption(DuckConnection connection, CancellationToken stop)
        {
            _connection = connection;
            _registration = stop.Register(Begin);
        }

        public void Dispose()
        {
            _registration.Dispose();
            // Behind the lock, so that no interruption reaches whoever uses the connection next.
            lock (_lock) _over = true;
            _timer?.Dispose();
        }

        private void Begin()
        {
            lock (_lock)
            {
                if (!_over) _timer = new(_ => Once(), null, TimeSpan.Zero, Again);
            }
        }

        private void Once()
        {
            lock (_lock)
            {
                if (!_over) _connection.Interrupt();
            }
        }
    }

    private DuckResult RunAll(string sql)
    {
        var result = new DuckResult();
        return DuckNative.duckdb_query(_handle, sql, result.Raw) == 0 ? result : throw result.Failure();
    }

    private DuckResult RunPrepared(string sql, ReadOnlySpan<object?> arguments)
    {
        var prepared = DuckNative.duckdb_prepare(_handle, sql, out var statement);
        try
        {
            if (prepared != 0) throw new DuckDbException(DuckNative.Text(DuckNative.duckdb_prepare_error(statement)));
            for (var i = 0; i < arguments.Length; i++) Bind(statement, (ulong)i + 1, arguments[i]);
            var result = new DuckResult();
            return DuckNative.duckdb_execute_prepared(statement, result.Raw) == 0 ? result : throw result.Failure();
        }
        finally
        {
            DuckNative.duckdb_destroy_prepare(ref statement);
        }
    }

    private static void Bind(nint statement, ulong index, object? value)
    {
        var refused = value switch
        {
            null => DuckNative.duckdb_bind_null(statement, index),
            bool b => DuckNative.duckdb_bind_boolean(statement, index, b),
            ulong u => DuckNative.duckdb_bind_uint64(statement, index, u),
            double d => DuckNative.duckdb_bind_double(statement, index, d),
            DateTime t => DuckNative.duckdb_bind_timestamp(statement, index, (t.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond),
            string s => BindText(statement, index, s),
            byte or sbyte or short or ushort or int or uint or long => DuckNative.duckdb_bind_int64(statement, index, Convert.ToInt64(value, null)),
            _ => throw new ArgumentException($"A {value.GetType().Name} cannot be an argument.", nameof(value)),
        };
        if (refused != 0) throw new DuckDbException($"Argument {index} was not taken: {DuckNative.Text(DuckNative.duckdb_prepare_error(statement))}");
    }

    private static int BindText(nint statement, ulong index, string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        // An empty array has no address to pin, and a null pointer would bind nothing.
        if (utf8.Length == 0) utf8 = [0];
        fixed (byte* start = utf8) return DuckNative.duckdb_bind_varchar_length(statement, index, start, text.Length == 0 ? 0 : (ulong)utf8.Length);
    }
}
