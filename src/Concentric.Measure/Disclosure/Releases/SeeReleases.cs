using System.Globalization;
using System.Security.Claims;
using System.Text;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Operations;
using Concentric.Core.People;
using Concentric.Core.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Measure.Disclosure.Releases;

/// <summary>A release as a list shows it.</summary>
public sealed record ReleaseRow(Guid Id, string Title, ReleaseQuery Query, string Suppression, bool IsSynthetic, DateTimeOffset At);

/// <summary>What was published: for those who measure with who released it, and for everybody as open figures.</summary>
internal static class SeeReleases
{
    public const string Measured = "/measure/releases";
    public const string Open = "/open-figures";

    public static void Map(Site site)
    {
        site.Pages.MapGet(Measured, async (ConcentricDb db, ClaimsPrincipal visitor, CancellationToken stop) => new RazorComponentResult<ReleasesPage>(new { Releases = await All(db, stop), Base = Measured, CanRelease = visitor.IsOf(Audience.Analyse) })).For(Audience.Measure);
        site.Pages.MapGet(Open, async (ConcentricDb db, CancellationToken stop) => new RazorComponentResult<ReleasesPage>(new { Releases = await All(db, stop), Base = Open })).ForEverybody();
        foreach (var path in (string[])[Measured, Open])
        {
            Named(site.Pages.MapGet(path + "/{id:guid}", (Guid id, ConcentricDb db, CancellationToken stop) => Page(id, path, db, stop)), path);
            Named(site.Pages.MapGet(path + "/{id:guid}.csv", (Guid id, ConcentricDb db, CancellationToken stop) => File(id, db, r => Results.Text(Csv(r), "text/csv", Encoding.UTF8), stop)), path);
            Named(site.Pages.MapGet(path + "/{id:guid}.json", (Guid id, ConcentricDb db, CancellationToken stop) => File(id, db, r => Results.Json(Plain(r), JsonOption.Format), stop)), path);
        }

        static void Named(RouteHandlerBuilder route, string path)
        {
            if (path == Open) route.ForEverybody();
            else route.For(Audience.Measure);
        }
    }

    private static async Task<IReadOnlyList<ReleaseRow>> All(ConcentricDb db, CancellationToken stop) =>
        [.. (await db.Set<Release>().AsNoTracking().OrderByDescending(r => r.At).ToListAsync(stop)).Select(r => new ReleaseRow(r.Id, r.Title, r.Query, r.Figures.Suppression, r.Figures.IsSynthetic, r.At))];

    private static async Task<IResult> Page(Guid id, string path, ConcentricDb db, CancellationToken stop) =>
        await db.Set<Release>().AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, stop) is { } release ? new RazorComponentResult<ReleasePage>(new { Release = release, Base = path }) : Results.NotFound();

    private static async Task<IResult> File(Guid id, ConcentricDb db, Func<Release, IResult> write, CancellationToken stop) =>
        await db.Set<Release>().AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, stop) is { } release ? write(release) : Results.NotFound();

    /// <summary>As a list that a spreadsheet reads: a line a cell, totals with “Total”; hidden cells are empty and say so.</summary>
    internal static string Csv(Release release)
    {
        var text = new StringBuilder().Append(Quoted(release.Query.Rows)).Append(',').Append(Quoted(release.Query.Columns)).Append(",count,hidden\r\n");
        void Line(string row, string column, PublishedCell cell) =>
            text.Append(Quoted(row)).Append(',').Append(Quoted(column)).Append(',').Append(cell.Value?.ToString(CultureInfo.InvariantCulture)).Append(',').Append(cell.Value is null ? "yes" : "no").Append("\r\n");
        var table = release.Figures;
        foreach (var (r, row) in table.Rows.Index())
        {
            foreach (var (c, column) in table.Columns.Index()) Line(row.Label, column.Label, table.At(r, c));
            Line(row.Label, "Total", table.RowTotals[r]);
        }
        foreach (var (c, column) in table.Columns.Index()) Line("Total", column.Label, table.ColumnTotals[c]);
        Line("Total", "Total", table.Total);
        return text.ToString();
    }

    // Why a cell is hidden is said inside only: that one is small and another only protects it would narrow both.
    private static object Plain(Release release) => new
    {
        release.Id,
        release.Title,
        release.Council,
        release.Figures.Definition,
        release.Figures.IsSynthetic,
        release.Query.From,
        release.Query.To,
        Conditions = release.Query.Where,
        release.Figures.Suppression,
        ReleasedOn = Say.DayOf(release.At),
        RowsAre = release.Query.Rows,
        ColumnsAre = release.Query.Columns,
        Rows = release.Figures.Rows.Select(r => r.Label),
        Columns = release.Figures.Columns.Select(c => c.Label),
        Cells = release.Figures.Rows.Index().Select(r => release.Figures.Columns.Index().Select(c => release.Figures.At(r.Index, c.Index).Value)),
        RowTotals = release.Figures.RowTotals.Select(t => t.Value),
        ColumnTotals = release.Figures.ColumnTotals.Select(t => t.Value),
        Total = release.Figures.Total.Value,
    };

    // A spreadsheet takes what begins with one of these for a formula.
    private static string Quoted(string text) => $"\"{(text.Length > 0 && text[0] is '=' or '+' or '-' or '@' ? "'" : "")}{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
