namespace Concentric.Measure.Contacts.Importing;

/// <summary>The ways of writing a date that can be chosen on a page. A mapping can name others.</summary>
internal static class DateFormats
{
    /// <summary>Each with an example, the usual ones first: where two fit, the earlier is guessed, the day before the month as in Britain.</summary>
    public static IReadOnlyList<(string Format, string Example)> All { get; } =
    [
        ("yyyy-MM-dd HH:mm:ss", "2026-03-31 14:05:00"),
        ("yyyy-MM-dd HH:mm", "2026-03-31 14:05"),
        ("yyyy-MM-ddTHH:mm:ss", "2026-03-31T14:05:00"),
        ("yyyy-MM-ddTHH:mm", "2026-03-31T14:05"),
        ("yyyy-MM-ddTHH:mm:ssK", "2026-03-31T14:05:00Z"),
        ("yyyy-MM-ddTHH:mm:ss.fffK", "2026-03-31T14:05:00.000Z"),
        ("yyyy-MM-dd", "2026-03-31"),
        ("d/M/yyyy H:mm:ss", "31/3/2026 14:05:00"),
        ("d/M/yyyy H:mm", "31/3/2026 14:05"),
        ("d/M/yyyy", "31/3/2026"),
        ("d/M/yy H:mm", "31/3/26 14:05"),
        ("d/M/yy", "31/3/26"),
        ("d.M.yyyy H:mm", "31.3.2026 14:05"),
        ("d.M.yyyy", "31.3.2026"),
        ("M/d/yyyy h:mm:ss tt", "3/31/2026 2:05:00 PM"),
        ("M/d/yyyy h:mm tt", "3/31/2026 2:05 PM"),
        ("M/d/yyyy H:mm", "3/31/2026 14:05"),
        ("M/d/yyyy", "3/31/2026"),
        ("M/d/yy H:mm", "3/31/26 14:05"),
        ("M/d/yy", "3/31/26"),
        ("dd-MMM-yyyy", "31-Mar-2026"),
        ("d MMMM yyyy", "31 March 2026"),
        ("yyyyMMdd", "20260331"),
        ("H:mm:ss", "14:05:00 (a time alone)"),
        ("H:mm", "14:05 (a time alone)"),
        ("h:mm:ss tt", "2:05:00 PM (a time alone)"),
        ("h:mm tt", "2:05 PM (a time alone)"),
    ];

    private const double Fits = 0.8;

    /// <summary>The format that most values of a column are written in, where that is nearly all; null for none.</summary>
    public static string? Guess(ColumnLook column)
    {
        if (column.Given == 0) return null;
        var all = column.Values.Sum(v => v.Count);
        var (best, fits) = All.Select(f => (f.Format, Fits: Fitting(f.Format, column))).MaxBy(f => f.Fits);
        return fits >= all * Fits ? best : null;
    }

    private static int Fitting(string format, ColumnLook column)
    {
        var text = new DateText(format);
        return column.Values.Where(v => text.TryRead(v.Value, out var date) && (IsTimeOnly(format) || date.Year is > 1950 and < 2100)).Sum(v => v.Count);
    }

    /// <summary>Whether it says a time of day.</summary>
    public static bool HasTime(string format) => format.Contains('m', StringComparison.Ordinal);

    /// <summary>Whether it says no day.</summary>
    public static bool IsTimeOnly(string format) => !format.Contains('y', StringComparison.Ordinal);
}
