using System.Diagnostics;
using Npgsql;

namespace Concentric.Bench.Running;

/// <summary>A PostgreSQL server of one run, durable as it comes (fsync and synchronous_commit on), in a folder that goes with it.</summary>
internal sealed class ThrowawayPostgres : IAsyncDisposable
{
    private readonly string _bin;
    private readonly string _data;

    private ThrowawayPostgres(string bin, string data, int port) => (_bin, _data, Port) = (bin, data, port);

    public int Port { get; }

    /// <param name="slow">Delays each sync of the server's disk, or null.</param>
    /// <exception cref="BenchException">PostgreSQL is not installed or did not start.</exception>
    public static async Task<ThrowawayPostgres> Start(DirectoryInfo folder, SlowDisk? slow = null)
    {
        var bin = Directory.Exists("/usr/lib/postgresql")
            ? Directory.EnumerateDirectories("/usr/lib/postgresql").OrderBy(d => int.TryParse(Path.GetFileName(d), out var n) ? n : 0).Select(d => Path.Combine(d, "bin")).LastOrDefault(Directory.Exists)
            : null;
        if (bin is null) throw new BenchException("PostgreSQL is not installed. On Debian: apt-get install postgresql");

        var server = new ThrowawayPostgres(bin, Path.Combine(folder.FullName, "pg"), Installation.FreePort());
        Directory.CreateDirectory(server._data);
        if (Environment.IsPrivilegedProcess) await Run("chown", ["postgres", server._data], null);
        await server.AsPostgres([Path.Combine(bin, "initdb"), "-D", server._data, "-U", "postgres", "--auth=trust"], null);
        await server.AsPostgres([Path.Combine(bin, "pg_ctl"), "-D", server._data, "-w", "-l", Path.Combine(server._data, "log"),
            "-o", $"-p {server.Port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=", "start"], slow?.Environment);
        return server;
    }

    /// <summary>Makes an empty database and returns its connection string.</summary>
    public async Task<string> Create(string name)
    {
        await using var connection = new NpgsqlConnection(ConnectionTo("postgres") + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"CREATE DATABASE \"{name}\"", connection);
        await command.ExecuteNonQueryAsync();
        return ConnectionTo(name);
    }

    public async ValueTask DisposeAsync() =>
        await AsPostgres([Path.Combine(_bin, "pg_ctl"), "-D", _data, "-m", "immediate", "stop"], null);

    private string ConnectionTo(string database) => $"Host=127.0.0.1;Port={Port};Username=postgres;Database={database}";

    // PostgreSQL refuses to run as root.
    private Task AsPostgres(string[] command, IReadOnlyDictionary<string, string>? environment)
    {
        string[] with = environment is null ? command : ["env", .. environment.Select(e => $"{e.Key}={e.Value}"), .. command];
        return Environment.IsPrivilegedProcess ? Run("runuser", ["-u", "postgres", "--", .. with], _data) : Run(with[0], with[1..], _data);
    }

    private static async Task Run(string program, string[] arguments, string? folder)
    {
        // The server keeps what pg_ctl was given as its output, so nothing here may wait for its end.
        var start = new ProcessStartInfo("sh", ["-c", "exec \"$0\" \"$@\" >/dev/null 2>&1", program, .. arguments]) { WorkingDirectory = folder ?? "/" };
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new BenchException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}");
    }
}
