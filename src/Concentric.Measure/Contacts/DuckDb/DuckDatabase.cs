namespace Concentric.Measure.Contacts.DuckDb;

/// <summary>An open database file, or one in memory. One process at a time may have a file open.</summary>
internal sealed unsafe class DuckDatabase : IDisposable
{
    private nint _handle;

    /// <param name="path">The file, made if it is not there; null for a database in memory.</param>
    /// <param name="settings">DuckDB's settings by name, as <c>memory_limit</c>.</param>
    /// <exception cref="DuckDbException">The file cannot be opened or a setting is not one.</exception>
    public DuckDatabase(string? path, IReadOnlyDictionary<string, string> settings)
    {
        if (DuckNative.duckdb_create_config(out var config) != 0) throw new DuckDbException("No memory for the settings.");
        try
        {
            foreach (var (name, value) in settings)
            {
                if (DuckNative.duckdb_set_config(config, name, value) != 0) throw new DuckDbException($"DuckDB does not take the setting {name} = {value}.");
            }
            if (DuckNative.duckdb_open_ext(path, out _handle, config, out var error) == 0) return;
            var message = DuckNative.Text(error);
            DuckNative.duckdb_free(error);
            throw new DuckDbException(message);
        }
        finally
        {
            DuckNative.duckdb_destroy_config(ref config);
        }
    }

    public static string Version => DuckNative.Text(DuckNative.duckdb_library_version());

    public DuckConnection Connect()
    {
        ObjectDisposedException.ThrowIf(_handle == 0, this);
        return DuckNative.duckdb_connect(_handle, out var connection) == 0 ? new(connection) : throw new DuckDbException("DuckDB gave no connection.");
    }

    /// <summary>Shuts SQL off from every file and address but the database's own and those in that folder. It cannot be opened again.</summary>
    /// <remarks>By SQL after opening, because the list of folders is not taken as a setting at opening.</remarks>
    public void ShutIn(string folder)
    {
        using var connection = Connect();
        connection.Execute($"SET GLOBAL allowed_directories = [{Quote(folder.TrimEnd('/') + "/")}]; SET GLOBAL enable_external_access = false");
    }

    /// <summary>A text as SQL writes it, for the few places that take no arguments (paths of COPY and of settings).</summary>
    public static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>Closes the file once its last connection is closed too.</summary>
    public void Dispose()
    {
        if (_handle != 0) DuckNative.duckdb_close(ref _handle);
    }
}
