using System.Net;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Measure.Costs;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Tests.Measure.Costs;

/// <summary>The cost book keeps sourced ranges, and compares only what can be compared.</summary>
public sealed class CostBookTests : IDisposable
{
    private static readonly (string, string)[] _call =
        [("Channel", "phone"), ("Low", "1.28"), ("Mode", "2.83"), ("High", "5.57"), ("Unit", "contact"), ("Scope", "average"), ("PriceYear", "2025"), ("Source", "Our own count"), ("Kind", "local")];

    private readonly TestApp _app = new();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task A_cost_is_entered_changed_and_withdrawn_and_never_deleted()
    {
        var grace = await _app.SignInAs(Role.ServiceManager);
        await grace.Open("/measure/costs/new");
        await grace.Press("Save", _call);
        Assert.Contains("£1.28 to £5.57, most likely £2.83", grace.Text, StringComparison.Ordinal);

        _app.Clock.Now += TimeSpan.FromMinutes(1);
        await grace.Follow("Change Phone, Our own count");
        await grace.Press("Save", ("Mode", "2.835"));
        Assert.Contains("most likely £2.835", grace.Text, StringComparison.Ordinal);

        _app.Clock.Now += TimeSpan.FromMinutes(1);
        await grace.Press("Withdraw Phone, Our own count");

        Assert.Contains("The cost book is empty", grace.Text, StringComparison.Ordinal);
        Assert.Contains("Out of use: 2", grace.Text, StringComparison.Ordinal);
        var (rows, facts) = await _app.Db(async db => (await db.Set<CostRecord>().OrderBy(c => c.EnteredAt).ToListAsync(), await db.Facts.Where(f => f.Kind == "cost-entered" || f.Kind == "cost-withdrawn").OrderBy(f => f.Id).ToListAsync()));
        Assert.Equal([2.83m, 2.835m], rows.Select(r => r.Mode));
        Assert.Equal(rows[1].Id, rows[0].ReplacedBy);
        Assert.Equal(["cost-entered", "cost-entered", "cost-withdrawn"], facts.Select(f => f.Kind));
        Assert.Equal(rows[0].Id, facts[1].As<CostEntered>().Replaces);
    }

