using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace Concentric.Measure.Journeys;

/// <summary>One order in which things were done, and the cases that had it.</summary>
/// <param name="Path">The activities by their number.</param>
/// <param name="Count">Cases.</param>
/// <param name="Seconds">From first to last event of those cases.</param>
public sealed record Variant(IReadOnlyList<int> Path, int Count, TimeSummary Seconds);

/// <summary>The orders in which things were done, the most frequent first.</summary>
public static class Variants
{
    /// <summary>All of a log, the most frequent first, then by the names of the activities.</summary>
    public static IReadOnlyList<Variant> Of(EventLog log)
    {
        var numbers = new Dictionary<int, int>(new SameOrder(log));
        var (of, examples, counts) = (new int[log.Cases], new List<int>(), new List<int>());
        for (var c = 0; c < log.Cases; c++)
        {
            ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(numbers, c, out var isKnown);
            if (!isKnown)
            {
                number = examples.Count;
                examples.Add(c);
                counts.Add(0);
            }
            of[c] = number;
            counts[number]++;
        }
        var places = new int[examples.Count];
        for (var v = 1; v < places.Length; v++) places[v] = places[v - 1] + counts[v - 1];
        var seconds = new double[log.Cases];
        for (var c = 0; c < log.Cases; c++) seconds[places[of[c]]++] = CaseTimes.Seconds(log, c);
        var variants = examples.Select((example, v) => new Variant(log.Path(example).ToArray(), counts[v], TimeSummary.Of(seconds.AsSpan(places[v] - counts[v], counts[v]))!)).ToList();
        variants.Sort((a, b) => a.Count != b.Count ? b.Count.CompareTo(a.Count) : Compare(log, a.Path, b.Path));
        return variants;
    }

    private static int Compare(EventLog log, IReadOnlyList<int> a, IReadOnlyList<int> b)
    {
        for (var i = 0; i < a.Count && i < b.Count; i++)
        {
            if (a[i] != b[i]) return string.CompareOrdinal(log.Activities[a[i]], log.Activities[b[i]]);
        }
        return a.Count.CompareTo(b.Count);
    }

    /// <summary>Two cases are equal where their activities are, whatever their hash says.</summary>
    private sealed class SameOrder(EventLog log) : IEqualityComparer<int>
    {
        public bool Equals(int a, int b) => log.Path(a).SequenceEqual(log.Path(b));

        public int GetHashCode(int inCase) => (int)XxHash3.HashToUInt64(MemoryMarshal.AsBytes(log.Path(inCase)));
    }
}

/// <summary>How long cases took: from the first to the last thing known of them. A case with one event took no time.</summary>
public static class CaseTimes
{
    public static double Seconds(EventLog log, int inCase) => (log.LastAt(inCase) - log.FirstAt(inCase)) / EventLog.Second;

    /// <summary>Of all cases; null where there are none.</summary>
    public static TimeSummary? Of(EventLog log)
    {
        var seconds = new double[log.Cases];
        for (var c = 0; c < seconds.Length; c++) seconds[c] = Seconds(log, c);
        return TimeSummary.Of(seconds);
    }

    /// <summary>Mean seconds from the beginning of a case to that of the next; null of fewer than two cases.</summary>
    public static double? BetweenArrivals(EventLog log)
    {
        if (log.Cases < 2) return null;
        var (first, last) = (long.MaxValue, long.MinValue);
        for (var c = 0; c < log.Cases; c++) (first, last) = (Math.Min(first, log.FirstAt(c)), Math.Max(last, log.FirstAt(c)));
        // The times between lie end to end, so their sum is from the first to the last.
        return (last - first) / EventLog.Second / (log.Cases - 1);
    }
}
