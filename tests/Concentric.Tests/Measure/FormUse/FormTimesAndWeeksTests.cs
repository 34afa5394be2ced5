using Concentric.Core.Facts;
using Concentric.Core.People;
using Concentric.Measure.FormUse;
using Microsoft.Extensions.Configuration;

namespace Concentric.Tests.Measure.FormUse;

/// <summary>How long forms take and how weeks differ, against cases that were counted by hand.</summary>
[Trait("Database", "none")]
public sealed class FormTimesAndWeeksTests : CountedForm
{
    [Fact]
    public void Times_are_of_visits_that_went_on_and_coarse_for_others_than_analysts()
    {
        for (var i = 1; i <= 10; i++) Add(FormOutcome.Sent, null, ["a"], seconds: i * 10 + 1);
        Add(FormOutcome.Dropped, "a", ["a"], seconds: 600);

        // 11, 21 to 101: the middle of 51 and 61, and a tenth of the way from 91 to 101.
        Assert.Equal((56.0, 92.0, 10L), (Count().Pages[0].Time.Median, Count().Pages[0].Time.P90, Count().Pages[0].Time.N.Value));
        // 10 visits are shown as 10, as 8 would be: nobody else than an analyst can tell that they are enough.
        Assert.Null(Count(isExact: false).Pages[0].Time.Median);
        for (var i = 11; i <= 13; i++) Add(FormOutcome.Sent, null, ["a"], seconds: i * 10 + 1);
        Assert.Equal((70.0, 120.0), (Count(isExact: false).Pages[0].Time.Median, Count(isExact: false).Pages[0].Time.P90));
    }

    [Fact]
    public void An_advisers_visits_have_no_times_though_they_are_counted()
    {
        for (var i = 0; i < 10; i++) Add(FormOutcome.Sent, null, ["a", "b"], seconds: 30);
        // All pages are kept at one moment: the first has all the time.
        for (var i = 0; i < 40; i++) Add(FormOutcome.Sent, null, ["a", "b"], seconds: i % 2 * 600, channel: "phone", version: 1 + i % 2);

        var figures = Count();

        Assert.Equal((50, 60.0, 10L), (figures.Started.Value, figures.WholeTime.Median, figures.WholeTime.N.Value));
        Assert.Equal([(30.0, 30.0, 10L), (30.0, 30.0, 10L)], figures.Pages.Select(p => (p.Time.Median!.Value, p.Time.P90!.Value, p.Time.N.Value!.Value)));
        Assert.Equal((60.0, null), (figures.Versions!.Differences[0].TimeBefore, figures.Versions.Differences[0].TimeAfter));
    }

    [Fact]
    public void The_time_of_the_whole_form_is_of_those_who_began_at_its_first_page()
    {
        for (var i = 0; i < 12; i++) Add(FormOutcome.Sent, null, ["a", "b", "check"], seconds: 20);
        // They saved it before, and went on here.
        for (var i = 0; i < 10; i++) Add(FormOutcome.Sent, null, ["check"], seconds: 5);
        // The next version begins at another page, of fewer visits so far.
        for (var i = 0; i < 11; i++) Add(FormOutcome.Sent, null, ["first", "a", "b", "check"], seconds: 20, version: 2);

        Assert.Equal((60.0, 80.0, 23L), (Count().WholeTime.Median, Count().WholeTime.P90, Count().WholeTime.N.Value));
        Assert.Equal((60.0, 80.0), (Count().Versions!.Differences[0].TimeBefore, Count().Versions!.Differences[0].TimeAfter));
        Assert.Equal(33, Count().Pages.Single(p => p.Page == "check").Time.N.Value);
    }

    [Theory]
    [InlineData(8, false)]
    [InlineData(12, false)]
    [InlineData(13, true)]
    public void Of_rounded_counts_there_is_a_share_only_where_no_fewer_than_ten_can_stand_behind_them(int visits, bool isThere)
    {
        for (var i = 0; i < visits; i++) Add(FormOutcome.Sent, null, ["a"], seconds: 10);

        var figures = Count(isExact: false);

        Assert.Equal((isThere, isThere), (figures.Completion.Share is not null, figures.WholeTime.Median is not null));
        Assert.Equal(isThere, figures.Weeks.Values[0] is not null);
    }

    [Fact]
    public void A_week_in_which_few_sent_stays_on_the_chart_of_those_who_may_not_see_how_many()
    {
        for (var week = 0; week < 4; week++)
            for (var i = 0; i < 20; i++)
            {
                var isSent = i < (week == 2 ? 2 : 15);
                Add(isSent ? FormOutcome.Sent : FormOutcome.Dropped, isSent ? null : "a", ["a"], day: Monday.AddDays(7 * week));
            }

        var others = Count(isExact: false);

        // 2 of 20 are drawn as 4 of 20, and written as 1 to 7 of 20.
        Assert.Equal([75.0, 75.0, 20.0, 75.0], others.Weeks.Values);
        Assert.Equal([2], others.Weeks.Hidden);
        Assert.Equal((4L, 20L), others.Chart.Points[2].Share);
        var council = new OwnCouncil(new(new ConfigurationBuilder().Build()), null!);
        var answer = FormUseAnswer.Of(others, council);
        Assert.Equal([(0.75, 20L, false), (null, 20L, true)], answer.Weeks.Skip(1).Take(2).Select(w => (w.Completed, w.N!.Value, w.Hidden)));
        Assert.Contains("week,2026-02-16,1 to 7 sent,completed,,,,20\r\n", FormUseCsv.Write(answer), StringComparison.Ordinal);
        Assert.Equal((10.0, 0), (Count().Weeks.Values[2], Count().Weeks.Hidden.Count));
    }

    [Fact]
    public void A_week_has_limits_by_how_many_visits_it_had()
    {
        for (var week = 0; week < 4; week++)
            for (var i = 0; i < (week == 1 ? 12 : 100); i++)
                Add(i % 4 == 0 ? FormOutcome.Dropped : FormOutcome.Sent, i % 4 == 0 ? "a" : null, ["a"], day: Monday.AddDays(7 * week));

        // 234 of 312: p̄ = 0.75; 3 √(0.75 × 0.25 ÷ 12) = 0.375, and 0.129904 where there are 100.
        Assert.Equal([0.620096, 0.375, 0.620096, 0.620096], Count().Chart.Points.Select(p => Math.Round(p.Limits!.Value.Low, 6)));
    }

    [Fact]
    public void A_week_with_few_visits_is_a_gap_of_the_chart()
    {
        for (var i = 0; i < 10; i++) Add(i < 8 ? FormOutcome.Sent : FormOutcome.Dropped, i < 8 ? null : "a", ["a"]);
        for (var i = 0; i < 9; i++) Add(FormOutcome.Sent, null, ["a"], day: Monday.AddDays(7));
        for (var i = 0; i < 20; i++) Add(i < 10 ? FormOutcome.Sent : FormOutcome.Saved, i < 10 ? null : "a", ["a"], day: Monday.AddDays(14));

        Assert.Equal([80.0, null, 100.0, null], Count().Weeks.Values);
    }
}
