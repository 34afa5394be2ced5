using System.Text;

namespace Concentric.Serve.Forms.Building;

/// <summary>Several things in a text area, one a line, their parts parted by "|". A backslash before a sign makes it an ordinary one.</summary>
internal static class Lines
{
    public static string Write(IEnumerable<IEnumerable<string?>> rows) => string.Join('\n', rows.Select(Row));

    /// <summary>The rows, without empty ones; parts without blanks around them.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Read(string? text) =>
        [.. (text ?? "").Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n').Where(l => l.Trim().Length > 0).Select(Parts)];

    /// <summary>The part of that place; null where it is empty or not there.</summary>
    public static string? At(this IReadOnlyList<string> row, int place) => place < row.Count && row[place].Length > 0 ? row[place] : null;

    private static string Row(IEnumerable<string?> parts)
    {
        var said = parts.Select(p => (p ?? "").Replace("\\", "\\\\", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ").Trim()).ToList();
        while (said.Count > 1 && said[^1].Length == 0) said.RemoveAt(said.Count - 1);
        return string.Join(" | ", said);
    }

    private static IReadOnlyList<string> Parts(string line)
    {
        var (parts, part) = (new List<string>(), new StringBuilder());
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '\\' && i + 1 < line.Length) part.Append(line[++i]);
            else if (line[i] == '|')
            {
                parts.Add(part.ToString().Trim());
                part.Clear();
            }
            else part.Append(line[i]);
        }
        parts.Add(part.ToString().Trim());
        return parts;
    }
}
