using Concentric.Core;
using Concentric.Measure.Profiling;
using Concentric.Measure.Statistics;

namespace Concentric.Tests.Measure;

/// <summary>Indexes, take-up, gaps and targets from counts, without a store.</summary>
[Trait("Database", "none")]
public class ProfilePartsTests
{
    private static readonly Dictionary<int, long> People = new() { [1] = 14_200, [2] = 6_100, [3] = 2_300, [4] = 9_800, [5] = 21_500, [6] = 24_800, [7] = 8_900, [8] = 17_400 };

    private static readonly List<(int Code, long Users)> Counted = [(1, 96), (2, 38), (3, 3), (4, 71), (5, 205), (6, 188), (7, 131), (8, 268)];

    private static readonly (int, ShownCount)[] Users = [.. Counted.Select(u => (u.Code, ShownCount.Exact(u.Users)))];

    [Fact]
    public void A_group_that_uses_as_much_as_all_shows_no_difference_and_one_with_three_users_is_too_few()
    {
        var lines = GroupIndex.Of(Users, People, people: true);

        Assert.Equal([Finding.Fewer, Finding.Fewer, Finding.TooFew, Finding.Fewer, Finding.NoDifference, Finding.Fewer, Finding.More, Finding.More], lines.Select(l => l.Finding));
        Assert.Equal(161.72, lines[7].Index!.Value, 2);
        Assert.Equal(1.843, lines[7].AgainstRest!.Value, 3);
        Assert.True(lines[4].IsFaint);
    }

    [Fact]
    public void Users_of_no_known_group_are_left_out_and_nothing_is_scaled_up_for_them()
    {
        var with = GroupIndex.Of([.. Users, (0, ShownCount.Exact(4_000))], People, people: true);

        Assert.Equal(GroupIndex.Of(Users, People, people: true), with);
    }

    [Fact]
    public void A_group_without_population_is_named_and_not_compared()
    {
        var lines = GroupIndex.Of([.. Users, (9, ShownCount.Exact(50))], People, people: true);

        Assert.Equal((Finding.NotKnown, (double?)null), (lines[^1].Finding, lines[^1].Index));
        Assert.Equal(161.72, lines[7].Index!.Value, 2);
    }

    [Fact]
    public void More_contacts_than_people_are_compared_as_rates()
    {
        var lines = GroupIndex.Of([(1, ShownCount.Exact(300)), (2, ShownCount.Exact(100))], new Dictionary<int, long> { [1] = 100, [2] = 100 }, people: false);

        Assert.Equal(3, lines[0].AgainstRest!.Value, 9);
        Assert.Equal(Math.Exp(Math.Log(3) - Confidence.Z95 * Math.Sqrt(1 / 300.0 + 1 / 100.0)), lines[0].AgainstRestInterval!.Value.Low, 9);
    }

    [Fact]
    public void Of_a_hidden_count_the_middle_of_1_to_7_is_taken_so_that_no_figure_tells_it()
    {
        var figures = Enumerable.Range(1, 7).Select(n => GroupIndex.Of([(1, ShownCount.Rounded(n)), (2, ShownCount.Rounded(500))], new Dictionary<int, long> { [1] = 400, [2] = 9_000 }, people: true)).ToList();

        Assert.All(figures, f => Assert.Equal(figures[0], f));
    }

    [Fact]
    public void Areas_are_drawn_to_the_average_ranked_and_those_nobody_came_from_count()
    {
        var eligible = Enumerable.Range(1, 20).ToDictionary(i => i, i => 100L * i);
        var users = Enumerable.Range(1, 19).ToDictionary(i => i, i => ShownCount.Exact(i % 4 == 0 ? 60L * i : 20L * i));

        var takeUp = AreaTakeUp.Of(users, eligible, eligible.Keys.ToDictionary(i => i, i => 1 + i % 2), people: true, isExact: true);

        Assert.Equal((20, true, (PriorBy?)PriorBy.Likelihood), (takeUp.Lines.Count, takeUp.IsShare, takeUp.Learnt));
        Assert.Equal(20, takeUp.Lines[^1].Code);
        Assert.Equal(0, takeUp.Lines[^1].Raw);
        Assert.All(takeUp.Lines, l => Assert.True(l.Interval!.Value.Contains(l.Rate) && (l.Rate - l.Raw) * (takeUp.Average - l.Raw) >= 0));
        Assert.True(takeUp.Lines.Single(l => l.Code == 1).WeightOnData < takeUp.Lines.Single(l => l.Code == 19).WeightOnData);
    }

    [Fact]
    public void Where_contacts_pass_people_rates_take_the_place_of_shares()
    {
        var eligible = Enumerable.Range(1, 12).ToDictionary(i => i, _ => 10L);

        var takeUp = AreaTakeUp.Of(eligible.Keys.ToDictionary(i => i, i => ShownCount.Exact(5L * i)), eligible, new Dictionary<int, int>(), people: false, isExact: true);

        Assert.False(takeUp.IsShare);
        Assert.Equal(12, takeUp.Lines[0].Code);
        Assert.True(takeUp.Lines[0].Rate < 6 && takeUp.Lines[0].Rate > takeUp.Average);
    }

