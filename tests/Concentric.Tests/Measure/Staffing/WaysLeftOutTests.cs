using Concentric.Measure.Staffing;

namespace Concentric.Tests.Measure.Staffing;

/// <summary>Ways to forecast that a history does not allow, each with its own reason.</summary>
[Trait("Database", "none")]
public sealed class WaysLeftOutTests
{
    [Fact]
    public void Each_way_that_is_left_out_says_why()
    {
        static List<(ForecastWay, NotTried)> Left(IEnumerable<double> history) => [.. BackTest.All([.. history], 5, 10, 0.1).Left];

        Assert.Empty(Left(Enumerable.Range(0, 60).Select(i => 50.0 + i * 7 % 5)));
        Assert.Equal([(ForecastWay.Ets, NotTried.Noughts), (ForecastWay.Theta, NotTried.Noughts)], Left(Enumerable.Range(0, 60).Select(i => i == 33 ? 0.0 : 50)));
        // Ten values are seen: two whole seasons, and no more values than ETS has parameters; the trend of theta takes one more.
        Assert.Equal([(ForecastWay.Ets, NotTried.TooShort), (ForecastWay.Theta, NotTried.TooShort)], Left(Enumerable.Range(0, 20).Select(i => 50.0 + i * 7 % 5)));
    }

    [Fact]
    public void Where_no_line_stays_above_nothing_the_likeliest_way_is_left_out()
    {
        // Sixty days of a thousand, then one a day: whatever begins at the mean falls through nothing.
        double[] history = [.. Enumerable.Repeat(1000.0, 60), .. Enumerable.Repeat(1.0, 60)];

        Assert.Contains((ForecastWay.Ets, NotTried.NoBegin), BackTest.All(history, 5, 10, 0.1).Left);
        Assert.Throws<ArgumentException>(() => Ets.Of(history, 5));
    }
}
