namespace Concentric.Measure.Contacts;

/// <summary>What a row of the contact store is. A service request is never counted as a contact. Numbers are never used again for another.</summary>
public enum ContactKind : byte { Contact = 0, ServiceRequest = 1 }

/// <summary>Who began it. What staff and systems began is no demand of citizens.</summary>
public enum ContactInitiator : byte { Citizen = 0, Staff = 1, System = 2 }

/// <summary>Whether the citizen has what they asked for.</summary>
public enum ContactResolved : byte { Unknown = 0, Yes = 1, No = 2 }

/// <summary>What was odd about a row that was taken all the same.</summary>
[Flags]
public enum ContactOddities : ushort
{
    None = 0,

    /// <summary>It was closed before it was opened; its duration is left empty.</summary>
    ClosedBeforeOpened = 1,

    /// <summary>Its time does not exist or is said twice, on a day when the clocks change (<see cref="LocalClock"/> says what was taken).</summary>
    ClockChange = 2,
}

/// <summary>The stored columns of the calendar. All are by the clock of the council, counted from 1 January 1970, and fit 16 bits until 2149.</summary>
public static class ContactCalendar
{
    private static readonly int Epoch = new DateOnly(1970, 1, 1).DayNumber;

    /// <summary>Days since 1 January 1970.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Before 1970 or after 5 June 2149.</exception>
    public static ushort Day(DateOnly date)
    {
        var day = date.DayNumber - Epoch;
        ArgumentOutOfRangeException.ThrowIfNegative(day, nameof(date));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(day, ushort.MaxValue, nameof(date));
        return (ushort)day;
    }

    /// <summary>Weeks from Monday: week 0 began on Monday 29 December 1969.</summary>
    public static ushort Week(ushort day) => (ushort)((day + 3) / 7);

    /// <summary>Months: January 1970 is 0, January 1971 is 12.</summary>
    public static ushort Month(DateOnly date) => (ushort)((date.Year - 1970) * 12 + date.Month - 1);

    public static DateOnly DateOfDay(int day) => DateOnly.FromDayNumber(Epoch + day);

    /// <summary>The Monday on which a week begins.</summary>
    public static DateOnly FirstDayOfWeek(int week) => DateOnly.FromDayNumber(Epoch + week * 7 - 3);

    /// <summary>The first day of a month.</summary>
    public static DateOnly FirstDayOfMonth(int month) => new(1970 + month / 12, month % 12 + 1, 1);
}

/// <summary>Durations in steps of 8 %, so that medians and percentiles come from a count by step.</summary>
/// <remarks>Step 0: no duration. Step 1: under a second. Step b ≥ 2: from 1.08^(b−2) s up to 1.08^(b−1) s; step 255 also holds all above (nine years).</remarks>
public static class SecondsBin
{
    private const double Growth = 1.08;
    private static readonly double[] Lowest = [0, 0, .. Enumerable.Range(0, 254).Select(i => Math.Pow(Growth, i))];

    public static byte Of(int? seconds) => seconds switch
    {
        null => 0,
        <= 0 => 1,
        { } s => (byte)Math.Min(255, Settle(2 + (int)(Math.Log(s) / Math.Log(Growth)), s)),
    };

    /// <summary>The least duration of a step, in seconds.</summary>
    public static double From(int bin) => Lowest[bin];

    /// <summary>A step's middle by ratio, in seconds: within 4 % of every duration in it (step 255 aside).</summary>
    public static double Middle(int bin) => bin <= 1 ? 0 : Lowest[bin] * Math.Sqrt(Growth);

    // The logarithm is rounded; at an edge it may be one step off.
    private static int Settle(int bin, int seconds)
    {
        while (bin < 255 && seconds >= Lowest[bin + 1]) bin++;
        while (bin > 2 && bin <= 255 && seconds < Lowest[bin]) bin--;
        return bin;
    }
}
