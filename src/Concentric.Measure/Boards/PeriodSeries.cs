using Concentric.Measure.Charts;
using Concentric.Measure.Variation;

namespace Concentric.Measure.Boards;

/// <summary>The figure of a measure in one complete period, in the measure's unit.</summary>
/// <param name="Start">Its first day.</param>
/// <param name="Value">Null where nothing was recorded, or where the figure may not be shown: a gap, not a zero.</param>
/// <param name="N">Contacts that it is of; null for a count, which is its own n, and where it may not be shown.</param>
/// <param name="IsHidden">The figure is there and may not be shown. A hidden count is drawn and reckoned as the middle of 1 to 7.</param>
/// <param name="Version">Number of the definition that it was counted by.</param>
public sealed record PeriodPoint(DateOnly Start, double? Value, double? Low, double? High, long? N, bool IsHidden, int Version);

/// <summary>A figure for each complete period, from the first in which anything was recorded.</summary>
/// <param name="IsWithheld">Nothing of it is shown, because hidden counts could be worked out.</param>
/// <param name="Problem">Why it cannot be counted, in words; null where it can.</param>
public sealed record PeriodSeries(MeasurePeriod Period, IReadOnlyList<PeriodPoint> Points, bool IsWithheld = false, string? Problem = null)
{
    /// <summary>Of end-to-end measures the share of contacts that can be linked with nothing, and so are in no need; null of others and where it may not be shown.</summary>
    public Core.Share? Unlinked { get; init; }

    public IReadOnlyList<double?> Values { get; } = [.. Points.Select(p => p.Value)];

    public IReadOnlySet<int> HiddenAt { get; } = Points.Index().Where(p => p.Item.IsHidden && p.Item.Value is not null).Select(p => p.Index).ToHashSet();

    /// <summary>Place of the last period with a value; −1 where there is none.</summary>
    public int LastKnown { get; } = Points.ToList().FindLastIndex(p => p.Value is not null);

    /// <summary>Place of the period of a day, or null where it is not among these.</summary>
    public int? IndexOf(DateOnly day)
    {
        for (var i = 0; i < Points.Count; i++)
            if (day >= Points[i].Start && day <= End(Period, Points[i].Start)) return i;
        return null;
    }

    public bool IsStart(DateOnly day) => Points.Any(p => p.Start == day);

    /// <summary>The same as it was when that period was the last that was complete.</summary>
    public PeriodSeries Until(int index) => new(Period, [.. Points.Take(index + 1)], IsWithheld, Problem) { Unlinked = Unlinked };

    public static DateOnly End(MeasurePeriod period, DateOnly start) => period == MeasurePeriod.Week ? start.AddDays(6) : start.AddMonths(1).AddDays(-1);

    public static ChartPeriod Label(MeasurePeriod period, DateOnly start) =>
        period == MeasurePeriod.Week ? ChartPeriod.Week(start) : new(start.ToString("MMMM yyyy", Figures.English), start.ToString("MMM yy", Figures.English));

    /// <summary>The period in the middle of a sentence: “the week from 2 March 2026”, “March 2026”.</summary>
    public static string Say(MeasurePeriod period, DateOnly start) => period == MeasurePeriod.Week ? $"the week from {Label(period, start).Label}" : Label(period, start).Label;

    /// <summary>First days of the complete periods of a stretch of days.</summary>
    public static IReadOnlyList<DateOnly> Starts(MeasurePeriod period, Days days)
    {
        var first = period == MeasurePeriod.Week ? Week.Monday(Week.Of(days.From.AddDays(6))) : days.From.Day == 1 ? days.From : new DateOnly(days.From.Year, days.From.Month, 1).AddMonths(1);
        var starts = new List<DateOnly>();
        for (var start = first; End(period, start) <= days.Through; start = period == MeasurePeriod.Week ? start.AddDays(7) : start.AddMonths(1)) starts.Add(start);
        return starts;
    }

    /// <summary>Leaves out the periods before anything was recorded: before its first contact a service was not recorded, which is not the same as not asked for.</summary>
    internal static IReadOnlyList<PeriodPoint> Begun(IEnumerable<PeriodPoint> points) => [.. points.SkipWhile(p => p is { IsHidden: false, Value: null or 0 } and not { Value: 0, N: > 0 })];
}
