using Concentric.Measure.Journeys.Reading;

namespace Concentric.Measure.Journeys;

/// <summary>What <c>concentric journeys --json</c> prints. Times are in seconds. All counts are exact.</summary>
/// <param name="Events">Events as they count: one that began and ended is one.</param>
public sealed record JourneysReport(int Cases, int Events, IReadOnlyList<string> Remarks)
{
    public sealed record Path(IReadOnlyList<string> Activities, int Count, double Share, TimeSummary Seconds);

    /// <param name="Seconds">From the one to the other.</param>
    public sealed record Step(string From, string To, long Count, int Cases, TimeSummary Seconds);

    public sealed record Again(string Activity, int Cases, long Repeats, long SelfLoops);

    public sealed record AllAgain(int Cases, long Repeats, long SelfLoops, IReadOnlyList<Again> Activities);

    public sealed record Hand(string From, string To, long Count, int Cases);

    /// <param name="Same">Pairs of events that the same one did.</param>
    public sealed record Hands(long Total, long Same, long NotKnown, int Cases, IReadOnlyList<Hand> Pairs);

    public sealed record ObjectStep(string From, string To, long Events, int Objects, long Total);

    public required IReadOnlyList<Path> Variants { get; init; }
    public required IReadOnlyList<Step> Dfg { get; init; }

    /// <summary>Cases that began with an activity; likewise <see cref="End"/>.</summary>
    public required IReadOnlyDictionary<string, int> Start { get; init; }

    public required IReadOnlyDictionary<string, int> End { get; init; }

    /// <summary>From the first to the last event of a case.</summary>
    public required TimeSummary? Durations { get; init; }

    /// <summary>Mean time from the beginning of a case to that of the next; null of fewer than two.</summary>
    public required double? BetweenArrivals { get; init; }

    public required AllAgain Rework { get; init; }

    /// <summary>Between resources; null where the log names none. Likewise teams.</summary>
    public required Hands? Handovers { get; init; }

    public required Hands? TeamHandovers { get; init; }
    public required Hands? PingPong { get; init; }

    /// <summary>Null where it is not known when events were begun: then touch time is not known.</summary>
    public required WaitingTime? Waiting { get; init; }

    /// <summary>Of a log of many objects, what follows what counted by events, objects and both.</summary>
    public required IReadOnlyList<ObjectStep>? Objects { get; init; }

    public static JourneysReport Of(ReadLog read)
    {
        var log = read.Log;
        var (graph, rework) = (DirectlyFollows.Of(log), Journeys.Rework.Of(log));
        string Activity(int number) => log.Activities[number];
        return new(log.Cases, log.Events, read.Remarks)
        {
            Variants = [.. Journeys.Variants.Of(log).Select(v => new Path([.. v.Path.Select(Activity)], v.Count, (double)v.Count / log.Cases, v.Seconds))],
            Dfg = [.. graph.Edges.Select(e => new Step(Activity(e.From), Activity(e.To), e.Count, e.Cases, e.Seconds))],
            Start = Counted(graph, a => a.Starts, Activity),
            End = Counted(graph, a => a.Ends, Activity),
            Durations = CaseTimes.Of(log),
            BetweenArrivals = CaseTimes.BetweenArrivals(log),
            Rework = new(rework.Cases, rework.Repeats, rework.SelfLoops, [.. rework.Activities.Select(a => new Again(Activity(a.Activity), a.Cases, a.Repeats, a.SelfLoops))]),
            Handovers = Said(Journeys.Handovers.Of(log, HandoverBetween.Resources), log.Resources),
            TeamHandovers = Said(Journeys.Handovers.Of(log, HandoverBetween.Teams), log.Teams),
            PingPong = Journeys.PingPong.Of(log) is { } back ? new(back.Total, 0, 0, back.Cases, Said(back.Pairs, log.Teams)) : null,
            Waiting = WaitingTime.Of(log),
            Objects = ObjectEdges.Of(log) is { } edges ? [.. edges.Select(e => new ObjectStep(Activity(e.From), Activity(e.To), e.Events, e.Objects, e.Total))] : null,
        };
    }

    private static Dictionary<string, int> Counted(DirectlyFollows graph, Func<ActivityCount, int> of, Func<int, string> name) =>
        graph.Activities.Where(a => of(a) > 0).OrderByDescending(of).ThenBy(a => name(a.Activity), StringComparer.Ordinal).ToDictionary(a => name(a.Activity), of);

    private static Hands? Said(Handovers? found, IReadOnlyList<string> names) => found is null ? null : new(found.Total, found.Same, found.NotKnown, found.Cases, Said(found.Pairs, names));

    private static IReadOnlyList<Hand> Said(IReadOnlyList<Handover> pairs, IReadOnlyList<string> names) => [.. pairs.Select(p => new Hand(names[p.From], names[p.To], p.Count, p.Cases))];
}
