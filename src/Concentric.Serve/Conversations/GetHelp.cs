using System.Security.Cryptography;
using System.Text;
using Concentric.Core.Data;
using Concentric.Core.Web;
using Concentric.Serve.Forms;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Conversations;

/// <summary>The code that a citizen reads out, so that an adviser can take over their form. The digest is kept, the code is not.</summary>
internal static class HelpCode
{
    public const int Length = 6;
    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(15);

    /// <summary>No sign that is mistaken for another when it is read out.</summary>
    private const string Signs = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

    public static string New() => RandomNumberGenerator.GetString(Signs, Length);

    /// <summary>Of a code as it is typed: any case, with blanks or dashes; null where it cannot be one.</summary>
    public static byte[]? DigestOf(string? code)
    {
        var signs = string.Concat((code ?? "").Where(c => !char.IsWhiteSpace(c) && c != '-')).ToUpperInvariant();
        return signs.Length == Length && signs.All(c => Signs.Contains(c, StringComparison.Ordinal)) ? SHA256.HashData(Encoding.ASCII.GetBytes($"help {signs}")) : null;
    }
}

/// <summary>A citizen gets help with a form: the code by which an adviser takes it over. The latest one alone works.</summary>
internal static class GetHelp
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/forms/{form}/{draft}/code", Show).ForEverybody();
        pages.MapPost("/forms/{form}/{draft}/code", Make).ForEverybody().RequireRateLimiting(RateLimits.LookUp);
    }

    private static async Task<IResult> Show(string form, string draft, HttpContext http, ConcentricDb db, FillDraft fill, TimeProvider clock)
    {
        var visitor = new FormVisitor(http, db, fill, clock);
        var (open, instead) = await visitor.Open(form, draft);
        return open is null ? instead : Page(visitor, open, null);
    }

    private static async Task<IResult> Make(string form, string draft, HttpContext http, ConcentricDb db, FillDraft fill, IWriter writer, TimeProvider clock)
    {
        var visitor = new FormVisitor(http, db, fill, clock);
        var (open, instead) = await visitor.Open(form, draft);
        if (open is null) return instead;
        var now = clock.GetUtcNow();
        // A code to hidden answers must not be made by whoever happens to sit there.
        if (open.Draft.IsIdle(now)) return Results.LocalRedirect(visitor.Addresses(open).Away);
        var code = await writer.Write(async d =>
        {
            await d.WaysBack.Where(w => w.DraftId == open.Draft.Id && w.Kind == WayBackKind.Code && w.UsedAt == null).ExecuteUpdateAsync(w => w.SetProperty(x => x.UsedAt, now));
            var made = HelpCode.New();
            // Somebody else's code of the last minutes, or an old one: the digests are kept apart.
            while (HelpCode.DigestOf(made) is var digest && await d.WaysBack.AnyAsync(w => w.Digest == digest)) made = HelpCode.New();
            d.Add(new WayBack { Id = Guid.CreateVersion7(now), DraftId = open.Draft.Id, Digest = HelpCode.DigestOf(made)!, Kind = WayBackKind.Code, MadeAt = now, ExpiresAt = now + HelpCode.Lasts });
            return made;
        });
        return Page(visitor, open, code);
    }

    private static RazorComponentResult Page(FormVisitor visitor, OpenDraft open, string? code) => new RazorComponentResult<HelpCodePage>(new
    {
        open.Form, Addresses = visitor.Addresses(open), Code = code, Back = AnswerPage.Onward(open.Journey, visitor.Addresses(open)),
    });
}
