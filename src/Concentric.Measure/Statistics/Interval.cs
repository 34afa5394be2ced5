namespace Concentric.Measure.Statistics;

/// <summary>An interval for something that is estimated, both ends included. An end may be infinite where the data set no limit.</summary>
public readonly record struct Interval(double Low, double High)
{
    public bool Contains(double value) => Low <= value && value <= High;

    /// <summary>The interval of what is estimated times a positive number.</summary>
    public Interval Times(double factor) => new(Low * factor, High * factor);
}

/// <summary>How sure an interval is to be.</summary>
public static class Confidence
{
    /// <summary>The standard normal quantile for a two-sided interval of 95 per cent.</summary>
    public const double Z95 = Core.Share.Z95;

    /// <summary>What is left on each side of an interval of 95 per cent.</summary>
    public const double Tail95 = 0.025;

    /// <summary>The standard normal quantile that keeps 95 per cent for k intervals together (Bonferroni): that of 1 − 0.05/2k.</summary>
    public static double ZTogether(int k)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        return Quantiles.Normal(1 - Tail95 / k);
    }
}
