namespace Concentric.Measure.Demo;

/// <summary>Bank holidays of England and its clock, by rule, so that the demo council is the same on every machine whatever its time zone files.</summary>
internal static class EnglishCalendar
{
    /// <summary>The bank holidays of a year. One-off holidays (jubilees, a coronation) are not in the rule and are left out.</summary>
    /// <remarks>Banking and Financial Dealings Act 1971 and the proclamations under it; Easter by the Gregorian computus as in Meeus, Astronomical Algorithms.</remarks>
    public static IReadOnlySet<DateOnly> BankHolidays(int year)
    {
        var easter = Easter(year);
        var newYear = new DateOnly(year, 1, 1);
        var christmas = new DateOnly(year, 12, 25);
        return new HashSet<DateOnly>
        {
            newYear.DayOfWeek switch { DayOfWeek.Saturday => newYear.AddDays(2), DayOfWeek.Sunday => newYear.AddDays(1), _ => newYear },
            easter.AddDays(-2),
            easter.AddDays(1),
            MondayFrom(year == 2020 ? new(2020, 5, 4) : new(year, 5, 1)).AddDays(year == 2020 ? 4 : 0),
            year == 2022 ? new(2022, 6, 2) : LastMonday(year, 5),
            LastMonday(year, 8),
            christmas.DayOfWeek switch { DayOfWeek.Saturday => christmas.AddDays(2), DayOfWeek.Sunday => christmas.AddDays(2), _ => christmas },
            christmas.DayOfWeek switch { DayOfWeek.Friday => christmas.AddDays(3), DayOfWeek.Saturday => christmas.AddDays(3), _ => christmas.AddDays(1) },
        };
    }

    /// <summary>Hours that clocks in England are ahead of UTC on a day: 1 from the last Sunday of March to the day before the last Sunday of October.</summary>
    public static int HoursAhead(DateOnly day) => day >= LastSunday(day.Year, 3) && day < LastSunday(day.Year, 10) ? 1 : 0;

    private static DateOnly Easter(int year)
    {
        var (a, b, c) = (year % 19, year / 100, year % 100);
        var h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
        var l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
        var m = (a + 11 * h + 22 * l) / 451;
        var n = h + l - 7 * m + 114;
        return new(year, n / 31, n % 31 + 1);
    }

    private static DateOnly MondayFrom(DateOnly day) => day.AddDays((8 - (int)day.DayOfWeek) % 7);

    private static DateOnly LastMonday(int year, int month) => MondayFrom(new DateOnly(year, month, 25));

    private static DateOnly LastSunday(int year, int month) => MondayFrom(new DateOnly(year, month, 26)).AddDays(-1);
}
