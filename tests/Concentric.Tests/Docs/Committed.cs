namespace Concentric.Tests.Docs;

/// <summary>Holds a page that is made from the code against the one that is committed.</summary>
internal static class Committed
{
    /// <summary>The environment variable that, set to 1, lets a test write the page anew.</summary>
    public const string Accept = "CONCENTRIC_ACCEPT";

    /// <summary>What follows this line in a page is a person's work: it is neither compared nor overwritten.</summary>
    public const string ByHand = "<!-- What follows is written by hand. -->";

    /// <summary>First line of every page that is made.</summary>
    public const string Made = "<!-- Made from the code by DocsTests. To write it anew: CONCENTRIC_ACCEPT=1 bin/test -class Concentric.Tests.DocsTests -->";

    /// <summary>Fails where the page is not what the code says, naming the first line that differs; writes it where that is accepted.</summary>
    /// <param name="path">The page, from the root of the repository.</param>
    /// <param name="made">What the code says.</param>
    public static void Is(string path, string made)
    {
        var file = Path.Combine(Repository.Root, path);
        var there = File.Exists(file) ? File.ReadAllText(file) : "";
        var hand = there.IndexOf(ByHand, StringComparison.Ordinal);
        var wanted = made.TrimEnd() + "\n" + (hand < 0 ? "" : "\n" + there[hand..]);
        if (there == wanted) return;
        if (Environment.GetEnvironmentVariable(Accept) == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, wanted);
            return;
        }
        Assert.Fail($"{path} is not what the code says. {Difference(there, wanted)}\nRun this test with {Accept}=1 and commit what it writes.");
    }

    /// <summary>A cell of a table: one line, with no bar that would end it.</summary>
    public static string Cell(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Replace("|", "\\|", StringComparison.Ordinal);

    private static string Difference(string there, string wanted)
    {
        var (committed, code) = (there.Split('\n'), wanted.Split('\n'));
        var line = 0;
        while (line < committed.Length && line < code.Length && committed[line] == code[line]) line++;
        return $"Line {line + 1}\n  is   {Line(committed, line)}\n  and ought to be   {Line(code, line)}";
    }

    private static string Line(string[] lines, int line) => line < lines.Length ? $"“{lines[line]}”" : "(the end)";
}
