using Microsoft.Playwright;

namespace Concentric.Tests.Design;

/// <summary>The components in Chromium: free of axe's findings, no wider than a phone, and working under the policy that the program serves.</summary>
[Trait("Database", "none")]
public sealed class BrowserTests(Gallery gallery, Chromium chromium) : IClassFixture<Gallery>
{
    [Theory]
    [InlineData("/design", 375)]
    [InlineData("/design", 1280)]
    [InlineData("/plain", 1280)]
    [InlineData("/wrong", 375)]
    public async Task Axe_finds_nothing(string address, int width)
    {
        // Only so that axe itself may be put into the page; the policy is tried below.
        var page = await Open(address, width, bypass: true);

        Assert.Equal([], await Axe.Findings(page));
    }

    [Theory]
    [InlineData("/design", true)]
    [InlineData("/design", false)]
    [InlineData("/plain", true)]
    [InlineData("/wrong", true)]
    public async Task A_page_is_no_wider_than_320_pixels(string address, bool scripts)
    {
        var page = await Open(address, 320, scripts: scripts);

        var widest = await page.Locator("html").EvaluateAsync<int>("html => html.scrollWidth");

        Assert.True(widest <= 320, $"{address} is {widest} pixels wide");
    }

    [Fact]
    public async Task The_wide_table_can_be_scrolled_by_the_keyboard()
    {
        var page = await Open("/design", 320);
        var region = page.GetByRole(AriaRole.Region, new() { Name = "Contacts by channel and quarter, 2025" });

        await region.FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        // Not WaitForFunctionAsync: it evaluates its text again at every look, which the page's policy refuses.
        await region.EvaluateAsync("""
            region => new Promise((moved, still) => {
                const look = () => region.scrollLeft > 0 ? moved() : requestAnimationFrame(look);
                setTimeout(() => still(new Error("it did not scroll")), 5000);
                look();
            })
            """);

        Assert.NotEqual("none", await region.EvaluateAsync<string>("e => getComputedStyle(e).outlineStyle"));
    }

    [Theory]
    [InlineData("Enter an email address in the correct format, like name@example.com", "email")]
    [InlineData("Choose a service", "service")]
    [InlineData("Start date must include a month", "start-month")]
    [InlineData("Select yes if it was resolved", "resolved")]
    public async Task A_link_of_the_error_summary_takes_the_focus_to_the_box(string message, string id)
    {
        var page = await Open("/design", 375);

        await page.GetByRole(AriaRole.Link, new() { Name = message }).ClickAsync();

        Assert.Equal(id, await page.EvaluateAsync<string>("document.activeElement.id"));
    }

    [Fact]
    public async Task Scripts_run_and_nothing_breaks_the_policy()
    {
        var complaints = new List<string>();
        var page = await (await chromium.Browser).NewPageAsync();
        page.Console += (_, message) => { if (message.Type is "error" or "warning") complaints.Add(message.Text); };
        page.PageError += (_, error) => complaints.Add(error);
        page.RequestFailed += (_, request) => complaints.Add(request.Url);

        await page.GotoAsync($"{gallery.Client.BaseAddress}design");
        await page.Locator(".govuk-error-summary[data-govuk-error-summary-init]").WaitForAsync();

        Assert.Equal([], complaints);
        Assert.Equal("govuk-error-summary", await page.EvaluateAsync<string>("document.activeElement.className"));
    }

    [Fact]
    public async Task Without_scripts_every_question_is_shown_and_the_menu_is_open()
    {
        var page = await Open("/design", 375, scripts: false);

        Assert.True(await page.GetByLabel("What had failed?").IsVisibleAsync());
        Assert.True(await page.GetByLabel("Rent a month, in pounds").IsVisibleAsync());
        Assert.True(await page.GetByRole(AriaRole.Link, new() { Name = "Improve" }).IsVisibleAsync());
    }

    private async Task<IPage> Open(string address, int width, bool scripts = true, bool bypass = false)
    {
        var context = await (await chromium.Browser).NewContextAsync(new() { BaseURL = gallery.Client.BaseAddress!.ToString(), ViewportSize = new() { Width = width, Height = 800 }, JavaScriptEnabled = scripts, BypassCSP = bypass, Locale = "en-GB" });
        // Generous: the machine may be building something else.
        context.SetDefaultTimeout(15_000);
        var page = await context.NewPageAsync();
        await page.GotoAsync(address);
        return page;
    }
}
