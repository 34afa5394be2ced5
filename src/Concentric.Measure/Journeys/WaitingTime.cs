namespace Concentric.Measure.Journeys;

/// <summary>What part of the time somebody worked on cases, and what part nobody did.</summary>
/// <param name="Touch">Seconds in which an event was under way, of all cases together; what overlaps is counted once.</param>
/// <param name="Waiting">Seconds of cases in which none was.</param>
/// <param name="Known">Events of which it is known when they were begun.</param>
/// <param name="Events">All events of those cases.</param>
public sealed record WaitingTime(double Touch, double Waiting, long Known, long Events)
{
    /// <summary>Null where it is known of no event when it was begun: then touch time is not known, and all of the time is called neither.</summary>
    public static WaitingTime? Of(EventLog log)
    {
        if (log.Columns.Began is not { } began) return null;
        var (touch, whole, known) = (0.0, 0.0, 0L);
        var spans = new List<(long From, long To)>();
        for (var c = 0; c < log.Cases; c++)
        {
            var (from, to) = log.Of(c);
            spans.Clear();
            for (var i = from; i < to; i++)
            {
                if (began[i] != EventLog.NotKnown && began[i] <= log.Columns.At[i]) spans.Add((began[i], log.Columns.At[i]));
            }
            known += spans.Count;
            whole += CaseTimes.Seconds(log, c);
            touch += Covered(spans);
        }
        return new(touch, whole - touch, known, log.Events);
    }

    private static double Covered(List<(long From, long To)> spans)
    {
        spans.Sort();
        var (covered, until) = (0L, long.MinValue);
        foreach (var (from, to) in spans)
        {
            if (to <= until) continue;
            covered += to - Math.Max(from, until);
            until = to;
        }
        return covered / EventLog.Second;
    }
}
