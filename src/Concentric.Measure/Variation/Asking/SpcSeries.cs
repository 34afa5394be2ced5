using Concentric.Core;

namespace Concentric.Measure.Variation.Asking;

/// <summary>One period of a series, or one event of a chart of events.</summary>
internal readonly record struct SpcPeriod(string Key, DateOnly First, Amount? Amount);

/// <summary>Figures in their order, one for each period, with every missing period as a gap.</summary>
/// <param name="Every">Null where the points are events and not periods.</param>
internal sealed record SpcSeries(PeriodLength? Every, IReadOnlyList<SpcPeriod> Rows)
{
    /// <summary>What to say of a first or last period that the figures may not cover.</summary>
    public IReadOnlyList<string> Partial { get; init; } = [];

    public const int MostPeriods = 20_000;

    public const double MostValue = 1e15;

    private const double LeastDenominator = 1e-6;

    public IReadOnlyList<double?> Values => [.. Rows.Select(r => r.Amount?.Value)];

    public IReadOnlyList<Amount?> Amounts => [.. Rows.Select(r => r.Amount)];

    /// <exception cref="RefusedException">A date that cannot be read, a period told twice, or too many periods.</exception>
    public static SpcSeries Of(SpcQuestion question, bool ofEvents)
    {
        var figures = question.Points is { Count: > 0 } given ? given : throw new RefusedException("There are no figures. Give one for each period, with its date.");
        if (figures.Count > 10 * MostPeriods) throw new RefusedException($"There are {Say.Number(figures.Count)} figures; at most {Say.Number(10 * MostPeriods)} are read.");
        var rows = figures.Select((f, i) => (Figure: f, Read: Date(f.Date, f.Where ?? $"points[{i}]", question.DateOrder), Where: f.Where ?? $"points[{i}]")).ToList();
        foreach (var (figure, _, where) in rows)
            // Beyond these, sums and squares of them would be no numbers any more.
            if (figure.Value is { } v && !(Math.Abs(v) <= MostValue)) throw new RefusedException($"{Capital(where)}: a figure is a number from −10¹⁵ to 10¹⁵. Chart larger ones in a larger unit.");
            else if (figure.Denominator is { } d && (!(d <= MostValue) || d is > 0 and < LeastDenominator)) throw new RefusedException($"{Capital(where)}: a denominator is a number from 0.000001 to 10¹⁵. Use another unit.");
        if (string.IsNullOrEmpty(question.DateOrder)) RefuseEitherWay([.. rows.Select(r => (r.Figure.Date!, r.Read))]);
        // Where some figures say what they are out of, one that does not is of an unknown whole, and a gap.
        var sized = figures.Any(f => f.Denominator is not null);
        if (ofEvents) return new(null, [.. rows.OrderBy(r => r.Read.Day).Select(r => new SpcPeriod(Periods.Key(PeriodLength.Day, r.Read.Day), r.Read.Day, AmountOf(r.Figure, r.Where, sized)))]);

        var every = Length(question.Every) ?? Periods.Of([.. rows.Select(r => r.Read)]);
        var groups = rows.GroupBy(r => Periods.Number(every, r.Read.Day)).OrderBy(g => g.Key).ToList();
        if (!question.Total && groups.Find(g => g.Count() > 1) is { } twice)
            throw new RefusedException($"{Periods.Key(every, Periods.First(every, twice.Key))} is there {(twice.Count() == 2 ? "twice" : $"{twice.Count()} times")}: {Places([.. twice.Select(r => r.Where)])}. "
                + "If they are parts of one figure, add them up (--total); if they are different figures, keep one kind (--where column=value); if periods are shorter than that, say so (--every).");
        var (first, last) = (groups[0].Key, groups[^1].Key);
        if ((long)last - first + 1 > MostPeriods) throw new RefusedException($"From {rows.Min(r => r.Read.Day):yyyy-MM-dd} to {rows.Max(r => r.Read.Day):yyyy-MM-dd} are more than {Say.Number(MostPeriods)} periods. Is one of the dates wrong, or are periods longer (--every)?");
        var byPeriod = groups.ToDictionary(g => g.Key, g => Sum([.. g.Select(r => AmountOf(r.Figure, r.Where, sized))], sized));
        return new(every, [.. Enumerable.Range(first, last - first + 1).Select(n => new SpcPeriod(Periods.Key(every, Periods.First(every, n)), Periods.First(every, n), byPeriod.GetValueOrDefault(n)))])
        {
            Partial = question.Total && rows.TrueForAll(r => r.Read.Names == PeriodLength.Day) ? [.. PartialEnds(every, first, last, rows.Min(r => r.Read.Day), rows.Max(r => r.Read.Day))] : [],
        };
    }

