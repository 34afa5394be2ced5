namespace Concentric.Serve.Intake;

/// <summary>Looks over the bytes of an e-mail before anything reads it: what no honest message has ends here.</summary>
internal static class MailHead
{
    /// <summary>Bytes of a message that is read; servers of today take 25 MB.</summary>
    public const long MostBytes = 25_000_000;

    public const int MostHeaders = 300;
    private const int LongestHeader = 32_768;

    /// <summary>A message of the largest size has 330,000 in base64.</summary>
    private const int MostLines = 500_000;

    private const int MostBoundaries = 1_000;

    /// <summary>What is wrong with it, or null.</summary>
    public static MailFault? Fault(ReadOnlySpan<byte> message)
    {
        if (message.Contains((byte)0)) return MailFault.Nul;
        int headers = 0, length = 0;
        var isFirst = true;
        while (!message.IsEmpty)
        {
            var end = message.IndexOf((byte)'\n');
            var line = end < 0 ? message : message[..end];
            message = end < 0 ? [] : message[(end + 1)..];
            if (line.EndsWith("\r"u8)) line = line[..^1];
            if (line.IsEmpty) break;
            // A lone CR is a new line to some programs, and so a header that nobody saw.
            if (line.Contains((byte)'\r')) return MailFault.BrokenHeader;
            if (isFirst && line.StartsWith("From "u8))
            {
                isFirst = false;
                continue;
            }
            isFirst = false;
            var isFolded = line[0] is (byte)' ' or (byte)'\t';
            if (headers == 0 && (isFolded || line.IndexOf((byte)':') <= 0)) return MailFault.NotAMessage;
            if (!isFolded && line.IndexOf((byte)':') <= 0) return MailFault.BrokenHeader;
            (headers, length) = isFolded ? (headers, length + line.Length) : (headers + 1, line.Length);
            if (headers > MostHeaders) return MailFault.TooManyHeaders;
            if (length > LongestHeader) return MailFault.LongHeader;
        }
        if (headers == 0) return MailFault.NotAMessage;
        // The reader makes an object of every header and part, at whatever depth, before they can be counted.
        int lines = 0, boundaries = 0;
        while (!message.IsEmpty)
        {
            if (++lines > MostLines) return MailFault.TooManyHeaders;
            if (message.StartsWith("--"u8) && ++boundaries > MostBoundaries) return MailFault.TooManyParts;
            var end = message.IndexOf((byte)'\n');
            message = end < 0 ? [] : message[(end + 1)..];
        }
        return null;
    }
}
