using System.Net;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Measure.Contacts;
using Concentric.Measure.Experience;
using Concentric.Measure.Statistics;
using Concentric.Tests.Serve.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Tests.Measure;

/// <summary>What citizens said stands on the page of Measure once it is sealed, with n and interval or as too few; and a survey beside it.</summary>
public sealed class SeeExperienceTests : IDisposable
{
    private readonly TestApp _app = new();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task What_was_said_is_counted_by_service_channel_and_team_with_the_response_of_those_who_were_asked()
    {
        await _app.Seed();
        var at = _app.Clock.Now;
        await _app.Write(db =>
        {
            db.Record(new EnquiryRaised($"{Concentric.Core.Reference.Of(7)}", "northmoor", "524", "web", 0, at.AddDays(-60)), Actor.Citizen, at);
            for (var i = 0; i < 62 + 20 + 18; i++)
                Given(i, i < 62 ? FeedbackSaid.Good : i < 82 ? FeedbackSaid.Average : FeedbackSaid.Poor, "524", "web", FeedbackWays.Email, at.AddDays(-(i % 28) - 1));
            for (var i = 200; i < 212; i++) Given(i, FeedbackSaid.Good, "57", "phone", FeedbackWays.Adviser, at.AddDays(-3));
            for (var i = 300; i < 320; i++) db.Record(new FeedbackAsked(Id(i), "northmoor", "524", "web", null, "Waste and recycling", FeedbackWays.Email, at.AddDays(-2)), Actor.System, at);
            Given(400, FeedbackSaid.NotAsked, "57", "phone", FeedbackWays.Adviser, at.AddDays(-3));
            // In the weeks before those shown, to compare with.
            for (var i = 500; i < 560; i++) Given(i, i < 540 ? FeedbackSaid.Good : FeedbackSaid.Poor, "524", "web", FeedbackWays.Email, at.AddDays(-100));
            return Task.CompletedTask;

            void Given(int i, FeedbackSaid said, string service, string channel, string way, DateTimeOffset when) =>
                db.Record(new FeedbackGiven(Id(i), "northmoor", service, channel, null, service == "524" ? "Waste and recycling" : "", way, said, when), Actor.Citizen, at);
        });
        while (await _app.Services.GetRequiredService<Sealer>().Seal() > 0) { }
        await _app.Services.GetRequiredService<Projector>().CatchUp();
        var lewis = await _app.SignInAs(Role.Analyst);
        await lewis.Open("/measure/experience?weeks=13");

        Assert.Equal("How people said it was", lewis.Heading);
        Assert.Contains($"{NetScore.WithSign((74 - 18) / 112.0)}", lewis.Text, StringComparison.Ordinal);
        Assert.Contains("n = 112", lewis.Text, StringComparison.Ordinal);
        Assert.Contains("112 of 132 asked by email or an adviser. 1 more were not asked.", lewis.Text, StringComparison.Ordinal);
        Assert.Contains("+0.44 (+0.27 to +0.58)", Row(lewis, "Bin collection"), StringComparison.Ordinal);
        Assert.Contains("Too few answers", Row(lewis, "Pay your council tax"), StringComparison.Ordinal);
        Assert.Contains("+0.44 (+0.27 to +0.58)", Row(lewis, "Waste and recycling"), StringComparison.Ordinal);
        Assert.Contains("Share good by week", lewis.Text, StringComparison.Ordinal);
        Assert.Contains("With the same mix of channels", lewis.Text, StringComparison.Ordinal);
        Assert.Contains("66.7% (n = 60)", lewis.Text, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"[+−]0\.\d{3,}", lewis.Text);

        await lewis.Follow("Bin collection");
        Assert.Equal("How people said it was: Bin collection", lewis.Heading);
        Assert.Contains("n = 100", lewis.Text, StringComparison.Ordinal);

        // Others see rounded counts.
        var grace = await _app.SignInAs(Role.ServiceManager);
        await grace.Open("/measure/experience?weeks=13");
        Assert.Contains("n = 110", grace.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("n = 112", grace.Text, StringComparison.Ordinal);
        foreach (var path in (string[])["/measure/experience?service=nothing", "/measure/experience?council=nowhere", "/measure/experience/gaps?service=nothing"])
            Assert.Equal(HttpStatusCode.NotFound, (await grace.Open(path)).Status);
        Assert.Equal(HttpStatusCode.OK, (await grace.Open("/measure/experience?weeks=13&with=nobody")).Status);
    }

    [Fact]
    public async Task A_survey_and_what_is_intended_make_gaps_and_priorities()
    {
        var grace = await _app.SignInAs(Role.ServiceManager);
        await grace.Open("/measure/experience/gaps?service=524");
        Assert.Contains("There is no survey of this service yet", grace.Text, StringComparison.Ordinal);
        await grace.Press("Save what is intended", ("meant-reliability", "8"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, grace.Status);
        Assert.Contains("Reliability must be a number from 1 to 7, or empty", grace.Text, StringComparison.Ordinal);
        await grace.Press("Save what is intended", ("meant-reliability", "6"));
        await grace.Press("Take it in", ("Rows", "name\nAda\n"));
        Assert.Contains("No column is named as reliability_expected", grace.Text, StringComparison.Ordinal);
        var rows = "reliability_expected,reliability_received,overall\n" + string.Concat(Enumerable.Range(0, 20).Select(i => $"7,{4 + i % 3},{4 + i % 3}\n"));
        await grace.Press("Take it in", ("Rows", rows));

        Assert.Equal(HttpStatusCode.OK, grace.Status);
        var line = Row(grace, "Reliability");
        foreach (var figure in (string[])["20", "7.00", "6.00", "4.95", "−1.00", "−1.05", "−2.05"]) Assert.Contains(figure, line, StringComparison.Ordinal);
        Assert.Equal(20, Assert.Single(await _app.Facts<ExperienceSurveyTaken>()).Respondents);
        Assert.Equal(6, Assert.Single(await _app.Facts<IntendedExperienceSet>()).Value);

        // A new survey takes the place of the one before; an empty box takes the intention back.
        await grace.Send("Take it in", "File", [("survey.csv", System.Text.Encoding.UTF8.GetBytes(rows + "6,6,6\n"))]);
        Assert.Equal(21, await _app.Db(d => d.ExperienceAnswers.CountAsync()));
        // Who is no analyst sees 21 as 20.
        Assert.StartsWith("Reliability206.95", Row(grace, "Reliability"), StringComparison.Ordinal);
        // Two at the same moment: on PostgreSQL neither sees the other's rows to remove them.
        await _app.Write(d => { d.Add(new ExperienceAnswer { Survey = Guid.CreateVersion7(_app.Clock.Now.AddMinutes(-1)), Respondent = 1, Dimension = "reliability", Service = "524", Expected = 1, Received = 7, At = _app.Clock.Now.AddMinutes(-1) }); return Task.CompletedTask; });
        await grace.Press("Save what is intended", ("meant-reliability", ""));
        Assert.Empty(await _app.Db(d => d.IntendedExperiences.ToListAsync()));
        var lewis = await _app.SignInAs(Role.Analyst);
        await lewis.Open("/measure/experience/gaps?service=524");
        Assert.Null(lewis.Page.GetElementById("Rows"));
        Assert.StartsWith("Reliability216.95", Row(lewis, "Reliability"), StringComparison.Ordinal);
    }

    private static Guid Id(int i) => new($"00000000-0000-7000-8000-{i:x12}");

    /// <summary>The words of the first row of a table that begins with this.</summary>
    private static string Row(Browser browser, string first) => string.Join(' ', browser.Page.QuerySelectorAll(".govuk-table:not(figure .govuk-table) tbody tr").First(r => r.QuerySelector("th")?.TextContent.Trim() == first)
        .TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
