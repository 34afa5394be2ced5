namespace Concentric.Measure.Contacts;

public sealed partial class DuckContactStore
{
    public Task<IReadOnlyList<HalfHour>> Workload(WorkloadQuery query, CancellationToken stop = default) => Read<IReadOnlyList<HalfHour>>(reader =>
    {
        List<string> where = [$"council = {Text(query.Council)}", $"day >= {Text(ContactCalendar.Day(query.From))}", $"day <= {Text(ContactCalendar.Day(query.To))}"];
        if (query.OfCalls && query.Line is { } line) where.Add($"line = {Text(line)}");
        if (!query.OfCalls) where.AddRange([$"kind = {Text((int)ContactKind.Contact)}", $"initiator = {Text((int)ContactInitiator.Citizen)}", $"channel = {Text(query.Channel)}"]);
        // The clock of the council, a day wider than the days asked for.
        var zone = Dimensions.Councils.First(c => c.Code == query.Council).Zone;
        var local = ClockChanges.Local("occurred_at", zone, query.From.AddDays(-1), query.To.AddDays(1));
        using var rows = reader.Connection.Query(query.OfCalls
            ? $"""
                SELECT day, half_hour, count(*) AS n, count(talk_seconds), coalesce(sum(talk_seconds), 0), sum(CASE WHEN answered = 0 THEN 1 ELSE 0 END), coalesce(sum(wait_seconds), 0), count(wait_seconds)
                FROM phone_call WHERE {string.Join(" AND ", where)} GROUP BY day, half_hour ORDER BY day, half_hour
                """
            : $"""
                SELECT day, half_hour, count(*) AS n, count(seconds), coalesce(sum(seconds), 0), 0, 0, 0
                FROM (SELECT day, extract('hour' FROM {local}) * 2 + extract('minute' FROM {local}) // 30 AS half_hour, seconds FROM contact WHERE {string.Join(" AND ", where)}) c
                GROUP BY day, half_hour ORDER BY day, half_hour
                """, stop);
        var found = new List<HalfHour>();
        while (rows.NextChunk())
        {
            for (var i = 0; i < rows.Rows; i++)
            {
                var row = i;
                long At(int column) => rows.Column(column).Number(row);
                found.Add(new(ContactCalendar.DateOfDay((int)At(0)), (int)At(1), At(2), At(3), At(4), At(5), At(6), At(7)));
            }
        }
        return found;
    }, stop);
}
