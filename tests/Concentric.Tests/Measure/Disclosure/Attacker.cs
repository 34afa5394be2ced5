using Concentric.Core;
using Concentric.Measure.Contacts;
using Concentric.Measure.Disclosure;

namespace Concentric.Tests.Measure.Disclosure;

/// <summary>
/// Somebody who knows rule A, keeps all answers and reckons without error. The world is a small number of cells; each answer says of the sum of some of them from where
/// to where it lies. A count is isolated where every world that fits all answers has the same.
/// </summary>
internal sealed class Attacker(IReadOnlyList<long> world)
{
    private readonly List<(int[] Cells, long Low, long High)> _known = [];

    /// <summary>Takes note of a count as shown.</summary>
    public void Learn(IEnumerable<int> cells, ShownCount shown)
    {
        var bounds = Bounds.Of(shown);
        Learn(cells, bounds.Low, bounds.High);
    }

    public void Learn(IEnumerable<int> cells, long low, long high) => _known.Add(([.. cells], low, high));

    /// <summary>Whether all worlds that fit have the same number in those cells.</summary>
    public bool Isolates(IReadOnlyCollection<int> cells)
    {
        var truth = cells.Sum(c => world[c]);
        return !Fits(cells, truth + 1, truth + 200) && !Fits(cells, 0, truth - 1);
    }

    private bool Fits(IReadOnlyCollection<int> cells, long low, long high)
    {
        if (low > high) return false;
        var sums = _known.Append(([.. cells], low, high)).DistinctBy(k => $"{string.Join(',', k.Item1.Order())}:{k.Item2}:{k.Item3}").ToList();
        // Cells that all sums treat alike are one.
        var alike = Enumerable.Range(0, world.Count).GroupBy(c => string.Concat(sums.Select(s => s.Item1.Contains(c) ? '1' : '0'))).Where(g => g.Key.Contains('1')).ToList();
        var rows = sums.Select((s, i) => (Of: alike.Index().Where(a => a.Item.Key[i] == '1').Select(a => a.Index).ToArray(), s.Item2, s.Item3)).ToList();
        return Search(new long[alike.Count], [.. Enumerable.Repeat(300L, alike.Count)], rows, [.. alike.Select(g => g.Sum(c => world[c]))]);
    }

    /// <summary>Narrows by each sum until nothing moves, then tries values of the narrowest cell, those near the true one first.</summary>
    private static bool Search(long[] low, long[] high, List<(int[] Of, long Low, long High)> sums, long[] near)
    {
        for (var moved = true; moved;)
        {
            moved = false;
            foreach (var (of, least, most) in sums)
            {
                long all = 0, up = 0;
                foreach (var c in of) (all, up) = (all + low[c], up + high[c]);
                if (all > most || up < least) return false;
                foreach (var c in of)
                {
                    var (l, h) = (Math.Max(low[c], least - (up - high[c])), Math.Min(high[c], most - (all - low[c])));
                    if (l > h) return false;
                    if (l == low[c] && h == high[c]) continue;
                    (all, up) = (all + l - low[c], up + h - high[c]);
                    (low[c], high[c], moved) = (l, h, true);
                }
            }
        }
        var open = -1;
        for (var c = 0; c < low.Length; c++)
            if (low[c] < high[c] && (open < 0 || high[c] - low[c] < high[open] - low[open])) open = c;
        if (open < 0) return true;
        for (var away = 0L; away <= 300; away++)
        {
            foreach (var value in away == 0 ? [near[open]] : new[] { near[open] + away, near[open] - away })
            {
                if (value < low[open] || value > high[open]) continue;
                var (l, h) = ((long[])low.Clone(), (long[])high.Clone());
                l[open] = h[open] = value;
                if (Search(l, h, sums, near)) return true;
            }
        }
        return false;
    }
}

/// <summary>A store of a few contacts that answers by a loop.</summary>
internal sealed class FewContacts(IReadOnlyList<int[]> cells, IReadOnlyList<long> counts, IReadOnlyList<Dimension> dimensions)
{
    public CubeResult Answer(CubeQuery query)
    {
        var kept = Enumerable.Range(0, cells.Count).Where(c => counts[c] > 0 && IsKept(c, query)).ToList();
        var groups = query.By.Count == 0 ? [kept] : kept.GroupBy(c => string.Join(' ', query.By.Select(d => Code(c, d)))).Select(g => g.ToList())
            .OrderBy(g => query.By.Select(d => Code(g[0], d)).ToArray(), Comparer<int[]>.Create((a, b) => a.AsSpan().SequenceCompareTo(b))).ToList();
        return new(query, [.. query.By.Select(d => groups.Select(g => Code(g[0], d)).ToArray())], [.. query.Measures.Select(m => groups.Select(g => (double?)g.Where(c => Counts(c, m)).Sum(c => counts[c])).ToArray())]);
    }

    /// <summary>The cells that a row of an answer counts.</summary>
    public int[] CellsOf(CubeQuery query, IReadOnlyList<int> codes, Concentric.Measure.Contacts.Measure measure) =>
        [.. Enumerable.Range(0, cells.Count).Where(c => Counts(c, measure) && IsKept(c, query) && query.By.Index().All(d => Code(c, d.Item) == codes[d.Index]))];

    private bool IsKept(int cell, CubeQuery query) =>
        query.Where.All(w => w.Codes.Contains(Code(cell, w.Dimension))) && (query.Days is not { } days || ContactCalendar.DateOfDay(Code(cell, Dimension.Day)) is var date && date >= days.From && date <= days.To);

    private int Code(int cell, Dimension dimension) => cells[cell][dimensions.ToList().IndexOf(dimension)];

    private bool Counts(int cell, Concentric.Measure.Contacts.Measure measure) => measure switch
    {
        Concentric.Measure.Contacts.Measure.Contacts => true,
        Concentric.Measure.Contacts.Measure.FailureContacts => Code(cell, Dimension.Demand) == 2,
        Concentric.Measure.Contacts.Measure.CodedContacts => Code(cell, Dimension.Demand) is 1 or 2,
        _ => throw new ArgumentOutOfRangeException(nameof(measure)),
    };
}
