using System.Globalization;
using System.Runtime.InteropServices;

namespace Concentric.Bench.Running;

/// <summary>On what the figures were taken.</summary>
internal static class MachineCard
{
    /// <summary>One line: processor, cores, memory, kernel, file system, .NET, date, and how busy the machine was before.</summary>
    public static string Describe(DateTimeOffset now, string folder)
    {
        var processor = First("/proc/cpuinfo", "model name");
        var memory = long.Parse(First("/proc/meminfo", "MemTotal").Split(' ')[0], CultureInfo.InvariantCulture) / 1024.0 / 1024.0;
        var load = File.ReadAllText("/proc/loadavg").Split(' ')[0];
        var disk = DriveInfo.GetDrives().Where(d => folder.StartsWith(d.Name, StringComparison.Ordinal)).MaxBy(d => d.Name.Length);
        return string.Create(CultureInfo.InvariantCulture,
            $"{processor}, {Environment.ProcessorCount} cores, {memory:0} GB; {RuntimeInformation.OSDescription}, {disk?.DriveFormat ?? "unknown"} disk; .NET {Environment.Version}; {now:yyyy-MM-dd}; load average before the run {load}");
    }

    private static string First(string file, string name) =>
        File.ReadLines(file).FirstOrDefault(l => l.StartsWith(name, StringComparison.Ordinal))?.Split(':', 2)[1].Trim() ?? "unknown";
}
