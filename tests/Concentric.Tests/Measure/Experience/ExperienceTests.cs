using Concentric.Core.Facts;
using Concentric.Measure.Contacts;
using Concentric.Measure.Experience;
using Concentric.Measure.FormUse;
using Concentric.Measure.Statistics;
using FsCheck;
using FsCheck.Fluent;

namespace Concentric.Tests.Measure;

/// <summary>What people said is counted once each, the last answer standing, and shown with interval and n or not at all.</summary>
[Trait("Database", "none")]
public sealed class ExperienceStoreTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Monday = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private readonly TestStore _test = new();

    public ValueTask DisposeAsync() => _test.DisposeAsync();

    [Fact]
    public async Task A_second_answer_takes_the_place_of_the_first_in_the_same_batch_and_in_a_later_one()
    {
        await Apply(Fact(1, FeedbackSaid.Nothing, "email"), Fact(2, FeedbackSaid.Good), Fact(2, FeedbackSaid.Average));
        await Apply(Fact(1, FeedbackSaid.Poor, "email") with { At = Monday.AddDays(8) });

        Assert.Equal([(FeedbackSaid.Average, 1L), (FeedbackSaid.Poor, 1L)], (await Rows()).Select(r => (r.Said, r.Count)).OrderBy(r => r.Said));
        var weeks = await _test.Store.Feedback(new(_test.Store.Dimensions.Councils[0].Code) { ByWeek = true });
        var week = Concentric.Measure.Variation.Week.Of(new(2026, 3, 2));
        Assert.Equal([week, week + 1], weeks.Select(w => w.Week).Order());
        Assert.Empty(await _test.Store.Feedback(new(_test.Store.Dimensions.Councils[0].Code) { From = new(2026, 4, 1) }));
    }

    [Fact]
    public async Task Of_one_contact_the_last_answer_counts_by_whichever_way_it_came()
    {
        await Apply(Fact(1, FeedbackSaid.Good) with { CaseRef = 7 }, Fact(2, FeedbackSaid.Average, "adviser") with { CaseRef = 7, At = Monday.AddDays(1) },
            Fact(3, FeedbackSaid.Poor, "email") with { CaseRef = 7, At = Monday.AddDays(2) }, Fact(4, FeedbackSaid.Nothing, "email") with { CaseRef = 7, At = Monday.AddDays(3) },
            Fact(5, FeedbackSaid.Good) with { CaseRef = 8 }, Fact(6, FeedbackSaid.Good), Fact(7, FeedbackSaid.Good));
        Assert.Equal([(FeedbackSaid.Nothing, 1L), (FeedbackSaid.Good, 3L), (FeedbackSaid.Poor, 1L)], (await Rows()).GroupBy(r => r.Said).Select(g => (g.Key, g.Sum(r => r.Count))).OrderBy(r => r.Key));
    }

    /// <summary>Whatever comes in whatever parts, the store holds the last of each id.</summary>
    [Fact]
    public void The_store_holds_the_last_of_each_whatever_comes_together()
    {
        var one = from id in Gen.Choose(1, 6) from said in Gen.Choose(0, 5) from ends in Gen.Choose(0, 2) select (Id: id, Said: (FeedbackSaid)said, Ends: ends == 0);
        Prop.ForAll(Gen.NonEmptyListOf(one).Select(l => l.Take(30).ToArray()).ToArbitrary(), events =>
        {
            var test = new TestStore();
            try
            {
                var batch = new List<FeedbackFact>();
                foreach (var (id, said, ends) in events)
                {
                    batch.Add(Fact((ulong)id, said));
                    if (!ends) continue;
                    ApplyTo(test, [.. batch]).GetAwaiter().GetResult();
                    batch.Clear();
                }
                if (batch.Count > 0) ApplyTo(test, [.. batch]).GetAwaiter().GetResult();
                var rows = test.Store.Feedback(new(test.Store.Dimensions.Councils[0].Code)).GetAwaiter().GetResult();
                var expected = events.GroupBy(e => e.Id).Select(g => g.Last().Said).GroupBy(s => s).ToDictionary(g => g.Key, g => (long)g.Count());
                Assert.Equal(expected.OrderBy(e => e.Key), rows.GroupBy(r => r.Said).ToDictionary(g => g.Key, g => g.Sum(r => r.Count)).OrderBy(e => e.Key));
            }
            finally
            {
                test.DisposeAsync().AsTask().GetAwaiter().GetResult();
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(15).WithReplay(20261123, 9));
    }

    private Task Apply(params FeedbackFact[] facts) => ApplyTo(_test, facts);

    private static Task ApplyTo(TestStore test, FeedbackFact[] facts) => test.Feel(facts);

    private Task<IReadOnlyList<FeedbackCount>> Rows() => _test.Store.Feedback(new(_test.Store.Dimensions.Councils[0].Code));

    private static FeedbackFact Fact(ulong id, FeedbackSaid said, string way = "page") => new(id, TestStore.Northmoor, "524", 1, 0, "Waste and recycling", FeedbackWays.Code(way), said, Monday);
}

[Trait("Database", "none")]
public sealed class ExperienceFiguresTests
{
    private static readonly AsShown Exact = new(true);
    private static readonly AsShown Rounded = new(false);

    [Fact]
    public void Only_those_who_were_asked_make_the_response_rate_and_who_was_not_asked_is_counted_apart()
    {
        var shown = FacesShown.Of([Row(FeedbackSaid.Good, 40), Row(FeedbackSaid.Good, 20, way: "email"), Row(FeedbackSaid.Nothing, 70, way: "email"), Row(FeedbackSaid.DidNotWant, 10, way: "adviser"), Row(FeedbackSaid.NotAsked, 25, way: "adviser")], Exact);

        Assert.Equal((60, 100, 20, 25), (shown.Answers.Value, shown.Asked.Value, shown.Answered.Value, shown.NotAsked.Value));
        Assert.Equal("20.0%", shown.Response.InWords);
    }

    [Theory]
    [InlineData(30, true, true)]
    [InlineData(29, true, false)]
    [InlineData(32, false, false)]
    [InlineData(33, false, true)]
    public void Below_the_fewest_there_is_no_score_for_anybody(int good, bool exact, bool there)
    {
        var shown = FacesShown.Of([Row(FeedbackSaid.Good, good)], exact ? Exact : Rounded);
        Assert.Equal(there, shown.Net is not null);
        if (!there) Assert.Equal("Too few answers", shown.NetInWords);
    }

    [Fact]
    public void Others_than_analysts_see_a_score_of_rounded_counts_and_that_it_is_about_one_where_a_count_is_hidden()
    {
        FeedbackCount[] rows = [Row(FeedbackSaid.Good, 62), Row(FeedbackSaid.Average, 21), Row(FeedbackSaid.Poor, 3)];
        Assert.Equal(NetScore.Of(new(60, 20, 4))!.Value.Value, FacesShown.Of(rows, Rounded).Net!.Value.Value, 1e-12);
        Assert.StartsWith("about +0.", FacesShown.Of(rows, Rounded).NetInWords, StringComparison.Ordinal);
        Assert.Equal(NetScore.Of(new(62, 21, 3))!.Value.Value, FacesShown.Of(rows, Exact).Net!.Value.Value, 1e-12);
        Assert.DoesNotContain("about", FacesShown.Of(rows, Exact).NetInWords, StringComparison.Ordinal);
    }

    /// <summary>The defect of the public practice is a list by score to five decimals; ours is by name, each with interval, or says that there are too few.</summary>
    [Fact]
    public void A_breakdown_is_by_name_and_never_by_score()
    {
        List<FeedbackCount> rows = [.. new[] { (1, 90), (2, 99), (3, 50), (4, 5) }.SelectMany(s => (FeedbackCount[])[Row(FeedbackSaid.Good, s.Item2, s.Item1), Row(FeedbackSaid.Poor, 100 - s.Item2, s.Item1)])];
        rows.RemoveAll(r => r.Service == 4);
        rows.Add(Row(FeedbackSaid.Good, 12, 4));
        string[] names = ["", "Waste", "Bins", "Trees", "Allotments"];

        var lines = ExperienceBreakdown.Of("Service", rows, r => r.Service, s => (names[s], null), Exact).Lines!;

        Assert.Equal(["Allotments", "Bins", "Trees", "Waste"], lines.Select(l => l.Label));
        Assert.Equal("Too few answers", lines[0].Faces.NetInWords);
        Assert.All(lines.Skip(1), l => Assert.Matches(@"^[+−]?\d\.\d\d \([+−]?\d\.\d\d to [+−]?\d\.\d\d\)$", l.Faces.NetInWords));
    }

    [Fact]
    public void A_breakdown_from_which_a_small_count_could_be_worked_out_is_not_shown_but_to_analysts()
    {
        // 1, 8 and 8, with their total: the 1 is left over.
        FeedbackCount[] rows = [Row(FeedbackSaid.Poor, 1, 1), Row(FeedbackSaid.Poor, 8, 2), Row(FeedbackSaid.Poor, 8, 3)];
        Assert.Null(ExperienceBreakdown.Of("Service", rows, r => r.Service, s => ($"{s}", null), Rounded).Lines);
        Assert.Equal(3, ExperienceBreakdown.Of("Service", rows, r => r.Service, s => ($"{s}", null), Exact).Lines!.Count);
    }

    /// <summary>Shown are 30, 10, “1 to 7” and n 35: whoever knows the rule works out that the last is 1.</summary>
    [Fact]
    public void Faces_from_which_a_hidden_one_could_be_worked_out_are_not_shown_nor_a_score_of_them()
    {
        FeedbackCount[] rows = [Row(FeedbackSaid.Good, 28), Row(FeedbackSaid.Average, 8), Row(FeedbackSaid.Poor, 1)];
        var shown = FacesShown.Of(rows, Rounded);
        Assert.True(shown.FacesWithheld);
        Assert.Null(shown.Net);
        Assert.Equal((FacesShown.NotShown, FacesShown.NotShown), (shown.NetInWords, shown.InWords(shown.Good)));
        Assert.Equal("28", FacesShown.Of(rows, Exact) is var exact ? exact.InWords(exact.Good) : "");
        Assert.False(FacesShown.Of([Row(FeedbackSaid.Good, 62), Row(FeedbackSaid.Average, 21), Row(FeedbackSaid.Poor, 3)], Rounded).FacesWithheld);
        Assert.Null(ExperienceComparison.Of(rows, rows, Rounded));

        // 13 asked and 8 answered: shown as 15 and 10.
        FeedbackCount[] asked = [Row(FeedbackSaid.Good, 8, way: "email"), Row(FeedbackSaid.Nothing, 1, way: "email")];
        Assert.Equal(FacesShown.NotShown, FacesShown.Of(asked, Rounded).ResponseInWords);
        Assert.Equal("8 of 9", FacesShown.Of(asked, Exact).ResponseInWords);
    }

    [Fact]
    public void What_a_comparison_covers_is_of_all_answers_and_chance_is_not_called_a_difference()
    {
        FeedbackCount[] all = [Row(FeedbackSaid.Good, 26), Row(FeedbackSaid.Poor, 4)], none = [Row(FeedbackSaid.Good, 30)];
        var compared = ExperienceComparison.Of(all, none, Exact)!;
        Assert.True(compared.Adjusted.Interval.Contains(0));
        Assert.Equal(compared.Crude.Interval.Low, compared.Adjusted.Interval.Low, 1e-12);
        Assert.Equal(1, compared.Covered, 1e-12);
        var post = Row(FeedbackSaid.Good, 9, channel: 3);
        Assert.Equal(60 / 78.0, ExperienceComparison.Of([.. all, post], [.. none, post], Exact)!.Covered, 1e-12);
    }

    /// <summary>The two councils of the vector: 5.8 points apart as they are, about 1 apart with the same mix, which chance explains.</summary>
    [Fact]
    public void What_only_the_mix_of_channels_sets_apart_is_not_told_as_a_difference()
    {
        List<FeedbackCount> Council(params (int Channel, int Good, int All)[] by) => [.. by.SelectMany(c => (FeedbackCount[])[Row(FeedbackSaid.Good, c.Good, channel: c.Channel), Row(FeedbackSaid.Poor, c.All - c.Good, channel: c.Channel)])];
        var a = Council((1, 560, 700), (2, 176, 200), (3, 92, 100));
        var b = Council((1, 162, 200), (2, 445, 500), (3, 279, 300));

        var compared = ExperienceComparison.Of(a, b, Exact)!;

        Assert.Equal(0.058, compared.Crude.Value, 1e-9);
        Assert.True(compared.Crude.Interval.Low > 0);
        Assert.InRange(compared.Adjusted.Value, 0.005, 0.015);
        Assert.True(compared.Adjusted.Interval.Contains(0));
        Assert.Contains("no difference is shown", compared.InWords, StringComparison.Ordinal);
        Assert.Equal(1, compared.Mix.Sum(m => m.Weight), 1e-12);
        Assert.Null(ExperienceComparison.Of(a, Council((2, 10, 12)), Exact));
        Assert.Null(ExperienceComparison.Of(a, Council((7, 100, 120)), Exact));
    }

    private static FeedbackCount Row(FeedbackSaid said, long count, int service = 1, int channel = 1, string way = "page") => new(0, service, channel, FeedbackWays.Code(way), 0, said, count);
}
