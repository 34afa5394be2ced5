using System.Globalization;

namespace Concentric.Measure.Contacts;

/// <summary>By what amounts are parted in time.</summary>
public enum CountedGrain { All = 0, Day = 1, Week = 2, Month = 3, Year = 4 }

/// <summary>A question about what was counted elsewhere, of one council.</summary>
/// <param name="Council">Code of the council.</param>
public sealed record CountedQuery(int Council)
{
    public CountedGrain Grain { get; init; }

    /// <summary>By which dimensions the amounts are parted, beside time and name: <see cref="Dimension.Service"/>, <see cref="Dimension.Channel"/>, <see cref="Dimension.Area"/>, <see cref="Dimension.Source"/>.</summary>
    public IReadOnlyList<Dimension> By { get; init; } = [];

    /// <summary>First day; amounts whose period begins before it are left out.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last day, included; amounts whose period ends after it are left out.</summary>
    public DateOnly? To { get; init; }

    /// <summary>Codes to keep; empty keeps all. Likewise those that follow.</summary>
    public IReadOnlyList<int> Names { get; init; } = [];

    public IReadOnlyList<int> Services { get; init; } = [];
    public IReadOnlyList<int> Channels { get; init; } = [];
    public IReadOnlyList<int> Areas { get; init; } = [];
}

/// <param name="LeftOut">Rows of the period asked that stand for a longer time than the grain, or reach over its edge: they are never divided.</param>
public sealed record CountedResult(IReadOnlyList<CountedRow> Rows, long LeftOut);

/// <summary>An amount of one name in one period. Dimensions that were not asked for are null.</summary>
/// <param name="Period">First day of the day, week, month or year; null where time was not asked for.</param>
/// <param name="Name">Code in <see cref="ContactDimensions.CountedNames"/>. Amounts of two names are never added.</param>
/// <param name="Mean">The stated means, weighted by the amounts; null where none was stated.</param>
/// <param name="Stated">How many rows of files it was added up from.</param>
public sealed record CountedRow(DateOnly? Period, int Name, int? Service, int? Channel, int? Area, int? Source, long Amount, double? Mean, long Stated);

public sealed partial class DuckContactStore
{
    /// <exception cref="ArgumentException">It is to be parted by something that counts do not have.</exception>
    public Task<CountedResult> Counted(CountedQuery query, CancellationToken stop = default)
    {
        string[] columns = [.. query.By.Select(d => d switch
        {
            Dimension.Service => "service",
            Dimension.Channel => "channel",
            Dimension.Area => "area",
            Dimension.Source => "source",
            _ => throw new ArgumentException($"What was counted elsewhere has no {d}.", nameof(query)),
        })];
        var start = PeriodOf(query.Grain, "from_day");
        var fits = query.Grain == CountedGrain.All ? "true" : $"{start} = {PeriodOf(query.Grain, "to_day")}";
        List<string> where = [$"council = {Text(query.Council)}"];
        if (query.From is { } from) where.Add($"to_day >= {Text(ContactCalendar.Day(from))}");
        if (query.To is { } to) where.Add($"from_day <= {Text(ContactCalendar.Day(to))}");
        foreach (var (column, codes) in new[] { ("name", query.Names), ("service", query.Services), ("channel", query.Channels), ("area", query.Areas) })
        {
            if (codes.Count > 0) where.Add($"{column} IN ({string.Join(", ", codes.Select(Text))})");
        }
        if (query.From is { } first) fits += $" AND from_day >= {Text(ContactCalendar.Day(first))}";
        if (query.To is { } last) fits += $" AND to_day <= {Text(ContactCalendar.Day(last))}";
        var source = $"FROM counted WHERE {string.Join(" AND ", where)}";
        var groups = string.Join(", ", ["period", "name", .. columns]);
        return Read(reader =>
        {
            var leftOut = reader.Connection.Number($"SELECT count(*) {source} AND NOT ({fits})");
            using var rows = reader.Connection.Query($"""
                SELECT {start} AS period, name, sum(amount) AS amount, sum(mean * amount) / nullif(sum(CASE WHEN mean IS NOT NULL THEN amount END), 0) AS mean, count(*) AS stated{string.Concat(columns.Select(c => $", {c}"))}
                {source} AND {fits} GROUP BY {groups} ORDER BY {groups}
                """, stop);
            var found = new List<CountedRow>();
            while (rows.NextChunk())
            {
                for (var i = 0; i < rows.Rows; i++)
                {
                    var row = i;
                    int? Code(string column) => Array.IndexOf(columns, column) is >= 0 and var at ? (int)rows.Column(5 + at).Number(row) : null;
                    found.Add(new(query.Grain == CountedGrain.All ? null : DateOnly.FromDayNumber(new DateOnly(1970, 1, 1).DayNumber + (int)rows.Column(0).Number(i)), (int)rows.Column(1).Number(i),
                        Code("service"), Code("channel"), Code("area"), Code("source"), rows.Column(2).Number(i), rows.Column(3).IsNull(i) ? null : rows.Column(3).Real(i), rows.Column(4).Number(i)));
                }
            }
            return new CountedResult(found, leftOut);
        }, stop);
    }

    /// <summary>The first day of the period that a day lies in, as days since 1970.</summary>
    private static string PeriodOf(CountedGrain grain, string day) => grain switch
    {
        CountedGrain.All => "0",
        CountedGrain.Day => $"CAST({day} AS INTEGER)",
        CountedGrain.Week => $"(({day} + 3) // 7) * 7 - 3",
        _ => $"datediff('day', DATE '1970-01-01', CAST(date_trunc('{(grain == CountedGrain.Month ? "month" : "year")}', DATE '1970-01-01' + CAST({day} AS INTEGER)) AS DATE))",
    };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(ushort number) => number.ToString(CultureInfo.InvariantCulture);
}
