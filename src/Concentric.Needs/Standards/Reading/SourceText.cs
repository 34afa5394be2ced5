using System.Text;

namespace Concentric.Needs.Standards.Reading;

/// <summary>A place in a file as an editor counts: line and column from 1, the column in characters.</summary>
internal readonly record struct Place(int Line, int Column);

/// <summary>A file that was given, its bytes in order: not too large, not binary, not empty, without a byte order mark.</summary>
internal sealed class SourceText
{
    public const int MostBytes = 64 * 1024 * 1024;

    private string? _text;
    private List<int>? _lines;

    private SourceText(string file, byte[] bytes) => (File, Bytes) = (file, bytes);

    public string File { get; }
    public byte[] Bytes { get; }

    /// <summary>The bytes as UTF-8 text.</summary>
    /// <exception cref="BadFileException">They are not.</exception>
    public string Text => _text ??= Decode();

    /// <exception cref="BadFileException">Too large, binary or empty.</exception>
    public static SourceText Of(byte[] bytes, string file)
    {
        if (bytes.Length > MostBytes) throw TooLarge(file);
        if (bytes.AsSpan().StartsWith("\uFEFF"u8)) bytes = bytes[3..];
        var source = new SourceText(file, bytes);
        if (bytes.AsSpan().Trim(" \t\r\n"u8).IsEmpty) throw source.Bad(new Place(1, 1), "the file is empty.");
        if (Array.IndexOf(bytes, (byte)0) is var zero and >= 0) throw source.Bad(source.OfByte(zero), "there is a zero byte here: the file is binary and not text. Save it as text in UTF-8.");
        return source;
    }

    /// <summary>Reads a stream to its end, and no further than a list can be long.</summary>
    /// <exception cref="BadFileException">Too large, binary or empty.</exception>
    public static async Task<SourceText> Read(Stream stream, string file, CancellationToken stop)
    {
        using var all = new MemoryStream();
        var buffer = new byte[81920];
        for (int read; (read = await stream.ReadAsync(buffer, stop)) > 0;)
        {
            all.Write(buffer, 0, read);
            if (all.Length > MostBytes) throw TooLarge(file);
        }
        return Of(all.ToArray(), file);
    }

    public BadFileException Bad(Place at, string reason) => new(File, at.Line, at.Column, reason);

    /// <summary>The place of a character of the text.</summary>
    public Place OfCharacter(long at)
    {
        _lines ??= LineStarts(Text);
        var line = _lines.BinarySearch((int)at);
        if (line < 0) line = ~line - 1;
        return new(line + 1, (int)at - _lines[line] + 1);
    }

    /// <summary>The place of a byte; a byte inside a character counts as the character.</summary>
    public Place OfByte(long at)
    {
        var before = Bytes.AsSpan(0, (int)Math.Min(at, Bytes.Length));
        var line = before[(before.LastIndexOf((byte)'\n') + 1)..];
        return new(before.Count((byte)'\n') + 1, Encoding.UTF8.GetCharCount(line) + 1);
    }

    private string Decode()
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(Bytes);
        }
        catch (DecoderFallbackException e)
        {
            throw Bad(OfByte(Math.Max(0, e.Index)), "this byte is not UTF-8 text. Save the file again as UTF-8.");
        }
    }

    private static List<int> LineStarts(string text)
    {
        List<int> starts = [0];
        for (var at = text.IndexOf('\n', StringComparison.Ordinal); at >= 0; at = text.IndexOf('\n', at + 1)) starts.Add(at + 1);
        return starts;
    }

    private static BadFileException TooLarge(string file) => new(file, 1, 1, $"the file is larger than {MostBytes / 1024 / 1024} MB, and no list is as long as that.");
}
