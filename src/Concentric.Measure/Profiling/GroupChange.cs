using Concentric.Core;
using Concentric.Measure.Statistics;

namespace Concentric.Measure.Profiling;

/// <summary>A group's use in this period and in the one before.</summary>
/// <param name="Now">Take-up of the group, or its share of all users; see <see cref="GroupChange"/>.</param>
/// <param name="Interval">Interval of the difference.</param>
public sealed record ChangeLine(int Code, Share Now, Share Before, double Difference, Interval Interval)
{
    public bool IsChange => Interval.Low > 0 || Interval.High < 0;
}

/// <summary>What changed from one period to the next of the same length.</summary>
/// <param name="IsTakeUp">Whether shares are of those of the group who could; otherwise they are the group's share of all users.</param>
public sealed record GroupChange(IReadOnlyList<ChangeLine> Lines, bool IsTakeUp)
{
    /// <summary>For each group with a population the difference of two shares, by Newcombe. Where users are more than people, shares of all users.</summary>
    public static GroupChange Of(IReadOnlyDictionary<int, long> now, IReadOnlyDictionary<int, long> before, IReadOnlyDictionary<int, long> eligible, bool people)
    {
        var codes = now.Keys.Union(before.Keys).Where(c => c != 0).Order().ToList();
        var takeUp = people && codes.All(c => eligible.TryGetValue(c, out var n) && now.GetValueOrDefault(c) <= n && before.GetValueOrDefault(c) <= n);
        var (allNow, allBefore) = (codes.Sum(c => now.GetValueOrDefault(c)), codes.Sum(c => before.GetValueOrDefault(c)));
        var lines = new List<ChangeLine>();
        foreach (var code in codes)
        {
            if (Share.Of(now.GetValueOrDefault(code), takeUp ? eligible[code] : allNow) is not { } after || Share.Of(before.GetValueOrDefault(code), takeUp ? eligible[code] : allBefore) is not { } first) continue;
            var (difference, low, high) = Share.Difference(after, first);
            lines.Add(new(code, after, first, difference, new(low, high)));
        }
        return new(lines, takeUp);
    }
}
