using Concentric.Measure.Journeys;
using Concentric.Measure.Journeys.Hiding;

namespace Concentric.Tests.Measure.Journeys;

/// <summary>What few cases did is not shown, and cannot be worked out from what is.</summary>
[Trait("Database", "none")]
public sealed class HidingTests
{
    [Theory]
    [InlineData(new[] { 50, 20, 3, 2 }, new[] { true, true, false, false })]
    [InlineData(new[] { 50, 20, 3 }, new[] { true, false, false })]
    [InlineData(new[] { 50, 20, 1, 1 }, new[] { true, false, false, false })]
    [InlineData(new[] { 50, 20 }, new[] { true, true })]
    [InlineData(new[] { 4 }, new[] { false })]
    [InlineData(new[] { 50, 0 }, new[] { true, false })]
    public void A_small_group_takes_others_with_it_until_the_rest_tells_nothing(int[] cases, bool[] shown) => Assert.Equal(shown, SmallGroups.Shown(cases, 5));

    [Fact]
    public void A_way_of_few_cases_takes_a_circle_of_ways_with_it()
    {
        // 20 cases a → b → c, 30 a → c, 2 a → d → c. Hiding a → d and d → c alone would leave both to be worked out from how often a and c were done.
        var log = Log([.. Enumerable.Repeat("abc", 20), .. Enumerable.Repeat("ac", 30), "adc", "adc"]);
        var graph = DirectlyFollows.Of(log);

        var hiding = PathHiding.Of(graph, log.Cases, 5);

        Assert.True(hiding.Hides(Edge(log, graph, "a", "d")) && hiding.Hides(Edge(log, graph, "d", "c")) && hiding.HidesActivity(Number(log, "d")));
        // One way of 30 tells less than two ways and an activity of 20 each.
        Assert.True(hiding.Hides(Edge(log, graph, "a", "c")));
        Assert.False(hiding.Hides(Edge(log, graph, "a", "b")) || hiding.Hides(Edge(log, graph, "b", "c")));
        Assert.False(hiding.HidesCases);
        Assert.Empty(WorkedOut(graph, log.Cases, hiding));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Whatever_the_log_no_small_count_follows_from_what_is_shown(int seed)
    {
        var chance = new Concentric.Bench.SeededChance((ulong)seed);
        var told = 0;
        for (var round = 0; round < 60; round++)
        {
            var orders = Enumerable.Range(0, 3 + chance.Below(8)).Select(_ => new string([.. Enumerable.Range(0, 1 + chance.Below(6)).Select(_ => (char)('a' + chance.Below(2 + round % 5)))])).ToList();
            var log = Log([.. orders.SelectMany(o => Enumerable.Repeat(o, 1 + chance.Below(12)))]);
            var graph = DirectlyFollows.Of(log);

            Assert.Empty(WorkedOut(graph, log.Cases, PathHiding.Of(graph, log.Cases, 5)));
            // The oracle tells what an unprotected page would give away: it is not blind.
            told += WorkedOut(graph, log.Cases, hiding: null).Count;
        }
        Assert.True(told > 0, "No small count could be worked out even where only small counts were hidden: the test has no teeth");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Nor_where_there_is_no_time_to_look_for_the_best_circles(int seed)
    {
        var chance = new Concentric.Bench.SeededChance((ulong)seed);
        for (var round = 0; round < 60; round++)
        {
            var orders = Enumerable.Range(0, 3 + chance.Below(8)).Select(_ => new string([.. Enumerable.Range(0, 1 + chance.Below(6)).Select(_ => (char)('a' + chance.Below(2 + round % 5)))])).ToList();
            var log = Log([.. orders.SelectMany(o => Enumerable.Repeat(o, 1 + chance.Below(12)))]);
            var graph = DirectlyFollows.Of(log);

            Assert.Empty(WorkedOut(graph, log.Cases, PathHiding.Of(graph, log.Cases, 5, mostLooks: 0, TestContext.Current.CancellationToken)));
        }
    }

    [Fact]
    public void Thousands_of_activities_with_rare_ways_take_a_bounded_number_of_looks()
    {
        const int Many = 5000;
        var log = new EventLogBuilder();
        void Case(params IEnumerable<int> path)
        {
            var number = log.Case($"{log.Events}");
            foreach (var (place, activity) in path.Index()) log.Add(new(number, log.Activity($"{activity}"), place, place));
        }
        for (var i = 0; i < 6; i++) Case(Enumerable.Range(0, Many));
        for (var i = 0; i + 2 < Many; i += 2) Case(i, i + 2);
        var graph = DirectlyFollows.Of(log.Build());

        var hiding = PathHiding.Of(graph, 6 + Many / 2 - 1, 5, stop: TestContext.Current.CancellationToken);

        Assert.True(graph.Edges.Count > 7000);
        Assert.All(graph.Edges.Where(e => e.Cases < 5), e => Assert.True(hiding.Hides(e)));
        // One search more at the most than are allowed, and each looks at an edge from either end.
        Assert.InRange(hiding.Looks, 0, PathHiding.MostLooks + 2 * (graph.Edges.Count + 3 * Many));
    }

    /// <summary>
    /// An attacker who knows every count that is shown and that what comes to an activity leaves it, by Gaussian elimination: the small counts that follow exactly.
    /// </summary>
    /// <param name="hiding">Null: only what is small itself is hidden.</param>
    private static List<string> WorkedOut(DirectlyFollows graph, int cases, PathHiding? hiding)
    {
        var unknown = new List<(string Name, bool IsSmall, string From, string To)>();
        void Look(string name, bool isSmall, bool isHidden, string from, string to) { if (hiding is null ? isSmall : isHidden) unknown.Add((name, isSmall, from, to)); }
        foreach (var a in graph.Activities)
        {
            Look($"{a.Activity}", a.Cases < 5, hiding?.HidesActivity(a.Activity) ?? false, $"in {a.Activity}", $"out {a.Activity}");
            if (a.Starts > 0) Look($"start {a.Activity}", a.Starts < 5, hiding?.HidesStart(a.Activity) ?? false, "start", $"in {a.Activity}");
            if (a.Ends > 0) Look($"end {a.Activity}", a.Ends < 5, hiding?.HidesEnd(a.Activity) ?? false, $"out {a.Activity}", "end");
        }
        foreach (var e in graph.Edges) Look($"{e.From} to {e.To}", e.Cases < 5, hiding?.Hides(e) ?? false, $"out {e.From}", $"in {e.To}");
        Look("cases", cases < 5, hiding?.HidesCases ?? false, "end", "start");

        var nodes = unknown.SelectMany(u => (string[])[u.From, u.To]).Distinct().ToList();
        var rows = nodes.ConvertAll(n => unknown.Select(u => u.From == u.To ? 0.0 : u.To == n ? 1 : u.From == n ? -1.0 : 0).ToArray());
        var used = 0;
        for (var column = 0; column < unknown.Count && used < rows.Count; column++)
        {
            var pivot = rows.FindIndex(used, r => Math.Abs(r[column]) > 1e-9);
            if (pivot < 0) continue;
            (rows[used], rows[pivot]) = (rows[pivot], rows[used]);
            var by = rows[used][column];
            for (var c = 0; c < unknown.Count; c++) rows[used][c] /= by;
            for (var r = 0; r < rows.Count; r++)
            {
                if (r == used || Math.Abs(rows[r][column]) < 1e-9) continue;
                var times = rows[r][column];
                for (var c = 0; c < unknown.Count; c++) rows[r][c] -= times * rows[used][c];
            }
            used++;
        }
        return [.. rows.Take(used).Where(r => r.Count(v => Math.Abs(v) > 1e-9) == 1).Select(r => unknown[Array.FindIndex(r, v => Math.Abs(v) > 1e-9)]).Where(u => u.IsSmall).Select(u => u.Name)];
    }

    private static EventLog Log(IReadOnlyList<string> cases)
    {
        var log = new EventLogBuilder();
        foreach (var (number, path) in cases.Index())
            foreach (var (place, activity) in path.Index()) log.Add(new(log.Case($"{number}"), log.Activity($"{activity}"), place, place));
        return log.Build();
    }

    private static int Number(EventLog log, string activity) => log.Activities.ToList().IndexOf(activity);

    private static PathEdge Edge(EventLog log, DirectlyFollows graph, string from, string to) => graph.Edges.Single(e => log.Activities[e.From] == from && log.Activities[e.To] == to);
}
