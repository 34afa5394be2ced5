using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Concentric.Tests.Needs;

/// <summary>What citizens and anybody can open, through the whole program.</summary>
public sealed class GetHelpTests(SharedApp app) : IClassFixture<SharedApp>
{
    [Fact]
    public async Task Somebody_answers_a_few_questions_and_goes_on_to_ask()
    {
        var facts = await Facts();
        var ada = await app.Browse().Open("/");
        await ada.Follow("I have lost my job");
        Assert.Equal("I have lost my job", ada.Heading);
        Assert.Contains("We do not store your answers", ada.Text, StringComparison.Ordinal);

        await ada.Press("See what can help", ("is-low-income", "yes"));
        Assert.Equal("What you may need", ada.Heading);
        Assert.Equal("/needs/lost-my-job/help", new Uri(ada.Page.Url).AbsolutePath);
        Assert.Contains("Is it hard to make your money last? Yes", ada.Text, StringComparison.Ordinal);
        Assert.Contains("You told us that this is true for you: On a low income.", ada.Text, StringComparison.Ordinal);
        Assert.Equal("Likely", ada.Page.QuerySelector("#service-63 .govuk-tag")!.TextContent);
        Assert.Equal(facts, await Facts());

        await ada.Open(ada.Page.QuerySelector("#service-63 a[href^='/enquiries/new']")!.GetAttribute("href")!);
        Assert.Equal("Send an enquiry", ada.Heading);
        Assert.Contains("Ask for help to pay your council tax", ada.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_answers_come_back_to_be_changed_and_a_wrong_age_is_said()
    {
        var ada = await app.Browse().Open("/needs/lost-my-job/help?is-low-income=yes&age=forty");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, ada.Status);
        Assert.Contains("Your age must be a whole number from 0 to 120, like 42", ada.Text, StringComparison.Ordinal);
        Assert.True(ada.Page.QuerySelector("input[name='is-low-income'][value='yes']")!.HasAttribute("checked"));
        Assert.Equal("forty", ada.Page.QuerySelector("#age")!.GetAttribute("value"));
    }

    [Fact]
    public async Task A_link_with_answers_shows_the_same_to_everybody()
    {
        var one = await app.Browse().Open("/needs/having-a-baby/help?is-low-income=yes");
        var other = await app.Browse().Open("/needs/having-a-baby/help?is-low-income=yes&is-pension-age=skip&utm_source=friend");

        Assert.Equal(one.Text, other.Text);
        Assert.NotEqual(one.Text, (await app.Browse().Open("/needs/having-a-baby/help")).Text);
    }

    [Theory]
    [InlineData("/needs/won-the-lottery/questions")]
    [InlineData("/needs/won-the-lottery/help")]
    [InlineData("/needs/need/won-the-lottery")]
    [InlineData("/needs/circle?circumstance=won-the-lottery")]
    [InlineData("/services/999999/circle")]
    [InlineData("/api/v1/circles?need=won-the-lottery")]
    [InlineData("/api/v1/services/999999")]
    [InlineData("/api/v1/life-events/won-the-lottery/help")]
    public async Task What_is_not_there_is_not_found(string path) => Assert.Equal(HttpStatusCode.NotFound, (await app.Browse().Open(path)).Status);

    [Theory]
    [InlineData("/needs/circle", "A mix of circumstances")]
    [InlineData("/needs/circle?circumstance=low-income&circumstance=out-of-work", "Out of work + On a low income")]
    [InlineData("/needs/need/council-tax", "Help with council tax")]
    [InlineData("/services/63/circle", "Ask for help to pay your council tax")]
    [InlineData("/needs/wheel", "Wheel of needs")]
    [InlineData("/needs/outcomes", "Outcomes")]
    public async Task Anybody_opens(string path, string heading) => Assert.Equal(heading, (await app.Browse().Open(path)).Heading);

    [Fact]
    public async Task Somebody_ticks_circumstances_and_sees_their_circle()
    {
        var ada = await app.Browse().Open("/needs/circle");

        await ada.Press("Show the circle", ("circumstance", "low-income"));

        Assert.Equal("On a low income", ada.Heading);
        Assert.True(ada.Page.QuerySelector("input[value='low-income']")!.HasAttribute("checked"));
        Assert.NotNull(ada.Page.QuerySelector("svg.circle"));
    }

    [Fact]
    public async Task The_api_answers_for_every_centre_and_refuses_two()
    {
        var http = app.CreateClient();
        foreach (var (query, centre) in ((string, string)[])[("lifeEvent=lost-my-job", "life-event"), ("circumstance=low-income&circumstance=out-of-work", "circumstances"), ("circumstance=low-income,out-of-work", "circumstances"), ("need=council-tax", "need"), ("service=63", "service")])
        {
            var circle = await http.GetFromJsonAsync<JsonElement>($"/api/v1/circles?{query}");
            Assert.Equal(centre, circle.GetProperty("centre").GetString());
            Assert.True(circle.GetProperty("parts").GetArrayLength() > 0);
            Assert.False(circle.GetProperty("parts")[0].TryGetProperty("href", out _));
        }
        Assert.Equal(HttpStatusCode.BadRequest, (await http.GetAsync(new Uri("/api/v1/circles?need=council-tax&service=63", UriKind.Relative))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await http.GetAsync(new Uri("/api/v1/circles", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task A_service_names_its_outcomes_and_their_metrics_with_polarity_period_and_unit()
    {
        var service = await app.CreateClient().GetFromJsonAsync<JsonElement>("/api/v1/services/63");

        var outcome = service.GetProperty("outcomes")[0];
        var metric = outcome.GetProperty("metrics")[0];
        Assert.All((string[])["id", "uri", "label", "polarity", "period", "unit"], name => Assert.False(string.IsNullOrEmpty(metric.GetProperty(name).GetString())));
        var page = await app.Browse().Open("/services/63");
        Assert.Contains(outcome.GetProperty("label").GetString()!, page.Text, StringComparison.Ordinal);
        Assert.Contains(metric.GetProperty("label").GetString()!, page.Text, StringComparison.Ordinal);
        var outcomes = await app.Browse().Open("/needs/outcomes");
        Assert.NotNull(outcomes.Page.GetElementById($"outcome-{outcome.GetProperty("id").GetString()}"));
        Assert.Contains("1. Housing supply", outcomes.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_home_page_stays_light() => Assert.InRange((await (await app.CreateClient().GetAsync(new Uri("/", UriKind.Relative))).Content.ReadAsByteArrayAsync()).Length, 1, 20_000);

    private Task<int> Facts() => app.Db(async db => await Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.CountAsync(db.Set<Concentric.Core.Journal.Fact>()));
}
