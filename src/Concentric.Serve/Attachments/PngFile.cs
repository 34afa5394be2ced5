using System.Buffers.Binary;
using System.Text;

namespace Concentric.Serve.Attachments;

/// <summary>A PNG without texts, times, EXIF and whatever else does not change how it looks. Kept chunks stay byte for byte.</summary>
internal static class PngFile
{
    private const long MostPixels = 250_000_000;

    /// <summary>Chunks that decide what is seen; all others are dropped (PNG, third edition, and animated PNG).</summary>
    private static readonly HashSet<string> Seen =
        ["IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "sBIT", "bKGD", "pHYs", "cICP", "mDCV", "cLLI", "acTL", "fcTL", "fdAT"];

    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(n =>
    {
        var c = (uint)n;
        for (var bit = 0; bit < 8; bit++) c = (c & 1) == 1 ? 0xEDB88320 ^ (c >> 1) : c >> 1;
        return c;
    })];

    private static ReadOnlySpan<byte> Signature => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>The stripped picture; null where the file is no whole and well-formed PNG. What follows its end is dropped.</summary>
    public static byte[]? Strip(ReadOnlySpan<byte> file)
    {
        if (!file.StartsWith(Signature)) return null;
        using var kept = new MemoryStream(file.Length);
        kept.Write(Signature);
        var (at, data) = (Signature.Length, false);
        for (var first = true; ; first = false)
        {
            if (at + 12 > file.Length) return null;
            var length = BinaryPrimitives.ReadUInt32BigEndian(file[at..]);
            if (length > file.Length - at - 12) return null;
            var chunk = file.Slice(at, (int)length + 12);
            var name = Encoding.Latin1.GetString(chunk.Slice(4, 4));
            if (!name.All(char.IsAsciiLetter) || BinaryPrimitives.ReadUInt32BigEndian(chunk[^4..]) != Crc(chunk[4..^4])) return null;
            if (first != (name == "IHDR") || (first && !IsHeader(chunk[8..^4]))) return null;
            // A capital letter at the start: a decoder must understand it, so one that we do not know makes it no PNG that we know.
            if (char.IsAsciiLetterUpper(name[0]) && !Seen.Contains(name)) return null;
            if (Seen.Contains(name)) kept.Write(chunk);
            data |= name == "IDAT";
            at += chunk.Length;
            if (name == "IEND") break;
        }
        return data && !ForeignContent.StartsIn(file[at..]) ? kept.ToArray() : null;
    }

    private static bool IsHeader(ReadOnlySpan<byte> header) =>
        header.Length == 13 && BinaryPrimitives.ReadUInt32BigEndian(header) is > 0 and <= int.MaxValue and var width && BinaryPrimitives.ReadUInt32BigEndian(header[4..]) is > 0 and <= int.MaxValue and var height
        && (long)width * height <= MostPixels;

    internal static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = 0xFFFFFFFF;
        foreach (var value in bytes) crc = Table[(crc ^ value) & 0xFF] ^ (crc >> 8);
        return crc ^ 0xFFFFFFFF;
    }
}
