using Concentric.Core;
using Concentric.Measure.Statistics;

namespace Concentric.Measure.FormUse;

/// <summary>A share under two versions.</summary>
/// <param name="What">What it is a share of: null for completed visits, otherwise the page that was left.</param>
/// <param name="Difference">The later less the earlier, with its interval (Newcombe), −1 to 1; null of too few.</param>
/// <param name="P">Two-sided p value, made larger because several shares are compared (Holm).</param>
/// <param name="TimeBefore">Median seconds on the page, or of the whole form, of those who filled it in by themselves.</param>
public sealed record VersionDifference(
    string? What, ShareShown Before, ShareShown After, (double Value, double Low, double High)? Difference, double? P, double? TimeBefore, double? TimeAfter)
{
    /// <summary>A difference is shown: not by chance, among all that are compared here.</summary>
    public bool IsShown => P < 0.05;
}

/// <summary>Two versions of a form held against each other. Nobody drew lots who gets which: what else changed with the time is in the difference too.</summary>
/// <param name="Differences">Completion first, then the pages that both have, in the order of the form.</param>
public sealed record VersionComparison(int Before, int After, IReadOnlyList<VersionDifference> Differences)
{
    /// <summary>The two versions asked for, or the last two; null where there is only one.</summary>
    internal static VersionComparison? Of(FormRows rows, int? before, int? after, AsShown shown)
    {
        var versions = Starts(rows).Select(s => s.Version).Where(v => rows.Visits.Any(visit => visit.Version == v)).ToList();
        if (versions.Count < 2) return null;
        var later = after is { } a && versions.Contains(a) ? a : versions[^1];
        var earlier = before is { } b && b != later && versions.Contains(b) ? b : versions.Last(v => v != later);
        var (first, second) = (Pages(rows, earlier, shown), Pages(rows, later, shown));
        var found = new List<VersionDifference> { Compare(null, Completion(rows, earlier, shown), Completion(rows, later, shown), WholeTime(rows, earlier, shown), WholeTime(rows, later, shown)) };
        foreach (var page in second.Values.Where(p => first.ContainsKey(p.Page)))
            found.Add(Compare(page.Page, first[page.Page].Left, page.Left, first[page.Page].Median, page.Median));

        var tested = found.Where(d => d.P is not null).ToList();
        var adjusted = AdjustedP.Holm([.. tested.Select(d => d.P!.Value)]);
        return new(earlier, later, [.. found.Select(d => d.P is null ? d : d with { P = adjusted[tested.IndexOf(d)] })]);
    }

    /// <summary>Each version with the day from which people had it: when it was first published, or else its first visit. The oldest first.</summary>
    internal static IReadOnlyList<(int Version, DateOnly Day)> Starts(FormRows rows)
    {
        var visited = rows.Visits.GroupBy(v => v.Version).ToDictionary(g => g.Key, g => g.Min(v => v.Day));
        var published = rows.Published.GroupBy(p => p.Version).ToDictionary(g => g.Key, g => g.Min(p => p.Day));
        return [.. visited.Keys.Union(published.Keys).Select(v => (Version: v, Day: published.TryGetValue(v, out var day) ? day : visited[v])).OrderBy(s => s.Day).ThenBy(s => s.Version)];
    }

    /// <summary>The days on which people got another version, oldest first, those on which an earlier one was put back among them.</summary>
    internal static IReadOnlyList<(int Version, DateOnly Day)> Changes(FormRows rows)
    {
        var published = rows.Published.Select(p => p.Version).ToHashSet();
        return [.. rows.Published.Concat(Starts(rows).Where(s => !published.Contains(s.Version))).OrderBy(s => s.Day).Skip(1)];
    }

    private static VersionDifference Compare(string? what, ShareShown before, ShareShown after, double? timeBefore, double? timeAfter)
    {
        if (before.Share is not { } first || after.Share is not { } second) return new(what, before, after, null, null, timeBefore, timeAfter);
        return new(what, before, after, Share.Difference(second, first), new TwoProportions(second.Part, second.Whole, first.Part, first.Whole).P(), timeBefore, timeAfter);
    }

    private static Dictionary<string, (string Page, ShareShown Left, double? Median)> Pages(FormRows rows, int version, AsShown shown)
    {
        var pages = PageVisits.Of(rows.Visits.Where(v => v.Version == version), rows.Pages);
        // From a breakdown that may not be shown nothing is compared either.
        if (!shown.MayShow([.. pages.Select(p => p.Left)])) return [];
        return pages.ToDictionary(p => p.Page, p => (p.Page, shown.Share(p.Left, p.Chose), shown.Time(p.Seconds).Median), StringComparer.Ordinal);
    }

    private static ShareShown Completion(FormRows rows, int version, AsShown shown) => CountForm.Completion(rows.Visits.Where(v => v.Version == version), shown);

    private static double? WholeTime(FormRows rows, int version, AsShown shown) =>
        shown.Time(PageVisits.WholeSeconds([.. rows.Visits.Where(v => v.Version == version)], rows.Pages)).Median;
}
