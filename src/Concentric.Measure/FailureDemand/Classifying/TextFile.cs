using System.IO.Compression;
using System.Text;
using Concentric.Core;
using Concentric.Measure.Contacts;

namespace Concentric.Measure.FailureDemand;

/// <summary>Reads a CSV file of texts and labels, also as gzip. Nothing of it is kept.</summary>
internal static class TextFile
{
    public const int MostRows = 1_000_000;
    private const int MostText = 20_000;
    private const int FirstPart = 64 * 1024;

    /// <summary>Characters that are held of a file: what goes into memory has an end.</summary>
    private const long MostHeld = 400_000_000;

    private static readonly string[] _says = ["failure", "f", "yes", "y", "true", "1"];
    private static readonly ImportLimits _limits = new(MostColumns: 500, MostFieldLength: 200_000, MostBytes: 10_000_000_000);

    /// <summary>The rows, and the label in words.</summary>
    /// <exception cref="RefusedException">It is no such file, or lacks a column; the message says what to do.</exception>
    public static (List<TextRow> Rows, string Label) Read(Stream file, ClassifyRequest request) => Read(file, request, MostHeld);

    /// <param name="mostHeld">Characters that are held of a file.</param>
    internal static (List<TextRow> Rows, string Label) Read(Stream file, ClassifyRequest request, long mostHeld)
    {
        var held = 0L;
        var rows = new List<(string Text, string Label, string Channel, string Writer)>();
        try
        {
            using var reader = new StreamReader(Unpacked(file), new UTF8Encoding(false, throwOnInvalidBytes: true));
            // What parts the fields is seen in the first line, or in what of it is here: a file may be one line without end.
            var start = new char[FirstPart];
            var first = start.AsMemory(0, reader.ReadBlock(start));
            if (first.Length == 0) throw new RefusedException("The file is empty.");
            var line = first.Span.IndexOfAny('\r', '\n') is > 0 and var end ? first[..end] : first;
            var delimiter = new[] { ',', ';', '\t' }.MaxBy(c => line.Span.Count(c));
            var scanner = new CsvScanner(new StartedReader(first, reader), delimiter, _limits);
            var header = Fields(scanner) ?? [];
            var places = (Text: Place(request.Text), Label: Place(request.Label), Channel: Maybe(request.Channel), Writer: Maybe(request.Writer));
            while (scanner.Read())
            {
                if (scanner.IsBad || scanner.Count != header.Count) throw new RefusedException($"Line {scanner.Line} cannot be read: it has {scanner.Count} columns and the header {header.Count}, or a quotation mark that is not closed.");
                if (rows.Count == MostRows) throw new RefusedException($"The file has more than {Say.Number(MostRows)} rows. Draw a sample of them.");
                string Field(int? place) => place is { } at ? scanner.Field(at).Trim().ToString() : "";
                var text = Field(places.Text);
                if (text.Length == 0) continue;
                var row = (Text: text.Length > MostText ? text[..MostText] : text, Label: Field(places.Label), Channel: Field(places.Channel), Writer: Field(places.Writer));
                held += row.Text.Length + row.Label.Length + row.Channel.Length + row.Writer.Length;
                if (held > mostHeld) throw new RefusedException($"The texts and labels of the file have more than {Say.Number(mostHeld)} characters together. Draw a sample of them.");
                rows.Add(row);
            }

            int Place(string name)
            {
                var found = header.FindIndex(h => string.Equals(h, name, StringComparison.OrdinalIgnoreCase));
                return found >= 0 ? found : throw new RefusedException($"The file has no column “{name}”. It has: {string.Join(", ", header.Take(60).Select(h => $"“{h}”"))}.");
            }

            int? Maybe(string? name) => string.IsNullOrWhiteSpace(name) ? null : Place(name.Trim());
        }
        catch (DecoderFallbackException)
        {
            throw new RefusedException("The file is not in UTF-8. From Excel, save it as “CSV UTF-8”.");
        }
        catch (ImportRefusedException e)
        {
            throw new RefusedException(e.Message);
        }
        catch (InvalidDataException)
        {
            throw new RefusedException("The gzip is damaged or cut off. Fetch or pack it again.");
        }
        if (rows.Count == 0) throw new RefusedException($"In the column “{request.Text}” stands no text.");
        var (has, label) = Judge(rows.Select(r => r.Label), request);
        return (rows.ConvertAll(r => new TextRow(r.Text, r.Label.Length == 0 ? null : has(r.Label), r.Channel, r.Writer)), label);
    }

    /// <summary>Which labels count, and how they are called.</summary>
    private static (Func<string, bool> Has, string Label) Judge(IEnumerable<string> labels, ClassifyRequest request)
    {
        if (!string.IsNullOrWhiteSpace(request.Contains)) return (l => l.Contains(request.Contains.Trim(), StringComparison.OrdinalIgnoreCase), $"“{request.Label}” contains “{request.Contains.Trim()}”");
        var values = labels.Where(l => l.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).Take(100).ToList();
        var wanted = string.IsNullOrWhiteSpace(request.Is) ? values.Count <= 2 ? values.Find(v => _says.Contains(v, StringComparer.OrdinalIgnoreCase)) : null : request.Is.Trim();
        if (wanted is null || !values.Contains(wanted, StringComparer.OrdinalIgnoreCase))
            throw new RefusedException($"Say which value of “{request.Label}” counts (--is). It has {(values.Count == 100 ? "100 or more" : values.Count)}: {string.Join(", ", values.Take(10).Select(v => $"“{(v.Length > 40 ? v[..40] + "…" : v)}”"))}.");
        return (l => string.Equals(l, wanted, StringComparison.OrdinalIgnoreCase), $"“{request.Label}” is “{wanted}”");
    }

    private static List<string>? Fields(CsvScanner scanner) => scanner.Read() ? [.. Enumerable.Range(0, scanner.Count).Select(i => scanner.Field(i).Trim().TrimStart('\uFEFF').ToString())] : null;

    /// <summary>The first part, which was read to see what parts its fields, and then the rest.</summary>
    private sealed class StartedReader(ReadOnlyMemory<char> start, TextReader rest) : TextReader
    {
        private int _at;

        public override int Read(char[] buffer, int index, int count)
        {
            if (_at == start.Length) return rest.Read(buffer, index, count);
            var length = Math.Min(count, start.Length - _at);
            start.Slice(_at, length).CopyTo(buffer.AsMemory(index));
            _at += length;
            return length;
        }
    }

    private static Stream Unpacked(Stream file)
    {
        var start = new byte[2];
        var given = new CountingStream(file);
        var length = given.ReadAtLeast(start, 2, throwOnEndOfStream: false);
        var whole = new StartedStream(start.AsMemory(0, length), given);
        return length == 2 && start is [0x1F, 0x8B] ? new BoundedStream(new GZipStream(whole, CompressionMode.Decompress), given, _limits) : whole;
    }
}