    [Fact]
    public void Against_a_level_that_somebody_wants_the_gap_is_that_level_of_those_who_could_less_those_who_do()
    {
        var eligible = Enumerable.Range(1, 12).ToDictionary(i => i, _ => 1_000L);
        var takeUp = AreaTakeUp.Of(eligible.Keys.ToDictionary(i => i, i => ShownCount.Exact(i == 1 ? 100 : 400)), eligible, eligible.Keys.ToDictionary(i => i, _ => 1), people: true, isExact: true);

        var gap = TakeUpGap.Policy(takeUp, 0.4);

        Assert.Equal((12_000L, 4_800.0, 4_500.0, 300.0), (gap.All.Eligible, gap.All.Need.Expected, gap.All.Need.Observed, gap.All.Need.Unmet));
        Assert.Equal((1, true), (gap.Areas[0].Code, gap.Areas[0].IsMissing));
        Assert.All(gap.Areas.Skip(1), a => Assert.False(a.IsMissing));
    }

    [Fact]
    public void The_best_quarter_is_that_of_areas_of_the_same_group_where_there_are_four()
    {
        var eligible = Enumerable.Range(1, 14).ToDictionary(i => i, _ => 1_000L);
        var takeUp = AreaTakeUp.Of(eligible.Keys.ToDictionary(i => i, i => ShownCount.Exact(20L * i)), eligible, eligible.Keys.ToDictionary(i => i, i => i <= 12 ? 1 : 2), people: true, isExact: true);

        var (_, references) = TakeUpGap.BestQuarter(takeUp);

        Assert.Equal(TakeUpGap.UpperQuartile([.. takeUp.Lines.Where(l => l.Group == 1).Select(l => l.Rate)]), references[1]);
        Assert.Equal(TakeUpGap.UpperQuartile([.. takeUp.Lines.Select(l => l.Rate)]), references[2]);
        Assert.Equal(3.25, TakeUpGap.UpperQuartile([1, 2, 3, 4]));
    }

    [Fact]
    public void A_change_is_Newcombes_difference_of_take_up_or_of_shares_of_users()
    {
        var (now, before) = (new Dictionary<int, long> { [1] = 56, [2] = 10 }, new Dictionary<int, long> { [1] = 42, [2] = 10 });

        var takeUp = GroupChange.Of(now, before, new Dictionary<int, long> { [1] = 70, [2] = 80 }, people: true);
        var shares = GroupChange.Of(now, before, new Dictionary<int, long>(), people: true);

        var expected = Share.Difference(Share.Of(56, 70)!.Value, Share.Of(42, 70)!.Value);
        Assert.Equal((true, expected.Difference, expected.Low, expected.High), (takeUp.IsTakeUp, takeUp.Lines[0].Difference, takeUp.Lines[0].Interval.Low, takeUp.Lines[0].Interval.High));
        Assert.Equal((false, 66L, 52L), (shares.IsTakeUp, shares.Lines[0].Now.Whole, shares.Lines[0].Before.Whole));
    }

    [Fact]
    public void Channels_are_compared_for_the_same_services()
    {
        static (int, int, ShownCount) Cell(int service, int channel, long n) => (service, channel, ShownCount.Exact(n));
        // The group uses the service that everybody phones for, and in each service it is as all others are.
        var lines = GroupChannels.Of([Cell(1, 2, 90), Cell(1, 1, 10), Cell(2, 2, 5), Cell(2, 1, 15)], [Cell(1, 2, 90), Cell(1, 1, 10), Cell(2, 2, 250), Cell(2, 1, 750)]);

        Assert.All(lines, l => Assert.Equal(1, l.AgainstExpected!.Value, 9));
        Assert.True(lines[0].Mine.Value > 2 * lines[0].Others.Value);
        Assert.True(Assert.Single(GroupChannels.Of([Cell(1, 2, 99), Cell(1, 1, 1)], [Cell(1, 2, 500), Cell(1, 1, 500)]), l => l.IsHardlyUsed).Channel == 1);
    }

    [Fact]
    public void Areas_behind_the_best_quarter_of_their_group_are_targets_and_the_excluded_are_marked()
    {
        List<MoveCell> cells = [.. Enumerable.Range(1, 12).Select(i => new MoveCell(i, 1, i <= 2 ? 900 : 400, i <= 2 ? 100 : 600, i == 2 ? 9 : 1)), new(13, 1, 3, 4, 1), new(0, 0, 500, 500, null)];

        var targets = MoveTargets.Of(cells);

        Assert.Equal([1, 2], targets.Targets.Select(t => t.Cell.Area));
        Assert.Equal([false, true], targets.Targets.Select(t => t.IsExcluded));
        Assert.InRange(targets.Targets[0].ToBest.Contacts, 470, 500);
        Assert.True(targets.Targets[0].ToBest.Interval.Contains(targets.Targets[0].ToBest.Contacts));
        Assert.True(targets.Targets[0].ToMean.Contacts < targets.Targets[0].ToBest.Contacts);
        Assert.Equal((1, 12, 1), (targets.TooFew, Assert.Single(targets.Groups).Areas, targets.Groups[0].Targets));
        Assert.Equal(targets.Targets[0].ToBest.Contacts, targets.Groups[0].ToBest.Contacts);
    }

    [Fact]
    public void Intervals_of_independent_parts_add_up_by_their_squares()
    {
        var sum = MoveTargets.Sum([new(10, new(7, 14)), new(20, new(16, 23))]);

        Assert.Equal((30.0, 25.0, 35.0), (sum.Contacts, sum.Interval.Low, sum.Interval.High));
    }
}
