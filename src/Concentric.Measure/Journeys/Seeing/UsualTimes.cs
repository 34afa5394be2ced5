using Concentric.Core;

namespace Concentric.Measure.Journeys.Seeing;

/// <summary>How long it usually takes from one step to another, as it may be shown.</summary>
/// <param name="Time">Null of a part of all cases: its mean and its spread, taken from those of all, would tell of the few others.</param>
/// <param name="Far">Cases in which it was far from that; null where these, or the others, are few or none: between none and few lies the one that is farthest.</param>
public sealed record UsualTime(string From, string To, ShownCount Cases, TimeBetween? Time, ShownCount? Far);

/// <summary>What times between steps are usual, and how many cases have one that is far from it.</summary>
/// <param name="Deviations">From how many standard deviations on a time is far.</param>
/// <param name="Cases">Cases in which every time is usual, and those with one that is far; null where either are few or none.</param>
/// <param name="IsTooMany">There are too many kinds of steps to work it out.</param>
/// <param name="Pairs">Those with the most such cases first.</param>
/// <param name="Hidden">Pairs that are not shown.</param>
public sealed record UsualTimes(int Deviations, (ShownCount Usual, ShownCount Far)? Cases, bool IsTooMany, IReadOnlyList<UsualTime> Pairs, int Hidden)
{
    /// <param name="map">What the map shows of the same cases.</param>
    internal static UsualTimes Of(AskedJourneys asked, ShownMap map, int deviations, CancellationToken stop)
    {
        var log = asked.Log;
        if (TemporalProfile.Of(log, stop) is not { } profile) return new(deviations, null, true, [], 0);
        var (far, of) = profile.Unusual(log, deviations, stop);
        ShownCount? Far(int far, int all) => far >= asked.Least && all - far >= asked.Least ? asked.Count(far) : null;
        UsualTime Shown(TimeBetween p) => new(log.Activities[p.From], log.Activities[p.To], asked.Count(p.Cases), asked.IsPart ? null : p, Far(of.GetValueOrDefault((p.From, p.To)), p.Cases));
        // A pair that few cases have, or all but few, would tell of those; so would one whose step or direct way the map hides.
        var steps = map.Activities.Where(a => a.Cases is not null).Select(a => a.Name).ToHashSet(StringComparer.Ordinal);
        var ways = map.Paths.Select(p => (p.From, p.To)).ToHashSet();
        var hidden = DirectlyFollows.Of(log).Edges.Where(e => !ways.Contains((log.Activities[e.From], log.Activities[e.To]))).Select(e => (e.From, e.To)).ToHashSet();
        bool MayShow(TimeBetween p) => JourneysView.Part(asked, p.Cases) is not null && steps.Contains(log.Activities[p.From]) && steps.Contains(log.Activities[p.To]) && !hidden.Contains((p.From, p.To));
        List<UsualTime> pairs = [.. profile.Pairs.Where(MayShow).Select(Shown)];
        return new(deviations, Far(far, log.Cases) is { } cases ? (asked.Count(log.Cases - far), cases) : null, false, [.. pairs.OrderByDescending(p => p.Far?.Estimate ?? 0).ThenByDescending(p => p.Cases.Estimate).ThenBy(p => p.From, StringComparer.Ordinal).ThenBy(p => p.To, StringComparer.Ordinal)], profile.Pairs.Count - pairs.Count);
    }
}
