namespace Concentric.Measure.Statistics;

/// <summary>The mean of answers on a scale, as from 1 to 7.</summary>
/// <param name="Deviation">Standard deviation of the answers (n − 1); null of one alone.</param>
/// <param name="Interval">The 95 per cent interval by Student's t; null below <see cref="Fewest"/> answers, where only how they are spread says something.</param>
public readonly record struct MeanOfScale(double Mean, double? Deviation, Interval? Interval, int N)
{
    /// <summary>The fewest answers of which a mean has an interval here: two answers from 1 to 5 gave one from −22 to 28.</summary>
    public const int Fewest = 10;

    /// <summary>The mean; null of no answers.</summary>
    public static MeanOfScale? Of(IReadOnlyList<double> answers) => Of(answers, Fewest);

    internal static MeanOfScale? Of(IReadOnlyList<double> answers, int fewest)
    {
        var n = answers.Count;
        if (n == 0) return null;
        var mean = answers.Average();
        if (n == 1) return new(mean, null, null, 1);
        var deviation = Math.Sqrt(answers.Sum(a => (a - mean) * (a - mean)) / (n - 1));
        var reach = Quantiles.StudentT(n - 1, 1 - Confidence.Tail95) * deviation / Math.Sqrt(n);
        return new(mean, deviation, n >= fewest ? new(mean - reach, mean + reach) : null, n);
    }

    /// <summary>How many answered that or better, with Wilson's interval; null of none. The two best of a scale from 1 to 5 are those from 4.</summary>
    public static Core.Share? AtLeast(IReadOnlyList<double> answers, double lowest) => Core.Share.Of(answers.Count(a => a >= lowest), answers.Count);
}
