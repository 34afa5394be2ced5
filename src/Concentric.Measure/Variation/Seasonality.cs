using System.Globalization;

namespace Concentric.Measure.Variation;

/// <summary>How much higher or lower a figure usually is at a time of the year or on a day of the week, from baseline years alone.</summary>
/// <param name="Relatives">For each season the usual part of the mean, 1 on average: 12 months, 4 quarters, 53 weeks, 7 weekdays from Monday, or 5.</param>
/// <param name="Baseline">Periods from the first on that they come from.</param>
/// <remarks>
/// Ratio to the year's mean, averaged over the baseline years and normalised. The relatives are frozen: taken from all years they would absorb the very change that a chart is to show.
/// Years are counted from the first period on. A rolling mean of twelve months is no substitute: neighbouring ones share eleven months, and move together for that reason alone.
/// </remarks>
public sealed record Seasonality(IReadOnlyList<double> Relatives, int Baseline)
{
    /// <summary>Fewest years that can tell a season from chance.</summary>
    public const int FewestYears = 2;

    private const int MostYears = 100;

    /// <summary>Below this part of the mean a season has next to nothing, and a single case in it would be adjusted to many times the mean.</summary>
    private const double Quiet = 0.01;

    /// <summary>Seasons in a year, or weekdays in a week.</summary>
    public int Seasons => Relatives.Count;

    /// <summary>Baseline years.</summary>
    public int Years { get; init; } = FewestYears;

    /// <summary>The season of each period where they do not simply follow each other: a year has 52 or 53 weeks.</summary>
    private IReadOnlyList<int>? SeasonOf { get; init; }

    /// <summary>
    /// How many times wider than the limits would have it later values spread while nothing changes: the baseline lies nearer to the means of its own Y years by √(1 − 1/Y), and what follows farther by
    /// √(1 + 1/Y). 1 for weekdays, of which a year has 52.
    /// </summary>
    public double TooNarrow { get; init; } = 1;

    /// <summary>The relatives of the first years of a row.</summary>
    /// <param name="values">One for each period; those of the baseline years must all be there.</param>
    /// <param name="seasons">Periods in a year: 12 months, 4 quarters.</param>
    /// <param name="years">Baseline years, 2 or more.</param>
    /// <exception cref="ArgumentException">Too few years, a gap in them, or a year whose mean is not above 0.</exception>
    public static Seasonality Of(IReadOnlyList<double?> values, int seasons, int years)
    {
        CheckYears(years, FewestYears);
        if (seasons < 2) throw new ArgumentException("A year has two seasons or more.", nameof(seasons));
        if (years > values.Count / seasons) throw new ArgumentException($"{years} baseline years are {(long)seasons * years} periods, and there are {values.Count}.", nameof(values));
        CheckGaps(values, seasons * years);
        var sums = new Relative(seasons);
        for (var year = 0; year < years; year++) sums.Add([.. Enumerable.Range(0, seasons).Select(i => (i, values[year * seasons + i]!.Value))], "year");
        return new(sums.Normal(i => $"period {i + 1} of each year", "Take longer periods, or leave the season in."), seasons * years) { Years = years, TooNarrow = Widening(years) };
    }

    /// <summary>The relatives of the weeks of the year.</summary>
    /// <param name="values">One for each week, without a week left out.</param>
    /// <param name="first">A day of the first week; weeks are those of ISO 8601.</param>
    /// <remarks>A year is from a week to the one before the same week of the year after. Week 53, where no baseline year has one, lies between week 52 and week 1.</remarks>
    /// <exception cref="ArgumentException">As <see cref="Of"/>.</exception>
    public static Seasonality OfWeeks(IReadOnlyList<double?> values, DateOnly first, int years)
    {
        CheckYears(years, FewestYears);
        var day = first.ToDateTime(default);
        var (year0, week0) = (ISOWeek.GetYear(day), ISOWeek.GetWeekOfYear(day));
        var monday = ISOWeek.ToDateTime(year0, week0, DayOfWeek.Monday);
        // A week 53 comes back as week 52 of the years that have none.
        List<int> begins = [.. Enumerable.Range(0, years + 1).Select(y => y == 0 ? 0 : (ISOWeek.ToDateTime(year0 + y, Math.Min(week0, 52), DayOfWeek.Monday) - monday).Days / 7)];
        var end = begins[years];
        if (values.Count < end)
            throw new ArgumentException($"{years} baseline years go to the week before week {Math.Min(week0, 52)} of {year0 + years}: {end} weeks, and there are {values.Count}. Wait for more, or take months.", nameof(values));
        CheckGaps(values, end);
        List<int> weeks = [.. values.Select((_, i) => ISOWeek.GetWeekOfYear(monday.AddDays(7 * i)))];
        var sums = new Relative(53);
        for (var year = 0; year < years; year++)
            sums.Add([.. Enumerable.Range(begins[year], begins[year + 1] - begins[year]).Select(i => (weeks[i] - 1, values[i]!.Value))], "year");
        if (!sums.Has(52)) sums.Between(52, 51, 0);
        return new(sums.Normal(i => $"week {i + 1}", "Take months, or leave the season in."), end) { Years = years, SeasonOf = [.. weeks.Select(w => w - 1)], TooNarrow = Widening(years) };
    }

