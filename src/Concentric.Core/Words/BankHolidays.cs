namespace Concentric.Core;

/// <summary>The parts of the United Kingdom whose bank holidays differ.</summary>
public enum Nation { EnglandAndWales, Scotland, NorthernIreland }

/// <summary>Bank holidays by rule, right from 2015 on, with those of the whole United Kingdom that were proclaimed for one year alone up to 2023. A council sets a later one as a day on which it is closed.</summary>
/// <remarks>
/// Banking and Financial Dealings Act 1971, schedule 1; St Andrew's Day Bank Holiday (Scotland) Act 2007. The rest is proclaimed under section 1 of the Act of 1971 in the same way every year:
/// New Year's Day and the first Monday in May outside Scotland, the last Monday in May and Boxing Day in Scotland, 12 July in Northern Ireland, and a working day for each that falls on a weekend.
/// Good Friday and Christmas Day are holidays at common law outside Scotland, and count here.
/// </remarks>
public static class BankHolidays
{
    /// <summary>Days proclaimed for one year alone, all of them throughout the United Kingdom, and the day of the rule that each stood in for.</summary>
    /// <remarks>Proclamations under section 1(2) and (3) of the Act, in the London, Edinburgh and Belfast Gazettes; as at www.gov.uk/bank-holidays.</remarks>
    private static readonly (DateOnly Day, DateOnly? InPlaceOf)[] OneYearAlone =
    [
        (new(2020, 5, 8), new(2020, 5, 4)), // 75 years after the war in Europe
        (new(2022, 6, 2), new(2022, 5, 30)), // The Queen's platinum jubilee
        (new(2022, 6, 3), null), // The same
        (new(2022, 9, 19), null), // The Queen's funeral
        (new(2023, 5, 8), null), // The King's coronation
    ];

    /// <summary>The bank holidays of a year, those that fall on a weekend on the working day that stands for them; in no order.</summary>
    public static IReadOnlyCollection<DateOnly> Of(Nation nation, int year)
    {
        var easter = Easter(year);
        var (newYear, christmas) = (new DateOnly(year, 1, 1), new DateOnly(year, 12, 25));
        HashSet<DateOnly> days = [easter.AddDays(-2), MondayFrom(new(year, 5, 1)), MondayFrom(new(year, 5, 25)), .. WithDayAfter(christmas)];
        // The last Monday in May and in August, which have 31 days, is the first from the 25th.
        days.UnionWith(nation switch
        {
            Nation.Scotland => [.. WithDayAfter(newYear), MondayFrom(new(year, 8, 1)), AfterWeekend(new(year, 11, 30))],
            Nation.NorthernIreland => [AfterWeekend(newYear), AfterWeekend(new(year, 3, 17)), easter.AddDays(1), AfterWeekend(new(year, 7, 12)), MondayFrom(new(year, 8, 25))],
            _ => [AfterWeekend(newYear), easter.AddDays(1), MondayFrom(new(year, 8, 25))],
        });
        foreach (var (day, inPlaceOf) in OneYearAlone.Where(o => o.Day.Year == year))
        {
            if (inPlaceOf is { } moved) days.Remove(moved);
            days.Add(day);
        }
        return days;
    }

    /// <summary>Easter Sunday of the Gregorian calendar, by the anonymous algorithm that J.-M. Oudin and others give (Nature, 20 April 1876; Butcher).</summary>
    public static DateOnly Easter(int year)
    {
        var (a, b, c) = (year % 19, year / 100, year % 100);
        var (d, e) = (b / 4, b % 4);
        var g = (8 * b + 13) / 25;
        var h = (19 * a + b - d - g + 15) % 30;
        var (i, k) = (c / 4, c % 4);
        var l = (32 + 2 * e + 2 * i - h - k) % 7;
        var m = (a + 11 * h + 19 * l) / 433;
        var n = (h + l - 7 * m + 90) / 25;
        return new(year, n, (h + l - 7 * m + 33 * n + 19) % 32);
    }

    private static DateOnly AfterWeekend(DateOnly day) => day.DayOfWeek switch { DayOfWeek.Saturday => day.AddDays(2), DayOfWeek.Sunday => day.AddDays(1), _ => day };

    /// <summary>Two holidays beside each other: where one or both fall on a weekend, the next working days that neither is on stand for them.</summary>
    private static DateOnly[] WithDayAfter(DateOnly day) => day.DayOfWeek switch
    {
        DayOfWeek.Friday => [day, day.AddDays(3)],
        DayOfWeek.Saturday => [day.AddDays(2), day.AddDays(3)],
        DayOfWeek.Sunday => [day.AddDays(1), day.AddDays(2)],
        _ => [day, day.AddDays(1)],
    };

    private static DateOnly MondayFrom(DateOnly day) => day.AddDays((DayOfWeek.Monday - day.DayOfWeek + 7) % 7);
}
