using System.Net;
using System.Text.Json;
using Concentric.Core.People;
using Concentric.Measure.ChannelPlans;
using Concentric.Measure.Contacts;
using Concentric.Measure.Costs;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Tests.Measure.Costs;

/// <summary>The page of a channel plan: what it needs, what it finds, and what stays when something is wrong.</summary>
public sealed class ChannelPlanTests : IDisposable
{
    private readonly TestApp _app = new();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task Without_local_costs_the_page_says_what_is_missing()
    {
        await Contacts();
        var lewis = await _app.SignInAs(Role.Analyst);

        await lewis.Open("/measure/channel-plan?service=524");

        Assert.Contains("There is no plan yet: local costs are missing.", lewis.Text, StringComparison.Ordinal);
        Assert.Equal(3, lewis.Page.QuerySelectorAll(".govuk-inset-text li").Length);
        Assert.Equal(HttpStatusCode.NotFound, (await lewis.Open("/measure/channel-plan?service=nothing")).Status);
    }

    [Fact]
    public async Task The_mix_stands_against_as_now_and_everyone_online_and_a_full_phone_has_its_price()
    {
        await Contacts();
        await Costs();
        var lewis = await _app.SignInAs(Role.Analyst);
        await lewis.Open("/measure/channel-plan?service=524&by=confidence");

        // 20 web, 60 calls, 20 visits as now. 100 contacts: at most 71 would use the web.
        Assert.Equal(["20", "60", "20"], Cells(lewis, "#mixes", "As now")[..3]);
        Assert.Equal(["100", "0", "0"], Cells(lewis, "#mixes", "Everyone online")[..3]);
        Assert.Contains("at most 5% of “Not online” use web form: 10 too many", lewis.Page.QuerySelector("#breaks")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(["71", "29", "0"], Cells(lewis, "#mixes", "Cheapest that keeps all")[..3]);

        await lewis.Press("Work it out", ("capacity1", "25"));

        // Without failures a call is £3 and a visit £8, so one more call saves £5.
        Assert.Equal(["71", "25", "4"], Cells(lewis, "#mixes", "Cheapest that keeps all")[..3]);
        Assert.Contains("One more phone slot would save £5.00: phone takes at most 25 contacts.", lewis.Text, StringComparison.Ordinal);
        Assert.Equal("25", lewis.Page.QuerySelector("#capacity1")!.GetAttribute("value"));

        await lewis.Press("Work it out", ("capacity1", "10"), ("capacity2", "5"));
        Assert.Contains("No mix keeps all these conditions.", lewis.Text, StringComparison.Ordinal);
        Assert.Contains("14 more", lewis.Page.QuerySelector("#conflict")!.TextContent, StringComparison.Ordinal);

        await lewis.Press("Work it out", ("most0-0", "a lot"), ("share1", "31"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, lewis.Status);
        Assert.Equal("a lot", lewis.Page.QuerySelector("#most0-0")!.GetAttribute("value"));
        Assert.Contains("must add up to 100%", lewis.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_is_saved_with_its_conditions_and_opened_again()
    {
        await Contacts();
        await Costs();
        var lewis = await _app.SignInAs(Role.Analyst);
        await lewis.Open("/measure/channel-plan?service=524&by=profile");
        await lewis.Press("Work it out", ("capacity1", "33"));
        Assert.Equal(HttpStatusCode.OK, lewis.Status);

        await lewis.Press("Save");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, lewis.Status);
        Assert.Equal("33", lewis.Page.QuerySelector("#capacity1")!.GetAttribute("value"));
        await lewis.Press("Save", ("Name", "Fewer calls"));
        await lewis.Open("/measure/channel-plan");
        await lewis.Follow("Fewer calls");

        Assert.Equal("33", lewis.Page.QuerySelector("#capacity1")!.GetAttribute("value"));
        Assert.Contains("Group one", lewis.Page.QuerySelector("#conditions")!.ParentElement!.TextContent, StringComparison.Ordinal);
        Assert.Single(await _app.Db(db => db.Set<KeptPlan>().ToListAsync()));
    }

    [Fact]
    public async Task A_service_manager_sees_rounded_counts_and_what_follows_from_them()
    {
        await Contacts();
        await Costs();
        var grace = await _app.SignInAs(Role.ServiceManager);

        await grace.Open("/measure/channel-plan?service=524&by=profile");

        Assert.Contains("Counts from 1 to 7 are hidden and reckoned as 4, others are rounded to 5.", grace.Text, StringComparison.Ordinal);
        // Group two: 3 visits are hidden, 12 calls are 10.
        Assert.Contains("Group two, 14 contacts", grace.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Services_are_planned_at_their_own_costs_and_not_at_a_mean()
    {
        await ContactsOfTwo();
        await Costs("524", 0.5m, 4m, 30m);
        await Costs("63", 6m, 20m, 30m);
        var lewis = await _app.SignInAs(Role.Analyst);

        await lewis.Open($"/measure/channel-plan?service=524&service=63&by=confidence&{AllAllowed}");

        // At the means of now, £6 by web and £4 by phone, all by phone would seem to save £2,000; it would cost £24,000.
        Assert.Equal(["1,000", "1,000", "0"], Cells(lewis, "#mixes", "As now")[..3]);
        Assert.Equal("£10,000", Cells(lewis, "#mixes", "As now")[4]);
        Assert.Equal(["2,000", "0", "0", "–", "£6,500"], Cells(lewis, "#mixes", "Everyone online")[..5]);
        Assert.Equal("£6,500", Cells(lewis, "#mixes", "Cheapest that keeps all")[4]);
        Assert.Equal(6, lewis.Page.QuerySelectorAll("#segments tbody tr").Length);

        // Whatever is dear, as now keeps all conditions, so that the cheapest mix costs no more.
        await Costs("524", 5m, 4m, 30m, replaces: true);
        await lewis.Open($"/measure/channel-plan?service=524&service=63&by=confidence&{AllAllowed}");
        Assert.Equal("£10,000", Cells(lewis, "#mixes", "As now")[4]);
        Assert.Equal(["1,000", "1,000", "0", "–", "£10,000"], Cells(lewis, "#mixes", "Cheapest that keeps all")[..5]);
        Assert.Equal("£11,000", Cells(lewis, "#mixes", "Everyone online")[4]);
    }

    [Fact]
    public async Task A_group_without_contacts_breaks_nothing()
    {
        await Contacts();
        await Costs();
        var lewis = await _app.SignInAs(Role.Analyst);
        await lewis.Open("/measure/channel-plan?service=524&by=confidence");

        await lewis.Press("Work it out", ("share0", "70"), ("share2", "0"), ("assisted2", "100"), ("most2-1", "0"), ("most2-2", "0"));

        Assert.Equal(HttpStatusCode.OK, lewis.Status);
        // 95% of 70 and 45% of 30 would use the web.
        Assert.Equal(["80", "20", "0"], Cells(lewis, "#mixes", "Cheapest that keeps all")[..3]);
        Assert.Equal(["0", "0", "0"], Cells(lewis, "#segments", "Not online"));
    }

    [Fact]
    public async Task Prices_of_different_years_are_no_plan()
    {
        await ContactsOfTwo();
        await Costs("524", 0.5m, 4m, 30m, year: 2012);
        await Costs("63", 6m, 20m, 30m, year: 2026);
        var lewis = await _app.SignInAs(Role.Analyst);

        await lewis.Open($"/measure/channel-plan?service=524&service=63&by=confidence&{AllAllowed}");

        Assert.Contains("the local costs are in prices of different years (2012, 2026): enter them in prices of one year", lewis.Text, StringComparison.Ordinal);
        Assert.Null(lewis.Page.QuerySelector("#mixes"));
    }

    /// <summary>Everybody may use each channel, and nothing else is asked.</summary>
    private static string AllAllowed => "run=1&seed=1&share0=60&share1=30&share2=10&" + string.Join('&',
        Enumerable.Range(0, 3).SelectMany(s => new[] { $"most{s}-0=100", $"most{s}-1=100", $"most{s}-2=100", $"assisted{s}=0" }));

    private static List<string> Cells(Browser browser, string table, string row)
    {
        Assert.True(browser.Page.QuerySelector(table) is not null, $"{browser.Status} {browser.Page.Url}: {browser.Text}");
        return [.. browser.Page.QuerySelectorAll($"{table} tbody tr").Single(r => r.Children[0].TextContent.Trim() == row).Children.Skip(1).Select(c => c.TextContent.Trim())];
    }

    /// <summary>20 web forms, 60 calls and 20 visits, from two groups of places.</summary>
    private Task Contacts()
    {
        static IEnumerable<ContactRow> Some(int from, int count, byte channel, string area) => Enumerable.Range(from, count).Select(i => new ContactRow($"c{i}", new DateTime(2026, 1, 5 + i % 20, 10, 0, 0, DateTimeKind.Utc))
        {
            Service = "524", Channel = channel, Area = area, Satisfaction = 4,
        });
        return TestContacts.Put(_app, [.. Some(0, 20, 1, "A1"), .. Some(20, 48, 2, "A1"), .. Some(68, 12, 2, "A2"), .. Some(80, 17, 3, "A1"), .. Some(97, 3, 3, "A2")],
            [new("A1", "Area 1", "Ward", "1", 1, 100), new("A2", "Area 2", "Ward", "2", 2, 100)], [new("1", "Group one"), new("2", "Group two")]);
    }

    /// <summary>1,000 calls of one service and 1,000 web forms of another.</summary>
    private Task ContactsOfTwo()
    {
        static IEnumerable<ContactRow> Thousand(int from, string service, byte channel) => Enumerable.Range(from, 1_000)
            .Select(i => new ContactRow($"c{i}", new DateTime(2026, 1, 5 + i % 20, 10, 0, 0, DateTimeKind.Utc)) { Service = service, Channel = channel });
        return TestContacts.Put(_app, [.. Thousand(0, "524", 2), .. Thousand(1_000, "63", 1)]);
    }

    /// <summary>£1 on the web, £3 by phone, £8 face to face, and nobody fails.</summary>
    private Task Costs() => Costs("524", 1m, 3m, 8m);

    private Task Costs(string service, decimal web, decimal phone, decimal visit, int? year = null, bool replaces = false) => _app.Write(async db =>
    {
        if (replaces) foreach (var before in await db.Set<LocalCostEntry>().Where(c => c.Service == service && c.EndedAt == null).ToListAsync()) before.End(_app.Clock.Now);
        foreach (var (channel, pounds) in new[] { ("web", web), ("phone", phone), ("face-to-face", visit) })
        {
            var (none, one) = (Range3.Exactly(0), Range3.Exactly(1));
            var cost = new LocalCost { Salary = none, OnCosts = none, Days = one, Hours = one, Occupancy = one, Minutes = none, Overhead = none, Other = Range3.Exactly(pounds), Fails = none };
            db.Add(new LocalCostEntry
            {
                Id = Guid.CreateVersion7(_app.Clock.Now), Council = "northmoor", Service = service, Channel = channel, Inputs = JsonSerializer.Serialize(cost), PriceYear = year, Note = null, By = "test", EnteredAt = _app.Clock.Now,
            });
        }
    });
}
