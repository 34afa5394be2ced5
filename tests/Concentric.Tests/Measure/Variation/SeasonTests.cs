using System.Globalization;
using Concentric.Measure.Variation;

namespace Concentric.Tests.Measure.Variation;

/// <summary>Seasons of weeks and the rhythm of the week, from baseline years alone.</summary>
[Trait("Database", "none")]
public sealed class SeasonTests
{
    private static readonly DateOnly Monday = new(2018, 1, 1);

    /// <summary>2020 has a week 53.</summary>
    [Fact]
    public void A_season_of_weeks_comes_back_by_the_number_of_the_week_over_a_year_of_fifty_three()
    {
        var weeks = Weeks(Monday, 200);
        double Season(int week) => 1 + 0.3 * Math.Sin(2 * Math.PI * Math.Min(week, 52) / 52);
        double?[] values = [.. weeks.Select(w => (double?)(100 * Season(w)))];

        var season = Seasonality.OfWeeks(values, Monday, 2);

        Assert.Equal(104, season.Baseline);
        var adjusted = season.Adjust(values);
        // Of noughts no season and no chance: what is left is the same in every week, also after the long year.
        Assert.All(Enumerable.Range(0, 200).Where(i => weeks[i] != 53), i => Assert.Equal(adjusted[0]!.Value, adjusted[i]!.Value, 1e-9));
        Assert.Equal(53, weeks[156]);
        Assert.Equal((season.At(155) + season.At(157)) / 2, season.At(156), 1e-12);
        Assert.Equal(values[170]!.Value, season.Restore(adjusted[170], 170)!.Value, 1e-9);
    }

    [Fact]
    public void A_baseline_with_a_long_year_counts_all_its_weeks_and_one_that_begins_with_a_week_53_works_too()
    {
        Assert.Equal(53 + 52, Seasonality.OfWeeks(Tens(157), new(2019, 12, 30), 2).Baseline);
        Assert.Equal(104, Seasonality.OfWeeks(Tens(150), new(2020, 12, 28), 2).Baseline);
        // Exactly two years, and not one week after them.
        Assert.Equal(104, Seasonality.OfWeeks(Tens(104), Monday, 2).Baseline);
        Assert.Equal(105, Seasonality.OfWeeks(Tens(105), new(2019, 12, 30), 2).Baseline);
    }

    [Fact]
    public void What_is_judged_has_no_part_in_the_season()
    {
        var weeks = Weeks(Monday, 150);
        double?[] values = [.. weeks.Select((w, i) => (double?)(100 + w + i % 3))];
        double?[] changed = [.. values.Select((v, i) => i >= 104 ? v * 3 : v)];

        Assert.Equal(Seasonality.OfWeeks(values, Monday, 2).Relatives, Seasonality.OfWeeks(changed, Monday, 2).Relatives);
        var (days, dayValues) = (Enumerable.Range(0, 500).Select(i => i % 7).ToList(), Enumerable.Range(0, 500).Select(i => (double?)(10 + i % 7)).ToList());
        Assert.Equal(Seasonality.OfWeekdays(dayValues, days, 7, 1).Relatives, Seasonality.OfWeekdays([.. dayValues.Select((v, i) => i >= 364 ? v * (1 + i % 7) : v)], days, 7, 1).Relatives);
    }

    [Fact]
    public void The_rhythm_of_the_week_is_of_the_weekday_whatever_the_month()
    {
        // Mondays twice, a rising year, and gaps at some bank holidays. The row begins on a Thursday.
        double[] parts = [2, 1, 1, 0.8, 0.7, 0.3, 0.2];
        var days = Enumerable.Range(0, 500).Select(i => (i + 3) % 7).ToList();
        double?[] values = [.. days.Select((d, i) => i % 97 == 5 ? (double?)null : parts[d] * (100 + 10 * (i / 28)))];

        var season = Seasonality.OfWeekdays(values, days, 7, 1);

        Assert.Equal(364, season.Baseline);
        var mean = parts.Average();
        for (var d = 0; d < 7; d++) Assert.Equal(parts[d] / mean, season.Relatives[d], 0.02);
        Assert.Equal(season.Relatives[3], season.At(0));
        Assert.Equal(1, season.TooNarrow);
        Assert.Null(season.Caution);
    }

