using Concentric.Core;
using Concentric.Measure.Statistics;
using Concentric.Measure.Variation;

namespace Concentric.Measure.FormUse;

/// <summary>What a page costs in completions.</summary>
/// <param name="Arrivals">Visits a week that left here or went on.</param>
/// <param name="Left">Those who left here, of these, over all weeks.</param>
/// <param name="Usual">The median share that the other pages of the form lose, 0 to 1.</param>
/// <param name="Excess">Visits a week that left here above what is usual.</param>
/// <param name="Completions">Completions a week that this costs.</param>
/// <param name="Low">Lower end of its interval.</param>
/// <param name="High">Upper end of its interval.</param>
public sealed record PageCost(string Page, double Arrivals, Share Left, double Usual, double Excess, double Completions, double Low, double High)
{
    /// <summary>The page loses more than is usual, by more than chance explains.</summary>
    public bool IsShown => Low > 0;
}

/// <summary>“This question costs us 40 completions a week”: the pages that lose more people than the others of the form.</summary>
/// <param name="Weeks">Whole weeks that it was counted over; 0 where there are too few.</param>
/// <param name="Days">The days of these weeks.</param>
/// <param name="Costs">The pages that could be judged, the dearest first.</param>
/// <param name="Version">The version whose weeks these are; null for several versions.</param>
public sealed record PageCosts(int Weeks, Days Days, IReadOnlyList<PageCost> Costs, int? Version)
{
    /// <summary>Fewest whole weeks that say something of a week.</summary>
    public const int FewestWeeks = 4;

    /// <summary>Of older weeks the form may have been another.</summary>
    public const int MostWeeks = 12;

    /// <summary>
    /// Over the last W whole weeks, 4 to 12: of a page let a be the visits that left there or went on, d those that left, and r the median of d/a over the other pages of the
    /// form. The excess a week is (d/a − r)·a/W. Of those who went on from the page the share c sent the form in the end; so the page costs (d/a − r)·a/W·c completions a week.
    /// The interval is that of Wilson for d/a put in its place; a/W, r and c are taken as they are. It is as wide as it must be that it holds for all k pages of the form
    /// together in 95 of 100 (Bonferroni). A page is judged of which 10 visits or more left or went on.
    /// </summary>
    /// <remarks>The weeks are those since the newest version came where these are 4 or more, because a page may have been changed with it.</remarks>
    /// <param name="complete">First day of the period, or of the first visit, to the last complete day.</param>
    internal static PageCosts Of(FormRows rows, Days complete, AsShown shown)
    {
        var last = Week.Of(complete.Through.AddDays(1)) - 1;
        var first = Week.Of(complete.From.AddDays(6));
        int? version = null;
        if (Newest(rows) is { } newest && Week.Of(newest.Day.AddDays(6)) is var since && since > first && last - since + 1 >= FewestWeeks) (first, version) = (since, newest.Version);
        first = Math.Max(first, last - MostWeeks + 1);
        var weeks = last - first + 1;
        if (weeks < FewestWeeks) return new(0, complete, [], null);
        var days = new Days(Week.Monday(first), Week.Monday(last).AddDays(6));
        var visits = rows.Visits.Where(v => days.Contains(v.Day) && (version is null || v.Version == version)).ToList();
        var pages = PageVisits.Of(visits, rows.Pages);
        if (!shown.MayShow([.. pages.Select(p => p.Left)])) return new(weeks, days, [], version);

        var shares = pages.Select(p => (Page: p, Left: shown.Share(p.Left, p.Chose), Later: shown.Share(p.Later.Sent, p.Later.Ended)))
            .Where(p => ShareShown.IsEnough(p.Left.Whole) && p.Later.Share is not null).ToList();
        var judged = shares.Where(p => p.Left.Share is not null).ToList();
        if (judged.Count == 0) return new(weeks, days, [], version);
        var z = Confidence.ZTogether(judged.Count);
        var costs = new List<PageCost>();
        foreach (var (page, left, later) in judged)
        {
            var others = shares.Where(o => o.Page != page).Select(o => (double)Math.Min(o.Left.Part.Estimate, o.Left.Whole.Estimate) / o.Left.Whole.Estimate).Order().ToList();
            if (others.Count == 0) continue;
            var (usual, share) = (Quantiles.OfSorted(others, 0.5), left.Share!.Value);
            var interval = BinomialIntervals.Wilson(share.Part, share.Whole, z);
            var arrivals = (double)share.Whole / weeks;
            var each = arrivals * later.Share!.Value.Value;
            costs.Add(new(page.Page, arrivals, share, usual, (share.Value - usual) * arrivals, (share.Value - usual) * each, (interval.Low - usual) * each, (interval.High - usual) * each));
        }
        return new(weeks, days, [.. costs.OrderByDescending(c => c.Completions).ThenBy(c => c.Page, StringComparer.Ordinal)], version);
    }

    /// <summary>The version that came last, where the visits are of several.</summary>
    private static (int Version, DateOnly Day)? Newest(FormRows rows) =>
        rows.Visits.DistinctBy(v => v.Version).Count() > 1 && VersionComparison.Changes(rows) is { Count: > 0 } changes ? changes[^1] : null;
}
