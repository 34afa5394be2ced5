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
        var citizens = Enumerable.Range(0, 8).Select(_ => _app.Browse()).ToList();
        foreach (var citizen in citizens) await citizen.Open("/survey/524");

        await Task.WhenAll(citizens.Select(c => c.Press("Send", ("reliability-expected", "5"), ("reliability-received", "5"))));

        Assert.Equal(Enumerable.Range(1, 8), (await _app.Db(d => d.ExperienceAnswers.Select(a => a.Respondent).ToListAsync())).Order());
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
