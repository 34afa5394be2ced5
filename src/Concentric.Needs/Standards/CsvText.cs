using System.Text;

namespace Concentric.Needs.Standards;

/// <summary>The text of a CSV file whose bytes and quotation marks are in order, and where in it each row and field begins.</summary>
internal sealed class CsvText
{
    private const int MostBytes = 64 * 1024 * 1024;

    private readonly string _file;
    private readonly List<int> _rows = [];

    private CsvText(string file, string text)
    {
        _file = file;
        Text = text;
        Scan();
    }

    public string Text { get; }

    /// <exception cref="BadFileException">Too large, not UTF-8, binary, empty, or with quotation marks that do not match.</exception>
    public static async Task<CsvText> Read(Stream stream, string file, CancellationToken stop)
    {
        using var all = new MemoryStream();
        var buffer = new byte[81920];
        for (int read; (read = await stream.ReadAsync(buffer, stop)) > 0;)
        {
            all.Write(buffer, 0, read);
            if (all.Length > MostBytes) throw new BadFileException(file, 1, 1, $"the file is larger than {MostBytes / 1024 / 1024} MB. This is not a list of services.");
        }
        var bytes = all.ToArray();
        if (bytes.AsSpan().StartsWith("\uFEFF"u8)) bytes = bytes[3..];
        if (bytes.AsSpan().Trim(" \t\r\n"u8).IsEmpty) throw new BadFileException(file, 1, 1, "the file is empty.");
        if (Array.IndexOf(bytes, (byte)0) is var zero and >= 0) throw At(bytes, zero, "there is a zero byte here: the file is binary and not text. Save it as CSV (UTF-8).");
        try
        {
            return new(file, new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes));
        }
        catch (DecoderFallbackException e)
        {
            throw At(bytes, Math.Max(0, e.Index), "this byte is not UTF-8 text. Save the file as CSV (UTF-8).");
        }

        BadFileException At(byte[] text, int index, string reason)
        {
            var before = text.AsSpan(0, index);
            return new(file, before.Count((byte)'\n') + 1, index - (before.LastIndexOf((byte)'\n') + 1) + 1, reason);
        }
    }

    /// <summary>An error at a field of a row, both counted from 0; blank lines are no rows.</summary>
    public BadFileException Bad(int row, int field, string reason)
    {
        var at = _rows[Math.Min(row, _rows.Count - 1)];
        var quoted = false;
        for (; field > 0 && at < Text.Length; at++)
        {
            if (Text[at] == '"') quoted = !quoted;
            else if (Text[at] == ',' && !quoted) field--;
        }
        return BadAt(at, reason);
    }

    public int LineOf(int row) => Text.AsSpan(0, _rows[row]).Count('\n') + 1;

    private BadFileException BadAt(int at, string reason)
    {
        var before = Text.AsSpan(0, at);
        return new(_file, before.Count('\n') + 1, at - (before.LastIndexOf('\n') + 1) + 1, reason);
    }

    // RFC 4180: a field is quoted as a whole or not at all, and a mark inside it is doubled.
    private void Scan()
    {
        var (rowStart, fieldStart, opened, at) = (0, true, -1, 0);
        for (; at < Text.Length; at++)
        {
            var c = Text[at];
            if (opened >= 0)
            {
                if (c != '"') continue;
                if (at + 1 < Text.Length && Text[at + 1] == '"') { at++; continue; }
                if (at + 1 < Text.Length && Text[at + 1] is not (',' or '\r' or '\n'))
                    throw BadAt(opened, "a quotation mark opens here, and after the one that closes it the field goes on. A mark inside a field is written twice.");
                opened = -1;
                fieldStart = false;
            }
            else if (c == '"')
            {
                if (!fieldStart) throw BadAt(at, "a quotation mark stands inside a field that does not begin with one.");
                opened = at;
            }
            else if (c == '\n')
            {
                Row(rowStart, at);
                rowStart = at + 1;
                fieldStart = true;
            }
            else
            {
                fieldStart = c == ',';
            }
        }
        if (opened >= 0) throw BadAt(opened, "a quotation mark opens here and is never closed.");
        Row(rowStart, Text.Length);
    }

    private void Row(int start, int end)
    {
        if (!Text.AsSpan(start, end - start).Trim('\r').IsEmpty) _rows.Add(start);
    }
}
