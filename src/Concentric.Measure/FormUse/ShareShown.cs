using Concentric.Core;
using Concentric.Measure.Charts;
using Concentric.Measure.Statistics;

namespace Concentric.Measure.FormUse;

/// <summary>How many of how many visits, as the reader may see them: exact for analysts, under rule A for everybody else.</summary>
public readonly record struct ShareShown(ShownCount Part, ShownCount Whole)
{
    /// <summary>Of fewer visits no share is made and no time told, for analysts neither: it would say next to nothing.</summary>
    public const int Fewest = 10;

    /// <summary>The same of rounded counts: 8 to 12 are shown as 10, so that only what is shown as more is known not to be fewer.</summary>
    public const int FewestRounded = 13;

    /// <summary>Whether there are enough for a share or a time.</summary>
    public static bool IsEnough(ShownCount n) => n.Value is { } shown && (n.IsExact ? shown >= Fewest : shown > Fewest);

    /// <summary>The share from the counts as shown; null of too few, and where a count is hidden.</summary>
    public Share? Share => Part.Value is { } part && IsEnough(Whole) ? Core.Share.Of(part, Whole.Estimate) : null;

    /// <summary>Part and whole to reckon and draw with, a hidden part as <see cref="ShownCount.Middle"/>; null of too few.</summary>
    public (long Part, long Whole)? Drawn => IsEnough(Whole) ? (Math.Min(Part.Estimate, Whole.Estimate), Whole.Estimate) : null;

    /// <summary>“62.5%”, “1 to 7 of 40”, “3 of 9”, “–” of none.</summary>
    public string InWords => Share is { } share ? $"{Figures.Show(100 * share.Value, 1)}%" : Whole.Value == 0 ? Figures.None : $"{Part} of {Whole}";

    /// <summary>“55.0% to 69.4%”, or “too few”.</summary>
    public string IntervalInWords => Share is { } share ? $"{Figures.Show(100 * share.Low, 1)}% to {Figures.Show(100 * share.High, 1)}%" : Whole.Value == 0 ? Figures.None : "too few";
}

/// <summary>Time in seconds: the median, and what nine in ten take at most. Null of too few visits (<see cref="ShareShown.IsEnough"/>).</summary>
/// <param name="N">Visits that it is of.</param>
public readonly record struct TimeShown(double? Median, double? P90, ShownCount N)
{
    /// <summary>“45 s”, “3 min 20 s”, or “–”.</summary>
    public static string InWords(double? seconds) => seconds switch
    {
        null => Figures.None,
        < 59.5 => $"{Figures.Show(seconds, 0)} s",
        { } more => $"{Figures.Show(Math.Floor(Math.Round(more) / 60), 0)} min {Figures.Show(Math.Round(more) % 60, 0)} s",
    };
}

/// <summary>Makes figures as a reader may see them.</summary>
/// <param name="isExact">Whether the reader is an analyst.</param>
/// <remarks>
/// A visit is of a person who may be known to a colleague, so that the rule for contacts holds here too. A median is a time that one visit took: for others than analysts it is
/// rounded to 5 seconds.
/// </remarks>
internal readonly record struct AsShown(bool isExact)
{
    private const double Coarse = 5;

    public bool IsExact => isExact;

    public ShownCount Count(long count) => isExact ? ShownCount.Exact(count) : ShownCount.Rounded(count);

    public ShareShown Share(long part, long whole) => new(Count(part), Count(whole));

    public TimeShown Time(IEnumerable<int> seconds)
    {
        var sorted = seconds.Select(s => (double)s).Order().ToList();
        var n = Count(sorted.Count);
        if (!ShareShown.IsEnough(n)) return new(null, null, n);
        return new(Rounded(Quantiles.OfSorted(sorted, 0.5)), Rounded(Quantiles.OfSorted(sorted, 0.9)), n);
    }

    /// <summary>Whether a breakdown may be shown: no hidden part of it can be worked out from the others and the total.</summary>
    public bool MayShow(IReadOnlyList<long> parts) => isExact || (Disclosure.Isolation.HoldsWithTotal(parts) && !Disclosure.Isolation.Isolates(parts));

    private double Rounded(double seconds) => isExact ? seconds : Math.Round(seconds / Coarse) * Coarse;
}
