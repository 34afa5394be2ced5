using System.Buffers.Text;
using System.Security.Cryptography;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Core.Web;
using Concentric.Serve.Forms.Building;
using Concentric.Serve.Messages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Forms;

public sealed record SaveFormForm(string? Email);

/// <summary>Saving a form and coming back: a link by e-mail that works once. Looking at a link does not use it, because mail programs look at links by themselves.</summary>
internal static class SaveForm
{
    /// <summary>How long a link that was asked for works.</summary>
    private static readonly TimeSpan LinkLasts = TimeSpan.FromDays(Draft.KeptDays);

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/forms/{form}/{draft}/save", Show).ForEverybody();
        pages.MapPost("/forms/{form}/{draft}/save", Save).ForEverybody().RequireRateLimiting(RateLimits.LookUp);
        pages.MapGet("/forms/{form}/{draft}/away", Away).ForEverybody();
        pages.MapPost("/forms/{form}/{draft}/away", ComeBack).ForEverybody().RequireRateLimiting(RateLimits.LookUp);
        pages.MapPost("/forms/{form}/{draft}/stay", Stay).ForEverybody();
        pages.MapGet("/forms/return", AskForLink).ForEverybody();
        pages.MapPost("/forms/return", SendLinks).ForEverybody().RequireRateLimiting(RateLimits.LookUp);
        pages.MapGet("/forms/return/{token}", ShowLink).ForEverybody().RequireRateLimiting(RateLimits.LookUp);
        pages.MapPost("/forms/return/{token}", UseLink).ForEverybody().RequireRateLimiting(RateLimits.LookUp);
    }

    /// <summary>Makes a way back that works once, inside the work that is being done; returns its token, which is kept nowhere.</summary>
    public static string MakeWayBack(ConcentricDb db, Guid draft, WayBackKind kind, TimeSpan lasts, DateTimeOffset now)
    {
        var token = RandomNumberGenerator.GetBytes(32);
        db.Add(new WayBack { Id = Guid.CreateVersion7(now), DraftId = draft, Digest = SHA256.HashData(token), Kind = kind, MadeAt = now, ExpiresAt = now + lasts });
        return Base64Url.EncodeToString(token);
    }

    /// <summary>Writes to somebody how to go on with their form. The subject of a sensitive one does not name it: others see a list of letters.</summary>
    public static void Write(ConcentricDb db, string to, Form form, string token, Language language, string council, string site, DateTimeOffset now) => Outbox.Add(db, new("saved-form", to,
        (language == Language.Welsh ? "Parhau gyda’ch ffurflen" : "Go on with your form") + (form.Sensitive ? "" : $": {form.Title.In(language)}"),
        language == Language.Welsh
            ? $"Mae eich atebion wedi’u cadw tan {ShowAnswer.Date(Say.DayOf(now).AddDays(Draft.KeptDays)).Cy}.\n\nI barhau, agorwch y ddolen hon. Mae’n gweithio unwaith:\n{site}/forms/return/{token}?lang=cy\n\nI gael dolen arall: {site}/forms/return?lang=cy\n\n{council}"
            : $"Your answers are saved until {Say.Date(Say.DayOf(now).AddDays(Draft.KeptDays))}.\n\nTo go on, open this link. It works once:\n{site}/forms/return/{token}\n\nTo get another link: {site}/forms/return\n\nIf you did not ask for this, you do not need to do anything.\n\n{council}", language), now);

    private static async Task<IResult> Show(string form, string draft, HttpContext http, ConcentricDb db, FillDraft fill, TimeProvider clock)
    {
        var visitor = new FormVisitor(http, db, fill, clock);
        var (open, instead) = await visitor.Open(form, draft);
        return open is null ? instead : Page(visitor, open, new(open.Draft.Email ?? Known(open)), new(), null);
    }

    private static async Task<IResult> Save(string form, string draft, [FromForm] SaveFormForm said, HttpContext http, ConcentricDb db, FillDraft fill, IWriter writer, OwnCouncil council, TimeProvider clock)
    {
        var visitor = new FormVisitor(http, db, fill, clock);
        var (open, instead) = await visitor.Open(form, draft);
        if (open is null) return instead;
        // A link to hidden answers must not be sent to whoever happens to sit there.
        if (open.Draft.IsIdle(clock.GetUtcNow())) return Results.LocalRedirect(visitor.Addresses(open).Away);
        var language = visitor.LanguageOf(open.Draft);
        var email = said.Email?.Trim();
        var errors = new Errors()
            .Check("Email", !string.IsNullOrEmpty(email), language == Language.Welsh ? "Rhowch eich cyfeiriad e-bost" : "Enter your email address")
            .Check("Email", EmailAddress.LooksRight(email) && Message.IsAddress(email), language == Language.Welsh ? "Rhowch gyfeiriad e-bost yn y fformat cywir, fel enw@example.com" : "Enter an email address in the correct format, like name@example.com");
        if (errors.Any) return Page(visitor, open, said, errors, null);
        var now = clock.GetUtcNow();
        await writer.Write(async d =>
        {
            if (await d.Drafts.SingleOrDefaultAsync(x => x.Id == open.Draft.Id && x.SentAt == null) is not { } kept) return;
            kept.Email = email;
            kept.Revision++;
            kept.ExpiresAt = now.AddDays(Draft.KeptDays);
            fill.EndVisit(d, kept, open.Form, FormOutcome.Saved, RunExamples.EndOf(open.Journey), kept.By ?? Actor.Citizen, now);
            var token = MakeWayBack(d, kept.Id, WayBackKind.Link, LinkLasts, now);
            Write(d, email!, open.Form, token, language, council.Name, SiteOf(http), now);
        });
        return Page(visitor, open, said, errors, email);
    }

    private static async Task<IResult> Away(string form, string draft, HttpContext http, ConcentricDb db, FillDraft fill, TimeProvider clock)
    {
        if (!Guid.TryParseExact(draft, "N", out var id) || await fill.Find(db, id) is not { } open || open.Draft.Form != form || !DraftKey.Opens(http.Request, open.Draft)) return Results.NotFound();
        return new RazorComponentResult<FormAwayPage>(new { open.Form, NeedsEmail = (open.Draft.Email ?? Known(open)) is not null, Addresses = new FormVisitor(http, db, fill, clock).Addresses(open), Errors = new Errors() });
    }

    /// <summary>Somebody is still there: asked for by the page's script while they type, and by the button of its warning. 409 where the answers are hidden already.</summary>
    private static async Task<IResult> Stay(string form, string draft, HttpContext http, ConcentricDb db, FillDraft fill, TimeProvider clock)
    {
        var (open, _) = await new FormVisitor(http, db, fill, clock).Open(form, draft);
        var now = clock.GetUtcNow();
        return open is not null && !open.Draft.IsIdle(now) && await fill.Set(open.Draft.Id, d => d.SeenAt = now) ? Results.NoContent() : Results.Conflict();
    }

    /// <summary>Shows the answers again to whoever can say the e-mail address that stands in them; where none does, to whoever has the browser.</summary>
    private static async Task<IResult> ComeBack(string form, string draft, [FromForm] SaveFormForm said, HttpContext http, ConcentricDb db, FillDraft fill, TimeProvider clock)
    {
        if (!Guid.TryParseExact(draft, "N", out var id) || await fill.Find(db, id) is not { } open || open.Draft.Form != form || !DraftKey.Opens(http.Request, open.Draft)) return Results.NotFound();
        var addresses = new FormVisitor(http, db, fill, clock).Addresses(open);
        var known = open.Draft.Email ?? Known(open);
        var errors = new Errors().Check("Email", known is null || string.Equals(known, said.Email?.Trim(), StringComparison.OrdinalIgnoreCase), addresses.Language == Language.Welsh ? "Rhowch y cyfeiriad e-bost a roesoch i ni" : "Enter the email address that you gave us");
        if (errors.Any) return new RazorComponentResult<FormAwayPage>(new { open.Form, NeedsEmail = true, Addresses = addresses, Errors = errors }) { StatusCode = StatusCodes.Status422UnprocessableEntity };
        var now = clock.GetUtcNow();
        await fill.Set(id, d => d.SeenAt = now);
        return Results.LocalRedirect(AnswerPage.Onward(open.Journey, addresses));
    }

    private static RazorComponentResult AskForLink(string? lang) => new RazorComponentResult<ReturnToFormPage>(new { Errors = new Errors(), Language = LanguageOf(lang), Sent = false });

    private static Language LanguageOf(string? lang) => lang == "cy" ? Language.Welsh : Language.English;

    /// <summary>The same answer whether or not anything is saved under that address.</summary>
    private static async Task<IResult> SendLinks([FromForm] SaveFormForm said, string? lang, HttpContext http, IWriter writer, FormsToFill forms, OwnCouncil council, TimeProvider clock)
    {
        var email = said.Email?.Trim();
        var language = LanguageOf(lang);
        var errors = new Errors()
            .Check("Email", !string.IsNullOrEmpty(email), language == Language.Welsh ? "Rhowch eich cyfeiriad e-bost" : "Enter your email address")
            .Check("Email", EmailAddress.LooksRight(email) && Message.IsAddress(email), language == Language.Welsh ? "Rhowch gyfeiriad e-bost yn y fformat cywir, fel enw@example.com" : "Enter an email address in the correct format, like name@example.com");
        if (errors.Any) return new RazorComponentResult<ReturnToFormPage>(new { Errors = errors, Language = language, Sent = false, said.Email }) { StatusCode = StatusCodes.Status422UnprocessableEntity };
        var now = clock.GetUtcNow();
        await writer.Write(async db =>
        {
            var small = email!.ToLowerInvariant();
#pragma warning disable CA1304, CA1311, CA1862 // The database puts it in lower case.
            var saved = await db.Drafts.Where(d => d.Email != null && d.Email.ToLower() == small && d.SentAt == null && d.ExpiresAt > now).OrderByDescending(d => d.SeenAt).Take(5).ToListAsync();
#pragma warning restore CA1304, CA1311, CA1862
            foreach (var draft in saved)
                if (await forms.Of(draft) is var (form, _))
                    Write(db, draft.Email!, form, MakeWayBack(db, draft.Id, WayBackKind.Link, TimeSpan.FromHours(1), now), draft.Language, council.Name, SiteOf(http), now);
        });
        return new RazorComponentResult<ReturnToFormPage>(new { Errors = errors, Language = language, Sent = true, said.Email });
    }

    private static async Task<IResult> ShowLink(string token, string? lang, ConcentricDb db, FillDraft fill, TimeProvider clock, CancellationToken stop) =>
        await Find(db, token, clock.GetUtcNow()) is { } way && await fill.Find(db, way.DraftId, stop) is { Draft.SentAt: null } open
            ? new RazorComponentResult<OpenSavedFormPage>(new { Title = open.Form.Title.In(open.Language), Token = token, open.Language })
            : new RazorComponentResult<OpenSavedFormPage>(new { Title = (string?)null, Token = token, Language = LanguageOf(lang) }) { StatusCode = StatusCodes.Status404NotFound };

    private static async Task<IResult> UseLink(string token, string? lang, HttpContext http, ConcentricDb db, FillDraft fill, IWriter writer, TimeProvider clock, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        if (await Find(db, token, now) is not { } way || await fill.Find(db, way.DraftId, stop) is not { Draft.SentAt: null } open)
            return new RazorComponentResult<OpenSavedFormPage>(new { Title = (string?)null, Token = token, Language = LanguageOf(lang) }) { StatusCode = StatusCodes.Status404NotFound };
        var key = DraftKey.OfOrNew(http);
        var used = await writer.Write(async d =>
        {
            if (await d.WaysBack.Where(w => w.Id == way.Id && w.UsedAt == null).ExecuteUpdateAsync(w => w.SetProperty(x => x.UsedAt, now)) == 0) return false;
            var draft = await d.Drafts.SingleAsync(x => x.Id == way.DraftId);
            // From here on it is this browser's, and the citizen's own where an adviser had begun it.
            if (draft.By is { } adviser) fill.EndVisit(d, draft, open.Form, FormOutcome.HandedOver, RunExamples.EndOf(open.Journey), adviser, now);
            (draft.KeyDigest, draft.SeenAt, draft.By, draft.Channel) = (Draft.DigestOf(key), now, null, "web");
            draft.Revision++;
            return true;
        }, CancellationToken.None);
        return used ? Results.LocalRedirect(AnswerPage.Onward(open.Journey, new(open.Draft.Form, open.Draft.Key, open.Language))) : Results.LocalRedirect($"/forms/return/{token}{(lang == "cy" ? "?lang=cy" : "")}");
    }

    private static async Task<WayBack?> Find(ConcentricDb db, string token, DateTimeOffset now)
    {
        if (token.Length != 43 || !Base64Url.IsValid(token)) return null;
        var digest = SHA256.HashData(Base64Url.DecodeFromChars(token));
        return await db.WaysBack.AsNoTracking().SingleOrDefaultAsync(w => w.Digest == digest && w.UsedAt == null && w.ExpiresAt > now && w.Kind != WayBackKind.Code);
    }

    /// <summary>The e-mail address that was answered in the form, if one was.</summary>
    internal static string? Known(OpenDraft open) => open.Form.Questions.Where(q => q.Kind == QuestionKind.Email).Select(q => $"{open.Journey.Answers[q.Id]}").FirstOrDefault(a => EmailAddress.LooksRight(a));

    internal static string SiteOf(HttpContext http) => SiteAddress.Of(http);

    private static RazorComponentResult Page(FormVisitor visitor, OpenDraft open, SaveFormForm said, Errors errors, string? sentTo) =>
        new RazorComponentResult<SaveFormPage>(new { open.Form, Addresses = visitor.Addresses(open), said.Email, Errors = errors, SentTo = sentTo, Until = Say.DayOf(visitor.Clock.GetUtcNow()).AddDays(Draft.KeptDays), Back = AnswerPage.Onward(open.Journey, visitor.Addresses(open)) })
        {
            StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
        };
}
