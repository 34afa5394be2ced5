using System.Security.Claims;
using Concentric.Core.Design;
using Concentric.Core.Web;
using Concentric.Needs.Concepts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Concentric.Needs.Designing;

/// <summary>A thing in a list.</summary>
/// <param name="Note">Its published name where the plain one differs, or what else tells it from others.</param>
/// <param name="Mark">"Retired", "In your draft", or nothing.</param>
public sealed record ThingRow(string Name, string Href, string Identifier, string? Note, int Links, string? Mark);

/// <summary>A part of a list with what was searched for.</summary>
public sealed record ThingList
{
    public required string Heading { get; init; }
    public required string Address { get; init; }

    /// <summary>What a new one is called, or null where none can be added.</summary>
    public required string? New { get; init; }

    /// <summary>What the numbers of the last column count.</summary>
    public required string Counts { get; init; }
    public string? About { get; init; }
    public string? Question { get; init; }
    public required int Total { get; init; }
    public required int Page { get; init; }
    public required int Pages { get; init; }
    public required IReadOnlyList<ThingRow> Rows { get; init; }

    internal string Query(int page) => $"{Address}?{(Question is { Length: > 0 } ? $"q={Uri.EscapeDataString(Question)}&" : "")}page={page}";

    internal IReadOnlyList<PageLink> PageLinks => PageLink.Of(Page, Pages, Query);
}

/// <summary>The things of a kind, with a search.</summary>
internal static class ListThings
{
    private const int PageSize = 50;

    public static void Map(Site site)
    {
        site.Pages.MapGet("/model/{kind}", Show).For(Audience.Design);
        site.Pages.MapGet(DesignLinks.Offers, ShowOffers).For(Audience.Design);
        site.Pages.MapGet(DesignLinks.Places, ShowPlaces).For(Audience.Design);
    }

    private static async Task<IResult> Show(string kind, Workbench bench, ClaimsPrincipal visitor, CancellationToken stop, string? q = null, int page = 1)
    {
        if (Kind.Of(kind) is not { } known) return Results.NotFound();
        var work = await bench.Open(visitor, stop);
        var changed = work.Changes.Select(c => c.Subject).ToHashSet(StringComparer.Ordinal);
        var links = work.Model.Relations.SelectMany(r => new[] { r.Subject, r.Object }).CountBy(u => u).ToDictionary(c => c.Key, c => c.Value, StringComparer.Ordinal);
        var found = FindThings.Of(work.Model, known, q);
        return Page(work, found, page, c => new(c.Plain, DesignLinks.Of(known, c), c.Identifier, c.Plain == c.Label ? null : c.Label, links.GetValueOrDefault(c.Uri),
            Mark(c.InUse, changed.Contains(c.Uri), "Retired")), new()
        {
            Heading = Words.First(known.Many),
            Address = DesignLinks.List(known),
            New = known.CanBeAdded ? known.One : null,
            Counts = "Links",
            About = known.Type switch
            {
                ConceptType.Service => "Services come from the national list and are brought in by import. Write plain words for them here. What your council or a partner provides is an offer of a service.",
                ConceptType.Organisation => "Who offers services: the council and its partners.",
                _ => null,
            },
            Question = q, Total = found.Count, Page = 1, Pages = 1, Rows = [],
        });
    }

    private static async Task<IResult> ShowOffers(Workbench bench, ClaimsPrincipal visitor, CancellationToken stop, string? q = null, int page = 1)
    {
        var work = await bench.Open(visitor, stop);
        var model = work.Model;
        var changed = work.Changes.Select(c => c.Subject).ToHashSet(StringComparer.Ordinal);
        var found = FindThings.Offers(model, q);
        return Page(work, found, page, o => new(o.Name, DesignLinks.Offer(o.Identifier), o.Identifier, $"{model.Find(o.Service)?.Plain}, by {model.Find(o.Organisation)?.Plain}", o.PassesOnTo?.Count ?? 0,
            Mark(o.InUse, changed.Contains(o.Identifier), "Withdrawn")), new()
            {
                Heading = "Offers of services",
                Address = DesignLinks.Offers,
                New = "offer",
                Counts = "Passes on to",
                About = "An offer is one service as one organisation provides it, with how to get it.",
                Question = q, Total = found.Count, Page = 1, Pages = 1, Rows = [],
            });
    }

    private static async Task<IResult> ShowPlaces(Workbench bench, ClaimsPrincipal visitor, CancellationToken stop, string? q = null, int page = 1)
    {
        var work = await bench.Open(visitor, stop);
        var changed = work.Changes.Select(c => c.Subject).ToHashSet(StringComparer.Ordinal);
        var offers = work.Model.Offers.Where(o => o.InUse).SelectMany(o => o.Places ?? []).CountBy(p => p).ToDictionary(p => p.Key, p => p.Value, StringComparer.Ordinal);
        var found = work.Model.Places.Where(p => string.IsNullOrWhiteSpace(q) || $"{p.Name} {p.Street} {p.Town} {p.Postcode}".Contains(q.Trim(), StringComparison.OrdinalIgnoreCase))
            .OrderBy(p => p.Name, StringComparer.OrdinalIgnoreCase).ToList();
        return Page(work, found, page, p => new(p.Name, DesignLinks.Place(p.Identifier), p.Identifier, string.Join(", ", new[] { p.Street, p.Town, p.Postcode }.OfType<string>()), offers.GetValueOrDefault(p.Identifier),
            Mark(true, changed.Contains(p.Identifier), "")), new()
            {
                Heading = "Places",
                Address = DesignLinks.Places,
                New = "place",
                Counts = "Offers",
                About = "Where offers are given.",
                Question = q, Total = found.Count, Page = 1, Pages = 1, Rows = [],
            });
    }

    private static RazorComponentResult<ThingsPage> Page<T>(Work work, IReadOnlyList<T> found, int page, Func<T, ThingRow> row, ThingList list)
    {
        var pages = Math.Max(1, (found.Count + PageSize - 1) / PageSize);
        var at = Math.Clamp(page, 1, pages);
        return new(new { Draft = work.Line, List = list with { Page = at, Pages = pages, Rows = [.. found.Skip((at - 1) * PageSize).Take(PageSize).Select(row)] } });
    }

    private static string? Mark(bool inUse, bool changed, string gone) => changed ? "In your draft" : inUse ? null : gone;
}
