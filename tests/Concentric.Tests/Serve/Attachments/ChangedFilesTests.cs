using Concentric.Serve.Attachments;
using static Concentric.Tests.Serve.Attachments.Made;

namespace Concentric.Tests.Serve.Attachments;

/// <summary>Whatever somebody does to a good file, looking at it ends with a verdict: never with an error, which would be a page of ours that broke.</summary>
[Trait("Database", "none")]
public sealed class ChangedFilesTests
{
    private static readonly byte[] Links = Utf8("<?xml version=\"1.0\" encoding=\"utf-8\"?><Relationships><Relationship Type=\"a/frame\" Target=\"../a.xml\" TargetMode=\"External\"/></Relationships>");

    // Stored and not packed, so that a changed byte reaches whoever reads the part and not only the unpacking.
    private static readonly byte[] Stored = ZipOf(DocxParts.Append(("word/_rels/document.xml.rels", Links)).Select(p => (p.Item1, p.Item2, (uint)p.Item2.Length, (ushort)0, (ushort)0)));

    private static readonly Dictionary<string, (string Kind, byte[] Bytes)> Good = new()
    {
        ["pdf"] = ("pdf", Pdf()),
        ["jpg"] = ("jpg", Jpeg(before: Join(Segment(0xE0, "JFIF\0"u8.ToArray(), [1, 1, 0, 0, 72, 0, 72, 0, 0]), Exif(6, "Ada"), Segment(0xEE, "Adobe"u8.ToArray(), [0, 100, 0, 0, 0, 0, 1])))),
        ["jpg, Exif of Motorola's order"] = ("jpg", Jpeg(before: Exif(6, "", little: false))),
        ["png"] = ("png", Png(before: Chunk("tEXt", Utf8("Author\0Ada")))),
        ["docx"] = ("docx", Docx(("word/embeddings/Sheet.xlsx", Xlsx()))),
        ["docx, stored"] = ("docx", Stored),
        ["xlsx"] = ("xlsx", Xlsx()),
        ["odt"] = ("odt", Odt()),
        ["txt"] = ("txt", Utf8("Tŷ bach\r\n\tyes")),
        ["txt, wide"] = ("txt", [0xFF, 0xFE, 65, 0, 0x3D, 0xD8, 0x00, 0xDE]),
        ["csv"] = ("csv", Utf8("name,age\nA,3\n")),
    };

    public static TheoryData<string> All => [.. Good.Keys];

    [Theory]
    [MemberData(nameof(All))]
    public void Broken_off_anywhere_it_gets_a_verdict(string what)
    {
        var (kind, bytes) = Good[what];

        for (var length = 0; length <= bytes.Length; length++) Verdict(kind, bytes[..length], $"the first {length} bytes");

        Assert.Null(FileCheck.Of(FileKind.Of(kind)!, bytes).Problem);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void With_any_byte_another_it_gets_a_verdict(string what)
    {
        var (kind, bytes) = Good[what];
        var chance = new System.Random(11);
        // Lengths and counts break a reader at their edges.
        byte[] edges = [0, 1, 2, 5, 6, 7, 8, 0x7F, 0x80, 0xFE, 0xFF];
        for (var at = 0; at < bytes.Length; at++)
            foreach (var value in (IEnumerable<byte>)[.. edges, (byte)(bytes[at] - 1), (byte)(bytes[at] + 1), (byte)chance.Next(256), (byte)chance.Next(256)])
            {
                var changed = (byte[])bytes.Clone();
                changed[at] = value;
                Verdict(kind, changed, $"{value:X2} at {at}");
            }
    }

    [Fact]
    public void A_picture_whose_EXIF_ends_within_its_name_gets_a_verdict() =>
        Verdict("jpg", Jpeg(before: Segment(0xE1, "Exif\0"u8.ToArray())), "a segment of five bytes");

    private static void Verdict(string kind, byte[] bytes, string how)
    {
        var error = Record.Exception(() =>
        {
            var (keep, problem) = FileCheck.Of(FileKind.Of(kind)!, bytes);
            Assert.True(keep is null != problem is null, "Kept, or a problem, and not both");
        });
        Assert.True(error is null, $"{kind}, {how}: {error}");
    }
}
