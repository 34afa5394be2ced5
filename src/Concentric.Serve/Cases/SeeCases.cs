using System.Globalization;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Web;
using Concentric.Serve.Forms;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Cases;

/// <summary>Which cases are listed.</summary>
public enum CaseList { Open, Overdue, Waiting, Ended }

/// <summary>One row of the list of cases.</summary>
public sealed record CaseRow(Guid Id, string Reference, string Title, string Team, DateOnly NextOn, bool IsPaused, CaseOutcome? Outcome);

/// <summary>The cases, by the day on which something must be done next. Pages by key, so that the last page is as fast as the first.</summary>
internal static class SeeCases
{
    public const int PageSize = 25;

    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet("/desk/cases", Show).For(Audience.Desk);

    private static async Task<IResult> Show(string? list, string? team, string? after, ConcentricDb db, Processes processes, TimeProvider clock, CancellationToken stop)
    {
        var shown = Enum.TryParse<CaseList>(list, ignoreCase: true, out var asked) && Enum.IsDefined(asked) ? asked : CaseList.Open;
        team = team is null ? null : Fields.Tidy(team);
        var today = Say.DayOf(clock.GetUtcNow());
        var cases = shown switch
        {
            CaseList.Overdue => db.Cases.Where(c => c.IsOpen && !c.IsPaused && c.NextOn < today),
            CaseList.Waiting => db.Cases.Where(c => c.IsOpen && c.IsPaused),
            CaseList.Ended => db.Cases.Where(c => !c.IsOpen),
            _ => db.Cases.Where(c => c.IsOpen),
        };
        if (!string.IsNullOrEmpty(team)) cases = cases.Where(c => c.Team == team);
        var ended = shown == CaseList.Ended;
        if (Read(after) is var (day, last))
            cases = ended ? cases.Where(c => c.NextOn <= day && (c.NextOn < day || (c.NextOn == day && c.Id.CompareTo(last) < 0))) : cases.Where(c => c.NextOn >= day && (c.NextOn > day || (c.NextOn == day && c.Id.CompareTo(last) > 0)));
        var ordered = ended ? cases.OrderByDescending(c => c.NextOn).ThenByDescending(c => c.Id) : cases.OrderBy(c => c.NextOn).ThenBy(c => c.Id);
        var found = await ordered.AsNoTracking().Take(PageSize + 1).ToListAsync(stop);
        var rows = new List<CaseRow>();
        foreach (var one in found.Take(PageSize))
            rows.Add(new(one.Id, $"{one.Reference}", (await processes.Find(one.Process, one.Version, stop)).Title.En, one.Team, one.NextOn, one.IsPaused, one.Outcome));
        return new RazorComponentResult<CasesPage>(new
        {
            List = shown, Team = team, Rows = rows, Today = today, IsFirst = after is null,
            Next = found.Count > PageSize ? $"{rows[^1].NextOn:yyyy-MM-dd}_{rows[^1].Id:N}" : null,
            Teams = await db.KnownForms.AsNoTracking().Select(f => f.Team).Distinct().Order().ToListAsync(stop),
        });
    }

    private static (DateOnly Day, Guid Id)? Read(string? key) =>
        key?.Split('_') is [var day, var id] && DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var on) && Guid.TryParseExact(id, "N", out var guid) ? (on, guid) : null;
}
