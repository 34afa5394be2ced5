using Concentric.Core.Questions;
using Concentric.Needs.Anticipation;
using Concentric.Needs.Anticipation.Figures;
using FsCheck;
using FsCheck.Fluent;

namespace Concentric.Tests.Needs.Anticipation;

public sealed class AlsoAskedTests
{
    [Fact]
    public void What_came_after_counts_and_what_came_before_does_not()
    {
        var learnt = AlsoAsked.Learn(Pairs.Of(200, [(0, 5, "a"), (0, 20, "b"), (1, 5, "b"), (1, 20, "a"), (1, 20, "c"), (2, 3, "a"), (2, 94, "b")]));
        int Both(string a, string b) => learnt.Both(learnt.PlaceOf(a)!.Value, learnt.PlaceOf(b)!.Value);

        Assert.Equal((1, 1), (Both("a", "b"), Both("b", "a")));
        // Within a day nobody knows which came first; and the 91st day is too late.
        Assert.Equal((1, 1), (Both("a", "c"), Both("c", "a")));
        Assert.Equal(3, learnt.Observed[learnt.PlaceOf("a")!.Value]);
    }

    [Fact]
    public void A_contact_whose_ninety_days_are_not_over_is_not_learnt_from()
    {
        var learnt = AlsoAsked.Learn(Pairs.Of(100, [(0, 9, "a"), (1, 10, "a"), (1, 20, "b")]));

        Assert.Equal(1, learnt.Observed[learnt.PlaceOf("a")!.Value]);
        Assert.Equal(0, learnt.Both(learnt.PlaceOf("a")!.Value, learnt.PlaceOf("b")!.Value));
    }

    [Fact]
    public void A_pair_is_spoken_of_when_enough_asked_for_both_and_more_than_chance_would_have_it()
    {
        bool Holds(int followed)
        {
            var learnt = AlsoAsked.Learn(Pairs.Following("321", "279", followed));
            return learnt.Holds(learnt.PlaceOf("321")!.Value, learnt.PlaceOf("279")!.Value);
        }

        Assert.True(Holds(30));
        // Four are too few, and two of a hundred against three of two hundred is what chance brings.
        Assert.False(Holds(4));
        Assert.False(Holds(2));
        var even = AlsoAsked.Learn(Pairs.Of(400, Enumerable.Range(0, 200).SelectMany(p => p % 10 < 3 ? [(p, 1, p < 100 ? "a" : "b"), (p, 9, "c")] : new[] { (p, 1, p < 100 ? "a" : "b") })));
        Assert.Equal(0, even.Pairs.Held);
    }

    [Fact]
    public void The_chance_is_drawn_towards_the_usual_one()
    {
        var learnt = AlsoAsked.Learn(Pairs.Following("321", "279", 30));
        var (a, b) = (learnt.PlaceOf("321")!.Value, learnt.PlaceOf("279")!.Value);

        // 33 observations of other services were followed by 279, of 300 in all; 33 observations are of 279 itself.
        Assert.Equal(33.0 / 300, learnt.BaseRate(b), 12);
        Assert.Equal((30 + 4 * 0.11) / 104, learnt.Chance(a, b), 12);
    }

    [Fact]
    public void Persons_for_testing_are_never_learnt_from_and_the_others_never_tried()
    {
        var asked = Enumerable.Range(0, 300).SelectMany(p => new[] { (p, 5, "a"), (p, 30, "b"), (p, 250, "c"), (p, 260, "d") }).ToList();
        FirstContacts Only(bool testing) => Pairs.Of(400, asked.Where(r => HeldOut.IsForTesting(r.p) == testing));
        var split = Pairs.From.AddDays(200);

        Assert.Equal(0, AlsoAsked.Learn(Only(true), split, p => !HeldOut.IsForTesting(p)).Observations);
        Assert.Empty(HeldOut.Of(Only(false), split));
        var tried = HeldOut.Of(Only(true), split).ToList();
        Assert.All(tried, t => Assert.Contains("cd", c => Only(true).Services[t.Now][0] == c));
        // What they asked for more than ninety days ago is not known any more, and not suggested again.
        Assert.All(tried.Where(t => t.Known.Count == 1), t => Assert.Equal(3, t.Seen.Count));
        Assert.InRange(asked.Select(r => r.p).Distinct().Count(HeldOut.IsForTesting), 120, 180);
    }

    [Fact]
    public void Nothing_after_the_split_is_learnt() => Check.QuickThrowOnFailure(Prop.ForAll(Gen.Choose(0, 399).ListOf(60).ToArbitrary(), days =>
    {
        var split = Pairs.From.AddDays(250);
        var asked = days.Select((day, i) => (i / 4, day, $"{i % 4}")).ToList();
        var (all, early) = (AlsoAsked.Learn(Pairs.Of(400, asked.Append((99, 0, "z"))), split), AlsoAsked.Learn(Pairs.Of(400, asked.Where(a => a.day < 250).Append((99, 0, "z"))), split));
        return all.Observations == early.Observations && all.Followed.Sum() == early.Followed.Sum();
    }));

    /// <summary>R. Fisher's lady who tastes tea: of eight cups, four of each kind, three of four named rightly, or all four.</summary>
    [Theory]
    [InlineData(3, 17.0 / 70)]
    [InlineData(4, 1.0 / 70)]
    [InlineData(0, 1.0)]
    public void Fishers_test_is_his_own(int both, double p) => Assert.Equal(p, Fisher.Greater(both, 4, 4, 8), 12);

    [Fact]
    public void A_large_table_keeps_its_tail()
    {
        // By the normal near it: 600 of 10,000 expected, 660 seen, standard deviation 23.63 without replacement: z = 2.52 with half a step.
        Assert.InRange(Fisher.Greater(660, 10_000, 60_000, 1_000_000), 0.0045, 0.0075);
        Assert.Equal(Math.Log(3628800), Fisher.LogFactorial(10), 12);
        Assert.Equal(Fisher.LogFactorial(255) + Math.Log(256), Fisher.LogFactorial(256), 9);
    }

    [Fact]
    public void Of_many_tests_those_hold_that_Benjamini_and_Hochberg_say()
    {
        Assert.Equal([true, true, false, false], Fisher.BenjaminiHochberg([0.01, 0.02, 0.06, 0.5]));
        // The last step that is below its line carries those before it.
        Assert.Equal([true, true, true, true], Fisher.BenjaminiHochberg([0.04, 0.03, 0.045, 0.005]));
        Assert.Empty(Fisher.BenjaminiHochberg([]));
    }

    [Fact]
    public void Nothing_of_who_somebody_is_reaches_the_learner() => Assert.Equal(
        ["Council", "Count", "Day", "Days", "From", "IsSynthetic", "Person", "Profile", "Profiles", "Service", "Services", "To"],
        typeof(FirstContacts).GetProperties().Select(p => p.Name).Order(StringComparer.Ordinal));
}
