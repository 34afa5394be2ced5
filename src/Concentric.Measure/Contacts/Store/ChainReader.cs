namespace Concentric.Measure.Contacts;

/// <summary>A question about chains: a contact that repeats none within the window, and those that repeat it, each the one before.</summary>
/// <param name="Council">Code of the council.</param>
/// <param name="From">First day on which a chain may begin.</param>
/// <param name="Through">Last day on which it may begin: so long before the data end that it can be seen whether it is repeated.</param>
/// <param name="WindowDays">A gap of exactly so many days still counts.</param>
public sealed record ChainQuery(int Council, DateOnly From, DateOnly Through, int WindowDays)
{
    /// <summary>Whether it asks about citizens' contacts or about service requests.</summary>
    public ContactKind Kind { get; init; }

    /// <summary>Code of the service; null for all.</summary>
    public int? Service { get; init; }
}

/// <summary>Chains that citizens' contacts on one service began.</summary>
/// <param name="SettledAtOnce">Of them, those of one contact.</param>
/// <param name="Persons">Different persons who began them.</param>
public sealed record ChainCount(int Service, long Chains, long SettledAtOnce, long Persons);

public sealed partial class DuckContactStore
{
    /// <remarks>A chain is settled at once where the person's next contact on the service comes later than the window, or never. That next contact is looked for after the period too.</remarks>
    public Task<IReadOnlyList<ChainCount>> Chains(ChainQuery query, CancellationToken stop = default) => Analyse<IReadOnlyList<ChainCount>>(reader =>
    {
        var window = 86_400L * query.WindowDays;
        var service = query.Service is { } one ? "AND service = ?" : "";
        List<object?> given = [query.Council, (int)ContactCalendar.Day(query.From)];
        if (query.Service is { } code) given.Add(code);
        given.AddRange([window, (int)ContactCalendar.Day(query.Through), window]);
        // The gaps of the window function are those that the store keeps: the same kind, person and service, by time and then id.
        using var rows = reader.Connection.Query($"""
            SELECT service, count(*) AS chains, count(CASE WHEN next_gap IS NULL OR next_gap > ? THEN 1 END) AS settled, count(DISTINCT person) AS persons
            FROM (SELECT service, person, day, initiator, prev_gap, lead(prev_gap) OVER (PARTITION BY person, service ORDER BY occurred_at, contact_id) AS next_gap
                FROM contact WHERE council = ? AND kind = {Text((int)query.Kind)} AND person <> 0 AND day >= ? {service}) g
            WHERE initiator = 0 AND prev_gap > ? AND day <= ? GROUP BY service ORDER BY service
            """, stop, [given[^1], .. given[..^1]]);
        var found = new List<ChainCount>();
        while (rows.NextChunk())
        {
            for (var i = 0; i < rows.Rows; i++) found.Add(new((int)rows.Column(0).Number(i), rows.Column(1).Number(i), rows.Column(2).Number(i), rows.Column(3).Number(i)));
        }
        return found;
    }, stop);
}
