using System.Text.Json;
using Microsoft.Playwright;

namespace Concentric.Tests.Journeys;

/// <summary>Walk 1: what <c>bin/dev</c> starts, on an empty folder. That bin/dev itself restores and builds is seen by those who run it.</summary>
[Collection(ProgramWalks.Name)]
public sealed class FirstStartWalk(Chromium chromium, DemoProgram program) : Journey(chromium)
{
    [Theory]
    [MemberData(nameof(Ways.All), MemberType = typeof(Ways))]
    public async Task Each_of_the_demo_people_begins_at_their_work_and_every_page_says_that_it_is_invented(Way way)
    {
        await program.Start();
        Assert.Contains($"Northmoor Council: http://127.0.0.1:{program.Address.Port}", program.FirstSaid, StringComparison.Ordinal);
        Assert.Contains($"Sign in as one of the demo people: http://127.0.0.1:{program.Address.Port}/sign-in", program.FirstSaid, StringComparison.Ordinal);
        var visitor = await Somebody(program.Address, way);
        await visitor.Open("/");
        await visitor.See("What is happening?");
        await SeeLabel(visitor);

        foreach (var (person, heading) in ((string, string)[])
        [
            ("Asha Patel, adviser", "Desk"), ("Tom Reeve, officer", "Desk"), ("Grace Okoro, service manager", "Contacts by service, channel and week"),
            ("Lewis Hart, analyst", "Contacts by service, channel and week"), ("Priya Shah, administrator", "People"), ("Jo Marsh of Northmoor Foodbank, partner organisation", "What is happening?"),
        ])
        {
            await visitor.Open("/sign-in");
            await SeeLabel(visitor);
            await visitor.Press(person);
            await visitor.Page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = heading }).WaitForAsync();
            await SeeLabel(visitor);
        }
        foreach (var path in (string[])["/needs/lost-my-job", "/services/524", "/enquiries/new", "/enquiries/status", "/help", "/privacy", "/accessibility", "/no-such-page", "/desk"])
        {
            await visitor.Open(path);
            await SeeLabel(visitor);
        }
        await visitor.See("You cannot open this page");
        await visitor.Open("/sign-in");
        await visitor.See("Sign in");
        await visitor.SignInAs("Priya Shah, administrator");
        await visitor.See("People");
    }

    [Fact]
    public async Task A_second_start_seeds_nothing()
    {
        await program.Start();
        var before = await Contacts();

        await program.Restart();

        Assert.Contains("Seeded the demo council", program.FirstSaid, StringComparison.Ordinal);
        Assert.DoesNotContain("Seeded", program.Said, StringComparison.Ordinal);
        Assert.InRange(before, 240_000, 260_000);
        Assert.Equal(before, await Contacts());
    }

    [Fact]
    public async Task What_was_planted_in_the_demo_council_is_found_by_the_command_and_seen_by_the_analyst()
    {
        await program.Start();

        var answer = await program.Run("needs", "evaluate", "--json");
        Assert.Equal((0, ""), (answer.Code, answer.Error));
        var found = JsonDocument.Parse(answer.Out).RootElement;
        double Recall(string method) => found.GetProperty("methods").EnumerateArray().Single(m => m.GetProperty("method").GetString() == method).GetProperty("recall3").GetProperty("share").GetDouble();
        Assert.True(found.GetProperty("isSynthetic").GetBoolean());
        Assert.True(Recall("counts") >= 1.5 * Recall("popularity"), found.GetProperty("finding").GetString());
        Assert.InRange(found.GetProperty("calibration").GetProperty("slope").GetDouble(), 0.8, 1.25);

        var lewis = await Somebody(program.Address, Way.Wide);
        await lewis.SignInAs("Lewis Hart, analyst");
        await lewis.Open("/needs/anticipation");
        await lewis.Press("Learn again now");
        await lewis.See("Anticipation");
        await lewis.Follow("Register a death");
        await lewis.See("Register a death");
        await lewis.Press("Save the decision");
        await lewis.SeeErrors("Enter why you decide so", "Select whether to approve or to withdraw");
        await lewis.Open("/needs/anticipation/record");
        await lewis.See("Algorithmic transparency record: anticipation of next needs");
    }

    [Fact]
    public async Task The_command_line_asks_the_running_program_and_prints_a_file_rounded_where_it_is_told_to()
    {
        await program.Start();

        var exact = await program.Run("contacts", "query", "--by", "area", "--measures", "contacts", "--from", "2026-03-02", "--to", "2026-03-02", "--csv");
        var rounded = await program.Run("contacts", "query", "--by", "area", "--measures", "contacts", "--from", "2026-03-02", "--to", "2026-03-02", "--csv", "--rounded");

        Assert.Equal((0, "", 0, ""), (exact.Code, exact.Error, rounded.Code, rounded.Error));
        var (all, shown) = (Rows(exact.Out), Rows(rounded.Out));
        Assert.Contains(all, r => r.Value is not "" && int.Parse(r.Value, System.Globalization.CultureInfo.InvariantCulture) is > 0 and <= 7);
        Assert.Contains("Disclosure: exact", exact.Out, StringComparison.Ordinal);
        Assert.Contains("Disclosure: counts from 1 to 7 are hidden", rounded.Out, StringComparison.Ordinal);
        foreach (var (area, count) in shown) Assert.Equal($"{Concentric.Core.ShownCount.Rounded(long.Parse(all[area], System.Globalization.CultureInfo.InvariantCulture))}", count);
    }

    private static Dictionary<string, string> Rows(string csv) => csv.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(l => !l.StartsWith('#')).Skip(1)
        .ToDictionary(l => l[..l.LastIndexOf(',')], l => l[(l.LastIndexOf(',') + 1)..]);

    private async Task<long> Contacts()
    {
        var answer = await program.Run("contacts", "query", "--json");
        Assert.Equal((0, ""), (answer.Code, answer.Error));
        return JsonDocument.Parse(answer.Out).RootElement.GetProperty("n").GetInt64();
    }

    private static async Task SeeLabel(Walker visitor) =>
        Assert.StartsWith("Synthetic data Northmoor Council is invented.", (await visitor.Page.Locator(".app-synthetic").InnerTextAsync()).Trim(), StringComparison.Ordinal);
}
