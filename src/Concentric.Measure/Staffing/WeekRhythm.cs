using Concentric.Core;

namespace Concentric.Measure.Staffing;

/// <summary>One day taken apart.</summary>
/// <param name="Came">What came, or what such a day usually has where it was a special one.</param>
/// <param name="WithoutWeek">What came less what its weekday has above or below others.</param>
/// <param name="Trend">How the whole moves.</param>
public sealed record RhythmDay(DateOnly Day, double Came, double WithoutWeek, double Trend);

/// <summary>The rhythm of the week taken out of the days, so that a rise or fall shows that Mondays would hide (<see cref="Stl"/>).</summary>
/// <param name="Weekdays">What each weekday has above or below the trend, Monday first; null where next to nothing comes.</param>
/// <param name="Days">Each day on which something comes, in order.</param>
public sealed record WeekRhythm(IReadOnlyList<double?> Weekdays, IReadOnlyList<RhythmDay> Days)
{
    /// <summary>Null where there are fewer days than a forecast takes.</summary>
    public static WeekRhythm? Of(IReadOnlyList<(DateOnly Day, double Count)> history, WorkingCalendar calendar)
    {
        if (history.Count < DailyForecast.Fewest || history.Sum(h => h.Count) <= 0) return null;
        var special = SpecialDays.Of(history, calendar);
        var parts = Stl.Of([.. special.Open.Select(o => o.Count)], special.Season);
        var weekdays = new double?[7];
        for (var i = 0; i < special.Season; i++) weekdays[Workload.Weekday(special.Open[i].Day)] = parts.Seasonal[i];
        return new(weekdays, [.. special.Open.Select((o, i) => new RhythmDay(o.Day, o.Count, o.Count - parts.Seasonal[i], parts.Trend[i]))]);
    }
}
