using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Concentric.Core.Web;

/// <summary>The headers of every response, errors included. Pages hold no inline script or style, so no <c>unsafe-*</c> and no nonce is needed.</summary>
public static class SecurityHeaders
{
    public const string Policy = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; " +
        "form-action 'self'; frame-ancestors 'none'; frame-src 'none'; object-src 'none'; base-uri 'none'";

    /// <summary>Policy of a file that somebody sent us: wherever a browser shows it after all, it is a stranger without scripts. A response that sets this keeps it.</summary>
    public const string Sandbox = "default-src 'none'; sandbox; frame-ancestors 'none'; form-action 'none'; base-uri 'none'";

    private static readonly object FormsTo = new();

    /// <summary>Lets the forms of this one page lead to another site by way of ours: browsers hold a redirect after a form against <c>form-action</c>, too.</summary>
    /// <param name="source">A source of the policy, as <c>https://pay.example</c>.</param>
    public static void LetFormsLeadTo(this HttpContext http, string source) => http.Items[FormsTo] = source;

    /// <summary>The policy where maps are shown: pictures may come from the tile server too, and nothing else may.</summary>
    public static string PolicyWith(MapTiles? tiles) => tiles is null ? Policy : Policy.Replace("img-src 'self'", $"img-src 'self' {tiles.Origin}", StringComparison.Ordinal);

    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app, MapTiles? tiles)
    {
        var policy = PolicyWith(tiles);
        return app.Use((http, next) => Protected(http, next, policy));
    }

    private static Task Protected(HttpContext http, RequestDelegate next, string policy)
    {
        // At the last moment, because an error page clears what was set before.
        http.Response.OnStarting(() =>
        {
            var headers = http.Response.Headers;
            headers.ContentSecurityPolicy = headers.ContentSecurityPolicy == Sandbox ? Sandbox
                : http.Items[FormsTo] is string source ? policy.Replace("form-action 'self'", $"form-action 'self' {source}", StringComparison.Ordinal) : policy;
            headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
            headers.XContentTypeOptions = "nosniff";
            headers.XFrameOptions = "DENY";
            headers["Referrer-Policy"] = "strict-origin-when-cross-origin";
            headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(self), payment=()";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            // What does not say otherwise may be about somebody.
            if (headers.CacheControl.Count == 0 || headers.CacheControl.ToString().StartsWith("no-cache", StringComparison.Ordinal)) headers.CacheControl = "no-store";
            headers.Remove("Pragma");
            headers.Remove("blazor-enhanced-nav");
            return Task.CompletedTask;
        });
        return next(http);
    }
}
