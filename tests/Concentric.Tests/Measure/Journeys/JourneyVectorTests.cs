using System.Globalization;
using System.Text.Json;
using Concentric.Measure.Journeys;

namespace Concentric.Tests.Measure.Journeys;

/// <summary>What others worked out for the same logs: pm4py, and the rule for ties that is ours.</summary>
[Trait("Database", "none")]
public sealed class JourneyVectorTests
{
    private static JsonElement Running => Vectors.Read("process_running_example.json");
    private static JsonElement Ties => Vectors.Read("process_order_ties.json");

    [Fact]
    public void What_follows_what_and_after_how_long_is_as_pm4py_says()
    {
        var log = Log(Running);
        var graph = DirectlyFollows.Of(log);

        Assert.Equal((6, 42, 16), (log.Cases, log.Events, graph.Edges.Count));
        foreach (var expected in Running.GetProperty("dfg").EnumerateArray())
        {
            var edge = graph.Edges.Single(e => log.Activities[e.From] == Text(expected, "from") && log.Activities[e.To] == Text(expected, "to"));
            Assert.Equal(expected.GetProperty("count").GetInt64(), edge.Count);
            foreach (var (name, value) in ((string, double)[])[("mean", edge.Seconds.Mean), ("median", edge.Seconds.Median), ("max", edge.Seconds.Max), ("min", edge.Seconds.Min), ("sum", edge.Seconds.Sum)])
                Vectors.Near(expected.GetProperty(name).GetDouble(), value);
            if (expected.GetProperty("stdev").ValueKind == JsonValueKind.Null) Assert.Null(edge.Seconds.Deviation);
            else Vectors.Near(expected.GetProperty("stdev").GetDouble(), edge.Seconds.Deviation);
        }
        Assert.Equal(Counts(Running.GetProperty("start_activities")), graph.Activities.Where(a => a.Starts > 0).ToDictionary(a => log.Activities[a.Activity], a => (long)a.Starts));
        Assert.Equal(Counts(Running.GetProperty("end_activities")), graph.Activities.Where(a => a.Ends > 0).ToDictionary(a => log.Activities[a.Activity], a => (long)a.Ends));
    }

    [Fact]
    public void Orders_durations_and_rework_are_as_pm4py_says()
    {
        var log = Log(Running);

        Assert.Equal(Running.GetProperty("variants").EnumerateArray().ToDictionary(v => string.Join('|', v.GetProperty("path").EnumerateArray().Select(a => a.GetString())), v => v.GetProperty("count").GetInt64()), Orders(log));
        var stats = Running.GetProperty("duration_stats");
        var took = CaseTimes.Of(log)!;
        foreach (var (name, value) in ((string, double)[])[("mean", took.Mean), ("median", took.Median), ("p90_linear", took.P90), ("min", took.Min), ("max", took.Max)])
            Vectors.Near(stats.GetProperty(name).GetDouble(), value);
        Assert.Equal(Running.GetProperty("case_durations_seconds_sorted").Doubles(), Enumerable.Range(0, log.Cases).Select(c => CaseTimes.Seconds(log, c)).Order());
        Vectors.Near(Running.GetProperty("case_arrival_average_seconds").GetDouble(), CaseTimes.BetweenArrivals(log));
        var again = Rework.Of(log).Activities;
        Assert.Equal(Counts(Running.GetProperty("rework_cases_per_activity")), again.ToDictionary(a => log.Activities[a.Activity], a => (long)a.Cases));
        Assert.Equal(Counts(Running.GetProperty("minimum_self_distances")), again.ToDictionary(a => log.Activities[a.Activity], a => (long)a.LeastBetween));
    }

    /// <summary>Two activities that come after each other both ways may be done in any order; those that do so one way have an order.</summary>
    [Fact]
    public void The_graph_tells_what_has_an_order_from_what_has_none_as_pm4py_does()
    {
        var log = Log(Running);
        var pairs = DirectlyFollows.Of(log).Edges.Select(e => (From: log.Activities[e.From], To: log.Activities[e.To])).ToHashSet();
        var footprints = Running.GetProperty("footprints");
        HashSet<(string, string)> Pairs(string name) => [.. footprints.GetProperty(name).EnumerateArray().Select(p => (p[0].GetString()!, p[1].GetString()!))];

        Assert.Equal(Pairs("parallel").Order(), pairs.Where(p => pairs.Contains((p.To, p.From))).Order());
        Assert.Equal(Pairs("sequence").Order(), pairs.Where(p => !pairs.Contains((p.To, p.From))).Order());
        var ends = DirectlyFollows.Of(log).Activities;
        Assert.Equal(footprints.GetProperty("start").EnumerateArray().Select(a => a.GetString()), ends.Where(a => a.Starts > 0).Select(a => log.Activities[a.Activity]));
        Assert.Equal(footprints.GetProperty("end").EnumerateArray().Select(a => a.GetString()).Order(), ends.Where(a => a.Ends > 0).Select(a => log.Activities[a.Activity]).Order());
    }

