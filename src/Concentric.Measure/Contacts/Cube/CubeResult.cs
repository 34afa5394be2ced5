using Concentric.Core;

namespace Concentric.Measure.Contacts;

/// <summary>The answer: one row a group, in columns. A query without dimensions gives one row, also when nothing matched.</summary>
public sealed class CubeResult
{
    private readonly int[][] _codes;
    private readonly double[][] _values;
    private readonly bool[][]? _hidden;

    /// <param name="codes">A column for each dimension.</param>
    /// <param name="values">A column for each measure; not a number where the group has none.</param>
    /// <param name="hidden">For each measure, which of its values may not be shown; null where the answer is exact.</param>
    internal CubeResult(CubeQuery query, int[][] codes, double[][] values, bool[][]? hidden = null)
    {
        (Query, _codes, _values, _hidden) = (query, codes, values, hidden);
        Rows = values[0].Length;
    }

    internal CubeResult(CubeQuery query, int[][] codes, double?[][] values, bool[][]? hidden = null)
        : this(query, codes, [.. values.Select(column => column.Select(v => v ?? double.NaN).ToArray())], hidden) { }

    public CubeQuery Query { get; }

    public int Rows { get; }

    /// <summary>The code of a dimension in a row.</summary>
    public int Code(int row, Dimension dimension) => _codes[Place(Query.By, dimension)][row];

    /// <summary>Whether rows are left out because a hidden count could be worked out from them: what is not there may be anything, and not nothing.</summary>
    public bool IsWithheld { get; init; }

    /// <summary>Whether counts are as they are, and not under rule A of disclosure control.</summary>
    public bool IsExact => _hidden is null;

    /// <summary>Whether a measure in a row is there but may not be shown.</summary>
    public bool IsHidden(int row, Measure measure) => _hidden is not null && _hidden[Place(Query.Measures, measure)][row];

    /// <summary>A count in a row as it may be shown.</summary>
    public ShownCount Shown(int row, Measure measure) => ShownCount.Of((long?)Value(row, measure), IsHidden(row, measure), IsExact);

    /// <summary>A measure in a row, null where the group has none (a mean of nothing) or it may not be shown. Counts and sums are whole up to 2^53.</summary>
    public double? Value(int row, Measure measure) => _values[Place(Query.Measures, measure)][row] is var value && double.IsNaN(value) ? null : value;

    /// <summary>A count or a sum in a row; 0 where the group has none.</summary>
    /// <exception cref="InvalidOperationException">It may not be shown: ask for <see cref="Shown"/>.</exception>
    public long Count(int row, Measure measure) =>
        IsHidden(row, measure) ? throw new InvalidOperationException($"{measure} of row {row} is hidden.") : (long)(Value(row, measure) ?? 0);

    /// <summary>The sum of a count over all rows. Not for <see cref="Measure.Persons"/>: the same person may be in several groups.</summary>
    public long Total(Measure measure)
    {
        if (measure is Measure.Persons or Measure.MeanSeconds or Measure.SecondsDeviation or Measure.MedianSeconds or Measure.Percentile90Seconds or Measure.MeanSatisfaction or Measure.SatisfactionDeviation
            or >= Measure.CostLeast and <= Measure.SatisfactionMost) throw new ArgumentException($"{measure} does not add up over groups.", nameof(measure));
        return Enumerable.Range(0, Rows).Sum(r => Count(r, measure));
    }

    private static int Place<T>(IReadOnlyList<T> among, T one) where T : struct, Enum
    {
        for (var i = 0; i < among.Count; i++)
        {
            if (EqualityComparer<T>.Default.Equals(among[i], one)) return i;
        }
        throw new ArgumentException($"The query did not ask for {one}.", nameof(one));
    }
}
