using System.Globalization;

namespace Concentric.Bench;

/// <summary>What a figure was measured on, and how much memory this process has used at most.</summary>
internal static class Machine
{
    /// <summary>Processor, number of them, memory and date, as a line.</summary>
    public static string Describe(TimeProvider clock)
    {
        var model = Line("/proc/cpuinfo", "model name");
        var memory = long.Parse(Line("/proc/meminfo", "MemTotal").Split(' ')[0], CultureInfo.InvariantCulture) / 1024 / 1024;
        return string.Create(CultureInfo.InvariantCulture, $"{model}, {Environment.ProcessorCount} processors, {memory} GiB, .NET {Environment.Version}, {clock.GetUtcNow():yyyy-MM-dd}");
    }

    /// <summary>Most memory that this process has had in use, in megabytes (VmHWM).</summary>
    public static long PeakMegabytes => long.Parse(Line("/proc/self/status", "VmHWM").Split(' ')[0], CultureInfo.InvariantCulture) / 1024;

    private static string Line(string file, string name) =>
        File.ReadLines(file).FirstOrDefault(l => l.StartsWith(name, StringComparison.Ordinal))?.Split(':', 2)[1].Trim() ?? "0";
}