    [Fact]
    public void Handovers_are_those_of_pm4py_as_counts_and_without_those_to_oneself()
    {
        var log = Log(Running);
        var found = Handovers.Of(log, HandoverBetween.Resources)!;

        var pairs = log.Events - log.Cases;
        var expected = Running.GetProperty("handover_of_work").EnumerateArray().ToList();
        foreach (var one in expected.Where(h => Text(h, "from") != Text(h, "to")))
            Vectors.Near(one.GetProperty("value").GetDouble(), (double)found.Pairs.Single(p => log.Resources[p.From] == Text(one, "from") && log.Resources[p.To] == Text(one, "to")).Count / pairs);
        Assert.Equal(expected.Count(h => Text(h, "from") != Text(h, "to")), found.Pairs.Count);
        Vectors.Near(expected.Where(h => Text(h, "from") == Text(h, "to")).Sum(h => h.GetProperty("value").GetDouble()), (double)found.Same / pairs);
        Assert.Equal(pairs, found.Total + found.Same + found.NotKnown);
        Assert.Null(Handovers.Of(log, HandoverBetween.Teams));
    }

    [Fact]
    public void What_happened_at_one_moment_stands_as_it_stood_in_the_file_and_the_rest_by_time()
    {
        var log = Log(Ties);

        Assert.Equal(Counts(Ties.GetProperty("expected_variants")), Orders(log));
        Assert.Equal(Counts(Ties.GetProperty("dfg_after_format")), DirectlyFollows.Of(log).Edges.ToDictionary(e => $"{log.Activities[e.From]}->{log.Activities[e.To]}", e => e.Count));
        // A public tool that takes its input as sorted says that a case began with "close" (its issues 500 and 546).
        Assert.DoesNotContain(DirectlyFollows.Of(log).Activities, a => a.Starts > 0 && log.Activities[a.Activity] == "close");
        foreach (var variant in Ties.GetProperty("expected_rework").EnumerateObject())
        {
            var path = Variants.Of(log).Single(v => string.Join('|', v.Path.Select(a => log.Activities[a])) == variant.Name).Path;
            var again = CaseRework.Of([.. path]);
            Assert.Equal((variant.Value.GetProperty("self_loops").GetInt32(), variant.Value.GetProperty("repeats").GetInt32()), (again.SelfLoops, again.Repeats));
            Assert.Equal(variant.Value.GetProperty("activities_repeated").EnumerateArray().Select(a => a.GetString()).Order(), again.Repeated.Select(a => log.Activities[a]).Order());
        }
    }

    [Fact]
    public void A_case_of_one_event_begins_and_ends_takes_no_time_and_has_no_path()
    {
        var log = Log(Ties).Where(c => Log(Ties).CaseName(c) == "c4");

        var graph = DirectlyFollows.Of(log);
        Assert.Equal((1, 1, 0), (log.Cases, log.Events, graph.Edges.Count));
        Assert.Equal((1, 1), (Assert.Single(graph.Activities).Starts, graph.Activities[0].Ends));
        Assert.Equal(0, CaseTimes.Of(log)!.Max);
    }

    [Fact]
    public void However_a_file_is_shuffled_the_log_is_the_same_where_no_times_are_equal()
    {
        var events = Running.GetProperty("events").EnumerateArray().ToList();
        var straight = Log(events);
        var shuffled = Log([.. events.AsEnumerable().Reverse()]);

        Assert.Equal(Orders(straight), Orders(shuffled));
        Assert.Equal(Edges(straight), Edges(shuffled));
    }

    private static List<(string, string, PathEdge)> Edges(EventLog log) =>
        [.. DirectlyFollows.Of(log).Edges.Select(e => (log.Activities[e.From], log.Activities[e.To], e with { From = 0, To = 0 })).OrderBy(e => e.Item1, StringComparer.Ordinal).ThenBy(e => e.Item2, StringComparer.Ordinal)];

    private static EventLog Log(JsonElement vector) => Log([.. vector.GetProperty("events").EnumerateArray()]);

    private static EventLog Log(List<JsonElement> events)
    {
        var log = new EventLogBuilder();
        foreach (var (number, one) in events.Index())
        {
            var at = DateTimeOffset.Parse(Text(one, "time"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
            log.Add(new(log.Case(Text(one, "case")), log.Activity(Text(one, "activity")), (at.UtcTicks - DateTime.UnixEpoch.Ticks) / 10, number)
            {
                Resource = one.TryGetProperty("resource", out var who) ? log.Resource(who.GetString()) : 0,
            });
        }
        return log.Build();
    }

    private static Dictionary<string, long> Orders(EventLog log) => Variants.Of(log).ToDictionary(v => string.Join('|', v.Path.Select(a => log.Activities[a])), v => (long)v.Count);

    private static Dictionary<string, long> Counts(JsonElement of) => of.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetInt64());

    private static string Text(JsonElement of, string name) => of.GetProperty(name).GetString()!;
}
