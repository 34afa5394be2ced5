using System.Text;
using Concentric.Serve.Attachments;

namespace Concentric.Tests.Serve.Attachments;

[Trait("Database", "none")]
public sealed class FileNamesTests
{
    [Theory]
    [InlineData("photo.JPG", "photo.jpg")]
    [InlineData("../../etc/passwd.pdf", "passwd.pdf")]
    [InlineData("C:\\Users\\Ada\\My letter.docx", "My letter.docx")]
    [InlineData("a\0b.pdf", "ab.pdf")]
    [InlineData("photo\u202Egpj.pdf", "photogpj.pdf")]
    [InlineData("CON.pdf", "_CON.pdf")]
    [InlineData("lpt1.tar.pdf", "_lpt1.tar.pdf")]
    [InlineData("a\"; filename=\"b.pdf", "a__ filename=_b.pdf")]
    [InlineData("a\r\nSet-Cookie: x.pdf", "aSet-Cookie_ x.pdf")]
    [InlineData("  spaced   out .pdf. . ", "spaced out.pdf")]
    [InlineData("...pdf", "pdf")]
    [InlineData("", "file")]
    [InlineData("/", "file")]
    [InlineData("Llun tŷ 🏠.png", "Llun tŷ 🏠.png")]
    public void A_name_is_cleaned(string given, string clean) => Assert.Equal(clean, FileNames.Clean(given));

    [Fact]
    public void A_name_of_four_thousand_signs_is_cut_and_keeps_its_extension()
    {
        foreach (var sign in (string[])["a", "ŷ", "🏠"])
        {
            var clean = FileNames.Clean(string.Concat(Enumerable.Repeat(sign, 4000)) + ".pdf");

            Assert.EndsWith(".pdf", clean, StringComparison.Ordinal);
            Assert.InRange(Encoding.UTF8.GetByteCount(clean), 50, 210);
            Assert.DoesNotContain('\uFFFD', Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(clean)));
        }
    }

    [Fact]
    public void Whatever_is_given_the_clean_name_is_safe_and_stays_as_it_is()
    {
        var chance = new System.Random(5);
        string[] parts = ["..", "/", "\\", "\0", "\u202E", ".", " ", "a", "CON", "NUL", "é", "🏠", "\ud800", "\"", ";", "\r\n", ".exe", ".pdf", "%00", ":", "\u2028", "<", "e\u0301"];
        for (var i = 0; i < 20_000; i++)
        {
            var given = string.Concat(Enumerable.Range(0, chance.Next(12)).Select(_ => parts[chance.Next(parts.Length)]));

            var clean = FileNames.Clean(given);

            Assert.NotEmpty(clean);
            Assert.True(clean.IndexOfAny(['/', '\\', '\0', '"', ';', ':', '<', '\r', '\n', '\u202E', '\u2028']) < 0 && !clean.StartsWith('.') && !clean.EndsWith('.'), $"{given} became {clean}");
            Assert.Equal(clean, FileNames.Clean(clean));
        }
    }
}
