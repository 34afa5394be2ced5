using Concentric.Core;
using Concentric.Measure.Contacts;

namespace Concentric.Measure.Disclosure;

/// <summary>What somebody who knows rule A may conclude from a count as shown: from <paramref name="Low"/> to <paramref name="High"/>.</summary>
internal readonly record struct Bounds(long Low, long High)
{
    /// <summary>What is known of a count from what is shown of it.</summary>
    public static Bounds Of(ShownCount shown) => shown.Value switch
    {
        null => new(1, ShownCount.MostHidden),
        0 => new(0, 0),
        { } rounded => new(Math.Max(ShownCount.MostHidden + 1, rounded - 2), rounded + 2),
    };

    public static Bounds Of(long count) => Of(ShownCount.Rounded(count));
}

/// <summary>
/// Finds the breakdowns from which a hidden count could be worked out though each count by itself is under rule A. Of 1, 8 and 8 are shown “1 to 7”, 10 and 10, and of their
/// total of 17 the nearest 5, which is 15: at most 17 less at least 8 and at least 8 leaves 1.
/// </summary>
internal static class Isolation
{
    /// <summary>Rows that must not be shown.</summary>
    /// <param name="exact">The exact answer.</param>
    /// <param name="counts">Which of its measures are counts.</param>
    public static HashSet<int> Find(CubeResult exact, IEnumerable<Contacts.Measure> counts)
    {
        var by = exact.Query.By;
        var withheld = new HashSet<int>();
        if (by.Count == 0 || exact.Rows < 2) return withheld;
        foreach (var measure in counts)
        {
            if (!HoldsWithTotal([.. Enumerable.Range(0, exact.Rows).Select(row => exact.Count(row, measure))])) return [.. Enumerable.Range(0, exact.Rows)];
            if (by.Count == 1) continue;
            foreach (var along in by)
            {
                var across = by.Where(d => d != along).ToList();
                foreach (var line in Enumerable.Range(0, exact.Rows).GroupBy(row => string.Join(' ', across.Select(d => exact.Code(row, d)))))
                    if (Isolates([.. line.Select(row => exact.Count(row, measure))])) withheld.UnionWith(line);
            }
        }
        return withheld;
    }

    /// <summary>
    /// Whether no hidden part is isolated even where the exact total is known from elsewhere: for each there is another world with the same total and the same figures shown,
    /// in which it has one more or one fewer and another part one fewer or one more.
    /// </summary>
    public static bool HoldsWithTotal(IReadOnlyList<long> parts)
    {
        // One part alone is its total: it tells no more than that.
        if (parts.Count(p => p > 0) < 2) return true;
        bool Room(long count, int by) => count > 0 && Bounds.Of(count) is var known && count + by >= known.Low && count + by <= known.High;
        var (down, up) = (parts.Count(p => Room(p, -1)), parts.Count(p => Room(p, 1)));
        return !parts.Any(p => p is > 0 and <= ShownCount.MostHidden
            && !(Room(p, 1) && down - (Room(p, -1) ? 1 : 0) > 0)
            && !(Room(p, -1) && up - (Room(p, 1) ? 1 : 0) > 0));
    }

    /// <summary>Whether the parts as shown, beside their total as shown, leave only one value for a hidden part.</summary>
    public static bool Isolates(IReadOnlyList<long> parts)
    {
        if (parts.Count(p => p > 0) < 2) return false;
        var (total, known) = (Bounds.Of(parts.Sum()), parts.Select(Bounds.Of).ToList());
        var (low, high) = (known.Sum(k => k.Low), known.Sum(k => k.High));
        return parts.Zip(known).Any(p => p.First is > 0 and <= ShownCount.MostHidden
            && Math.Max(p.Second.Low, total.Low - (high - p.Second.High)) == Math.Min(p.Second.High, total.High - (low - p.Second.Low)));
    }
}
