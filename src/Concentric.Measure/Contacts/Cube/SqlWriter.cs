using System.Globalization;

namespace Concentric.Measure.Contacts;

/// <summary>What differs between engines. All else is SQL that DuckDB, ClickHouse and PostgreSQL read alike.</summary>
/// <param name="Contact">The table of contacts; on a cluster, the one that stands for all shards.</param>
/// <param name="Area">The table of areas.</param>
/// <param name="Real">A literal 1 as a binary floating point number.</param>
/// <param name="Quantile">The least value of a column that half (place 1) or nine tenths (place 2) of the group's values do not exceed, exact.</param>
internal sealed record SqlDialect(string Contact, string Area, string Real, Func<string, int, string> Quantile)
{
    /// <remarks>Both quantiles are asked for at once and one taken, so that a query with both keeps one list of values a group and not two. Whole numbers, because 0.9 is none.</remarks>
    public static SqlDialect DuckDb { get; } = new("contact", "area", "1e0", (column, place) => $"quantile_disc({column}, [0.5, 0.9])[{place}]");
}

/// <summary>Writes a <see cref="CubeQuery"/> as SQL and says how its columns become measures.</summary>
/// <remarks>
/// Keeps to plain aggregates, CASE, GROUP BY names, IN, subqueries in FROM and one join. Sums and counts only: means are divided
/// here, so that every engine gives the same number. Different persons are counted in two steps (group by person, then count the
/// groups), which is exact and with dense codes faster than count(DISTINCT).
/// </remarks>
internal sealed class SqlWriter
{
    private const string KnownPerson = "person <> 0";

    private readonly CubeQuery _query;
    private readonly SqlDialect _dialect;

    /// <summary>Sums and counts by how they are written; their place is their column after the dimensions.</summary>
    private readonly List<string> _parts = [];

    /// <summary>For each measure the places of its parts.</summary>
    private readonly int[][] _places;

    private SqlWriter(CubeQuery query, SqlDialect dialect)
    {
        query.Check();
        (_query, _dialect) = (query, dialect);
        _places = [.. query.Measures.Select(m => PartsOf(m).Select(Place).ToArray())];
    }

    public static SqlWriter For(CubeQuery query, SqlDialect dialect) => new(query, dialect);

    public string Sql => $"SELECT {List(Keys, Parts)} FROM ({(!CountsPersons ? OneStep : HasQuantiles ? BothSteps : TwoSteps(_parts))}) x{OrderBy}{Limit}";

    /// <summary>Columns after the dimensions.</summary>
    public int PartCount => _parts.Count + (CountsPersons ? 1 : 0);

    private bool HasQuantiles => _query.Measures.Any(m => m is Measure.MedianSeconds or Measure.Percentile90Seconds);

    private bool CountsPersons => _query.Measures.Contains(Measure.Persons);

    private IEnumerable<string> Keys => _query.By.Select((_, i) => $"k{i}");

    private IEnumerable<string> Parts => _parts.Select((_, i) => $"m{i}").Concat(CountsPersons ? ["persons"] : []);

    private string OneStep => $"SELECT {List(KeyColumns, _parts.Select((p, i) => $"{p} AS m{i}"))} {From}{Where}{GroupBy(Keys)}";

    private string TwoSteps(IReadOnlyList<string> parts) =>
        $"SELECT {List(Keys, parts.Select((p, i) => $"{Again(p)}(a{i}) AS m{i}"), ["count(CASE WHEN p <> 0 THEN 1 END) AS persons"])} " +
        $"FROM (SELECT {List(KeyColumns, ["person AS p"], parts.Select((p, i) => $"{p} AS a{i}"))} {From}{Where}{GroupBy([.. Keys, "p"])}) y{GroupBy(Keys)}";

    // A quantile is not the sum of the persons' quantiles, so the persons are counted beside it.
    private string BothSteps =>
        $"SELECT {List(Keys.Select(k => $"s.{k} AS {k}"), Parts)} FROM ({OneStep}) s JOIN ({TwoSteps([])}) t ON {(_query.By.Count == 0 ? "1 = 1" : string.Join(" AND ", Keys.Select(k => $"s.{k} = t.{k}")))}";

