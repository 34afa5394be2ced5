using Concentric.Measure.Variation;

namespace Concentric.Tests.Measure.Variation;

/// <summary>Run charts and seasons.</summary>
[Trait("Database", "none")]
public sealed class RunChartTests
{
    [Fact]
    public void Bounds_are_those_of_the_reference()
    {
        var rows = Vectors.Read("spc_anhoej_bounds.json").EnumerateArray().ToList();

        Assert.True(rows.Count > 100);
        Assert.All(rows, row =>
        {
            var n = row.GetProperty("n").GetInt32();
            Assert.Equal((n, row.GetProperty("longest_run_max").GetInt32(), row.GetProperty("crossings_min").GetInt32()), (n, RunChart.LongestAllowedOf(n), RunChart.FewestCrossingsOf(n)));
        });
    }

    [Fact]
    public void Runs_and_crossings_leave_out_what_lies_on_the_median()
    {
        var chart = RunChart.Of([1, 5, 2, 4, 3, 3, 1, null, 5]);

        // The median is 3; off it lie 1 5 2 4 1 5.
        Assert.Equal((3, 6, 1, 5), (chart.Median, chart.Useful, chart.LongestRun, chart.Crossings));
        Assert.False(chart.IsJudged);
        Assert.Equal((null, 0, 0), (RunChart.Of([]).Median, RunChart.Of([null]).Useful, RunChart.Of([4, 4, 4]).LongestRun));
    }

    [Fact]
    public void A_run_that_is_too_long_is_found_where_it_is()
    {
        double?[] values = [1, 3, 1, 3, 1, 3, 8, 8.1, 8.2, 8.3, 8.4, 8.5, 8.6, 8.7, 1, 2.5, 1, 2, 1, 2, 1, 2];

        var chart = RunChart.Of(values, fixAfter: 6);

        Assert.Equal(2, chart.Median);
        Assert.True(chart.RunIsTooLong);
        Assert.Equal([5, 6, 7, 8, 9, 10, 11, 12, 13], chart.RunPoints);
        Assert.Empty(RunChart.Of([.. Enumerable.Range(0, 20).Select(i => (double?)(i % 2))]).RunPoints);
        Assert.True(RunChart.Of([.. Enumerable.Range(0, 20).Select(i => (double?)(i / 10))]).CrossesTooSeldom);
    }

    [Fact]
    public void A_season_taken_from_all_years_is_that_of_the_reference_and_hides_the_change()
    {
        var vector = Vectors.Read("spc_rules_reference.json").GetProperty("seasonality");
        var values = vector.GetProperty("y").Values();

        var season = Seasonality.Of(values, 12, 3);
        var chart = XmrChart.Of(season.Adjust(values));

        Near(vector.GetProperty("seasonal_relatives").Doubles(), season.Relatives);
        Near(vector.GetProperty("deseasonalised").GetProperty("values").Doubles(), [.. season.Adjust(values).Select(v => v!.Value)]);
        Vectors.Near(vector.GetProperty("deseasonalised").GetProperty("upl").GetDouble(), chart.Phases[0].Limits.Upper);
        Assert.DoesNotContain(chart.Points, p => p.Signals.Any(s => s.Kind == SignalKind.BeyondLimit));
        Vectors.Near(vector.GetProperty("reseasonalised_limits_last_point").GetProperty("upl").GetDouble(), season.Restore(chart.Phases[0].Limits.Upper, 35));
        Vectors.Near(vector.GetProperty("reseasonalised_limits_last_point").GetProperty("lpl").GetDouble(), season.Restore(chart.Phases[0].Limits.Lower, 35));
    }

    [Fact]
    public void A_season_frozen_on_its_baseline_shows_the_change()
    {
        var vector = Vectors.Read("spc_rules_reference.json").GetProperty("seasonality");
        var values = vector.GetProperty("y").Values();
        var frozen = vector.GetProperty("frozen_baseline_24");

        var season = Seasonality.Of(values, 12, 2);
        var chart = XmrChart.Of(season.Adjust(values), [], fixAfter: season.Baseline);

        Near(frozen.GetProperty("seasonal_relatives").Doubles(), season.Relatives);
        Near(frozen.GetProperty("deseasonalised").Doubles(), [.. season.Adjust(values).Select(v => v!.Value)]);
        var limits = chart.Phases[0].Limits;
        Near([frozen.GetProperty("mean").GetDouble(), frozen.GetProperty("mr_bar").GetDouble(), frozen.GetProperty("upl").GetDouble(), frozen.GetProperty("lpl").GetDouble()],
            [limits.Mean!.Value, limits.MeanRange!.Value, limits.Upper!.Value, limits.Lower!.Value]);
        Assert.Equal(frozen.GetProperty("outside").Indexes(), chart.Points.Where(p => p.Signals.Any(s => s.Kind == SignalKind.BeyondLimit)).Select(p => p.Index));
    }

    [Fact]
    public void A_season_needs_whole_years()
    {
        double?[] years = [.. Enumerable.Range(0, 24).Select(i => (double?)(i + 1))];
        double?[] gap = [.. years];
        gap[5] = null;

        Assert.Throws<ArgumentException>(() => Seasonality.Of(years, 12, 1));
        Assert.Contains("there are 23", Assert.Throws<ArgumentException>(() => Seasonality.Of([.. years.Take(23)], 12, 2)).Message, StringComparison.Ordinal);
        Assert.Contains("number 6", Assert.Throws<ArgumentException>(() => Seasonality.Of(gap, 12, 2)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Seasonality.Of([.. Enumerable.Repeat((double?)0, 24)], 12, 2));
        Assert.Equal(1, Seasonality.Of(years, 4, 6).Relatives.Average(), 12);
    }

    private static void Near(IReadOnlyList<double> expected, IReadOnlyList<double> actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (var i = 0; i < expected.Count; i++) Vectors.Near(expected[i], actual[i]);
    }
}
