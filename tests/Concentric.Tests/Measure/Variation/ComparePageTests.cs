using System.Net;
using System.Text;
using Concentric.Core;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Measure.Contacts;
using Concentric.Measure.Places;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Tests.Measure.Variation;

/// <summary>Councils and places compared on one figure, as people meet it.</summary>
public sealed class ComparePageTests : IAsyncDisposable
{
    private readonly TestApp _app = new();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Areas_are_compared_and_the_one_that_differs_is_said_to_be_beyond()
    {
        await Contacts(("A", 100, 20), ("B", 120, 26), ("C", 80, 15), ("D", 200, 44), ("E", 150, 31), ("F", 140, 90), ("G", 3, 1));
        var lewis = await _app.SignInAs(Role.Analyst);

        await lewis.Open("/measure/compare?by=area&figure=failure");

        var rows = lewis.Page.QuerySelectorAll("figure[data-chart=funnel] tbody:not([data-curve]) tr").ToDictionary(r => r.Children[0].TextContent.Trim(), r => r);
        // Of three contacts no share is told from another.
        Assert.Equal(6, rows.Count);
        Assert.Contains("G: fewer than 10 to take a share of", lewis.Text, StringComparison.Ordinal);
        Assert.Equal("Above 99.8%", rows["F"].Children[7].TextContent.Trim());
        Assert.Equal(("20.0", "100", "Within 95%"), (rows["A"].Children[1].TextContent, rows["A"].Children[2].TextContent, rows["A"].Children[7].TextContent));
        Assert.Contains("A funnel ranks nobody", lewis.Text, StringComparison.Ordinal);
        Assert.Contains("n = 790", lewis.Text.Replace('\u00a0', ' '), StringComparison.Ordinal);
        Assert.NotEmpty(lewis.Page.QuerySelectorAll("tbody[data-curve][hidden] tr"));
        Assert.Empty(lewis.Page.QuerySelectorAll("[style]"));
    }

    [Fact]
    public async Task A_service_manager_sees_rounded_counts_and_none_that_is_small()
    {
        await Contacts(("A", 102, 21), ("B", 121, 26), ("G", 40, 3));
        var grace = await _app.SignInAs(Role.ServiceManager);

        await grace.Open("/measure/compare?by=area&figure=failure");

        var names = grace.Page.QuerySelectorAll("figure[data-chart=funnel] tbody:not([data-curve]) th").Select(h => h.TextContent.Trim()).ToList();
        Assert.DoesNotContain("G", names);
        Assert.DoesNotContain("102", grace.Page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("left out", grace.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rates_are_to_those_who_live_there()
    {
        await Contacts(("A", 100, 20), ("B", 120, 26), ("C", 80, 15));
        await _app.Services.GetRequiredService<ImportPlaces>().Run(
            new() { Council = _app.Services.GetRequiredService<Settings>().Council, Kind = PlaceKind.Populations, FileName = "p", Year = 2021, Source = "test" },
            Encoding.UTF8.GetBytes("lsoa,persons\nA,1000\nB,1500\n"), Actor.System, apply: true);
        var lewis = await _app.SignInAs(Role.Analyst);

        await lewis.Open("/measure/compare?by=area&figure=rate");

        var row = lewis.Page.QuerySelectorAll("figure[data-chart=funnel] tbody tr").First(r => r.Children.Length > 0 && r.Children[0].TextContent.Trim() == "A");
        Assert.Equal(("100.0", "1,000"), (row.Children[1].TextContent, row.Children[2].TextContent));
        Assert.Contains("C: nobody is known to live there", lewis.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_there_is_nothing_to_compare_the_page_says_so()
    {
        await Contacts(("A", 20, 10));
        var lewis = await _app.SignInAs(Role.Analyst);

        foreach (var by in (string[])["ward", "area", "council", "nonsense"])
        {
            await lewis.Open($"/measure/compare?by={by}&figure=failure&service=524");
            Assert.Equal(HttpStatusCode.OK, lewis.Status);
            Assert.Contains("nothing to compare", lewis.Text, StringComparison.Ordinal);
        }
        await lewis.Open("/measure/compare?council=nowhere");
        Assert.Equal(HttpStatusCode.NotFound, lewis.Status);
    }

    private async Task Contacts(params (string Area, int Coded, int Failure)[] areas)
    {
        await _app.Seed();
        var rows = areas.SelectMany(a => Enumerable.Range(0, a.Coded).Select(i => new ContactRow($"{a.Area}-{i}", _app.Clock.Now.UtcDateTime.AddDays(-10))
        {
            Service = "524", Channel = (byte)Channels.Find("phone")!.Code, Area = a.Area, Demand = i < a.Failure ? Demand.Failure : Demand.Value,
        })).ToList();
        var settings = _app.Services.GetRequiredService<Settings>();
        await _app.Services.GetRequiredService<ContactImport>().RunRows(rows, new(new CouncilAttributes(settings.Council, "Northmoor", IsSynthetic: false), "test", "rows.csv"), Actor.System, stop: TestContext.Current.CancellationToken);
    }
}
