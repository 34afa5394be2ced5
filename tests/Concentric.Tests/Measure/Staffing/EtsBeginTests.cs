using Concentric.Measure.Staffing;

namespace Concentric.Tests.Measure.Staffing;

/// <summary>A way to forecast gives numbers or is left out with its reason.</summary>
[Trait("Database", "none")]
public sealed class EtsBeginTests
{
    /// <summary>The line of the first two seasons runs below nothing: at once, or later in the history.</summary>
    [Theory]
    [InlineData(new double[] { 2, 3, 2, 4, 3, 5, 40, 90, 120, 110 }, 100)]
    [InlineData(new double[] { 500, 450, 400, 350, 300, 250, 200, 150, 100, 50 }, 50)]
    [InlineData(new double[] { 200, 183, 166, 149, 132, 115, 98, 80, 62, 45 }, 50)]
    public void A_history_whose_first_line_runs_below_nothing_is_fitted_all_the_same(double[] first, double then)
    {
        double[] history = [.. first, .. Enumerable.Range(0, 30).Select(i => then + i * 7 % 5 - 2)];

        var ets = Ets.Of(history, 5);

        Assert.True(double.IsFinite(ets.Variance) && double.IsFinite(ets.Aicc), $"Variance {ets.Variance}");
        for (var ahead = 1; ahead <= 10; ahead++)
        {
            Assert.InRange(ets.At(ahead), then / 4, then * 4);
            Assert.True(ets.Quantile(ahead, 0.1) < ets.At(ahead) && ets.At(ahead) < ets.Quantile(ahead, 0.9));
        }
    }
}
