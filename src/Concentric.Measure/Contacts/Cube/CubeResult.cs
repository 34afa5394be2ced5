namespace Concentric.Measure.Contacts;

/// <summary>The answer: one row a group, in columns. A query without dimensions gives one row, also when nothing matched.</summary>
public sealed class CubeResult
{
    private readonly int[][] _codes;
    private readonly double?[][] _values;

    /// <param name="codes">A column for each dimension.</param>
    /// <param name="values">A column for each measure.</param>
    internal CubeResult(CubeQuery query, int[][] codes, double?[][] values)
    {
        (Query, _codes, _values) = (query, codes, values);
        Rows = values[0].Length;
    }

    public CubeQuery Query { get; }

    public int Rows { get; }

    /// <summary>The code of a dimension in a row.</summary>
    public int Code(int row, Dimension dimension) => _codes[Place(Query.By, dimension)][row];

    /// <summary>A measure in a row, null where the group has none (a mean of nothing). Counts and sums are whole up to 2^53.</summary>
    public double? Value(int row, Measure measure) => _values[Place(Query.Measures, measure)][row];

    /// <summary>A count or a sum in a row; 0 where the group has none.</summary>
    public long Count(int row, Measure measure) => (long)(Value(row, measure) ?? 0);

    /// <summary>The sum of a count over all rows. Not for <see cref="Measure.Persons"/>: the same person may be in several groups.</summary>
    public long Total(Measure measure)
    {
        if (measure is Measure.Persons or Measure.MeanSeconds or Measure.MeanSatisfaction) throw new ArgumentException($"{measure} does not add up over groups.", nameof(measure));
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
