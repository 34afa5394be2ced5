using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Measure.Contacts;
using Concentric.Measure.Information;
using Concentric.Measure.Places;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Tests.Measure;

/// <summary>Places and information demand as people meet them: brought by an analyst, read by those who measure, small counts hidden from all but analysts.</summary>
public sealed class PlacesPagesTests : IDisposable
{
    private readonly TestApp _app = new();

    [Fact]
    public async Task An_analyst_looks_at_a_list_changes_a_column_and_takes_it_in_and_rates_are_shown_by_area()
    {
        await Contacts(("A", 12), ("B", 3), (null, 9));
        var ana = await _app.SignInAs(Role.Analyst);
        await ana.Open("/measure/places/import");
        await Send(ana, "Kind", "populations", "place;lsoa;persons\nx;A;1000\ny;B;500\nz;C;bad\n");

        Assert.Contains("3 = 2 new or changed + 0 as kept + 1 refused", ana.Text, StringComparison.Ordinal);
        Assert.Contains("“bad” is not a whole number of residents.", ana.Text, StringComparison.Ordinal);
        Assert.Equal(0, await _app.Db(db => db.Set<PopulationRow>().CountAsync()));
        await ana.Press("Import", ("column-area", "place"));
        Assert.Equal(HttpStatusCode.Conflict, ana.Status);
        await ana.Press("Look again", ("column-area", "lsoa"));
        await ana.Press("Import");
        Assert.Contains("The populations have been taken in.", ana.Text, StringComparison.Ordinal);
        Assert.Equal("places-imported", (await _app.Db(db => db.Facts.OrderByDescending(f => f.At).FirstAsync(f => f.Subject == "places-northmoor"))).Kind);

        await ana.Open("/measure/places");
        Assert.Equal(["A", "12", "1,000", "12.0"], Row(ana, "A")[..4]);
        Assert.Equal("3", Row(ana, "B")[1]);

        var grace = await _app.SignInAs(Role.ServiceManager);
        await grace.Open("/measure/places");
        Assert.DoesNotContain(grace.Page.QuerySelectorAll("tr"), r => r.QuerySelector("th")?.TextContent.Trim() == "B" && r.Children[1].TextContent.Trim() == "3");
        Assert.DoesNotContain("12.0", grace.Text, StringComparison.Ordinal);
        await grace.Open("/measure/places/import");
        Assert.Equal(HttpStatusCode.Forbidden, grace.Status);
    }

