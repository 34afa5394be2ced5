using Concentric.Core;
using Concentric.Core.Web;
using Concentric.Serve.Forms;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;

namespace Concentric.Tests.Serve.Forms;

/// <summary>The settings of a tile server, and what pages and their headers make of them.</summary>
public sealed class MapTilesTests
{
    private const string Tiles = "https://tiles.example.gov.uk/{z}/{x}/{y}.png";

    [Theory]
    [InlineData(Tiles, "https://tiles.example.gov.uk")]
    [InlineData("https://api.os.uk/maps/raster/v1/zxy/Light_3857/{z}/{x}/{y}.png?key=abc", "https://api.os.uk")]
    [InlineData("https://tiles.example.gov.uk:8443/{x}-{y}-{z}", "https://tiles.example.gov.uk:8443")]
    [InlineData("http://127.0.0.1:5090/{z}/{x}/{y}.png", "http://127.0.0.1:5090")]
    public void A_template_names_one_server(string template, string origin)
    {
        var tiles = Read(("CONCENTRIC_TILES", template))!;

        Assert.Equal((template, origin, "", "53.8,-1.55,12"), (tiles.Template, tiles.Origin, tiles.Attribution, tiles.Centre));
    }

    [Theory]
    [InlineData("http://tiles.example.gov.uk/{z}/{x}/{y}.png")]
    [InlineData("http://127.0.0.1.example/{z}/{x}/{y}.png")]
    [InlineData("ftp://tiles.example.gov.uk/{z}/{x}/{y}.png")]
    [InlineData("//tiles.example.gov.uk/{z}/{x}/{y}.png")]
    [InlineData("tiles")]
    [InlineData("https://tiles.example.gov.uk/{z}/{x}.png")]
    [InlineData("https://tiles.example.gov.uk/{s}/{z}/{x}/{y}.png")]
    [InlineData("https://{z}.example.gov.uk/{x}/{y}.png")]
    [InlineData("https://ada:secret@tiles.example.gov.uk/{z}/{x}/{y}.png")]
    [InlineData("https://tiles.example.gov.uk;script-src *;/{z}/{x}/{y}.png")]
    [InlineData("https://tiles.example.gov.uk;script-src/{z}/{x}/{y}.png")]
    [InlineData("https://*.example.gov.uk/{z}/{x}/{y}.png")]
    [InlineData("https://tiles.example.gov.uk/{z}/{x}/{y}.png\r\nSet-Cookie:a=b")]
    public void A_template_that_could_not_be_shown_or_trusted_is_refused(string template) =>
        Assert.Contains("CONCENTRIC_TILES is", Assert.Throws<RefusedException>(() => Read(("CONCENTRIC_TILES", template))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("53.8")]
    [InlineData("53.8,-1.55")]
    [InlineData("53.8,-1.55,12,1")]
    [InlineData("north,-1.55,12")]
    [InlineData("-1.55,53.8,12")]
    [InlineData("53.8,-1.55,25")]
    [InlineData("53.8,-1.55,-1")]
    public void A_middle_that_is_no_place_here_is_refused(string centre) =>
        Assert.Contains("CONCENTRIC_MAP_CENTRE", Assert.Throws<RefusedException>(() => Read(("CONCENTRIC_TILES", Tiles), ("CONCENTRIC_MAP_CENTRE", centre))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_council_says_whom_to_name_and_where_it_is()
    {
        var tiles = Read(("CONCENTRIC_TILES", Tiles), ("CONCENTRIC_TILES_ATTRIBUTION", "Northmoor"), ("CONCENTRIC_MAP_CENTRE", "54.97, -1.61, 14"))!;

        Assert.Equal(("Northmoor", 54.97m, -1.61m, 14, "54.97,-1.61,14"), (tiles.Attribution, tiles.Latitude, tiles.Longitude, tiles.Zoom, tiles.Centre));
    }

    [Fact]
    public void The_policy_lets_pictures_of_that_server_in_and_nothing_else()
    {
        var policy = SecurityHeaders.PolicyWith(Read(("CONCENTRIC_TILES", Tiles)));

        Assert.Equal(["img-src 'self' https://tiles.example.gov.uk"], Parts(policy).Except(Parts(SecurityHeaders.Policy)));
        Assert.Equal(["img-src 'self'"], Parts(SecurityHeaders.Policy).Except(Parts(policy)));
        Assert.Equal(SecurityHeaders.Policy, SecurityHeaders.PolicyWith(Read()));

        static IEnumerable<string> Parts(string policy) => policy.Split("; ");
    }

    [Fact]
    public async Task A_question_about_a_place_has_a_map_where_there_are_tiles()
    {
        using var app = new MapApp(Tiles);
        var browser = await AtThePlace(app);

        var map = Assert.Single(browser.Page.QuerySelectorAll("[data-tiles]"));
        Assert.Equal((Tiles, "where", "Northmoor & <others>", "53.8,-1.55,12"), (map.GetAttribute("data-tiles"), map.GetAttribute("data-tiles-for"), map.GetAttribute("data-tiles-attribution"), map.GetAttribute("data-tiles-centre")));
        // Without scripts nobody sees it.
        Assert.True(map.HasAttribute("hidden"));
        Assert.NotNull(browser.Page.GetElementById("where.latitude"));
        Assert.NotNull(browser.Page.GetElementById(map.QuerySelector("a.govuk-skip-link")!.GetAttribute("href")![1..]));
        Assert.Contains("img-src 'self' https://tiles.example.gov.uk;", Assert.Single(browser.Response.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_tiles_it_has_none()
    {
        using var app = new TestApp();
        var browser = await AtThePlace(app);

        Assert.NotNull(browser.Page.GetElementById("where.latitude"));
        Assert.Null(browser.Page.QuerySelector("[data-tiles], .app-map"));
        Assert.Equal(SecurityHeaders.Policy, Assert.Single(browser.Response.Headers.GetValues("Content-Security-Policy")));
    }

    private static async Task<Browser> AtThePlace(TestApp app)
    {
        var form = Library.Forms.Single(f => f.Id == "pothole");
        var ada = await new FillsIn(app.Browse(), form, FindAnswers.Complete(form, Say.DayOf(app.Clock.Now))!).Begin();
        return (await ada.GoTo("where")).Browser;
    }

    private static MapTiles? Read(params (string Variable, string Value)[] set) =>
        new Settings(new ConfigurationBuilder().AddInMemoryCollection(set.Select(s => KeyValuePair.Create(s.Variable, (string?)s.Value))).Build()).Tiles;
}

/// <summary>The program of a council that has a tile server.</summary>
internal sealed class MapApp(string tiles) : TestApp
{
    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.UseSetting("CONCENTRIC_TILES", tiles).UseSetting("CONCENTRIC_TILES_ATTRIBUTION", "Northmoor & <others>");
    }
}
