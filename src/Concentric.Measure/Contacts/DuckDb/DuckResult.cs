using System.Runtime.InteropServices;
using System.Text;

namespace Concentric.Measure.Contacts.DuckDb;

/// <summary>DuckDB's types by their number in the C API.</summary>
internal enum DuckType
{
    Boolean = 1, Int8 = 2, Int16 = 3, Int32 = 4, Int64 = 5, UInt8 = 6, UInt16 = 7, UInt32 = 8, UInt64 = 9,
    Float = 10, Double = 11, Timestamp = 12, Date = 13, Int128 = 16, Text = 17, UInt128 = 32,
}

/// <summary>The rows of a statement, read a chunk (2,048 rows) at a time.</summary>
internal sealed unsafe class DuckResult : IDisposable
{
    private DuckNative.Result* _raw = (DuckNative.Result*)NativeMemory.AllocZeroed((nuint)sizeof(DuckNative.Result));
    private nint _chunk;
    private DuckType[]? _types;

    internal DuckNative.Result* Raw => _raw;

    public int Columns => (int)DuckNative.duckdb_column_count(_raw);

    public long RowsChanged => (long)DuckNative.duckdb_rows_changed(_raw);

    /// <summary>Most rows of a chunk.</summary>
    public static int MostRows { get; } = (int)DuckNative.duckdb_vector_size();

    /// <summary>Rows of the chunk that was fetched last.</summary>
    public int Rows { get; private set; }

    public string Name(int column) => DuckNative.Text(DuckNative.duckdb_column_name(_raw, (ulong)column));

    /// <summary>Fetches the next rows; false when there are no more.</summary>
    public bool NextChunk()
    {
        ObjectDisposedException.ThrowIf(_raw == null, this);
        if (_chunk != 0) DuckNative.duckdb_destroy_data_chunk(ref _chunk);
        _chunk = DuckNative.duckdb_fetch_chunk(*_raw);
        Rows = _chunk == 0 ? 0 : (int)DuckNative.duckdb_data_chunk_get_size(_chunk);
        return Rows > 0;
    }

    /// <summary>A column of the chunk; valid until the next chunk is fetched.</summary>
    public DuckColumn Column(int column)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(column, Columns);
        var vector = DuckNative.duckdb_data_chunk_get_vector(_chunk, (ulong)column);
        _types ??= [.. Enumerable.Range(0, Columns).Select(c => (DuckType)DuckNative.duckdb_column_type(_raw, (ulong)c))];
        return new(_types[column], DuckNative.duckdb_vector_get_data(vector), DuckNative.duckdb_vector_get_validity(vector), Rows);
    }

    public void Dispose()
    {
        if (_raw == null) return;
        if (_chunk != 0) DuckNative.duckdb_destroy_data_chunk(ref _chunk);
        DuckNative.duckdb_destroy_result(_raw);
        NativeMemory.Free(_raw);
        _raw = null;
    }

    internal DuckDbException Failure()
    {
        var failure = new DuckDbException(DuckNative.Text(DuckNative.duckdb_result_error(_raw)));
        Dispose();
        return failure;
    }
}

/// <summary>One column of a chunk.</summary>
internal readonly unsafe ref struct DuckColumn(DuckType type, void* data, ulong* valid, int rows)
{
    private readonly void* _data = data;
    private readonly ulong* _valid = valid;

    public int Rows => rows;

    public bool IsNull(int row) => _valid != null && (_valid[row >> 6] >> (row & 63) & 1) == 0;

    /// <summary>The values as they lie; null rows hold anything. <typeparamref name="T"/> must be as wide as the column's type.</summary>
    public ReadOnlySpan<T> Values<T>() where T : unmanaged => new(_data, rows);

    /// <summary>A whole number of any width; a timestamp in microseconds, a date in days since 1970.</summary>
    /// <exception cref="OverflowException">A sum is too large for 64 bits.</exception>
    public long Number(int row) => type switch
    {
        DuckType.Boolean or DuckType.UInt8 => ((byte*)_data)[row],
        DuckType.Int8 => ((sbyte*)_data)[row],
        DuckType.Int16 => ((short*)_data)[row],
        DuckType.UInt16 => ((ushort*)_data)[row],
        DuckType.Int32 or DuckType.Date => ((int*)_data)[row],
        DuckType.UInt32 => ((uint*)_data)[row],
        DuckType.Int64 or DuckType.Timestamp => ((long*)_data)[row],
        DuckType.UInt64 => checked((long)((ulong*)_data)[row]),
        DuckType.Int128 => checked((long)((Int128*)_data)[row]),
        DuckType.UInt128 => checked((long)((UInt128*)_data)[row]),
        _ => throw new InvalidCastException($"A column of type {type} holds no whole numbers."),
    };

    public double Real(int row) => type switch
    {
        DuckType.Float => ((float*)_data)[row],
        DuckType.Double => ((double*)_data)[row],
        DuckType.Int128 => (double)((Int128*)_data)[row],
        DuckType.UInt128 => (double)((UInt128*)_data)[row],
        _ => Number(row),
    };

    /// <summary>All values as 32-bit numbers, where there are no nulls: codes.</summary>
    /// <exception cref="OverflowException">A value has more than 32 bits.</exception>
    public void CopyTo(Span<int> to)
    {
        switch (type)
        {
            case DuckType.UInt8:
                for (var i = 0; i < to.Length; i++) to[i] = ((byte*)_data)[i];
                break;
            case DuckType.UInt16:
                for (var i = 0; i < to.Length; i++) to[i] = ((ushort*)_data)[i];
                break;
            default:
                for (var i = 0; i < to.Length; i++) to[i] = checked((int)Number(i));
                break;
        }
    }

    /// <summary>All values as binary floating point numbers, exact for whole ones up to 2^53; null is not a number.</summary>
    public void CopyTo(Span<double> to)
    {
        switch (type)
        {
            case DuckType.Int64:
                for (var i = 0; i < to.Length; i++) to[i] = ((long*)_data)[i];
                break;
            case DuckType.Int128:
                for (var i = 0; i < to.Length; i++) to[i] = Small(((Int128*)_data)[i]);
                break;
            default:
                for (var i = 0; i < to.Length; i++) to[i] = Real(i);
                break;
        }
        if (_valid == null) return;
        for (var i = 0; i < to.Length; i++)
        {
            if (IsNull(i)) to[i] = double.NaN;
        }

        // Sums come as 128 bits and nearly always fit 64, from which the way to a double is one instruction.
        static double Small(Int128 value) => value >= long.MinValue && value <= long.MaxValue ? (long)value : (double)value;
    }

    public ulong Unsigned(int row) => type == DuckType.UInt64 ? ((ulong*)_data)[row] : (ulong)Number(row);

    /// <summary>The text, or null.</summary>
    public string? Text(int row)
    {
        if (type != DuckType.Text) throw new InvalidCastException($"A column of type {type} holds no text.");
        if (IsNull(row)) return null;
        // 16 bytes a text: its length, then up to 12 bytes of it, or 4 bytes and the address of all.
        var text = (byte*)_data + 16 * row;
        var length = *(int*)text;
        return Encoding.UTF8.GetString(length <= 12 ? text + 4 : *(byte**)(text + 8), length);
    }
}