    [Fact]
    public void A_baseline_that_is_too_short_is_refused_with_what_there_is_and_what_it_takes()
    {
        void Refused(string words, Func<Seasonality> of) => Assert.Contains(words, Assert.Throws<ArgumentException>(of).Message, StringComparison.Ordinal);
        List<int> days = [.. Enumerable.Range(0, 363).Select(i => i % 7)];
        double?[] gap = [.. Enumerable.Repeat((double?)5, 104)];
        gap[10] = null;

        Refused("2 baseline years go to the week before week 1 of 2020: 104 weeks, and there are 103", () => Seasonality.OfWeeks(Tens(103), Monday, 2));
        // 2020 has a week 53: the two years from its first week on are 105.
        Refused("2 baseline years go to the week before week 1 of 2022: 105 weeks, and there are 104", () => Seasonality.OfWeeks(Tens(104), new(2019, 12, 30), 2));
        Refused("number 11 has none", () => Seasonality.OfWeeks(gap, Monday, 2));
        Refused("2 years or more", () => Seasonality.OfWeeks(gap, Monday, 1));
        Refused("364 days, and there are 363", () => Seasonality.OfWeekdays([.. days.Select(_ => (double?)5)], days, 7, 1));
        Refused("only 0 have", () => Seasonality.OfWeekdays([.. Enumerable.Range(0, 364).Select(i => i % 7 == 2 ? (double?)null : 5)], [.. Enumerable.Range(0, 364).Select(i => i % 7)], 7, 1));
        Refused("next to nothing in each Sunday", () => Seasonality.OfWeekdays([.. Enumerable.Range(0, 364).Select(i => i % 7 == 6 ? 0.0 : (double?)5)], [.. Enumerable.Range(0, 364).Select(i => i % 7)], 7, 1));
        // One Sunday of a year with 5, all others with none, and 83 on every other day: that Sunday would be adjusted to thousands.
        Refused("Take weeks (--every week), or leave the week-end out of the file", () => Seasonality.OfWeekdays([.. Enumerable.Range(0, 364).Select(i => i % 7 == 6 ? i == 181 ? 5.0 : 0 : (double?)83)], [.. Enumerable.Range(0, 364).Select(i => i % 7)], 7, 1));
        Refused("next to nothing in period 2 of each year", () => Seasonality.Of([100, 0.5, 100, 100, 100, 0.5, 100, 100], 4, 2));
        Refused("at most 100", () => Seasonality.OfWeeks(gap, Monday, int.MaxValue));
    }

    /// <summary>Of two years each season is the mean of two values, and so the baseline lies nearer to it than what follows; the caution says by how much.</summary>
    [Fact]
    public void What_follows_a_baseline_of_two_years_spreads_farther_than_its_limits_by_as_much_as_the_caution_says()
    {
        var chance = new SeededChance(5);
        // The mean of twelve equal chances is nearly normal.
        double?[] values = [.. Enumerable.Range(0, 12 * 1000).Select(_ => (double?)(1000 + Enumerable.Range(0, 12).Sum(_ => chance.Below(101) - 50)))];
        var (within, after) = (0.0, 0.0);
        for (var first = 0; first + 36 <= values.Length; first += 36)
        {
            var own = values[first..(first + 36)];
            var season = Seasonality.Of(own, 12, 2);
            var adjusted = season.Adjust(own);
            within += adjusted.Take(24).Zip(adjusted.Skip(1), (a, b) => Math.Abs(b!.Value - a!.Value)).Take(23).Average();
            after += adjusted.Skip(24).Zip(adjusted.Skip(25), (a, b) => Math.Abs(b!.Value - a!.Value)).Average();
        }
        Assert.Equal(Seasonality.Of([.. values.Take(24)], 12, 2).TooNarrow, after / within, 0.1);
        Assert.Contains("1.7 times", Seasonality.Of([.. values.Take(24)], 12, 2).Caution, StringComparison.Ordinal);
    }

    private static double?[] Tens(int count) => [.. Enumerable.Repeat((double?)10, count)];

    private static List<int> Weeks(DateOnly first, int count) => [.. Enumerable.Range(0, count).Select(i => ISOWeek.GetWeekOfYear(first.AddDays(7 * i).ToDateTime(default)))];
}
