using Concentric.Core;

namespace Concentric.Measure.Journeys.Seeing;

/// <summary>How long it usually takes from one step to another, as it may be shown.</summary>
/// <param name="Time">Null of a part of all cases: its mean and its spread, taken from those of all, would tell of the few others.</param>
/// <param name="Far">Cases in which it was far from that; null where it may not be shown.</param>
public sealed record UsualTime(string From, string To, ShownCount Cases, TimeBetween? Time, ShownCount? Far);

/// <summary>What times between steps are usual, and how many cases have one that is far from it.</summary>
/// <param name="Deviations">From how many standard deviations on a time is far.</param>
/// <param name="Cases">All cases, in those that have such a time and those that have none; null where there are too many kinds of steps.</param>
/// <param name="Pairs">Those with the most such cases first.</param>
/// <param name="Hidden">Pairs that are not shown.</param>
public sealed record UsualTimes(double Deviations, ShownSplit? Cases, IReadOnlyList<UsualTime> Pairs, int Hidden)
{
    /// <param name="map">What the map shows of the same cases.</param>
    internal static UsualTimes Of(AskedJourneys asked, ShownMap map, double deviations, CancellationToken stop)
    {
        var log = asked.Log;
        if (TemporalProfile.Of(log, stop) is not { } profile) return new(deviations, null, [], 0);
        var (far, of) = profile.Unusual(log, deviations, stop);
        var split = new ShownSplit("Times that are far from the usual", "", CheckView.Groups(asked, [("Every time is usual", log.Cases - far), ("A time or more is far from the usual", far)]));
        UsualTime Shown(TimeBetween p)
        {
            var outside = of.GetValueOrDefault((p.From, p.To));
            return new(log.Activities[p.From], log.Activities[p.To], asked.Count(p.Cases), asked.IsPart ? null : p, CheckView.Groups(asked, [("", p.Cases - outside), ("", outside)])[1].Cases);
        }
        // A pair that few cases have, or all but few, would tell of those; so would one whose step or direct way the map hides.
        var steps = map.Activities.Where(a => a.Cases is not null).Select(a => a.Name).ToHashSet(StringComparer.Ordinal);
        var ways = map.Paths.Select(p => (p.From, p.To)).ToHashSet();
        var hidden = DirectlyFollows.Of(log).Edges.Where(e => !ways.Contains((log.Activities[e.From], log.Activities[e.To]))).Select(e => (e.From, e.To)).ToHashSet();
        bool MayShow(TimeBetween p) => JourneysView.Part(asked, p.Cases) is not null && steps.Contains(log.Activities[p.From]) && steps.Contains(log.Activities[p.To]) && !hidden.Contains((p.From, p.To));
        List<UsualTime> pairs = [.. profile.Pairs.Where(MayShow).Select(Shown)];
        return new(deviations, split, [.. pairs.OrderByDescending(p => p.Far?.Estimate ?? 0).ThenByDescending(p => p.Cases.Estimate).ThenBy(p => p.From, StringComparer.Ordinal).ThenBy(p => p.To, StringComparer.Ordinal)], profile.Pairs.Count - pairs.Count);
    }
}
