using Concentric.Core;
using Concentric.Measure.Contacts;

namespace Concentric.Measure.Staffing;

/// <summary>What came in by day and by half hour of the week, as a reader may see it.</summary>
/// <param name="Days">How many came on each day from the first to the last, also where that is none.</param>
/// <param name="Profile">How many came on the open days of each weekday (Monday first) in each half hour, over the last <see cref="ProfileWeeks"/> weeks.</param>
/// <param name="OpenDays">How many open days of each weekday those are.</param>
/// <param name="Spread">Variance over mean of the same half hour on the same weekday, all taken together; 1 where chance alone is at work. Null where there are too few weeks to tell.</param>
/// <param name="Timed">How many say how long they took.</param>
/// <param name="Seconds">Mean seconds of these; null where none does.</param>
/// <param name="Abandoned">Calls that nobody answered.</param>
/// <param name="Patience">Mean seconds after which whoever waits gives up: all waiting over those who gave up. Null where too few did.</param>
/// <param name="N">How many came in all.</param>
public sealed record Workload(
    IReadOnlyList<(DateOnly Day, double Count)> Days, double[,] Profile, int[] OpenDays, double? Spread, ShownCount Timed, double? Seconds, ShownCount Abandoned, double? Patience, ShownCount N)
{
    public const int Slots = 48;

    /// <summary>A quarter of a year: long enough to be steady, short enough to be of now.</summary>
    public const int ProfileWeeks = 13;

    private const int FewestAbandoned = 20;

    /// <summary>The mean of an open day of that weekday in that half hour.</summary>
    public double Mean(int weekday, int slot) => OpenDays[weekday] == 0 ? 0 : Profile[weekday, slot] / OpenDays[weekday];

    /// <summary>The share of an open day of that weekday that comes in that half hour; 0 where nothing comes on such a day.</summary>
    public double Share(int weekday, int slot)
    {
        var whole = Enumerable.Range(0, Slots).Sum(s => Profile[weekday, s]);
        return whole == 0 ? 0 : Profile[weekday, slot] / whole;
    }

    /// <summary>The first and the last half hour between which 98 of 100 come: outside them nobody is planned.</summary>
    public (int First, int Last) Hours
    {
        get
        {
            var bySlot = Enumerable.Range(0, Slots).Select(s => Enumerable.Range(0, 7).Sum(w => Profile[w, s])).ToList();
            var (whole, below) = (bySlot.Sum(), 0.0);
            var (first, last) = (0, Slots - 1);
            for (var s = 0; s < Slots; s++)
            {
                if (below <= 0.01 * whole) first = s;
                if (below < 0.99 * whole) last = s;
                below += bySlot[s];
            }
            return (first, last);
        }
    }

    /// <summary>Monday is 0.</summary>
    public static int Weekday(DateOnly day) => ((int)day.DayOfWeek + 6) % 7;

    /// <param name="first">First day looked at, likewise last.</param>
    /// <param name="isExact">Otherwise each count shown is under rule A, and one that is hidden stands for <see cref="ShownCount.Middle"/>.</param>
    public static Workload Of(IReadOnlyList<HalfHour> halfHours, DateOnly first, DateOnly last, WorkingCalendar calendar, bool isExact)
    {
        ShownCount Shown(long count) => isExact ? ShownCount.Exact(count) : ShownCount.Rounded(count);
        var byDay = halfHours.GroupBy(h => h.Day).ToDictionary(g => g.Key, g => g.Sum(h => h.Count));
        var days = Enumerable.Range(0, last.DayNumber - first.DayNumber + 1).Select(first.AddDays).Select(d => (d, (double)Shown(byDay.GetValueOrDefault(d)).Estimate)).ToList();
        var from = last.AddDays(1 - 7 * ProfileWeeks);
        // A weekday on which the office is closed says nothing of that weekday.
        var open = Enumerable.Range(0, 7 * ProfileWeeks).Select(from.AddDays).Where(d => d >= first && (d.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday || calendar.Is(d))).ToHashSet();
        var cells = new List<long>[7, Slots];
        foreach (var weekday in Enumerable.Range(0, 7))
            foreach (var slot in Enumerable.Range(0, Slots)) cells[weekday, slot] = [];
        foreach (var h in halfHours.Where(h => open.Contains(h.Day))) cells[Weekday(h.Day), h.Slot].Add(h.Count);
        var openDays = new int[7];
        foreach (var day in open) openDays[Weekday(day)]++;
        var profile = new double[7, Slots];
        for (var w = 0; w < 7; w++)
            for (var s = 0; s < Slots; s++) profile[w, s] = Shown(cells[w, s].Sum()).Estimate;
        var (timed, abandoned, waits) = (halfHours.Sum(h => h.Timed), halfHours.Sum(h => h.Abandoned), halfHours.Sum(h => h.WaitSeconds));
        // Nearly all must say how long they waited, or those who did not would stand for no time.
        var knowsWaits = waits > 0 && halfHours.Sum(h => h.Waited) >= 0.95 * halfHours.Sum(h => h.Count);
        return new(days, profile, openDays, SpreadOf(cells, openDays), Shown(timed), timed < 1 || Shown(timed).IsHidden ? null : (double)halfHours.Sum(h => h.Seconds) / timed,
            Shown(abandoned), abandoned < FewestAbandoned || !knowsWaits ? null : (double)waits / abandoned, Shown(halfHours.Sum(h => h.Count)));
    }

    /// <summary>Pooled over half hours: the sum of variances over the sum of means, so that quiet ones with their chance ratios count for little.</summary>
    private static double? SpreadOf(List<long>[,] cells, int[] openDays)
    {
        var (variances, means) = (0.0, 0.0);
        for (var w = 0; w < 7; w++)
        {
            if (openDays[w] < 4) continue;
            for (var s = 0; s < Slots; s++)
            {
                var (n, sum, squares) = (openDays[w], (double)cells[w, s].Sum(), cells[w, s].Sum(c => (double)c * c));
                means += sum / n;
                variances += (squares - sum * sum / n) / (n - 1);
            }
        }
        return means > 0 ? variances / means : null;
    }
}
