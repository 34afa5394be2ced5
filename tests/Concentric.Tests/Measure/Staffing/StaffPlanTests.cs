using Concentric.Core;
using Concentric.Core.Facts;
using Concentric.Measure.Contacts;
using Concentric.Measure.Staffing;

namespace Concentric.Tests.Measure.Staffing;

[Trait("Database", "none")]
public sealed class StaffPlanTests
{
    private static readonly WorkingCalendar England = WorkingCalendar.Read("england-and-wales", "");
    private static readonly StaffRules Rules = new(new(0.8, 20, 0.85), 0.3, 0);

    [Theory]
    [InlineData(2.5, 1, 0.8)]
    [InlineData(40, 1, 0.95)]
    [InlineData(3, 1.7, 0.8)]
    [InlineData(120, 4, 0.9)]
    [InlineData(20_000, 3, 0.8)]
    public void A_quantile_of_counts_is_the_least_that_holds(double mean, double spread, double probability)
    {
        var k = CountQuantile.Of(mean, spread, probability);

        // Against the cumulative distributions of a library.
        double Below(int n) => spread == 1
            ? MathNet.Numerics.Distributions.Poisson.CDF(mean, n)
            : MathNet.Numerics.Distributions.NegativeBinomial.CDF(mean / (spread - 1), 1 / spread, n);
        Assert.True(Below(k) >= probability - 1e-9 && Below(k - 1) < probability, $"{k}: {Below(k - 1)} to {Below(k)}");
    }

    [Fact]
    public void Of_nothing_expected_nothing_comes() => Assert.Equal(0, CountQuantile.Of(0, 5, 0.9));

    [Fact]
    public void A_week_that_is_always_the_same_is_forecast_without_error_and_closed_days_stay_closed()
    {
        // 100 on Mondays, 60 on other weekdays, nothing at weekends; on bank holidays nothing, and half as much again on the day after.
        var history = Days(new(2026, 1, 5), new(2026, 11, 15)).Select(d => (d, Count(d))).ToList();

        var forecast = DailyForecast.Of(history, England, 60)!;

        Assert.Equal((ForecastWay.SeasonalNaive, (double?)0), (forecast.Best.Way, forecast.Best.Wape));
        // Four weeks of five days: on the others nothing ever comes.
        Assert.Equal((20, 20), (forecast.Best.Within, forecast.Best.Tested));
        foreach (var day in forecast.Days) Assert.Equal((day.Day, Count(day.Day)), (day.Day, Math.Round(day.Expected, 6)));
        Assert.Equal([new DateOnly(2026, 12, 25), new(2026, 12, 28), new(2027, 1, 1)], forecast.Days.Where(d => d.IsClosed).Select(d => d.Day));
    }

    [Fact]
    public void The_way_is_taken_that_did_best_on_days_not_seen()
    {
        var chance = new SeededChance(7);
        // Noise about a steady week: last week repeats its noise, and smoothing does not.
        var noisy = Days(new(2026, 3, 2), new(2026, 9, 27)).Select(d => (d, 50.0 + 10 * (int)d.DayOfWeek + chance.Below(41) - 20)).ToList();

        var forecast = DailyForecast.Of(noisy, England, 14)!;

        Assert.Equal(Enum.GetValues<ForecastWay>(), forecast.Tests.Select(t => t.Way).Order());
        Assert.NotEqual(ForecastWay.SeasonalNaive, forecast.Best.Way);
        Assert.True(forecast.Best.Wape < forecast.Bar.Wape && forecast.Best.Mase < 1);
        Assert.Equal(forecast.Tests.Select(t => t.Mase).Order(), forecast.Tests.Select(t => t.Mase));
        Assert.InRange(forecast.Best.Within, 18, 28);
        Assert.All(forecast.Days, d => Assert.True(d.Low <= d.Expected && d.Expected <= d.High && d.Low >= 0));

        Assert.Null(DailyForecast.Of(noisy.Take(DailyForecast.Fewest - 1).ToList(), England, 14));
        Assert.Null(DailyForecast.Of([.. noisy.Select(d => (d.d, 0.0))], England, 14));
        Assert.Null(WeekRhythm.Of(noisy.Take(DailyForecast.Fewest - 1).ToList(), England));
    }

