using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Concentric.Bench.Running;

/// <summary>A library that makes each sync of the disk take longer in the process that it is preloaded into.</summary>
internal sealed class SlowDisk
{
    private SlowDisk(string library, TimeSpan delay) => (Delay, Environment) = (delay, new Dictionary<string, string>
    {
        ["LD_PRELOAD"] = library,
        ["SLOW_FSYNC_MICROSECONDS"] = ((long)delay.TotalMicroseconds).ToString(CultureInfo.InvariantCulture),
    });

    public TimeSpan Delay { get; }

    /// <summary>What a process must be started with.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; }

    /// <summary>Compiles bench/slow-fsync.c.</summary>
    /// <exception cref="BenchException">There is no C compiler.</exception>
    public static async Task<SlowDisk> Compile(DirectoryInfo folder, TimeSpan delay)
    {
        var source = Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", "slow-fsync.c");
        var library = Path.Combine(folder.FullName, "slow-fsync.so");
        var start = new ProcessStartInfo("gcc", ["-O2", "-shared", "-fPIC", "-o", library, source, "-ldl"]) { RedirectStandardError = true };
        Process process;
        try { process = Process.Start(start)!; }
        catch (System.ComponentModel.Win32Exception) { throw new BenchException("gcc is not installed, so no slow disk can be made. On Debian: apt-get install gcc libc6-dev"); }
        using (process)
        {
            var error = await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            if (process.ExitCode != 0) throw new BenchException($"gcc could not compile {source}:\n{error}");
        }
        File.SetUnixFileMode(library, (UnixFileMode)Convert.ToInt32("755", 8));
        return new(library, delay);
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
