using Concentric.Core;
using Concentric.Measure.Disclosure;
using Concentric.Measure.Statistics;

namespace Concentric.Measure.FailureDemand;

/// <summary>What of the counts of an audit may be shown: they come with a fact and not from the contact store, so rule A is kept here.</summary>
internal static class AuditHiding
{
    public static ShownCount Show(long count, bool isExact) => isExact ? ShownCount.Exact(count) : ShownCount.Rounded(count);

    /// <summary>Counts that make a total; all are null where a hidden one could be worked out.</summary>
    public static ShownCount?[] Row(IReadOnlyList<long> counts, bool isExact)
    {
        var shows = isExact || Isolation.HoldsWithTotal(counts) && !Isolation.Isolates(counts);
        return [.. counts.Select(c => shows ? Show(c, isExact) : (ShownCount?)null)];
    }

    /// <summary>A table of which its rows, its columns and the whole are known as well; null is what would tell a hidden count.</summary>
    public static ShownCount?[][] Table(long[][] counts, bool isExact)
    {
        bool[][] withheld = [.. counts.Select(row => new bool[row.Length])];
        if (!isExact)
        {
            var holds = Isolation.HoldsWithTotal([.. counts.SelectMany(row => row)]);
            for (var r = 0; r < counts.Length; r++)
            {
                for (var c = 0; c < counts[r].Length; c++)
                    withheld[r][c] = !holds || Isolation.Isolates(counts[r]) || Isolation.Isolates([.. counts.Select(row => row[c])]);
            }
        }
        return [.. counts.Select((row, r) => (ShownCount?[])[.. row.Select((n, c) => withheld[r][c] ? (ShownCount?)null : Show(n, isExact))])];
    }

    /// <summary>A part of which every count is shown, as a sample; rounded each by itself, a part may come out larger than its whole.</summary>
    public static Stratum Sample(AuditStratum shown)
    {
        var sampled = shown.Sampled!.Value.Estimate;
        return new(shown.Service, shown.Channel, Math.Max(shown.Size.Estimate, sampled), sampled, Math.Min(shown.Part!.Value.Estimate, sampled));
    }
}
