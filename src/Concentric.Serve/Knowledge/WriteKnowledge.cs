using System.Security.Claims;
using System.Text.RegularExpressions;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Design;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Core.Questions;
using Concentric.Core.Web;
using Concentric.Serve.Forms;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Knowledge;

/// <summary>A knowledge page as it is written.</summary>
public sealed partial record KnowledgeForm
{
    public string? Slug { get; init; }
    public string? Title { get; init; }
    public string? Body { get; init; }
    public string? WelshTitle { get; init; }
    public string? WelshBody { get; init; }
    public string? ForAdvisers { get; init; }
    public string? Service { get; init; }
    public string? Team { get; init; }
    public string? Form { get; init; }

    /// <summary>The version that was read before writing; 0 for a new page.</summary>
    public int? Version { get; init; }

    public KnowledgeForm Tidied() => new()
    {
        Slug = Tidy(Slug)?.ToLowerInvariant(), Title = Tidy(Title), Body = Tidy(Body), WelshTitle = Tidy(WelshTitle), WelshBody = Tidy(WelshBody), ForAdvisers = Tidy(ForAdvisers), Service = Tidy(Service), Team = Tidy(Team),
        Form = Tidy(Form), Version = Version,
    };

    /// <param name="isNew">It gets its address now.</param>
    public Errors Check(bool isNew) => new Errors()
        .Check("Slug", !isNew || (Slug is not null && Address.IsMatch(Slug) && Slug != "new"), "Enter an address of 2 to 60 small letters, numbers and hyphens, as ‘missed-bin’")
        .Check("Title", Title is not null, "Enter a title").Check("Title", Title is null || (Title.Length <= 120 && !Title.Contains('\n', StringComparison.Ordinal)), "The title must be one line of 120 characters or fewer")
        .Check("Body", Body is not null, "Enter what citizens are told").Check("Body", Body is null or { Length: <= 20_000 }, "What citizens are told must be 20,000 characters or fewer")
        .Check("WelshTitle", WelshTitle is null or { Length: <= 120 }, "The Welsh title must be 120 characters or fewer").Check("WelshBody", WelshBody is null or { Length: <= 20_000 }, "The Welsh must be 20,000 characters or fewer")
        .Check("ForAdvisers", ForAdvisers is null or { Length: <= 20_000 }, "What only staff see must be 20,000 characters or fewer")
        .Check("Team", Team is not null, "Enter the team whose page it is").Check("Team", Team is null or { Length: <= 100 }, "The team must be 100 characters or fewer");

    private static string? Tidy(string? text) => text is null ? null : Fields.Tidy(text).Trim() is { Length: > 0 } words ? words : null;

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{1,59}$", RegexOptions.NonBacktracking)]
    private static partial Regex Address { get; }
}

/// <summary>A knowledge page in its owner's list.</summary>
/// <param name="Yes">How many found there what they looked for, in the last twelve months.</param>
/// <param name="No">How many did not.</param>
public sealed record OwnedKnowledge(string Slug, string Title, string Team, DateOnly ReviewBy, int Yes, int No);

/// <summary>What somebody said of a page.</summary>
public sealed record SaidOfKnowledge(bool Found, string Words, DateTimeOffset At, int Version);

