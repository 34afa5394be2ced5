namespace Concentric.Measure.Statistics;

/// <summary>Users there are against users there would be, if everybody who could took it up as in a reference.</summary>
/// <param name="Observed">Users there are.</param>
/// <param name="Expected">Sum over strata of those who could times the reference take-up of the stratum.</param>
/// <remarks>The reference is taken as given: the interval says only how much the observed count may vary by chance.</remarks>
public readonly record struct UnmetNeed(double Observed, double Expected)
{
    /// <summary>Observed to expected; null where none are expected.</summary>
    public double? Ratio => Expected > 0 ? Observed / Expected : null;

    /// <summary>The interval of the ratio, of 95 per cent: Byar's, or exact below 10 observed.</summary>
    public Interval? RatioInterval => Expected > 0 ? PoissonLimits.Of(Observed).Times(1 / Expected) : null;

    /// <summary>How many are missing; negative where more use it than in the reference.</summary>
    public double Unmet => Expected - Observed;

    /// <summary>The interval of <see cref="Unmet"/>, of 95 per cent.</summary>
    public Interval UnmetInterval
    {
        get
        {
            var observed = PoissonLimits.Of(Observed);
            return new(Expected - observed.High, Expected - observed.Low);
        }
    }
}
