using System.Globalization;
using Concentric.Measure.Contacts;
using Concentric.Measure.Journeys;
using Concentric.Measure.Journeys.Seeing;

namespace Concentric.Tests.Measure.Journeys;

/// <summary>What times between steps are usual, and what is far from it.</summary>
[Trait("Database", "none")]
public sealed class TemporalProfileTests
{
    [Fact]
    public void Means_and_deviations_are_those_of_pm4py()
    {
        var vector = Vectors.Read("process_running_example.json");
        var log = new EventLogBuilder();
        foreach (var (number, one) in vector.GetProperty("events").EnumerateArray().Index())
        {
            var at = DateTimeOffset.Parse(one.GetProperty("time").GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
            log.Add(new(log.Case(one.GetProperty("case").GetString()!), log.Activity(one.GetProperty("activity").GetString()!), (at.UtcTicks - DateTime.UnixEpoch.Ticks) / 10, number));
        }
        var read = log.Build();

        var profile = TemporalProfile.Of(read, TestContext.Current.CancellationToken)!;

        var expected = vector.GetProperty("temporal_profile").EnumerateArray().ToList();
        Assert.Equal(expected.Count, profile.Pairs.Count);
        foreach (var pair in expected)
        {
            var found = profile.Pairs.Single(p => read.Activities[p.From] == pair.GetProperty("from").GetString() && read.Activities[p.To] == pair.GetProperty("to").GetString());
            Vectors.Near(pair.GetProperty("mean").GetDouble(), found.Mean);
            Vectors.Near(pair.GetProperty("stdev").GetDouble(), found.Deviation);
        }
    }

    /// <summary>Against all pairs of events one by one.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Sums_by_kind_give_what_each_pair_of_events_by_itself_gives(int seed)
    {
        var random = new Random(seed);
        var log = Log([.. Enumerable.Range(0, 60).Select(_ => Enumerable.Range(0, random.Next(1, 12)).Select(_ => (random.Next(5), random.Next(1, 90_000))).ToArray())]);
        var times = new Dictionary<(int, int), List<(int Case, double Seconds)>>();
        for (var c = 0; c < log.Cases; c++)
        {
            var (from, to) = log.Of(c);
            for (var i = from; i < to; i++)
            {
                for (var j = i + 1; j < to; j++)
                {
                    if (!times.TryGetValue((log.Columns.Activity[i], log.Columns.Activity[j]), out var list)) times[(log.Columns.Activity[i], log.Columns.Activity[j])] = list = [];
                    list.Add((c, (log.Columns.At[j] - log.Columns.At[i]) / EventLog.Second));
                }
            }
        }

        var profile = TemporalProfile.Of(log, TestContext.Current.CancellationToken)!;
        var (cases, of) = profile.Unusual(log, 1.5, TestContext.Current.CancellationToken);

        Assert.Equal(times.Count, profile.Pairs.Count);
        var far = new HashSet<int>();
        foreach (var pair in profile.Pairs)
        {
            var all = times[(pair.From, pair.To)];
            var mean = all.Average(t => t.Seconds);
            var deviation = all.Count == 1 ? 0 : Math.Sqrt(all.Sum(t => (t.Seconds - mean) * (t.Seconds - mean)) / (all.Count - 1));
            Assert.Equal((all.Count, all.Select(t => t.Case).Distinct().Count()), (pair.Times, pair.Cases));
            Assert.Equal(mean, pair.Mean, 1e-6);
            Assert.Equal(deviation, pair.Deviation, 1e-6);
            HashSet<int> outside = [.. all.Where(t => Math.Abs(t.Seconds - mean) > 1.5 * deviation + 0.001).Select(t => t.Case)];
            Assert.Equal(outside.Count, of.GetValueOrDefault((pair.From, pair.To)));
            far.UnionWith(outside);
        }
        Assert.Equal(far.Count, cases);
        Assert.NotEqual(0, cases);
    }

    [Fact]
    public void A_century_in_one_case_and_steps_at_one_moment_are_counted_exactly()
    {
        // The deviation of 36,500 days and of nothing: a plain sum of squares in doubles would leave some of it where there is none.
        var log = Log([[(0, 0), (1, 1)], [(0, int.MaxValue), (1, 1)], [(2, 0), (2, 0), (2, 0)]]);

        var pairs = TemporalProfile.Of(log, TestContext.Current.CancellationToken)!.Pairs;

        Assert.Equal((1.0, 0.0), pairs.Where(p => (p.From, p.To) == (0, 1)).Select(p => (p.Mean, p.Deviation)).Single());
        Assert.Equal((3L, 1, 0.0, 0.0), pairs.Where(p => p.From == 2).Select(p => (p.Times, p.Cases, p.Mean, p.Deviation)).Single());
    }

    [Fact]
    public void Of_too_many_kinds_of_steps_there_is_no_profile()
    {
        var log = Log([[.. Enumerable.Range(0, TemporalProfile.MostActivities + 1).Select(i => (i, 1))]]);

        Assert.Null(TemporalProfile.Of(log, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void What_few_cases_did_is_not_shown_nor_how_many_were_far_where_they_are_few()
    {
        // 40 cases with an hour between two steps, 2 with a day; 3 of all that did a third step.
        var log = Log([.. Enumerable.Repeat(((int, int)[])[(0, 0), (1, 3600)], 38), .. Enumerable.Repeat(((int, int)[])[(0, 0), (1, 86_400)], 2), .. Enumerable.Repeat(((int, int)[])[(0, 0), (1, 3600), (2, 60)], 2)]);
        var council = new CouncilCode(1, "permits", "Permits", false, "Europe/London");
        var asked = new AskedJourneys([], new("1", council, null, [], 0, default, default) { StepsOf = new Dictionary<int, long>() }, log, [], IsExact: true);

        var shown = UsualTimes.Of(asked, JourneysView.Of(asked, TestContext.Current.CancellationToken).Map, 3, TestContext.Current.CancellationToken);

        var pair = Assert.Single(shown.Pairs);
        Assert.Equal(("0", "1", null), (pair.From, pair.To, pair.Far));
        Assert.Equal(2, shown.Hidden);
        Assert.Null(shown.Cases);
    }

    /// <summary>Cases of steps, each by its number and how many seconds it came after the one before.</summary>
    private static EventLog Log((int Step, int After)[][] cases)
    {
        var log = new EventLogBuilder();
        foreach (var (number, steps) in cases.Index())
        {
            var at = 0L;
            foreach (var (place, (step, after)) in steps.Index())
            {
                at += after * 1_000_000L;
                log.Add(new(log.Case($"{number}"), log.Activity($"{step}"), at, place));
            }
        }
        return log.Build();
    }
}
