using Concentric.Core.Facts;
using Concentric.Measure.Statistics;

namespace Concentric.Measure.FormUse;

/// <summary>Exact counts of one page over some visits.</summary>
/// <remarks>
/// Of the visits that came to a page some ended there: left (<see cref="FormOutcome.Dropped"/>), or saved, handed over or stopped by the form. The others went on. Who is held
/// to have had the choice are those who left and those who went on.
/// </remarks>
internal sealed class PageVisits(string page)
{
    public string Page => page;

    public List<VisitRow> Reached { get; } = [];
    public List<VisitRow> WentOn { get; } = [];

    /// <summary>Seconds on the page of those who went on and filled it in by themselves.</summary>
    /// <remarks>An adviser keeps all pages at one moment, so that theirs say nothing.</remarks>
    public List<int> Seconds { get; } = [];

    public long Left { get; private set; }
    public long BackSteps { get; private set; }

    /// <summary>Left here or went on.</summary>
    public long Chose => Left + WentOn.Count;

    public long EndedOtherwise => Reached.Count - Chose;

    /// <summary>Of those who went on, how many then sent the form or left it on another page, and how many of these sent it.</summary>
    public (long Sent, long Ended) Later => (WentOn.LongCount(v => v.Outcome == FormOutcome.Sent), WentOn.LongCount(v => v.Outcome is FormOutcome.Sent or FormOutcome.Dropped));

    /// <summary>The pages of some visits, in the order of the form: by the median place that a page had in visits that began where most visits begin.</summary>
    public static IReadOnlyList<PageVisits> Of(IEnumerable<VisitRow> visits, IEnumerable<PageRow> pages)
    {
        var byNumber = visits.ToDictionary(v => v.Number);
        var rows = pages.Where(p => byNumber.ContainsKey(p.Number)).ToList();
        if (rows.Count == 0) return [];
        // A visit that goes on with a saved form begins in its middle, and would say that the middle comes first.
        var whole = BegunAsUsual(rows);
        var counted = new Dictionary<string, PageVisits>(StringComparer.Ordinal);
        var places = new Dictionary<string, (List<double> Whole, List<double> Any)>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            if (!counted.TryGetValue(row.Page, out var one)) counted[row.Page] = one = new(row.Page);
            if (!places.TryGetValue(row.Page, out var place)) places[row.Page] = place = ([], []);
            (whole.Contains(row.Number) ? place.Whole : place.Any).Add(row.Place);
            one.Add(byNumber[row.Number], row);
        }
        return [.. counted.Values.OrderBy(p => Place(places[p.Page])).ThenByDescending(p => p.Reached.Count).ThenBy(p => p.Page, StringComparer.Ordinal)];
    }

    /// <summary>Seconds on all pages together of each visit in which somebody filled the form in by themselves, from its usual first page to sending it.</summary>
    /// <remarks>An adviser keeps all pages at one moment, and who goes on with a saved form took time before, in another visit.</remarks>
    public static IReadOnlyList<int> WholeSeconds(IReadOnlyCollection<VisitRow> visits, IEnumerable<PageRow> pages)
    {
        var byNumber = visits.ToDictionary(v => v.Number);
        // By version: another one may begin at another page.
        var whole = pages.Where(p => byNumber.ContainsKey(p.Number)).GroupBy(p => byNumber[p.Number].Version).SelectMany(rows =>
        {
            var begun = BegunAsUsual([.. rows]);
            return rows.Where(p => begun.Contains(p.Number));
        });
        var told = whole.Where(p => byNumber[p.Number] is { Outcome: FormOutcome.Sent, IsMediated: false });
        return [.. told.GroupBy(p => p.Number).Select(g => g.Sum(p => p.Seconds))];
    }

    /// <summary>The visits that began at the page at which most began.</summary>
    private static HashSet<long> BegunAsUsual(IReadOnlyCollection<PageRow> rows) =>
        rows.Where(p => p.Place == 0).GroupBy(p => p.Page).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal)
            .FirstOrDefault()?.Select(p => p.Number).ToHashSet() ?? [];

    private void Add(VisitRow visit, PageRow row)
    {
        Reached.Add(visit);
        BackSteps += row.Back;
        if (visit.LastPage != row.Page)
        {
            WentOn.Add(visit);
            if (!visit.IsMediated) Seconds.Add(row.Seconds);
        }
        else if (visit.Outcome == FormOutcome.Dropped)
        {
            Left++;
        }
    }

    private static double Place((List<double> Whole, List<double> Any) places) =>
        Quantiles.OfSorted([.. (places.Whole.Count > 0 ? places.Whole : places.Any).Order()], 0.5);
}
