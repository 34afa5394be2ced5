namespace Concentric.Serve.Cases;

/// <summary>The processes that come with the program, each for a form that comes with it too.</summary>
public static class ProcessLibrary
{
    private const string Prefix = "Processes/";

    /// <summary>The processes, by id.</summary>
    public static IReadOnlyList<Process> All { get; } = [.. typeof(ProcessLibrary).Assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(n => Process.Read(Text(n)))];

    public static Process? Find(string id) => All.FirstOrDefault(p => p.Id == id);

    private static string Text(string name)
    {
        using var stream = typeof(ProcessLibrary).Assembly.GetManifestResourceStream(name)!;
        return new StreamReader(stream).ReadToEnd();
    }
}
