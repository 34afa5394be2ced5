using System.Text;

namespace Concentric.Serve.Attachments;

/// <summary>Whether a file is what its name says, from its first byte to its last.</summary>
internal static class FileCheck
{
    /// <summary>What is to be kept of it, or what is wrong.</summary>
    public static (byte[]? Keep, FileProblem? Problem) Of(FileKind kind, byte[] file) => kind.Name switch
    {
        "jpg" => file.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? Stripped(JpegFile.Strip(file)) : (null, FileProblem.Format),
        "png" => file.AsSpan().StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G']) ? Stripped(PngFile.Strip(file)) : (null, FileProblem.Format),
        "pdf" => Same(file, Pdf(file)),
        "txt" or "csv" => Same(file, IsText(file) ? null : FileProblem.Format),
        _ => Same(file, OfficeFile.Check(kind.Name, file)),
    };

    private static (byte[]?, FileProblem?) Stripped(byte[]? stripped) => stripped is null ? (null, FileProblem.Damaged) : (stripped, null);

    private static (byte[]?, FileProblem?) Same(byte[] file, FileProblem? problem) => problem is null ? (file, null) : (null, problem);

    // A PDF is kept as it is: taking things out of one can break what it says, or its signature.
    private static FileProblem? Pdf(ReadOnlySpan<byte> file)
    {
        if (!file.StartsWith("%PDF-1."u8) && !file.StartsWith("%PDF-2."u8)) return FileProblem.Format;
        var tail = file[^Math.Min(file.Length, 1024)..];
        var end = tail.LastIndexOf("%%EOF"u8);
        if (end < 0 || file.LastIndexOf("startxref"u8) < 0) return FileProblem.Damaged;
        // A page or an archive at the same time: some other program would see something else in it.
        return ForeignContent.EndsAsZip(file) || ForeignContent.HasMarkup(file[..Math.Min(file.Length, 1024)]) || ForeignContent.HasMarkup(tail[end..]) || ForeignContent.StartsIn(tail[(end + 5)..])
            ? FileProblem.Format : null;
    }

    private static bool IsText(byte[] file)
    {
        if (ForeignContent.StartsIn(file)) return false;
        try
        {
            var text = Decode(file);
            return !text.Any(c => c is '\uFFFE' or '\uFFFF' or (>= '\x7F' and <= '\x9F' and not '\x85') || (c < ' ' && c is not ('\t' or '\n' or '\r' or '\f'))) && !ForeignContent.StartsIn(Encoding.UTF8.GetBytes(text[..Math.Min(text.Length, 64)]));
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    private static string Decode(byte[] file)
    {
        if (file is [0xFF, 0xFE, ..]) return new UnicodeEncoding(false, false, throwOnInvalidBytes: true).GetString(file.AsSpan(2));
        if (file is [0xFE, 0xFF, ..]) return new UnicodeEncoding(true, false, throwOnInvalidBytes: true).GetString(file.AsSpan(2));
        var bytes = file is [0xEF, 0xBB, 0xBF, ..] ? file.AsSpan(3) : file;
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
            return Encoding.GetEncoding(1252, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback).GetString(bytes);
        }
    }
}
