using System.CommandLine;
using System.Diagnostics;
using System.Globalization;

namespace Concentric.Bench.Running;

/// <summary>How long a write of 4 KB with a sync takes on this disk: what every durable figure hangs on.</summary>
/// <param name="Median">Milliseconds.</param>
/// <param name="P99">Milliseconds.</param>
internal sealed record FsyncProbe(double Median, double P99)
{
    private const int Times = 200;

    public static Command Verb()
    {
        var folder = new Argument<string>("folder");
        var verb = new Command("fsync", "Print median and 99th percentile of a write and sync of 4 KB, in milliseconds.") { folder };
        verb.SetAction(parse => Console.WriteLine(Measure(parse.GetValue(folder)!).ToText()));
        return verb;
    }

    /// <summary>Measures in a process of its own, because what is preloaded counts from the start of a process.</summary>
    public static async Task<FsyncProbe> Of(DirectoryInfo folder, SlowDisk? slow)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(FsyncProbe).Assembly.Location, "fsync", folder.FullName]) { RedirectStandardOutput = true };
        foreach (var (name, value) in slow?.Environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        var numbers = text.Split(' ').Select(n => double.Parse(n, CultureInfo.InvariantCulture)).ToList();
        return new(numbers[0], numbers[1]);
    }

    private string ToText() => string.Create(CultureInfo.InvariantCulture, $"{Median} {P99}");

    private static FsyncProbe Measure(string folder)
    {
        var path = Path.Combine(folder, "fsync.probe");
        var page = new byte[4096];
        var times = new double[Times];
        using (var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
            for (var i = 0; i < Times; i++)
            {
                var began = Stopwatch.GetTimestamp();
                file.Write(page);
                file.Flush(flushToDisk: true);
                times[i] = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            }
        File.Delete(path);
        Array.Sort(times);
        return new(times[Times / 2], times[(int)(Times * 0.99)]);
    }
}
