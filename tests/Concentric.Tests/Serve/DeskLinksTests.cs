using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Concentric.Core.People;

namespace Concentric.Tests.Serve;

/// <summary>Staff find the pages beside the queue, and no link leads them where they may not go.</summary>
public sealed class DeskLinksTests : IDisposable
{
    private readonly TestApp _app = new();

    [Theory]
    [InlineData(Role.Adviser, "/desk/payments")]
    [InlineData(Role.Officer, "/desk/payments")]
    [InlineData(Role.ServiceManager, "/desk/payments /desk/messages /desk/tables")]
    public async Task The_desk_leads_to_what_a_role_may_open(Role role, string expected)
    {
        var staff = await (await _app.SignInAs(role)).Open("/desk");
        var links = Links(staff).Where(l => l is "/desk/payments" or "/desk/messages" or "/desk/tables").ToList();

        Assert.Equal(expected.Split(' '), links);
        foreach (var link in links)
        {
            Assert.Equal(HttpStatusCode.OK, (await staff.Open(link)).Status);
            Assert.Equal("/desk", Back(staff));
        }
    }

    [Fact]
    public async Task A_designer_goes_to_the_tables_from_the_forms_and_back()
    {
        var maya = await (await _app.SignInAs(Role.ServiceDesigner)).Open("/forms-design");
        Assert.Contains("/desk/tables", Links(maya));
        // Only those who measure are led to how forms are used.
        Assert.DoesNotContain(Links(maya), l => l.StartsWith("/measure", StringComparison.Ordinal));

        await maya.Open("/desk/tables");

        Assert.Equal((HttpStatusCode.OK, "/forms-design"), (maya.Status, Back(maya)));
    }

    private static string Back(Browser browser) => browser.Page.QuerySelector<IHtmlAnchorElement>(".govuk-back-link")!.PathName;

    private static List<string> Links(Browser browser) => [.. browser.Page.QuerySelectorAll<IHtmlAnchorElement>("main a[href]").Select(a => a.PathName)];

    public void Dispose() => _app.Dispose();
}
