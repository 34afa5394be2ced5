using System.Buffers.Text;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Concentric.Core.People;

/// <summary>Knows a signed-in person by their session, which is looked up at every request: ended here, it is ended at once.</summary>
internal sealed class SessionHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logs, UrlEncoder encoder, IDbContextFactory<ConcentricDb> databases, IWriter writer, TimeProvider clock)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    public new const string Scheme = "Session";
    public const string Cookie = "__Host-session";
    private static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(1);

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Digest(Request) is not { } digest) return AuthenticateResult.NoResult();
        var now = clock.GetUtcNow();
        // Opened only here, because most visitors have no session and each page asks this first.
        await using var db = await databases.CreateDbContextAsync(Context.RequestAborted);
        var session = await db.Sessions.AsNoTracking().Include(s => s.Person).SingleOrDefaultAsync(s => s.TokenDigest == digest, Context.RequestAborted);
        if (session is null || !session.IsOpen(now) || session.Person is not { DisabledAt: null } person) return AuthenticateResult.NoResult();

        if (now - session.SeenAt > SeenEvery)
            await writer.Write(d => d.Sessions.Where(s => s.Id == session.Id).ExecuteUpdateAsync(s => s.SetProperty(x => x.SeenAt, now)));
        return AuthenticateResult.Success(new(new(new ClaimsIdentity(
        [
            // The session, not only the person, so that a form's token dies with the session it was made in.
            new(ClaimTypes.NameIdentifier, $"{session.Id}"),
            new(PersonIdClaim, $"{person.Id}"),
            new(ClaimTypes.Name, person.Name),
            new(ClaimTypes.Role, person.Role.ToString()),
        ], Scheme)), Scheme));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var wanted = HttpMethods.IsGet(Request.Method) ? $"?return={Uri.EscapeDataString(Request.Path + Request.QueryString)}" : "";
        Response.Redirect($"/sign-in{wanted}");
        return Task.CompletedTask;
    }

    public const string PersonIdClaim = "person";

    /// <summary>Begins a session and hands its token to the browser. Any session the browser had ends, so that none can be planted.</summary>
    public static async Task Begin(HttpContext http, Guid person, IWriter writer, DateTimeOffset now)
    {
        var token = RandomNumberGenerator.GetBytes(32);
        var before = Digest(http.Request);
        await writer.Write(async db =>
        {
            if (before is not null && await db.Sessions.SingleOrDefaultAsync(s => s.TokenDigest == before) is { } old) old.End(now);
            db.Sessions.Add(new() { Id = Guid.CreateVersion7(now), TokenDigest = SHA256.HashData(token), PersonId = person, StartedAt = now, SeenAt = now });
            db.Record(new SignedIn(person), $"{person}", now);
        });
        http.Response.Cookies.Append(Cookie, Base64Url.EncodeToString(token), CookieOptions);
    }

    /// <summary>Ends the session, and takes every cookie of ours out of the browser.</summary>
    public static async Task End(HttpContext http, IWriter writer, DateTimeOffset now)
    {
        if (Digest(http.Request) is { } digest)
            await writer.Write(async db =>
            {
                if (await db.Sessions.SingleOrDefaultAsync(s => s.TokenDigest == digest && s.EndedAt == null) is not { } session) return;
                session.End(now);
                db.Record(new SignedOut(session.PersonId), $"{session.PersonId}", now);
            });
        // With the session all else that this browser holds of ours: at a shared computer the key of half-done forms would open them to whoever sits there next.
        foreach (var cookie in http.Request.Cookies.Keys.Where(c => c.StartsWith("__Host-", StringComparison.Ordinal)).Append(Cookie).Distinct())
            http.Response.Cookies.Delete(cookie, CookieOptions);
    }

    private static CookieOptions CookieOptions => new() { HttpOnly = true, Secure = true, SameSite = SameSiteMode.Lax, Path = "/", IsEssential = true };

    private static byte[]? Digest(HttpRequest request)
    {
        if (request.Cookies[Cookie] is not { Length: 43 } text || !Base64Url.IsValid(text)) return null;
        return SHA256.HashData(Base64Url.DecodeFromChars(text));
    }
}
