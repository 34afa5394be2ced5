using System.Globalization;

namespace Concentric.Core.Design;

/// <summary>A date as a person typed it in three boxes. Binds from <c>Name.Day</c>, <c>Name.Month</c> and <c>Name.Year</c>.</summary>
public sealed record DateParts(string? Day, string? Month, string? Year)
{
    private static readonly CultureInfo British = CultureInfo.GetCultureInfo("en-GB");
    private static readonly string[] WelshMonths = ["Ionawr", "Chwefror", "Mawrth", "Ebrill", "Mai", "Mehefin", "Gorffennaf", "Awst", "Medi", "Hydref", "Tachwedd", "Rhagfyr"];

    public static DateParts Of(DateOnly date) => new($"{date.Day}", $"{date.Month}", $"{date.Year}");

    public bool IsEmpty => Blank(Day) && Blank(Month) && Blank(Year);

    /// <summary>The date, or null where there is none of that name. Months are taken as "3", "03", "mar", "March" and "Mawrth"; years have four digits.</summary>
    public DateOnly? Date
    {
        get
        {
            if (!Number(Day, out var day) || !Number(Year, out var year) || year is < 1000 or > 9999 || MonthNumber is not { } month) return null;
            return day >= 1 && day <= DateTime.DaysInMonth(year, month) ? new DateOnly(year, month, day) : null;
        }
    }

    /// <summary>Adds to <paramref name="errors"/> what is wrong, in the wording of the Design System: nothing entered, a part missing, not a real date.</summary>
    /// <param name="field">Name of the date input.</param>
    /// <param name="what">What the date is of, as it stands in the middle of a sentence: "date of birth".</param>
    public static Errors Check(Errors errors, string field, DateParts? typed, string what)
    {
        var start = char.ToUpper(what[0], British) + what[1..];
        if (typed is null || typed.IsEmpty) return errors.Check(field, false, $"Enter the {what}");
        (string Name, string Id, bool Blank)[] parts = [("day", field, Blank(typed.Day)), ("month", $"{field}-month", Blank(typed.Month)), ("year", $"{field}-year", Blank(typed.Year))];
        var missing = parts.Where(p => p.Blank).ToList();
        if (missing.Count > 0) return errors.Check(missing[0].Id, false, $"{start} must include a {string.Join(" and ", missing.Select(p => p.Name))}");
        return errors.Check(field, typed.Date is not null, $"{start} must be a real date");
    }

    private int? MonthNumber
    {
        get
        {
            if (Number(Month, out var number)) return number is >= 1 and <= 12 ? number : null;
            var name = (Month ?? "").Trim();
            if (name.Length < 3) return null;
            var index = Array.FindIndex(British.DateTimeFormat.MonthNames, m => m.StartsWith(name, StringComparison.OrdinalIgnoreCase));
            if (index < 0) index = Array.FindIndex(WelshMonths, m => m.StartsWith(name, StringComparison.OrdinalIgnoreCase));
            return index >= 0 ? index + 1 : null;
        }
    }

    private static bool Blank(string? text) => string.IsNullOrWhiteSpace(text);

    private static bool Number(string? text, out int number) => int.TryParse((text ?? "").Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
