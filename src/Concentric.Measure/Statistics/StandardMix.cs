namespace Concentric.Measure.Statistics;

/// <summary>A share as it would be if contacts came by the same mix of channels as elsewhere.</summary>
/// <param name="Value">From 0 to 1.</param>
/// <param name="Error">Its standard error as it is taught first (Wald), which is 0 where all agree: to compare with, not to make an interval of.</param>
/// <param name="N">How many answers it is made of.</param>
/// <param name="Interval">Its 95 per cent interval, from Wilson's limits of each channel.</param>
public readonly record struct StandardShare(double Value, double Error, long N, Interval Interval)
{
    /// <summary>How much larger this is than the other, with its 95 per cent interval: with one channel that of <see cref="Core.Share.Difference"/>.</summary>
    /// <remarks>MOVER: G. Y. Zou and A. Donner, Statistics in Medicine 27 (2008), 1693; of two shares it is R. G. Newcombe's (1998).</remarks>
    public (double Difference, Interval Interval) Less(StandardShare other)
    {
        var gap = Value - other.Value;
        return (gap, new(gap - Apart(Value - Interval.Low, other.Interval.High - other.Value), gap + Apart(Interval.High - Value, other.Value - other.Interval.Low)));
    }

    private static double Apart(double one, double other) => Math.Sqrt(one * one + other * other);
}

/// <summary>Direct standardisation: two groups whose contacts come by different channels are compared as if they came by one mix.</summary>
/// <remarks>People answer differently on the web and on the phone. A council with more web contacts looks worse without being worse at anything.</remarks>
public static class StandardMix
{
    /// <summary>Σ wᵢpᵢ with √(Σ wᵢ²pᵢ(1−pᵢ)/nᵢ), and with its interval: Wilson's limits lᵢ and uᵢ of each channel added in squares, Σ wᵢpᵢ − √(Σ wᵢ²(pᵢ−lᵢ)²) to Σ wᵢpᵢ + √(Σ wᵢ²(uᵢ−pᵢ)²).</summary>
    /// <param name="strata">Of each channel: its weight, how many said good, and of how many. Weights sum to 1.</param>
    /// <exception cref="ArgumentException">The weights do not sum to 1, or a channel with a weight has no answers.</exception>
    public static StandardShare Of(IReadOnlyCollection<(double Weight, long Part, long Whole)> strata)
    {
        if (Math.Abs(strata.Sum(s => s.Weight) - 1) > 1e-9) throw new ArgumentException("The weights of a mix sum to 1.", nameof(strata));
        if (strata.Any(s => s.Weight > 0 && s.Whole < 1)) throw new ArgumentException("A channel without answers has no share.", nameof(strata));
        var weighed = strata.Where(s => s.Weight > 0).Select(s => (s.Weight, Share: (double)s.Part / s.Whole, s.Whole, Limits: BinomialIntervals.Wilson(s.Part, s.Whole))).ToList();
        double Added(Func<(double Weight, double Share, long Whole, Interval Limits), double> reach) => Math.Sqrt(weighed.Sum(s => s.Weight * s.Weight * reach(s) * reach(s)));
        var value = weighed.Sum(s => s.Weight * s.Share);
        return new(value, Math.Sqrt(weighed.Sum(s => s.Weight * s.Weight * s.Share * (1 - s.Share) / s.Whole)), weighed.Sum(s => s.Whole),
            new(value - Added(s => s.Share - s.Limits.Low), value + Added(s => s.Limits.High - s.Share)));
    }

    /// <summary>The mix of two groups together, over channels by which both were answered; with what part of the answers those are. Null where they share none.</summary>
    public static (IReadOnlyDictionary<T, double> Weights, double Covered)? Shared<T>(IReadOnlyDictionary<T, long> first, IReadOnlyDictionary<T, long> second) where T : notnull
    {
        var shared = first.Where(f => f.Value > 0 && second.GetValueOrDefault(f.Key) > 0).Select(f => f.Key).ToList();
        double both = shared.Sum(k => first[k] + second[k]);
        return both == 0 ? null : (shared.ToDictionary(k => k, k => (first[k] + second[k]) / both), both / (first.Values.Sum() + second.Values.Sum()));
    }
}
