using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Concentric.Serve.Attachments;

/// <summary>One entry of a zip file, as its directory has it.</summary>
/// <param name="Start">Where its packed bytes begin.</param>
internal readonly record struct ZipEntry(string Name, bool Packed, bool Locked, int Start, int PackedSize, long Size);

/// <summary>How much one file that somebody sent may unpack to, what is inside its inside counted in: else a thousand small documents in one would each be allowed the whole.</summary>
internal sealed class UnpackBudget
{
    // A report with a workbook behind each of its charts has some dozens.
    private const int MostDocuments = 100;
    private long _bytes = 200L * 1024 * 1024;
    private int _documents = MostDocuments;

    /// <summary>Takes what an archive says that it unpacks to; false where that is more than is left.</summary>
    public bool Spend(long bytes) => (_bytes -= bytes) >= 0;

    /// <summary>One more document inside; false where that is one too many.</summary>
    public bool SpendDocument() => --_documents >= 0;
}

/// <summary>
/// The directory of a zip file, read without unpacking anything, and stricter than programs for archives are: the directory stands at the end, every entry
/// lies before it, none overlaps another, nothing stands before the first, and what an entry says of itself agrees with the directory.
/// </summary>
internal static class ZipDirectory
{
    private const int MostEntries = 5_000;

    /// <summary>The entries in the order of the file; null where it is no zip file of ours or would unpack to more than is left to unpack.</summary>
    public static IReadOnlyList<ZipEntry>? Read(ReadOnlySpan<byte> file, UnpackBudget budget)
    {
        if (!file.StartsWith("PK\x03\x04"u8) || FindEnd(file) is not { } end) return null;
        var record = file[end..];
        var (count, size, start) = (Short(record[10..]), Word(record[12..]), Word(record[16..]));
        // One disk; no zip64, which only files of 4 GB need.
        if (Word(record[4..]) != 0 || Short(record[8..]) != count || count is 0 or > MostEntries || (long)start + size != end) return null;

        var entries = new List<ZipEntry>(count);
        var (at, total) = ((int)start, 0L);
        for (var i = 0; i < count; i++)
        {
            if (at + 46 > end || Word(file[at..]) != 0x02014B50) return null;
            var header = file[at..end];
            var (flags, method, packed, unpacked) = (Short(header[8..]), Short(header[10..]), Word(header[20..]), Word(header[24..]));
            var (nameLength, extra, comment, local) = (Short(header[28..]), Short(header[30..]), Short(header[32..]), Word(header[42..]));
            if (header.Length < 46 + nameLength + extra + comment || method is not (0 or 8) || (method == 0 && packed != unpacked)) return null;
            var name = header.Slice(46, nameLength);
            if (Local(file[..(int)start], local, name, method, packed) is not { } from) return null;
            entries.Add(new(Encoding.UTF8.GetString(name), method == 8, (flags & 1) == 1, from, (int)packed, unpacked));
            total += unpacked;
            at += 46 + nameLength + extra + comment;
        }
        if (at != end || !budget.Spend(total)) return null;

        entries.Sort((a, b) => a.Start.CompareTo(b.Start));
        for (var i = 1; i < entries.Count; i++)
            if (entries[i - 1].Start + entries[i - 1].PackedSize > entries[i].Start - 30) return null;
        return entries.DistinctBy(e => e.Name, StringComparer.OrdinalIgnoreCase).Count() == entries.Count && entries.TrueForAll(IsPlain) ? entries : null;
    }

    /// <summary>Unpacks an entry, never more than the directory says that it holds, and hands over its parts. False where it holds more or cannot be unpacked.</summary>
    public static bool Unpack(ReadOnlyMemory<byte> file, ZipEntry entry, Action<ReadOnlySpan<byte>> take)
    {
        var packed = file.Slice(entry.Start, entry.PackedSize);
        if (!entry.Packed)
        {
            take(packed.Span);
            return true;
        }
        try
        {
            using var stream = new DeflateStream(new MemoryStream(packed.ToArray()), CompressionMode.Decompress);
            // One more than it says, so that more is found. Documents have many small parts, and each would cost a large buffer.
            var buffer = new byte[Math.Min(entry.Size + 1, 81920)];
            var left = entry.Size;
            while (stream.Read(buffer) is > 0 and var read)
            {
                left -= read;
                if (left < 0) return false;
                take(buffer.AsSpan(0, read));
            }
            return left == 0;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    /// <summary>The whole of a small entry; null where it is larger, or cannot be unpacked.</summary>
    public static byte[]? Whole(ReadOnlyMemory<byte> file, ZipEntry entry, int most)
    {
        if (entry.Size > most) return null;
        using var all = new MemoryStream();
        return Unpack(file, entry, part => all.Write(part)) ? all.ToArray() : null;
    }

    // The last record of the end whose comment ends with the file.
    private static int? FindEnd(ReadOnlySpan<byte> file)
    {
        for (var at = file.Length - 22; at >= 0 && at >= file.Length - 22 - ushort.MaxValue; at--)
            if (Word(file[at..]) == 0x06054B50) return at + 22 + Short(file[(at + 20)..]) == file.Length ? at : null;
        return null;
    }

    private static int? Local(ReadOnlySpan<byte> before, uint offset, ReadOnlySpan<byte> name, int method, uint packed)
    {
        if (offset > before.Length - 30 || Word(before[(int)offset..]) != 0x04034B50) return null;
        var header = before[(int)offset..];
        var (flags, length, extra) = (Short(header[6..]), Short(header[26..]), Short(header[28..]));
        var from = (long)offset + 30 + length + extra;
        if (from + packed > before.Length || length != name.Length || !header.Slice(30, length).SequenceEqual(name) || Short(header[8..]) != method) return null;
        // With bit 3 the sizes follow the entry and are 0 here.
        return Word(header[18..]) == packed || (flags & 8) != 0 ? (int)from : null;
    }

    private static bool IsPlain(ZipEntry entry) =>
        entry.Name.Length is > 0 and < 260 && !entry.Name.StartsWith('/') && entry.Name.AsSpan().IndexOfAny('\\', ':', '\0') < 0 && !entry.Name.Split('/').Contains("..");

    private static ushort Short(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16LittleEndian(bytes);
    private static uint Word(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32LittleEndian(bytes);
}
