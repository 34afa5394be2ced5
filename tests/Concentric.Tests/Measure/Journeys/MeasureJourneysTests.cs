using Concentric.Core;
using Concentric.Measure.Journeys;

namespace Concentric.Tests.Measure.Journeys;

/// <summary>What else is measured of journeys: paths that were expected, rules, hand-overs, waiting.</summary>
[Trait("Database", "none")]
public sealed class MeasureJourneysTests
{
    [Fact]
    public void A_case_costs_as_many_steps_as_pm4py_says_to_become_what_was_expected()
    {
        var vector = Vectors.Read("process_running_example.json").GetProperty("conformance_reference_path");
        var names = new List<string>();
        int Number(string name) { if (!names.Contains(name)) names.Add(name); return names.IndexOf(name); }
        int[] Path(System.Text.Json.JsonElement path) => [.. path.EnumerateArray().Select(a => Number(a.GetString()!))];
        var expected = Path(vector.GetProperty("path"));

        Assert.NotEmpty(vector.GetProperty("variants").EnumerateArray());
        foreach (var variant in vector.GetProperty("variants").EnumerateArray())
        {
            var done = Path(variant.GetProperty("path"));
            var held = ExpectedPath.Of(done, expected);
            Assert.Equal(variant.GetProperty("cost").GetInt32(), held.Cost);
            Vectors.Near(variant.GetProperty("fitness").GetDouble(), held.Fitness);
            // What is left out and put in turns the one into the other.
            var left = expected.Where((_, i) => !held.Skipped.Contains(i)).Concat(held.Added).Order();
            Assert.Equal(done.Order(), left);
        }
        // The same of pm4py's own alignments: ">>" stands where one of the two has no step.
        foreach (var one in vector.GetProperty("pm4py_alignments").EnumerateArray())
        {
            var steps = one.GetProperty("alignment").EnumerateArray().Select(s => s[0].GetString()!).Where(s => s != ">>");
            Assert.Equal(one.GetProperty("cost_div_10000").GetDouble(), ExpectedPath.Of([.. steps.Select(Number)], expected).Cost);
        }
    }

    [Fact]
    public void A_very_long_case_is_held_to_a_path_in_bounded_memory()
    {
        var held = ExpectedPath.Of(Enumerable.Repeat(1, 3_000_000).ToArray(), [1, 2]);

        Assert.Equal((3_000_000, 1), (held.Cost, held.Skipped.Count));
    }

    [Theory]
    [InlineData("abc", RuleStanding.Kept)]
    [InlineData("bac", RuleStanding.Kept)]
    [InlineData("cab", RuleStanding.Broken)]
    [InlineData("bcac", RuleStanding.Broken)]
    [InlineData("ab", RuleStanding.NotConcerned)]
    public void What_must_come_before_is_looked_for_before_the_first_time(string path, RuleStanding standing) =>
        Assert.Equal(standing, JourneyRules.Precedes([.. path.Select(c => c - 'a')], 'a' - 'a', 'c' - 'a'));

    [Theory]
    [InlineData("2026-04-09T09:00:00Z", RuleStanding.Kept)]
    [InlineData("2026-04-09T22:59:00Z", RuleStanding.Kept)]
    // By the council's clock it is the next day already.
    [InlineData("2026-04-09T23:30:00Z", RuleStanding.Broken)]
    [InlineData(null, RuleStanding.NotDone)]
    public void A_limit_in_working_days_knows_Easter_and_the_clock(string? then, RuleStanding standing)
    {
        var log = new EventLogBuilder();
        // Thursday 2 April 2026, before Good Friday and Easter Monday: three working days after it is Thursday 9.
        Add(log, "1", "ask", "2026-04-02T10:00:00Z");
        if (then is not null) Add(log, "1", "answer", then);
        else log.Activity("answer");
        var london = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");

        Assert.Equal(standing, JourneyRules.Within(log.Build(), 0, 0, 1, 3, WorkingCalendar.Read("england-and-wales", ""),
            at => DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(DateTime.UnixEpoch.AddTicks(at * 10), london))));
    }

    [Fact]
    public void Work_that_comes_straight_back_is_ping_pong_however_long_each_team_had_it()
    {
        var log = new EventLogBuilder();
        var minute = 0;
        foreach (var team in "AABBAC") Add(log, "1", "work", $"2026-03-02T10:{minute++:00}:00Z", team: $"{team}");
        // Where nobody says who had it, it cannot be said that it came back.
        foreach (var team in "A.A") Add(log, "2", "work", $"2026-03-02T10:{minute++:00}:00Z", team: team == '.' ? "" : $"{team}");
        var built = log.Build();

        var back = PingPong.Of(built)!;
        var over = Handovers.Of(built, HandoverBetween.Teams)!;
        Assert.Equal((1L, 1, ("A", "B")), (back.Total, back.Cases, (built.Teams[back.Pairs[0].From], built.Teams[back.Pairs[0].To])));
        Assert.Equal((3L, 2L, 2L, 1), (over.Total, over.Same, over.NotKnown, over.Cases));
    }

    [Fact]
    public void Work_that_overlaps_is_touch_time_once_and_the_rest_is_waiting()
    {
        var log = new EventLogBuilder();
        Add(log, "1", "a", "2026-03-02T11:00:00Z", began: "2026-03-02T10:00:00Z");
        Add(log, "1", "b", "2026-03-02T11:30:00Z", began: "2026-03-02T10:30:00Z");
        Add(log, "1", "c", "2026-03-02T14:00:00Z", began: "2026-03-02T13:30:00Z");
        var built = log.Build();

        Assert.Equal(new WaitingTime(2 * 3600, 2 * 3600, 3, 3), WaitingTime.Of(built));
        // From the end of b to the beginning of c; a and b overlap and nobody waited between them.
        Assert.Equal([0.0, 7200.0], DirectlyFollows.Of(built).Edges.Select(e => e.Seconds.Sum).Order());
        Assert.Null(WaitingTime.Of(Without(built)));
    }

    private static EventLog Without(EventLog log)
    {
        var to = new EventLogBuilder();
        for (var i = 0; i < log.Events; i++) to.Add(new(to.Case("1"), to.Activity($"{i}"), i, i));
        return to.Build();
    }

    private static void Add(EventLogBuilder log, string inCase, string activity, string at, string team = "", string? began = null) =>
        log.Add(new(log.Case(inCase), log.Activity(activity), Micros(at), log.Events) { Team = log.Team(team), Began = began is null ? EventLog.NotKnown : Micros(began) });

    private static long Micros(string at) => (DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture).UtcTicks - DateTime.UnixEpoch.Ticks) / 10;
}
