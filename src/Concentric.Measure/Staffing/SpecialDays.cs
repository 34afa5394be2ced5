using Concentric.Core;

namespace Concentric.Measure.Staffing;

/// <summary>Days that are not as their weekday usually is, and the history without them.</summary>
/// <remarks>
/// Days on which the office was closed, and the first open day after, are taken out (the mean of the same weekday in the four weeks about it stands in) and come back into a forecast as parts of what such a
/// day would have had otherwise. Weekdays on which next to nothing ever comes are no part of the history that is forecast from: they have no rhythm, and a season as a part of nothing is none.
/// </remarks>
internal sealed class SpecialDays
{
    /// <summary>Below this part of the busiest weekday a weekday has no calls to speak of.</summary>
    private const double Quiet = 0.01;

    private readonly WorkingCalendar _calendar;
    private readonly double _closed, _after;
    private readonly double[] _means = new double[7];
    private readonly HashSet<int> _modelled;

    private SpecialDays(WorkingCalendar calendar, IReadOnlyList<(DateOnly Day, double Count)> plain, double closed, double after)
    {
        (_calendar, _closed, _after) = (calendar, closed, after);
        foreach (var weekday in plain.GroupBy(p => Workload.Weekday(p.Day))) _means[weekday.Key] = weekday.Average(p => p.Count);
        var modelled = Enumerable.Range(0, 7).Where(w => _means[w] > Quiet * _means.Max()).ToHashSet();
        // A season has two days or more.
        _modelled = modelled.Count < 2 ? [.. Enumerable.Range(0, 7)] : modelled;
        Open = [.. plain.Where(p => IsModelled(p.Day))];
    }

    /// <summary>The history of the weekdays on which something comes, as it would have been without special days.</summary>
    public IReadOnlyList<(DateOnly Day, double Count)> Open { get; }

    /// <summary>Weekdays on which something comes.</summary>
    public int Season => _modelled.Count;

    public static SpecialDays Of(IReadOnlyList<(DateOnly Day, double Count)> history, WorkingCalendar calendar)
    {
        var plain = history.Select(h => h.Count).ToList();
        var (closed, after) = ((Was: 0.0, Usual: 0.0), (Was: 0.0, Usual: 0.0));
        for (var i = 0; i < history.Count; i++)
        {
            var (isClosed, isAfter) = (IsClosed(calendar, history[i].Day), IsAfter(calendar, history[i].Day));
            if (!isClosed && !isAfter) continue;
            var about = new[] { i - 14, i - 7, i + 7, i + 14 }.Where(j => j >= 0 && j < history.Count && !IsClosed(calendar, history[j].Day) && !IsAfter(calendar, history[j].Day)).Select(j => history[j].Count).ToList();
            if (about.Count == 0) continue;
            plain[i] = about.Average();
            if (isClosed) closed = (closed.Was + history[i].Count, closed.Usual + plain[i]);
            else after = (after.Was + history[i].Count, after.Usual + plain[i]);
        }
        // Without such a day in the history: closed is closed, and the day after is as any other.
        return new(calendar, [.. history.Select((h, i) => (h.Day, plain[i]))], closed.Usual > 0 ? closed.Was / closed.Usual : 0, after.Usual > 0 ? after.Was / after.Usual : 1);
    }

    /// <summary>Whether something comes on that weekday.</summary>
    public bool IsModelled(DateOnly day) => _modelled.Contains(Workload.Weekday(day));

    /// <summary>The mean of a weekday.</summary>
    public double MeanOf(DateOnly day) => _means[Workload.Weekday(day)];

    public bool IsClosed(DateOnly day) => IsClosed(_calendar, day);

    public double PartOf(DateOnly day) => IsClosed(day) ? _closed : IsAfter(_calendar, day) ? _after : 1;

    private static bool IsClosed(WorkingCalendar calendar, DateOnly day) => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !calendar.Is(day);

    /// <summary>The first open day after a weekday that was closed.</summary>
    private static bool IsAfter(WorkingCalendar calendar, DateOnly day)
    {
        if (!calendar.Is(day)) return false;
        var before = day.AddDays(-1);
        while (before.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday) before = before.AddDays(-1);
        return IsClosed(calendar, before);
    }
}
