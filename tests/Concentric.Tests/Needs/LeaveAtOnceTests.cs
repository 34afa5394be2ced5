using System.Net;
using Concentric.Core.People;
using Concentric.Core.Web;

namespace Concentric.Tests.Needs;

/// <summary>Pages whose reader may be in danger if somebody sees them.</summary>
public sealed class LeaveAtOnceTests(SharedApp app) : IClassFixture<SharedApp>
{
    [Theory]
    [InlineData("/needs/safety-at-home/questions", "A few questions")]
    [InlineData("/needs/safety-at-home/help", "What you may need")]
    [InlineData("/needs/safety-at-home", "What you may need")]
    [InlineData("/needs/need/keep-safe", "Circle of need")]
    [InlineData("/needs/circle?circumstance=low-income&circumstance=unsafe-at-home", "Circle of need")]
    [InlineData("/services/164", "A service")]
    [InlineData("/services/164/circle", "Circle of need")]
    [InlineData("/needs/search?q=domestic+violence", "Search")]
    [InlineData("/enquiries/new?service=164", "Send an enquiry")]
    public async Task A_page_that_is_dangerous_to_be_seen_reading_can_be_left_and_its_title_tells_little(string path, string title)
    {
        var ada = await app.Browse().Open(path);

        // A link: it leaves without scripts too, and by the keyboard from the start of the page.
        var exit = ada.Page.QuerySelector("[data-module=govuk-exit-this-page] > a.govuk-exit-this-page__button")!;
        Assert.Equal("https://www.bbc.co.uk/weather", exit.GetAttribute("href"));
        Assert.Equal("nofollow noreferrer", exit.GetAttribute("rel"));
        Assert.Equal(exit.GetAttribute("href"), ada.Page.QuerySelector("a.govuk-js-exit-this-page-skiplink")!.GetAttribute("href"));
        Assert.StartsWith($"{title} – ", ada.Page.Title, StringComparison.Ordinal);
        Assert.DoesNotContain("abuse", path.Contains('?') ? "" : path, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/needs/lost-my-job/questions")]
    [InlineData("/needs/lost-my-job/help")]
    [InlineData("/needs/need/council-tax")]
    [InlineData("/needs/circle?circumstance=low-income")]
    [InlineData("/services/63")]
    [InlineData("/needs/search?q=bins")]
    [InlineData("/enquiries/new?service=63")]
    public async Task Other_pages_have_no_such_button(string path) =>
        Assert.Null((await app.Browse().Open(path)).Page.QuerySelector(".govuk-exit-this-page"));

    [Fact]
    public void What_the_button_does_needs_nothing_that_the_policy_forbids()
    {
        var script = new Assets().Text("init.js");

        // Leaving is navigation, on which the policy has no word; and Back must not lead to what was left.
        Assert.Contains("history.replaceState(null, \"\", \"/\")", script, StringComparison.Ordinal);
        Assert.DoesNotContain("navigate-to", SecurityHeaders.Policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", SecurityHeaders.Policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mix_of_nothing_says_what_to_do()
    {
        var ada = await app.Browse().Open("/needs/circle");
        Assert.Equal(HttpStatusCode.OK, ada.Status);

        await ada.Open("/needs/circle?show=circle");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, ada.Status);
        Assert.Contains("Select what is true, at least one", ada.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_designer_says_what_is_dangerous_to_be_seen_reading()
    {
        var maya = await app.SignInAs(Role.ServiceDesigner);
        await maya.Open("/model/services/63/edit");

        await maya.Press("Put into the draft", ("Sensitive", "Somebody may mind."));

        Assert.Equal(HttpStatusCode.OK, maya.Status);
        await maya.Open("/model/services/63/edit");
        Assert.Equal("Somebody may mind.", maya.Page.QuerySelector("#Sensitive")!.TextContent.Trim());
    }
}
