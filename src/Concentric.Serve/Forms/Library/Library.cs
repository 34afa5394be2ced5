namespace Concentric.Serve.Forms;

/// <summary>The forms, bundles and dictionary that come with the program.</summary>
public static class Library
{
    private const string Prefix = "Library/";

    /// <summary>The forms, by id.</summary>
    public static IReadOnlyList<Form> Forms { get; } = [.. Names("forms/").Select(n => Form.Read(Text(n)))];

    /// <summary>The bundles, by id.</summary>
    public static IReadOnlyList<Bundle> Bundles { get; } = [.. Names("bundles/").Select(n => Bundle.Read(Text(n)))];

    /// <summary>The text of a file of the library.</summary>
    public static string Text(string name)
    {
        using var stream = typeof(Library).Assembly.GetManifestResourceStream(Prefix + name) ?? throw new InvalidOperationException($"The library has no “{name}”.");
        return new StreamReader(stream).ReadToEnd();
    }

    internal static IEnumerable<string> Names(string folder) => typeof(Library).Assembly.GetManifestResourceNames()
        .Where(n => n.StartsWith(Prefix + folder, StringComparison.Ordinal) && n.EndsWith(".json", StringComparison.Ordinal)).Select(n => n[Prefix.Length..]).Order(StringComparer.Ordinal);
}
