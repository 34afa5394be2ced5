using System.Globalization;

namespace Concentric.Bench.Running;

/// <summary>A table of figures, for a terminal or for docs/performance.md.</summary>
internal sealed class Figures(params string[] columns)
{
    private readonly List<string[]> _rows = [];

    public void Add(params string[] row) => _rows.Add(row);

    public static string Of(double value, string format = "0") => value.ToString(format, CultureInfo.InvariantCulture);
    public static string Count(double value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    public void Print(TextWriter to, bool markdown)
    {
        var widths = columns.Select((c, i) => _rows.Select(r => r[i].Length).Append(c.Length).Max()).ToArray();
        string Line(string[] cells) => markdown
            ? $"| {string.Join(" | ", cells)} |"
            : string.Join("  ", cells.Select((c, i) => i == 0 ? c.PadRight(widths[i]) : c.PadLeft(widths[i])));
        to.WriteLine(Line(columns));
        if (markdown) to.WriteLine($"|---|{string.Concat(Enumerable.Repeat("---:|", columns.Length - 1))}");
        foreach (var row in _rows) to.WriteLine(Line(row));
    }
}
