using Concentric.Measure.Contacts;
using Concentric.Measure.Journeys;
using Concentric.Measure.Journeys.Hiding;
using Concentric.Measure.Journeys.Seeing;

namespace Concentric.Tests.Measure.Journeys;

/// <summary>In whose hands our own cases were, followed by hand.</summary>
[Trait("Database", "none")]
public sealed class CaseHandsTests
{
    private const long Hour = 3_600_000_000;

    [Fact]
    public void Time_is_with_the_citizen_with_somebody_or_with_nobody()
    {
        // Begun at 0, taken on at 2, the citizen asked at 4 and back at 7, handed over at 9, done at 12; 3 hours after the end reopened, done at 17.
        var log = Log([("begun", 0), ("paused", 4), ("resumed", 7), ("handed-over", 9), ("inspect", 12), ("reopened", 15), ("inspect", 17)], [(2, true), (16, true)]);

        var hands = CaseHands.Of(log)!;

        // Nobody: 0 to 2, 9 to 12 and 15 to 16. Somebody: 2 to 4, 7 to 9 and 16 to 17. From 12 to 15 it had ended.
        Assert.Equal((3.0, 5.0, 6.0), (hands.Citizen / 3600, hands.Held / 3600, hands.Nobody / 3600));
        Assert.Equal((1, 1, 3, 2, 1, 600.0), (hands.Asked, hands.Taken, hands.Contacts, hands.Timed, hands.TimedCases, hands.Handling));
    }

    [Fact]
    public void A_step_that_is_done_ends_the_waiting_for_the_citizen_and_what_was_laid_down_is_nobodys()
    {
        var hands = CaseHands.Of(Log([("begun", 0), ("paused", 1), ("escalated", 2), ("inspect", 3), ("inspect", 6)], [(-1, true), (4, false), (9, true)]))!;

        Assert.Equal((2.0, 2.0, 2.0), (hands.Citizen / 3600, hands.Held / 3600, hands.Nobody / 3600));
    }

    [Fact]
    public void Of_an_imported_log_it_is_not_known()
    {
        var log = new EventLogBuilder();
        log.Add(new(log.Case("1"), log.Activity("a"), 0, 0));

        Assert.Null(CaseHands.Of(log.Build()));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void No_channel_that_may_be_asked_for_by_itself_leaves_few_others(int seed)
    {
        var (chance, withheld) = (new Concentric.Bench.SeededChance((ulong)seed), 0);
        for (var round = 0; round < 200; round++)
        {
            var log = new EventLogBuilder();
            var names = Enumerable.Range(0, 2 + chance.Below(4)).SelectMany(n => Enumerable.Repeat($"{n}", 1 + chance.Below(20))).ToList();
            foreach (var (i, name) in names.Index()) log.Add(new(log.Case($"{i}"), log.Activity("a"), 0, i) { Channel = log.Channel(name) });
            var council = new CouncilCode(1, "c", "C", false, "Europe/London");
            var all = new AskedJourneys([], new("1", council, null, [], 0, default, default) { StepsOf = new Dictionary<int, long>() }, log.Build(), [], IsExact: true);

            var shown = names.Distinct().Select(n => ChosenPart.Of(all, n, null)).Where(p => !p.IsTooFew).ToList();

            Assert.All(shown, p => Assert.True(p.Log.Cases >= SmallGroups.Least && p.Whole.Value % 5 == 0));
            var left = all.Log.Cases - shown.Sum(p => p.Log.Cases);
            Assert.True(left == 0 || left >= SmallGroups.Least || all.IsTooFew, $"{left} are left of {all.Log.Cases}");
            withheld += names.Distinct().Count(n => ChosenPart.Of(all, n, null) is { IsWithheld: true } part && part.Log.Cases >= SmallGroups.Least);
        }
        Assert.True(withheld > 0, "Nothing was ever withheld that was not itself of few: the test has no teeth");
    }

    /// <summary>Groups of alike size in an order that differs from that of their codes: which of two is hidden must not depend on it.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void What_may_be_asked_for_by_itself_is_what_its_table_shows(int seed)
    {
        var (chance, hidden) = (new Concentric.Bench.SeededChance((ulong)seed), 0);
        for (var round = 0; round < 200; round++)
        {
            var deciles = Enumerable.Range(0, 3 + chance.Below(6)).SelectMany(_ => Enumerable.Repeat(1 + chance.Below(10), 3 + chance.Below(6))).OrderBy(_ => chance.Below(1000)).ToList();
            var names = new ContactDimensions([], [], [new(0, 0, "")], [.. Enumerable.Range(0, 11).Select(d => new AreaCode(d, 1, $"{d}", $"{d}", 0, 0, d, 0))], [new(0, "", "")], [], []);
            var log = new EventLogBuilder();
            foreach (var (i, decile) in deciles.Index()) log.Add(new(log.Case($"{i}"), log.Activity("a"), 0, i) { Channel = log.Channel($"of {decile}") });
            var built = log.Build(new([.. deciles], new List<(long, bool)>?[deciles.Count], new HandledContacts[deciles.Count]));
            var council = new CouncilCode(1, "c", "C", false, "Europe/London");
            var all = new AskedJourneys([], new("1", council, null, [], 0, default, default) { StepsOf = new Dictionary<int, long>() }, built, [], IsExact: true) { Places = JourneyPlaces.Of(built, names) };

            var view = JourneysView.Of(all, TestContext.Current.CancellationToken);

            var shown = view.Places.Single(p => p.By == JourneyPlace.Decile).Rows.Select(r => r.Name).Order(StringComparer.Ordinal);
            var asked = deciles.Distinct().Where(d => !ChosenPart.Of(all, null, (JourneyPlace.Decile, d)).IsTooFew).Select(d => all.Places!.Label(JourneyPlace.Decile, d)).Order(StringComparer.Ordinal);
            Assert.Equal(shown, asked);
            var channels = deciles.Distinct().Select(d => $"of {d}").Where(c => !ChosenPart.Of(all, c, null).IsTooFew).Order(StringComparer.Ordinal);
            Assert.Equal(view.Channels.Select(c => c.Name).Order(StringComparer.Ordinal), channels);
            hidden += deciles.GroupBy(d => d).Count(g => g.Count() >= SmallGroups.Least) - view.Channels.Count;
        }
        Assert.True(hidden > 0, "No group was ever hidden but for being of few: the test has no teeth");
    }

    private static EventLog Log((string Activity, int Hour)[] steps, (int Hour, bool IsHeld)[] held)
    {
        var log = new EventLogBuilder();
        foreach (var (i, step) in steps.Index()) log.Add(new(log.Case("1"), log.Activity(step.Activity), step.Hour * Hour, i));
        return log.Build(new([0], [[.. held.Select(h => (h.Hour * Hour, h.IsHeld))]], [new(3, 2, 600)]));
    }
}