/// <summary>Whoever owns a knowledge page writes it anew, says that it is still right, and reads what people did not find.</summary>
internal static class WriteKnowledge
{
    private const int MostSaid = 50;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/answers-design", List).For(Audience.Design);
        pages.MapGet("/answers-design/new", New).For(Audience.Design);
        pages.MapPost("/answers-design/new", Add).For(Audience.Design);
        pages.MapGet("/answers-design/{slug}", Show).For(Audience.Design);
        pages.MapPost("/answers-design/{slug}", Save).For(Audience.Design);
        pages.MapPost("/answers-design/{slug}/reviewed", Review).For(Audience.Design);
    }

    private static async Task<IResult> List(ConcentricDb db, TimeProvider clock, CancellationToken stop)
    {
        var since = clock.GetUtcNow().AddMonths(-KnowledgeVerdict.MonthsKept);
        var counts = await db.KnowledgeVerdicts.Where(v => v.At >= since).GroupBy(v => new { v.Slug, v.Found }).Select(g => new { g.Key.Slug, g.Key.Found, Count = g.Count() }).ToListAsync(stop);
        int Of(string slug, bool found) => counts.Where(c => c.Slug == slug && c.Found == found).Sum(c => c.Count);
        var all = await FindKnowledge.Shown(db).ToListAsync(stop);
        return new RazorComponentResult<OwnedKnowledgePage>(new
        {
            Rows = all.Select(s => new OwnedKnowledge(s.Page.Slug, s.Words.Title, s.Page.Team, s.Page.ReviewBy, Of(s.Page.Slug, true), Of(s.Page.Slug, false))).OrderBy(r => r.ReviewBy).ThenBy(r => r.Title, StringComparer.Ordinal).ToList(),
            Today = Say.DayOf(clock.GetUtcNow()),
        });
    }

    private static Task<IResult> New(ConcentricDb db, IServiceNames services, TimeProvider clock, CancellationToken stop) => Page(null, new(), new(), db, services, clock, stop);

    private static async Task<IResult> Show(string slug, ConcentricDb db, IServiceNames services, TimeProvider clock, CancellationToken stop) => await FindKnowledge.One(db, slug, stop) is { } found
        ? await Page(found, new()
        {
            Title = found.Words.Title, Body = found.Words.Body, WelshTitle = found.Words.WelshTitle, WelshBody = found.Words.WelshBody, ForAdvisers = found.Words.ForAdvisers,
            Service = found.Page.Service, Team = found.Page.Team, Form = found.Page.Form, Version = found.Page.Version,
        }, new(), db, services, clock, stop)
        : Results.NotFound();

    private static async Task<IResult> Add([FromForm] KnowledgeForm form, ConcentricDb db, IServiceNames services, IWriter writer, ClaimsPrincipal visitor, TimeProvider clock, CancellationToken stop)
    {
        form = form.Tidied();
        var errors = await Check(form, isNew: true, db, services, stop);
        errors.Check("Slug", errors["Slug"] is not null || !await db.KnowledgePages.AnyAsync(p => p.Slug == form.Slug, stop), "There is a page with that address");
        if (errors.Any) return await Page(null, form, errors, db, services, clock, stop);
        var (by, now) = (visitor.Actor, clock.GetUtcNow());
        var today = Say.DayOf(now);
        await writer.Write(async d =>
        {
            // Two who press at once: the second finds the first one's page, as one who comes later does.
            if (await d.KnowledgePages.AnyAsync(p => p.Slug == form.Slug)) return;
            d.Add(new KnowledgePage { Slug = form.Slug!, Service = form.Service, Team = form.Team!, Form = form.Form, Version = 1, ReviewedOn = today, ReviewBy = today.AddMonths(KnowledgeLibrary.MonthsToReview) });
            d.Add(Words(form, form.Slug!, 1, by, now));
            d.Record(new KnowledgeWritten(form.Slug!, 1, form.Service), by, now);
        }, CancellationToken.None);
        return Results.LocalRedirect($"/answers-design/{form.Slug}");
    }

    private static async Task<IResult> Save(string slug, [FromForm] KnowledgeForm form, ConcentricDb db, IServiceNames services, IWriter writer, ClaimsPrincipal visitor, TimeProvider clock, CancellationToken stop)
    {
        form = form.Tidied();
        if (await FindKnowledge.One(db, slug, stop) is not { } found) return Results.NotFound();
        var errors = await Check(form, isNew: false, db, services, stop);
        if (errors.Any) return await Page(found, form, errors, db, services, clock, stop);
        var (by, now) = (visitor.Actor, clock.GetUtcNow());
        var today = Say.DayOf(now);
        var saved = await writer.Write(async d =>
        {
            var page = await d.KnowledgePages.SingleAsync(p => p.Slug == slug);
            if (page.Version != form.Version) return false;
            page.Version++;
            (page.Service, page.Team, page.Form, page.ReviewedOn, page.ReviewBy) = (form.Service, form.Team!, form.Form, today, today.AddMonths(KnowledgeLibrary.MonthsToReview));
            d.Add(Words(form, slug, page.Version, by, now));
            d.Record(new KnowledgeWritten(slug, page.Version, page.Service), by, now);
            return true;
        }, CancellationToken.None);
        if (saved) return Results.LocalRedirect($"/answers-design/{slug}");
        found = (await FindKnowledge.One(db, slug, stop))!;
        // What was typed stays in the boxes; sent once more, knowing this, it is kept.
        return await Page(found, form with { Version = found.Page.Version }, new Errors().Check("Body", false, "Somebody else saved this page while you wrote. Read their version at “As citizens see it”, and save yours again if it should replace theirs"),
            db, services, clock, stop, StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> Review(string slug, IWriter writer, ClaimsPrincipal visitor, TimeProvider clock)
    {
        var (by, now) = (visitor.Actor, clock.GetUtcNow());
        var today = Say.DayOf(now);
        var known = await writer.Write(async d =>
        {
            if (await d.KnowledgePages.SingleOrDefaultAsync(p => p.Slug == slug) is not { } page) return false;
            (page.ReviewedOn, page.ReviewBy) = (today, today.AddMonths(KnowledgeLibrary.MonthsToReview));
            d.Record(new KnowledgeReviewed(slug, page.Version, page.ReviewBy), by, now);
            return true;
        });
        return known ? Results.LocalRedirect("/answers-design") : Results.NotFound();
    }

    private static KnowledgeVersion Words(KnowledgeForm form, string slug, int version, string by, DateTimeOffset now) => new()
    {
        Slug = slug, Version = version, Title = form.Title!, Body = form.Body!, WelshTitle = form.WelshTitle, WelshBody = form.WelshBody, ForAdvisers = form.ForAdvisers, By = by, At = now,
    };

    private static async Task<Errors> Check(KnowledgeForm form, bool isNew, ConcentricDb db, IServiceNames services, CancellationToken stop) => form.Check(isNew)
        .Check("Service", form.Service is null || await services.Find(form.Service, stop) is not null, "Select one of the services listed")
        .Check("Form", form.Form is null || await db.KnownForms.AnyAsync(f => f.Id == form.Form, stop), "Select one of the forms listed");

    private static async Task<IResult> Page(ShownKnowledge? found, KnowledgeForm form, Errors errors, ConcentricDb db, IServiceNames services, TimeProvider clock, CancellationToken stop, int? status = null)
    {
        var slug = found?.Page.Slug;
        var versions = await db.KnowledgeVersions.AsNoTracking().Where(v => v.Slug == slug).OrderByDescending(v => v.Version).Select(v => new { v.Version, v.By, v.At }).ToListAsync(stop);
        var ids = versions.Select(v => Guid.TryParse(v.By, out var id) ? id : Guid.Empty).ToHashSet();
        var names = await db.Set<Person>().AsNoTracking().Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => $"{p.Id}", p => p.Name, stop);
        var said = await db.KnowledgeVerdicts.AsNoTracking().Where(v => v.Slug == slug && v.Words != null).OrderByDescending(v => v.At).Take(MostSaid).Select(v => new SaidOfKnowledge(v.Found, v.Words!, v.At, v.Version)).ToListAsync(stop);
        return new RazorComponentResult<WriteKnowledgePage>(new
        {
            Slug = slug, Form = form, Errors = errors, Said = said, ReviewBy = found?.Page.ReviewBy, Today = Say.DayOf(clock.GetUtcNow()),
            Versions = versions.ConvertAll(v => $"Version {v.Version}: {Say.When(v.At)}, by {(v.By == Actor.System ? "Concentric" : names.GetValueOrDefault(v.By, "somebody who has left"))}"),
            Services = (await services.All(stop)).Select(s => new Choice(s.Id, s.Plain)).Prepend(new("", "None")).ToList(),
            Forms = (await db.KnownForms.AsNoTracking().OrderBy(f => f.Title).Select(f => new { f.Id, f.Title }).ToListAsync(stop)).Select(f => new Choice(f.Id, f.Title)).Prepend(new("", "None")).ToList(),
        })
        {
            StatusCode = status ?? (errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK),
        };
    }
}
