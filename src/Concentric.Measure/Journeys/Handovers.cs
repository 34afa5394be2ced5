namespace Concentric.Measure.Journeys;

/// <summary>Between whom work changed hands.</summary>
public enum HandoverBetween { Resources, Teams }

/// <summary>Work that went from one to another.</summary>
/// <param name="Cases">In how many cases.</param>
public sealed record Handover(int From, int To, long Count, int Cases);

/// <summary>How often work changed hands: two events that follow each other in a case and were done by different ones.</summary>
/// <remarks>pm4py divides by all pairs and counts those who hand over to themselves; here are the counts, and the same one going on is counted apart.</remarks>
/// <param name="Same">Pairs of events that the same one did: no hand-over.</param>
/// <param name="NotKnown">Pairs of which it is not known of one side or the other.</param>
/// <param name="Cases">Cases with any hand-over.</param>
/// <param name="Pairs">The most frequent first.</param>
public sealed record Handovers(long Total, long Same, long NotKnown, int Cases, IReadOnlyList<Handover> Pairs)
{
    /// <summary>Null where the log says of no event who did it.</summary>
    public static Handovers? Of(EventLog log, HandoverBetween between)
    {
        var (column, names) = between == HandoverBetween.Resources ? (log.Columns.Resource, log.Resources) : (log.Columns.Team, log.Teams);
        if (column is null) return null;
        var found = new Dictionary<(int, int), (long Count, int Cases, int Last)>();
        var (same, unknown, cases, total) = (0L, 0L, 0, 0L);
        for (var c = 0; c < log.Cases; c++)
        {
            var (from, to) = log.Of(c);
            var before = total;
            for (var i = from + 1; i < to; i++)
            {
                var (a, b) = (column[i - 1], column[i]);
                if (a == 0 || b == 0) unknown++;
                else if (a == b) same++;
                else
                {
                    total++;
                    var (count, inCases, last) = found.GetValueOrDefault((a, b), (0, 0, -1));
                    found[(a, b)] = (count + 1, last == c ? inCases : inCases + 1, c);
                }
            }
            if (total > before) cases++;
        }
        return new(total, same, unknown, cases, [.. found.Select(f => new Handover(f.Key.Item1, f.Key.Item2, f.Value.Count, f.Value.Cases))
            .OrderByDescending(h => h.Count).ThenBy(h => names[h.From], StringComparer.Ordinal).ThenBy(h => names[h.To], StringComparer.Ordinal)]);
    }
}

/// <summary>Work that went from one team to another and came straight back: A, B, A, however many events each had it for.</summary>
/// <param name="Total">How often.</param>
/// <param name="Cases">In how many cases.</param>
/// <param name="Pairs">From A to B and back, the most frequent first.</param>
public sealed record PingPong(long Total, int Cases, IReadOnlyList<Handover> Pairs)
{
    /// <summary>Null where the log says of no event which team did it.</summary>
    public static PingPong? Of(EventLog log)
    {
        if (log.Columns.Team is not { } team) return null;
        var found = new Dictionary<(int, int), (long Count, int Cases, int Last)>();
        var (total, cases) = (0L, 0);
        for (var c = 0; c < log.Cases; c++)
        {
            var (from, to) = log.Of(c);
            var (before, now, was) = (total, 0, 0);
            for (var i = from; i < to; i++)
            {
                // Where it is not known who had it, whether it came back is not known either.
                if (team[i] == 0) (now, was) = (0, 0);
                else if (team[i] != now)
                {
                    if (now != 0 && team[i] == was)
                    {
                        total++;
                        var (count, inCases, last) = found.GetValueOrDefault((was, now), (0, 0, -1));
                        found[(was, now)] = (count + 1, last == c ? inCases : inCases + 1, c);
                    }
                    (was, now) = (now, team[i]);
                }
            }
            if (total > before) cases++;
        }
        return new(total, cases, [.. found.Select(f => new Handover(f.Key.Item1, f.Key.Item2, f.Value.Count, f.Value.Cases))
            .OrderByDescending(h => h.Count).ThenBy(h => log.Teams[h.From], StringComparer.Ordinal).ThenBy(h => log.Teams[h.To], StringComparer.Ordinal)]);
    }
}
