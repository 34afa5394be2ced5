namespace Concentric.Measure.Statistics;

/// <summary>The first two derivatives of ln Γ, to the last digits of a double: fits climb by them.</summary>
/// <remarks>By recurrence to 10 and the asymptotic series from there (Abramowitz and Stegun 6.3.18 and 6.4.12).</remarks>
internal static class PolyGamma
{
    private const double Far = 10;

    /// <summary>The derivative of ln Γ of a positive number.</summary>
    public static double Di(double x)
    {
        var sum = 0.0;
        for (; x < Far; x++) sum -= 1 / x;
        var f = 1 / (x * x);
        return sum + Math.Log(x) - 0.5 / x - f * (1 / 12.0 - f * (1 / 120.0 - f * (1 / 252.0 - f * (1 / 240.0 - f * (1 / 132.0 - f * (691 / 32760.0 - f / 12))))));
    }

    /// <summary>The second derivative of ln Γ of a positive number.</summary>
    public static double Tri(double x)
    {
        var sum = 0.0;
        for (; x < Far; x++) sum += 1 / (x * x);
        var f = 1 / (x * x);
        return sum + 1 / x + f / 2 + f / x * (1 / 6.0 - f * (1 / 30.0 - f * (1 / 42.0 - f * (1 / 30.0 - f * (5 / 66.0 - f * (691 / 2730.0 - f * 7 / 6))))));
    }
}
