namespace Concentric.Measure.Statistics;

/// <summary>Events and the population that they are of.</summary>
public readonly record struct Events(double Count, double Population);

/// <summary>Rates of areas drawn towards their average the more, the smaller the area: for events of which one person may have several, such as contacts.</summary>
/// <param name="Between">Variance of the true rates between areas; 0 where they differ no more than by chance.</param>
/// <param name="Mean">The average rate.</param>
/// <remarks>R. J. Marshall, Applied Statistics 40 (1991), 283: the global estimator, by moments. The interval takes the true rates to follow a gamma distribution with these moments.</remarks>
public readonly record struct PoissonShrinkage(double Between, double Mean)
{
    /// <summary>Learns average and variance from the areas. Those without population are left out.</summary>
    /// <exception cref="ArgumentException">Nobody lives in them.</exception>
    public static PoissonShrinkage Of(IReadOnlyList<Events> areas)
    {
        var (population, inhabited) = (areas.Sum(a => a.Population), areas.Count(a => a.Population > 0));
        if (!(population > 0)) throw new ArgumentException("Nobody lives in these areas.", nameof(areas));
        var mean = areas.Where(a => a.Population > 0).Sum(a => a.Count) / population;
        var spread = areas.Where(a => a.Population > 0).Sum(a => a.Population * Math.Pow(a.Count / a.Population - mean, 2)) / population;
        return new(Math.Max(0, spread - mean / (population / inhabited)), mean);
    }

    /// <summary>How much of an estimate is the area's own rate and not the average, 0 to 1.</summary>
    public double WeightOnData(Events area) => Between == 0 ? 0 : Between / (Between + Mean / area.Population);

    /// <summary>The rate of an area: between its own and the average.</summary>
    public double Rate(Events area) => Between == 0 ? Mean : Mean + WeightOnData(area) * (area.Count / area.Population - Mean);

    /// <summary>The interval of 95 per cent; null where areas do not differ, and nothing is known of one that is not known of all.</summary>
    public Interval? Interval(Events area)
    {
        if (Between == 0 || Mean == 0) return null;
        var (shape, weight) = After(area);
        return new(Quantiles.Gamma(shape, Confidence.Tail95) / weight, Quantiles.Gamma(shape, 1 - Confidence.Tail95) / weight);
    }

    /// <summary>The probability that the area's rate is above that one; null where areas do not differ.</summary>
    public double? ChanceAbove(Events area, double rate)
    {
        if (Between == 0 || Mean == 0) return null;
        var (shape, weight) = After(area);
        return 1 - Quantiles.GammaBelow(shape, rate * weight);
    }

    private (double Shape, double Weight) After(Events area) => (Mean * Mean / Between + area.Count, Mean / Between + area.Population);
}
