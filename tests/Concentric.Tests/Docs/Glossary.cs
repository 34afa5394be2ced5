using System.Text.RegularExpressions;

namespace Concentric.Tests.Docs;

/// <summary>GLOSSARY.md. An entry is a paragraph that begins with its word in bold; what stands in code marks in it is a name of the code.</summary>
internal static partial class Glossary
{
    public sealed record Entry(string Word, IReadOnlyList<string> Names);

    public static IReadOnlyList<Entry> Entries =>
        [.. from line in File.ReadLines(Path.Combine(Repository.Root, "GLOSSARY.md"))
            let word = Bold.Match(line)
            where word.Success
            select new Entry(word.Groups[1].Value, [.. Code.Matches(line).Select(c => c.Groups[1].Value)])];

    [GeneratedRegex(@"^\*\*([^*]+)\*\*")]
    private static partial Regex Bold { get; }

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code { get; }
}
