using System.Security.Claims;
using Concentric.Core.Design;
using Concentric.Core.Web;
using Concentric.Needs.Concepts;
using Concentric.Needs.Editions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Needs.Designing;

/// <summary>A part of the changes of an edition, or of what lies between two.</summary>
public sealed record ChangesPart
{
    public required string Heading { get; init; }
    public required string Address { get; init; }
    public required int Total { get; init; }
    public required int Page { get; init; }
    public required int Pages { get; init; }
    public required IReadOnlyList<ChangeView> Changes { get; init; }

    internal string Query(int page) => $"{Address}?page={page}";
    internal IReadOnlyList<PageLink> PageLinks => PageLink.Of(Page, Pages, Query);
}

/// <summary>The editions of the model: all, one with its changes, and what lies between two.</summary>
internal static class SeeEditions
{
    private const int PageSize = 50;

    public static void Map(Site site)
    {
        site.Pages.MapGet(DesignLinks.Editions, Show).For(Audience.Design);
        site.Pages.MapGet("/model/editions/{number}", ShowOne).For(Audience.Design);
        site.Pages.MapGet("/model/editions/{a}/compare/{b}", Compare).For(Audience.Design);
        site.Pages.MapGet("/model/editions/compare", ChooseTwo).For(Audience.Design);
    }

    private static async Task<IResult> Show(Workbench bench, ClaimsPrincipal visitor, CancellationToken stop) =>
        new RazorComponentResult<EditionsPage>(new { Draft = (await bench.Open(visitor, stop)).Line, Editions = await Rows(bench, int.MaxValue, stop) });

    private static async Task<IResult> ShowOne(int number, Workbench bench, ClaimsPrincipal visitor, CancellationToken stop, int page = 1)
    {
        if (await bench.Db.Editions.AsNoTracking().SingleOrDefaultAsync(e => e.Number == number, stop) is not { } edition) return Results.NotFound();
        var work = await bench.Open(visitor, stop);
        var changes = bench.Db.ModelChanges.AsNoTracking().Where(c => c.Edition == edition.Id);
        var total = await changes.CountAsync(stop);
        var (at, pages) = Within(page, total);
        var shown = await changes.OrderBy(c => c.Place).Skip((at - 1) * PageSize).Take(PageSize).ToListAsync(stop);
        var words = new ChangeWords(work.Published, await bench.Names(shown.Select(c => c.By), stop), await Then(bench, work.Published, edition, stop));
        return new RazorComponentResult<EditionPage>(new
        {
            Draft = work.Line,
            Edition = await Row(bench, edition, total, stop),
            CanUndo = edition.Kind != EditionKind.Seed,
            edition.Undoes,
            UndoneBy = await bench.Db.Editions.Where(e => e.Undoes == number).Select(e => e.Number).FirstOrDefaultAsync(stop),
            Part = new ChangesPart { Heading = $"Edition {number}", Address = DesignLinks.Edition(number), Total = total, Page = at, Pages = pages, Changes = [.. shown.Select(c => words.Of(c))] },
        });
    }

    private static IResult ChooseTwo(int a = 1, int b = 1) => Results.LocalRedirect($"/model/editions/{a}/compare/{b}");

    private static async Task<IResult> Compare(int a, int b, Workbench bench, ClaimsPrincipal visitor, CancellationToken stop, int page = 1)
    {
        var (from, to) = (Math.Min(a, b), Math.Max(a, b));
        var known = await bench.Db.Editions.CountAsync(e => e.Number == from || e.Number == to, stop);
        if (known != (from == to ? 1 : 2)) return Results.NotFound();
        var work = await bench.Open(visitor, stop);
        var between = await bench.Db.ModelChanges.AsNoTracking()
            .Join(bench.Db.Editions.AsNoTracking().Where(e => e.Number > from && e.Number <= to), c => c.Edition, e => e.Id, (c, e) => new { Change = c, Edition = e })
            .OrderBy(x => x.Edition.Number).ThenBy(x => x.Change.Place).ToListAsync(stop);
        // Each thing once: as it was before the first change of it, and as it is after the last.
        var things = between.GroupBy(x => (x.Change.Kind, x.Change.Subject)).Select(g => (First: g.First().Change.Before, Last: g.Last())).Where(t => t.First != t.Last.Change.After).ToList();
        var (at, pages) = Within(page, things.Count);
        var shown = things.Skip((at - 1) * PageSize).Take(PageSize).ToList();
        var words = new ChangeWords(work.Published, await bench.Names(shown.Select(t => t.Last.Change.By), stop));
        return new RazorComponentResult<ComparePage>(new
        {
            Draft = work.Line,
            From = from,
            To = to,
            Part = new ChangesPart
            {
                Heading = $"From edition {from} to edition {to}",
                Address = $"/model/editions/{from}/compare/{to}",
                Total = things.Count,
                Page = at,
                Pages = pages,
                Changes = [.. shown.Select(t => words.Of(t.Last.Change, t.First, t.Last.Change.After) with { Edition = t.Last.Edition.Number, EditionTitle = t.Last.Edition.Title })],
            },
        });
    }

    /// <summary>The latest editions, the newest first.</summary>
    public static async Task<IReadOnlyList<EditionRow>> Rows(Workbench bench, int most, CancellationToken stop)
    {
        var found = await bench.Db.Editions.AsNoTracking().Where(e => e.Number != null).OrderByDescending(e => e.Number).Take(most)
            .Select(e => new { Edition = e, Changes = bench.Db.Set<ModelChange>().Count(c => c.Edition == e.Id) }).ToListAsync(stop);
        var names = await bench.Names(found.Select(f => f.Edition.By), stop);
        return [.. found.Select(f => Row(f.Edition, f.Changes, names))];
    }

    public static async Task<EditionRow> Row(Workbench bench, Edition edition, int changes, CancellationToken stop) => Row(edition, changes, await bench.Names([edition.By], stop));

    private static EditionRow Row(Edition edition, int changes, PeopleNames names) =>
        new(edition.Number!.Value, Say(edition.Kind), edition.Title, edition.Why, names[edition.By], edition.PublishedAt!.Value, changes);

    /// <summary>The model with what the edition had and the model has no longer, so that its names can be said.</summary>
    private static async Task<NeedModel> Then(Workbench bench, NeedModel model, Edition edition, CancellationToken stop) =>
        model.With(await bench.Db.ModelChanges.AsNoTracking().Where(c => c.Edition == edition.Id && c.After != null && c.Kind == ChangedThing.Concept).ToListAsync(stop));

    private static (int Page, int Pages) Within(int page, int total)
    {
        var pages = Math.Max(1, (total + PageSize - 1) / PageSize);
        return (Math.Clamp(page, 1, pages), pages);
    }

    public static string Say(EditionKind kind) => kind switch
    {
        EditionKind.Seed => "Came with the program",
        EditionKind.Import => "Import of a list",
        EditionKind.Undo => "Undo",
        _ => "Edit",
    };
}
