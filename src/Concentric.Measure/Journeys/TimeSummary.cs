namespace Concentric.Measure.Journeys;

/// <summary>Times in seconds, as they are shown: median and the value that nine in ten stay under come first, because a few long ones pull the mean far off.</summary>
/// <param name="N">How many times were measured, at least 1.</param>
/// <param name="Median">Half took at most so long.</param>
/// <param name="P90">Nine in ten took at most so long. Both lie between two measured values by the straight line (Hyndman and Fan, type 7).</param>
/// <param name="Deviation">Sample standard deviation, of n − 1; null of a single time.</param>
public sealed record TimeSummary(long N, double Median, double P90, double Mean, double Min, double Max, double Sum, double? Deviation)
{
    /// <summary>Of times in any order; they are put in order in place. Null where there are none.</summary>
    public static TimeSummary? Of(Span<double> seconds)
    {
        if (seconds.Length == 0) return null;
        seconds.Sort();
        var sum = 0.0;
        foreach (var value in seconds) sum += value;
        var mean = sum / seconds.Length;
        var squares = 0.0;
        foreach (var value in seconds) squares += (value - mean) * (value - mean);
        return new(seconds.Length, Part(seconds, 0.5), Part(seconds, 0.9), mean, seconds[0], seconds[^1], sum, seconds.Length > 1 ? Math.Sqrt(squares / (seconds.Length - 1)) : null);
    }

    private static double Part(ReadOnlySpan<double> sorted, double part)
    {
        var at = part * (sorted.Length - 1);
        var below = (int)at;
        return below + 1 >= sorted.Length ? sorted[^1] : sorted[below] + (at - below) * (sorted[below + 1] - sorted[below]);
    }
}
