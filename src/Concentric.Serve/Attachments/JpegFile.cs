using System.Buffers.Binary;

namespace Concentric.Serve.Attachments;

/// <summary>
/// A JPEG without what it says of place, time, camera and person. Walks the segments (ITU-T T.81, annex B) and keeps those that a decoder needs:
/// tables, frame, scans byte for byte, colour profile and Adobe's colour transform. Of EXIF only the orientation stays, in an EXIF of its own.
/// </summary>
internal static class JpegFile
{
    private const int MostMegaPixels = 250;

    /// <summary>The stripped picture; null where the file is no whole and well-formed JPEG.</summary>
    /// <remarks>What follows the end of the picture is dropped: phones put further pictures and films there, with places of their own.</remarks>
    public static byte[]? Strip(ReadOnlySpan<byte> file)
    {
        if (!file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8])) return null;
        using var body = new MemoryStream(file.Length);
        byte[]? jfif = null;
        var (at, orientation, frames, scans) = (2, 1, 0, 0);
        while (true)
        {
            var fill = at;
            while (at < file.Length && file[at] == 0xFF) at++;
            if (at == fill || at >= file.Length) return null;
            var marker = file[at++];
            if (marker == 0xD9) break;
            if (marker is 0x00 or 0x01 or (>= 0xD0 and <= 0xD8) || at + 2 > file.Length) return null;
            var length = BinaryPrimitives.ReadUInt16BigEndian(file[at..]);
            if (length < 2 || at + length > file.Length) return null;
            var payload = file.Slice(at + 2, length - 2);
            at += length;
            switch (marker)
            {
                case 0xE0 when payload.StartsWith("JFIF\0"u8) && payload.Length >= 14:
                    // Version and density, without the small picture that may follow them.
                    jfif ??= [.. payload[..12], 0, 0];
                    break;
                case 0xE1 when payload.StartsWith("Exif\0\0"u8):
                    orientation = OrientationOf(payload[6..]) ?? orientation;
                    break;
                case 0xE2 when payload.StartsWith("ICC_PROFILE\0"u8):
                    Write(body, marker, payload);
                    break;
                case 0xEE when payload.StartsWith("Adobe"u8) && payload.Length >= 12:
                    Write(body, marker, payload[..12]);
                    break;
                case >= 0xE0 or 0xC8:
                    break;
                case 0xC4 when IsHuffman(payload):
                case 0xDB when IsQuantisation(payload):
                case 0xDD when payload.Length == 2:
                case 0xDC when payload.Length == 2:
                case 0xCC when payload.Length % 2 == 0:
                    Write(body, marker, payload);
                    break;
                case >= 0xC0 and <= 0xCF when marker is not (0xC4 or 0xCC) && IsFrame(payload):
                    Write(body, marker, payload);
                    frames++;
                    break;
                case 0xDA when payload.Length >= 6 && payload.Length == 4 + 2 * payload[0] && frames == 1:
                    Write(body, marker, payload);
                    var end = EndOfScan(file, at);
                    body.Write(file[at..end]);
                    at = end;
                    scans++;
                    break;
                default:
                    return null;
            }
        }
        if (frames != 1 || scans == 0 || ForeignContent.StartsIn(file[at..])) return null;

        using var whole = new MemoryStream((int)body.Length + 64);
        whole.Write([0xFF, 0xD8]);
        if (jfif is not null) Write(whole, 0xE0, jfif);
        if (orientation != 1) Write(whole, 0xE1, [.. "Exif\0\0MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, 0, 0, 0, 0]);
        body.WriteTo(whole);
        whole.Write([0xFF, 0xD9]);
        return whole.ToArray();
    }

    private static void Write(MemoryStream to, byte marker, ReadOnlySpan<byte> payload)
    {
        to.Write([0xFF, marker, (byte)((payload.Length + 2) >> 8), (byte)(payload.Length + 2)]);
        to.Write(payload);
    }

    // Inside a scan, 0xFF is followed by 0 or by a restart marker; anything else ends it.
    private static int EndOfScan(ReadOnlySpan<byte> file, int at)
    {
        while (true)
        {
            var next = file[at..].IndexOf((byte)0xFF);
            if (next < 0 || at + next + 1 >= file.Length) return file.Length;
            at += next;
            if (file[at + 1] is not (0x00 or (>= 0xD0 and <= 0xD7))) return at;
            at += 2;
        }
    }

    private static bool IsFrame(ReadOnlySpan<byte> payload) =>
        payload.Length >= 9 && payload.Length == 6 + 3 * payload[5]
        && (long)BinaryPrimitives.ReadUInt16BigEndian(payload[1..]) * BinaryPrimitives.ReadUInt16BigEndian(payload[3..]) <= MostMegaPixels * 1_000_000L;

    // Tables are exactly as long as they say, so that nothing can be hidden behind them.
    private static bool IsHuffman(ReadOnlySpan<byte> payload)
    {
        while (payload.Length >= 17)
        {
            var values = 0;
            foreach (var count in payload.Slice(1, 16)) values += count;
            if (values > 256 || payload.Length < 17 + values) return false;
            payload = payload[(17 + values)..];
        }
        return payload.Length == 0;
    }

    private static bool IsQuantisation(ReadOnlySpan<byte> payload)
    {
        while (payload.Length > 0)
        {
            var size = payload[0] >> 4 == 0 ? 65 : 129;
            if (payload.Length < size) return false;
            payload = payload[size..];
        }
        return true;
    }

    /// <summary>Tag 0x0112 of the first directory of a TIFF header, where it says how the picture is turned.</summary>
    private static int? OrientationOf(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < 8) return null;
        var little = tiff.StartsWith("II"u8);
        if (!little && !tiff.StartsWith("MM"u8)) return null;
        var directory = little ? BinaryPrimitives.ReadUInt32LittleEndian(tiff[4..]) : BinaryPrimitives.ReadUInt32BigEndian(tiff[4..]);
        if (directory > tiff.Length - 2) return null;
        var entries = Short(tiff[(int)directory..], little);
        for (var entry = 0; entry < entries; entry++)
        {
            var at = (int)directory + 2 + 12 * entry;
            if (at + 12 > tiff.Length) return null;
            if (Short(tiff[at..], little) != 0x0112) continue;
            return Short(tiff[(at + 2)..], little) == 3 && Short(tiff[(at + 8)..], little) is >= 1 and <= 8 and var value ? value : null;
        }
        return null;
    }

    private static ushort Short(ReadOnlySpan<byte> bytes, bool little) => little ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);
}
