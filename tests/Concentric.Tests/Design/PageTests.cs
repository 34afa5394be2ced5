using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Concentric.Core.Design;
using Concentric.Core.Web;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Concentric.Tests.Design;

/// <summary>What stands around every page.</summary>
public sealed class PageTests(Gallery gallery) : IClassFixture<Gallery>
{
    [Fact]
    public async Task A_page_says_what_it_is_and_whose()
    {
        var page = await Open("/plain");

        Assert.Equal("Ask the council – Northmoor Council", page.Title);
        Assert.Equal("en", page.DocumentElement.GetAttribute("lang"));
        Assert.Equal("Northmoor Council", page.QuerySelector("header a")!.TextContent);
        Assert.Equal("#main-content", page.Body!.QuerySelector("a")!.GetAttribute("href"));
        Assert.Equal("Back", page.QuerySelector(".govuk-back-link")!.TextContent);
        Assert.Single(page.QuerySelectorAll("h1"));
    }

    [Fact]
    public async Task A_page_with_mistakes_says_so_in_its_title_and_first_in_main()
    {
        var page = await Open("/wrong");

        Assert.StartsWith("Error: Ask the council", page.Title, StringComparison.Ordinal);
        var summary = page.QuerySelector("main .govuk-error-summary")!;
        Assert.Equal("#email", summary.QuerySelector("a")!.GetAttribute("href"));
        Assert.True(summary.CompareDocumentPosition(page.QuerySelector("h1")!).HasFlag(DocumentPositions.Following));
    }

    [Theory]
    [InlineData("/plain")]
    [InlineData("/wrong")]
    [InlineData("/design")]
    public async Task Every_link_in_the_error_summary_leads_to_a_box_and_no_id_stands_twice(string address)
    {
        var page = await Open(address);

        var ids = page.QuerySelectorAll("[id]").Select(e => e.Id).ToList();
        Assert.Equal(ids.Distinct(), ids);
        if (address != "/design") return;
        Assert.NotEmpty(page.QuerySelectorAll(".govuk-error-summary__list a"));
        Assert.All(page.QuerySelectorAll(".govuk-error-summary__list a"), a => Assert.True(page.QuerySelector(a.GetAttribute("href")!)?.LocalName is "input" or "select" or "textarea"));
    }

    [Theory]
    [InlineData("/plain", false)]
    [InlineData("/plain", true)]
    [InlineData("/wrong", false)]
    [InlineData("/design", true)]
    public async Task No_page_holds_an_inline_script_or_style_or_anything_of_gov_uk_alone(string address, bool signedIn)
    {
        gallery.Here.PersonName = signedIn ? "Ada Byron" : null;
        var page = await Open(address);
        gallery.Here.PersonName = null;

        Assert.DoesNotContain(page.QuerySelectorAll("script"), s => s.TextContent.Trim().Length > 0);
        Assert.Empty(page.QuerySelectorAll("style, [style], [required]"));
        Assert.DoesNotContain(page.QuerySelectorAll("*"), e => e.Attributes.Any(a => a.Name.StartsWith("on", StringComparison.Ordinal)));
        Assert.DoesNotContain("crown", page.DocumentElement.OuterHtml, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task An_invented_council_says_so_and_a_real_one_does_not()
    {
        Assert.Contains("None of its people, contacts and figures are real", (await Open("/plain")).QuerySelector("header .app-synthetic")!.TextContent, StringComparison.Ordinal);

        gallery.Here.IsSynthetic = false;
        Assert.Null((await Open("/plain")).QuerySelector(".app-synthetic"));
        gallery.Here.IsSynthetic = true;
    }

    [Fact]
    public async Task The_navigation_marks_the_section_and_the_page_itself()
    {
        gallery.Here.Path = "/measure/demand";
        Assert.Equal(["Measure:true"], Marked(await Open("/plain")));

        gallery.Here.Path = "/measure";
        Assert.Equal(["Measure:page"], Marked(await Open("/plain")));

        static IEnumerable<string> Marked(IDocument page) => page.QuerySelectorAll("nav [aria-current]").Select(a => $"{a.TextContent.Trim()}:{a.GetAttribute("aria-current")}");
    }

    [Fact]
    public async Task Who_is_signed_in_sees_their_name_and_a_way_out_that_cannot_be_forged()
    {
        Assert.Equal("/sign-in", (await Open("/plain")).QuerySelector(".app-header__account a")!.GetAttribute("href"));

        gallery.Here.PersonName = "Ada Byron";
        var page = await Open("/plain");
        gallery.Here.PersonName = null;

        Assert.Contains("Ada Byron", page.QuerySelector(".app-header__account")!.TextContent, StringComparison.Ordinal);
        var form = page.QuerySelector<IHtmlFormElement>("form[action='/sign-out']")!;
        Assert.Equal("post", form.Method);
        Assert.NotEqual("", form.QuerySelector<IHtmlInputElement>("input[name=__RequestVerificationToken]")!.Value);
        Assert.Equal("Sign out", form.QuerySelector("button")!.TextContent);
    }

    [Theory]
    [InlineData(true, "init.js echarts.js charts.js enabled.js")]
    [InlineData(false, "init.js enabled.js")]
    public async Task What_draws_charts_is_loaded_only_where_there_are_charts(bool charts, string loaded)
    {
        await using var renderer = new HtmlRenderer(new ServiceCollection().AddSingleton(new Assets()).AddSingleton(new Here()).BuildServiceProvider(), NullLoggerFactory.Instance);

        var html = await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<GovPage>(ParameterView.FromDictionary(new Dictionary<string, object?> { ["Title"] = "Demand", ["Charts"] = charts }))).ToHtmlString());

        Assert.Equal(loaded, string.Join(' ', new HtmlParser().ParseDocument(html).Scripts.Select(s => Path.GetFileName(s.Source))));
    }

    private async Task<IDocument> Open(string address) => new HtmlParser().ParseDocument(await gallery.Client.GetStringAsync(address, TestContext.Current.CancellationToken));
}
