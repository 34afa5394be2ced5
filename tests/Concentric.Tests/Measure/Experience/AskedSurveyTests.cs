using System.Net;
using Concentric.Core.Facts;
using Concentric.Core.People;
using Concentric.Measure.Experience;
using Concentric.Tests.Serve.Cases;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Tests.Measure;

/// <summary>Everybody can be asked on a page what they expect of a service and got; what they say goes into the gaps.</summary>
public sealed class AskedSurveyTests : IDisposable
{
    private const string Gaps = "/measure/experience/gaps?service=524";

    private readonly TestApp _app = new();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task What_single_people_say_makes_the_gaps_from_ten_on()
    {
        await _app.Seed();
        var citizen = _app.Browse();
        Assert.Equal(HttpStatusCode.Gone, (await citizen.Open("/survey/524")).Status);
        var lewis = await _app.SignInAs(Role.Analyst);
        var grace = await _app.SignInAs(Role.ServiceManager);
        await grace.Open(Gaps);
        await grace.Press("Save what is intended", ("meant-reliability", "6"));
        await grace.Press("Start asking");
        Assert.Contains("/survey/524", grace.Text, StringComparison.Ordinal);

        for (var i = 0; i < 9; i++) await Say(("reliability-expected", "7"), ("reliability-received", $"{4 + i % 3}"), ("reliability-importance", "7"), ("empathy-importance", "3"), ("overall", $"{4 + i % 3}"));
        Assert.Contains("Too few answers: 9 answered", (await lewis.Open(Gaps)).Text, StringComparison.Ordinal);
        Assert.Equal("Thank you", (await Say(("reliability-expected", "7"), ("reliability-received", "5"), ("overall", "5"))).Heading);

        // Received: three of 4, three of 5, three of 6, and one of 5.
        var line = Row(await lewis.Open(Gaps), "Reliability");
        foreach (var figure in (string[])["10", "7.00", "6.00", "5.00", "−1.00", "−2.00"]) Assert.Contains(figure, line, StringComparison.Ordinal);
        var said = await _app.Facts<ExperienceSaid>();
        Assert.Equal(Enumerable.Range(1, 10), said.Select(s => s.Respondent).Order());
        Assert.Equal(19, said.Sum(s => s.Sides));

        await grace.Open(Gaps);
        await grace.Press("Stop asking");
        Assert.Equal(HttpStatusCode.Gone, (await citizen.Open("/survey/524")).Status);
        Assert.Equal([true, false], (await _app.Facts<ExperienceAsked>()).Select(a => a.IsOpen));
        // It is over, and what was said stays.
        Assert.Equal(line, Row(await lewis.Open(Gaps), "Reliability"));
    }

    [Fact]
    public async Task One_page_is_one_answer_and_the_last_stands()
    {
        await Asking();
        var citizen = _app.Browse();
        await citizen.Open("/survey/524");
        var page = citizen.Page.QuerySelector("input[name=Page]")!.GetAttribute("value");
        await citizen.Press("Send", ("reliability-received", "2"), ("empathy-received", "3"));
        await citizen.Open("/survey/524");
        await citizen.Press("Send", ("Page", page!), ("reliability-received", "6"));

        var answer = Assert.Single(await _app.Db(d => d.ExperienceAnswers.ToListAsync()));
        Assert.Equal(("reliability", 6.0, 1), (answer.Dimension, answer.Received!.Value, answer.Respondent));
        Assert.Single(await _app.Db(d => d.AskedRespondents.ToListAsync()));
    }

    [Fact]
    public async Task Many_who_send_at_the_same_moment_all_count()
    {
        await Asking();
        var citizens = Enumerable.Range(0, 12).Select(_ => _app.Browse()).ToList();
        foreach (var citizen in citizens) await citizen.Open("/survey/524");

        await Task.WhenAll(citizens.Select(c => c.Press("Send", ("reliability-expected", "5"), ("reliability-received", "5"))));

        Assert.All(citizens, c => Assert.Equal("Thank you", c.Heading));
        Assert.Equal(Enumerable.Range(1, 12), (await _app.Db(d => d.ExperienceAnswers.Select(a => a.Respondent).ToListAsync())).Order());
    }

