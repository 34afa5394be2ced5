namespace Concentric.Measure.Statistics;

/// <summary>A part of all contacts from which a sample was drawn and coded by itself: a service and a channel.</summary>
/// <param name="Group">What figures are also given for: the service.</param>
/// <param name="Name">What tells it from others of the group: the channel.</param>
/// <param name="Size">All contacts of the part.</param>
/// <param name="Sampled">Of them, those in the sample that were coded.</param>
/// <param name="Part">Of the sample, those that are counted: failure demand.</param>
public sealed record Stratum(string Group, string Name, long Size, long Sampled, long Part)
{
    /// <summary>The share in the sample; null where nothing was sampled.</summary>
    public double? Share => Sampled == 0 ? null : (double)Part / Sampled;

    /// <summary>Wilson's interval, which holds in a small sample and at none and all; null where nothing was sampled.</summary>
    public Interval? Interval => Sampled == 0 ? null : BinomialIntervals.Wilson(Part, Sampled);

    /// <summary>All or none of a sample: by the formula it adds nothing to the variance, which is too little to believe of a small one.</summary>
    public bool IsAllOrNone => Sampled > 0 && (Part == 0 || Part == Sampled);

    internal void Check()
    {
        if (Size < 0 || Sampled < 0 || Part < 0 || Sampled > Size || Part > Sampled)
            throw new ArgumentException($"{Group}, {Name}: of {Size} contacts {Sampled} cannot be sampled with {Part} counted.");
    }

    /// <summary>The variance of the share: (1 − n/N) p(1 − p)/(n − 1). The last factor is n − 1 because p was taken from the same sample.</summary>
    /// <remarks>W. G. Cochran, Sampling Techniques, 3rd edition (1977), 3.8.</remarks>
    internal static double Variance(double size, double sampled, double part) => (1 - sampled / size) * part / sampled * (1 - part / sampled) / (sampled - 1);
}
