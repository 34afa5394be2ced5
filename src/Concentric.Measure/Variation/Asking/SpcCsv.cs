using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Concentric.Core;
using Concentric.Measure.Contacts;

namespace Concentric.Measure.Variation.Asking;

/// <summary>Which columns of a file hold what.</summary>
internal sealed record SpcColumns
{
    public required string? Date { get; init; }
    public required string? Value { get; init; }
    public string? Denominator { get; init; }

    /// <summary>Only rows whose column has this value.</summary>
    public IReadOnlyList<(string Column, string Value)> Where { get; init; } = [];

    /// <summary>The rows are events, so that the dates alone are enough.</summary>
    public bool IsEvents { get; init; }

    /// <summary>1.234,5 is a thousand and something.</summary>
    public bool IsDecimalComma { get; init; }
}

/// <summary>Reads figures from a file of rows and columns, whatever parts its columns.</summary>
internal static partial class SpcCsv
{
    private const int MostBytes = 200_000_000;
    private static readonly string[] Nothing = ["", "-", "–", "—", "..", ":", "na", "n/a", "#n/a", "nan", "null", "none"];

    private const int MostNamed = 10;

    /// <exception cref="RefusedException">The file cannot be read; the message names the line.</exception>
    public static IReadOnlyList<SpcFigure> Read(Stream stream, SpcColumns columns)
    {
        var text = TextOf(stream);
        var delimiter = Delimiter(text);
        var csv = new CsvScanner(new StringReader(text), delimiter, new(MostColumns: 500, MostFieldLength: 100_000));
        try
        {
            if (!csv.Read()) throw new RefusedException("The file is empty.");
            var head = Enumerable.Range(0, csv.Count).Select(i => csv.Field(i).Trim().ToString()).ToList();
            var date = Place(head, columns.Date, "--date", "dates");
            var value = columns.Value is null && columns.Denominator is null && columns.Date is not null && columns.IsEvents ? -1 : Place(head, columns.Value, "--value", "figures");
            var denominator = columns.Denominator is { } name ? Place(head, name, "--denominator", "what figures are counted out of") : -1;
            var where = columns.Where.Select(w => (Place(head, w.Column, "--where", "what is kept"), w.Value)).ToList();
            var figures = new List<SpcFigure>();
            // What the columns of conditions hold, for whoever asked for something else.
            var held = where.ConvertAll(_ => new SortedSet<string>(StringComparer.OrdinalIgnoreCase));
            while (csv.Read())
            {
                if (csv.IsBad) throw new RefusedException($"Line {csv.Line}: a quotation mark stands where none can stand.");
                if (csv.Count != head.Count) throw new RefusedException($"Line {csv.Line} has {csv.Count} columns and the first line {head.Count}.");
                if (figures.Count == 0) Keep(csv, where, held);
                if (where.Exists(w => !csv.Field(w.Item1).Trim().Equals(w.Value, StringComparison.OrdinalIgnoreCase))) continue;
                figures.Add(new()
                {
                    Date = csv.Field(date).Trim().ToString(),
                    Value = value < 0 ? null : Number(csv.Field(value).ToString(), csv.Line, head[value], columns.IsDecimalComma),
                    Denominator = denominator < 0 ? null : Number(csv.Field(denominator).ToString(), csv.Line, head[denominator], columns.IsDecimalComma),
                    Where = string.Create(CultureInfo.InvariantCulture, $"line {csv.Line}"),
                });
                if (figures.Count > 10 * SpcSeries.MostPeriods) throw new RefusedException($"The file has more than {Say.Number(10 * SpcSeries.MostPeriods)} rows to be read.");
            }
            if (figures.Count == 0) throw new RefusedException(held.TrueForAll(h => h.Count == 0) ? "The file has no rows below its first." : $"No row is left by --where. {string.Join(' ', where.Select((w, i) => $"“{head[w.Item1]}” has {Some(held[i])}."))}");
            return figures;
        }
        catch (ImportRefusedException e)
        {
            throw new RefusedException(e.Message);
        }
    }

