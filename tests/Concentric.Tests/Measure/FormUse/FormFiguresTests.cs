using Concentric.Core;
using Concentric.Core.Facts;

namespace Concentric.Tests.Measure.FormUse;

/// <summary>Figures of forms against cases that were counted by hand.</summary>
[Trait("Database", "none")]
public sealed class FormFiguresTests : CountedForm
{
    [Fact]
    public void A_funnel_tells_who_left_from_who_ended_otherwise()
    {
        Funnel();

        var figures = Count();

        Assert.Equal((20, 10, 14), (figures.Started.Value, figures.Completion.Part.Value, figures.Completion.Whole.Value));
        // 10 of 14 by R: prop.test(10, 14, correct = FALSE).
        Assert.Equal((0.4535, 0.8828), (Math.Round(figures.Completion.Share!.Value.Low, 4), Math.Round(figures.Completion.Share.Value.High, 4)));
        Assert.Equal((10, 4, 2, 1, 3), (figures.Outcomes!.Sent.Value, figures.Outcomes.Dropped.Value, figures.Outcomes.Saved.Value, figures.Outcomes.Stopped.Value, figures.Outcomes.HandedOver.Value));
        Assert.Equal(["a 20: 0 of 19, 1 otherwise", "b 19: 4 of 17, 2 otherwise", "c 13: 0 of 10, 3 otherwise"],
            figures.Pages.Select(p => $"{p.Page} {p.Reached}: {p.Left!.Value.Part} of {p.Left.Value.Whole}, {p.EndedOtherwise} otherwise"));
    }

    [Fact]
    public void Others_than_analysts_see_the_funnel_rounded_and_small_counts_not()
    {
        Funnel();

        var figures = Count(isExact: false);

        Assert.Equal(("20", "10 of 15"), (figures.Started.ToString(), $"{figures.Completion.Part} of {figures.Completion.Whole}"));
        Assert.Equal(("1 to 7 of 15", "too few"), (figures.Pages[1].Left!.Value.InWords, figures.Pages[1].Left!.Value.IntervalInWords));
        Assert.Equal(66.7, Math.Round(100 * figures.Completion.Share!.Value.Value, 1));
    }

    [Fact]
    public void A_breakdown_from_which_a_small_count_could_be_worked_out_is_hidden()
    {
        // Left on the pages: 1, 8 and 8, of which 17 together are shown as 15.
        for (var i = 0; i < 30; i++) Add(FormOutcome.Sent, null, ["a", "b", "c"]);
        Add(FormOutcome.Dropped, "a", ["a"]);
        for (var i = 0; i < 8; i++) Add(FormOutcome.Dropped, "b", ["a", "b"]);
        for (var i = 0; i < 8; i++) Add(FormOutcome.Dropped, "c", ["a", "b", "c"]);

        Assert.All(Count(isExact: false).Pages, p => Assert.Null(p.Left));
        Assert.Equal([1, 8, 8], Count().Pages.Select(p => p.Left!.Value.Part.Value));
    }

    [Fact]
    public void Of_fewer_than_ten_visits_there_is_no_share_and_no_time()
    {
        for (var i = 0; i < 9; i++) Add(FormOutcome.Sent, null, ["a"], seconds: 10);
        Assert.Null(Count().Completion.Share);
        Assert.Equal(("9 of 9", (double?)null), (Count().Completion.InWords, Count().WholeTime.Median));

        Add(FormOutcome.Sent, null, ["a"], seconds: 10);

        Assert.Equal(("100.0%", 10.0), (Count().Completion.InWords, Count().WholeTime.Median));
    }

    [Fact]
    public void A_message_is_counted_by_times_and_by_visits_and_with_who_then_left()
    {
        for (var i = 0; i < 20; i++)
        {
            var number = i < 5 ? Add(FormOutcome.Dropped, "a", ["a"]) : Add(FormOutcome.Sent, null, ["a", "b"]);
            if (i is >= 2 and < 14) Messages.Add(new() { Number = number, Page = "a", Question = "born", Problem = "format", Message = "Date of birth must be a real date", Times = i == 2 ? 3 : 1 });
        }

        var message = Assert.Single(Count().Messages);

        Assert.Equal((14, "12 of 20", "3 of 12"), ((int)message.Times.Value!, $"{message.Visits.Part} of {message.Visits.Whole}", $"{message.LeftAfter.Part} of {message.LeftAfter.Whole}"));
        Assert.Equal(14, Count().Pages[0].Messages.Value);
    }

