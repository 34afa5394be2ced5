using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using Concentric.Core;
using CsvHelper;
using CsvHelper.Configuration;

namespace Concentric.Serve.Forms.Tables;

/// <summary>A file cannot be loaded as a reference table; each problem says where.</summary>
internal sealed class ReferenceFileException(IReadOnlyList<string> problems) : Exception(string.Join('\n', problems))
{
    public IReadOnlyList<string> Problems { get; } = problems;
}

/// <summary>A CSV file read as a reference table: its columns, and its rows under their keys.</summary>
internal sealed partial record ReferenceFile(string Table, IReadOnlyList<string> Columns, IReadOnlyList<string> Keys, IReadOnlyList<ReferenceRow> Rows, string Digest)
{
    public const int MostBytes = 64 * 1024 * 1024;
    public const int MostRows = 500_000;
    public const int MostOfValue = 1_000;
    private const int MostColumns = 60;
    private const int MostProblems = 20;

    // Letters as they are: the JSON goes into a database and not into a page.
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>How many keys have more than one row. Right for addresses; for a table of which one row is looked for, a sign of a mistake.</summary>
    public int SharedKeys => Rows.Count(r => r.Number == 1);

    /// <exception cref="ReferenceFileException">What is wrong, by line.</exception>
    public static ReferenceFile Read(string table, byte[] bytes, IReadOnlyList<string> by)
    {
        if (CheckName(table) is { } wrong) throw new ReferenceFileException([wrong]);
        if (bytes.Length == 0) throw new ReferenceFileException(["The file is empty."]);
        var text = TextOf(bytes);
        var bad = new List<int>();
        CsvParser? parser = null;
        using var reader = new StringReader(text);
        using (parser = new CsvParser(reader, new CsvConfiguration(CultureInfo.InvariantCulture) { Delimiter = DelimiterOf(text), BadDataFound = _ => bad.Add(parser!.RawRow), IgnoreBlankLines = true, TrimOptions = TrimOptions.Trim }))
        {
            if (!parser.Read()) throw new ReferenceFileException(["The file is empty."]);
            var columns = Header(parser.Record!);
            var keys = by.Select(NameOf).Distinct().ToList();
            var problems = keys.Where(k => !columns.Contains(k)).Select(k => $"There is no column “{k}”. The columns are {string.Join(", ", columns)}.").ToList();
            if (keys.Count == 0) problems.Add("Say by which columns rows are found, as postcode,bin.");
            if (table == Addresses.Table)
                problems.AddRange(Addresses.Columns.Where(c => !columns.Contains(c)).Select(c => $"The table of addresses needs a column “{c}”. The columns are {string.Join(", ", columns)}."));
            if (problems.Count > 0) throw new ReferenceFileException(problems);
            var rows = ReadRows(parser, table, columns, keys, problems, bad);
            if (rows.Count == 0 && problems.Count == 0) problems.Add("The file has a first line with names and no rows.");
            if (problems.Count > 0) throw new ReferenceFileException(problems.Count > MostProblems ? [.. problems.Take(MostProblems), "There are more problems. Put these right first."] : problems);
            return new(table, columns, keys, rows, Convert.ToHexStringLower(SHA256.HashData(bytes)));
        }
    }

    /// <summary>What is wrong with the name of a table, or null.</summary>
    public static string? CheckName(string name) =>
        Name.IsMatch(name) && name.Length <= 60 ? null : $"“{name}” is no name of a table: small letters, digits and dashes, beginning with a letter, as “rounds”.";

    /// <summary>A column's name as expressions of forms write it: "Next day" is <c>next-day</c>.</summary>
    public static string NameOf(string heading) => string.Join('-', heading.ToLowerInvariant().Split([' ', '_', '-', '.', '/', '\t', '\u00a0'], StringSplitOptions.RemoveEmptyEntries));

    private static List<ReferenceRow> ReadRows(CsvParser parser, string table, IReadOnlyList<string> columns, IReadOnlyList<string> keys, List<string> problems, List<int> bad)
    {
        var places = keys.Select(k => columns.Index().First(c => c.Item == k).Index).ToList();
        var rows = new List<ReferenceRow>();
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        // Where a row begins; one with line breaks in a value ends further down.
        int Line() => parser.RawRow - parser.RawRecord.Trim('\r', '\n').Count(c => c == '\n');
        while (problems.Count <= MostProblems && parser.Read())
        {
            var values = parser.Record!;
            if (bad.Count > 0) problems.Add($"Line {Line()}: quotation marks are not as they should be. Write one inside a value twice.");
            else if (values.Length != columns.Count) problems.Add($"Line {Line()} has {values.Length} values, and the first line names {columns.Count} columns.");
            else if (Array.FindIndex(values, v => v.Length > MostOfValue) is >= 0 and var tooLong) problems.Add($"Line {Line()}: “{columns[tooLong]}” is longer than {MostOfValue} characters.");
            else if (places.FirstOrDefault(p => values[p].Length == 0, -1) is >= 0 and var empty) problems.Add($"Line {Line()} has nothing in “{columns[empty]}”, by which rows are found.");
            else if (rows.Count == MostRows) problems.Add($"Line {Line()}: a table has at most {Say.Number(MostRows)} rows.");
            else
            {
                var key = ReferenceKey.Of(places.Select(p => (columns[p], values[p])));
                var number = numbers.GetValueOrDefault(key);
                numbers[key] = number + 1;
                rows.Add(new() { Table = table, Key = key, Number = number, Values = JsonSerializer.Serialize(values, Json) });
            }
            bad.Clear();
        }
        return rows;
    }

    private static List<string> Header(string[] headings)
    {
        var names = headings.Select(NameOf).ToList();
        var problems = names.Index().Where(n => !Name.IsMatch(n.Item)).Select(n => $"Line 1: column {n.Index + 1} is called “{headings[n.Index]}”. A name begins with a letter, and has letters, digits and dashes.").ToList();
        problems.AddRange(names.GroupBy(n => n).Where(g => g.Count() > 1 && g.Key.Length > 0).Select(g => $"Line 1: {g.Count()} columns are called “{g.Key}”."));
        if (names.Count > MostColumns) problems.Add($"Line 1 names {names.Count} columns. A table has at most {MostColumns}.");
        return problems.Count > 0 ? throw new ReferenceFileException(problems) : names;
    }

    internal static string TextOf(byte[] bytes)
    {
        if (bytes.Length > MostBytes) throw new ReferenceFileException([$"The file is larger than {MostBytes / 1024 / 1024} MB."]);
        if (bytes.AsSpan().IndexOf((byte)0) is >= 0 and var at)
            throw new ReferenceFileException([$"Line {1 + bytes.AsSpan(0, at).Count((byte)'\n')} holds a NUL character: the file is damaged, or no text. From Excel, save as “CSV UTF-8”."]);
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes.AsSpan().StartsWith("\uFEFF"u8) ? bytes.AsSpan(3) : bytes);
        }
        catch (DecoderFallbackException)
        {
            Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
            return Encoding.GetEncoding(1252).GetString(bytes);
        }
    }

    // What stands most often in the first line.
    internal static string DelimiterOf(string text)
    {
        var first = text.AsSpan(0, text.IndexOfAny(['\r', '\n']) is >= 0 and var end ? end : text.Length);
        var (commas, semicolons, tabs) = (first.Count(','), first.Count(';'), first.Count('\t'));
        return tabs > commas && tabs > semicolons ? "\t" : semicolons > commas ? ";" : ",";
    }

    [GeneratedRegex(@"\A[a-z][a-z0-9]*(-[a-z0-9]+)*\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Name { get; }
}