    private static IEnumerable<string> PartialEnds(PeriodLength every, int first, int last, DateOnly from, DateOnly to)
    {
        if (every is PeriodLength.Day or PeriodLength.WorkingDay) yield break;
        if (from > Periods.First(every, first)) yield return $"The figures of {Periods.Key(every, Periods.First(every, first))} begin on {from:yyyy-MM-dd}: that period may not be whole.";
        if (to < Periods.First(every, last + 1).AddDays(-1)) yield return $"The figures of {Periods.Key(every, Periods.First(every, last))} end on {to:yyyy-MM-dd}: that period may not be whole.";
    }

    /// <summary>Index of the point that a date falls to: the period that holds it, or the first event on or after it.</summary>
    public int? IndexOf(DateOnly day)
    {
        if (Every is not { } every) return Rows.Index().Where(r => r.Item.First >= day).Select(r => (int?)r.Index).FirstOrDefault();
        var index = Periods.Number(every, day) - Periods.Number(every, Rows[0].First);
        return index >= 0 && index < Rows.Count ? index : null;
    }

    /// <exception cref="RefusedException">It is none.</exception>
    public static DateRead Date(string? text, string where, string? order)
    {
        var isMonthFirst = order?.ToLowerInvariant() switch
        {
            null or "" or "dmy" => false, "mdy" => true,
            _ => throw new RefusedException($"“{order}” is no order of dates. It is dmy (1/3/2015 is 1 March) or mdy (1/3/2015 is 3 January)."),
        };
        if (string.IsNullOrWhiteSpace(text)) throw new RefusedException($"{Capital(where)} has no date. {PeriodText.Examples}");
        if (PeriodText.Read(text, isMonthFirst) is { } read) return read;
        throw new RefusedException(PeriodText.WouldReadTurned(text, isMonthFirst)
            ? $"{Capital(where)}: “{text}” is no date in the order {(isMonthFirst ? "month, day, year" : "day, month, year")}. If the other comes first, say --date-order {(isMonthFirst ? "dmy" : "mdy")}."
            : $"{Capital(where)}: “{text}” is no date. {PeriodText.Examples}");
    }

    /// <exception cref="RefusedException">Every date reads both ways, and the way that was not asked for gives one date a month.</exception>
    private static void RefuseEitherWay(List<(string Text, DateRead Read)> dates)
    {
        static bool IsMonthly(IEnumerable<DateOnly> days) => days.Distinct().ToList() is var distinct && distinct.Select(d => (d.Year, d.Month)).Distinct().Count() == distinct.Count;
        if (dates.Count < 3 || dates.Exists(d => d.Read.Turned is null) || IsMonthly(dates.Select(d => d.Read.Day)) || !IsMonthly(dates.Select(d => d.Read.Turned!.Value))) return;
        throw new RefusedException($"Dates such as “{dates[1].Text}” can be read both ways, and with the month first there is one in each month. Say --date-order mdy if the month comes first, --date-order dmy if the day does (dateOrder in a request).");
    }

    private static PeriodLength? Length(string? name) => string.IsNullOrEmpty(name) ? null
        : Periods.Names.TryGetValue(name, out var length) ? length : throw new RefusedException($"“{name}” is no length of a period. It is one of {string.Join(", ", Periods.Names.Keys)}.");

    private static Amount? AmountOf(SpcFigure figure, string where, bool sized) => figure.Value is not { } value ? null
        : figure.Denominator is null ? sized ? null : new(value, 1)
        // Of nothing there is no share.
        : figure.Denominator == 0 && value == 0 ? null
        : figure.Denominator > 0 ? new(value, figure.Denominator.Value)
        : throw new RefusedException($"{Capital(where)}: {value:0.######} of {figure.Denominator:0.######} is no share and no rate. A denominator is more than 0.");

    // A sum with a part that nobody recorded would be too low, so it is a gap.
    private static Amount? Sum(List<Amount?> parts, bool sized) => parts.Contains(null) ? null
        : parts.Count == 1 ? parts[0] : new(parts.Sum(p => p!.Value.Count), sized ? parts.Sum(p => p!.Value.Size) : 1);

    private static string Places(List<string> places) => places.Count <= 5 ? string.Join(", ", places[..^1]) + " and " + places[^1] : string.Join(", ", places[..5]) + $" and {places.Count - 5} more";

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
