using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Design;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Core.Questions;
using Concentric.Core.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Measure.Information;

/// <summary>Which service a page or search words are about, as typed.</summary>
public sealed record MatchForm
{
    public string? Kind { get; init; }
    public string? Pattern { get; init; }

    /// <summary>Key of the service; empty to take a match back.</summary>
    public string? Service { get; init; }
}

/// <summary>Something that is matched to no service, with a suggestion.</summary>
public sealed record Unmatched(MatchKind Kind, string Text, long Count, string? Suggestion);

/// <summary>An analyst says which service pages and search words are about, with suggestions from their names.</summary>
internal static class MatchInformation
{
    public const string Path = "/measure/information/matches";
    private const int Most = 15;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Path, (ConcentricDb db, Settings settings, IServiceNames names, CancellationToken stop) => Page(new(), new(), db, settings, names, stop)).For(Audience.Analyse);
        pages.MapPost(Path, Match).For(Audience.Analyse);
    }

    private static async Task<IResult> Match([FromForm] MatchForm form, ConcentricDb db, IWriter writer, Settings settings, IServiceNames names, TimeProvider clock, ClaimsPrincipal visitor, CancellationToken stop)
    {
        var kind = form.Kind == nameof(MatchKind.Words) ? MatchKind.Words : MatchKind.Path;
        var pattern = kind == MatchKind.Words ? ReadInformation.PlainWords(form.Pattern ?? "") : (form.Pattern ?? "").Trim().Length == 0 ? "" : ReadInformation.PlainPath(form.Pattern!);
        var service = form.Service is { Length: > 0 } chosen ? chosen : null;
        var known = await db.Set<InformationMatch>().AsNoTracking().AnyAsync(m => m.Council == settings.Council && m.Kind == kind && m.Pattern == pattern, stop);
        var errors = new Errors()
            .Check("Pattern", pattern.Length is > 0 and <= 300, "Enter the beginning of a path, such as /bins, or search words")
            .Check("Pattern", pattern.Length == 0 || !ReadInformation.LooksPersonal(pattern), "This looks like something about a person. Enter words that many use")
            .Check("Service", service is null ? known : await names.Find(service, stop) is not null, "Select the service that it is about");
        if (errors.Any) return await Page(form, errors, db, settings, names, stop);
        var now = clock.GetUtcNow();
        await writer.Write(async work =>
        {
            if (service is null) await work.Set<InformationMatch>().Where(m => m.Council == settings.Council && m.Kind == kind && m.Pattern == pattern).ExecuteDeleteAsync();
            else await work.PutMany([new InformationMatch { Council = settings.Council, Kind = kind, Pattern = pattern, Service = service }]);
            work.Record(new InformationMatched(settings.Council, kind.ToString().ToLowerInvariant(), pattern, service), visitor.Actor, now);
        }, stop);
        return Results.LocalRedirect(Path);
    }

    private static async Task<IResult> Page(MatchForm form, Errors errors, ConcentricDb db, Settings settings, IServiceNames names, CancellationToken stop)
    {
        var kept = await db.Set<InformationMatch>().AsNoTracking().Where(m => m.Council == settings.Council).OrderBy(m => m.Kind).ThenBy(m => m.Pattern).ToListAsync(stop);
        var matches = new ServiceMatches(kept);
        var services = await names.All(stop);
        var counts = await db.Set<InformationCount>().AsNoTracking().Where(c => c.Council == settings.Council).GroupBy(c => new { c.Kind, c.Text }).Select(g => new { g.Key.Kind, g.Key.Text, Count = g.Sum(c => c.Count) }).ToListAsync(stop);
        var open = counts.Select(c => (Kind: c.Kind == InformationKind.Searches ? MatchKind.Words : MatchKind.Path, c.Text, c.Count))
            .Where(c => (c.Kind == MatchKind.Words ? matches.OfWords(c.Text) : matches.OfPath(c.Text)) is null).ToList();
        var byName = services.Select(s => (s.Id, Name: $"{s.Label} {s.CitizenLabel}")).ToList();
        return new RazorComponentResult<MatchPage>(new
        {
            Form = form, Errors = errors, Matches = kept, Services = services.Select(s => new Choice(s.Id, s.Plain)).ToList(),
            Open = open.GroupBy(o => o.Kind).SelectMany(g => g.OrderByDescending(o => o.Count).ThenBy(o => o.Text, StringComparer.Ordinal).Take(Most))
                .Select(o => new Unmatched(o.Kind, o.Text, o.Count, ServiceMatches.Suggest(o.Text, byName))).ToList(),
        })
        {
            StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
        };
    }
}
