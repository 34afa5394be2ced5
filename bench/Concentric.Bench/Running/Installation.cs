using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Concentric.Bench.Load;

namespace Concentric.Bench.Running;

/// <summary>The real program as a process of its own, over a data folder, a database and a port of its own.</summary>
internal sealed class Installation : IDisposable
{
    private readonly DirectoryInfo _folder;
    private readonly Dictionary<string, string> _environment;
    private Process? _process;

    /// <param name="folder">Holds the data folder and the program's log.</param>
    /// <param name="database">A connection string, or null for the SQLite file that the program makes in its data folder.</param>
    /// <param name="environment">More environment variables for the process, as for a preloaded library.</param>
    public Installation(DirectoryInfo folder, string? database = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        _folder = folder;
        Data = Path.Combine(folder.FullName, "data");
        Directory.CreateDirectory(Data);
        Port = FreePort();
        IsPostgres = database is not null;
        Database = database ?? $"Data Source={Path.Combine(Data, "concentric.db")}";
        _environment = new(environment ?? new Dictionary<string, string>())
        {
            ["CONCENTRIC_DATA"] = Data,
            ["CONCENTRIC_DATABASE"] = Database,
            ["CONCENTRIC_URLS"] = $"http://127.0.0.1:{Port}",
            // As a council runs it, unless the caller says otherwise.
            ["ASPNETCORE_ENVIRONMENT"] = environment?.GetValueOrDefault("ASPNETCORE_ENVIRONMENT") ?? "Production",
        };
    }

    /// <summary>The program beside this one, as it was built with it.</summary>
    public static string Dll { get; } = Path.Combine(AppContext.BaseDirectory, "Concentric.dll");

    public string Data { get; }
    public string Database { get; }
    public bool IsPostgres { get; }
    public int Port { get; }
    public int ProcessId => _process?.Id ?? throw new InvalidOperationException("The program is not running.");
    public string Log => Path.Combine(_folder.FullName, "program.log");

    /// <summary>Runs one command of the program to its end.</summary>
    /// <exception cref="BenchException">It did not end with 0.</exception>
    public async Task<string> Run(params string[] arguments)
    {
        var (code, output) = await Try(arguments);
        return code == 0 ? output : throw new BenchException($"concentric {string.Join(' ', arguments)} ended with {code}:\n{output}");
    }

    /// <summary>Runs one command and returns its exit code with all that it wrote.</summary>
    public async Task<(int Code, string Output)> Try(params string[] arguments)
    {
        using var process = Command(arguments);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await error);
    }

    /// <summary>Starts a command and returns its process, for the caller to end.</summary>
    public Process Command(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Dll, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in _environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>Starts the server and waits until it answers 200. Returns how long that took from the start of its process.</summary>
    /// <exception cref="BenchException">It ended, or did not answer in a minute.</exception>
    public async Task<TimeSpan> Start(string path = "/enquiries/new", params string[] arguments)
    {
        var began = Stopwatch.GetTimestamp();
        // Through a shell, so that what it writes goes to a file and not through this process; exec keeps the process id.
        var start = new ProcessStartInfo("sh", ["-c", "exec dotnet \"$0\" serve \"$@\" >>\"$CONCENTRIC_LOG\" 2>&1", Dll, .. arguments]);
        foreach (var (name, value) in _environment) start.Environment[name] = value;
        start.Environment["CONCENTRIC_LOG"] = Log;
        _process = Process.Start(start)!;
        while (Stopwatch.GetElapsedTime(began) < TimeSpan.FromMinutes(1))
        {
            if (_process.HasExited) throw new BenchException($"The program ended with {_process.ExitCode}:\n{LogEnd()}");
            if (await Answers(path)) return Stopwatch.GetElapsedTime(began);
            await Task.Delay(10);
        }
        throw new BenchException($"The program did not answer {path} in a minute:\n{LogEnd()}");
    }

    /// <summary>kill -9.</summary>
    public async Task Kill()
    {
        if (_process is null) return;
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>Asks it to stop, as a service manager does, and waits.</summary>
    /// <exception cref="BenchException">It did not stop in half a minute.</exception>
    public async Task Stop()
    {
        if (_process is null) return;
        using (var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"])) await kill.WaitForExitAsync();
        try
        {
            await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
        }
        catch (TimeoutException)
        {
            throw new BenchException($"The program did not stop in 30 s:\n{LogEnd()}");
        }
        _process.Dispose();
        _process = null;
    }

    /// <summary>A value of the process's memory from /proc in MB: VmRSS (now) or VmHWM (the most so far).</summary>
    public double Memory(string name)
    {
        var line = File.ReadLines($"/proc/{ProcessId}/status").Single(l => l.StartsWith(name + ":", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[^2], System.Globalization.CultureInfo.InvariantCulture) / 1024.0;
    }

    /// <summary>Processor time that the program has used so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            using var process = Process.GetProcessById(ProcessId);
            return process.TotalProcessorTime;
        }
    }

    /// <summary>Whether its process still runs, for a message.</summary>
    public string State => _process switch
    {
        null => "The program was not running.",
        // A connection ends a moment before the process is seen to.
        var process when process.WaitForExit(TimeSpan.FromSeconds(1)) => $"The program ended with {process.ExitCode}{(process.ExitCode == 137 ? ", killed by somebody else" : "")}.",
        _ => "The program was still running.",
    };

    public string LogEnd() => File.Exists(Log) ? string.Join('\n', File.ReadLines(Log).TakeLast(20)) : "(it wrote nothing)";

    public void Dispose()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill();
            _process.WaitForExit();
        }
        _process?.Dispose();
        _process = null;
    }

    /// <summary>A port that nobody listens on at this moment.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task<bool> Answers(string path)
    {
        try
        {
            using var connection = await WebConnection.Open(Port);
            await connection.Get(path);
            return connection.Status == 200;
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return false;
        }
    }
}
