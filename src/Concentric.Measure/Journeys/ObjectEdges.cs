namespace Concentric.Measure.Journeys;

/// <summary>How often one activity came after another in a log of many objects, counted three ways, because one event may belong to several objects.</summary>
/// <param name="Events">Pairs of events: each pair once, however many objects went through it.</param>
/// <param name="Objects">Objects that went through it: each once, however often it did.</param>
/// <param name="Total">Every time that an object went through it, as the flat log counts.</param>
public sealed record ObjectEdge(int From, int To, long Events, int Objects, long Total);

/// <summary>The directly-follows graph of one type of object.</summary>
/// <remarks>W. van der Aalst and A. Berti, Discovering object-centric Petri nets (2020): counts on a flat log alone are misleading, where events are shared.</remarks>
public static class ObjectEdges
{
    /// <summary>Null where the log does not say which of its events are the same one.</summary>
    public static IReadOnlyList<ObjectEdge>? Of(EventLog log)
    {
        if (log.Columns.Origin is not { } origin) return null;
        var found = new Dictionary<(int, int), (HashSet<(int, int)> Events, int Objects, int Last, long Total)>();
        for (var c = 0; c < log.Cases; c++)
        {
            var (from, to) = log.Of(c);
            for (var i = from + 1; i < to; i++)
            {
                var key = (log.Columns.Activity[i - 1], log.Columns.Activity[i]);
                var (events, objects, last, total) = found.TryGetValue(key, out var known) ? known : ([], 0, -1, 0);
                events.Add((origin[i - 1], origin[i]));
                found[key] = (events, last == c ? objects : objects + 1, c, total + 1);
            }
        }
        return [.. found.Select(f => new ObjectEdge(f.Key.Item1, f.Key.Item2, f.Value.Events.Count, f.Value.Objects, f.Value.Total))
            .OrderByDescending(e => e.Total).ThenBy(e => log.Activities[e.From], StringComparer.Ordinal).ThenBy(e => log.Activities[e.To], StringComparer.Ordinal)];
    }
}
