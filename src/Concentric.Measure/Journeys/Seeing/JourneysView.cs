using Concentric.Core;
using Concentric.Measure.Journeys.Hiding;

namespace Concentric.Measure.Journeys.Seeing;

/// <summary>An activity of the map; a count that may not be shown is null.</summary>
public sealed record ShownActivity(string Name, ShownCount? Times, ShownCount? Cases);

/// <summary>A path of the map. From null: the start of cases; to null: their end.</summary>
/// <param name="Seconds">Null at start and end.</param>
public sealed record ShownPath(string? From, string? To, ShownCount Times, ShownCount Cases, TimeSummary? Seconds)
{
    /// <summary>About all the time that cases spent between the two, in seconds: as often as is shown, times the mean; of a part of all cases, times the median.</summary>
    public double Waiting { get; init; }
}

/// <summary>What follows what, as it may be shown.</summary>
/// <param name="HiddenPaths">Ways from one activity to another, and from the start and to the end, that are not shown.</param>
/// <param name="HidesCases">Whether the exact number of cases would tell what is hidden.</param>
public sealed record ShownMap(IReadOnlyList<ShownActivity> Activities, IReadOnlyList<ShownPath> Paths, int HiddenActivities, int HiddenPaths, bool HidesCases);

/// <summary>An order of steps, as it may be shown.</summary>
public sealed record ShownVariant(IReadOnlyList<string> Path, ShownCount Cases, TimeSummary Seconds);

/// <summary>A named row with how many cases it has.</summary>
/// <param name="Times">How often, where that is another count.</param>
public sealed record ShownRow(string Name, ShownCount Cases, ShownCount? Times = null, TimeSummary? Seconds = null);

/// <summary>What a page of journeys shows. Everything in it may be shown to whoever asked, but for sums of times, and for means of a part of the cases.</summary>
public sealed record JourneysView
{
    public required AskedJourneys Asked { get; init; }
    public required ShownCount Cases { get; init; }
    public required TimeSummary? Durations { get; init; }
    public required ShownMap Map { get; init; }
    public required IReadOnlyList<ShownVariant> Variants { get; init; }

    /// <summary>How many other orders there are, and cases in them.</summary>
    public required (int Orders, ShownCount Cases) OtherVariants { get; init; }

    /// <summary>Cases in which something was done more than once; null where it may not be shown.</summary>
    public required ShownCount? WithRework { get; init; }

    public required IReadOnlyList<ShownRow> Rework { get; init; }

    /// <summary>Null where it is not known which team did anything; likewise the others.</summary>
    public required IReadOnlyList<ShownRow>? Handovers { get; init; }

    public required IReadOnlyList<ShownRow>? PingPong { get; init; }

    /// <summary>Cases in which work changed hands between people or systems, and how often in a case by the counts as shown; null where they may not be shown.</summary>
    public required (ShownCount? Cases, double? PerCase)? Hands { get; init; }

    public required IReadOnlyList<ShownRow> Channels { get; init; }
    public required WaitingTime? Waiting { get; init; }

    /// <summary>Cases by where those live who began them, by kind of place; none where it is not known.</summary>
    public required IReadOnlyList<(JourneyPlace By, IReadOnlyList<ShownRow> Rows)> Places { get; init; }

    /// <summary>Cases of which it is not known where whoever began them lives; null where it may not be shown.</summary>
    public required ShownCount? Unplaced { get; init; }

    /// <summary>In whose hands cases were; null of an imported log.</summary>
    public required ShownHands? CaseHands { get; init; }

    public static JourneysView Of(AskedJourneys asked, CancellationToken stop = default)
    {
        var (log, least) = (asked.Log, asked.Least);
        var variants = Journeys.Variants.Of(log);
        var shown = SmallGroups.Shown([.. variants.Select(v => v.Count)], least);
        var rework = Journeys.Rework.Of(log);
        var hands = Journeys.Handovers.Of(log, HandoverBetween.Resources);
        var map = Mapped(asked, stop);
        List<(JourneyPlace By, IReadOnlyList<CaseGroup> Groups)> places = asked.Places is null ? [] : [.. Enum.GetValues<JourneyPlace>().Select(by => (by, CaseGroup.ByPlace(asked, by)))];
        return new()
        {
            Asked = asked,
            Cases = map.HidesCases ? ShownCount.Rounded(log.Cases) : asked.Whole,
            Durations = CaseTimes.Of(log),
            Map = map,
            Variants = [.. variants.Where((_, i) => shown[i]).Select(v => new ShownVariant([.. v.Path.Select(a => log.Activities[a])], asked.Count(v.Count), v.Seconds))],
            OtherVariants = (shown.Count(s => !s), asked.Count(variants.Where((_, i) => !shown[i]).Sum(v => v.Count))),
            WithRework = Part(asked, rework.Cases),
            Rework = [.. rework.Activities.Where(a => Part(asked, a.Cases) is not null).Select(a => new ShownRow(log.Activities[a.Activity], asked.Count(a.Cases), asked.Count(a.Repeats)))],
            Handovers = Pairs(asked, Journeys.Handovers.Of(log, HandoverBetween.Teams)?.Pairs, " to "),
            PingPong = Pairs(asked, Journeys.PingPong.Of(log)?.Pairs, " to ", " and back"),
            Hands = hands is null ? null : HandsShown(asked, hands),
            Channels = ByChannel(asked),
            Waiting = WaitingTime.Of(log),
            Places = [.. places.Select(p => (p.By, Rows(asked, p.Groups, code => asked.Places!.Label(p.By, code), inOrder: p.By == JourneyPlace.Decile)))],
            // Where a table hides it to protect another group, the sentence above it must not say it.
            Unplaced = asked.Places is null || places.Exists(p => p.Groups.Any(g => g.Code == 0 && !g.IsShown)) ? null : Part(asked, Enumerable.Range(0, log.Cases).Count(c => !JourneyPlaces.IsKnown(log, c))),
            CaseHands = ShownHands.Of(asked),
        };
    }

