using System.Text.Json;

namespace Concentric.Tests.Measure;

/// <summary>Reference results that others computed, kept beside the repository. Tests that need them are skipped where they are missing.</summary>
internal static class Vectors
{
    public static JsonElement Read(string file) => JsonDocument.Parse(File.ReadAllBytes(Find(Path.Combine("vectors", file)))).RootElement;

    /// <summary>A file of the shared folder: the parent of CONCENTRIC_SHARED's data, or ../shared beside the repository.</summary>
    public static string Find(string path)
    {
        foreach (var root in Roots())
            if (File.Exists(Path.Combine(root, path))) return Path.Combine(root, path);
        Assert.Skip("skipped: shared data not found");
        return "";
    }

    public static double[] Doubles(this JsonElement array) => [.. array.EnumerateArray().Select(e => e.GetDouble())];

    public static int[] Indexes(this JsonElement array) => [.. array.EnumerateArray().Select(e => e.GetInt32())];

    public static double?[] Values(this JsonElement array) => [.. array.EnumerateArray().Select(e => (double?)e.GetDouble())];

    /// <summary>Equal to 1e-9, relative to the expected.</summary>
    public static void Near(double expected, double? actual) =>
        Assert.True(actual is { } a && Math.Abs(a - expected) <= 1e-9 * Math.Max(1, Math.Abs(expected)), $"expected {expected:R}, was {actual:R}");

    private static IEnumerable<string> Roots()
    {
        if (Environment.GetEnvironmentVariable("CONCENTRIC_SHARED") is { Length: > 0 } named)
        {
            yield return named;
            yield return Path.Combine(named, "..");
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Concentric.slnx"))) yield return Path.Combine(folder.FullName, "..", "shared");
    }
}
