using Concentric.Core;
using Concentric.Measure.Contacts;

namespace Concentric.Measure.Disclosure;

/// <summary>Rule A over the answer of a cube query: counts from 1 to 7 are hidden, others rounded to 5, and sums and means made so that no exact count follows from them.</summary>
/// <remarks>
/// A sum of money is its mean times the rounded count: an exact sum over contacts that all cost the same would be an exact count. A mean is shown from 8 contacts on,
/// and to three figures. The rule looks at each answer by itself and always gives the same for the same question, so that asking again tells nothing more.
/// </remarks>
internal static class RuleA
{
    private const int Figures = 3;

    /// <summary>For measures that are no counts, the count that they are of.</summary>
    private static readonly Dictionary<Contacts.Measure, Contacts.Measure> CountsBehind = new()
    {
        [Contacts.Measure.CostPence] = Contacts.Measure.CostCount,
        [Contacts.Measure.MeanSeconds] = Contacts.Measure.SecondsCount,
        [Contacts.Measure.SecondsDeviation] = Contacts.Measure.SecondsCount,
        [Contacts.Measure.MedianSeconds] = Contacts.Measure.SecondsCount,
        [Contacts.Measure.Percentile90Seconds] = Contacts.Measure.SecondsCount,
        [Contacts.Measure.MeanSatisfaction] = Contacts.Measure.SatisfactionCount,
        [Contacts.Measure.SatisfactionDeviation] = Contacts.Measure.SatisfactionCount,
    };

    /// <summary>The query with the counts that the rule needs beside what was asked for.</summary>
    public static CubeQuery WithCounts(CubeQuery query) =>
        query with { Measures = [.. query.Measures.Concat(query.Measures.Where(CountsBehind.ContainsKey).Select(m => CountsBehind[m])).Distinct()] };

    /// <summary>The answer to <paramref name="asked"/> under the rule.</summary>
    /// <param name="exact">The exact answer to <see cref="WithCounts"/> of it.</param>
    public static CubeResult Apply(CubeQuery asked, CubeResult exact)
    {
        var rows = Enumerable.Range(0, exact.Rows).Select(row => new Row(
            [.. asked.By.Select(d => exact.Code(row, d))],
            [.. asked.Measures.Select(m => Show(exact, row, m))])).ToList();
        // The order by exact counts would tell which of two equal rounded counts is the larger.
        if (asked.Order is { Measure: { } by } order)
        {
            var at = asked.Measures.ToList().IndexOf(by);
            rows.Sort((a, b) => Compare(a.Values[at], b.Values[at], order.Descending) is not 0 and var difference ? difference : CompareKeys(a.Codes, b.Codes));
        }
        return new(asked,
            [.. asked.By.Select((_, i) => rows.Select(r => r.Codes[i]).ToArray())],
            [.. asked.Measures.Select((_, i) => rows.Select(r => r.Values[i].Value).ToArray())],
            [.. asked.Measures.Select((_, i) => rows.Select(r => r.Values[i].IsHidden).ToArray())]);
    }

    private static (double? Value, bool IsHidden) Show(CubeResult exact, int row, Contacts.Measure measure)
    {
        if (exact.Value(row, measure) is not { } value) return (null, false);
        if (!CountsBehind.TryGetValue(measure, out var of))
        {
            var count = ShownCount.Rounded((long)value);
            return (count.Value, count.IsHidden);
        }
        var n = exact.Count(row, of);
        if (n == 0) return (null, false);
        var shown = ShownCount.Rounded(n);
        if (shown.Value is not { } rounded) return (null, true);
        return (measure == Contacts.Measure.CostPence ? Math.Round(Significant(value / n) * rounded) : Significant(value), false);
    }

    private static double Significant(double value)
    {
        if (value == 0) return 0;
        var digits = Figures - 1 - (int)Math.Floor(Math.Log10(Math.Abs(value)));
        if (digits >= 0) return Math.Round(value, Math.Min(digits, 15));
        var unit = Math.Pow(10, -digits);
        return Math.Round(value / unit) * unit;
    }

    private static int Compare((double? Value, bool IsHidden) a, (double? Value, bool IsHidden) b, bool descending)
    {
        // What has no value at all comes last in either direction, as in the store; what is hidden lies between 0 and 8.
        if (a is { Value: null, IsHidden: false } || b is { Value: null, IsHidden: false })
            return (a is { Value: null, IsHidden: false } ? 1 : 0) - (b is { Value: null, IsHidden: false } ? 1 : 0);
        var difference = (a.Value ?? ShownCount.Middle).CompareTo(b.Value ?? ShownCount.Middle);
        return descending ? -difference : difference;
    }

    private static int CompareKeys(int[] a, int[] b) => a.AsSpan().SequenceCompareTo(b);

    private sealed record Row(int[] Codes, (double? Value, bool IsHidden)[] Values);
}
