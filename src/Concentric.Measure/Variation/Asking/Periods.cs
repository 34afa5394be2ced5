using System.Globalization;

namespace Concentric.Measure.Variation.Asking;

/// <summary>Periods of one length, numbered without a hole.</summary>
internal static class Periods
{
    /// <summary>The names by which people ask for a length.</summary>
    public static IReadOnlyDictionary<string, PeriodLength> Names { get; } = new Dictionary<string, PeriodLength>
    {
        ["day"] = PeriodLength.Day, ["working-day"] = PeriodLength.WorkingDay, ["week"] = PeriodLength.Week, ["month"] = PeriodLength.Month, ["quarter"] = PeriodLength.Quarter, ["year"] = PeriodLength.Year,
    };

    /// <summary>The length that the dates show: as their texts name it, or as they follow each other.</summary>
    public static PeriodLength Of(IReadOnlyCollection<DateRead> dates)
    {
        if (dates.Count == 0) return PeriodLength.Month;
        if (dates.Any(d => d.Names == PeriodLength.Week)) return PeriodLength.Week;
        if (dates.Any(d => d.Names == PeriodLength.Quarter)) return PeriodLength.Quarter;
        if (dates.All(d => d.Names == PeriodLength.Year)) return PeriodLength.Year;
        var days = dates.Select(d => d.Day).Distinct().Order().ToList();
        // Months are written by their name, by their first day or by their last.
        var isMonthly = dates.Any(d => d.Names == PeriodLength.Month) || days.Select(d => (d.Year, d.Month)).Distinct().Count() == days.Count
            && (days.TrueForAll(d => d.Day == days[0].Day) || days.TrueForAll(d => d.Day == DateTime.DaysInMonth(d.Year, d.Month)));
        if (isMonthly && (days.Count > 1 || dates.First().Names == PeriodLength.Month))
            return days.Count < 3 ? PeriodLength.Month
                : Step(days.Select(d => d.Year * 12 + d.Month)) is var step && step % 12 == 0 ? PeriodLength.Year : step % 3 == 0 ? PeriodLength.Quarter : PeriodLength.Month;
        // Months dated by their last working day, or whenever the figure came in.
        if (days.Count >= 3 && days.Select(d => (d.Year, d.Month)).Distinct().Count() == days.Count && MedianStep(days) is >= 28 and <= 31) return PeriodLength.Month;
        if (days.Count > 1 && days.TrueForAll(d => d.DayOfWeek == days[0].DayOfWeek)) return PeriodLength.Week;
        return days.Count >= 10 && days.TrueForAll(IsWorkingDay) ? PeriodLength.WorkingDay : PeriodLength.Day;
    }

    /// <summary>Number of the period that holds a day.</summary>
    public static int Number(PeriodLength length, DateOnly day) => length switch
    {
        PeriodLength.Year => day.Year,
        PeriodLength.Quarter => day.Year * 4 + (day.Month - 1) / 3,
        PeriodLength.Month => day.Year * 12 + day.Month - 1,
        PeriodLength.Week => Week.Of(day),
        // Saturday and Sunday belong to the Friday before.
        PeriodLength.WorkingDay => Week.Of(day) * 5 + Math.Min(4, ((int)day.DayOfWeek + 6) % 7),
        _ => day.DayNumber,
    };

    /// <summary>First day of a period.</summary>
    public static DateOnly First(PeriodLength length, int number) => length switch
    {
        PeriodLength.Year => new(number, 1, 1),
        PeriodLength.Quarter => new(number / 4, number % 4 * 3 + 1, 1),
        PeriodLength.Month => new(number / 12, number % 12 + 1, 1),
        PeriodLength.Week => Week.Monday(number),
        PeriodLength.WorkingDay => Week.Monday((int)Math.Floor(number / 5.0)).AddDays(number - 5 * (int)Math.Floor(number / 5.0)),
        _ => DateOnly.FromDayNumber(number),
    };

    /// <summary>For programs: 2015-03.</summary>
    public static string Key(PeriodLength length, DateOnly first) => length switch
    {
        PeriodLength.Year => first.ToString("yyyy", CultureInfo.InvariantCulture),
        PeriodLength.Quarter => string.Create(CultureInfo.InvariantCulture, $"{first.Year:0000}-Q{(first.Month + 2) / 3}"),
        PeriodLength.Month => first.ToString("yyyy-MM", CultureInfo.InvariantCulture),
        PeriodLength.Week => string.Create(CultureInfo.InvariantCulture, $"{ISOWeek.GetYear(first.ToDateTime(default)):0000}-W{ISOWeek.GetWeekOfYear(first.ToDateTime(default)):00}"),
        _ => first.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
    };

    /// <summary>Periods in a year, for a season; null where a year does not hold a whole number of them.</summary>
    public static int? InYear(PeriodLength length) => length switch { PeriodLength.Month => 12, PeriodLength.Quarter => 4, _ => null };

    public static bool IsWorkingDay(DateOnly day) => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);

    private static int MedianStep(List<DateOnly> days)
    {
        var steps = days.Zip(days.Skip(1), (a, b) => b.DayNumber - a.DayNumber).Order().ToList();
        return steps[steps.Count / 2];
    }

    /// <summary>The largest number that every step between neighbours is a multiple of.</summary>
    private static int Step(IEnumerable<int> numbers)
    {
        var sorted = numbers.Distinct().Order().ToList();
        var step = 0;
        for (var i = 1; i < sorted.Count; i++) step = (int)System.Numerics.BigInteger.GreatestCommonDivisor(step, sorted[i] - sorted[i - 1]);
        return step;
    }
}
