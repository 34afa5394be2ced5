namespace Concentric.Measure.Statistics;

/// <summary>How many contacts to code.</summary>
public static class SampleSize
{
    /// <summary>The normal quantile of 0.975 to the six decimals of printed tables, so that sizes are those that others print.</summary>
    private const double Z = 1.959964;

    /// <summary>For an interval of 95 per cent that reaches so far to each side: z²p(1 − p)/e², fewer where there are not many contacts.</summary>
    /// <param name="reach">Half the width of the interval, 0 to 1: 0.05 for five points.</param>
    /// <param name="size">All contacts; null for very many.</param>
    /// <param name="share">The share that is expected; a half needs the most.</param>
    /// <remarks>With the correction for a finite population n/(1 + (n − 1)/N) (W. G. Cochran, Sampling Techniques (1977), 4.4).</remarks>
    public static double For(double reach, long? size = null, double share = 0.5)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(reach);
        var n = Z * Z * share * (1 - share) / (reach * reach);
        return size is { } all ? n / (1 + (n - 1) / all) : n;
    }

    /// <summary>A sample shared out by how many contacts each part has.</summary>
    public static double[] Proportional(double total, IReadOnlyList<Stratum> strata) => Share(total, [.. strata.Select(s => (double)s.Size)]);

    /// <summary>A sample shared out so that the error of the share is least: by size times √(p(1 − p)), p from an earlier sample.</summary>
    /// <remarks>J. Neyman, Journal of the Royal Statistical Society 97 (1934), 558. A part in which nothing was sampled, or all or none, counts with (a + 2)/(n + 4).</remarks>
    public static double[] Neyman(double total, IReadOnlyList<Stratum> strata) => Share(total, [.. strata.Select(s =>
    {
        var p = s is { Sampled: > 0, IsAllOrNone: false } ? s.Share!.Value : (s.Part + 2.0) / (s.Sampled + 4);
        return s.Size * Math.Sqrt(p * (1 - p));
    })]);

    private static double[] Share(double total, double[] weights)
    {
        var sum = weights.Sum();
        return [.. weights.Select(w => sum > 0 ? total * w / sum : 0)];
    }
}