    /// <summary>The relatives of the days of the week, from whole weeks of the first years; the time of the year stays in.</summary>
    /// <param name="weekdays">Of each period, Monday as 0.</param>
    /// <param name="days">7, or 5 where only working days are there.</param>
    /// <param name="years">Baseline years of 52 weeks, 1 or more.</param>
    /// <remarks>Each week is held against its own mean, so that a busy month does not make its weekdays look busy. Weeks with a gap, as at a bank holiday, are left out.</remarks>
    /// <exception cref="ArgumentException">Too few years, or fewer than half of their weeks whole.</exception>
    public static Seasonality OfWeekdays(IReadOnlyList<double?> values, IReadOnlyList<int> weekdays, int days, int years)
    {
        CheckYears(years, 1);
        var end = 52 * days * years;
        if (values.Count < end) throw new ArgumentException($"{(years == 1 ? "A baseline year is" : $"{years} baseline years are")} {end} days, and there are {values.Count}. Wait for more, or take weeks or months.", nameof(values));
        var (sums, whole) = (new Relative(days), 0);
        for (var first = weekdays.ToList().IndexOf(0); first >= 0 && first + days <= end; first += days)
        {
            var week = Enumerable.Range(first, days).ToList();
            // A week of nothing but noughts has no weekday above another.
            if (week.Exists(i => values[i] is null) || week.Average(i => values[i]) is not > 0) continue;
            sums.Add([.. week.Select(i => (weekdays[i], values[i]!.Value))], "week");
            whole++;
        }
        if (whole < 26 * years) throw new ArgumentException($"Of the {52 * years} weeks of the baseline only {whole} have a figure above 0 on average and one for every day; {26 * years} are needed. Take weeks or months.", nameof(values));
        return new(sums.Normal(i => $"each {CultureInfo.InvariantCulture.DateTimeFormat.GetDayName((DayOfWeek)((i + 1) % 7))}", "Take weeks (--every week), or leave the week-end out of the file and take working days (--every working-day)."), end)
        {
            Years = years, SeasonOf = weekdays,
        };
    }

    /// <summary>What to say where limits are too narrow for what follows; null where they are not.</summary>
    public string? Caution => TooNarrow > 1.05
        ? $"Each season comes from {Years} baseline years, so what follows spreads up to {TooNarrow.ToString("0.0", CultureInfo.InvariantCulture)} times as far as the limits allow while nothing changes: trust a shift more than one point. More baseline years (--baseline-years) help." : null;

    /// <summary>The relative of a period.</summary>
    public double At(int index) => Relatives[SeasonOf?[index] ?? index % Seasons];

    /// <summary>The values as they would be without a season.</summary>
    public IReadOnlyList<double?> Adjust(IReadOnlyList<double?> values) => [.. values.Select((v, i) => v / At(i))];

    /// <summary>A limit of adjusted values as it lies among the values of that period.</summary>
    public double? Restore(double? adjusted, int index) => adjusted * At(index);

    private static double Widening(int years) => Math.Sqrt((years + 1.0) / (years - 1));

    private static void CheckYears(int years, int fewest)
    {
        if (years < fewest) throw new ArgumentException(fewest == 1 ? "A rhythm of the week takes a baseline of one year or more." : $"A season is told from chance by {fewest} years or more.", nameof(years));
        if (years > MostYears) throw new ArgumentException($"A baseline has at most {MostYears} years.", nameof(years));
    }

    private static void CheckGaps(IReadOnlyList<double?> values, int baseline)
    {
        var gap = values.Take(baseline).Index().FirstOrDefault(v => v.Item is null, (-1, null)).Index;
        if (gap >= 0) throw new ArgumentException($"The baseline years must have a value in every period; number {gap + 1} has none.", nameof(values));
    }

    /// <summary>Ratios to the mean, season by season.</summary>
    private sealed class Relative(int seasons)
    {
        private readonly (double Sum, int N)[] _found = new (double, int)[seasons];

        public void Add(List<(int Season, double Value)> own, string what)
        {
            if (own.Average(o => o.Value) is var mean && !(mean > 0)) throw new ArgumentException($"A baseline {what} needs a mean above 0.");
            foreach (var (season, value) in own) _found[season] = (_found[season].Sum + value / mean, _found[season].N + 1);
        }

        public bool Has(int season) => _found[season].N > 0;

        public void Between(int season, int one, int other) => _found[season] = ((Part(one) + Part(other)) / 2, 1);

        /// <param name="nameOf">A season, in words.</param>
        /// <param name="instead">What to do where there is next to nothing in one.</param>
        public IReadOnlyList<double> Normal(Func<int, string> nameOf, string instead)
        {
            var parts = Enumerable.Range(0, seasons).Select(Part).ToList();
            var mean = parts.Average();
            if (parts.FindIndex(r => !(r > Quiet * mean)) is >= 0 and var quiet)
                throw new ArgumentException($"The figure is next to nothing in {nameOf(quiet)}: less than a hundredth of the mean, so a single one would look like many. {instead}");
            return parts.ConvertAll(r => r / mean);
        }

        private double Part(int season) => _found[season].Sum / _found[season].N;
    }
}
