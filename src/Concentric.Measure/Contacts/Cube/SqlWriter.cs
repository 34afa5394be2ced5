using System.Globalization;

namespace Concentric.Measure.Contacts;

/// <summary>What differs between engines. All else is SQL that DuckDB, ClickHouse and PostgreSQL read alike.</summary>
/// <param name="Contact">The table of contacts; on a cluster, the one that stands for all shards.</param>
/// <param name="Area">The table of areas.</param>
/// <param name="Real">A literal 1 as a binary floating point number.</param>
internal sealed record SqlDialect(string Contact, string Area, string Real)
{
    public static SqlDialect DuckDb { get; } = new("contact", "area", "1e0");
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

    public string Sql => $"SELECT {List(Keys, Parts)} FROM ({(CountsPersons ? TwoSteps : OneStep)}) x{OrderBy}{Limit}";

    /// <summary>Columns after the dimensions.</summary>
    public int PartCount => _parts.Count + (CountsPersons ? 1 : 0);

    private bool CountsPersons => _query.Measures.Contains(Measure.Persons);

    private IEnumerable<string> Keys => _query.By.Select((_, i) => $"k{i}");

    private IEnumerable<string> Parts => _parts.Select((_, i) => $"m{i}").Concat(CountsPersons ? ["persons"] : []);

    private string OneStep => $"SELECT {List(KeyColumns, _parts.Select((p, i) => $"{p} AS m{i}"))} {From}{Where}{GroupBy(Keys)}";

    private string TwoSteps =>
        $"SELECT {List(Keys, _parts.Select((p, i) => $"{Again(p)}(a{i}) AS m{i}"))}{(_query.By.Count + _parts.Count > 0 ? ", " : "")}count(CASE WHEN p <> 0 THEN 1 END) AS persons " +
        $"FROM (SELECT {List(KeyColumns, ["person AS p"], _parts.Select((p, i) => $"{p} AS a{i}"))} {From}{Where}{GroupBy([.. Keys, "p"])}) y{GroupBy(Keys)}";

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

    /// <summary>The query's measure of that index from the columns of a row after the dimensions; null where the group has none.</summary>
    public double? Value(int index, ReadOnlySpan<long?> parts)
    {
        var own = _places[index];
        return _query.Measures[index] switch
        {
            Measure.Persons => parts[_parts.Count] ?? 0,
            Measure.MeanSeconds or Measure.MeanSatisfaction => parts[own[1]] is { } n and > 0 ? (double)parts[own[0]]!.Value / n : null,
            Measure.CostPence => parts[own[1]] is > 0 ? parts[own[0]] : null,
            Measure.CostLeast or Measure.CostMost or Measure.SecondsLeast or Measure.SecondsMost or Measure.SatisfactionLeast or Measure.SatisfactionMost => parts[own[0]],
            _ => parts[own[0]] ?? 0,
        };
    }

    private static IReadOnlyList<string> PartsOf(Measure measure) => measure switch
    {
        Measure.Contacts => ["count(*)"],
        Measure.Persons => [],
        Measure.ContactsOfKnownPersons => [CountWhere(KnownPerson)],
        Measure.CostPence => ["sum(cost_pence)", "count(cost_pence)"],
        Measure.CostCount => ["count(cost_pence)"],
        Measure.SecondsCount => ["count(seconds)"],
        Measure.MeanSeconds => ["sum(seconds)", "count(seconds)"],
        Measure.CodedContacts => [CountWhere("demand IN (1, 2)")],
        Measure.FailureContacts => [CountWhere("demand = 2")],
        Measure.ResolvedContacts => [CountWhere("resolved = 1")],
        Measure.ResolutionKnownContacts => [CountWhere("resolved IN (1, 2)")],
        Measure.Repeats7Days => [CountWhere("prev_gap <= 604800")],
        Measure.Repeats28Days => [CountWhere("prev_gap <= 2419200")],
        Measure.SatisfactionCount => ["count(satisfaction)"],
        Measure.MeanSatisfaction => ["sum(satisfaction)", "count(satisfaction)"],
        Measure.CostLeast => ["min(cost_pence)"],
        Measure.CostMost => ["max(cost_pence)"],
        Measure.SecondsLeast => ["min(seconds)"],
        Measure.SecondsMost => ["max(seconds)"],
        Measure.SatisfactionLeast => ["min(satisfaction)"],
        Measure.SatisfactionMost => ["max(satisfaction)"],
        _ => throw new ArgumentOutOfRangeException(nameof(measure)),
    };

    private static string CountWhere(string condition) => $"count(CASE WHEN {condition} THEN 1 END)";

    private string[] Terms(Measure measure, string direction)
    {
        if (measure == Measure.Persons) return ["persons" + direction];
        var own = PartsOf(measure).Select(p => $"m{Place(p)}").ToArray();
        // What has no value comes last in either direction, on every engine.
        if (own.Length == 1 && MayBeNone(measure)) return [$"CASE WHEN {own[0]} IS NULL THEN 1 ELSE 0 END", own[0] + direction];
        return own.Length == 1
            ? [own[0] + direction]
            : [$"CASE WHEN {own[1]} > 0 THEN 0 ELSE 1 END", measure == Measure.CostPence
                ? own[0] + direction
                : $"CASE WHEN {own[1]} > 0 THEN {own[0]} * {_dialect.Real} / {own[1]} ELSE 0 END{direction}"];
    }

    /// <summary>How parts of persons are put together again.</summary>
    private static string Again(string part) => part.StartsWith("min(", StringComparison.Ordinal) ? "min" : part.StartsWith("max(", StringComparison.Ordinal) ? "max" : "sum";

    private static bool MayBeNone(Measure measure) => PartsOf(measure)[0][..3] is "min" or "max";

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
        _ => "c." + dimension.ToString().ToLowerInvariant(),
    };

    private static int ClampDay(DateOnly date) => Math.Clamp(date.DayNumber - new DateOnly(1970, 1, 1).DayNumber, 0, ushort.MaxValue);

    private static string GroupBy(IEnumerable<string> names) => string.Join(", ", names) is { Length: > 0 } list ? $" GROUP BY {list}" : "";

    private static string List(params IEnumerable<string>[] columns) => string.Join(", ", columns.SelectMany(c => c));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
