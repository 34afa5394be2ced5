using Concentric.Serve.Attachments;
using static Concentric.Tests.Serve.Attachments.Made;

namespace Concentric.Tests.Serve.Attachments;

/// <summary>Pictures lose what they say of place, time and person, and nothing of the picture.</summary>
[Trait("Database", "none")]
public sealed class StrippingTests
{
    private const string Secret = "GPS-53.48N-Ada-Byron";

    [Fact]
    public void Whatever_a_JPEG_says_beside_its_picture_is_gone_and_the_picture_is_the_same()
    {
        var chance = new System.Random(7);
        for (var round = 0; round < 500; round++)
        {
            var scan = Scan(chance);
            var orientation = chance.Next(1, 9);
            byte[][] segments =
            [
                Segment(0xE0, "JFIF\0"u8.ToArray(), [1, 1, 0, 0, 72, 0, 72, 1, 1], Utf8(Secret)),
                Exif(orientation, Secret, chance.Next(2) == 0),
                Segment(0xE1, Utf8($"http://ns.adobe.com/xap/1.0/\0<x>{Secret}</x>")),
                Segment(0xED, Utf8($"Photoshop 3.0\08BIM{Secret}")),
                Segment(0xE2, Utf8($"MPF\0{Secret}")),
                Segment(0xEE, "Adobe"u8.ToArray(), [0, 100, 0, 0, 0, 0, 1], Utf8(Secret)),
                Segment(0xFE, Utf8(Secret)),
                Segment((byte)(0xE3 + chance.Next(9)), Utf8(Secret)),
            ];
            chance.Shuffle(segments);
            var some = segments.Take(chance.Next(segments.Length + 1)).ToArray();
            var cut = chance.Next(some.Length + 1);
            byte[] after = chance.Next(3) == 0 ? Utf8($"\0\0ftypmp42{Secret}") : [];

            var stripped = JpegFile.Strip(Jpeg(scan, Join(some[..cut]), Join(some[cut..]), after));

            Assert.NotNull(stripped);
            Assert.False(Contains(stripped, Utf8(Secret)), $"round {round}");
            var plain = Jpeg(scan);
            var exif = some.Any(s => s[1] == 0xE1 && Contains(s, "Exif\0\0"u8.ToArray())) ? orientation : 1;
            Assert.Equal(exif, OrientationIn(stripped));
            // From the first table to the end, but for Adobe's segment, which says how colours are meant, byte for byte.
            Assert.Equal(plain[2..], WithoutApplications(stripped));
            Assert.Equal(stripped, JpegFile.Strip(stripped));
        }
    }

    [Fact]
    public void Of_several_scans_each_stays_byte_for_byte()
    {
        byte[] first = [1, 2, 0xFF, 0x00, 3], second = [9, 0xFF, 0xD7, 8];
        var progressive = Join(Jpeg(first)[..^2], Segment(0xFE, Utf8(Secret)), Segment(0xDA, [1, 1, 0, 1, 5, 0]), second, [0xFF, 0xD9]);

        var stripped = JpegFile.Strip(progressive)!;

        Assert.Equal(Join(Jpeg(first)[..^2], Segment(0xDA, [1, 1, 0, 1, 5, 0]), second, [0xFF, 0xD9]), stripped);
    }

    [Fact]
    public void A_colour_profile_stays()
    {
        var profile = Segment(0xE2, Utf8("ICC_PROFILE\0\u0001\u0001"), [1, 2, 3]);

        Assert.True(Contains(JpegFile.Strip(Jpeg(before: profile))!, profile));
    }

    [Fact]
    public void Whatever_a_PNG_says_beside_its_picture_is_gone_and_the_picture_is_the_same()
    {
        var chance = new System.Random(11);
        for (var round = 0; round < 500; round++)
        {
            var data = new byte[chance.Next(1, 300)];
            chance.NextBytes(data);
            string[] names = ["tEXt", "zTXt", "iTXt", "eXIf", "tIME", "dSIG", "vpAg", "caBX", "prVt"];
            var chunks = Enumerable.Range(0, chance.Next(8)).Select(_ => Chunk(names[chance.Next(names.Length)], Utf8(Secret))).ToArray();
            var seen = chance.Next(2) == 0 ? Join(Chunk("gAMA", [0, 0, 1, 1]), Chunk("tRNS", [0, 1])) : [];
            byte[] after = chance.Next(3) == 0 ? Utf8($"x{Secret}") : [];

            var stripped = PngFile.Strip(Png(Join([seen, .. chunks]), data, after));

            Assert.Equal(Png(seen, data), stripped);
        }
    }

    [Fact]
    public void Pictures_of_the_real_world_stay_pictures()
    {
        var pictures = Directory.GetFiles(Path.Combine(Repository.Root, "docs", "images"), "*.png");

        Assert.NotEmpty(pictures);
        foreach (var picture in pictures)
        {
            var stripped = PngFile.Strip(File.ReadAllBytes(picture));
            Assert.True(stripped is { Length: > 1000 }, Path.GetFileName(picture));
            Assert.Equal(stripped, PngFile.Strip(stripped));
        }
    }

    [Fact]
    public void Bytes_changed_by_chance_never_break_the_program()
    {
        var chance = new System.Random(3);
        var seeds = new (FileKind Kind, byte[] Bytes)[]
        {
            (FileKind.Of("jpg")!, Jpeg(before: Exif(6, Secret))), (FileKind.Of("png")!, Png(Chunk("tEXt", Utf8(Secret)))), (FileKind.Of("docx")!, Docx(("word/embeddings/a.xlsx", Xlsx()))),
            (FileKind.Of("odt")!, Odt()), (FileKind.Of("pdf")!, Pdf()), (FileKind.Of("txt")!, Utf8("hello")), (FileKind.Of("xlsx")!, Xlsx()),
        };
        for (var round = 0; round < 30_000; round++)
        {
            var (kind, whole) = seeds[chance.Next(seeds.Length)];
            var bytes = whole[..(chance.Next(4) == 0 ? chance.Next(1, whole.Length) : whole.Length)];
            for (var change = chance.Next(1, 5); change > 0; change--) bytes[chance.Next(bytes.Length)] = (byte)(chance.Next(3) == 0 ? 0xFF : chance.Next(256));

            var (keep, problem) = FileCheck.Of(kind, bytes);

            Assert.True(keep is null != problem is null);
            if (kind.Name == "jpg" && keep is not null) Assert.Equal(keep, JpegFile.Strip(keep));
        }
    }

    private static byte[] Scan(System.Random chance)
    {
        var raw = new byte[chance.Next(1, 400)];
        chance.NextBytes(raw);
        return [.. raw.SelectMany(b => b == 0xFF ? (byte[])[0xFF, chance.Next(2) == 0 ? (byte)0 : (byte)(0xD0 + chance.Next(8))] : [b])];
    }

    private static bool Contains(byte[] bytes, byte[] part) => bytes.AsSpan().IndexOf(part) >= 0;

    private static int OrientationIn(byte[] jpeg) => jpeg.AsSpan().IndexOf("Exif\0\0MM"u8) is >= 0 and var at ? jpeg[at + 6 + 19] : 1;

    private static byte[] WithoutApplications(byte[] jpeg)
    {
        var left = new List<byte>();
        var at = 2;
        while (jpeg[at + 1] != 0xDA)
        {
            var end = at + 2 + (jpeg[at + 2] << 8) + jpeg[at + 3];
            if (jpeg[at + 1] is < 0xE0 or > 0xEF) left.AddRange(jpeg[at..end]);
            at = end;
        }
        left.AddRange(jpeg[at..]);
        return [.. left];
    }
}
