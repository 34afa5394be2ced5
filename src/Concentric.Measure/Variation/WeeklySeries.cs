using Concentric.Core;

namespace Concentric.Measure.Variation;

/// <summary>A stretch of days, both ends included.</summary>
public readonly record struct Days(DateOnly From, DateOnly Through)
{
    public bool Contains(DateOnly day) => day >= From && day <= Through;
}

/// <summary>Weeks run from Monday to Sunday and are numbered from that of 1 January 1970, which is week 0.</summary>
public static class Week
{
    private static readonly int _monday = new DateOnly(1969, 12, 29).DayNumber;

    /// <summary>Number of the week of a day: (days since 1 January 1970 + 3) / 7.</summary>
    public static int Of(DateOnly day) => (int)Math.Floor((day.DayNumber - _monday) / 7.0);

    /// <summary>The Monday with which a week begins.</summary>
    public static DateOnly Monday(int week) => DateOnly.FromDayNumber(_monday + week * 7);
}

/// <summary>One complete week.</summary>
/// <param name="Monday">Its first day.</param>
/// <param name="Value">The figure, null where the council was not recording: a gap, not a zero.</param>
/// <param name="N">Contacts that the figure comes from.</param>
/// <param name="IsHidden">The count may not be shown: the value stands for 1 to 7.</param>
public readonly record struct WeekValue(DateOnly Monday, double? Value, long N, bool IsHidden = false);

/// <summary>A figure for each complete week of a period. The week that is still running, and a first week that began before the period, are left out.</summary>
public sealed record WeeklySeries(IReadOnlyList<WeekValue> Weeks)
{
    /// <summary>The values alone, for a chart.</summary>
    public IReadOnlyList<double?> Values { get; } = [.. Weeks.Select(w => w.Value)];

    /// <summary>Places of the weeks whose count may not be shown.</summary>
    public IReadOnlySet<int> Hidden { get; } = Weeks.Index().Where(w => w.Item.IsHidden).Select(w => w.Index).ToHashSet();

    /// <summary>Contacts behind all weeks together. Of counts under rule A it is a sum of rounded parts, and not to be shown: ask for the total.</summary>
    public long N => Weeks.Sum(w => w.N);

    /// <summary>Counts by week. A week without a row is 0 where the council was recording on all of its days, otherwise a gap.</summary>
    /// <param name="counts">Week numbers (<see cref="Week"/>) with their counts, in any order.</param>
    /// <param name="period">From the first day to the last complete day: give yesterday, not today.</param>
    /// <param name="recorded">Stretches in which contacts were recorded; where null, the whole period.</param>
    /// <exception cref="ArgumentException">A week twice, or a negative count.</exception>
    public static WeeklySeries OfCounts(IEnumerable<(int Week, long Count)> counts, Days period, IReadOnlyList<Days>? recorded = null)
    {
        var byWeek = ByWeek(counts);
        return Of(period, recorded, week => (byWeek.GetValueOrDefault(week), byWeek.GetValueOrDefault(week)));
    }

    /// <summary>Counts by week as they may be shown. A hidden one is reckoned with <see cref="ShownCount.Middle"/>.</summary>
    public static WeeklySeries OfShown(IReadOnlyCollection<(int Week, ShownCount Count)> counts, Days period, IReadOnlyList<Days>? recorded = null)
    {
        var hidden = counts.Where(c => c.Count.IsHidden).Select(c => c.Week).ToHashSet();
        var series = OfCounts(counts.Select(c => (c.Week, c.Count.Estimate)), period, recorded);
        return new([.. series.Weeks.Select(w => w with { IsHidden = hidden.Contains(Week.Of(w.Monday)) })]);
    }

    /// <summary>Shares by week in per cent, such as failure demand of all contacts coded. A week in which there was nothing to take a share of is a gap.</summary>
    /// <param name="shares">Week numbers with the part and the whole, in any order.</param>
    /// <exception cref="ArgumentException">A week twice, a negative count, or a part larger than its whole.</exception>
    public static WeeklySeries OfShares(IReadOnlyCollection<(int Week, long Part, long Whole)> shares, Days period, IReadOnlyList<Days>? recorded = null)
    {
        if (shares.Any(s => s.Part > s.Whole)) throw new ArgumentException("A part is no larger than its whole.", nameof(shares));
        var parts = ByWeek(shares.Select(s => (s.Week, s.Part)));
        var wholes = ByWeek(shares.Select(s => (s.Week, s.Whole)));
        return Of(period, recorded, week => wholes.GetValueOrDefault(week) is var whole and > 0 ? (100.0 * parts[week] / whole, whole) : (null, 0));
    }

    /// <summary>Index of the week of a day, or null where it is not among these weeks.</summary>
    public int? IndexOf(DateOnly day)
    {
        if (Weeks.Count == 0) return null;
        var index = Week.Of(day) - Week.Of(Weeks[0].Monday);
        return index >= 0 && index < Weeks.Count ? index : null;
    }

    /// <summary>The recorded changes that fall among these weeks, as phases of a chart; of two in one week the first names it.</summary>
    public IReadOnlyList<PhaseStart> Phases(IEnumerable<(DateOnly From, string What)> changes) =>
    [
        .. changes.Where(c => IndexOf(c.From) is not null)
            .OrderBy(c => c.From)
            .Select(c => new PhaseStart(IndexOf(c.From)!.Value, c.What, Midway: c.From.DayOfWeek != DayOfWeek.Monday))
            .DistinctBy(p => p.Index),
    ];

    private static WeeklySeries Of(Days period, IReadOnlyList<Days>? recorded, Func<int, (double? Value, long N)> figure)
    {
        var first = Week.Of(period.From.AddDays(6));
        var last = Week.Of(period.Through.AddDays(1)) - 1;
        var weeks = new List<WeekValue>();
        for (var week = first; week <= last; week++)
        {
            var monday = Week.Monday(week);
            var (value, n) = recorded is null || Covered(monday, recorded) ? figure(week) : (null, 0);
            weeks.Add(new(monday, value, n));
        }

        return new(weeks);
    }

    private static bool Covered(DateOnly monday, IReadOnlyList<Days> recorded) =>
        Enumerable.Range(0, 7).All(d => recorded.Any(r => r.Contains(monday.AddDays(d))));

    private static Dictionary<int, long> ByWeek(IEnumerable<(int Week, long Count)> counts)
    {
        var byWeek = new Dictionary<int, long>();
        foreach (var (week, count) in counts)
        {
            if (count < 0) throw new ArgumentException($"The count of week {week} is negative.", nameof(counts));
            if (!byWeek.TryAdd(week, count)) throw new ArgumentException($"Week {week} is there twice.", nameof(counts));
        }

        return byWeek;
    }
}
