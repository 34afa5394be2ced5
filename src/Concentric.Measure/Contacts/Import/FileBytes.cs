using System.IO.Compression;
using System.Text;

namespace Concentric.Measure.Contacts;

/// <summary>The bytes of a file as given: digested and counted on the way, unpacked where they are gzip, refused where they are no text.</summary>
internal sealed class FileBytes : IDisposable
{
    private readonly CountingStream _given;
    private readonly Stream _text;

    private FileBytes(CountingStream given, Stream text, ReadOnlySpan<byte> start) => (_given, _text, MarkedEncoding, Looks) = (given, text, MarkOf(start), LooksOf(start));

    /// <summary>The encoding that a byte order mark says; null without one.</summary>
    public Encoding? MarkedEncoding { get; }

    /// <summary>What it seems to be by its first bytes, after unpacking.</summary>
    public FileLooks Looks { get; }

    /// <summary>The text's bytes.</summary>
    public Stream Text => _text;

    /// <summary>Bytes of the file as given that have been read.</summary>
    public long Read => _given.Count;

    /// <exception cref="ImportRefusedException">It is empty, or something else than the format.</exception>
    public static FileBytes Open(Stream file, ImportLimits limits, Mapping mapping)
    {
        var given = new CountingStream(file);
        var start = new byte[4096];
        var length = given.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        if (length == 0) throw new ImportRefusedException("The file is empty.", 1);
        var whole = new StartedStream(start.AsMemory(0, length), given);
        if (length > 2 && start[0] == 0x1F && start[1] == 0x8B)
        {
            var unpacked = new BoundedStream(new GZipStream(whole, CompressionMode.Decompress), given, limits);
            start = new byte[4096];
            length = unpacked.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
            if (length == 0) throw new ImportRefusedException("The file inside the gzip is empty.", 1);
            whole = new StartedStream(start.AsMemory(0, length), unpacked);
        }
        var bytes = new FileBytes(given, whole, start.AsSpan(0, length));
        Refuse(start.AsSpan(0, length), mapping, bytes);
        return bytes;
    }

    /// <summary>SHA-256 of the file as given, to its end, hexadecimal.</summary>
    /// <exception cref="ImportRefusedException">It is a gzip without its end.</exception>
    public string Digest()
    {
        var rest = new byte[65536];
        // A reader may stop where its text ends, before what tells whether the gzip is whole.
        while (_text.Read(rest) > 0) { }
        while (_given.Read(rest) > 0) { }
        return Convert.ToHexStringLower(_given.Hash.GetCurrentHash());
    }

    public void Dispose()
    {
        _text.Dispose();
        _given.Dispose();
    }

    private static void Refuse(ReadOnlySpan<byte> start, Mapping mapping, FileBytes bytes)
    {
        static void When(bool isSo, string message) { if (isSo) throw new ImportRefusedException(message, 1); }
        var (looks, what) = (bytes.Looks, NameOf(mapping.Format));
        When(start.StartsWith("PK\u0003\u0004"u8), $"This is a ZIP archive or an Excel workbook, not {what}. In Excel, save it as “CSV UTF-8”.");
        When(start.StartsWith("%PDF"u8), $"This is a PDF, not {what}.");
        When(looks == FileLooks.Sqlite && mapping.Format != FileFormat.Ocel, $"This is an SQLite database, not {what}.");
        When(looks == FileLooks.Binary && bytes.MarkedEncoding is null && !IsDeclaredWide(mapping), $"The file holds bytes that no text holds: it is not {what}.");
        When(looks == FileLooks.Blank, "The file begins with nothing but blank lines.");
        if (mapping.Format == FileFormat.Csv)
        {
            When(looks == FileLooks.Xml, "This is a web page or XML, not a CSV file. A download may have given a sign-in page in its place.");
            When(looks == FileLooks.Json, "This is JSON, not a CSV file.");
            return;
        }
        var fits = mapping.Format switch
        {
            FileFormat.Ndjson => looks == FileLooks.Json,
            FileFormat.Open311 => looks is FileLooks.Json or FileLooks.Xml,
            FileFormat.Xes => looks == FileLooks.Xml,
            _ => looks is FileLooks.Json or FileLooks.Xml or FileLooks.Sqlite,
        };
        When(!fits, $"This is not {what}.{(looks == FileLooks.Text ? " It may be a CSV file: then the mapping's format is “csv”." : "")}");
        When(bytes.MarkedEncoding is UnicodeEncoding, "JSON and XML are read in UTF-8, and this is UTF-16. Save it as UTF-8.");
    }

    private static string NameOf(FileFormat format) => format switch
    {
        FileFormat.Ndjson => "a file with a JSON object on each line",
        FileFormat.Open311 => "Open311 requests in JSON or XML",
        FileFormat.Xes => "an event log in XES",
        FileFormat.Ocel => "an event log in OCEL 2.0 (JSON, XML or SQLite)",
        _ => "a CSV file",
    };

    private static bool IsDeclaredWide(Mapping mapping) => mapping.Format == FileFormat.Csv && mapping.Encoding.StartsWith("utf-16", StringComparison.OrdinalIgnoreCase);

    private static Encoding? MarkOf(ReadOnlySpan<byte> start) =>
        start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) ? new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true)
        : start.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) ? new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true)
        : start.StartsWith("\uFEFF"u8) ? new UTF8Encoding(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true)
        : null;

    private static FileLooks LooksOf(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith("SQLite format 3\0"u8)) return FileLooks.Sqlite;
        var isWide = MarkOf(start) is UnicodeEncoding;
        if (!isWide && start.Contains((byte)0)) return FileLooks.Binary;
        // Of UTF-16, the first sign that is not blank has a zero byte beside it.
        var text = isWide ? start[2..].TrimStart(" \t\r\n\0"u8) : (start.StartsWith("\uFEFF"u8) ? start[3..] : start).TrimStart(" \t\r\n"u8);
        return text.Length == 0 ? FileLooks.Blank : text[0] switch { (byte)'<' => FileLooks.Xml, (byte)'{' or (byte)'[' => FileLooks.Json, _ => FileLooks.Text };
    }
}

/// <summary>What a file seems to be by its first bytes.</summary>
internal enum FileLooks { Text, Json, Xml, Sqlite, Binary, Blank }