    [Fact]
    public void What_a_way_is_scored_by_it_had_not_seen()
    {
        // The last four weeks are ten times the others: whoever had seen any of them would be less far off than this.
        var history = Days(new(2026, 3, 2), new(2026, 9, 27)).Select(d => (d, (10.0 + (int)d.DayOfWeek) * (d > new DateOnly(2026, 8, 30) ? 10 : 1))).ToList();
        Assert.All(DailyForecast.Of(history, England, 14)!.Tests, t => Assert.InRange(t.Wape!.Value, 0.85, 1));
    }

    [Fact]
    public void Where_there_are_days_with_none_no_way_has_seasons_as_parts_of_the_whole()
    {
        var chance = new SeededChance(3);
        var few = Days(new(2026, 3, 2), new(2026, 9, 27)).Select(d => (d, (double)chance.Below(3))).ToList();
        Assert.Equal([ForecastWay.SeasonalNaive, ForecastWay.HoltWinters], DailyForecast.Of(few, England, 7)!.Tests.Select(t => t.Way).Order());
        // Calls on one weekday alone are still forecast.
        var mondays = Days(new(2026, 3, 2), new(2026, 9, 27)).Select(d => (d, d.DayOfWeek == DayOfWeek.Monday ? 40.0 : 0)).ToList();
        Assert.Equal([40], DailyForecast.Of(mondays, England, 7)!.Days.Where(d => d.Expected > 0.5).Select(d => Math.Round(d.Expected, 6)));
    }

    [Fact]
    public void The_rhythm_of_the_week_comes_out_and_a_rise_stays_in()
    {
        // Mondays 40 above, 20 more from July on: neither a Monday nor a closed day shows in what is left.
        var history = Days(new(2026, 3, 2), new(2026, 9, 27)).Select(d => (d, Count(d) == 0 ? 0.0 : (d.DayOfWeek == DayOfWeek.Monday ? 100.0 : 60) + (d.Month >= 7 ? 20 : 0))).ToList();

        var rhythm = WeekRhythm.Of(history, England)!;

        Assert.Equal([32, -8, -8, -8, -8, null, null], rhythm.Weekdays.Select(w => w is { } v ? Math.Round(v) : (double?)null));
        Assert.All(rhythm.Days.Where(d => d.Day.Month is 4 or 5), d => Assert.Equal(68, d.WithoutWeek, 4.0));
        Assert.All(rhythm.Days.Where(d => d.Day.Month is 8 or 9), d => Assert.Equal(88, d.WithoutWeek, 4.0));
        Assert.InRange(rhythm.Days[^1].Trend, 84, 92);
    }

    [Fact]
    public void The_plan_has_whole_half_hours_of_an_open_week_and_fewer_calls_never_take_more_people()
    {
        var halfHours = Days(new(2026, 3, 2), new(2026, 9, 27)).Where(England.Is).SelectMany(d => Enumerable.Range(18, 16).Select(s => new HalfHour(d, s, 6 + s % 3, 6 + s % 3, (6 + s % 3) * 240, 0, 0, 0))).ToList();
        var workload = Workload.Of(halfHours, new(2026, 3, 2), new(2026, 9, 27), England, isExact: true);
        var forecast = DailyForecast.Of(workload.Days, England, 21)!;

        var plan = StaffPlan.Of(workload, forecast, 240, Rules);

        Assert.Equal(7 * 48, plan.HalfHours.Count);
        Assert.All(plan.HalfHours.Where(h => h.Slot is < 18 or >= 34 || h.Day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday), h => Assert.Equal(0, h.OnRota));
        // By hand: 7 expected, planned 9 (Poisson, P 0.8), 9 × 240 / 1800 = 1.2 erlangs: 3 agents answer 80 % in 20 s at under 85 %; 3 / 0.7 is 5 on the rota.
        Assert.All(plan.HalfHours.Where(h => h.Slot == 19 && h.OnRota > 0), h => Assert.Equal((7.0, 9, 3, 5), (Math.Round(h.Expected, 6), h.Planned, h.Agents, h.OnRota)));
        Assert.Equal(plan.HalfHours.Sum(h => h.OnRota) * 0.5, plan.Hours);
        var before = plan.Hours;
        foreach (var part in (double[])[0.9, 0.5, 0.1, 0])
        {
            var less = StaffPlan.Of(workload, forecast, 240, Rules, part).Hours;
            Assert.True(less <= before);
            before = less;
        }
        Assert.Equal(0, before);
    }