    [Fact]
    public void A_page_costs_what_it_loses_above_the_other_pages_times_who_would_have_got_through()
    {
        // Four weeks of 25: of 100 leave 10 on a, of 90 leave 45 on b, of 45 leave 9 on c, and 36 are sent.
        for (var i = 0; i < 100; i++)
        {
            var day = Monday.AddDays(i % 28);
            if (i < 10) Add(FormOutcome.Dropped, "a", ["a"], day: day);
            else if (i < 55) Add(FormOutcome.Dropped, "b", ["a", "b"], day: day);
            else if (i < 64) Add(FormOutcome.Dropped, "c", ["a", "b", "c"], day: day);
            else Add(FormOutcome.Sent, null, ["a", "b", "c"], day: day);
        }

        var costs = Count().Costs;
        var worst = costs.Costs[0];

        Assert.Equal((4, Monday, Monday.AddDays(27)), (costs.Weeks, costs.Days.From, costs.Days.Through));
        Assert.Equal(("b", 22.5, 0.15), (worst.Page, worst.Arrivals, Math.Round(worst.Usual, 10)));
        // (0.5 − 0.15) × 22.5, and of the 45 who went on 36 got through: × 0.8. Wilson for 45 of 90 with z = 2.39398: 0.377662 to 0.622338.
        Assert.Equal((7.875, 6.3), (Math.Round(worst.Excess, 6), Math.Round(worst.Completions, 6)));
        Assert.Equal((4.098, 8.502), (Math.Round(worst.Low, 3), Math.Round(worst.High, 3)));
        Assert.Equal(["b"], costs.Costs.Where(c => c.IsShown).Select(c => c.Page));
    }

    [Fact]
    public void Costs_are_of_the_newest_version_once_it_has_four_whole_weeks()
    {
        Published.AddRange([(1, Monday.AddDays(-200)), (2, Monday.AddDays(15))]);
        for (var day = 0; day < 49; day++)
            for (var i = 0; i < 10; i++) Add(i < 5 && day < 15 ? FormOutcome.Dropped : FormOutcome.Sent, i < 5 && day < 15 ? "b" : null, ["a", "b", "c"], day: Monday.AddDays(day), version: day < 15 ? 1 : 2);

        var costs = Count(weeks: 7).Costs;

        Assert.Equal((4, 2, Monday.AddDays(21)), (costs.Weeks, costs.Version, costs.Days.From));
        Assert.All(costs.Costs, c => Assert.Equal(0, c.Left.Part));
        Assert.Equal((0, 0), (Count(weeks: 3).Costs.Weeks, Count(weeks: 3).Costs.Costs.Count));
    }

    [Fact]
    public void Where_an_earlier_version_is_put_back_costs_are_of_the_weeks_since()
    {
        Published.AddRange([(1, Monday.AddDays(-200)), (2, Monday.AddDays(7)), (1, Monday.AddDays(14))]);
        for (var day = 0; day < 42; day++)
            for (var i = 0; i < 10; i++) Add(FormOutcome.Sent, null, ["a", "b"], day: Monday.AddDays(day), version: day is >= 7 and < 14 ? 2 : 1);

        var figures = Count(weeks: 6);

        Assert.Equal((4, 1, Monday.AddDays(14)), (figures.Costs.Weeks, figures.Costs.Version, figures.Costs.Days.From));
        Assert.Equal(["1 Version 2", "2 Version 1"], figures.Changes.Select(c => $"{c.Index} {c.Reason}"));
        // Of one version alone all weeks are looked at.
        Assert.Equal((6, null), (Count(weeks: 6, version: 1).Costs.Weeks, Count(weeks: 6, version: 1).Costs.Version));
    }

