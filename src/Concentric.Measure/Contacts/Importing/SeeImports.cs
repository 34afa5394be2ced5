using System.Globalization;
using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Core.Web;
using Concentric.Measure.Disclosure;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Measure.Contacts.Importing;

/// <summary>What became of the rows of a file, as a visitor may see it: exact for analysts and for whoever gave the file, under rule A for others.</summary>
public sealed record ShownCounts(ShownCount Read, ShownCount Imported, ShownCount Duplicates, ShownCount Rejected, ShownCount Flagged)
{
    public static ShownCounts Of(long read, long imported, long duplicates, long rejected, long flagged, bool isExact)
    {
        ShownCount Show(long count) => isExact ? ShownCount.Exact(count) : ShownCount.Rounded(count);
        return new(Show(read), Show(imported), Show(duplicates), Show(rejected), Show(flagged));
    }
}

/// <summary>A batch in the list.</summary>
/// <param name="Unmatched">Rows whose service is not of the national list; null where they cannot be counted or may not be shown.</param>
/// <param name="Import">The file that it came from, where it came in by a door of this program that keeps one.</param>
/// <param name="MayUndo">Whether the visitor may take it back.</param>
public sealed record BatchLine(BatchCode Batch, string Council, string By, ShownCounts Counts, ShownCount? Unmatched, bool HasRejects, FileImport? Import, bool MayUndo);

/// <summary>Files that are not batches, or not yet.</summary>
public sealed record ImportLine(FileImport Import, string By, string Progress);