    private static void Keep(CsvScanner csv, List<(int Place, string Value)> where, List<SortedSet<string>> held)
    {
        for (var i = 0; i < where.Count; i++)
        {
            if (held[i].Count <= MostNamed) held[i].Add(csv.Field(where[i].Place).Trim().ToString());
        }
    }

    private static string Some(SortedSet<string> values) => $"{string.Join(", ", values.Take(MostNamed).Select(v => $"“{v}”"))}{(values.Count > MostNamed ? " and more" : "")}";

    private static int Place(List<string> head, string? name, string option, string what)
    {
        var columns = $"The file has the columns {string.Join(", ", head.Select(h => $"“{h}”"))}.";
        if (string.IsNullOrWhiteSpace(name)) throw new RefusedException($"Say which column holds the {what}: {option} NAME. {columns}");
        var exact = head.FindIndex(h => h == name);
        if (exact >= 0) return exact;
        var place = head.FindIndex(h => h.Equals(name, StringComparison.OrdinalIgnoreCase));
        return place >= 0 ? place : throw new RefusedException($"There is no column “{name}” ({option}). {columns}");
    }

    /// <summary>A number as people write it; null for an empty cell and for the usual words for nothing.</summary>
    internal static double? Number(string text, long line, string column, bool isDecimalComma = false)
    {
        var plain = Spaces.Replace(text.Trim(), " ").Trim('£', '€', '$', '%', ' ');
        if (Nothing.Contains(text.Trim().ToLowerInvariant()) || Nothing.Contains(plain.ToLowerInvariant())) return null;
        if (plain is ['−', ..]) plain = "-" + plain[1..];
        if (isDecimalComma) plain = plain.Replace('.', '\u0001').Replace(',', '.').Replace('\u0001', ',');
        if (Grouped.IsMatch(plain)) plain = plain.Replace(",", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal).Replace("'", "", StringComparison.Ordinal);
        if (double.TryParse(plain, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)) return number;
        var hint = !isDecimalComma && plain.Contains(',', StringComparison.Ordinal) ? " If the comma stands before decimals, say --decimal-comma." : "";
        throw new RefusedException($"Line {line}: “{text.Trim()}” in column “{column}” is no number. Leave a cell empty where nothing was recorded.{hint}");
    }

    private static string TextOf(Stream stream)
    {
        using var kept = new MemoryStream();
        var buffer = new byte[81920];
        for (int n; (n = stream.Read(buffer)) > 0;)
        {
            if (kept.Length + n > MostBytes) throw new RefusedException($"The file is larger than {MostBytes / 1_000_000} MB.");
            kept.Write(buffer, 0, n);
        }
        kept.Position = 0;
        try
        {
            using var reader = new StreamReader(kept, new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: true, leaveOpen: true);
            return reader.ReadToEnd();
        }
        catch (DecoderFallbackException)
        {
            // What is not UTF-8 was written by an old spreadsheet.
            return Encoding.Latin1.GetString(kept.ToArray());
        }
    }

    /// <summary>The sign that parts most columns of the first line, quoted fields aside.</summary>
    private static char Delimiter(string text)
    {
        var line = text.AsSpan().TrimStart("\r\n");
        if (line.IndexOfAny('\r', '\n') is var end and >= 0) line = line[..end];
        var counts = new Dictionary<char, int> { [','] = 0, [';'] = 0, ['\t'] = 0, ['|'] = 0 };
        var quoted = false;
        foreach (var sign in line)
        {
            if (sign == '"') quoted = !quoted;
            else if (!quoted && counts.TryGetValue(sign, out var count)) counts[sign] = count + 1;
        }
        return counts.MaxBy(c => c.Value).Key;
    }

    [GeneratedRegex(@"[\s\u00A0\u202F\u2009]+")]
    private static partial Regex Spaces { get; }

    [GeneratedRegex(@"^[-+]?\d{1,3}([, ']\d{3})+(\.\d+)?$")]
    private static partial Regex Grouped { get; }
}