    [Fact]
    public async Task What_cannot_be_right_is_said_and_nothing_is_kept()
    {
        await Asking();
        var citizen = _app.Browse();
        await citizen.Open("/survey/524");
        await citizen.Press("Send");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, citizen.Status);
        Assert.Contains("Answer at least one question", citizen.Text, StringComparison.Ordinal);
        await citizen.Press("Send", ("reliability-received", "8"));
        Assert.Contains("Choose a number from 1 to 7, or no answer", citizen.Text, StringComparison.Ordinal);
        // A program that fills in what nobody sees.
        await citizen.Open("/survey/524");
        await citizen.Press("Send", ("reliability-received", "1"), ("Website", "http://spam.example"));
        Assert.Equal("Thank you", citizen.Heading);
        Assert.Equal(HttpStatusCode.NotFound, (await citizen.Open("/survey/nothing")).Status);
        Assert.Empty(await _app.Db(d => d.ExperienceAnswers.ToListAsync()));
        Assert.Empty(await _app.Facts<ExperienceSaid>());
    }

    [Fact]
    public async Task A_file_does_not_take_the_place_of_what_people_are_saying_nor_too_few_of_what_was_said_before()
    {
        var grace = await _app.SignInAs(Role.ServiceManager);
        await grace.Open(Gaps);
        var rows = "reliability_expected,reliability_received,overall\n" + string.Concat(Enumerable.Repeat("7,4,4\n", 20));
        await grace.Press("Take it in", ("Rows", rows));
        await grace.Press("Start asking");
        await Say(("reliability-expected", "1"), ("reliability-received", "1"));

        await grace.Open(Gaps);
        Assert.Contains("4.00", Row(grace, "Reliability"), StringComparison.Ordinal);
        await grace.Press("Take it in", ("Rows", rows));
        Assert.Contains("Stop asking before you bring a survey", grace.Text, StringComparison.Ordinal);
        Assert.Equal(21, await _app.Db(d => d.ExperienceAnswers.CountAsync()));
    }

    [Fact]
    public async Task Single_answers_cannot_be_worked_out_from_the_figures_before_and_after()
    {
        await Asking();
        for (var i = 0; i < 9; i++) await Say(("reliability-expected", "5"), ("reliability-received", "5"), ("empathy-expected", "5"), ("empathy-received", "5"));
        // The tenth says nothing of empathy, so that nine said something of it.
        await Say(("reliability-expected", "5"), ("reliability-received", "5"));
        var lewis = await _app.SignInAs(Role.Analyst);
        var before = Row(await lewis.Open(Gaps), "Reliability");
        Assert.DoesNotContain("Empathy", lewis.Page.QuerySelector(".govuk-table:not(figure .govuk-table)")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("whole tens", lewis.Text, StringComparison.Ordinal);

        // One more is angry with both. Nothing moves, and empathy stays away though ten said something of it.
        await Say(("reliability-expected", "7"), ("reliability-received", "1"), ("reliability-importance", "7"), ("empathy-expected", "7"), ("empathy-received", "1"));
        Assert.Equal(before, Row(await lewis.Open(Gaps), "Reliability"));
        Assert.DoesNotContain("Empathy", lewis.Page.QuerySelector(".govuk-table:not(figure .govuk-table)")!.TextContent, StringComparison.Ordinal);
        // Nor does the end add the few who are left.
        var grace = await _app.SignInAs(Role.ServiceManager);
        await grace.Open(Gaps);
        await grace.Press("Stop asking");
        Assert.Equal(before, Row(await lewis.Open(Gaps), "Reliability"));
    }

    [Fact]
    public async Task What_is_in_the_figures_can_no_longer_be_changed()
    {
        await Asking();
        var first = _app.Browse();
        await first.Open("/survey/524");
        var page = first.Page.QuerySelector("input[name=Page]")!.GetAttribute("value")!;
        await first.Press("Send", ("reliability-expected", "5"), ("reliability-received", "5"));
        for (var i = 0; i < 9; i++) await Say(("reliability-expected", "5"), ("reliability-received", "5"));

        await first.Open("/survey/524");
        await first.Press("Send", ("Page", page), ("reliability-expected", "5"), ("reliability-received", "1"));

        Assert.Contains("It can no longer be changed", first.Text, StringComparison.Ordinal);
        Assert.All(await _app.Db(d => d.ExperienceAnswers.ToListAsync()), a => Assert.Equal(5, a.Received));
        Assert.Equal(10, (await _app.Facts<ExperienceSaid>()).Count);
    }

    [Fact]
    public async Task Ten_of_whom_no_side_can_be_shown_do_not_take_the_place_of_the_survey_before()
    {
        var grace = await _app.SignInAs(Role.ServiceManager);
        await grace.Open(Gaps);
        await grace.Press("Take it in", ("Rows", "reliability_expected,reliability_received,overall\n" + string.Concat(Enumerable.Repeat("7,4,4\n", 20))));
        await grace.Press("Start asking");
        // All say how much it matters, and half of them each what they expect or got.
        for (var i = 0; i < 10; i++) await Say((i % 2 == 0 ? "reliability-expected" : "reliability-received", "5"), ("reliability-importance", "5"));

        Assert.Contains("4.00", Row(await grace.Open(Gaps), "Reliability"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_a_page_that_we_gave_out_is_an_answer_and_that_for_a_day()
    {
        await Asking();
        var citizen = _app.Browse();
        await citizen.Open("/survey/524");
        foreach (var page in (string[])[$"{Guid.CreateVersion7(_app.Clock.Now)}", "", "AAAA", new string('A', 5000)])
        {
            await citizen.Open("/survey/524");
            await citizen.Press("Send", ("Page", page), ("reliability-received", "1"));
            Assert.Equal(HttpStatusCode.BadRequest, citizen.Status);
        }
        await citizen.Open("/survey/524");
        _app.Clock.Now += TimeSpan.FromHours(25);
        await citizen.Press("Send", ("reliability-received", "6"));
        Assert.Contains("open for more than a day", citizen.Text, StringComparison.Ordinal);
        Assert.Empty(await _app.Db(d => d.ExperienceAnswers.ToListAsync()));
        // What they chose is still there.
        await citizen.Press("Send");
        Assert.Equal(6, Assert.Single(await _app.Db(d => d.ExperienceAnswers.ToListAsync())).Received);
    }

    [Fact]
    public async Task A_survey_that_takes_no_more_says_so_to_both_sides()
    {
        await Asking();
        var citizen = await Say(("reliability-received", "5"));
        await citizen.Open("/survey/524");
        await _app.Write(d => d.AskedRespondents.ExecuteUpdateAsync(r => r.SetProperty(x => x.Respondent, ReadGapSurvey.MostRows)));

        await citizen.Press("Send", ("reliability-received", "5"));
        Assert.Equal((HttpStatusCode.Gone, HttpStatusCode.Gone), (citizen.Status, (await citizen.Open("/survey/524")).Status));
        Assert.Contains("10,000 people answered, as many as a survey takes", (await (await _app.SignInAs(Role.ServiceManager)).Open(Gaps)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_room_full_of_people_with_one_connection_can_answer()
    {
        await Asking();
        var citizen = _app.Browse();
        for (var i = 0; i < 40; i++)
        {
            await citizen.Open("/survey/524");
            await citizen.Press("Send", ("reliability-received", "5"));
            Assert.Equal((i, HttpStatusCode.OK), (i, citizen.Status));
        }
    }

    [Fact]
    public async Task A_file_takes_nothing_of_a_survey_that_was_begun_meanwhile_and_all_of_one_that_is_over()
    {
        await Asking();
        await Say(("reliability-received", "5"));
        var survey = ReadGapSurvey.Of("reliability_expected,reliability_received\n7,4\n"u8.ToArray());
        var isTaken = true;
        await _app.Write(async d => isTaken = await SeeGaps.Replace(d, "524", Guid.CreateVersion7(_app.Clock.Now), survey.Answers, _app.Clock.Now));
        Assert.False(isTaken);
        Assert.Equal(5, Assert.Single(await _app.Db(d => d.ExperienceAnswers.ToListAsync())).Received);

        var grace = await _app.SignInAs(Role.ServiceManager);
        await grace.Open(Gaps);
        await grace.Press("Stop asking");
        await grace.Press("Take it in", ("Rows", "reliability_expected,reliability_received\n7,4\n"));
        Assert.Equal(4, Assert.Single(await _app.Db(d => d.ExperienceAnswers.ToListAsync())).Received);
        Assert.Empty(await _app.Db(d => d.AskedRespondents.ToListAsync()));
    }

    private async Task Asking()
    {
        var grace = await _app.SignInAs(Role.ServiceManager);
        await grace.Open(Gaps);
        await grace.Press("Start asking");
    }

    private async Task<Browser> Say(params (string, string)[] said)
    {
        var citizen = _app.Browse();
        await citizen.Open("/survey/524");
        await citizen.Press("Send", said);
        return citizen;
    }

    private static string Row(Browser browser, string first) => string.Join(' ', browser.Page.QuerySelectorAll(".govuk-table:not(figure .govuk-table) tbody tr").First(r => r.QuerySelector("th")?.TextContent.Trim() == first)
        .TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
