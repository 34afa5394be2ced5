using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AngleSharp.Html.Parser;
using Concentric.Core.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Tests.Needs;

/// <summary>The pages and the API of Needs as a browser asks for them.</summary>
public sealed class NeedsRoutesTests(OpenData data) : IClassFixture<OpenData>
{
    private readonly HttpClient _http = data.Http;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/", "What is happening?")]
    [InlineData("/needs/lost-my-job", "I have lost my job")]
    [InlineData("/services/524", "Bin collection")]
    [InlineData("/needs/search?q=bins", "Search")]
    [InlineData("/needs/search?q=qqqqxxxx", "Search")]
    public async Task A_page_is_there(string path, string heading)
    {
        var answer = await _http.GetAsync(new Uri(path, UriKind.Relative), Stop);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/html", answer.Content.Headers.ContentType!.MediaType);
        var page = await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync(Stop));
        Assert.Equal(heading, page.QuerySelector("h1")!.TextContent);
    }

    [Theory]
    [InlineData("/needs/won-the-lottery", HttpStatusCode.NotFound)]
    [InlineData("/services/999999", HttpStatusCode.NotFound)]
    [InlineData("/services/find-work", HttpStatusCode.NotFound)]
    [InlineData("/needs/search", HttpStatusCode.UnprocessableEntity)]
    [InlineData("/needs/search?q=", HttpStatusCode.UnprocessableEntity)]
    [InlineData("/api/v1/life-events/won-the-lottery/circle", HttpStatusCode.NotFound)]
    [InlineData("/api/v1/services?limit=0", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/services?offset=-1", HttpStatusCode.BadRequest)]
    public async Task What_cannot_be_answered_says_so(string path, HttpStatusCode status) =>
        Assert.Equal(status, (await _http.GetAsync(new Uri(path, UriKind.Relative), Stop)).StatusCode);

    [Fact]
    public async Task The_page_and_the_api_show_the_same_circle()
    {
        var json = await _http.GetFromJsonAsync<JsonElement>("/api/v1/life-events/lost-my-job/circle", Stop);
        var page = await new HtmlParser().ParseDocumentAsync(await _http.GetStringAsync(new Uri("/needs/lost-my-job", UriKind.Relative), Stop));

        Assert.Equal(json.GetProperty("needs").EnumerateArray().Select(n => $"need-{n.GetProperty("slug").GetString()}"), page.QuerySelectorAll("section[id^=need-]").Select(s => s.Id).Skip(1));
        Assert.Equal("high", json.GetProperty("needs")[0].GetProperty("strength").GetString());
        Assert.Equal(31, (await _http.GetFromJsonAsync<JsonElement>("/api/v1/life-events", Stop)).GetArrayLength());
        var bins = await _http.GetFromJsonAsync<JsonElement>("/api/v1/services?q=wheelie+bin&limit=2", Stop);
        Assert.Equal(2, bins.GetProperty("services").GetArrayLength());
    }

    [Fact]
    public void What_changes_the_model_is_for_designers_and_what_shows_it_for_everybody()
    {
        var routes = data.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().ToList();

        Assert.All(routes.Where(r => Under(r, "/model", "/standards")), r => Assert.Equal(Audience.Design, r.Metadata.GetMetadata<IAuthorizeData>()?.Policy));
        Assert.All(routes.Where(r => Under(r, "/needs", "/services", "/open-referral", "/id", "/doc", "/api/v1/life-events", "/api/v1/circles", "/api/v1/services") && !Under(r, "/needs/anticipation") || r.RoutePattern.RawText == "/"), r => Assert.NotNull(r.Metadata.GetMetadata<IAllowAnonymous>()));

        static bool Under(RouteEndpoint route, params string[] starts) => starts.Any(s => route.RoutePattern.RawText!.StartsWith(s, StringComparison.Ordinal));
    }
}
