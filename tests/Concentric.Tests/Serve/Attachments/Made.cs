using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Concentric.Serve.Attachments;

namespace Concentric.Tests.Serve.Attachments;

/// <summary>Files as citizens send them, and as nobody should, made here so that none needs to be kept.</summary>
internal static class Made
{
    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    public static byte[] Join(params byte[][] parts) => [.. parts.SelectMany(p => p)];

    public static byte[] Pdf(string before = "", string after = "") =>
        Utf8($"%PDF-1.4\n{before}1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\nxref\n0 1\n0000000000 65535 f \ntrailer<</Root 1 0 R/Size 3>>\nstartxref\n100\n%%EOF\n{after}");

    public static byte[] Segment(byte marker, params byte[][] payload)
    {
        var body = Join(payload);
        return [0xFF, marker, (byte)((body.Length + 2) >> 8), (byte)(body.Length + 2), .. body];
    }

    /// <summary>A JPEG of tables, one frame and one scan, with other segments before them.</summary>
    public static byte[] Jpeg(byte[]? scan = null, byte[]? before = null, byte[]? between = null, byte[]? after = null, ushort width = 8, ushort height = 8) => Join(
        [0xFF, 0xD8], before ?? [],
        Segment(0xDB, [0], new byte[64]), Segment(0xC0, [8, (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, 1, 1, 0x11, 0]),
        Segment(0xC4, [0x00], [1], new byte[15], [0]), Segment(0xC4, [0x10], [1], new byte[15], [0]), between ?? [],
        Segment(0xDA, [1, 1, 0, 0, 63, 0]), scan ?? [0x12, 0xFF, 0x00, 0x34, 0xFF, 0xD0, 0x56], [0xFF, 0xD9], after ?? []);

    public static byte[] Exif(int orientation, string text, bool little = true)
    {
        var tiff = new byte[26 + 6];
        Span<byte> t = tiff;
        (little ? "II"u8 : "MM"u8).CopyTo(t);
        Write16(t[2..], 42, little);
        Write32(t[4..], 8, little);
        Write16(t[8..], 1, little);
        Write16(t[10..], 0x0112, little);
        Write16(t[12..], 3, little);
        Write32(t[14..], 1, little);
        Write16(t[18..], (ushort)orientation, little);
        return Segment(0xE1, "Exif\0\0"u8.ToArray(), tiff, Utf8(text));
    }

    public static byte[] Chunk(string name, byte[] data)
    {
        var body = Join(Encoding.Latin1.GetBytes(name), data);
        var chunk = new byte[body.Length + 8];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        body.CopyTo(chunk, 4);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(chunk.Length - 4), PngFile.Crc(body));
        return chunk;
    }

    public static byte[] PngSignature => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    public static byte[] Header(int width = 1, int height = 1)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8;
        return Chunk("IHDR", header);
    }

    public static byte[] Png(byte[]? before = null, byte[]? data = null, byte[]? after = null) =>
        Join(PngSignature, Header(), before ?? [], Chunk("IDAT", data ?? [0x78, 0x9C, 0x63, 0, 0, 0, 2, 0, 1]), Chunk("IEND", []), after ?? []);

    public static byte[] Zip(params (string Name, byte[] Bytes)[] entries)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, bytes) in entries)
            {
                using var entry = zip.CreateEntry(name, name == "mimetype" ? CompressionLevel.NoCompression : CompressionLevel.SmallestSize).Open();
                entry.Write(bytes);
            }
        return file.ToArray();
    }

    public static byte[] Docx(params (string Name, byte[] Bytes)[] more) => Zip([.. DocxParts, .. more]);

    public static (string, byte[])[] DocxParts =>
    [
        ("[Content_Types].xml", Utf8("<Types><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>")),
        ("_rels/.rels", Utf8("<Relationships/>")), ("word/document.xml", Utf8("<document>Dear council</document>")),
    ];

    public static byte[] Xlsx(params (string Name, byte[] Bytes)[] more) => Zip(
    [
        ("[Content_Types].xml", Utf8("<Types><Override ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/></Types>")),
        ("_rels/.rels", Utf8("<Relationships/>")), ("xl/workbook.xml", Utf8("<workbook/>")), .. more,
    ]);

    public static byte[] Odt(string manifest = "<manifest/>", params (string Name, byte[] Bytes)[] more) => Zip(
        [("mimetype", Utf8("application/vnd.oasis.opendocument.text")), ("content.xml", Utf8("<text>Dear council</text>")), ("META-INF/manifest.xml", Utf8(manifest)), .. more]);

    /// <summary>A zip whose directory says what it likes: the way to make bombs, overlaps and lies.</summary>
    public static byte[] ZipOf(IEnumerable<(string Name, byte[] Packed, uint Size, ushort Method, ushort Flags)> entries, bool overlap = false, uint? count = null)
    {
        using var file = new MemoryStream();
        var directory = new List<byte[]>();
        uint? first = null;
        foreach (var (name, packed, size, method, flags) in entries)
        {
            var at = (uint)file.Position;
            var bytes = Utf8(name);
            byte[] common = [20, 0, .. Two(flags), .. Two(method), 0, 0, 0, 0, 0, 0, 0, 0, .. Four((uint)packed.Length), .. Four(size), .. Two((ushort)bytes.Length), 0, 0];
            if (!overlap || first is null) file.Write([0x50, 0x4B, 3, 4, .. common, .. bytes, .. packed]);
            first ??= at;
            directory.Add([0x50, 0x4B, 1, 2, 20, 0, .. common, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, .. Four(overlap ? first.Value : at), .. bytes]);
        }
        var start = (uint)file.Position;
        foreach (var entry in directory) file.Write(entry);
        var entriesSaid = Two((ushort)(count ?? (uint)directory.Count));
        file.Write([0x50, 0x4B, 5, 6, 0, 0, 0, 0, .. entriesSaid, .. entriesSaid, .. Four((uint)file.Position - start), .. Four(start), 0, 0]);
        return file.ToArray();
    }

    public static byte[] Deflate(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var stream = new DeflateStream(packed, CompressionLevel.SmallestSize, leaveOpen: true)) stream.Write(bytes);
        return packed.ToArray();
    }

    private static byte[] Two(ushort value) => [(byte)value, (byte)(value >> 8)];
    private static byte[] Four(uint value) => [(byte)value, (byte)(value >> 8), (byte)(value >> 16), (byte)(value >> 24)];

    private static void Write16(Span<byte> to, ushort value, bool little)
    {
        if (little) BinaryPrimitives.WriteUInt16LittleEndian(to, value);
        else BinaryPrimitives.WriteUInt16BigEndian(to, value);
    }

    private static void Write32(Span<byte> to, uint value, bool little)
    {
        if (little) BinaryPrimitives.WriteUInt32LittleEndian(to, value);
        else BinaryPrimitives.WriteUInt32BigEndian(to, value);
    }
}