    [Fact]
    public async Task Outlines_that_were_taken_in_are_drawn_from_our_own_address()
    {
        await Contacts(("A", 12), ("B", 10));
        var import = _app.Services.GetRequiredService<ImportPlaces>();
        await import.Run(new() { Council = "northmoor", Kind = PlaceKind.Boundaries, FileName = "b", Year = 2021, Source = "test" },
            Encoding.UTF8.GetBytes("""{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":"A"},"geometry":{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}}]}"""), Actor.System, apply: true);
        var ana = await _app.SignInAs(Role.Analyst);

        await ana.Open("/measure/places?show=count");

        var figure = ana.Page.QuerySelector("figure[data-chart=map]")!;
        Assert.Equal("A", figure.QuerySelector("tbody tr")!.GetAttribute("data-key"));
        var outlines = await ana.Http.GetAsync(figure.GetAttribute("data-source"));
        Assert.Equal("application/geo+json", outlines.Content.Headers.ContentType!.MediaType);
        Assert.Contains("\"name\":\"A\"", await outlines.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_could_use_a_service_can_be_typed_and_is_read_as_its_base()
    {
        await _app.Services.GetRequiredService<ImportPlaces>().Run(new() { Council = "northmoor", Kind = PlaceKind.Groups, FileName = "g", Year = 2021, Source = "test" }, Encoding.UTF8.GetBytes("code,name\n1,Retired\n2,Suburban\n"), Actor.System, apply: true);
        var ana = await _app.SignInAs(Role.Analyst);
        await ana.Open("/measure/places/eligible");
        await ana.Press("Save", ("Service", "524"), ("group-1", "many"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, ana.Status);
        Assert.Contains("Enter a whole number for group 1", ana.Text, StringComparison.Ordinal);
        await ana.Press("Save", ("Service", "524"), ("group-1", "1,200"), ("group-2", "300"), ("Year", "2024"), ("Source", "Own estimate"));

        var known = (await _app.Db(db => Populations.Load(db, "northmoor"))).EligibleFor("524")!;
        Assert.Equal((1500, PopulationUnit.Households, 2024, "Own estimate"), (known.Total!.Value, known.Unit, known.Total.Year, known.Total.Source));
        Assert.Equal(1200, known.ByGroup["1"].Value);
    }

    [Fact]
    public async Task Searches_are_taken_in_without_what_is_about_a_person_and_few_searches_are_shown_to_analysts_only()
    {
        await Contacts(("A", 12));
        var ana = await _app.SignInAs(Role.Analyst);
        await ana.Open("/measure/information/import");
        await Send(ana, "Kind", "Searches", "month,search,searches,results\n2026-02,bin day,40,0\n2026-02,my neighbour smith,3,0\n2026-02,jo@example.org,1,0\n2026-02,garden bin,20,5\n");
        Assert.Contains("4 = 3 new or changed + 0 as kept + 1 dropped + 0 refused", ana.Text, StringComparison.Ordinal);
        await ana.Press("Import");
        foreach (var words in new[] { "bin", "neighbour" })
        {
            await ana.Open("/measure/information/matches");
            await ana.Press("Save", ("Kind", "Words"), ("Pattern", words), ("Service", "524"));
        }
        Assert.DoesNotContain("example.org", string.Join(' ', await _app.Db(db => db.Set<InformationCount>().Select(c => c.Text).ToListAsync())), StringComparison.Ordinal);

        await ana.Open("/measure/information/services/524?weeks=13");
        Assert.Contains("my neighbour smith", ana.Text, StringComparison.Ordinal);
        var grace = await _app.SignInAs(Role.ServiceManager);
        await grace.Open("/measure/information/services/524?weeks=13");
        Assert.Contains("bin day", grace.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("smith", grace.Text, StringComparison.Ordinal);
        Assert.Contains("no source says which page was seen before a call", grace.Text, StringComparison.Ordinal);
    }

    public void Dispose() => _app.Dispose();

    private Task Contacts(params (string? Area, int Count)[] of)
    {
        // From January to yesterday, so that February lies within.
        var rows = of.SelectMany(o => Enumerable.Range(0, o.Count).Select(i => new ContactRow($"{o.Area}{i}", new DateTime(2026, 1, 5, 9, 0, 0, DateTimeKind.Utc).AddDays(i * 5 % 55)) { Area = o.Area, Service = "524", Channel = 2 }));
        return _app.Services.GetRequiredService<ContactImport>().RunRows(rows, new(new("northmoor", "Northmoor Council", false), "test", "test"), Actor.System);
    }

    private static async Task Send(Browser browser, string field, string kind, string csv)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(browser.Page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!), "__RequestVerificationToken" },
            { new StringContent(kind), field }, { new StringContent("northmoor"), "Council" }, { new StringContent("2021"), "Year" }, { new StringContent("Census"), "Source" },
        };
        var file = new ByteArrayContent(Encoding.UTF8.GetBytes(csv));
        file.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        form.Add(file, "File", "list.csv");
        var answer = await browser.Http.PostAsync(browser.Page.Url, form);
        await browser.Open(answer.RequestMessage!.RequestUri!.PathAndQuery);
    }

    private static string[] Row(Browser browser, string name) =>
        [.. browser.Page.QuerySelectorAll("table tr").First(r => r.Children.Length > 3 && r.Children[0].TextContent.Trim() == name && r.HasAttribute("data-key")).Children.Select(c => c.TextContent.Trim())];
}
