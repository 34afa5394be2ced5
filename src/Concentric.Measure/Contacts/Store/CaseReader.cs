namespace Concentric.Measure.Contacts;

/// <summary>Something that happened in one case: a contact, or a step.</summary>
/// <param name="At">UTC.</param>
/// <param name="Activity">What was done; null of a contact.</param>
/// <param name="Team">Which team had it, where it is known.</param>
/// <param name="Channel">Code of the channel of a contact.</param>
/// <param name="Service">Code of the service.</param>
public sealed record CaseMoment(DateTimeOffset At, string? Activity, string? Team, int Channel, int Service)
{
    /// <summary>Of a contact: what it was, and whether the citizen had what they asked for, as codes.</summary>
    public int Demand { get; init; }

    public int Resolved { get; init; }
}

public sealed partial class DuckContactStore
{
    public Task<IReadOnlyList<CaseMoment>> Case(int council, ulong caseRef, CancellationToken stop = default) => Read<IReadOnlyList<CaseMoment>>(reader =>
    {
        // At the same moment the contact, without which there would be no case, comes first.
        using var rows = reader.Connection.Query("""
            SELECT epoch_us(occurred_at) AS moment, 0 AS is_step, contact_id AS id, 0 AS activity, 0 AS team, channel, service, demand, resolved FROM contact WHERE council = $1 AND (case_ref = $2 OR thread = $2) AND batch = 0
            UNION ALL SELECT epoch_us(occurred_at), 1, step_id, activity, actor, channel, service, 0, 0 FROM step WHERE council = $1 AND case_ref = $2 AND batch = 0
            ORDER BY moment, is_step, id
            """, stop, council, caseRef);
        // A fact may have brought a name since: what has none yet is read without it.
        var (found, names) = (new List<CaseMoment>(), Dimensions);
        static NameCode? Of(IReadOnlyList<NameCode> names, int code) => code < names.Count ? names[code] : null;
        while (rows.NextChunk())
        {
            for (var i = 0; i < rows.Rows; i++)
            {
                int Code(int column) => (int)rows.Column(column).Number(i);
                var at = new DateTimeOffset(DateTime.UnixEpoch.AddTicks(rows.Column(0).Number(i) * TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
                found.Add(new(at, Code(1) == 1 ? Of(names.Activities, Code(3))?.Label ?? "…" : null, Of(names.Actors, Code(4))?.Key is { Length: > 0 } team ? team : null, Code(5), Code(6)) { Demand = Code(7), Resolved = Code(8) });
            }
        }
        return found;
    }, stop);
}
