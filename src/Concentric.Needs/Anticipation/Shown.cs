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

    public static TableCell Head(string text) => new(text) { Numeric = true };
}