    [Fact]
    public void Steps_back_to_a_page_are_summed()
    {
        for (var i = 0; i < 3; i++) Add(FormOutcome.Sent, null, ["a", "b"], back: i);

        Assert.Equal([3, 0], Count().Pages.Select(p => p.BackSteps.Value));
        Assert.Equal(["1 to 7", "0"], Count(isExact: false).Pages.Select(p => $"{p.BackSteps}"));
    }

    [Fact]
    public void Versions_are_compared_with_an_adjusted_p()
    {
        for (var i = 0; i < 40; i++)
        {
            Add(i < 20 ? FormOutcome.Sent : FormOutcome.Dropped, i < 20 ? null : "a", ["a"], version: 1, seconds: 60);
            Add(i < 30 ? FormOutcome.Sent : FormOutcome.Dropped, i < 30 ? null : "a", ["a"], day: Monday.AddDays(9), version: 2, seconds: 30);
        }

        var versions = Count().Versions!;

        Assert.Equal((1, 2), (versions.Before, versions.After));
        Assert.Equal([null, "a"], versions.Differences.Select(d => d.What));
        var completed = versions.Differences[0];
        Assert.Equal(Share.Difference(Share.Of(30, 40)!.Value, Share.Of(20, 40)!.Value), completed.Difference);
        // z = 0.25 / √(0.625 × 0.375 × 2/40) = 2.3094, p = 0.0209213, of two comparisons twice that.
        Assert.Equal((0.041843, 0.041843), (Math.Round(completed.P!.Value, 6), Math.Round(versions.Differences[1].P!.Value, 6)));
        Assert.Equal((0.25, -0.25, 60.0, 30.0), (completed.Difference!.Value.Value, versions.Differences[1].Difference!.Value.Value, completed.TimeBefore, completed.TimeAfter));
        Assert.True(completed.IsShown);
        Assert.Null(Count(version: 2).Versions);
    }

    [Fact]
    public void Visits_that_go_on_in_the_middle_do_not_turn_the_pages_round()
    {
        for (var i = 0; i < 3; i++) Add(FormOutcome.Sent, null, ["a", "b", "c"]);
        for (var i = 0; i < 2; i++) Add(FormOutcome.Sent, null, ["c", "a"]);

        Assert.Equal(["a", "b", "c"], Count().Pages.Select(p => p.Page));
    }

    [Fact]
    public void Visits_are_told_apart_by_channel_by_whom_language_and_version()
    {
        for (var i = 0; i < 40; i++) Add(i % 4 == 0 ? FormOutcome.Dropped : FormOutcome.Sent, i % 4 == 0 ? "a" : null, ["a"], channel: i < 20 ? "web" : "phone");

        var splits = Count().Splits;

        Assert.Equal(["channel web: 15 of 20", "channel phone: 15 of 20", "mediated yes: 15 of 20", "mediated no: 15 of 20", "language en: 30 of 40", "version 1: 30 of 40"],
            splits.OrderBy(s => Array.IndexOf(["channel", "mediated", "language", "version"], s.By)).ThenByDescending(s => s.Value is "web" or "yes")
                .Select(s => $"{s.By} {s.Value}: {s.Completion!.Value.Part} of {s.Completion.Value.Whole}"));
    }

    /// <summary>10 sent, 4 left on b, 2 saved on b, 1 stopped on a, 3 handed over on c.</summary>
    private void Funnel()
    {
        for (var i = 0; i < 10; i++) Add(FormOutcome.Sent, null, ["a", "b", "c"]);
        for (var i = 0; i < 4; i++) Add(FormOutcome.Dropped, "b", ["a", "b"]);
        for (var i = 0; i < 2; i++) Add(FormOutcome.Saved, "b", ["a", "b"]);
        Add(FormOutcome.Stopped, "a", ["a"]);
        for (var i = 0; i < 3; i++) Add(FormOutcome.HandedOver, "c", ["a", "b", "c"]);
    }
}
