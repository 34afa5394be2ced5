using System.Security.Cryptography;
using System.Text;
using Concentric.Measure.Contacts;

namespace Concentric.Measure.Places;

/// <summary>One line of a list.</summary>
/// <param name="Line">Line of the file, from 1.</param>
/// <param name="Bad">Why it cannot be read at all; null where it can.</param>
internal readonly record struct ListLine(long Line, IReadOnlyList<string> Fields, string? Bad);

/// <summary>A list as CSV in memory: a header and lines, parted by commas, semicolons or tabs.</summary>
internal sealed class ListFile
{
    /// <summary>Larger files are no lists of places.</summary>
    public const int MostBytes = 32 * 1024 * 1024;

    private const int MostLines = 500_000;
    private static readonly ImportLimits _limits = new(MostColumns: 500, MostFieldLength: 10_000, MostBytes: MostBytes);

    private ListFile(string name, string digest, IReadOnlyList<string> columns, IReadOnlyList<ListLine> lines) => (Name, Digest, Columns, Lines) = (name, digest, columns, lines);

    public string Name { get; }

    /// <summary>SHA-256, hexadecimal.</summary>
    public string Digest { get; }

    public IReadOnlyList<string> Columns { get; }
    public IReadOnlyList<ListLine> Lines { get; }

    /// <exception cref="ImportRefusedException">It is no such file.</exception>
    public static ListFile Read(byte[] bytes, string name)
    {
        var text = TextOf(bytes);
        var firstLine = text.AsSpan(0, text.IndexOfAny(['\r', '\n']) is >= 0 and var end ? end : text.Length);
        char delimiter = ',';
        foreach (var other in ";\t")
        {
            if (firstLine.Count(other) > firstLine.Count(delimiter)) delimiter = other;
        }
        var scanner = new CsvScanner(new StringReader(text), delimiter, _limits);
        if (!scanner.Read()) throw new ImportRefusedException("The file is empty.", 1);
        var columns = Fields(scanner).ConvertAll(f => f.Trim());
        if (columns.Where(c => c.Length > 0).GroupBy(c => c, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new ImportRefusedException($"Line 1 names the column “{twice.Key}” twice.", 1, twice.Key);
        var lines = new List<ListLine>();
        while (scanner.Read())
        {
            if (lines.Count == MostLines) throw new ImportRefusedException($"The file has more than {MostLines} lines. Split it, or take out what is not of this council.");
            var fields = Fields(scanner);
            lines.Add(new(scanner.Line, fields, scanner.IsBad ? "A quotation mark stands where none can stand."
                : fields.Count != columns.Count ? $"The line has {fields.Count} columns and the header {columns.Count}." : null));
        }
        return new(name, DigestOf(bytes), columns, lines);
    }

    public static string DigestOf(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>UTF-8, or what Excel on Windows writes.</summary>
    /// <exception cref="ImportRefusedException">It is too large or no text.</exception>
    public static string TextOf(byte[] bytes)
    {
        if (bytes.Length > MostBytes) throw new ImportRefusedException($"The file is larger than {MostBytes / 1024 / 1024} MB.");
        if (Array.IndexOf(bytes, (byte)0) >= 0) throw new ImportRefusedException("The file holds a NUL character: it is damaged, or not text. From Excel, save as “CSV UTF-8”.");
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes.AsSpan().StartsWith("\uFEFF"u8) ? bytes.AsSpan(3) : bytes);
        }
        catch (DecoderFallbackException)
        {
            Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
            return Encoding.GetEncoding("windows-1252").GetString(bytes);
        }
    }

    private static List<string> Fields(CsvScanner scanner) => [.. Enumerable.Range(0, scanner.Count).Select(i => scanner.Field(i).ToString())];
}
