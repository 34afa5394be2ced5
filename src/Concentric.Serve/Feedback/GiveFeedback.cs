using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.Questions;
using Concentric.Core.Web;
using Concentric.Serve.Forms;
using Concentric.Serve.Teams;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Feedback;

/// <summary>How it was, in one choice.</summary>
public sealed record FeedbackForm
{
    /// <summary><c>Good</c>, <c>Average</c> or <c>Poor</c>.</summary>
    public string? Said { get; init; }

    public string? Words { get; init; }

    /// <summary><c>Compliment</c> or <c>Complaint</c>; nothing for neither.</summary>
    public string? Kind { get; init; }

    /// <summary>That of the e-mail's link, or one that the page made.</summary>
    public string? Token { get; init; }

    /// <summary>What the page of the enquiry from which they came gave them (<see cref="FeedbackPass"/>). Its reference alone is not believed.</summary>
    public string? About { get; init; }

    /// <summary>LGSL identifier of the service from whose page they came.</summary>
    public string? Service { get; init; }

    public string? Lang { get; init; }

    /// <summary>No person sees this box, so whatever fills it in is a program.</summary>
    public string? Website { get; init; }
}

/// <summary>Anybody says how it was, without an account: from the end of a form or an enquiry, from the foot of any page, or by the link of an e-mail.</summary>
internal static class GiveFeedback
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/feedback", Show).ForEverybody();
        pages.MapGet("/feedback/{token:length(43)}", ShowAsked).ForEverybody().RequireRateLimiting(RateLimits.LookUp);
        pages.MapGet("/feedback/thanks", Thank).ForEverybody();
        pages.MapPost("/feedback", Say).ForEverybody().RequireRateLimiting(RateLimits.LookUp);
    }

    /// <summary>What was said; null for anything else. Names alone count: numbers are names of nothing here.</summary>
    internal static FeedbackSaid? Read(string? said) => said switch
    {
        nameof(FeedbackSaid.Good) => FeedbackSaid.Good,
        nameof(FeedbackSaid.Average) => FeedbackSaid.Average,
        nameof(FeedbackSaid.Poor) => FeedbackSaid.Poor,
        nameof(FeedbackSaid.DidNotWant) => FeedbackSaid.DidNotWant,
        nameof(FeedbackSaid.NotAsked) => FeedbackSaid.NotAsked,
        _ => null,
    };

    private static RazorComponentResult Show(string? about, string? service, string? lang, FeedbackPass pass) => Page(new() { About = about, Service = service, Lang = lang, Token = pass.NewPage() }, new());

    // Opening the link changes nothing: it is what programs do that look through mail.
    private static async Task<IResult> ShowAsked(string token, ConcentricDb db, TimeProvider clock, CancellationToken stop)
    {
        var digest = FeedbackToken.Digest(token);
        var asked = digest is null ? null : await db.GivenFeedback.AsNoTracking().SingleOrDefaultAsync(f => f.Digest == digest, stop);
        if (asked is null) return Results.NotFound();
        return asked.ExpiresAt <= clock.GetUtcNow()
            ? Over(asked.Language)
            : Page(new() { Token = token, Lang = asked.Language == Language.Welsh ? "cy" : null, Said = asked.Said == FeedbackSaid.Nothing ? null : $"{asked.Said}" }, new());
    }

    private static async Task<IResult> Say(
        [FromForm] FeedbackForm? form, ConcentricDb db, IWriter writer, KeepFeedback keep, FeedbackPass pass, RouteEnquiry route, IServiceNames services, TimeProvider clock, CancellationToken stop)
    {
        // Of a post without any of its fields there is no form.
        form ??= new();
        var language = LanguageOf(form.Lang);
        form = form with { Words = form.Words is null ? null : Fields.Tidy(form.Words).Trim() };
        var said = Read(form.Said) is FeedbackSaid.Good or FeedbackSaid.Average or FeedbackSaid.Poor ? Read(form.Said) : null;
        var kind = form.Kind switch { nameof(FeedbackKind.Compliment) => FeedbackKind.Compliment, nameof(FeedbackKind.Complaint) => FeedbackKind.Complaint, _ => FeedbackKind.None };
        var isWelsh = language == Language.Welsh;
        var errors = new Errors()
            .Check("Said", said is not null, isWelsh ? "Dewiswch sut oedd hi" : "Select how it was")
            .Check("Words", form.Words is null or { Length: <= GivenFeedback.MostWords }, isWelsh ? "Rhaid i’r hyn a ysgrifennwch fod yn 1,000 nod neu lai" : "What you write must be 1,000 characters or fewer");
        if (errors.Any) return Page(form, errors);
        // A token is of an e-mail or of a page, and both we gave out ourselves.
        var (byEmail, page, now) = (FeedbackToken.Digest(form.Token), pass.Page(form.Token), clock.GetUtcNow());
        if (byEmail is not null && !await db.GivenFeedback.AnyAsync(f => f.Digest == byEmail, stop)) byEmail = null;
        if ((byEmail ?? page?.Digest) is not { } digest) return Results.BadRequest();
        if (page is { IsOpen: false })
            return Page(form with { Token = pass.NewPage() }, new Errors().Check("Said", false, isWelsh ? "Roedd y dudalen ar agor am fwy na diwrnod. Anfonwch eto" : "The page was open for more than a day. Send it again"));
        // A program is thanked like anybody, and learns nothing.
        if (form.Website is { Length: > 0 }) return Thanks(form, kind, null);
        var service = form.Service is { Length: > 0 and <= 20 } named && await services.Find(named, stop) is not null ? named : null;
        var about = byEmail is null ? pass.Enquiry(form.About) : null;
        var kept = await writer.Write(async d =>
        {
            var enquiry = about is { } id ? await d.Enquiries.Whole.SingleOrDefaultAsync(e => e.Id == id) : null;
            var key = enquiry is null ? digest : FeedbackToken.DigestOf(enquiry.Id);
            return await keep.Keep(d, key, async () => enquiry is null
                ? await OfService(d, route, service, key, language, now)
                : AskFeedback.Of(enquiry, key, FeedbackWays.Page, language, now), said!.Value, form.Words, kind, Actor.Citizen, now);
        }, CancellationToken.None);
        // Where they go next tells no more than what they sent; whoever has the link of the e-mail was told the service by it.
        if (byEmail is not null) service = await db.GivenFeedback.Where(f => f.Digest == byEmail && !f.IsSensitive).Select(f => f.Service).SingleOrDefaultAsync(stop);
        return kept == FeedbackKept.Over ? Over(language) : Thanks(form, kind, service);
    }

    private static async Task<GivenFeedback> OfService(ConcentricDb db, RouteEnquiry route, string? service, byte[] digest, Language language, DateTimeOffset now)
    {
        var (team, isSensitive) = await route.Of(db, service);
        return new() { Id = Guid.CreateVersion7(now), Digest = digest, Service = service, Channel = "web", Way = FeedbackWays.Page, Team = team, IsSensitive = isSensitive, Language = language, AskedAt = now, ExpiresAt = now + GivenFeedback.Open };
    }

    private static RedirectHttpResult Thanks(FeedbackForm form, FeedbackKind kind, string? service) => TypedResults.LocalRedirect(
        $"/feedback/thanks?kind={kind}{(service is null ? "" : $"&service={Uri.EscapeDataString(service)}")}{(LanguageOf(form.Lang) == Language.Welsh ? "&lang=cy" : "")}");

    private static async Task<IResult> Thank(string? kind, string? service, string? lang, ConcentricDb db, IServiceNames services, CancellationToken stop)
    {
        var told = service is null || await services.Find(service, stop) is not { } known || !await db.SaidAndDone.AnyAsync(s => s.Service == service && s.HiddenAt == null, stop) ? null : known;
        var complains = kind == nameof(FeedbackKind.Complaint) && await db.KnownForms.AnyAsync(f => f.Id == "complaint", stop);
        return new RazorComponentResult<FeedbackThanksPage>(new { Language = LanguageOf(lang), Complains = complains, Told = told });
    }

    private static RazorComponentResult Over(Language language) => new RazorComponentResult<FeedbackOverPage>(new { Language = language }) { StatusCode = StatusCodes.Status410Gone };

    private static RazorComponentResult Page(FeedbackForm form, Errors errors) => new RazorComponentResult<FeedbackPage>(new { Form = form, Language = LanguageOf(form.Lang), Errors = errors })
    {
        StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
    };

    internal static Language LanguageOf(string? lang) => lang == "cy" ? Language.Welsh : Language.English;
}
