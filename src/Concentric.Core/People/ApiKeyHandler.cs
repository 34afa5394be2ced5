using System.Buffers.Text;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
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

/// <summary>Knows a program by the key in its <c>Authorization: Bearer</c> header. The cookie of a person means nothing here.</summary>
internal sealed class ApiKeyHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logs, UrlEncoder encoder, ConcentricDb db)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    public new const string Scheme = "ApiKey";
    public const string ScopeClaim = "scope";
    private const string Prefix = "ck_";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)) return AuthenticateResult.NoResult();
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(header["Bearer ".Length..].Trim()));
        var key = await db.ApiKeys.AsNoTracking().SingleOrDefaultAsync(k => k.Digest == digest && k.WithdrawnAt == null, Context.RequestAborted);
        if (key is null) return AuthenticateResult.Fail("Unknown key");
        return AuthenticateResult.Success(new(new(new ClaimsIdentity(
        [
            new(ClaimTypes.NameIdentifier, $"{key.Id}"),
            .. Enum.GetValues<ApiScopes>().Where(s => key.Scopes.HasFlag(s)).Select(s => new Claim(ScopeClaim, s.ToString())),
        ], Scheme)), Scheme));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.WWWAuthenticate = "Bearer";
        return Task.CompletedTask;
    }

    /// <summary>Makes a key and returns it; it cannot be read again.</summary>
    public static async Task<string> Make(string name, IWriter writer, DateTimeOffset now, ApiScopes scopes = ApiScopes.Read)
    {
        var secret = Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        await writer.Write(db =>
        {
            var key = new ApiKey { Id = Guid.CreateVersion7(now), Name = name, Digest = SHA256.HashData(Encoding.UTF8.GetBytes(secret)), Scopes = scopes, MadeAt = now };
            db.ApiKeys.Add(key);
            db.Record(new ApiKeyChanged(key.Id, name, Withdrawn: false), Actor.System, now);
            return Task.CompletedTask;
        });
        return secret;
    }

    /// <summary>Withdraws the key of that name; false where there is none in use.</summary>
    public static Task<bool> Withdraw(string name, IWriter writer, DateTimeOffset now) => writer.Write(async db =>
    {
        var keys = await db.ApiKeys.Where(k => k.Name == name && k.WithdrawnAt == null).ToListAsync();
        foreach (var key in keys)
        {
            key.Withdraw(now);
            db.Record(new ApiKeyChanged(key.Id, name, Withdrawn: true), Actor.System, now);
        }
        return keys.Count > 0;
    });
}
