using Concentric.Core;

namespace Concentric.Measure.Sources;

/// <summary>How regularly files of a mapping come, and whether the next is late.</summary>
/// <param name="Usual">The median of the times between one and the next; null for fewer than three.</param>
public sealed record Rhythm(DateTimeOffset Last, TimeSpan? Usual)
{
    /// <summary>A file is late when half as long again as usual has passed.</summary>
    private const double LateAfter = 1.5;

    private const int Fewest = 3;

    /// <summary>The rhythm of imports at these times; null for none.</summary>
    public static Rhythm? Of(IEnumerable<DateTimeOffset> times)
    {
        var ordered = times.Order().ToList();
        if (ordered.Count == 0) return null;
        var gaps = ordered.Zip(ordered.Skip(1), (a, b) => b - a).Order().ToList();
        var middle = gaps.Count / 2;
        return new(ordered[^1], ordered.Count < Fewest ? null : gaps.Count % 2 == 1 ? gaps[middle] : (gaps[middle - 1] + gaps[middle]) / 2);
    }

    /// <summary>How much later than usual the next one is; null where it is not late, or nothing is usual yet.</summary>
    public TimeSpan? LateBy(DateTimeOffset now) => Usual is { } usual && now - Last > usual * LateAfter ? now - Last - usual : null;

    /// <summary>The rhythm in words.</summary>
    public string InWords(DateTimeOffset now) => (Usual, LateBy(now)) switch
    {
        (null, _) => "Too few imports to know a rhythm",
        ({ } usual, null) => $"On time: one comes every {Say.HowLong(usual)}",
        ({ } usual, { } late) => $"Late by {Say.HowLong(late)}: one comes every {Say.HowLong(usual)}",
    };
}
