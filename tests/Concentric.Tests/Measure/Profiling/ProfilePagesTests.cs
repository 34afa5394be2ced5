using System.Net;
using System.Text.RegularExpressions;
using Concentric.Core;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Measure.Contacts;
using Concentric.Measure.Places;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Tests.Measure;

/// <summary>A council of 24 areas in two groups, with two services and the people who live there.</summary>
public sealed class ProfileApp() : TestApp(seeded: true), IAsyncLifetime
{
    public const int Areas = 24;

    public async ValueTask InitializeAsync()
    {
        var council = Services.GetRequiredService<Settings>().Council;
        var about = new BatchAbout(new(council, "Northmoor Council", IsSynthetic: true), "profiles", "made for a test")
        {
            Services = [new("p:bins", "Bins"), new("p:rent", "Rent")],
            Areas = [.. Enumerable.Range(0, Areas).Select(a => new AreaAttributes($"A{a:00}", $"Area {a}", "Ward", a < 12 ? "near" : "far", (byte)(1 + a % 10), 400)), new("A24", "Area 24", "Ward", "new", 5, 400)],
            Profiles = [new("near", "Near the centre"), new("far", "Far from it"), new("new", "New estate")],
        };
        await Services.GetRequiredService<ContactImport>().RunRows(Rows(), about, Actor.System);
        await Write(db =>
        {
            for (var a = 0; a < Areas; a++) db.Add(new PopulationRow { Council = council, Service = "", Unit = PopulationUnit.Persons, Area = $"A{a:00}", Group = "", Value = 1_000, Year = 2024, Source = "Invented for a test" });
            foreach (var group in (string[])["near", "far"]) db.Add(new PopulationRow { Council = council, Service = "", Unit = PopulationUnit.Persons, Area = "", Group = group, Value = 12_000, Year = 2024, Source = "Invented for a test" });
            return Task.CompletedTask;
        });
    }

    /// <summary>
    /// People near the centre ask about bins twice as often and online; area 5 phones; area 23 has three users of bins. Half as many a year before. On the new estate 200 ask
    /// about bins, and nobody has counted who lives there. Only people far from the centre ask about rent.
    /// </summary>
    private static IEnumerable<ContactRow> Rows()
    {
        var (id, at) = (0, new DateTime(2024, 3, 4, 10, 0, 0, DateTimeKind.Utc));
        for (var year = 0; year < 2; year++)
            for (var a = 0; a < Areas; a++)
                for (var n = 0; n < (a == 23 ? 3 : (a < 12 ? 80 : 40) * (1 + year)); n++)
                    yield return new($"{++id}", at.AddDays(364 * year + n % 350)) { Service = "p:bins", Channel = (byte)(a == 5 || n % 4 == 0 ? 2 : 1), Area = $"A{a:00}", Person = (ulong)(1 + a * 1_000 + n) };
        for (var n = 0; n < 200; n++) yield return new($"{++id}", at.AddDays(400 + n)) { Service = "p:bins", Channel = 2, Area = "A24", Person = (ulong)(60_000 + n) };
        for (var n = 0; n < 300; n++) yield return new($"{++id}", at.AddDays(400 + n)) { Service = "p:rent", Channel = 2, Area = n % 10 == 0 ? null : $"A{12 + n % 11:00}", Person = (ulong)(50_000 + n) };
    }
}

