using Concentric.Measure.Variation;

namespace Concentric.Measure.Statistics;

/// <summary>Where the shares of periods lie while nothing changes: the wider, the fewer there were in a period. The limits of a p chart.</summary>
/// <param name="Periods">Periods with a share that the limits come from.</param>
/// <param name="Mean">All parts together of all wholes together, 0 to 1; null where there is none.</param>
/// <param name="SigmaZ">
/// How far neighbouring periods lie from each other, where 1 is what chance alone explains (σ_z); null where no two neighbours have a share.
/// </param>
/// <param name="Factor">What the limits are widened by.</param>
/// <remarks>
/// p̄ ± 3 √(p̄(1 − p̄)/nᵢ) (D. C. Montgomery, Introduction to Statistical Quality Control). Where periods differ by more than chance explains, these
/// limits would call the usual variation a signal: they are then multiplied by σ_z = mR̄(z)/1.128 (D. B. Laney, Quality Engineering 14 (2002), 531).
/// </remarks>
public sealed record ShareLimits(int Periods, double? Mean, double? SigmaZ, double Factor)
{
    /// <summary>Periods from which limits are no longer provisional.</summary>
    public const int FirmFrom = XmrLimits.FirmFrom;

    /// <summary>σ_z above which the limits are widened.</summary>
    internal const double TooSpread = 1.2;

    /// <summary>Where a period has more than that on average, chance is so small that any σ_z above 1 widens.</summary>
    internal const int Huge = 1000;

    /// <summary>Standard deviations from the mean to a limit.</summary>
    internal const double Reach = 3;

    /// <summary>There are two periods or more, and not all parts are 0 or their whole.</summary>
    public bool HasLimits => Periods >= 2 && Mean is > 0 and < 1;

    public bool IsProvisional => Periods < FirmFrom;

    /// <summary>Limits of a row of shares, null where a period has none. σ_z never reaches over such a gap.</summary>
    /// <exception cref="ArgumentException">A part is negative or larger than its whole, or a whole is 0.</exception>
    public static ShareLimits Of(IReadOnlyList<(long Part, long Whole)?> shares)
    {
        if (shares.Any(s => s is { } of && (of.Part < 0 || of.Whole < 1 || of.Part > of.Whole)))
            throw new ArgumentException("A part is from 0 to its whole, and a whole is 1 or more.", nameof(shares));
        var known = shares.Where(s => s is not null).Select(s => s!.Value).ToList();
        if (known.Count == 0) return new(0, null, null, 1);
        var bare = new ShareLimits(known.Count, (double)known.Sum(s => s.Part) / known.Sum(s => s.Whole), null, 1);
        if (!bare.HasLimits) return bare;
        var ranges = XmrLimits.MovingRanges([.. shares.Select(bare.Z)]).Where(r => r is not null).ToList();
        if (ranges.Count == 0) return bare;
        var sigma = ranges.Average()!.Value / XmrLimits.ToSigma;
        return bare with { SigmaZ = sigma, Factor = sigma > (known.Average(s => s.Whole) > Huge ? 1 : TooSpread) ? sigma : 1 };
    }

    /// <summary>The limits of a period with that many, 0 to 1 and not clipped to it; null where there are none.</summary>
    public Interval? At(long whole) =>
        HasLimits ? new(Mean!.Value - Reach * Deviation(whole), Mean.Value + Reach * Deviation(whole)) : null;

    /// <summary>How many standard deviations a share lies from the mean; null where there are no limits.</summary>
    public double? Z((long Part, long Whole)? share) =>
        HasLimits && share is { } of ? ((double)of.Part / of.Whole - Mean!.Value) / Deviation(of.Whole) : null;

    private double Deviation(long whole) => Factor * Math.Sqrt(Mean!.Value * (1 - Mean.Value) / whole);
}
