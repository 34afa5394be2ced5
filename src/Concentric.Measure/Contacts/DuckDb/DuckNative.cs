using System.Runtime.InteropServices;

namespace Concentric.Measure.Contacts.DuckDb;

/// <summary>The functions of DuckDB's C API that are used, and no others. Handles are pointers, text is UTF-8, 0 is success.</summary>
/// <remarks>The library comes from npm and lies beside the program (docs/gotchas.md says why not the NuGet binding).</remarks>
internal static unsafe partial class DuckNative
{
    private const string Library = "duckdb";

    static DuckNative() => NativeLibrary.SetDllImportResolver(typeof(DuckNative).Assembly, (name, _, _) =>
        name == Library ? NativeLibrary.Load(Path.Combine(AppContext.BaseDirectory, FileName)) : 0);

    private static string FileName => OperatingSystem.IsWindows() ? "duckdb.dll" : OperatingSystem.IsMacOS() ? "libduckdb.dylib" : "libduckdb.so";

    /// <summary>A result as the library lays it out; read through functions only.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Result
    {
        private readonly nint _columns, _rows, _changed, _data, _error, _internal;
    }

    public static string Text(byte* utf8) => Marshal.PtrToStringUTF8((nint)utf8) ?? "";

    // Database and connection
    [LibraryImport(Library)] public static partial byte* duckdb_library_version();
    [LibraryImport(Library)] public static partial int duckdb_create_config(out nint config);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] public static partial int duckdb_set_config(nint config, string name, string value);
    [LibraryImport(Library)] public static partial void duckdb_destroy_config(ref nint config);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] public static partial int duckdb_open_ext(string? path, out nint database, nint config, out byte* error);
    [LibraryImport(Library)] public static partial void duckdb_close(ref nint database);
    [LibraryImport(Library)] public static partial int duckdb_connect(nint database, out nint connection);
    [LibraryImport(Library)] public static partial void duckdb_disconnect(ref nint connection);
    [LibraryImport(Library)] public static partial void duckdb_interrupt(nint connection);
    [LibraryImport(Library)] public static partial void duckdb_free(void* memory);

    // Statements
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] public static partial int duckdb_query(nint connection, string sql, Result* result);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] public static partial int duckdb_prepare(nint connection, string sql, out nint statement);
    [LibraryImport(Library)] public static partial byte* duckdb_prepare_error(nint statement);
    [LibraryImport(Library)] public static partial void duckdb_destroy_prepare(ref nint statement);
    [LibraryImport(Library)] public static partial int duckdb_execute_prepared(nint statement, Result* result);
    [LibraryImport(Library)] public static partial int duckdb_bind_null(nint statement, ulong index);
    [LibraryImport(Library)] public static partial int duckdb_bind_boolean(nint statement, ulong index, [MarshalAs(UnmanagedType.U1)] bool value);
    [LibraryImport(Library)] public static partial int duckdb_bind_int64(nint statement, ulong index, long value);
    [LibraryImport(Library)] public static partial int duckdb_bind_uint64(nint statement, ulong index, ulong value);
    [LibraryImport(Library)] public static partial int duckdb_bind_double(nint statement, ulong index, double value);
    [LibraryImport(Library)] public static partial int duckdb_bind_timestamp(nint statement, ulong index, long micros);
    [LibraryImport(Library)] public static partial int duckdb_bind_varchar_length(nint statement, ulong index, byte* utf8, ulong length);

    // Results
    [LibraryImport(Library)] public static partial void duckdb_destroy_result(Result* result);
    [LibraryImport(Library)] public static partial byte* duckdb_result_error(Result* result);
    [LibraryImport(Library)] public static partial ulong duckdb_column_count(Result* result);
    [LibraryImport(Library)] public static partial ulong duckdb_rows_changed(Result* result);
    [LibraryImport(Library)] public static partial byte* duckdb_column_name(Result* result, ulong column);
    [LibraryImport(Library)] public static partial int duckdb_column_type(Result* result, ulong column);
    [LibraryImport(Library)] public static partial nint duckdb_fetch_chunk(Result result);

    // Chunks and vectors
    [LibraryImport(Library)] public static partial ulong duckdb_vector_size();
    [LibraryImport(Library)] public static partial nint duckdb_create_data_chunk(nint* types, ulong columns);
    [LibraryImport(Library)] public static partial void duckdb_destroy_data_chunk(ref nint chunk);
    [LibraryImport(Library)] public static partial ulong duckdb_data_chunk_get_size(nint chunk);
    [LibraryImport(Library)] public static partial void duckdb_data_chunk_set_size(nint chunk, ulong rows);
    [LibraryImport(Library)] public static partial void duckdb_data_chunk_reset(nint chunk);
    [LibraryImport(Library)] public static partial nint duckdb_data_chunk_get_vector(nint chunk, ulong column);
    [LibraryImport(Library)] public static partial void* duckdb_vector_get_data(nint vector);
    [LibraryImport(Library)] public static partial ulong* duckdb_vector_get_validity(nint vector);
    [LibraryImport(Library)] public static partial void duckdb_vector_ensure_validity_writable(nint vector);
    [LibraryImport(Library)] public static partial void duckdb_vector_assign_string_element_len(nint vector, ulong row, byte* utf8, ulong length);

    // Appender
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] public static partial int duckdb_appender_create_ext(nint connection, string? catalog, string? schema, string table, out nint appender);
    [LibraryImport(Library)] public static partial byte* duckdb_appender_error(nint appender);
    [LibraryImport(Library)] public static partial ulong duckdb_appender_column_count(nint appender);
    [LibraryImport(Library)] public static partial nint duckdb_appender_column_type(nint appender, ulong column);
    [LibraryImport(Library)] public static partial void duckdb_destroy_logical_type(ref nint type);
    [LibraryImport(Library)] public static partial int duckdb_get_type_id(nint type);
    [LibraryImport(Library)] public static partial int duckdb_append_data_chunk(nint appender, nint chunk);
    [LibraryImport(Library)] public static partial int duckdb_appender_flush(nint appender);
    [LibraryImport(Library)] public static partial int duckdb_appender_destroy(ref nint appender);
}
