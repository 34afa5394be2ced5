using MathNet.Numerics.Distributions;

namespace Concentric.Measure.Variation;

/// <summary>A run chart: the figures and their median, judged as a whole by how long they stay on one side of it and how seldom they cross it.</summary>
/// <param name="Median">Null where there is no value.</param>
/// <param name="Useful">Values that are not on the median: the n of the rules.</param>
/// <param name="LongestRun">Most useful values in a row on one side.</param>
/// <param name="Crossings">Times the line goes through the median.</param>
/// <param name="RunPoints">Indexes of the points of the longest run, where it is too long.</param>
/// <remarks>
/// J. Anhøj and A. V. Olesen, PLoS ONE 9 (2014), e113825: a run longer than log₂ n + 3, rounded, or fewer crossings than the 5th percentile of the binomial of n − 1 and ½.
/// Values on the median are left out of n, and neither they nor gaps end a run. It needs no distribution and no limits, and sees less than an XmR chart does.
/// </remarks>
public sealed record RunChart(double? Median, int Useful, int LongestRun, int Crossings, IReadOnlyList<int> RunPoints)
{
    /// <summary>Useful values below which the rules say nothing.</summary>
    public const int FewestUseful = 10;

    /// <summary>The longest run that chance explains.</summary>
    public int LongestAllowed => LongestAllowedOf(Useful);

    /// <summary>The fewest crossings that chance explains.</summary>
    public int FewestCrossings => FewestCrossingsOf(Useful);

    public bool IsJudged => Useful >= FewestUseful;

    public bool RunIsTooLong => IsJudged && LongestRun > LongestAllowed;

    public bool CrossesTooSeldom => IsJudged && Crossings < FewestCrossings;

    /// <summary>Something other than chance moves the figure.</summary>
    public bool HasSignal => RunIsTooLong || CrossesTooSeldom;

    public string Remark => !IsJudged ? $"Not judged: {Useful} values lie off the median, and the rules need {FewestUseful}."
        : HasSignal ? $"Something other than chance: the longest run is of {LongestRun} points (at most {LongestAllowed} by chance), and the line crosses the median {Crossings} times (at least {FewestCrossings})."
        : $"Nothing but chance: the longest run is of {LongestRun} points (at most {LongestAllowed}), and the line crosses the median {Crossings} times (at least {FewestCrossings}).";

    /// <param name="fixAfter">Take the median from the first so many values alone.</param>
    public static RunChart Of(IReadOnlyList<double?> values, int? fixAfter = null)
    {
        var known = values.Index().Where(v => v.Item is not null).Select(v => (v.Index, Value: v.Item!.Value)).ToList();
        if (known.Count == 0) return new(null, 0, 0, 0, []);
        var median = MedianOf(known.Take(fixAfter ?? known.Count).Select(v => v.Value));
        var useful = known.Where(v => v.Value != median).ToList();
        var (crossings, start, best) = (0, 0, (First: 0, Length: Math.Min(1, useful.Count)));
        for (var i = 1; i < useful.Count; i++)
        {
            if (useful[i].Value > median != useful[i - 1].Value > median)
            {
                crossings++;
                start = i;
            }
            if (i - start + 1 > best.Length) best = (start, i - start + 1);
        }
        var chart = new RunChart(median, useful.Count, best.Length, crossings, []);
        return chart.RunIsTooLong ? chart with { RunPoints = [.. useful.Skip(best.First).Take(best.Length).Select(v => v.Index)] } : chart;
    }

    public static int LongestAllowedOf(int useful) => useful < 1 ? 0 : (int)Math.Round(Math.Log2(useful), MidpointRounding.ToEven) + 3;

    public static int FewestCrossingsOf(int useful)
    {
        if (useful < 2) return 0;
        var fewest = 0;
        while (Binomial.CDF(0.5, useful - 1, fewest) < 0.05) fewest++;
        return fewest;
    }

    internal static double MedianOf(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? double.NaN : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
