namespace Concentric.Measure.Contacts;

/// <summary>A time zone's clock, quick for many times: between UTC and what the clock on the wall shows.</summary>
/// <remarks>
/// A time that the wall clock skips in spring is read with the offset from before the change, so that 02:30 becomes 03:30. A time that it shows
/// twice in autumn is the first of the two, unless that lies before <c>notBefore</c> and the second does not. Both are said to be odd.
/// Not for use by two threads at once.
/// </remarks>
internal sealed class LocalClock(TimeZoneInfo zone)
{
    private readonly Dictionary<long, long> _offsetByUtcHour = [];
    private readonly Dictionary<int, long> _offsetByPlainDay = [];
    private (long Hour, long Offset) _last = (long.MinValue, 0);

    /// <exception cref="MappingException">The machine knows no such zone.</exception>
    public static LocalClock Of(string name) => TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)
        ? new(zone)
        : throw new MappingException($"“{name}” is not a time zone that this machine knows. Zones are named as in Europe/London.");

    /// <summary>The wall clock's time for a UTC time.</summary>
    public DateTime LocalOf(DateTime utc)
    {
        // Offsets change on whole hours of UTC.
        var hour = utc.Ticks / TimeSpan.TicksPerHour;
        if (hour != _last.Hour)
        {
            if (!_offsetByUtcHour.TryGetValue(hour, out var offset))
            {
                offset = zone.GetUtcOffset(new DateTime(hour * TimeSpan.TicksPerHour, DateTimeKind.Utc)).Ticks;
                _offsetByUtcHour.Add(hour, offset);
            }
            _last = (hour, offset);
        }
        return new(utc.Ticks + _last.Offset, DateTimeKind.Unspecified);
    }

    /// <summary>The UTC time for what the wall clock showed, and whether the clocks were changing.</summary>
    /// <param name="notBefore">A UTC time that it cannot well lie before, such as when a closed request was opened.</param>
    public DateTime UtcOf(DateTime local, out bool isOdd, DateTime? notBefore = null)
    {
        isOdd = false;
        var day = (int)(local.Ticks / TimeSpan.TicksPerDay);
        if (!_offsetByPlainDay.TryGetValue(day, out var offset))
        {
            var start = new DateTime(day * TimeSpan.TicksPerDay, DateTimeKind.Unspecified);
            offset = zone.GetUtcOffset(start).Ticks;
            var isPlain = offset == zone.GetUtcOffset(start.AddHours(12)).Ticks && offset == zone.GetUtcOffset(start.AddDays(1).AddTicks(-1)).Ticks
                && !zone.IsAmbiguousTime(start) && !zone.IsInvalidTime(start) && !zone.IsAmbiguousTime(start.AddDays(1).AddTicks(-1)) && !zone.IsInvalidTime(start.AddDays(1).AddTicks(-1));
            if (!isPlain) return UtcOnDayOfChange(local, out isOdd, notBefore);
            _offsetByPlainDay.Add(day, offset);
        }
        return new(local.Ticks - offset, DateTimeKind.Utc);
    }

    private DateTime UtcOnDayOfChange(DateTime local, out bool isOdd, DateTime? notBefore)
    {
        isOdd = true;
        if (zone.IsInvalidTime(local)) return new(local.Ticks - zone.GetUtcOffset(local.AddHours(-2)).Ticks, DateTimeKind.Utc);
        if (zone.IsAmbiguousTime(local))
        {
            var offsets = zone.GetAmbiguousTimeOffsets(local);
            // The larger offset is summer time, which comes first.
            var (first, second) = (new DateTime(local.Ticks - offsets.Max().Ticks, DateTimeKind.Utc), new DateTime(local.Ticks - offsets.Min().Ticks, DateTimeKind.Utc));
            return first < notBefore && second >= notBefore ? second : first;
        }
        isOdd = false;
        return new(local.Ticks - zone.GetUtcOffset(local).Ticks, DateTimeKind.Utc);
    }
}
