using System.Globalization;
using System.Text.RegularExpressions;

namespace Concentric.Measure.Variation.Asking;

/// <summary>Length of the periods of a series.</summary>
public enum PeriodLength { Day, WorkingDay, Week, Month, Quarter, Year }

/// <summary>A date as somebody wrote it, and how long a period the text itself names.</summary>
/// <param name="Turned">The day with the other order of day and month, where the text can be read both ways.</param>
internal readonly record struct DateRead(DateOnly Day, PeriodLength Names, DateOnly? Turned = null);

/// <summary>Reads dates as people write them in tables of figures.</summary>
internal static partial class PeriodText
{
    public const string Examples = "Write dates as 2015-03, 03/2015, 2015-03-01, 01/03/2015, Mar 2015, 1 March 2015, 2015-W10 or 2015-Q1.";

    private static readonly string[] MonthNames = CultureInfo.InvariantCulture.DateTimeFormat.MonthNames;

    /// <param name="isMonthFirst">Whether 1/3/2015 is 3 January.</param>
    public static DateRead? Read(string text, bool isMonthFirst = false)
    {
        var given = text.Trim();
        if (Iso.Match(given) is { Success: true } iso)
            return iso.Groups["d"].Success ? Day(iso, PeriodLength.Day) : Day(iso, PeriodLength.Month);
        if (MonthYear.Match(given) is { Success: true } month) return Day(month, PeriodLength.Month);
        if (Slashed.Match(given) is { Success: true } slashed)
        {
            var (written, a, b) = (Year(slashed.Groups["y"].Value), Number(slashed.Groups["a"]), Number(slashed.Groups["b"]));
            var (asked, turned) = isMonthFirst ? (Of(written, a, b, PeriodLength.Day), Of(written, b, a, PeriodLength.Day)) : (Of(written, b, a, PeriodLength.Day), Of(written, a, b, PeriodLength.Day));
            return asked is { } read ? read with { Turned = turned?.Day } : null;
        }
        if (Named.Match(given) is { Success: true } named && MonthOf(named.Groups["n"].Value) is { } number)
            return named.Groups["d"].Success
                ? Of(Year(named.Groups["y"].Value), number, Number(named.Groups["d"]), PeriodLength.Day)
                : Of(Year(named.Groups["y"].Value), number, 1, PeriodLength.Month);
        if (Weeks.Match(given) is { Success: true } week && Number(week.Groups["y"]) is >= 1 and <= 9990 && Number(week.Groups["w"]) is var w && w >= 1 && w <= ISOWeek.GetWeeksInYear(Number(week.Groups["y"])))
            return new(DateOnly.FromDateTime(ISOWeek.ToDateTime(Number(week.Groups["y"]), w, DayOfWeek.Monday)), PeriodLength.Week);
        if (Quarters.Match(given) is { Success: true } quarter) return Of(Number(quarter.Groups["y"]), Number(quarter.Groups["q"]) * 3 - 2, 1, PeriodLength.Quarter);
        return OneYear.Match(given) is { Success: true } year ? Of(Number(year.Groups["y"]), 1, 1, PeriodLength.Year) : null;
    }

    /// <summary>Whether a text that could not be read would be one with month and day turned round.</summary>
    public static bool WouldReadTurned(string text, bool isMonthFirst) => Slashed.IsMatch(text.Trim()) && Read(text, !isMonthFirst) is not null;

    private static DateRead? Day(Match match, PeriodLength names) =>
        Of(Number(match.Groups["y"]), Number(match.Groups["m"]), match.Groups["d"].Success ? Number(match.Groups["d"]) : 1, names);

    private static DateRead? Of(int year, int month, int day, PeriodLength names) =>
        year is < 1 or > 9990 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) ? null : new(new DateOnly(year, month, day), names);

    private static int? MonthOf(string name)
    {
        if (name.Length < 3) return null;
        // “Sept” is written as often as “Sep”.
        for (var i = 0; i < 12; i++)
            if (MonthNames[i].StartsWith(name.TrimEnd('.'), StringComparison.OrdinalIgnoreCase)) return i + 1;
        return null;
    }

    private static int Year(string digits) => digits.Length == 2 ? int.Parse(digits, CultureInfo.InvariantCulture) is var y && y < 70 ? 2000 + y : 1900 + y : int.Parse(digits, CultureInfo.InvariantCulture);

    private static int Number(Group digits) => int.Parse(digits.ValueSpan, CultureInfo.InvariantCulture);

    // What stands behind a day as its time says nothing of the period.
    [GeneratedRegex(@"^(?<y>[0-9]{4})[-/.](?<m>[0-9]{1,2})([-/.](?<d>[0-9]{1,2})([T ][0-9]{1,2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?(Z|[+-][0-9]{2}:?[0-9]{2})?)?)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Iso { get; }

    [GeneratedRegex(@"^(?<m>[0-9]{1,2})[-/.](?<y>[0-9]{4})$", RegexOptions.CultureInvariant)]
    private static partial Regex MonthYear { get; }

    [GeneratedRegex(@"^(?<a>[0-9]{1,2})[-/.](?<b>[0-9]{1,2})[-/.](?<y>[0-9]{4}|[0-9]{2})( [0-9]{1,2}:[0-9]{2}(:[0-9]{2})?( ?[AaPp][Mm])?)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Slashed { get; }

    [GeneratedRegex(@"^((?<d>[0-9]{1,2})[- ])?(?<n>[A-Za-z]{3,9}\.?)[-, ]+(?<y>[0-9]{4}|[0-9]{2})$", RegexOptions.CultureInvariant)]
    private static partial Regex Named { get; }

    [GeneratedRegex(@"^(?<y>[0-9]{4})[- ]?[Ww](?<w>[0-9]{1,2})$", RegexOptions.CultureInvariant)]
    private static partial Regex Weeks { get; }

    [GeneratedRegex(@"^((?<y>[0-9]{4})[- ]?[Qq](?<q>[1-4])|[Qq](?<q>[1-4])[- ](?<y>[0-9]{4}))$", RegexOptions.CultureInvariant)]
    private static partial Regex Quarters { get; }

    [GeneratedRegex(@"^(?<y>[0-9]{4})$", RegexOptions.CultureInvariant)]
    private static partial Regex OneYear { get; }
}
