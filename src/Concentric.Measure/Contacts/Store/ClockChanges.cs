using System.Collections.Concurrent;
using System.Globalization;

namespace Concentric.Measure.Contacts;

/// <summary>When a zone's clocks change, so that the store can tell the time by the council's clock without knowing zones.</summary>
internal static class ClockChanges
{
    private const int First = 1970, Last = 2060;
    private static readonly ConcurrentDictionary<string, IReadOnlyList<(DateTime At, int Seconds)>> Known = new(StringComparer.Ordinal);

    /// <summary>From which moment, UTC, the clocks are ahead by how many seconds; in order, the first from ever. From 1970 to 2060.</summary>
    public static IReadOnlyList<(DateTime At, int Seconds)> Of(string zone) => Known.GetOrAdd(zone, Find);

    /// <summary>A UTC column by the council's clock, as SQL: each change of the clocks is one comparison.</summary>
    /// <param name="from">First day that the column may have; null for no bound. Fewer changes are quicker.</param>
    public static string Local(string column, string zone, DateOnly? from = null, DateOnly? to = null)
    {
        var changes = Of(zone);
        var first = from is { } day ? Math.Max(0, changes.Count(c => DateOnly.FromDateTime(c.At) < day) - 1) : 0;
        var cases = string.Join(" ", changes.Skip(first + 1).TakeWhile(c => to is null || DateOnly.FromDateTime(c.At) <= to).Reverse()
            .Select(c => string.Create(CultureInfo.InvariantCulture, $"WHEN {column} >= TIMESTAMP '{c.At:yyyy-MM-dd HH:mm:ss}' THEN {c.Seconds}")));
        var otherwise = changes[first].Seconds.ToString(CultureInfo.InvariantCulture);
        return $"({column} + to_seconds({(cases.Length == 0 ? otherwise : $"CASE {cases} ELSE {otherwise} END")}))";
    }

    private static IReadOnlyList<(DateTime, int)> Find(string name)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(name);
        int Ahead(DateTime utc) => (int)zone.GetUtcOffset(utc).TotalSeconds;
        var at = new DateTime(First, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        var changes = new List<(DateTime, int)> { (at, Ahead(at)) };
        for (; at.Year <= Last; at = at.AddDays(1))
        {
            if (Ahead(at) == Ahead(at.AddDays(1))) continue;
            // Offsets change on whole minutes of UTC.
            var minute = at;
            while (Ahead(minute) == Ahead(at)) minute = minute.AddMinutes(1);
            changes.Add((minute, Ahead(minute)));
        }
        return changes;
    }
}
