namespace Concentric.Bench.Running;

/// <summary>A folder of one run, on the disk that is measured, gone afterwards unless it is to be looked at.</summary>
internal sealed class WorkFolder : IDisposable
{
    private int _count;

    public WorkFolder()
    {
        Folder = Directory.CreateTempSubdirectory("concentric-bench-");
        // PostgreSQL runs as a user of its own and must be let through.
        File.SetUnixFileMode(Folder.FullName, (UnixFileMode)Convert.ToInt32("755", 8));
    }

    public DirectoryInfo Folder { get; }

    /// <summary>Set where something was found that is worth looking at.</summary>
    public bool Keep { get; set; }

    public DirectoryInfo New(string name) => Folder.CreateSubdirectory($"{name}-{++_count}");

    public void Dispose()
    {
        if (!Keep) Folder.Delete(recursive: true);
    }
}
