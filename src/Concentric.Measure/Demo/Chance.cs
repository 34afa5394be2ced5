namespace Concentric.Measure.Demo;

/// <summary>Chance that can be repeated: the same seed gives the same numbers on every machine.</summary>
/// <remarks>
/// xoshiro256** (D. Blackman and S. Vigna, ACM Transactions on Mathematical Software 47, 2021), its state filled by splitmix64. Only operations
/// that IEEE 754 fixes to the last bit are used: the exponential is our own, because the C library's differs between machines. Not for secrets.
/// </remarks>
public sealed class Chance
{
    private const double Ln2 = 0.6931471805599453;
    private ulong _a, _b, _c, _d;

    public Chance(ulong seed)
    {
        (_a, _b, _c, _d) = (Mix(seed += Step), Mix(seed += Step), Mix(seed += Step), Mix(seed + Step));
    }

    private const ulong Step = 0x9E3779B97F4A7C15;

    /// <summary>64 bits.</summary>
    public ulong Next()
    {
        var result = ulong.RotateLeft(_b * 5, 7) * 9;
        var t = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= t;
        _d = ulong.RotateLeft(_d, 45);
        return result;
    }

    /// <summary>A number from 0 up to and without 1.</summary>
    public double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A whole number from 0 up to and without <paramref name="end"/>.</summary>
    public int Below(int end) => (int)(Unit() * end);

    /// <summary>True with that chance.</summary>
    public bool Is(double chance) => Unit() < chance;

    /// <summary>Near a standard normal: the sum of twelve uniforms less six, never beyond ±6.</summary>
    public double Normal()
    {
        var sum = -6.0;
        for (var i = 0; i < 12; i++) sum += Unit();
        return sum;
    }

    /// <summary>A count with that mean: Poisson up to 40 (D. Knuth's product of uniforms), from there the normal near it.</summary>
    public int Poisson(double mean)
    {
        if (mean >= 40) return Math.Max(0, (int)Math.Floor(mean + Math.Sqrt(mean) * Normal() + 0.5));
        var (count, product, least) = (-1, 1.0, Exp(-mean));
        do
        {
            product *= Unit();
            count++;
        }
        while (product > least);
        return count;
    }

    /// <summary>Lognormal with that median and that standard deviation of the logarithm.</summary>
    public double LogNormal(double median, double spread) => median * Exp(spread * Normal());

    /// <summary>The index that a running total of weights gives: heavier, oftener.</summary>
    public int Pick(ReadOnlySpan<double> runningTotals)
    {
        var at = runningTotals.BinarySearch(Unit() * runningTotals[^1]);
        var index = at < 0 ? ~at : at + 1;
        return Math.Min(index, runningTotals.Length - 1);
    }

    /// <summary>Running totals of weights, for <see cref="Pick"/>.</summary>
    public static double[] RunningTotals(IEnumerable<double> weights)
    {
        var total = 0.0;
        return [.. weights.Select(w => total += w)];
    }

    /// <summary>e to the power of x, by a Taylor series after taking out powers of two; for |x| up to 700.</summary>
    public static double Exp(double x)
    {
        var twos = (int)Math.Floor(x / Ln2 + 0.5);
        var rest = x - twos * Ln2;
        var (sum, term) = (1.0, 1.0);
        for (var i = 1; i <= 17; i++) sum += term *= rest / i;
        return Math.ScaleB(sum, twos);
    }

    /// <summary>The last step of splitmix64: scatters a number over all 64 bits, one to one.</summary>
    public static ulong Mix(ulong x)
    {
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }
}