public sealed partial class ProfilePagesTests(ProfileApp app) : IClassFixture<ProfileApp>
{
    [Fact]
    public async Task An_analyst_sees_who_uses_a_service_against_who_could()
    {
        var lewis = await app.SignInAs(Role.Analyst);

        await lewis.Open("/measure/profiles/services/p:bins");

        Assert.Equal(HttpStatusCode.OK, lewis.Status);
        // 12 areas of 160 against 11 of 80 and one of 3: 1,920 and 883 of 2,803.
        var near = Row(lewis, "More than expected");
        Assert.Equal(("Near the centre", "1,920", "68.5%", "50.0%"), (near[0], near[1], near[2], near[3]));
        Assert.StartsWith("137 (", near[4], StringComparison.Ordinal);
        Assert.Equal("883", Row(lewis, "Fewer than expected")[1]);
        Assert.Contains("Counts are exact", lewis.Text, StringComparison.Ordinal);
        Assert.Contains("Users are different people", lewis.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_manager_sees_the_same_made_from_rounded_counts()
    {
        var grace = await app.SignInAs(Role.ServiceManager);

        await grace.Open("/measure/profiles/services/p:bins");

        Assert.Equal("885", Row(grace, "Fewer than expected")[1]);
        Assert.Contains("Counts are rounded to 5", grace.Text, StringComparison.Ordinal);
        // Area 23 has three users: neither they nor what would tell them is on the page.
        var last = grace.Page.QuerySelectorAll(".app-scroll th[scope=row]").Where(h => h.TextContent.Trim() == "Area 23").Select(h => h.ParentElement!.Children[1].TextContent.Trim()).ToList();
        Assert.All(last, cell => Assert.Contains(cell, (string[])["1 to 7", "about 4"]));
        Assert.NotEmpty(last);
        Assert.DoesNotMatch(Exact(), grace.Text);
    }

    [Fact]
    public async Task A_group_from_which_nobody_came_is_told_and_one_of_unknown_size_is_not_among_everybody_else()
    {
        var lewis = await app.SignInAs(Role.Analyst);

        await lewis.Open("/measure/profiles/services/p:rent");
        Assert.Equal(("Near the centre", "0"), (Row(lewis, "Fewer than expected")[0], Row(lewis, "Fewer than expected")[1]));

        await lewis.Open("/measure/profiles/groups/far");
        // 883 of 2,803 where half live: the 200 of the new estate are in neither.
        Assert.Equal("Bins", Row(lewis, "Fewer than expected")[0]);
        Assert.StartsWith("63 (", Row(lewis, "Fewer than expected")[4], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_level_that_somebody_wants_is_in_the_address_and_a_mistyped_one_is_said()
    {
        var grace = await app.SignInAs(Role.ServiceManager);

        await grace.Open("/measure/profiles/services/p:bins?level=20");
        Assert.Contains("If 20.0 of 100 used it everywhere, there would be 4,800 users.", grace.Text, StringComparison.Ordinal);

        await grace.Open("/measure/profiles/services/p:bins?level=lots");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, grace.Status);
        Assert.Equal("lots", grace.Page.QuerySelector("#level")!.GetAttribute("value"));
        Assert.Contains("Enter how many of 100 should use it", grace.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_group_is_told_with_what_it_uses_and_what_it_does_not_reach()
    {
        var lewis = await app.SignInAs(Role.Analyst);

        await lewis.Open("/measure/profiles/groups/far");

        Assert.Contains("12,000 residents, 50.0%", lewis.Text, StringComparison.Ordinal);
        Assert.Equal("Bins", Assert.Single(lewis.Page.QuerySelectorAll("div[aria-label^='Services with people missing'] tbody tr")).Children[0].TextContent.Trim());
        Assert.Contains("What they would rather do is not known", lewis.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_area_that_phones_although_others_of_its_group_use_the_web_is_a_target_on_the_page_and_in_the_file()
    {
        var grace = await app.SignInAs(Role.ServiceManager);

        await grace.Open("/measure/profiles/move?service=p:bins");
        var first = grace.Page.QuerySelectorAll("table")[^1].QuerySelector("tbody tr")!;
        Assert.Equal(("Area 5", "Near the centre", "160"), (first.Children[0].TextContent.Trim(), first.Children[1].TextContent.Trim(), first.Children[2].TextContent.Trim()));

        var file = await grace.Http.GetStringAsync("/measure/profiles/move.csv?service=p:bins", TestContext.Current.CancellationToken);
        Assert.Contains("Bins,", file.Split("\r\n")[1], StringComparison.Ordinal);
        Assert.Contains("A05,Area 5,Near the centre,160,", file, StringComparison.Ordinal);
        Assert.DoesNotContain("A23", file, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_there_is_not_found_and_others_may_not_look()
    {
        var grace = await app.SignInAs(Role.ServiceManager);
        foreach (var path in (string[])["services/nothing", "groups/nothing", "move?service=nothing", "?council=nowhere"])
            Assert.Equal(HttpStatusCode.NotFound, (await grace.Open($"/measure/profiles{(path[0] == '?' ? "" : "/")}{path}")).Status);
        var asha = await app.SignInAs(Role.Adviser);
        Assert.Equal(HttpStatusCode.Forbidden, (await asha.Open("/measure/profiles")).Status);
    }

    [Fact]
    public async Task The_list_leads_to_each_service_and_group()
    {
        var grace = await app.SignInAs(Role.ServiceManager);

        await grace.Open("/measure/profiles");

        Assert.Equal("Who uses it: Bins", (await grace.Follow("Bins")).Heading);
        await grace.Open("/measure/profiles");
        Assert.StartsWith("Far from it", (await grace.Follow("Far from it")).Heading, StringComparison.Ordinal);
    }

    private static List<string> Row(Browser browser, string finding) =>
        [.. browser.Page.QuerySelectorAll("tbody tr").First(r => r.Children[^1].TextContent.Trim() == finding).Children.Select(c => c.TextContent.Trim())];

    [GeneratedRegex(@"\b883\b")]
    private static partial Regex Exact();
}
