using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AngleSharp.Html.Parser;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.People;
using Concentric.Core.Questions;
using Concentric.Core.Web;
using Concentric.Needs.Anticipation;
using Concentric.Needs.Standards;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Concentric.Tests.Needs;

/// <summary>The routes of Needs on the barest host, so that what they bind and answer is seen apart from the program around them.</summary>
public sealed class NeedsRoutesTests : IAsyncLifetime
{
    private NeedsDatabase _database = null!;
    private WebApplication _app = null!;
    private HttpClient _http = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await NeedsDatabase.Create();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.Services.AddRazorComponents();
        builder.Services.AddSingleton<Assets>();
        builder.Services.AddScoped<Here>();
        builder.Services.AddSingleton(_database.Cache);
        builder.Services.AddSingleton(_database.Services.GetRequiredService<Settings>());
        builder.Services.AddSingleton(_database.Writer);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(_database.Services.GetRequiredService<ImportList>());
        builder.Services.AddSingleton(_database.Services.GetRequiredService<KeptFiles>());
        builder.Services.AddScoped(_ => _database.Open());
        var databases = _database.Services.GetRequiredService<IDbContextFactory<ConcentricDb>>();
        builder.Services.AddSingleton(new OwnCouncil(_database.Services.GetRequiredService<Settings>(), databases));
        builder.Services.AddSingleton(_ => new Learning(new NoContacts(), _database.Cache, databases, TimeProvider.System, NullLogger<Learning>.Instance));
        _app = builder.Build();
        _database.Area.Routes(new Site(_app.MapGroup(""), _app.MapGroup("/api/v1"), _app.MapGroup("/local")));
        await _app.StartAsync();
        _http = _app.GetTestClient();
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
        await _database.DisposeAsync();
    }

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
    public void Every_route_but_those_of_the_staff_is_for_everybody()
    {
        string[] staff = ["/standards", "/model", "/api/v1/gaps", "/needs/anticipation", "/local"];
        var routes = ((IEndpointRouteBuilder)_app).DataSources.SelectMany(d => d.Endpoints).OfType<RouteEndpoint>().ToList();
        var forStaff = routes.Where(r => staff.Any(s => r.RoutePattern.RawText!.StartsWith(s, StringComparison.Ordinal)) && !r.RoutePattern.RawText!.StartsWith("/needs/anticipation/record", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(forStaff);
        Assert.All(routes.Except(forStaff), r => Assert.NotNull(r.Metadata.GetMetadata<IAllowAnonymous>()));
        Assert.All(forStaff, r => Assert.Contains(r.Metadata.GetMetadata<IAuthorizeData>()?.Policy, (string[])[Audience.Design, Audience.ApiKey, Audience.Measure, Audience.Analyse, Audience.LocalSocket]));
    }

    private sealed class NoContacts : IFirstContacts
    {
        public Task<FirstContacts?> Of(DateOnly? from = null, DateOnly? to = null, CancellationToken stop = default) => Task.FromResult<FirstContacts?>(null);
    }
}
