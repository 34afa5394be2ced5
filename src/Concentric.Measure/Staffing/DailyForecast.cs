using Concentric.Core;

namespace Concentric.Measure.Staffing;

/// <summary>What is expected of one day.</summary>
/// <param name="Low">Below which it will lie in one of ten; at least 0.</param>
/// <param name="High">Above which it will lie in one of ten.</param>
/// <param name="IsClosed">A weekday on which the office is closed: expected from such days before.</param>
public sealed record DayExpected(DateOnly Day, double Expected, double Low, double High, bool IsClosed);

/// <summary>A forecast by day, by the way that did best on the last four weeks, which none of them had seen.</summary>
/// <param name="Tests">How each way did on these, the best first.</param>
public sealed record DailyForecast(IReadOnlyList<BackTest> Tests, IReadOnlyList<DayExpected> Days)
{
    /// <summary>Ways that were not tried, and why.</summary>
    public IReadOnlyList<(ForecastWay Way, NotTried Why)> Left { get; init; } = [];

    /// <summary>Days of history below which nothing is forecast.</summary>
    public const int Fewest = 56;

    /// <summary>Days that the ways are tested on.</summary>
    public const int TestDays = 28;

    private const double Tail = 0.1;

    /// <summary>The way that is taken.</summary>
    public BackTest Best => Tests[0];

    /// <summary>The same day of the week before: what every other way has to beat.</summary>
    public BackTest Bar => Tests.First(t => t.Way == ForecastWay.SeasonalNaive);

    /// <summary>The days after the history; null where that is too short or empty.</summary>
    /// <param name="history">Each day once, in order.</param>
    public static DailyForecast? Of(IReadOnlyList<(DateOnly Day, double Count)> history, WorkingCalendar calendar, int ahead)
    {
        if (history.Count < Fewest || history.Sum(h => h.Count) <= 0) return null;
        var special = SpecialDays.Of(history, calendar);
        var counts = special.Open.Select(o => o.Count).ToList();
        var tests = BackTest.All(counts, special.Season, TestDays / 7 * special.Season, Tail);
        var forecast = BackTest.Fit(tests.Tried[0].Way, counts, special.Season);
        var (days, open) = (new List<DayExpected>(), 0);
        for (var day = history[^1].Day.AddDays(1); days.Count < ahead; day = day.AddDays(1))
        {
            var part = special.PartOf(day);
            if (!special.IsModelled(day))
            {
                var mean = special.MeanOf(day);
                days.Add(new(day, mean * part, 0, CountQuantile.Of(mean * part, 1, 1 - Tail), special.IsClosed(day)));
                continue;
            }
            open++;
            days.Add(new(day, Math.Max(0, forecast.At(open)) * part, Math.Max(0, forecast.Quantile(open, Tail)) * part, Math.Max(0, forecast.Quantile(open, 1 - Tail)) * part, special.IsClosed(day)));
        }
        return new(tests.Tried, days) { Left = tests.Left };
    }
}
