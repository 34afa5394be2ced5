namespace Concentric.Tests.Measure;

/// <summary>Real input that is not part of the project: the folder that CONCENTRIC_SHARED names, or <c>shared</c> beside the repository.</summary>
internal static class SharedData
{
    /// <summary>The path of a file under its data folder; skips the test where there is none.</summary>
    public static string Find(string path)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, "Concentric.slnx"))) continue;
            var shared = Environment.GetEnvironmentVariable("CONCENTRIC_SHARED") ?? Path.Combine(folder.Parent!.FullName, "shared");
            var file = Path.Combine(shared, "data", path);
            if (File.Exists(file)) return file;
        }
        Assert.Skip("shared data not found");
        return "";
    }
}
