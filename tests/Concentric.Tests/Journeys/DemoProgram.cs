using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Concentric.Tests.Journeys;

/// <summary>What a command of the program wrote, and how it ended.</summary>
internal sealed record Written(int Code, string Out, string Error);

/// <summary>The program as people start it: its own process, on an empty data folder and an empty database, with the demo council.</summary>
public sealed class DemoProgram : IAsyncDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("concentric-first-");
    private readonly TestDatabase? _database = TestDatabase.IsPostgres ? TestDatabase.CreateBare() : null;
    private readonly int _port = FreePort();
    private readonly StringBuilder _said = new();
    private readonly SemaphoreSlim _one = new(1);
    private Task<Written>? _boston;
    private Process? _serving;

    internal Uri Address => new($"http://127.0.0.1:{_port}");

    internal string Data => _data.FullName;

    /// <summary>What the last start wrote until it was ready.</summary>
    internal string Said { get { lock (_said) return _said.ToString(); } }

    /// <summary>What the very first start wrote until it was ready.</summary>
    internal string FirstSaid { get; private set; } = "";

    /// <summary>Starts it unless it runs.</summary>
    internal async Task Start()
    {
        await _one.WaitAsync();
        try
        {
            if (_serving is null) await Serve();
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Stops it as a service manager does, and starts it again on the same data.</summary>
    internal async Task Restart()
    {
        await Stop();
        await Serve();
    }

    /// <summary>Runs a command of the program on the same data.</summary>
    internal async Task<Written> Run(params string[] arguments)
    {
        using var process = Begin(arguments);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2));
        return new(process.ExitCode, await output, await error);
    }

    /// <summary>The import of Boston's requests, done once for all who ask.</summary>
    internal async Task<Written> Boston(string file)
    {
        await Start();
        return await (_boston ??= Run("contacts", "import", file, "--map", "boston311"));
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        _database?.Dispose();
        _data.Delete(recursive: true);
        _one.Dispose();
    }

    private async Task Serve()
    {
        lock (_said) _said.Clear();
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _serving = Begin("serve", "--demo");
        void Heard(object sender, DataReceivedEventArgs line)
        {
            lock (_said) _said.AppendLine(line.Data);
            if (line.Data is null) ready.TrySetException(new InvalidOperationException($"The program ended before it was ready: {Said}"));
            else if (line.Data.Contains("/sign-in", StringComparison.Ordinal)) ready.TrySetResult();
        }
        _serving.OutputDataReceived += Heard;
        _serving.ErrorDataReceived += (_, line) => { lock (_said) _said.AppendLine(line.Data); };
        _serving.BeginOutputReadLine();
        _serving.BeginErrorReadLine();
        await ready.Task.WaitAsync(TimeSpan.FromMinutes(2));
        if (FirstSaid.Length == 0) FirstSaid = Said;
    }

    private async Task Stop()
    {
        if (_serving is not { } serving) return;
        _serving = null;
        using (var kill = Process.Start("kill", ["-TERM", $"{serving.Id}"])) await kill.WaitForExitAsync();
        try
        {
            await serving.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
        }
        catch (TimeoutException)
        {
            serving.Kill(entireProcessTree: true);
            throw;
        }
        finally
        {
            serving.Dispose();
        }
    }

    private Process Begin(params string[] arguments)
    {
        // Beside the test program's own folder: artifacts/bin/Concentric/release.
        var own = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var program = Path.Combine(own.Parent!.Parent!.FullName, "Concentric", own.Name, "Concentric.dll");
        var start = new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Data,
            Environment =
            {
                ["ASPNETCORE_ENVIRONMENT"] = "Development",
                ["CONCENTRIC_DATA"] = Data,
                ["CONCENTRIC_URLS"] = Address.ToString().TrimEnd('/'),
                ["CONCENTRIC_DATABASE"] = _database?.Connection ?? "",
            },
        };
        return Process.Start(start)!;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

/// <summary>Walks through the program in a process of its own, one after the other, because one of them starts it again.</summary>
[CollectionDefinition(Name)]
public sealed class ProgramWalks : ICollectionFixture<DemoProgram>
{
    public const string Name = "Walks through the program as it is started";
}
