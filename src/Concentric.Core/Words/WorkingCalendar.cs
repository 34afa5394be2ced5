using System.Collections.Frozen;
using System.Globalization;

namespace Concentric.Core;

/// <summary>The working days of one council: Monday to Friday, without its nation's bank holidays and the days on which its offices are closed.</summary>
/// <param name="nation">Whose bank holidays are kept.</param>
/// <param name="closed">Days on which the offices are closed besides; some may be weekends or bank holidays.</param>
public sealed class WorkingCalendar(Nation nation, IEnumerable<DateOnly> closed)
{
    /// <summary>Most days from the first to the last of one closure, both counted. A longer one is a slip of the pen.</summary>
    public const int LongestClosure = 60;

    private readonly FrozenSet<DateOnly> _closed = closed.ToFrozenSet();

    /// <summary>Reads the settings: a nation, and days and ranges of days as <c>2026-12-28..2026-12-31,2027-01-04</c>, or nothing.</summary>
    /// <exception cref="RefusedException">A value is not what it must be; the message names the variable.</exception>
    public static WorkingCalendar Read(string nation, string closed) => new(
        nation switch
        {
            "england-and-wales" => Nation.EnglandAndWales,
            "scotland" => Nation.Scotland,
            "northern-ireland" => Nation.NorthernIreland,
            _ => throw new RefusedException($"CONCENTRIC_NATION is “{nation}”. It must be england-and-wales, scotland or northern-ireland."),
        },
        closed.Length == 0 ? [] : closed.Split(',', StringSplitOptions.TrimEntries).SelectMany(Closure));

    public bool Is(DateOnly day) => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !_closed.Contains(day) && !BankHolidays.Of(nation, day.Year).Contains(day);

    /// <summary>The day so many working days after another. It is counted from the first working day that is not before that other day, which is also the answer for 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public DateOnly Add(DateOnly day, int workingDays)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(workingDays);
        while (!Is(day)) day = day.AddDays(1);
        for (; workingDays > 0; workingDays--)
            do day = day.AddDays(1);
            while (!Is(day));
        return day;
    }

    /// <summary>How many working days come after one day, up to another and with it; 0 where that is not later. From a working day it undoes <see cref="Add"/>.</summary>
    public int Between(DateOnly from, DateOnly to) => Enumerable.Range(1, Math.Max(0, to.DayNumber - from.DayNumber)).Count(n => Is(from.AddDays(n)));

    private static IEnumerable<DateOnly> Closure(string text)
    {
        var ends = text.Split("..");
        if (ends.Length > 2 || !TryDay(ends[0], out var first) || !TryDay(ends[^1], out var last))
            throw new RefusedException($"CONCENTRIC_CLOSED has “{text}” in it, which is no day and no range of days. Write them as 2026-12-28..2026-12-31,2027-01-04.");
        var days = last.DayNumber - first.DayNumber + 1;
        if (days < 1) throw new RefusedException($"CONCENTRIC_CLOSED has “{text}” in it, which ends before it begins.");
        if (days > LongestClosure) throw new RefusedException($"CONCENTRIC_CLOSED has “{text}” in it, which is {days} days. One range may have {LongestClosure}.");
        return Enumerable.Range(0, days).Select(first.AddDays);

        static bool TryDay(string text, out DateOnly day) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);
    }
}
