using MathNet.Numerics;

namespace Concentric.Measure.Costs;

/// <summary>What is known of a figure that is not known exactly: the least, the most likely and the most it can be, as a PERT distribution.</summary>
/// <remarks>
/// A beta distribution stretched from <see cref="Low"/> to <see cref="High"/> with α = 1 + 4(m − a)/(b − a) and β = 1 + 4(b − m)/(b − a), so that its mean is (a + 4m + b)/6
/// (D. Malcolm and others, Operations Research 7 (1959), 646). Its standard deviation is not a sixth of the range, as is often said.
/// </remarks>
public readonly record struct Pert
{
    private const double Weight = 4;

    /// <exception cref="ArgumentException">Low, mode and high are not in that order, or not numbers.</exception>
    public Pert(double low, double mode, double high)
    {
        if (!(low <= mode && mode <= high) || !double.IsFinite(low) || !double.IsFinite(high)) throw new ArgumentException("Low, most likely and high must be in that order.");
        (Low, Mode, High) = (low, mode, high);
    }

    public double Low { get; }

    /// <summary>The most likely.</summary>
    public double Mode { get; }

    public double High { get; }

    /// <summary>A figure that is known.</summary>
    public static Pert Exactly(double value) => new(value, value, value);

    public bool IsExact => Low == High;

    public double Mean => (Low + Weight * Mode + High) / (Weight + 2);

    public double Alpha => IsExact ? 1 : 1 + Weight * (Mode - Low) / (High - Low);

    public double Beta => IsExact ? 1 : 1 + Weight * (High - Mode) / (High - Low);

    /// <summary>Standard deviation.</summary>
    public double Deviation => IsExact ? 0 : (High - Low) * Math.Sqrt(Alpha * Beta / (Alpha + Beta + 1)) / (Alpha + Beta);

    /// <summary>The value below which the figure lies with that chance.</summary>
    /// <param name="chance">From 0 to 1.</param>
    public double Quantile(double chance)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(chance);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(chance, 1);
        return chance switch { _ when IsExact => Low, 0 => Low, 1 => High, _ => Low + (High - Low) * Solve(chance, Alpha / (Alpha + Beta), 1e-15) };
    }

    /// <summary>One value from each of <paramref name="count"/> slices of equal chance, in rising order: a Latin hypercube's draws of one figure, before they are mixed.</summary>
    /// <param name="unit">Gives numbers from 0 up to and without 1: where in its slice each value lies.</param>
    public double[] Slices(int count, Func<double> unit)
    {
        var values = new double[count];
        if (IsExact)
        {
            Array.Fill(values, Low);
            return values;
        }
        var at = 0.5 / (Alpha + Beta);
        for (var i = 0; i < count; i++)
        {
            at = Solve(Math.Max((i + unit()) / count, 1e-12), at, 1e-10);
            values[i] = Low + (High - Low) * at;
        }
        return values;
    }

    // Newton's method on the regularised incomplete beta function; where a step leaves what is left of the interval, the interval is halved.
    private double Solve(double chance, double start, double within)
    {
        var (alpha, beta, low, high, x) = (Alpha, Beta, 0.0, 1.0, start);
        var log = SpecialFunctions.GammaLn(alpha) + SpecialFunctions.GammaLn(beta) - SpecialFunctions.GammaLn(alpha + beta);
        for (var i = 0; i < 200; i++)
        {
            var over = SpecialFunctions.BetaRegularized(alpha, beta, x) - chance;
            if (over > 0) high = x; else low = x;
            var density = Math.Exp((alpha - 1) * Math.Log(x) + (beta - 1) * Math.Log(1 - x) - log);
            var next = x - over / density;
            if (!(next > low && next < high)) next = (low + high) / 2;
            if (Math.Abs(next - x) <= within * Math.Max(x, 1e-6)) return next;
            x = next;
        }
        return x;
    }
}
