using System.Globalization;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Web;
using Concentric.Serve.Forms;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Calls;

/// <summary>Calls of one line, or of one day.</summary>
/// <param name="Line">Name of the line by which the days can be narrowed; null where the row is of none.</param>
public sealed record CallsRow(string Label, CallFigures Figures, string? Line = null);

/// <summary>Calls of the last four weeks as a service manager sees them.</summary>
public sealed record CallsView
{
    public required DateOnly From { get; init; }
    public required DateOnly To { get; init; }

    /// <summary>The line to which the days are narrowed, or null.</summary>
    public required string? Line { get; init; }

    public required CallFigures All { get; init; }
    public required IReadOnlyList<CallsRow> Lines { get; init; }

    /// <summary>How many lines are put together in the last row.</summary>
    public required int Together { get; init; }

    /// <summary>The latest first, back to the first that was reported.</summary>
    public required IReadOnlyList<CallsRow> Days { get; init; }
}

/// <summary>Service managers see how many rang, how long they waited and how many gave up, by day and by line.</summary>
internal static class SeeCalls
{
    public const string Address = "/desk/calls";

    /// <summary>As many days as calls are kept.</summary>
    public static readonly int Days = (int)Call.Kept.TotalDays;

    private const int MostLines = 50;
    private static readonly CultureInfo British = CultureInfo.GetCultureInfo("en-GB");

    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet(Address, Show).For(Audience.Manage);

    private static async Task<RazorComponentResult> Show(string? line, ConcentricDb db, TimeProvider clock, CancellationToken stop)
    {
        var to = Say.DayOf(clock.GetUtcNow());
        var from = to.AddDays(1 - Days);
        var begin = Say.At(from, TimeOnly.MinValue);
        var calls = (await db.Calls.AsNoTracking().Where(c => c.At >= begin).Select(c => new { c.At, c.StartedAt, c.AnsweredAt, c.EndedAt, c.Transfers, c.Line }).ToListAsync(stop))
            .ConvertAll(c => (Day: Say.DayOf(c.At), State: new CallState(c.StartedAt, c.AnsweredAt, c.EndedAt, c.Transfers, c.Line)));
        var asked = Fields.Tidy(line ?? "") is { Length: > 0 } named && calls.Exists(c => c.State.Line == named) ? named : null;
        var lines = calls.GroupBy(c => c.State.Line ?? "", c => c.State, StringComparer.Ordinal).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).ToList();
        var days = calls.Where(c => asked is null || c.State.Line == asked).ToLookup(c => c.Day, c => c.State);
        // Before the first report there is nothing to tell; a day without one after that may be a day on which none came through.
        var first = calls.Count == 0 ? to : calls.Min(c => c.Day);
        return new RazorComponentResult<CallsPage>(new
        {
            View = new CallsView
            {
                From = from, To = to, Line = asked, All = CallFigures.Of(calls.ConvertAll(c => c.State)), Together = Math.Max(0, lines.Count - MostLines),
                Lines =
                [
                    .. lines.Take(MostLines).OrderBy(g => g.Key.Length == 0).ThenBy(g => g.Key, StringComparer.CurrentCultureIgnoreCase).Select(g => new CallsRow(g.Key.Length > 0 ? g.Key : "No line named", CallFigures.Of([.. g]), g.Key.Length > 0 ? g.Key : null)),
                    .. lines.Count <= MostLines ? (CallsRow[])[] : [new($"{lines.Count - MostLines} other lines", CallFigures.Of([.. lines.Skip(MostLines).SelectMany(g => g)]))],
                ],
                Days = [.. Enumerable.Range(0, to.DayNumber - first.DayNumber + 1).Select(n => to.AddDays(-n)).Select(d => new CallsRow(d.ToString("ddd d MMM", British), CallFigures.Of([.. days[d]])))],
            },
        });
    }
}
