using Concentric.Core;
using Concentric.Core.Design;

namespace Concentric.Needs.Anticipation;

/// <summary>Figures of an evaluation as cells of a table.</summary>
internal static class Shown
{
    /// <summary>“63% (61% to 65%)”.</summary>
    public static TableCell Cell(ShareFigure? share) => TableCell.Number(Text(share)) with { Class = "app-nowrap" };

    public static string Text(ShareFigure? share) => share is null ? "–" : FormattableString.Invariant($"{100 * share.Share:0.0}% ({100 * share.Low:0.0}% to {100 * share.High:0.0}%)");

    /// <summary>“+3.1 points (−1.0 to +7.2)”.</summary>
    public static TableCell Cell(GapFigure? gap) => TableCell.Number(gap is null ? "–" : FormattableString.Invariant($"{100 * gap.Difference:+0.0;−0.0;0.0} ({100 * gap.Low:+0.0;−0.0;0.0} to {100 * gap.High:+0.0;−0.0;0.0})")) with { Class = "app-nowrap" };

    public static TableCell Cell(double? figure, int decimals) => figure is { } known ? TableCell.Figure(known, decimals) : TableCell.Number("–");

    /// <summary>A count of contacts or people as that reader may see it: exact for an analyst, under rule A for everybody else.</summary>
    public static ShownCount Count(long count, bool exact) => exact ? ShownCount.Exact(count) : ShownCount.Rounded(count);

    public static TableCell Number(long count, bool exact) => TableCell.Number($"{Count(count, exact)}");

    /// <summary>A share as that reader may see it: for everybody but analysts from rounded parts, and none where a part is hidden.</summary>
    public static ShareFigure? Seen(ShareFigure? share, bool exact) => exact || share is null ? share
        : (Count((long)Math.Round(share.Share * share.N), false).Value, Count(share.N, false).Value) is ({ } part, { } whole) ? ShareFigure.Of(Share.Of(part, whole)) : null;

    /// <summary>Figures by group, of which for everybody but analysts also the gaps are made from rounded parts.</summary>
    public static IReadOnlyList<GroupFigures> Seen(IReadOnlyList<GroupFigures> groups, bool exact)
    {
        if (exact) return groups;
        var seen = groups.Select(g => (Group: g, Share: Seen(g.Recall3, false))).ToList();
        return
        [
            .. seen.Select(s =>
            {
                var rest = seen.Where(o => o.Group != s.Group && o.Share is not null).ToList();
                if (s.Share is not { } here || Share.Of(rest.Sum(o => Part(o.Share!)), rest.Sum(o => o.Share!.N)) is not { } others) return s.Group with { Recall3 = s.Share, Gap = null };
                var (difference, low, high) = Share.Difference(Share.Of(Part(here), here.N)!.Value, others);
                return s.Group with { Recall3 = here, Gap = new(difference, low, high), Verdict = low > 0 ? "found more often here" : high < 0 ? "found less often here" : "inconclusive" };
            }),
        ];
    }

    private static long Part(ShareFigure share) => (long)Math.Round(share.Share * share.N);

    public static TableCell Head(string text) => new(text) { Numeric = true };
}
