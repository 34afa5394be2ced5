using Concentric.Core;
using Concentric.Measure.Contacts;

namespace Concentric.Measure.Disclosure;

/// <summary>Rule A over the answer of a cube query: counts from 1 to 7 are hidden, others rounded to 5, and sums and means made so that no exact count follows from them.</summary>
/// <remarks>
/// The rule looks at each question by itself and always gives the same for the same question, so that asking again tells nothing more.
/// A breakdown from which a hidden count could be worked out is withheld (<see cref="Isolation"/>), a mean is as rough as <see cref="MeanStep"/> says, and a sum of money is
/// that mean times the rounded count. docs/decisions/0012-disclosure.md says why, and what the rule does not do.
/// </remarks>
internal static class RuleA
{
    /// <summary>What is said of a measure that is no count: the count that it is of, and the least and most that one contact has of it.</summary>
    private static readonly Dictionary<Contacts.Measure, (Contacts.Measure Count, Contacts.Measure Least, Contacts.Measure Most)> Behind = new()
    {
        [Contacts.Measure.CostPence] = (Contacts.Measure.CostCount, Contacts.Measure.CostLeast, Contacts.Measure.CostMost),
        [Contacts.Measure.MeanSeconds] = (Contacts.Measure.SecondsCount, Contacts.Measure.SecondsLeast, Contacts.Measure.SecondsMost),
        [Contacts.Measure.SecondsDeviation] = (Contacts.Measure.SecondsCount, Contacts.Measure.SecondsLeast, Contacts.Measure.SecondsMost),
        [Contacts.Measure.MedianSeconds] = (Contacts.Measure.SecondsCount, Contacts.Measure.SecondsLeast, Contacts.Measure.SecondsMost),
        [Contacts.Measure.Percentile90Seconds] = (Contacts.Measure.SecondsCount, Contacts.Measure.SecondsLeast, Contacts.Measure.SecondsMost),
        [Contacts.Measure.MeanSatisfaction] = (Contacts.Measure.SatisfactionCount, Contacts.Measure.SatisfactionLeast, Contacts.Measure.SatisfactionMost),
        [Contacts.Measure.SatisfactionDeviation] = (Contacts.Measure.SatisfactionCount, Contacts.Measure.SatisfactionLeast, Contacts.Measure.SatisfactionMost),
    };

    /// <summary>Measures of one contact alone, which only analysts see.</summary>
    private static readonly HashSet<Contacts.Measure> OfOneContact = [.. Behind.Values.SelectMany(b => (Contacts.Measure[])[b.Least, b.Most])];

    /// <summary>
    /// The question to put to the store: with what the rule needs beside what was asked for, and of the whole breakdown, because its order and its end by exact counts would
    /// tell which of two equal rounded counts is the larger, and because a filter on what is grouped by only picks rows of it.
    /// </summary>
    public static CubeQuery Whole(CubeQuery asked) => asked with
    {
        Measures = [.. asked.Measures.Concat(asked.Measures.Where(Behind.ContainsKey).SelectMany(m => (Contacts.Measure[])[Behind[m].Count, Behind[m].Least, Behind[m].Most])).Distinct()],
        Where = [.. asked.Where.Where(w => !asked.By.Contains(w.Dimension))],
        Order = Order.None,
        Limit = null,
    };

    /// <summary>The answer to <paramref name="asked"/> under the rule.</summary>
    /// <param name="exact">The exact answer to <see cref="Whole"/> of it.</param>
    public static CubeResult Apply(CubeQuery asked, CubeResult exact)
    {
        var counts = asked.Measures.Where(IsCount).ToList();
        var kept = Enumerable.Range(0, exact.Rows).Where(row => asked.Where.All(w => !asked.By.Contains(w.Dimension) || w.Codes.Contains(exact.Code(row, w.Dimension)))).ToList();
        var withheld = Isolation.Find(exact, counts);
        // The total of the rows that are kept is another question, which is answered too.
        if (kept.Count < exact.Rows && counts.Exists(m => !Isolation.HoldsWithTotal([.. kept.Select(row => exact.Count(row, m))]))) withheld.UnionWith(kept);
        withheld.IntersectWith(kept);
        var rows = kept.Where(row => !withheld.Contains(row))
            .Select(row => new Row([.. asked.By.Select(d => exact.Code(row, d))], [.. asked.Measures.Select(m => Show(exact, row, m))])).ToList();
        rows.Sort(Comparison(asked));
        if (asked.Limit is { } limit && rows.Count > limit) rows.RemoveRange(limit, rows.Count - limit);
        return new(asked,
            [.. asked.By.Select((_, i) => rows.Select(r => r.Codes[i]).ToArray())],
            [.. asked.Measures.Select((_, i) => rows.Select(r => r.Values[i].Value).ToArray())],
            [.. asked.Measures.Select((_, i) => rows.Select(r => r.Values[i].IsHidden).ToArray())])
        {
            IsWithheld = withheld.Count > 0,
        };
    }

    private static bool IsCount(Contacts.Measure measure) => !Behind.ContainsKey(measure) && !OfOneContact.Contains(measure);

    private static (double? Value, bool IsHidden) Show(CubeResult exact, int row, Contacts.Measure measure)
    {
        if (exact.Value(row, measure) is not { } value) return (null, false);
        if (OfOneContact.Contains(measure)) return (null, true);
        if (!Behind.TryGetValue(measure, out var of))
        {
            var count = ShownCount.Rounded((long)value);
            return (count.Value, count.IsHidden);
        }
        var n = exact.Count(row, of.Count);
        if (n == 0) return (null, false);
        if (ShownCount.Rounded(n).Value is not { } rounded) return (null, true);
        // Where there are only two values, a deviation beside its mean tells how many contacts have the rarer one.
        if (measure is Contacts.Measure.SecondsDeviation or Contacts.Measure.SatisfactionDeviation) return (null, true);
        var mean = measure == Contacts.Measure.CostPence ? value / n : value;
        if (MeanStep.Of(mean, exact.Count(row, of.Least), exact.Count(row, of.Most), rounded) is not { } step) return (null, true);
        var shown = Math.Round(mean / step) * step;
        return (measure == Contacts.Measure.CostPence ? Math.Round(shown * rounded) : Math.Round(shown, 6), false);
    }

    private static Comparison<Row> Comparison(CubeQuery asked)
    {
        var measure = asked.Order is { Measure: { } m } ? asked.Measures.ToList().IndexOf(m) : -1;
        var dimension = asked.Order is { Dimension: { } d } ? asked.By.ToList().IndexOf(d) : -1;
        var sign = asked.Order is { Descending: true } ? -1 : 1;
        return (a, b) =>
        {
            var difference = measure >= 0 ? Compare(a.Values[measure], b.Values[measure], sign) : dimension >= 0 ? sign * a.Codes[dimension].CompareTo(b.Codes[dimension]) : 0;
            return difference != 0 ? difference : a.Codes.AsSpan().SequenceCompareTo(b.Codes);
        };
    }

    // What has no value at all comes last in either direction, as in the store; what is hidden lies between 0 and 8.
    private static int Compare((double? Value, bool IsHidden) a, (double? Value, bool IsHidden) b, int sign)
    {
        var (none, other) = (a is { Value: null, IsHidden: false }, b is { Value: null, IsHidden: false });
        return none || other ? (none ? 1 : 0) - (other ? 1 : 0) : sign * (a.Value ?? ShownCount.Middle).CompareTo(b.Value ?? ShownCount.Middle);
    }

    private sealed record Row(int[] Codes, (double? Value, bool IsHidden)[] Values);
}