    private IEnumerable<string> KeyColumns => _query.By.Select((d, i) => $"{Column(d)} AS k{i}");

    private string From =>
        NeedsArea ? $"FROM {_dialect.Contact} c JOIN {_dialect.Area} a ON c.area = a.code" : $"FROM {_dialect.Contact} c";

    private bool NeedsArea => _query.By.Concat(_query.Where.Select(w => w.Dimension)).Any(d => d is Dimension.Ward or Dimension.Decile);

    private string Where
    {
        get
        {
            var all = new List<string> { $"c.council = {Text(_query.Council)}" };
            if (_query.Days is { } days) all.Add($"c.day >= {Text(ClampDay(days.From))} AND c.day <= {Text(ClampDay(days.To))}");
            all.AddRange(_query.Where.Select(w => w.Codes.Count == 1
                ? $"{Column(w.Dimension)} = {Text(w.Codes[0])}"
                : $"{Column(w.Dimension)} IN ({string.Join(", ", w.Codes.Select(Text))})"));
            return " WHERE " + string.Join(" AND ", all);
        }
    }

    private string OrderBy
    {
        get
        {
            if (_query.Order == Order.None) return "";
            var terms = _query.Order switch
            {
                { Measure: { } measure } order => Terms(measure, order.Descending ? " DESC" : ""),
                { Dimension: { } dimension } order => [$"k{_query.By.ToList().IndexOf(dimension)}{(order.Descending ? " DESC" : "")}"],
                _ => [],
            };
            var all = terms.Concat(Keys).ToList();
            return all.Count == 0 ? "" : " ORDER BY " + string.Join(", ", all);
        }
    }

    private string Limit => _query.Limit is { } limit ? $" LIMIT {Text(limit)}" : "";

    /// <summary>The query's measure of that index for some rows, from their columns after the dimensions; not a number where the group has none.</summary>
    public void Fill(int index, double[][] parts, Span<double> to)
    {
        var own = _places[index];
        switch (_query.Measures[index])
        {
            case Measure.Persons:
                parts[_parts.Count].AsSpan(0, to.Length).CopyTo(to);
                break;
            case Measure.MeanSeconds or Measure.MeanSatisfaction:
                for (var i = 0; i < to.Length; i++) to[i] = parts[own[1]][i] > 0 ? parts[own[0]][i] / parts[own[1]][i] : double.NaN;
                break;
            case Measure.SecondsDeviation or Measure.SatisfactionDeviation:
                for (var i = 0; i < to.Length; i++) to[i] = Deviation(parts[own[0]][i], parts[own[1]][i], parts[own[2]][i]);
                break;
            case Measure.MedianSeconds or Measure.Percentile90Seconds:
                for (var i = 0; i < to.Length; i++) to[i] = parts[own[1]][i] > 0 ? parts[own[0]][i] : double.NaN;
                break;
            case var measure when MayBeNone(measure):
                parts[own[0]].AsSpan(0, to.Length).CopyTo(to);
                break;
            default:
                for (var i = 0; i < to.Length; i++) to[i] = double.IsNaN(parts[own[0]][i]) ? 0 : parts[own[0]][i];
                break;
        }
    }

    private static double Deviation(double sum, double n, double squares) => n > 1 ? Math.Sqrt(Math.Max(0, (squares - sum * sum / n) / (n - 1))) : double.NaN;

