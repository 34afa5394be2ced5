using System.Net;
using Concentric.Core.People;
using Concentric.Needs;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Tests.Needs;

public sealed class StandardsPagesTests : IDisposable
{
    private const string File = "Identifier,Label,Description,Created,Modified,History notes,Type,\n524,Waste collected from homes,,,2026-01-02,,Service,\n90001,A new service,,,,,Service,\n";

    private readonly TestApp _app = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task An_analyst_sends_a_file_sees_what_it_would_change_and_applies_it()
    {
        var lewis = await _app.SignInAs(Role.Analyst);
        await lewis.Open("/standards/import");

        var address = await Send(lewis, File);
        await lewis.Open(address);
        Assert.Equal("What the import would change", lewis.Heading);
        Assert.Contains("524 | Household waste collection | Waste collected from homes", Rows(lewis));
        Assert.Contains("2026-01-02; held is 2015-02-05", lewis.Text, StringComparison.Ordinal);
        Assert.False(await _app.Db(db => db.Concepts.AnyAsync(c => c.Identifier == "90001", Stop)));

        await lewis.Press("Apply these changes");

        Assert.Equal("Services", lewis.Heading);
        Assert.Contains("The list was imported. It is edition 2 of the model.", lewis.Text, StringComparison.Ordinal);
        Assert.Contains("2026-01-02 | 2 March 2026 | Lewis Hart | list.csv | 1 | 1 | 0 | 0 | See changes of edition 2", Rows(lewis));
        Assert.Empty(System.IO.Directory.GetFiles(Path.Combine(_app.Data, "standards")));
        await lewis.Open(address);
        Assert.Equal(HttpStatusCode.NotFound, lewis.Status);
        await lewis.Open("/standards/services");
        await lewis.Follow("See changes of edition 2");
        Assert.Contains("524 | Household waste collection | Waste collected from homes", Rows(lewis));
    }

    [Theory]
    [InlineData("Identifier,Label,Type\n1,\"Open,Service\n", "File", "list.csv, line 2, column 3: a quotation mark opens here and is never closed.")]
    [InlineData("Identifier,Label\n1,x\n", "Scheme", "The file does not say which list it is.")]
    [InlineData("", "File", "Select a file")]
    public async Task What_is_wrong_with_a_file_stands_beside_it(string text, string field, string reason)
    {
        var lewis = await _app.SignInAs(Role.Analyst);
        await lewis.Open("/standards/import");

        using var response = await Post(lewis, text);
        var page = await response.Content.ReadAsStringAsync(Stop);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Contains($"href=\"#{field}\"", page, StringComparison.Ordinal);
        Assert.Contains(reason, WebUtility.HtmlDecode(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_applies_changes_that_they_have_not_seen()
    {
        var lewis = await _app.SignInAs(Role.Analyst);
        await lewis.Open("/standards/import");
        var first = await Send(lewis, File);
        await lewis.Open("/standards/import");
        var second = await Send(lewis, File.Replace("A new service", "Another name", StringComparison.Ordinal));
        await lewis.Open(second);
        await lewis.Open(first);
        var token = lewis.Page.QuerySelector("main input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        await lewis.Press("Apply these changes");

        using var stale = await lewis.Http.PostAsync(second, new FormUrlEncodedContent([new("__RequestVerificationToken", token), new("Edition", "1")]), Stop);

        Assert.Equal(HttpStatusCode.Conflict, stale.StatusCode);
        Assert.Contains("nothing was applied", await stale.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.Equal("A new service", await _app.Db(db => db.Concepts.Where(c => c.Identifier == "90001").Select(c => c.Label).SingleAsync(Stop)));
    }

    [Fact]
    public async Task A_file_that_nobody_applies_is_forgotten_after_a_day()
    {
        var lewis = await _app.SignInAs(Role.Analyst);
        await lewis.Open("/standards/import");
        var old = await Send(lewis, File);

        _app.Clock.Now = _app.Clock.Now.AddHours(25);
        lewis = await _app.SignInAs(Role.Analyst);
        await lewis.Open(old);
        Assert.Equal(HttpStatusCode.NotFound, lewis.Status);
        await lewis.Open("/standards/import");
        await Send(lewis, File.Replace("524", "525", StringComparison.Ordinal));

        Assert.Equal(2, System.IO.Directory.GetFiles(Path.Combine(_app.Data, "standards")).Length);
    }

    [Fact]
    public async Task A_list_can_be_searched_and_turned_page_by_page()
    {
        var maya = await _app.SignInAs(Role.ServiceDesigner);

        await maya.Open("/standards");
        Assert.Contains("Open Government Licence v3.0", maya.Text, StringComparison.Ordinal);
        await maya.Follow("Services");
        Assert.Contains("page 1 of 31, 1,522 in all", maya.Text, StringComparison.Ordinal);
        Assert.Contains("LG Inform Plus / esd-toolkit, Local Government Association. Open Government Licence v3.0.", maya.Text, StringComparison.Ordinal);
        await maya.Press("Search", ("q", "household waste"));
        Assert.Contains(Rows(maya), r => r.StartsWith("524 | Household waste collection", StringComparison.Ordinal));
        await maya.Open("/standards/services?page=31");
        Assert.Equal(22, maya.Page.QuerySelectorAll("table")[0].QuerySelectorAll("tbody tr").Length);
        await maya.Open("/standards/services?q=nothingatall");
        Assert.Contains("Nothing in this list has these words", maya.Text, StringComparison.Ordinal);
        await maya.Open("/standards/none");
        Assert.Equal(HttpStatusCode.NotFound, maya.Status);
    }

    [Theory]
    [InlineData("../../concentric.db")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("x")]
    public async Task A_key_that_is_none_opens_nothing(string key)
    {
        var lewis = await _app.SignInAs(Role.Analyst);

        await lewis.Open($"/standards/import/{Uri.EscapeDataString(key)}");

        Assert.Equal(HttpStatusCode.NotFound, lewis.Status);
    }

    private static IEnumerable<string> Rows(Browser browser) =>
        browser.Page.QuerySelectorAll("tbody tr").Select(r => string.Join(" | ", r.Children.Select(c => string.Join(' ', c.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))));

    private static async Task<string> Send(Browser browser, string text)
    {
        using var response = await Post(browser, text);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return response.RequestMessage!.RequestUri!.AbsolutePath;
    }

    private static async Task<HttpResponseMessage> Post(Browser browser, string text)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(browser.Page.QuerySelector("main input[name=__RequestVerificationToken]")!.GetAttribute("value")!), "__RequestVerificationToken" },
            { new StringContent(""), "Scheme" },
            { new StringContent(""), "Label" },
            { new StringContent(""), "Type" },
            { new StringContent(text), "File", "list.csv" },
        };
        return await browser.Http.PostAsync("/standards/import", form, Stop);
    }
}
