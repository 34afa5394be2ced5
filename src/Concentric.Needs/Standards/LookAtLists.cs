using Concentric.Core.Data;
using Concentric.Core.People;
using Concentric.Core.Web;
using Concentric.Needs.Concepts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Needs.Standards;

/// <summary>An analyst looks at the lists that are held, at one of them, and at how two of its versions differ.</summary>
internal static class LookAtLists
{
    private const int OnAPage = 50;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Links.Standards, All).For(Audience.Design);
        pages.MapGet(Links.Standards + "/{identifier}", One).For(Audience.Design);
        pages.MapGet(Links.Standards + "/{identifier}/changes", Changes).For(Audience.Design);
    }

    private static async Task<IResult> All(ModelCache cache, int? edition, CancellationToken stop) =>
        new RazorComponentResult<ListsPage>(new { Lists = HeldList.All(await cache.Current(stop)), Edition = edition });

    private static async Task<IResult> One(string identifier, string? q, int? page, int? edition, ModelCache cache, ConcentricDb db, CancellationToken stop)
    {
        var model = await cache.Current(stop);
        if (HeldList.All(model).FirstOrDefault(l => l.Identifier == identifier) is not { } list) return Results.NotFound();
        var entries = Entries(model, list.Uri, q);
        var pages = Math.Max(1, (entries.Count + OnAPage - 1) / OnAPage);
        var number = Math.Clamp(page ?? 1, 1, pages);
        var versions = await ListVersions.Of(db, list.Uri, stop);
        return new RazorComponentResult<ListPage>(new
        {
            List = list,
            Rows = entries.Skip((number - 1) * OnAPage).Take(OnAPage).ToList(),
            Found = entries.Count,
            Number = number,
            Pages = pages,
            Words = q?.Trim(),
            Versions = versions,
            Names = await Names(db, versions, stop),
            Edition = edition,
        });
    }

    /// <summary>The entries of a list that have all these words in a name, an identifier or a description, by name; all for none.</summary>
    internal static IReadOnlyList<ListRow> Entries(NeedModel model, string scheme, string? q)
    {
        var words = (q ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return [.. model.Concepts.Where(c => c.Scheme == scheme && words.All(w => Has(c, w))).OrderBy(c => c.Label, StringComparer.OrdinalIgnoreCase).ThenBy(c => c.Identifier, StringComparer.Ordinal).Select(c => new ListRow
        {
            Identifier = c.Identifier,
            Label = c.Label,
            CitizenLabel = c.CitizenLabel,
            Definition = c.Definition,
            InUse = c.InUse,
            Below = [.. model.From(c.Uri, Predicate.Broader).Select(r => model.Find(r.Object)!.Label)],
        })];
    }

    private static bool Has(Concept concept, string word) =>
        new[] { concept.Identifier, concept.Label, concept.CitizenLabel, concept.OtherNames, concept.OtherWords, concept.FormerLabels, concept.Definition }.Any(t => t?.Contains(word, StringComparison.OrdinalIgnoreCase) is true);

    private static async Task<IResult> Changes(string identifier, int? from, int? to, ModelCache cache, ConcentricDb db, CancellationToken stop)
    {
        var model = await cache.Current(stop);
        if (HeldList.All(model).FirstOrDefault(l => l.Identifier == identifier) is not { } list) return Results.NotFound();
        var versions = await ListVersions.Of(db, list.Uri, stop);
        var newer = to is null ? versions is [.., var last] ? last : null : versions.FirstOrDefault(v => v.Edition == to);
        var older = from is null ? versions.LastOrDefault(v => v.Edition < newer?.Edition) : versions.FirstOrDefault(v => v.Edition == from);
        if (older is null || newer is null || older.Edition >= newer.Edition) return Results.NotFound();
        return new RazorComponentResult<ListChangesPage>(new { List = list, From = older, To = newer, Diff = await ListVersions.Between(db, model, list.Uri, older.Edition, newer.Edition, stop) });
    }

    private static async Task<IReadOnlyDictionary<string, string>> Names(ConcentricDb db, IReadOnlyList<ListVersion> versions, CancellationToken stop)
    {
        var ids = versions.Select(v => Guid.TryParse(v.By, out var id) ? id : Guid.Empty).Distinct().ToList();
        return await db.Set<Person>().Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id.ToString(), p => p.Name, stop);
    }
}

/// <summary>An entry as the page of its list shows it.</summary>
public sealed record ListRow
{
    public required string Identifier { get; init; }
    public required string Label { get; init; }
    public string? CitizenLabel { get; init; }
    public string? Definition { get; init; }
    public required bool InUse { get; init; }

    /// <summary>Names of the entries that it stands below.</summary>
    public required IReadOnlyList<string> Below { get; init; }
}
