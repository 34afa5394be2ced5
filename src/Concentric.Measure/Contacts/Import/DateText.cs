using System.Globalization;

namespace Concentric.Measure.Contacts;

/// <summary>Reads dates of one format. The usual letters are read directly, which is five times as quick as <see cref="DateTime.TryParseExact(string, string, IFormatProvider, DateTimeStyles, out DateTime)"/>; a format with others is left to that.</summary>
internal sealed class DateText
{
    /// <summary>A two-digit year up to this is of this century.</summary>
    private const int LastShortYear = 68;

    /// <summary>The format of a year that begins in April, as <c>2023-2024</c> or <c>2023/24</c>: read as its first day.</summary>
    public const string FiscalYear = "fiscal-year";

    private readonly string _format;
    private readonly bool _isFiscalYear;
    // Null where the format has letters that are left to the runtime, such as those of an offset.
    private readonly List<(char Letter, int Count)>? _parts;

    public DateText(string format)
    {
        _format = format;
        _isFiscalYear = format == FiscalYear;
        if (_isFiscalYear) return;
        _parts = PartsOf(format);
    }

    /// <param name="date">
    /// Of the kind UTC where the text says its own offset from UTC, which a format with <c>K</c> allows and does not ask for; else of no kind, as a clock showed it.
    /// </param>
    public bool TryRead(ReadOnlySpan<char> text, out DateTime date)
    {
        if (_isFiscalYear) return TryReadFiscalYear(text, out date);
        if (_parts is not null) return TryReadParts(text, out date);
        return DateTime.TryParseExact(text, _format, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out date);
    }

    private static bool TryReadFiscalYear(ReadOnlySpan<char> text, out DateTime date)
    {
        date = default;
        if (text.Length is not (7 or 9) || text[4] is not ('-' or '/' or '–')) return false;
        var first = text[..4];
        var second = text[5..];
        if (!Digits(ref first, 4, 4, out var year) || !Digits(ref second, second.Length, 4, out var next) || second.Length > 0 || year is < 1 or > 9998) return false;
        if (next != (text.Length == 9 ? year + 1 : (year + 1) % 100)) return false;
        date = new(year, 4, 1);
        return true;
    }

    /// <summary>The format as letters and how many; null where it has letters that are not read here.</summary>
    private static List<(char, int)>? PartsOf(string format)
    {
        var parts = new List<(char Letter, int Count)>();
        for (var i = 0; i < format.Length;)
        {
            var run = 1;
            while (i + run < format.Length && format[i + run] == format[i]) run++;
            var isKnown = (format[i], run) switch
            {
                ('y', 2 or 4) or ('M' or 'd' or 'H' or 'h' or 'm' or 's', 1 or 2) or ('t', 2) => true,
                var (c, _) => !char.IsLetter(c) && c is not ('\'' or '"' or '\\' or '%') || c == 'T',
            };
            if (!isKnown) return null;
            parts.Add((format[i], run));
            i += run;
        }
        return parts;
    }

    private bool TryReadParts(ReadOnlySpan<char> text, out DateTime date)
    {
        date = default;
        int year = 1, month = 1, day = 1, hour = 0, minute = 0, second = 0, half = -1;
        var isTwelve = false;
        foreach (var (letter, count) in _parts!)
        {
            switch (letter)
            {
                case 'y' when !Digits(ref text, count, count, out year): return false;
                case 'M' when !Digits(ref text, count, 2, out month): return false;
                case 'd' when !Digits(ref text, count, 2, out day): return false;
                case 'H' when !Digits(ref text, count, 2, out hour): return false;
                case 'h' when !Digits(ref text, count, 2, out hour): return false;
                case 'm' when !Digits(ref text, count, 2, out minute): return false;
                case 's' when !Digits(ref text, count, 2, out second): return false;
                case 't' when !Half(ref text, out half): return false;
                case 'y' when count == 2: year += year <= LastShortYear ? 2000 : 1900; break;
                case 'h': isTwelve = true; break;
                case 'y' or 'M' or 'd' or 'H' or 'm' or 's' or 't': break;
                default:
                    for (var i = 0; i < count; i++, text = text[1..])
                    {
                        if (text.Length == 0 || text[0] != letter) return false;
                    }
                    break;
            }
        }
        if (text.Length > 0 || isTwelve && hour is 0 or > 12) return false;
        if (half >= 0 && isTwelve) hour = hour % 12 + 12 * half;
        if (year is < 1 or > 9999 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59) return false;
        date = new(year, month, day, hour, minute, second);
        return true;
    }

    private static bool Digits(ref ReadOnlySpan<char> text, int least, int most, out int number)
    {
        number = 0;
        var n = 0;
        while (n < most && n < text.Length && char.IsAsciiDigit(text[n])) number = number * 10 + (text[n++] - '0');
        text = text[n..];
        return n >= least;
    }

    private static bool Half(ref ReadOnlySpan<char> text, out int half)
    {
        half = text.StartsWith("AM", StringComparison.OrdinalIgnoreCase) ? 0 : text.StartsWith("PM", StringComparison.OrdinalIgnoreCase) ? 1 : -1;
        if (half >= 0) text = text[2..];
        return half >= 0;
    }
}