/// <summary>People see which files came in, what became of their rows, and what is under way.</summary>
internal static class SeeImports
{
    private const int PerPage = 50;
    private const int MostCodes = 10_000;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(ImportLinks.All, Show).For(Audience.Measure);
        pages.MapGet(ImportLinks.All + "/batches/{number}/rejects", BatchRejects).For(Audience.Measure);
    }

    private static async Task<IResult> Show(int? page, Disclosed disclosed, DuckContactStore files, ConcentricDb db, ImportRunner runner, StaffNames staff, ClaimsPrincipal visitor, CancellationToken stop)
    {
        var contacts = disclosed.For(visitor);
        var names = contacts.Dimensions;
        var at = Math.Max(1, page ?? 1);
        var shown = names.Batches.OrderByDescending(b => b.Number).Skip((at - 1) * PerPage).Take(PerPage).ToList();
        var numbers = shown.Select(b => (int?)b.Number).ToList();
        var imports = (await db.Imports.AsNoTracking().Where(i => numbers.Contains(i.Batch)).ToListAsync(stop)).GroupBy(i => i.Batch).ToDictionary(g => g.Key!.Value, g => g.OrderBy(i => i.At).Last());
        var open = at > 1 ? [] : await db.Imports.AsNoTracking().Where(i => i.Batch == null).OrderByDescending(i => i.At).Take(PerPage).ToListAsync(stop);
        var people = await staff.Of([.. imports.Values.Concat(open).Select(i => i.By)], stop);
        var unmatched = await Unmatched(contacts, shown, stop);
        var mine = open.Where(i => GivenFiles.Sees(visitor, i) || i.State != ImportState.Draft).ToList();
        return new RazorComponentResult<ImportsPage>(new
        {
            Batches = shown.ConvertAll(b => Line(b, imports.GetValueOrDefault(b.Number))),
            Open = mine.ConvertAll(i => new ImportLine(i, people.GetValueOrDefault(i.By, i.By), InWords(runner.ProgressOf(i.Id)))),
            Page = at,
            Pages = (names.Batches.Count + PerPage - 1) / PerPage,
            IsExact = visitor.IsOf(Audience.Analyse),
            Me = visitor,
        });

        BatchLine Line(BatchCode batch, FileImport? import)
        {
            // Whoever may see it as it is may take it back too (UndoBatch).
            var exact = visitor.IsOf(Audience.Analyse) || import?.By == visitor.Actor;
            return new(batch, names.Councils.FirstOrDefault(c => c.Code == batch.Council)?.Label ?? "", import is null ? "The command line or the seed" : people.GetValueOrDefault(import.By, import.By),
                ShownCounts.Of(batch.Read, batch.Imported, batch.Duplicates, batch.Rejected, batch.Flagged, exact), unmatched is null ? null : unmatched[batch.Number],
                batch.Rejected > 0 && GivesRejects(visitor, import) && File.Exists(RejectsOf(files, $"{batch.Number}-rejects.csv")), import, MayUndo: exact);
        }
    }

    /// <summary>Rows of some batches whose service is not known or not of the national list; null for a list too long to ask for, and for a batch that is withheld.</summary>
    internal static async Task<Dictionary<int, ShownCount?>?> Unmatched(VisibleContacts contacts, IReadOnlyList<BatchCode> batches, CancellationToken stop)
    {
        var own = contacts.Dimensions.Services.Where(s => s.Key.Length == 0 || s.Key.Contains(':', StringComparison.Ordinal)).Select(s => s.Code).ToList();
        if (own.Count > MostCodes) return null;
        var unmatched = new Dictionary<int, ShownCount?>();
        foreach (var council in batches.GroupBy(b => b.Council))
        {
            var query = new CubeQuery(council.Key, [Dimension.Batch], [Measure.Contacts], [new(Dimension.Batch, [.. council.Select(b => b.Number)]), new(Dimension.Service, own)]);
            var result = await contacts.Query(query, stop);
            // What is left out of a breakdown that is withheld may be anything; otherwise it is nothing.
            ShownCount? none = result.IsWithheld ? null : ShownCount.Of(0, false, contacts.IsExact);
            foreach (var batch in council) unmatched[batch.Number] = none;
            for (var row = 0; row < result.Rows; row++) unmatched[result.Code(row, Dimension.Batch)] = result.Shown(row, Measure.Contacts);
        }
        return unmatched;
    }

    private static async Task<IResult> BatchRejects(string number, DuckContactStore store, ConcentricDb db, ClaimsPrincipal visitor, CancellationToken stop)
    {
        if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var batch)) return Results.NotFound();
        var import = await db.Imports.AsNoTracking().Where(i => i.Batch == batch).OrderBy(i => i.At).LastOrDefaultAsync(stop);
        return GivesRejects(visitor, import) ? Rejects(store, $"{batch}-rejects.csv", import?.FileName ?? $"batch-{batch}") : Results.NotFound();
    }

    /// <summary>A rejected row says what stood in the file, so it is for whoever gave the file, and for analysts.</summary>
    private static bool GivesRejects(ClaimsPrincipal visitor, FileImport? import) => import is null ? visitor.IsOf(Audience.Analyse) : GivenFiles.Sees(visitor, import);

    /// <summary>A file of rejected rows, which no spreadsheet takes for formulas (<see cref="RejectsFile"/>).</summary>
    internal static IResult Rejects(DuckContactStore store, string name, string fileName) =>
        File.Exists(RejectsOf(store, name)) ? Results.File(RejectsOf(store, name), "text/csv; charset=utf-8", $"rejected-{MappingDraft.SlugOf(Path.GetFileNameWithoutExtension(fileName))}.csv") : Results.NotFound();

    private static string RejectsOf(DuckContactStore store, string name) => Path.Combine(store.Imports, "rejects", Path.GetFileName(name));

    /// <summary>How far an import has come; empty where it does not run.</summary>
    internal static string InWords(ImportProgress? progress) => progress switch
    {
        null => "",
        { Stage: ImportProgress.Reading, BytesInAll: > 0 and var all } => $"Reading: {Math.Min(100, 100 * progress.BytesRead / all)}% of the file, {Say.Number(progress.Rows)} rows",
        { Stage: ImportProgress.Reading } => $"Reading: {Say.Number(progress.Rows)} rows",
        { Stage: ImportProgress.Comparing } => $"Looking for rows that came in before, among {Say.Number(progress.Rows)}",
        { Stage: ImportProgress.Keeping } => $"Keeping {Say.Number(progress.Rows)} new rows",
        _ => $"Counting {Say.Number(progress.Rows)} new rows",
    };
}

/// <summary>Names of those who gave files, by how the journal names them.</summary>
internal sealed class StaffNames(IDbContextFactory<ConcentricDb> databases)
{
    public async Task<IReadOnlyDictionary<string, string>> Of(IReadOnlyCollection<string> actors, CancellationToken stop = default)
    {
        var ids = actors.Where(a => Guid.TryParse(a, out _)).Select(Guid.Parse).Distinct().ToList();
        await using var db = await databases.CreateDbContextAsync(stop);
        var names = await db.Set<Person>().AsNoTracking().Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => $"{p.Id}", p => p.Name, stop);
        foreach (var key in await db.Set<ApiKey>().AsNoTracking().Select(k => new { k.Id, k.Name }).ToListAsync(stop)) names[$"key-{key.Id}"] = $"The API key “{key.Name}”";
        names[Actor.System] = "This program";
        return names;
    }
}