    [Fact]
    public void Patience_is_told_only_where_nearly_all_calls_say_how_long_they_waited()
    {
        var day = new DateOnly(2026, 7, 1);
        Workload Of(long waits, long waited) => Workload.Of([new(day, 20, 100, 60, 6000, 40, waits, waited)], day, day, England, isExact: true);
        Assert.Equal(50, Of(2000, 100).Patience);
        Assert.Null(Of(0, 100).Patience);
        Assert.Null(Of(2000, 90).Patience);
    }

    [Fact]
    public async Task Calls_are_counted_by_the_half_hour_in_which_they_began_and_the_last_word_stands()
    {
        await using var test = new TestStore();
        static DateTimeOffset At(int hour, int minute) => new(2026, 7, 1, hour, minute, 0, TimeSpan.Zero);
        await test.ApplyCalls(new EndedCall(1, "Bins", true, 20, 200, At(8, 29)), new EndedCall(2, "Bins", false, 90, null, At(8, 31)), new EndedCall(3, null, true, null, 60, At(23, 10)));
        await test.ApplyCalls(new EndedCall(2, "Bins", true, 90, 30, At(8, 31)));

        var all = await test.Store.Workload(new WorkloadQuery(1, new(2026, 7, 1), new(2026, 7, 31)) { OfCalls = true }, TestContext.Current.CancellationToken);

        // By the council's clock, which is an hour ahead: 9:29, 9:31, and ten past midnight of the next day.
        Assert.Equal([new(new(2026, 7, 1), 18, 1, 1, 200, 0, 20, 1), new(new(2026, 7, 1), 19, 1, 1, 30, 0, 90, 1), new(new(2026, 7, 2), 0, 1, 1, 60, 0, 0, 0)], all);
        var line = test.Store.Dimensions.PhoneLines.Single(l => l.Key == "Bins").Code;
        Assert.Equal(2, (await test.Store.Workload(new WorkloadQuery(1, new(2026, 7, 1), new(2026, 7, 31)) { OfCalls = true, Line = line }, TestContext.Current.CancellationToken)).Sum(h => h.Count));
    }

    [Fact]
    public async Task Contacts_by_phone_are_counted_by_the_councils_clock_on_both_sides_of_its_changes()
    {
        await using var test = new TestStore();
        var moments = Enumerable.Range(0, 4000).Select(i => new DateTime(2025, 10, 1, 0, 7, 0, DateTimeKind.Utc).AddMinutes(i * 67)).ToList();
        await test.Put([.. moments.Select((m, i) => new ContactRow($"{i}", m) { Channel = Channels.Find(i % 2 == 0 ? "phone" : "web")!.Code, Seconds = i % 5 == 0 ? null : 100 })]);
        var (from, to) = (new DateOnly(2025, 10, 20), new DateOnly(2026, 3, 31));

        var found = await test.Store.Workload(new WorkloadQuery(1, from, to) { Channel = Channels.Find("phone")!.Code }, TestContext.Current.CancellationToken);

        var london = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");
        var expected = moments.Select((m, i) => (At: TimeZoneInfo.ConvertTimeFromUtc(m, london), I: i)).Where(m => m.I % 2 == 0 && DateOnly.FromDateTime(m.At) >= from && DateOnly.FromDateTime(m.At) <= to)
            .GroupBy(m => (Day: DateOnly.FromDateTime(m.At), Slot: m.At.Hour * 2 + m.At.Minute / 30))
            .Select(g => new HalfHour(g.Key.Day, g.Key.Slot, g.Count(), g.Count(m => m.I % 5 != 0), 100 * g.Count(m => m.I % 5 != 0), 0, 0, 0)).OrderBy(h => h.Day).ThenBy(h => h.Slot);
        Assert.Equal(expected, found);
    }

    private static IEnumerable<DateOnly> Days(DateOnly from, DateOnly to) => Enumerable.Range(0, to.DayNumber - from.DayNumber + 1).Select(from.AddDays);

    private static double Count(DateOnly day)
    {
        if (!England.Is(day)) return 0;
        var before = day.AddDays(-1);
        while (before.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday) before = before.AddDays(-1);
        var usual = day.DayOfWeek == DayOfWeek.Monday ? 100 : 60;
        return England.Is(before) ? usual : usual * 1.5;
    }
}
