namespace Concentric.Measure.Variation;

/// <summary>How much higher or lower a figure usually is at a time of the year, from baseline years alone.</summary>
/// <param name="Relatives">For each season the usual part of the year's mean, 1 on average.</param>
/// <param name="Baseline">Periods from the first on that they come from.</param>
/// <remarks>
/// Ratio to the year's mean, averaged over the baseline years and normalised. The relatives are frozen: taken from all years they would absorb the very change that a chart is to show.
/// Years are counted from the first period on. A rolling mean of twelve months is no substitute: neighbouring ones share eleven months, and move together for that reason alone.
/// </remarks>
public sealed record Seasonality(IReadOnlyList<double> Relatives, int Baseline)
{
    /// <summary>Fewest years that can tell a season from chance.</summary>
    public const int FewestYears = 2;

    /// <summary>Seasons in a year.</summary>
    public int Seasons => Relatives.Count;

    /// <summary>The relatives of the first years of a row.</summary>
    /// <param name="values">One for each period; those of the baseline years must all be there.</param>
    /// <param name="seasons">Periods in a year: 12 months, 4 quarters.</param>
    /// <param name="years">Baseline years, 2 or more.</param>
    /// <exception cref="ArgumentException">Too few years, a gap in them, or a year whose mean is not above 0.</exception>
    public static Seasonality Of(IReadOnlyList<double?> values, int seasons, int years)
    {
        if (years < FewestYears) throw new ArgumentException($"A season is told from chance by {FewestYears} years or more.", nameof(years));
        if (seasons < 2) throw new ArgumentException("A year has two seasons or more.", nameof(seasons));
        if (years > values.Count / seasons) throw new ArgumentException($"{years} baseline years are {(long)seasons * years} periods, and there are {values.Count}.", nameof(values));
        var gap = values.Take(seasons * years).Index().FirstOrDefault(v => v.Item is null, (-1, null)).Index;
        if (gap >= 0) throw new ArgumentException($"The baseline years must have a value in every period; number {gap + 1} has none.", nameof(values));
        var relatives = new double[seasons];
        for (var year = 0; year < years; year++)
        {
            var own = values.Skip(year * seasons).Take(seasons).Select(v => v!.Value).ToList();
            if (own.Average() is var mean && !(mean > 0)) throw new ArgumentException("A baseline year needs a mean above 0.", nameof(values));
            for (var i = 0; i < seasons; i++) relatives[i] += own[i] / mean / years;
        }
        var normal = relatives.Average();
        if (relatives.Any(r => !(r > 0))) throw new ArgumentException("A season in which the figure is never above 0 cannot be adjusted for.", nameof(values));
        return new([.. relatives.Select(r => r / normal)], seasons * years);
    }

    /// <summary>The relative of a period.</summary>
    public double At(int index) => Relatives[index % Seasons];

    /// <summary>The values as they would be without a season.</summary>
    public IReadOnlyList<double?> Adjust(IReadOnlyList<double?> values) => [.. values.Select((v, i) => v / At(i))];

    /// <summary>A limit of adjusted values as it lies among the values of that period.</summary>
    public double? Restore(double? adjusted, int index) => adjusted * At(index);
}