    /// <summary>A part of all cases: shown where neither it nor the rest is of too few.</summary>
    internal static ShownCount? Part(AskedJourneys asked, int cases)
    {
        var rest = asked.Log.Cases - cases;
        return (cases == 0 || cases >= asked.Least) && (rest == 0 || rest >= asked.Least) ? asked.Count(cases) : null;
    }

    /// <summary>An average tells its count: it is shown where both that it is made of are, and made of them as shown.</summary>
    private static (ShownCount? Cases, double? PerCase) HandsShown(AskedJourneys asked, Handovers hands)
    {
        var (cases, times) = (Part(asked, hands.Cases), asked.Count(hands.Total));
        return (cases, cases is null || times.IsHidden || asked.Whole.Value is null or 0 ? null : (double)times.Estimate / asked.Whole.Estimate);
    }

    private static ShownMap Mapped(AskedJourneys asked, CancellationToken stop)
    {
        var (log, graph) = (asked.Log, DirectlyFollows.Of(asked.Log));
        // An unrounded sum, or the mean of a part, taken from that of all would tell how long it took the few others.
        ShownPath Way(PathEdge e) => new(log.Activities[e.From], log.Activities[e.To], asked.Count(e.Count), asked.Count(e.Cases), e.Seconds) { Waiting = asked.Count(e.Count).Estimate * (asked.IsPart ? e.Seconds.Median : e.Seconds.Mean) };
        var hidden = PathHiding.Of(graph, log.Cases, asked.Least, stop: stop);
        var paths = graph.Edges.Where(e => !hidden.Hides(e)).Select(e => Way(e)).ToList();
        var starts = graph.Activities.Where(a => a.Starts > 0 && !hidden.HidesStart(a.Activity)).Select(a => new ShownPath(null, log.Activities[a.Activity], asked.Count(a.Starts), asked.Count(a.Starts), null));
        var ends = graph.Activities.Where(a => a.Ends > 0 && !hidden.HidesEnd(a.Activity)).Select(a => new ShownPath(log.Activities[a.Activity], null, asked.Count(a.Ends), asked.Count(a.Ends), null));
        List<ShownPath> all = [.. starts, .. paths, .. ends];
        // An activity of a path that is shown is named, even where its own count is not.
        var named = all.SelectMany(p => (string?[])[p.From, p.To]).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var activities = graph.Activities.Where(a => !hidden.HidesActivity(a.Activity) || named.Contains(log.Activities[a.Activity]))
            .OrderByDescending(a => a.Count).ThenBy(a => log.Activities[a.Activity], StringComparer.Ordinal)
            .Select(a => hidden.HidesActivity(a.Activity) ? new ShownActivity(log.Activities[a.Activity], null, null) : new(log.Activities[a.Activity], asked.Count(a.Count), asked.Count(a.Cases))).ToList();
        return new(activities, [.. all.OrderByDescending(p => p.Times.Estimate).ThenBy(p => p.From is null ? 0 : p.To is null ? 2 : 1)], graph.Activities.Count - activities.Count, graph.Edges.Count + graph.Activities.Count(a => a.Starts > 0) + graph.Activities.Count(a => a.Ends > 0) - all.Count, hidden.HidesCases);
    }

    private static IReadOnlyList<ShownRow>? Pairs(AskedJourneys asked, IReadOnlyList<Handover>? pairs, string to, string after = "") =>
        pairs is null ? null : [.. pairs.Where(p => p.Cases >= asked.Least).Select(p => new ShownRow($"{asked.Log.Teams[p.From]}{to}{asked.Log.Teams[p.To]}{after}", asked.Count(p.Cases), asked.Count(p.Count)))];

    private static IReadOnlyList<ShownRow> ByChannel(AskedJourneys asked) =>
        asked.Log.Columns.Channel is null ? [] : Rows(asked, CaseGroup.ByChannel(asked), channel => channel == 0 ? "Not known" : asked.Log.Channels[channel], inOrder: false);

    /// <summary>Groups of cases as they may be shown: the largest first, or in the order of their codes with what is not known last.</summary>
    private static IReadOnlyList<ShownRow> Rows(AskedJourneys asked, IReadOnlyList<CaseGroup> groups, Func<int, string> label, bool inOrder) =>
    [
        .. groups.Where(g => g.IsShown).OrderBy(g => inOrder ? g.Code == 0 ? int.MaxValue : g.Code : -g.Cases.Count)
            .Select(g => new ShownRow(label(g.Code), asked.Count(g.Cases.Count), null, TimeSummary.Of(g.Cases.Select(c => CaseTimes.Seconds(asked.Log, c)).ToArray()))),
    ];
}
