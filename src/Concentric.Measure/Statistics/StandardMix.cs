namespace Concentric.Measure.Statistics;

/// <summary>A share as it would be if contacts came by the same mix of channels as elsewhere.</summary>
/// <param name="Value">From 0 to 1.</param>
/// <param name="Error">Its standard error.</param>
/// <param name="N">How many answers it is made of.</param>
public readonly record struct StandardShare(double Value, double Error, long N)
{
    public Interval Interval => new(Math.Max(0, Value - Confidence.Z95 * Error), Math.Min(1, Value + Confidence.Z95 * Error));

    /// <summary>How much larger this is than the other, with its 95 per cent interval.</summary>
    public (double Difference, Interval Interval) Less(StandardShare other)
    {
        var (gap, reach) = (Value - other.Value, Confidence.Z95 * Math.Sqrt(Error * Error + other.Error * other.Error));
        return (gap, new(gap - reach, gap + reach));
    }
}

/// <summary>Direct standardisation: two groups whose contacts come by different channels are compared as if they came by one mix.</summary>
/// <remarks>People answer differently on the web and on the phone. A council with more web contacts looks worse without being worse at anything.</remarks>
public static class StandardMix
{
    /// <summary>Σ wᵢpᵢ with √(Σ wᵢ²pᵢ(1−pᵢ)/nᵢ).</summary>
    /// <param name="strata">Of each channel: its weight, how many said good, and of how many. Weights sum to 1.</param>
    /// <exception cref="ArgumentException">The weights do not sum to 1, or a channel with a weight has no answers.</exception>
    public static StandardShare Of(IReadOnlyCollection<(double Weight, long Part, long Whole)> strata)
    {
        if (Math.Abs(strata.Sum(s => s.Weight) - 1) > 1e-9) throw new ArgumentException("The weights of a mix sum to 1.", nameof(strata));
        if (strata.Any(s => s.Weight > 0 && s.Whole < 1)) throw new ArgumentException("A channel without answers has no share.", nameof(strata));
        var weighed = strata.Where(s => s.Weight > 0).Select(s => (s.Weight, Share: (double)s.Part / s.Whole, s.Whole)).ToList();
        return new(weighed.Sum(s => s.Weight * s.Share), Math.Sqrt(weighed.Sum(s => s.Weight * s.Weight * s.Share * (1 - s.Share) / s.Whole)), weighed.Sum(s => s.Whole));
    }

    /// <summary>The mix of two groups together, over channels by which both were answered; with what part of the answers those are. Null where they share none.</summary>
    public static (IReadOnlyDictionary<T, double> Weights, double Covered)? Shared<T>(IReadOnlyDictionary<T, long> first, IReadOnlyDictionary<T, long> second) where T : notnull
    {
        var shared = first.Where(f => f.Value > 0 && second.GetValueOrDefault(f.Key) > 0).Select(f => f.Key).ToList();
        double both = shared.Sum(k => first[k] + second[k]);
        return both == 0 ? null : (shared.ToDictionary(k => k, k => (first[k] + second[k]) / both), both / (first.Values.Sum() + second.Values.Sum()));
    }
}