    private IReadOnlyList<string> PartsOf(Measure measure) => measure switch
    {
        Measure.Contacts => ["count(*)"],
        Measure.Persons => [],
        Measure.ContactsOfKnownPersons => [CountWhere(KnownPerson)],
        Measure.CostPence => ["sum(cost_pence)"],
        Measure.CostCount => ["count(cost_pence)"],
        Measure.NoCostStated => [CountWhere("cost_pence IS NULL")],
        Measure.SecondsCount => ["count(seconds)"],
        Measure.MeanSeconds => ["sum(seconds)", "count(seconds)"],
        Measure.SecondsDeviation => ["sum(seconds)", "count(seconds)", "sum(CAST(seconds AS BIGINT) * seconds)"],
        Measure.MedianSeconds => [_dialect.Quantile("seconds", 1), "count(seconds)"],
        Measure.Percentile90Seconds => [_dialect.Quantile("seconds", 2), "count(seconds)"],
        Measure.CodedContacts => [CountWhere("demand IN (1, 2)")],
        Measure.FailureContacts => [CountWhere("demand = 2")],
        Measure.ResolvedContacts => [CountWhere("resolved = 1")],
        Measure.ResolutionKnownContacts => [CountWhere("resolved IN (1, 2)")],
        Measure.Repeats7Days => [CountWhere("prev_gap <= 604800")],
        Measure.Repeats14Days => [CountWhere("prev_gap <= 1209600")],
        Measure.Repeats28Days => [CountWhere("prev_gap <= 2419200")],
        Measure.SatisfactionCount => ["count(satisfaction)"],
        Measure.MeanSatisfaction => ["sum(satisfaction)", "count(satisfaction)"],
        Measure.SatisfactionDeviation => ["sum(satisfaction)", "count(satisfaction)", "sum(CAST(satisfaction AS BIGINT) * satisfaction)"],
        Measure.CostLeast => ["min(cost_pence)"],
        Measure.CostMost => ["max(cost_pence)"],
        Measure.SecondsLeast => ["min(seconds)"],
        Measure.SecondsMost => ["max(seconds)"],
        Measure.SatisfactionLeast => ["min(satisfaction)"],
        Measure.SatisfactionMost => ["max(satisfaction)"],
        _ => throw new ArgumentOutOfRangeException(nameof(measure)),
    };

    // A sum of ones takes DuckDB two thirds of the time of count(CASE WHEN … THEN 1 END), which has nulls to look at.
    private static string CountWhere(string condition) => $"sum(CASE WHEN {condition} THEN 1 ELSE 0 END)";

    private string[] Terms(Measure measure, string direction)
    {
        if (measure == Measure.Persons) return ["persons" + direction];
        var own = PartsOf(measure).Select(p => $"m{Place(p)}").ToArray();
        // What has no value comes last in either direction, on every engine.
        if (own.Length == 1 && MayBeNone(measure)) return [$"CASE WHEN {own[0]} IS NULL THEN 1 ELSE 0 END", own[0] + direction];
        return own.Length == 1
            ? [own[0] + direction]
            : [$"CASE WHEN {own[1]} > 0 THEN 0 ELSE 1 END", measure is Measure.MedianSeconds or Measure.Percentile90Seconds
                ? own[0] + direction
                : $"CASE WHEN {own[1]} > 0 THEN {own[0]} * {_dialect.Real} / {own[1]} ELSE 0 END{direction}"];
    }

    /// <summary>How parts of persons are put together again.</summary>
    private static string Again(string part) => part.StartsWith("min(", StringComparison.Ordinal) ? "min" : part.StartsWith("max(", StringComparison.Ordinal) ? "max" : "sum";

    /// <summary>Whether the one part of the measure is null where no contact states it.</summary>
    private static bool MayBeNone(Measure measure) => measure is Measure.CostPence or >= Measure.CostLeast and <= Measure.SatisfactionMost;

    private int Place(string part)
    {
        var place = _parts.IndexOf(part);
        if (place >= 0) return place;
        _parts.Add(part);
        return _parts.Count - 1;
    }

    internal static string Column(Dimension dimension) => dimension switch
    {
        Dimension.Ward => "a.ward",
        Dimension.Decile => "a.decile",
        Dimension.FailureCause => "c.failure_cause",
        Dimension.SecondsBin => "c.seconds_bin",
        Dimension.DemandType => "c.demand_type",
        Dimension.SystemCause => "c.system_cause",
        Dimension.CauseService => "c.cause_service",
        Dimension.CauseStep => "c.cause_step",
        _ => "c." + dimension.ToString().ToLowerInvariant(),
    };

    private static int ClampDay(DateOnly date) => Math.Clamp(date.DayNumber - new DateOnly(1970, 1, 1).DayNumber, 0, ushort.MaxValue);

    private static string GroupBy(IEnumerable<string> names) => string.Join(", ", names) is { Length: > 0 } list ? $" GROUP BY {list}" : "";

    private static string List(params IEnumerable<string>[] columns) => string.Join(", ", columns.SelectMany(c => c));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
