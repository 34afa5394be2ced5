using Concentric.Core.Facts;

namespace Concentric.Measure.Contacts;

/// <summary>A question about how one council's citizens said it was.</summary>
/// <param name="Council">Code of the council.</param>
public sealed record FeedbackQuery(int Council)
{
    /// <summary>Days on which they said it, or were asked and said nothing, both included; null for no bound.</summary>
    public DateOnly? From { get; init; }

    public DateOnly? To { get; init; }

    /// <summary>Code of the service; null for all.</summary>
    public int? Service { get; init; }

    /// <summary>With the weeks apart.</summary>
    public bool ByWeek { get; init; }
}

/// <summary>How many said one thing.</summary>
/// <param name="Week">Number of the week (<see cref="Variation.Week"/>); 0 unless asked for by week.</param>
/// <param name="Service">Code of the service.</param>
/// <param name="Channel">Code of the channel by which the contact came.</param>
/// <param name="Way">By which they were asked (<see cref="FeedbackWays"/>).</param>
/// <param name="Team">Code in <see cref="ContactDimensions.Actors"/>.</param>
public sealed record FeedbackCount(int Week, int Service, int Channel, int Way, int Team, FeedbackSaid Said, long Count);

public sealed partial class DuckContactStore
{
    public Task<IReadOnlyList<FeedbackCount>> Feedback(FeedbackQuery query, CancellationToken stop = default) => Read<IReadOnlyList<FeedbackCount>>(reader =>
    {
        List<string> where = [$"council = {Text(query.Council)}"];
        if (query.Service is { } service) where.Add($"service = {Text(service)}");
        if (query.From is { } from) where.Add($"day >= {Text(ContactCalendar.Day(from))}");
        if (query.To is { } to) where.Add($"day <= {Text(ContactCalendar.Day(to))}");
        // Of one contact the last answer counts, by whichever page, e-mail or adviser it came; that somebody was asked and said nothing stays beside it.
        using var rows = reader.Connection.Query($"""
            SELECT {(query.ByWeek ? "week" : "0::USMALLINT AS week")}, service, channel, way, team, said, count(*) AS n
            FROM (
                SELECT *, case_ref <> 0 AND said BETWEEN 1 AND 3
                    AND row_number() OVER (PARTITION BY case_ref, said BETWEEN 1 AND 3 ORDER BY occurred_at DESC, feedback_id DESC) > 1 AS is_again
                FROM feedback WHERE council = {Text(query.Council)}
            ) WHERE NOT is_again AND {string.Join(" AND ", where)} GROUP BY ALL ORDER BY ALL
            """, stop);
        var found = new List<FeedbackCount>();
        while (rows.NextChunk())
        {
            for (var i = 0; i < rows.Rows; i++)
            {
                int At(int column, int row) => (int)rows.Column(column).Number(row);
                found.Add(new(At(0, i), At(1, i), At(2, i), At(3, i), At(4, i), (FeedbackSaid)At(5, i), rows.Column(6).Number(i)));
            }
        }
        return found;
    }, stop);
}
