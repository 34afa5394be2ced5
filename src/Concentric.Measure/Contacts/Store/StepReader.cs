
namespace Concentric.Measure.Contacts;

/// <summary>A question about the steps of one council's cases.</summary>
/// <param name="Council">Code of the council.</param>
public sealed record StepQuery(int Council)
{
    /// <summary>Code of the service; null for all.</summary>
    public int? Service { get; init; }

    /// <summary>Days on which the later of the two steps was done, both included; null for no bound.</summary>
    public DateOnly? From { get; init; }

    public DateOnly? To { get; init; }
}

/// <summary>That one activity followed another in the same case.</summary>
/// <param name="From">Code in <see cref="ContactDimensions.Activities"/>; 0 where <paramref name="To"/> began a case.</param>
/// <param name="Count">How often.</param>
/// <param name="MeanGap">Mean seconds between the two; null where a case began.</param>
public sealed record StepPair(int From, int To, long Count, double? MeanGap);

public sealed partial class DuckContactStore
{
    public Task<IReadOnlyList<StepPair>> Steps(StepQuery query, CancellationToken stop = default) => Read<IReadOnlyList<StepPair>>(reader =>
    {
        List<string> where = [$"council = {Text(query.Council)}"];
        if (query.Service is { } service) where.Add($"service = {Text(service)}");
        if (query.From is { } from) where.Add($"day >= {Text(ContactCalendar.Day(from))}");
        if (query.To is { } to) where.Add($"day <= {Text(ContactCalendar.Day(to))}");
        using var rows = reader.Connection.Query($"""
            SELECT prev_activity, activity, count(*) AS n, avg(gap) AS mean_gap
            FROM step WHERE {string.Join(" AND ", where)} GROUP BY prev_activity, activity ORDER BY prev_activity, activity
            """, stop);
        var found = new List<StepPair>();
        while (rows.NextChunk())
        {
            for (var i = 0; i < rows.Rows; i++)
            {
                // Where a case begins there is no gap, and what stands for none is no time.
                var before = (int)rows.Column(0).Number(i);
                found.Add(new(before, (int)rows.Column(1).Number(i), rows.Column(2).Number(i), before == 0 ? null : rows.Column(3).Real(i)));
            }
        }
        return found;
    }, stop);
}
