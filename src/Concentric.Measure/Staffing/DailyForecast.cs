using Concentric.Core;

namespace Concentric.Measure.Staffing;

/// <summary>What is expected of one day.</summary>
/// <param name="Low">Below which it will lie in one of ten; at least 0.</param>
/// <param name="High">Above which it will lie in one of ten.</param>
/// <param name="IsClosed">A weekday on which the office is closed: expected from such days before.</param>
public sealed record DayExpected(DateOnly Day, double Expected, double Low, double High, bool IsClosed);

/// <summary>A forecast by day, and how well its method did on the last four weeks, which it had not seen.</summary>
/// <param name="IsSmoothed">Exponential smoothing with trend and season; otherwise the same as a week before, which it has to beat.</param>
/// <param name="Error">Sum of absolute errors over the sum of what came (WAPE) of the method taken.</param>
/// <param name="NaiveError">The same of the same as a week before.</param>
/// <param name="Mase">Mean absolute error over that of the same as a week before within the history: below 1 is better.</param>
/// <param name="Within">How many of the days tested lay between low and high, where 8 of 10 should.</param>
/// <param name="Tested">Days tested.</param>
public sealed record DailyForecast(bool IsSmoothed, double Error, double NaiveError, double? Mase, int Within, int Tested, IReadOnlyList<DayExpected> Days)
{
    /// <summary>Days of history below which nothing is forecast.</summary>
    public const int Fewest = 56;

    private const int Season = 7, Test = 28;
    private const double Tail = 0.1;
    private static readonly double[] Alphas = [0.05, 0.1, 0.2, 0.3], Betas = [0, 0.01], Gammas = [0.05, 0.1, 0.2, 0.3];

    /// <summary>The days after the history; null where that is too short or empty.</summary>
    /// <param name="history">Each day once, in order.</param>
    /// <remarks>
    /// Days on which the office was closed, and the first open day after, are taken out of the history (the mean of the same weekday in the four weeks about it stands in) and come back into the forecast
    /// as parts of what such a day would have had otherwise. The smoothing parameters are those of a small fixed grid with the least error within the history, so that the same history gives the same forecast.
    /// </remarks>
    public static DailyForecast? Of(IReadOnlyList<(DateOnly Day, double Count)> history, WorkingCalendar calendar, int ahead)
    {
        if (history.Count < Fewest || history.Sum(h => h.Count) <= 0) return null;
        var special = Specials.Of(history, calendar);
        var plain = special.Plain;
        var (seen, held) = (plain.Take(plain.Count - Test).ToList(), plain.Skip(plain.Count - Test).ToList());
        var (naive, smooth) = (Forecasts.SeasonalNaive(seen, Season), Best(seen));
        var (naiveDays, smoothDays) = (Ahead(naive.At), Ahead(smooth.At));
        var isSmoothed = Miss(smoothDays) < Miss(naiveDays);
        double Quantile(int i, double p) => isSmoothed ? smooth.Quantile(i, p) : naive.Quantile(i, p);
        var within = held.Select((v, i) => v >= Math.Max(0, Quantile(i + 1, Tail)) && v <= Quantile(i + 1, 1 - Tail)).Count(x => x);
        var chosen = isSmoothed ? smoothDays : naiveDays;
        var total = held.Sum();

        var (fullNaive, fullSmooth) = (Forecasts.SeasonalNaive(plain, Season), isSmoothed ? Best(plain) : null);
        var last = history[^1].Day;
        var days = Enumerable.Range(1, ahead).Select(i =>
        {
            var (day, part) = (last.AddDays(i), special.PartOf(last.AddDays(i)));
            double At(Func<int, double> of) => Math.Max(0, of(i)) * part;
            return new DayExpected(day, At(fullSmooth is null ? fullNaive.At : fullSmooth.At), At(n => fullSmooth?.Quantile(n, Tail) ?? fullNaive.Quantile(n, Tail)), At(n => fullSmooth?.Quantile(n, 1 - Tail) ?? fullNaive.Quantile(n, 1 - Tail)), special.IsClosed(day));
        }).ToList();
        return new(isSmoothed, total > 0 ? Miss(chosen) / total : 0, total > 0 ? Miss(naiveDays) / total : 0, naive.Scale > 0 ? ForecastErrors.Mase(held, chosen, naive.Scale) : null, within, Test, days);

        static List<double> Ahead(Func<int, double> at) => [.. Enumerable.Range(1, Test).Select(i => Math.Max(0, at(i)))];
        double Miss(List<double> forecast) => held.Zip(forecast, (a, f) => Math.Abs(a - f)).Sum();
    }

    private static HoltWinters Best(IReadOnlyList<double> history)
    {
        var start = HoltWinters.Start(history, Season, multiplicative: false);
        return (from alpha in Alphas from beta in Betas from gamma in Gammas select HoltWinters.Of(history, Season, new(alpha, beta, gamma), multiplicative: false, start)).MinBy(f => f.SquaredErrors)!;
    }

    /// <summary>Days that are not as their weekday usually is, and the history without them.</summary>
    private sealed class Specials
    {
        private readonly WorkingCalendar _calendar;
        private readonly double _closed, _after;

        private Specials(WorkingCalendar calendar, IReadOnlyList<double> plain, double closed, double after) => (_calendar, Plain, _closed, _after) = (calendar, plain, closed, after);

        public IReadOnlyList<double> Plain { get; }

        public static Specials Of(IReadOnlyList<(DateOnly Day, double Count)> history, WorkingCalendar calendar)
        {
            var plain = history.Select(h => h.Count).ToList();
            var (closed, after) = ((Was: 0.0, Usual: 0.0), (Was: 0.0, Usual: 0.0));
            for (var i = 0; i < history.Count; i++)
            {
                var (isClosed, isAfter) = (IsClosed(calendar, history[i].Day), IsAfter(calendar, history[i].Day));
                if (!isClosed && !isAfter) continue;
                var about = new[] { i - 14, i - 7, i + 7, i + 14 }.Where(j => j >= 0 && j < history.Count && !IsClosed(calendar, history[j].Day) && !IsAfter(calendar, history[j].Day)).Select(j => history[j].Count).ToList();
                if (about.Count == 0) continue;
                plain[i] = about.Average();
                if (isClosed) closed = (closed.Was + history[i].Count, closed.Usual + plain[i]);
                else after = (after.Was + history[i].Count, after.Usual + plain[i]);
            }
            // Without such a day in the history: closed is closed, and the day after is as any other.
            return new(calendar, plain, closed.Usual > 0 ? closed.Was / closed.Usual : 0, after.Usual > 0 ? after.Was / after.Usual : 1);
        }

        public bool IsClosed(DateOnly day) => IsClosed(_calendar, day);

        public double PartOf(DateOnly day) => IsClosed(day) ? _closed : IsAfter(_calendar, day) ? _after : 1;

        private static bool IsClosed(WorkingCalendar calendar, DateOnly day) => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !calendar.Is(day);

        /// <summary>The first open day after a weekday that was closed.</summary>
        private static bool IsAfter(WorkingCalendar calendar, DateOnly day)
        {
            if (!calendar.Is(day)) return false;
            var before = day.AddDays(-1);
            while (before.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday) before = before.AddDays(-1);
            return IsClosed(calendar, before);
        }
    }
}
