using System.Text;

namespace Concentric.Measure.Contacts.Importing;

/// <summary>What a look into a file shows before anybody has said how to read it: its columns, its first rows, and what stands in each column.</summary>
public sealed record FileLook
{
    /// <summary>Rows shown.</summary>
    public const int RowsShown = 20;

    private const int RowsRead = 20_000;
    private const int MostColumns = 200;
    private const int MostValues = 1_000;
    private const int MostKeptOfOne = 200;
    private const int MostKeptOfAll = 8_000_000;
    private static readonly char[] Delimiters = [',', ';', '\t', '|'];
    private static readonly ImportLimits Limits = new(MostFieldLength: 200_000, MostBytes: 400_000_000);

    // Says no more than that it is CSV.
    private static readonly Mapping AnyCsv = new() { Name = "look", About = "", Council = new("look", "look", IsSynthetic: false), Kind = MappingKind.Contact, Opened = new([], []) };

    public required char Delimiter { get; init; }

    /// <summary>As .NET names it.</summary>
    public required string Encoding { get; init; }

    /// <summary>The first rows, as they stand, but for what is longer than 200 characters.</summary>
    public required IReadOnlyList<IReadOnlyList<string>> Rows { get; init; }

    public required IReadOnlyList<ColumnLook> Columns { get; init; }

    /// <summary>Rows looked at; the file may have more.</summary>
    public required int Read { get; init; }

    public required bool IsWhole { get; init; }

    /// <summary>Looks into a CSV file, plain or gzip.</summary>
    /// <param name="delimiter">Null: the one that cuts the first lines into most columns.</param>
    /// <param name="encoding">Null: UTF-8 where the start of the file is that, else the one of Windows in Western Europe.</param>
    /// <exception cref="ImportRefusedException">It is no CSV file.</exception>
    public static FileLook At(Stream file, char? delimiter = null, string? encoding = null)
    {
        using var bytes = FileBytes.Open(file, Limits, AnyCsv);
        var start = new byte[256 * 1024];
        var length = bytes.Text.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        var sample = start.AsMemory(0, length);
        encoding ??= IsUtf8(sample.Span, length < start.Length) ? "utf-8" : "windows-1252";
        System.Text.Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var decoder = System.Text.Encoding.GetEncoding(encoding, EncoderFallback.ReplacementFallback, DecoderFallback.ReplacementFallback);
        using var first = new StreamReader(new MemoryStream(start, 0, length), decoder);
        delimiter ??= Guess(first.ReadToEnd());
        using var text = new StreamReader(new Joined(sample, bytes.Text), decoder);
        return Look(new CsvScanner(text, delimiter.Value, Limits), delimiter.Value, encoding);
    }

    /// <summary>How often each value stands in a column, the most frequent first, over the rows looked at. Of a long one its first 200 characters.</summary>
    public IReadOnlyList<(string Value, int Count)> Values(string column) => Columns.FirstOrDefault(c => c.Name == column)?.Values ?? [];

    private static FileLook Look(CsvScanner scanner, char delimiter, string encoding)
    {
        if (!scanner.Read()) throw new ImportRefusedException("The file has no header line.", 1);
        if (scanner.Count > MostColumns) throw new ImportRefusedException($"Line 1 has {scanner.Count} columns. A mapping can be built on this page for {MostColumns} at most.", 1);
        var header = Enumerable.Range(0, scanner.Count).Select(i => scanner.Field(i).Trim().ToString()).ToList();
        var values = header.ConvertAll(_ => new Dictionary<string, int>(StringComparer.Ordinal));
        var given = new int[header.Count];
        var lengths = new long[header.Count];
        var rows = new List<IReadOnlyList<string>>();
        var isCut = new bool[header.Count];
        var (read, isWhole, kept) = (0, false, 0);
        while (read < RowsRead && !(isWhole = !scanner.Read()))
        {
            read++;
            var row = new string[Math.Min(scanner.Count, header.Count)];
            for (var i = 0; i < row.Length; i++)
            {
                var text = scanner.Field(i).Trim();
                var value = row[i] = Cut(text);
                if (text.Length == 0) continue;
                given[i]++;
                lengths[i] += text.Length;
                if (values[i].TryGetValue(value, out var count))
                {
                    values[i][value] = count + 1;
                }
                else if (values[i].Count < MostValues && kept + value.Length <= MostKeptOfAll)
                {
                    values[i][value] = 1;
                    kept += value.Length;
                }
                else
                {
                    isCut[i] = true;
                }
            }
            if (rows.Count < RowsShown) rows.Add(row);
        }
        return new()
        {
            Delimiter = delimiter,
            Encoding = encoding,
            Rows = rows,
            Read = read,
            IsWhole = isWhole,
            Columns = [.. header.Select((name, i) => new ColumnLook(name, given[i], given[i] == 0 ? 0 : (double)lengths[i] / given[i], isCut[i],
                [.. values[i].OrderByDescending(v => v.Value).ThenBy(v => v.Key, StringComparer.Ordinal).Select(v => (v.Key, v.Value))]))],
        };
    }

    /// <summary>As much of a value as is kept, and no half of a sign that takes two.</summary>
    private static string Cut(ReadOnlySpan<char> text)
    {
        if (text.Length <= MostKeptOfOne) return text.ToString();
        return text[..(char.IsHighSurrogate(text[MostKeptOfOne - 1]) ? MostKeptOfOne - 1 : MostKeptOfOne)].ToString();
    }

    /// <summary>The delimiter that stands most often in the header line, and nearly as often in the line below it.</summary>
    private static char Guess(string start)
    {
        var lines = start.Split('\n', 4, StringSplitOptions.RemoveEmptyEntries);
        return lines.Length == 0 ? ',' : Delimiters.MaxBy(d => Fields(lines[0], d) * 2 + (lines.Length > 1 ? Math.Min(Fields(lines[0], d), Fields(lines[1], d)) : 0));
    }

    private static int Fields(string line, char delimiter)
    {
        var (count, isQuoted) = (0, false);
        foreach (var sign in line)
        {
            if (sign == '"') isQuoted = !isQuoted;
            else if (sign == delimiter && !isQuoted) count++;
        }
        return count;
    }

    private static bool IsUtf8(ReadOnlySpan<byte> bytes, bool isWhole)
    {
        // A sample may end in the middle of a sign of up to four bytes.
        for (var cut = 0; cut <= (isWhole ? 0 : 3) && cut <= bytes.Length; cut++)
        {
            if (System.Text.Unicode.Utf8.IsValid(bytes[..^cut])) return true;
        }
        return false;
    }

    /// <summary>What was read already, and then the rest.</summary>
    private sealed class Joined(ReadOnlyMemory<byte> start, Stream rest) : Stream
    {
        private ReadOnlyMemory<byte> _start = start;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            if (_start.Length == 0) return rest.Read(buffer);
            var length = Math.Min(buffer.Length, _start.Length);
            _start.Span[..length].CopyTo(buffer);
            _start = _start[length..];
            return length;
        }

        public override void Flush() { }
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}

/// <summary>What stands in a column.</summary>
/// <param name="Given">Rows in which something stands.</param>
/// <param name="MeanLength">Signs in a value, on average.</param>
/// <param name="IsCut">It has more different values than are kept.</param>
public sealed record ColumnLook(string Name, int Given, double MeanLength, bool IsCut, IReadOnlyList<(string Value, int Count)> Values);
