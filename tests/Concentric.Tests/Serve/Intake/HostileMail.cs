using System.Globalization;
using System.Text;

namespace Concentric.Tests.Serve;

/// <summary>E-mail that no honest sender writes, by name, as bytes.</summary>
internal static class HostileMail
{
    private const string Head = "From: Eve <eve@example.com>\r\nTo: council@northmoor.example\r\nSubject: Bins\r\n";

    public static IReadOnlyDictionary<string, byte[]> All { get; } = new Dictionary<string, byte[]>
    {
        ["nested a thousand deep"] = Nested(1000),
        ["a hundred thousand headers"] = Text(Head + string.Concat(Enumerable.Range(0, 100_000).Select(i => $"X-{i}: {i}\r\n")) + "\r\nHello"),
        ["headers without end in a part"] = Text(Head + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n" + string.Concat(Enumerable.Range(0, 5_000).Select(i => $"X-{i}: {i}\r\n")) + "\r\nHello\r\n--b--\r\n"),
        ["a subject of ten megabytes"] = Text("From: eve@example.com\r\nSubject: " + new string('A', 10_000_000) + "\r\n\r\nHello"),
        ["a subject folded into a hundred thousand lines"] = Text("From: eve@example.com\r\nSubject: " + string.Concat(Enumerable.Repeat("A\r\n ", 100_000)) + "B\r\n\r\nHello"),
        ["larger than any server takes"] = Text(Head + "\r\n" + new string('A', 26_000_000)),
        ["ten thousand parts"] = Text(Head + "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + string.Concat(Enumerable.Repeat("--b\r\nContent-Type: text/plain\r\n\r\nx\r\n", 10_000)) + "--b--\r\n"),
        ["millions of empty parts"] = Text(Head + "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + string.Concat(Enumerable.Repeat("--b\n\n", 2_000_000))),
        ["millions of headers inside a message"] = Text(Head + "Content-Type: message/rfc822\r\n\r\n" + string.Concat(Enumerable.Repeat("a:\n", 4_000_000)) + "\nHello"),
        ["marks of type that every paragraph opens anew"] = Text(Head + "Content-Type: text/html\r\n\r\n" + string.Concat(Enumerable.Range(0, 5_000).Select(i => $"<b id={i}>\r\n")) + string.Concat(Enumerable.Repeat("<p>x\r\n", 20_000))),
        ["a zip"] = File("bins.zip", "application/zip", [0x50, 0x4B, 3, 4, .. new byte[200]]),
        ["a program that calls itself a picture"] = File("bin.jpg", "image/jpeg", "MZ\u0090 this is a program"u8.ToArray()),
        ["a page that calls itself a pdf"] = File("bin.pdf", "application/pdf", "<html><script>alert(1)</script>"u8.ToArray()),
        ["two endings"] = File("bin.pdf.exe", "application/pdf", "%PDF-1.4"u8.ToArray()),
        ["a charset that there is not"] = Text(Head + "Content-Type: text/plain; charset=klingon-1\r\n\r\nnuqneH"),
        ["bytes that are not of its charset"] = [.. Text(Head + "Content-Type: text/plain; charset=utf-8\r\n\r\nfor "), 0xC3, 0x28, 0xFF, 0xFE],
        ["NUL in the text"] = Text(Head + "\r\nHello\0world"),
        ["NUL in the subject"] = Text("From: eve@example.com\r\nSubject: a\0b\r\n\r\nHello"),
        ["a lone CR that hides a header"] = Text("From: eve@example.com\r\nSubject: Bins\rBcc: all@northmoor.example\r\n\r\nHello"),
        ["a line break inside an encoded word"] = Text("From: eve@example.com\r\nSubject: =?utf-8?Q?Bins=0D=0ABcc:_all@northmoor.example?=\r\n\r\nHello"),
        ["no sender"] = Text("Subject: Bins\r\n\r\nHello"),
        ["a sender that is no address"] = Text("From: <script>alert(1)</script>\r\nSubject: Bins\r\n\r\nHello"),
        ["no header at all"] = Text("Hello there, this is not an e-mail"),
        ["nothing"] = [],
        ["only chance"] = [.. Enumerable.Range(0, 5000).Select(i => (byte)(i * 7919 % 255 + 1))],
        ["a text longer than a book"] = Text(Head + "\r\n" + new string('A', 300_000)),
        ["a message in a message"] = Text(Head + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nHello\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nFrom: a@b.example\r\n\r\nx\r\n--b--\r\n"),
        ["half a sign in the subject"] = Text("From: eve@example.com\r\nSubject: =?utf-16?B?2AA=?=\r\nContent-Type: text/html\r\n\r\n" + string.Concat(Enumerable.Repeat("<div>", 20_000)) + "Hello"),
        ["base64 that is none"] = Text(Head + "Content-Transfer-Encoding: base64\r\n\r\n!!!! not base64 ====\r\n=!"),
    };

    private static byte[] Text(string message) => Encoding.UTF8.GetBytes(message);

    private static byte[] Nested(int depth)
    {
        var text = new StringBuilder(Head);
        for (var i = 0; i < depth; i++) text.Append(CultureInfo.InvariantCulture, $"Content-Type: multipart/mixed; boundary=b{i}\r\n\r\n--b{i}\r\n");
        text.Append("Content-Type: text/plain\r\n\r\nHello\r\n");
        for (var i = depth - 1; i >= 0; i--) text.Append(CultureInfo.InvariantCulture, $"--b{i}--\r\n");
        return Text($"{text}");
    }

    private static byte[] File(string name, string type, byte[] bytes) =>
        Text(Head + $"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nSee the picture\r\n--b\r\nContent-Type: {type}\r\nContent-Disposition: attachment; filename=\"{name}\"\r\nContent-Transfer-Encoding: base64\r\n\r\n{Convert.ToBase64String(bytes)}\r\n--b--\r\n");
}
