using System.Runtime.CompilerServices;
using System.Text;

namespace Concentric.Measure.Contacts.DuckDb;

/// <summary>Fills a table row by row, handing over a chunk of 2,048 rows at a time. What is not set in a row is what the row before left: set every column.</summary>
/// <remarks>Inside a transaction the rows are part of it. <see cref="Complete"/> ends the work; disposing without it drops what has not been handed over.</remarks>
internal sealed unsafe class DuckAppender : IDisposable
{
    private readonly int _chunkRows = (int)DuckNative.duckdb_vector_size();
    private readonly nint[] _vectors;
    private readonly nint[] _data;
    private readonly nint[] _valid;
    private readonly int[] _widths;
    private nint _handle;
    private nint _chunk;
    private int _row;

    internal DuckAppender(nint connection, string? catalog, string table)
    {
        if (DuckNative.duckdb_appender_create_ext(connection, catalog, null, table, out _handle) != 0) throw FailureThenDispose();
        var columns = (int)DuckNative.duckdb_appender_column_count(_handle);
        (_vectors, _data, _valid, _widths) = (new nint[columns], new nint[columns], new nint[columns], new int[columns]);
        var types = stackalloc nint[columns];
        for (var c = 0; c < columns; c++)
        {
            types[c] = DuckNative.duckdb_appender_column_type(_handle, (ulong)c);
            _widths[c] = WidthOf((DuckType)DuckNative.duckdb_get_type_id(types[c]));
        }
        _chunk = DuckNative.duckdb_create_data_chunk(types, (ulong)columns);
        for (var c = 0; c < columns; c++) DuckNative.duckdb_destroy_logical_type(ref types[c]);
        Point();
    }

    /// <summary>Rows finished since the start.</summary>
    public long Rows { get; private set; }

    /// <summary>Sets a value of the current row. <typeparamref name="T"/> is exactly as wide as the column.</summary>
    /// <exception cref="InvalidCastException">It is not: writing it would go over the neighbour.</exception>
    public void Set<T>(int column, T value) where T : unmanaged
    {
        if (sizeof(T) != _widths[column]) throw new InvalidCastException($"Column {column} is {_widths[column]} bytes wide, {typeof(T).Name} is {sizeof(T)}.");
        Unsafe.Add(ref Unsafe.AsRef<T>((void*)_data[column]), _row) = value;
    }

    public void SetOrNull<T>(int column, T? value) where T : unmanaged
    {
        if (value is { } known) Set(column, known);
        else SetNull(column);
    }

    public void SetNull(int column)
    {
        if (_valid[column] == 0)
        {
            DuckNative.duckdb_vector_ensure_validity_writable(_vectors[column]);
            _valid[column] = (nint)DuckNative.duckdb_vector_get_validity(_vectors[column]);
        }
        ((ulong*)_valid[column])[_row >> 6] &= ~(1UL << (_row & 63));
    }

    public void SetText(int column, string? text)
    {
        if (_widths[column] != 16) throw new InvalidCastException($"Column {column} holds no text.");
        if (text is null)
        {
            SetNull(column);
            return;
        }
        var utf8 = Encoding.UTF8.GetBytes(text);
        fixed (byte* start = utf8) DuckNative.duckdb_vector_assign_string_element_len(_vectors[column], (ulong)_row, start, (ulong)utf8.Length);
    }

    /// <summary>Ends the current row.</summary>
    public void Next()
    {
        Rows++;
        if (++_row == _chunkRows) HandOver();
    }

    /// <summary>Hands over what is left; the rows are in the table when this returns.</summary>
    public void Complete()
    {
        if (_row > 0) HandOver();
        if (DuckNative.duckdb_appender_flush(_handle) != 0) throw Failure();
    }

    public void Dispose()
    {
        if (_chunk != 0) DuckNative.duckdb_destroy_data_chunk(ref _chunk);
        if (_handle != 0) _ = DuckNative.duckdb_appender_destroy(ref _handle);
    }

    private void HandOver()
    {
        DuckNative.duckdb_data_chunk_set_size(_chunk, (ulong)_row);
        if (DuckNative.duckdb_append_data_chunk(_handle, _chunk) != 0) throw Failure();
        DuckNative.duckdb_data_chunk_reset(_chunk);
        _row = 0;
        Point();
    }

    private void Point()
    {
        for (var c = 0; c < _vectors.Length; c++)
        {
            _vectors[c] = DuckNative.duckdb_data_chunk_get_vector(_chunk, (ulong)c);
            _valid[c] = 0;
            _data[c] = (nint)DuckNative.duckdb_vector_get_data(_vectors[c]);
        }
    }

    private static int WidthOf(DuckType type) => type switch
    {
        DuckType.Boolean or DuckType.Int8 or DuckType.UInt8 => 1,
        DuckType.Int16 or DuckType.UInt16 => 2,
        DuckType.Int32 or DuckType.UInt32 or DuckType.Float or DuckType.Date => 4,
        DuckType.Int64 or DuckType.UInt64 or DuckType.Double or DuckType.Timestamp => 8,
        DuckType.Int128 or DuckType.UInt128 or DuckType.Text => 16,
        _ => throw new NotSupportedException($"Columns of type {type} are not filled here."),
    };

    private DuckDbException Failure() => new(DuckNative.Text(DuckNative.duckdb_appender_error(_handle)));

    private DuckDbException FailureThenDispose()
    {
        var failure = Failure();
        Dispose();
        return failure;
    }
}
