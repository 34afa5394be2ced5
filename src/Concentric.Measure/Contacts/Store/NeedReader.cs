using Concentric.Measure.Contacts.DuckDb;

namespace Concentric.Measure.Contacts;

public sealed partial class DuckContactStore
{
    public Task<IReadOnlyList<NeedCounts>> Needs(NeedQuery query, CancellationToken stop = default)
    {
        query.Check();
        return Read<IReadOnlyList<NeedCounts>>(reader =>
        {
            var found = new SortedDictionary<(int Group, int Period), NeedCounts>();
            Add("need", "", ["count(*)", "sum(CASE WHEN state <> 0 THEN 1 ELSE 0 END)", "sum(CASE WHEN state = 1 AND contacts = 1 THEN 1 ELSE 0 END)"],
                (n, rows, i) => n with { Begun = rows.Column(2).Number(i), Known = rows.Column(3).Number(i), MetAtOnce = rows.Column(4).Number(i) });
            Add("need", "met_", ["count(*)", "sum(contacts)", SqlDialect.DuckDb.Quantile("seconds", 1), SqlDialect.DuckDb.Quantile("seconds", 2), "avg(seconds)", "min(seconds)", "max(seconds)"],
                (n, rows, i) => n with
                {
                    Met = rows.Column(2).Number(i), ContactsOfMet = rows.Column(3).Number(i), MedianSeconds = rows.Column(4).Number(i), Percentile90Seconds = rows.Column(5).Number(i),
                    MeanSeconds = rows.Column(6).Real(i), LeastSeconds = rows.Column(7).Number(i), MostSeconds = rows.Column(8).Number(i),
                });
            Add("contact", "", ["count(*)", "sum(CASE WHEN person <> 0 OR chain <> 0 THEN 1 ELSE 0 END)"],
                (n, rows, i) => n with { Contacts = rows.Column(2).Number(i), Linked = rows.Column(3).Number(i) });
            return [.. found.Values];

            void Add(string table, string when, string[] columns, Func<NeedCounts, DuckResult, int, NeedCounts> with)
            {
                using var rows = reader.Connection.Query(Sql(query, table, when, columns), stop);
                while (rows.NextChunk())
                {
                    for (var i = 0; i < rows.Rows; i++)
                    {
                        var key = ((int)rows.Column(0).Number(i), (int)rows.Column(1).Number(i));
                        found[key] = with(found.GetValueOrDefault(key) ?? new(key.Item1, key.Item2), rows, i);
                    }
                }
            }
        }, stop);
    }

    /// <param name="when">Before the names of the calendar columns.</param>
    private static string Sql(NeedQuery query, string table, string when, string[] columns)
    {
        List<string> where =
        [
            $"c.council = {Text(query.Council)}", $"c.kind = {Text((int)query.Kind)}",
            $"c.{when}day >= {Text(ContactCalendar.Day(query.From))}", $"c.{when}day <= {Text(ContactCalendar.Day(query.To))}",
            .. query.Where.Select(w => $"{SqlWriter.Column(w.Dimension)} IN ({string.Join(", ", w.Codes.Select(Text))})"),
        ];
        if (table == "contact") where.Add($"c.initiator = {Text((int)ContactInitiator.Citizen)}");
        var area = query.By == Dimension.Ward || query.Where.Any(w => w.Dimension == Dimension.Ward) ? " JOIN area a ON c.area = a.code" : "";
        var (group, period) = (query.By is { } by ? SqlWriter.Column(by) : "0", query.Per switch { Dimension.Week => $"c.{when}week", Dimension.Month => $"c.{when}month", _ => "0" });
        // Without groups there is one row also where nothing matches: it is left out.
        return $"""
            SELECT k0, k1, {string.Join(", ", columns.Select((_, i) => $"m{i}"))}
            FROM (SELECT {group} AS k0, {period} AS k1, {string.Join(", ", columns.Select((c, i) => $"{c} AS m{i}"))} FROM {table} c{area} WHERE {string.Join(" AND ", where)} GROUP BY k0, k1) x
            WHERE m0 > 0
            """;
    }
}
