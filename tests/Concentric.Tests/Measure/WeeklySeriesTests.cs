using Concentric.Measure.Variation;

namespace Concentric.Tests.Measure;

public class WeeklySeriesTests
{
    private static readonly DateOnly _monday = new(2026, 3, 2);

    [Fact]
    public void Weeks_begin_on_Monday_and_are_numbered_from_1970()
    {
        Assert.Equal(0, Week.Of(new(1970, 1, 1)));
        Assert.Equal(0, Week.Of(new(1970, 1, 4)));
        Assert.Equal(1, Week.Of(new(1970, 1, 5)));
        Assert.Equal(-1, Week.Of(new(1969, 12, 28)));
        Assert.Equal(DayOfWeek.Monday, Week.Monday(2900).DayOfWeek);
        Assert.Equal(2900, Week.Of(Week.Monday(2900).AddDays(6)));
    }

    [Fact]
    public void The_week_that_is_still_running_is_not_a_point()
    {
        var rows = Rows((0, 5), (1, 7), (2, 3));

        var sunday = WeeklySeries.OfCounts(rows, new(_monday, _monday.AddDays(20)));
        var saturday = WeeklySeries.OfCounts(rows, new(_monday, _monday.AddDays(19)));

        Assert.Equal([5, 7, 3], sunday.Values);
        Assert.Equal([5, 7], saturday.Values);
    }

    [Fact]
    public void A_week_whose_count_is_hidden_is_reckoned_as_four_and_known_to_be_hidden()
    {
        var counts = Rows((0, 5), (1, 17), (2, 1)).Select(r => (r.Item1, Concentric.Core.ShownCount.Rounded(r.Item2))).ToList();

        var series = WeeklySeries.OfShown(counts, new(_monday, _monday.AddDays(20)));

        Assert.Equal([4, 15, 4], series.Values);
        Assert.Equal([0, 2], series.Hidden.Order());
    }

    [Fact]
    public void A_first_week_that_began_before_the_period_is_left_out()
    {
        var series = WeeklySeries.OfCounts(Rows((0, 5), (1, 7)), new(_monday.AddDays(1), _monday.AddDays(13)));

        Assert.Equal([7], series.Values);
        Assert.Equal(_monday.AddDays(7), series.Weeks[0].Monday);
        Assert.Empty(WeeklySeries.OfCounts([], new(_monday.AddDays(1), _monday.AddDays(5))).Weeks);
    }

    [Fact]
    public void A_week_without_contacts_is_zero_where_the_council_was_recording_and_a_gap_where_not()
    {
        Days[] recorded = [new(_monday, _monday.AddDays(13)), new(_monday.AddDays(24), _monday.AddDays(34)), new(_monday.AddDays(35), _monday.AddDays(41))];

        var series = WeeklySeries.OfCounts(Rows((0, 5), (3, 2), (5, 9)), new(_monday, _monday.AddDays(41)), recorded);

        Assert.Equal([5, 0, null, null, 0, 9], series.Values);
        Assert.Equal(14, series.N);
    }

    [Fact]
    public void A_share_of_nothing_is_a_gap()
    {
        var first = Week.Of(_monday);

        var series = WeeklySeries.OfShares([(first, 1, 4), (first + 2, 0, 3), (first + 3, 0, 0)], new(_monday, _monday.AddDays(27)));

        Assert.Equal([25, null, 0, null], series.Values);
        Assert.Equal([4, 0, 3, 0], series.Weeks.Select(w => w.N));
    }

    [Fact]
    public void Rows_that_cannot_be_right_are_refused()
    {
        var (first, period) = (Week.Of(_monday), new Days(_monday, _monday.AddDays(27)));

        Assert.Throws<ArgumentException>(() => WeeklySeries.OfCounts([(first, 1), (first, 2)], period));
        Assert.Throws<ArgumentException>(() => WeeklySeries.OfCounts([(first, -1)], period));
        Assert.Throws<ArgumentException>(() => WeeklySeries.OfShares([(first, 2, 1)], period));
    }

    [Fact]
    public void A_change_becomes_a_phase_of_its_week()
    {
        var series = WeeklySeries.OfCounts([], new(_monday, _monday.AddDays(34)));

        var phases = series.Phases([(_monday.AddDays(23), "later"), (_monday.AddDays(7), "on a Monday"), (_monday.AddDays(9), "the same week"), (_monday.AddDays(-1), "before")]);

        Assert.Equal([new(1, "on a Monday"), new(3, "later", Midway: true)], phases);
        Assert.Null(series.IndexOf(_monday.AddDays(35)));
    }

    private static IEnumerable<(int Week, long Count)> Rows(params (int Week, long Count)[] rows) => rows.Select(r => (Week.Of(_monday) + r.Week, r.Count));
}
