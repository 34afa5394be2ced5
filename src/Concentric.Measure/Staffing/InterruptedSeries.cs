using Concentric.Measure.Statistics;
using MathNet.Numerics.LinearAlgebra;

namespace Concentric.Measure.Staffing;

/// <summary>A line before a dated change and a line after it: what the change did to the level and to the trend, beside what went on anyway.</summary>
/// <remarks>
/// Interrupted time series by segmented regression: 1, t, after, and periods since the change. Standard errors of W. K. Newey and K. D. West, Econometrica 55 (1987), 703, with Bartlett's weights and no
/// prewhitening, because neighbouring periods are alike and plain ones are then wrong. Two means before and after would take the trend for an effect.
/// </remarks>
/// <param name="Coefficients">Level at period 0, trend a period, step at the change, change of the trend.</param>
/// <param name="PlainErrors">Standard errors as if periods had nothing to do with each other.</param>
/// <param name="Errors">Those of Newey and West.</param>
/// <param name="DurbinWatson">Near 2 where neighbouring errors have nothing to do with each other.</param>
public sealed record InterruptedSeries(IReadOnlyList<double> Coefficients, IReadOnlyList<double> PlainErrors, IReadOnlyList<double> Errors, double DurbinWatson, int N, int Change)
{
    /// <summary>The step at the change with its 95 per cent interval.</summary>
    public (double Value, Interval Interval) Step => (Coefficients[2], Around(2));

    /// <summary>The change of the trend with its 95 per cent interval.</summary>
    public (double Value, Interval Interval) TrendChange => (Coefficients[3], Around(3));

    /// <summary>What would have been without the change, at a period from 1.</summary>
    public double Without(int period) => Coefficients[0] + Coefficients[1] * period;

    /// <summary>All that the change did from its first period to the last.</summary>
    public double Together => Enumerable.Range(Change + 1, N - Change).Sum(t => Coefficients[2] + Coefficients[3] * (t - Change - 1));

    /// <param name="values">At least three before and three from the change on.</param>
    /// <param name="change">Index of the first period after the change, from 0.</param>
    /// <param name="lag">Over how many periods errors may have to do with each other.</param>
    public static InterruptedSeries Of(IReadOnlyList<double> values, int change, int lag)
    {
        var n = values.Count;
        if (change < 3 || n - change < 3) throw new ArgumentOutOfRangeException(nameof(change), "There must be at least three periods before the change and three from it on.");
        ArgumentOutOfRangeException.ThrowIfNegative(lag);
        var x = Matrix<double>.Build.Dense(n, 4, (i, j) => j switch { 0 => 1, 1 => i + 1, 2 => i >= change ? 1 : 0, _ => Math.Max(0, i - change) });
        var y = Vector<double>.Build.DenseOfEnumerable(values);
        var inner = (x.Transpose() * x).Inverse();
        var coefficients = x.QR().Solve(y);
        var e = y - x * coefficients;
        var plain = inner * (e.DotProduct(e) / (n - 4));
        var meat = Matrix<double>.Build.Dense(4, 4);
        for (var l = 0; l <= lag; l++)
        {
            var part = Matrix<double>.Build.Dense(4, 4);
            for (var t = l; t < n; t++) part += e[t] * e[t - l] * x.Row(t).OuterProduct(x.Row(t - l));
            meat += l == 0 ? part : (1 - l / (lag + 1.0)) * (part + part.Transpose());
        }
        var robust = inner * meat * inner;
        var between = Enumerable.Range(1, n - 1).Sum(t => (e[t] - e[t - 1]) * (e[t] - e[t - 1]));
        return new([.. coefficients], [.. plain.Diagonal().Select(Math.Sqrt)], [.. robust.Diagonal().Select(Math.Sqrt)], between / e.DotProduct(e), n, change);
    }

    /// <summary>The mean after less the mean before with Welch's interval: what would be said without looking at the trend. To compare with, not to show alone.</summary>
    public static (double Difference, Interval Interval) BeforeAndAfter(IReadOnlyList<double> values, int change)
    {
        var (before, after) = (MeanOfScale.Of([.. values.Take(change)], 2)!.Value, MeanOfScale.Of([.. values.Skip(change)], 2)!.Value);
        var (b, a) = (before.Deviation!.Value * before.Deviation.Value / before.N, after.Deviation!.Value * after.Deviation.Value / after.N);
        var freedom = (a + b) * (a + b) / (a * a / (after.N - 1) + b * b / (before.N - 1));
        var (gap, reach) = (after.Mean - before.Mean, Quantiles.StudentT(freedom, 1 - Confidence.Tail95) * Math.Sqrt(a + b));
        return (gap, new(gap - reach, gap + reach));
    }

    private Interval Around(int i)
    {
        var reach = Quantiles.StudentT(N - 4, 1 - Confidence.Tail95) * Errors[i];
        return new(Coefficients[i] - reach, Coefficients[i] + reach);
    }
}
