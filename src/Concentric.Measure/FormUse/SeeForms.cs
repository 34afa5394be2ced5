using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Core.Questions;
using Concentric.Core.Web;
using Concentric.Measure.Charts;
using Concentric.Measure.Variation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Measure.FormUse;

/// <summary>A form in the list.</summary>
/// <param name="Service">The service that it is of, in the citizen's words; null for a bundle.</param>
/// <param name="Worst">The page with the largest share of visits left there; null where there is none of enough visits.</param>
/// <param name="Trend">Completed in the last four whole weeks less in the four before; null of too few.</param>
public sealed record FormLine(string Form, string? Service, ShownCount Started, ShareShown Completion, (string Page, ShareShown Left)? Worst, FormTrend? Trend)
{
    public string TrendInWords => Trend switch
    {
        null => "Too few visits to tell",
        { Low: > 0 } up => $"Better: {up}",
        { High: < 0 } down => $"Worse: {down}",
        { } none => $"No change shown: {none}",
    };
}

/// <summary>How much larger a share is now than before, with its interval (Newcombe), −1 to 1.</summary>
public sealed record FormTrend(Share Now, Share Then)
{
    private (double Value, double Low, double High) Of => Share.Difference(Now, Then);

    public double Low => Of.Low;

    public double High => Of.High;

    /// <summary>“+5.0 points (+1.2 to +8.8), n = 340 and 325”.</summary>
    public override string ToString() =>
        $"{FormWords.Signed(100 * Of.Value)} points ({FormWords.Signed(100 * Low)} to {FormWords.Signed(100 * High)}), "
        + $"n = {Figures.Show(Now.Whole, 0)} and {Figures.Show(Then.Whole, 0)}";
}

/// <summary>What the list of forms shows.</summary>
public sealed record FormsView
{
    public required IReadOnlyList<FormLine> Forms { get; init; }
    public required Days Period { get; init; }
    public required bool IsExact { get; init; }
    public required OwnCouncil Council { get; init; }

    /// <summary>Facts that could not be read.</summary>
    public required int Unread { get; init; }

    public required DateTimeOffset? FailingSince { get; init; }
}

/// <summary>A service manager or analyst sees which forms people get through, and where they leave.</summary>
internal static class SeeForms
{
    public const string Path = "/measure/forms";

    /// <summary>Whole weeks that the list looks back.</summary>
    internal const int Weeks = 12;

    private const int TrendWeeks = 4;

    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet(Path, Show).For(Audience.Measure);

    private static async Task<IResult> Show(ConcentricDb db, OwnCouncil council, IServiceNames names, IFormNames forms, FormUseReader reader, TimeProvider clock, ClaimsPrincipal visitor, CancellationToken stop)
    {
        var today = Say.DayOf(clock.GetUtcNow());
        var period = new Days(Week.Monday(Week.Of(today) - Weeks), today);
        var isExact = visitor.IsOf(Audience.Analyse);
        return new RazorComponentResult<FormsPage>(new
        {
            Titles = (await forms.All(stop)).ToDictionary(f => f.Id, f => f.Title),
            View = new FormsView
            {
                Forms = await Lines(db, period, names, isExact, stop),
                Period = period,
                IsExact = isExact,
                Council = council,
                Unread = await db.FactsAside.CountAsync(a => a.Reader == FormUseReader.Name, stop),
                FailingSince = reader.FailingSince,
            },
        });
    }

    internal static async Task<IReadOnlyList<FormLine>> Lines(ConcentricDb db, Days period, IServiceNames names, bool isExact, CancellationToken stop)
    {
        var shown = new AsShown(isExact);
        var inPeriod = db.FormVisits.AsNoTracking().Where(v => v.Day >= period.From && v.Day <= period.Through);
        var visits = await inPeriod.GroupBy(v => new { v.Form, v.Outcome, v.Day }).Select(g => new { g.Key.Form, g.Key.Outcome, g.Key.Day, Count = g.LongCount() }).ToListAsync(stop);
        var pages = await (from page in db.FormVisitPages.AsNoTracking()
                           join visit in inPeriod on page.Number equals visit.Number
                           group page by new { visit.Form, page.Page, IsLast = visit.LastPage == page.Page, visit.Outcome } into same
                           select new { same.Key.Form, same.Key.Page, same.Key.IsLast, same.Key.Outcome, Count = same.LongCount() }).ToListAsync(stop);
        var services = await db.FormVisits.AsNoTracking().Where(v => v.Service != null).Select(v => new { v.Form, v.Service }).Distinct().ToListAsync(stop);
        var plain = (await names.All(stop)).ToDictionary(s => s.Id, s => s.Plain);
        var published = await db.FormVersions.AsNoTracking().Select(v => v.Form).Distinct().ToListAsync(stop);
        var running = Week.Of(period.Through);

        var lines = new List<FormLine>();
        foreach (var form in visits.Select(v => v.Form).Concat(services.Select(s => s.Form)).Concat(published).Distinct().Order(StringComparer.Ordinal))
        {
            var own = visits.Where(v => v.Form == form).ToList();
            ShareShown Completion(int first, int last)
            {
                var some = own.Where(v => Week.Of(v.Day) >= first && Week.Of(v.Day) <= last).ToList();
                var (sent, left) = (some.Where(v => v.Outcome == FormOutcome.Sent).Sum(v => v.Count), some.Where(v => v.Outcome == FormOutcome.Dropped).Sum(v => v.Count));
                return shown.Share(sent, sent + left);
            }
            var left = pages.Where(p => p.Form == form).GroupBy(p => p.Page)
                .Select(g => (Page: g.Key, Left: g.Where(p => p is { IsLast: true, Outcome: FormOutcome.Dropped }).Sum(p => p.Count), WentOn: g.Where(p => !p.IsLast).Sum(p => p.Count))).ToList();
            var worst = shown.MayShow([.. left.Select(p => p.Left)])
                ? left.Select(p => (p.Page, Left: shown.Share(p.Left, p.Left + p.WentOn))).Where(p => p.Left.Share is { Part: > 0 })
                    .OrderByDescending(p => p.Left.Share!.Value.Value).ThenBy(p => p.Page, StringComparer.Ordinal).Select(p => ((string, ShareShown)?)p).FirstOrDefault()
                : null;
            var service = services.Find(s => s.Form == form)?.Service;
            lines.Add(new(form, service is null ? null : plain.GetValueOrDefault(service, service), shown.Count(own.Sum(v => v.Count)), Completion(int.MinValue, int.MaxValue), worst,
                Completion(running - TrendWeeks, running - 1).Share is { } now && Completion(running - 2 * TrendWeeks, running - TrendWeeks - 1).Share is { } then ? new(now, then) : null));
        }
        return lines;
    }
}
