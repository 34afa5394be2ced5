namespace Concentric.Measure.Statistics;

/// <summary>Answers to one question with three faces.</summary>
public readonly record struct Faces(long Good, long Average, long Poor)
{
    public long N => Good + Average + Poor;

    public static Faces operator +(Faces a, Faces b) => new(a.Good + b.Good, a.Average + b.Average, a.Poor + b.Poor);
}

/// <summary>The net score of three faces: the share good less the share poor, from −1 to 1, with its 95 per cent interval.</summary>
/// <remarks>
/// The mean of good +1, average 0 and poor −1 is the same number, and is often ranked to five decimals without a word of how many answered. Two such numbers differ by chance alone as a rule; so here no
/// score goes without its interval and its n, none is shown of fewer than <see cref="Fewest"/>, and <see cref="Written"/> gives two decimals.
/// </remarks>
/// <param name="Value">Good less poor, over all.</param>
/// <param name="N">How many answered.</param>
public readonly record struct NetScore(double Value, Interval Interval, long N)
{
    /// <summary>Fewer answers than these are too few to show a score of: with 30 the interval reaches at most 0.36 to each side.</summary>
    public const int Fewest = 30;

    /// <summary>The score; null of no answers.</summary>
    /// <remarks>
    /// Square-and-add (MOVER: G. Y. Zou and A. Donner, Statistics in Medicine 27 (2008), 1693) from Wilson's limits of both shares, with the correlation of two cells of a multinomial,
    /// −√(p₁p₃ / (1−p₁)(1−p₃)). Wald's interval has no width where all chose the same face, and covers 75 per cent instead of 95 at n = 10.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative.</exception>
    public static NetScore? Of(Faces faces, double z = Confidence.Z95)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(faces.Good);
        ArgumentOutOfRangeException.ThrowIfNegative(faces.Average);
        ArgumentOutOfRangeException.ThrowIfNegative(faces.Poor);
        var n = faces.N;
        if (n == 0) return null;
        var (good, poor) = ((double)faces.Good / n, (double)faces.Poor / n);
        var (g, p) = (BinomialIntervals.Wilson(faces.Good, n, z), BinomialIntervals.Wilson(faces.Poor, n, z));
        // With either at 0 the two do not move together; at 1 the other is 0.
        var r = faces.Good == 0 || faces.Poor == 0 ? 0 : -Math.Sqrt(good * poor / ((1 - good) * (1 - poor)));
        var net = good - poor;
        return new(net, new(Math.Max(-1, net - Reach(good - g.Low, p.High - poor, r)), Math.Min(1, net + Reach(g.High - good, poor - p.Low, r))), n);
    }

    /// <summary>Wald's interval, which is too narrow: to compare with, not to show. It may leave −1 to 1.</summary>
    public static Interval Wald(Faces faces, double z = Confidence.Z95)
    {
        var (n, good, poor) = ((double)faces.N, (double)faces.Good / faces.N, (double)faces.Poor / faces.N);
        var reach = z * Math.Sqrt((good + poor - (good - poor) * (good - poor)) / n);
        return new(good - poor - reach, good - poor + reach);
    }

    /// <summary>Enough answered for the score to be shown.</summary>
    public bool IsEnough => N >= Fewest;

    /// <summary>Whether the two cannot be told apart by chance alone: neither lies in the other's interval's reach. One number being larger than another is not enough.</summary>
    public bool DiffersFrom(NetScore other)
    {
        // Square-and-add once more, of two samples that have nothing to do with each other.
        var gap = Value - other.Value;
        var reach = gap > 0 ? Reach(Value - Interval.Low, other.Interval.High - other.Value, 0) : Reach(Interval.High - Value, other.Value - other.Interval.Low, 0);
        return Math.Abs(gap) > reach;
    }

    /// <summary>As people read it, with interval and n: “+0.44 (95% interval +0.27 to +0.58, n = 100)”, or that there are too few.</summary>
    public string Written => IsEnough ? $"{WithSign(Value)} (95% interval {WithSign(Interval.Low)} to {WithSign(Interval.High)}, n = {Core.Say.Number(N)})" : TooFew;

    /// <summary>What stands where a score would.</summary>
    public const string TooFew = "Too few answers";

    /// <summary>Two decimals with a sign, and no sign at 0.</summary>
    public static string WithSign(double value) =>
        // As figures round it, so that a chart and its table say the same.
        Math.Abs(value).ToString("F2", System.Globalization.CultureInfo.InvariantCulture) is var text && text == "0.00" ? text : $"{(value < 0 ? '−' : '+')}{text}";

    private static double Reach(double a, double b, double r) => Math.Sqrt(Math.Max(0, a * a + b * b - 2 * r * a * b));
}
