namespace Concentric.Measure.Disclosure;

/// <summary>How roughly a mean must be shown so that no count can be worked out from it.</summary>
/// <remarks>
/// A mean is a share in disguise: where a contact costs 32 or 283 pence, a mean of 59.9 over about 10 of them says that one of nine was the dear kind. So a mean is rounded until,
/// for contacts of only the least and the most there is (the worst case), at least two numbers of the dear kind fit what is shown, for each count that the rounded count may stand for.
/// </remarks>
internal static class MeanStep
{
    private const int Figures = 3;

    /// <summary>To what a mean is rounded: 1, 2 or 5 times a power of ten; null where it may not be shown at all.</summary>
    /// <param name="least">The least that one contact has.</param>
    /// <param name="most">The most that one contact has.</param>
    /// <param name="rounded">The count as shown, at least 10.</param>
    public static double? Of(double mean, double least, double most, long rounded)
    {
        var size = Math.Max(Math.Abs(mean), Math.Abs(most));
        if (size == 0) return 1;
        for (var power = (int)Math.Floor(Math.Log10(Math.Max(Math.Abs(mean), 1e-9))) - Figures + 1; ; power++)
        {
            foreach (var times in (int[])[1, 2, 5])
            {
                var step = times * Math.Pow(10, power);
                if (step > 2 * size) return null;
                if (least == most || Fits(mean, least, most, rounded, step)) return step;
            }
        }
    }

    private static bool Fits(double mean, double least, double most, long rounded, double step)
    {
        var shown = Math.Round(mean / step) * step;
        var (low, high) = ((shown - step / 2 - least) / (most - least), (shown + step / 2 - least) / (most - least));
        var count = Bounds.Of(rounded);
        for (var n = count.Low; n <= count.High; n++)
        {
            // Of n contacts at least one has the least and one the most.
            var (first, last) = (Math.Max(1, (long)Math.Ceiling(low * n)), Math.Min(n - 1, (long)Math.Floor(high * n)));
            if (last - first < 1) return false;
        }
        return true;
    }
}
