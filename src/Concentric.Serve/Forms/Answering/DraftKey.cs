using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace Concentric.Serve.Forms;

/// <summary>The key by which a browser shows that a draft is its own. In a cookie that ends with the browser; never in an address.</summary>
internal static class DraftKey
{
    public const string Cookie = "__Host-draft";

    /// <summary>The browser's key, or a new one handed to it.</summary>
    public static byte[] OfOrNew(HttpContext http)
    {
        if (Of(http.Request) is { } known) return known;
        var key = RandomNumberGenerator.GetBytes(32);
        http.Response.Cookies.Append(Cookie, Base64Url.EncodeToString(key), new() { HttpOnly = true, Secure = true, SameSite = SameSiteMode.Lax, Path = "/", IsEssential = true });
        return key;
    }

    public static bool Opens(HttpRequest request, Draft draft) =>
        Of(request) is { } key && CryptographicOperations.FixedTimeEquals(Draft.DigestOf(key), draft.KeyDigest);

    private static byte[]? Of(HttpRequest request) =>
        request.Cookies[Cookie] is { Length: 43 } text && Base64Url.IsValid(text) ? Base64Url.DecodeFromChars(text) : null;
}
