using System.Text;
using Concentric.Measure.Contacts;

namespace Concentric.Measure.Costs;

/// <summary>The cost book as a file: one line a cost, with the columns of <see cref="Columns"/>.</summary>
internal static class CostsCsv
{
    public static readonly string[] Columns = ["channel", "low", "mode", "high", "unit", "scope", "price_year", "source", "address", "kind"];

    private const int MostLines = 10_000;

    /// <summary>The lines as forms, with the line of the file on which each begins, or what is wrong with the file.</summary>
    public static (IReadOnlyList<(long Line, CostForm Form)> Forms, string? Problem) Read(string text)
    {
        var (rows, problem) = Rows(text, Columns);
        if (problem is not null) return ([], problem);
        return ([.. rows.Select(r => (r.Line, new CostForm
        {
            // A channel by its short name or as people read it.
            Channel = CostWords.Channels.FirstOrDefault(c => c.Label.Equals(r["channel"], StringComparison.OrdinalIgnoreCase))?.Name ?? r["channel"],
            Low = r["low"], Mode = r["mode"], High = r["high"], Unit = r["unit"], Scope = r["scope"], PriceYear = r["price_year"], Source = r["source"], Address = r["address"], Kind = r["kind"],
        }))], null);
    }

    public static string Write(IEnumerable<CostRecord> costs)
    {
        var text = new StringBuilder(string.Join(',', Columns)).Append("\r\n");
        foreach (var form in costs.Select(CostForm.Of))
            text.AppendJoin(',', new[] { form.Channel, form.Low, form.Mode, form.High, form.Unit, form.Scope, form.PriceYear, form.Source, form.Address, form.Kind }.Select(Quoted)).Append("\r\n");
        return text.ToString();
    }

    /// <summary>Lines with a head that has all these columns, in any order and either case.</summary>
    internal static (IReadOnlyList<CsvLine> Rows, string? Problem) Rows(string text, IReadOnlyList<string> columns)
    {
        var rows = new List<CsvLine>();
        try
        {
            var csv = new CsvScanner(new StringReader(text.TrimStart('\uFEFF')), ',', new(MostColumns: 100, MostFieldLength: 10_000));
            if (!csv.Read()) return ([], "The file is empty");
            var heads = Enumerable.Range(0, csv.Count).Select(i => csv.Field(i).ToString().Trim().ToLowerInvariant()).ToList();
            if (columns.FirstOrDefault(c => !heads.Contains(c)) is { } missing) return ([], $"The first line must name the columns {string.Join(", ", columns)}. “{missing}” is missing");
            while (csv.Read())
            {
                if (rows.Count == MostLines) return ([], $"The file has more than {MostLines} lines");
                rows.Add(new(csv.Line, columns.ToDictionary(c => c, c => heads.IndexOf(c) is var i && i < csv.Count ? csv.Field(i).ToString().Trim() : "")));
            }
        }
        catch (ImportRefusedException e)
        {
            return ([], e.Message);
        }
        return rows.Count == 0 ? ([], "The file has no lines below its first") : (rows, null);
    }

    // A spreadsheet takes a text that begins with one of these signs for a formula.
    private static string Quoted(string? field)
    {
        var text = field is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" + field : field ?? "";
        return text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    internal sealed record CsvLine(long Line, IReadOnlyDictionary<string, string> Fields)
    {
        public string? this[string column] => Fields[column] is { Length: > 0 } text ? text : null;
    }
}
