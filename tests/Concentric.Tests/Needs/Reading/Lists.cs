using System.Runtime.CompilerServices;
using System.Text;
using Concentric.Needs.Standards;
using Concentric.Needs.Standards.Reading;

namespace Concentric.Tests.Needs.Reading;

/// <summary>Files for the tests of the readers.</summary>
internal static class Lists
{
    public static ListFile Read(string text, string? wanted = null) => ListReader.Read(SourceText.Of(Encoding.UTF8.GetBytes(text), "list"), wanted);

    public static BadFileException Bad(string text) => Assert.Throws<BadFileException>(() => Read(text));

    /// <summary>Says that the text is refused at that place for that reason.</summary>
    public static void Refused(string text, int line, int column, string reason)
    {
        var bad = Bad(text);
        Assert.Contains(reason, bad.Message, StringComparison.Ordinal);
        Assert.Equal((line, column), (bad.Line, bad.Column));
    }

    /// <summary>A file of the shared data; the test is skipped where there is none.</summary>
    public static byte[] Shared(string name, [CallerFilePath] string here = "")
    {
        var root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", ".."));
        var folders = new[] { Environment.GetEnvironmentVariable("CONCENTRIC_SHARED"), Path.Combine(root, "..", "shared"), Path.Combine(root, "..", "..", "shared") };
        var path = folders.Where(f => f is { Length: > 0 }).SelectMany(f => new[] { Path.Combine(f!, "data", "standards", name), Path.Combine(f!, "standards", name) }).FirstOrDefault(File.Exists);
        if (path is null) Assert.Skip("skipped: shared data not found");
        return File.ReadAllBytes(path!);
    }

    public static ListFile ReadShared(string name) => ListReader.Read(SourceText.Of(Shared(name), name));

    /// <summary>Each entry with its parents, for a comparison at a glance.</summary>
    public static string Shape(this ListFile file) => string.Join("; ", file.Entries.Select(e => $"{e.Identifier} {e.Label}{(e.Parents.Count > 0 ? $" < {string.Join('+', e.Parents)}" : "")}"));

    public static string Links(this ListFile file) => string.Join("; ", file.Links.Select(l => $"{l.Subject} {l.Predicate} {l.Object}"));
}
