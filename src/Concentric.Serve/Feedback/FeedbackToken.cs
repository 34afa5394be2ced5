using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Concentric.Serve.Feedback;

/// <summary>What opens one question of how it was: 256 bits of chance, of which we hold the digest alone.</summary>
internal static class FeedbackToken
{
    private const int Length = 43;

    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>The digest of a token; null of what is none.</summary>
    public static byte[]? Digest(string? token) =>
        token is { Length: Length } && token.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') ? SHA256.HashData(Encoding.ASCII.GetBytes(token)) : null;

    /// <summary>Of an enquiry that is judged from its own page: one answer each, whoever opens the page again.</summary>
    public static byte[] DigestOf(Guid enquiry) => SHA256.HashData(Encoding.ASCII.GetBytes($"page of {enquiry:N}"));

    /// <summary>Of what is about no enquiry: one answer for each opening of the page.</summary>
    public static byte[] DigestOfPage(Guid page) => SHA256.HashData(Encoding.ASCII.GetBytes($"opening {page:N}"));
}
