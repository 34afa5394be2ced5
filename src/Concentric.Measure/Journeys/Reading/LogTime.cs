namespace Concentric.Measure.Journeys.Reading;

/// <summary>Reads the times of event logs: ISO 8601, <c>2011-10-11T13:45:40.276+02:00</c>, with a blank for the T and strokes in the day as well, and the offset as <c>Z</c>, <c>+02:00</c>, <c>+0200</c> or <c>+02</c>.</summary>
/// <remarks>Days and months in another order are refused: 03/04 is a day in March or in April, and nothing in the file says which.</remarks>
internal static class LogTime
{
    /// <param name="micros">Microseconds since 1970, UTC; what is finer is cut off.</param>
    /// <param name="hasOffset">Whether the text says how far from UTC its clock is; without it the time is taken as UTC.</param>
    public static bool TryRead(ReadOnlySpan<char> text, out long micros, out bool hasOffset)
    {
        (micros, hasOffset) = (0, false);
        text = text.Trim();
        if (text.Length < 10 || text[4] is not ('-' or '/') || text[7] != text[4] || !Digits(text[..4], out var year) || !Digits(text[5..7], out var month) || !Digits(text[8..10], out var day)) return false;
        if (year is < 1 or > 9998 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)) return false;
        var at = (new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc) - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        var rest = text[10..];
        if (rest.Length > 0 && !TryClock(ref rest, ref at)) return false;
        if (!TryOffset(rest.TrimStart(' '), out var minutes, out hasOffset)) return false;
        micros = at - minutes * 60_000_000L;
        return true;
    }

    private static bool TryClock(ref ReadOnlySpan<char> rest, ref long at)
    {
        if (rest[0] is not ('T' or 't' or ' ') || rest.Length < 6 || rest[3] != ':' || !Digits(rest[1..3], out var hour) || !Digits(rest[4..6], out var minute) || hour > 24 || minute > 59) return false;
        rest = rest[6..];
        at += (hour * 60L + minute) * 60_000_000;
        if (rest.Length < 3 || rest[0] != ':') return hour < 24;
        if (!Digits(rest[1..3], out var second) || second > 60 || hour == 24 && (minute > 0 || second > 0)) return false;
        at += second * 1_000_000L;
        rest = rest[3..];
        if (rest.Length == 0 || rest[0] is not ('.' or ',')) return true;
        var (i, unit) = (1, 100_000L);
        for (; i < rest.Length && char.IsAsciiDigit(rest[i]); i++, unit /= 10) at += (rest[i] - '0') * unit;
        rest = rest[i..];
        return i > 1;
    }

    private static bool TryOffset(ReadOnlySpan<char> rest, out int minutes, out bool isSaid)
    {
        (minutes, isSaid) = (0, rest.Length > 0);
        if (rest.Length == 0 || rest is "Z" or "z" or "UTC") return true;
        if (rest[0] is not ('+' or '-') || rest.Length is not (3 or 5 or 6) || !Digits(rest[1..3], out var hours)) return false;
        var more = 0;
        if (rest.Length == 6 ? rest[3] != ':' || !Digits(rest[4..6], out more) : rest.Length == 5 && !Digits(rest[3..5], out more)) return false;
        if (hours > 15 || more > 59) return false;
        minutes = (hours * 60 + more) * (rest[0] == '-' ? -1 : 1);
        return true;
    }

    private static bool Digits(ReadOnlySpan<char> text, out int number)
    {
        number = 0;
        foreach (var sign in text)
        {
            if (!char.IsAsciiDigit(sign)) return false;
            number = number * 10 + (sign - '0');
        }
        return true;
    }
}
