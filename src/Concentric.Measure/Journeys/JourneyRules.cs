using Concentric.Core;

namespace Concentric.Measure.Journeys;

/// <summary>How a case stands to a rule.</summary>
public enum RuleStanding
{
    /// <summary>What the rule is about did not happen in it.</summary>
    NotConcerned,
    Kept,
    Broken,

    /// <summary>Only of time limits: what was to follow has not been done, and the limit may be past or to come.</summary>
    NotDone,
}

/// <summary>Rules that a case keeps or breaks, whatever else happened in it.</summary>
public static class JourneyRules
{
    /// <summary>Each time that <paramref name="then"/> was done, <paramref name="first"/> had been done before.</summary>
    public static RuleStanding Precedes(ReadOnlySpan<int> path, int first, int then)
    {
        var at = path.IndexOf(then);
        if (at < 0) return RuleStanding.NotConcerned;
        // What comes before the first time comes before every other.
        return path[..at].Contains(first) ? RuleStanding.Kept : RuleStanding.Broken;
    }

    /// <summary>After <paramref name="first"/> was done for the first time, <paramref name="then"/> was done within so many working days.</summary>
    /// <param name="dayOf">The day of a moment, by the clock that the days are counted by.</param>
    public static RuleStanding Within(EventLog log, int inCase, int first, int then, int workingDays, WorkingCalendar calendar, Func<long, DateOnly> dayOf)
    {
        var path = log.Path(inCase);
        var from = path.IndexOf(first);
        if (from < 0) return RuleStanding.NotConcerned;
        var after = path[(from + 1)..].IndexOf(then);
        if (after < 0) return RuleStanding.NotDone;
        var start = log.Of(inCase).From;
        return dayOf(log.Columns.At[start + from + 1 + after]) <= calendar.Add(dayOf(log.Columns.At[start + from]), workingDays) ? RuleStanding.Kept : RuleStanding.Broken;
    }

    /// <summary>Two steps were done by two people: where somebody checks what another did.</summary>
    /// <returns>Not done: of one of the two it is not known who did it.</returns>
    public static RuleStanding FourEyes(EventLog log, int inCase, int one, int other)
    {
        if (log.Columns.Resource is not { } who) return RuleStanding.NotConcerned;
        var (from, to) = log.Of(inCase);
        var (first, second) = (new HashSet<int>(), new HashSet<int>());
        for (var i = from; i < to; i++)
        {
            if (log.Columns.Activity[i] == one) first.Add(who[i]);
            if (log.Columns.Activity[i] == other) second.Add(who[i]);
        }
        if (first.Count == 0 || second.Count == 0) return RuleStanding.NotConcerned;
        if (first.Contains(0) || second.Contains(0)) return RuleStanding.NotDone;
        return first.Overlaps(second) ? RuleStanding.Broken : RuleStanding.Kept;
    }
}