    [Fact]
    public async Task A_mistake_comes_back_with_what_was_typed()
    {
        var grace = await _app.SignInAs(Role.ServiceManager);
        await grace.Open("/measure/costs/new");

        await grace.Press("Save", [.. _call.Where(c => c.Item1 is not ("Low" or "Mode")), ("Low", "7"), ("Mode", "0.1234")]);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, grace.Status);
        Assert.Contains("High cost must be at least the low cost", grace.Text, StringComparison.Ordinal);
        Assert.Contains("Most likely cost must be pounds to a tenth of a penny", grace.Text, StringComparison.Ordinal);
        Assert.Equal("0.1234", grace.Page.QuerySelector("#Mode")!.GetAttribute("value"));
    }

    [Fact]
    public async Task What_goes_out_as_csv_comes_in_again_once_and_a_wrong_line_keeps_all_out()
    {
        var lewis = await _app.SignInAs(Role.Analyst);
        const string Csv = "kind,channel,low,mode,high,unit,scope,price_year,source,address\nlocal,Phone,1,2,3,contact,average,2025,\"One, with a comma\",\npublished,web,0.15,0.15,0.15,visit,not known,,Two,https://example.org/costs\n";
        await lewis.Open("/measure/costs/import");
        await lewis.Press("Import", ("Text", Csv));
        Assert.Contains("2 costs in use", lewis.Text, StringComparison.Ordinal);

        var exported = await lewis.Http.GetStringAsync("/measure/costs/costs.csv");
        await lewis.Open("/measure/costs/import");
        await lewis.Press("Import", ("Text", exported));
        Assert.Contains("2 costs in use", lewis.Text, StringComparison.Ordinal);

        await lewis.Open("/measure/costs/import");
        await lewis.Press("Import", ("Text", exported + "pigeon,1,2,3,contact,average,,Three,,local\r\n"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, lewis.Status);
        Assert.Contains("Line 4: Select the channel", lewis.Text, StringComparison.Ordinal);
        Assert.Contains("pigeon", lewis.Page.QuerySelector("#Text")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(2, await _app.Db(db => db.Set<CostRecord>().CountAsync()));
    }

    [Fact]
    public async Task Two_costs_are_compared_on_the_page_and_across_years_only_with_a_deflator()
    {
        var lewis = await _app.SignInAs(Role.Analyst);
        await lewis.Open("/measure/costs/import");
        await lewis.Press("Import", ("Text", "channel,low,mode,high,unit,scope,price_year,source,address,kind\nphone,2,2,2,contact,average,2020,Old,,local\nphone,3,3,3,contact,average,2025,New,,local\n"));
        var ids = lewis.Page.QuerySelectorAll("#first option").Select(o => o.GetAttribute("value")!).Where(v => v.Length > 0).ToList();
        var compare = $"/measure/costs?first={ids[1]}&second={ids[0]}";

        await lewis.Open(compare);
        Assert.Contains("Their price years differ: the first is in prices of 2020, the second of 2025, and no deflator has been loaded.", lewis.Text, StringComparison.Ordinal);

        await lewis.Open("/measure/costs/deflator");
        await lewis.Press("Load", ("Text", "year,index\n2020-21,80\n2025-26,100\n"), ("Source", "A table of a test"));
        Assert.Contains("In use: A table of a test", lewis.Text, StringComparison.Ordinal);
        await lewis.Open(compare);

        // £2.00 of 2020 are £2.50 of 2025.
        Assert.Contains("The second is £0.50 a contact dearer, 1.2 times the first. Both in prices of 2025, by the deflator of A table of a test.", lewis.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Published_figures_stand_side_by_side_and_say_that_their_scopes_are_not_known()
    {
        var grace = await _app.SignInAs(Role.ServiceManager);

        await grace.Open("/measure/costs/published");

        Assert.Contains("None of these figures enters a total", grace.Text, StringComparison.Ordinal);
        var unverified = grace.Page.QuerySelectorAll("#published tbody tr").Where(r => r.TextContent.Contains("Unverified", StringComparison.Ordinal)).Select(r => r.Children[3].TextContent.Trim());
        Assert.Equal(["£1.34", "£3.21"], unverified);
        Assert.Equal(["£1.34", "£2.38", "£3.21"], grace.Page.QuerySelectorAll("#scopes tbody tr").Select(r => r.Children[5].TextContent.Trim()));
        Assert.Empty(await _app.Db(db => db.Set<CostRecord>().ToListAsync()));
    }
}

/// <summary>Rules of comparing, and of what ships.</summary>
[Trait("Database", "none")]
public sealed class CompareCostsTests
{
    private static readonly CostFigure _call = new("call", 2, 3, 4, CostUnit.Contact, CostScope.Average, 2025);

    [Fact]
    public void Costs_of_another_unit_or_scope_are_refused_in_words_that_say_which_differ()
    {
        Assert.Equal(
            ["Their units differ: the first is for each contact, the second for each visit.", "Their scopes differ: the first is average, the second fully loaded."],
            CompareCosts.Of(_call, _call with { Unit = CostUnit.Visit, Scope = CostScope.FullyLoaded }, null).Refusals);
        Assert.Equal(["The scope of the second is not known, so what is counted in may differ."], CompareCosts.Of(_call, _call with { Scope = CostScope.NotKnown }, null).Refusals);
        Assert.Equal(["The unit of both is not known, so nobody can say whether they are costs of the same thing."],
            CompareCosts.Of(_call with { Unit = CostUnit.NotKnown }, _call with { Unit = CostUnit.NotKnown }, null).Refusals);
        Assert.Single(CompareCosts.Of(_call, _call with { PriceYear = null }, null).Refusals);
        Assert.Single(CompareCosts.Of(_call, _call with { Mode = null }, null).Refusals);
    }

    [Fact]
    public void Costs_of_the_same_thing_are_compared()
    {
        var compared = CompareCosts.Of(_call, _call with { Mode = 4.5m, High = 5 }, null);

        Assert.Empty(compared.Refusals);
        Assert.Equal((1.5m, 1.5m), (compared.Difference, compared.Times));
    }

    [Fact]
    public void No_two_published_figures_can_be_compared()
    {
        Assert.Equal(17, PublishedCosts.All.Count);
        foreach (var one in PublishedCosts.All)
            foreach (var other in PublishedCosts.All) Assert.NotEmpty(CompareCosts.Of(one.Figure, other.Figure, null).Refusals);
    }

    [Fact]
    public void What_ships_is_what_the_collected_sources_say()
    {
        var published = Vectors.Read("channel_cost_pert_lp.json").GetProperty("published_unit_costs").EnumerateArray().ToList();
        foreach (var row in published)
        {
            var channel = row.GetProperty("channel").GetString() is "face_to_face" ? "face-to-face" : row.GetProperty("channel").GetString();
            var (low, high) = row.TryGetProperty("value", out var value) ? (value.GetDecimal(), value.GetDecimal()) : (row.GetProperty("min").GetDecimal(), row.GetProperty("max").GetDecimal());
            Assert.Contains(PublishedCosts.All, c => c.Channel == channel && c.Figure.Low == low && c.Figure.High == high);
        }
        Assert.Equal(14, published.Count);
    }

    [Fact]
    public void Pounds_are_read_to_a_tenth_of_a_penny()
    {
        Assert.True(Pounds.TryParse("£0.155", out var tenth) && tenth == 0.155m);
        Assert.False(Pounds.TryParse("0.1555", out _));
        Assert.False(Pounds.TryParse("-1", out _));
        Assert.Equal(("£0.15", "£0.155", "£1,234.00"), (Pounds.Show(0.15m), Pounds.Show(0.155m), Pounds.Show(1234m)));
    }
}
