namespace Concentric.Measure.Statistics;

/// <summary>A share as a classifier found it, put right by how often it errs. The share before correction is never published: a classifier that errs finds the label where it is not.</summary>
/// <param name="Value">π = (q + Sp − 1)/(Se + Sp − 1), kept within 0 to 1.</param>
/// <param name="Unclamped">π before that.</param>
/// <param name="StandardError">By the delta method: of what was classified, and of both error rates.</param>
/// <param name="Interval">95 per cent, within 0 to 1.</param>
/// <param name="Flag">Why it cannot be believed, in words; null where it can.</param>
/// <remarks>
/// W. J. Rogan and B. Gladen, American Journal of Epidemiology 107 (1978), 71. Variance: q(1 − q)/(nJ²) + Se(1 − Se)/n₁ · π²/J² + Sp(1 − Sp)/n₀ · (1 − π)²/J², J = Se + Sp − 1.
/// </remarks>
public sealed record CorrectedShare(double Value, double Unclamped, double StandardError, Interval Interval, string? Flag)
{
    /// <summary>Least advantage over a coin for which a correction means anything.</summary>
    private const double LeastAdvantage = 0.05;

    /// <summary>The corrected share of rows without a known label; null where the test had no row with the label or none without, or the classifier is no better than a coin.</summary>
    /// <param name="found">Rows in which the classifier found the label.</param>
    /// <param name="n">All rows that it looked at.</param>
    /// <param name="test">How it did on rows whose label is known and that it had not learnt from.</param>
    public static CorrectedShare? Of(long found, long n, Confusion test)
    {
        BinomialIntervals.Check(found, n);
        if (test is not { Recall: { } se, Specificity: { } sp } || se + sp - 1 is var j && j < LeastAdvantage) return null;
        var q = (double)found / n;
        var raw = (q + sp - 1) / j;
        var error = Math.Sqrt((q * (1 - q) / n + se * (1 - se) / test.Labelled * raw * raw + sp * (1 - sp) / test.Others * (1 - raw) * (1 - raw)) / (j * j));
        var flag = raw < 0 ? "inconsistent: q < 1-Sp, classifier error rates do not transfer" : raw > 1 ? "inconsistent: q > Se, classifier error rates do not transfer" : null;
        double Clamp(double x) => Math.Clamp(x, 0, 1);
        return new(Clamp(raw), raw, error, new(Clamp(raw - Confidence.Z95 * error), Clamp(raw + Confidence.Z95 * error)), flag);
    }
}
