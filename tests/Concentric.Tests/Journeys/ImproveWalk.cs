using Microsoft.Playwright;

namespace Concentric.Tests.Journeys;

/// <summary>Walk 5: a dated change is recorded, and the control chart holds what follows against what went before.</summary>
[Collection(StaffWalks.Name)]
public sealed class ImproveWalk(Chromium chromium, ServedApp app) : Journey(chromium)
{
    private const string Manager = "Grace Okoro, service manager";

    [Theory]
    [MemberData(nameof(Ways.All), MemberType = typeof(Ways))]
    public async Task A_change_that_worked_is_shown_with_its_interval(Way way)
    {
        var grace = await Somebody(await app.Address(), way);
        await grace.SignInAs(Manager);
        await grace.GoTo("Improve");
        await grace.See("Changes to services");
        // The demo council’s own record of it is withdrawn, and stays in the list.
        var from = await WithdrawAll(grace, "Bin collection");
        await grace.See("Changes to services");

        await grace.Press("Record a change");
        await grace.See("Record a change");
        await grace.Press("Record");
        await grace.SeeErrors("Select the service that was changed", "Enter what was changed", "Enter the date from which it held");
        await Fill(grace, "Bin collection", "We text when the bin crew is late", new(2025, 2, 28));
        await grace.Fill("Day", "31");
        await grace.Press("Record");
        await grace.SeeErrors("Date from which it held must be a real date");
        await Fill(grace, "Bin collection", "We text when the bin crew is late", from);
        await grace.Press("Record");

        await grace.See("Bin collection");
        await grace.SeeChart("failure");
        await grace.SeeWords("Baseline, frozen: mean");
        await grace.SeeWords("Since “We text when the bin crew is late”: the limits of the baseline, carried on.");
        Assert.Equal(34, await grace.Page.Locator("figure#failure tr[data-frozen]").CountAsync());
        Assert.Equal("We text when the bin crew is late", await grace.Page.Locator("figure#failure tr[data-change]").GetAttributeAsync("data-change"));
        await grace.SeeWords("An effect is shown.");
        Assert.Matches(@"Failure demand fell from [\d.]+ to [\d.]+ contacts a week: −[\d.]+ \(95% interval −[\d.]+ to −[\d.]+;", await grace.Main.InnerTextAsync());
        await grace.GoTo("Improve");
        await grace.SeeWords("We text when the bin crew is late");
        await grace.SeeWords("Withdrawn");
    }

    [Theory]
    [MemberData(nameof(Ways.Some), MemberType = typeof(Ways))]
    public async Task A_change_that_did_nothing_is_not_made_to_look_otherwise(Way way)
    {
        var grace = await Somebody(await app.Address(), way);
        await grace.SignInAs(Manager);

        await grace.Open("/measure/services/141");
        await grace.See("Repair to a council home");
        await grace.SeeWords("No effect is shown.");
        await grace.SeeWords("This is not proof that there is none.");
        await grace.SeeChart("failure");
    }

    [Theory]
    [MemberData(nameof(Ways.Some), MemberType = typeof(Ways))]
    public async Task Too_soon_or_without_a_baseline_nothing_is_claimed(Way way)
    {
        var grace = await Somebody(await app.Address(), way);
        await grace.SignInAs(Manager);
        const string service = "Report a street light";

        await Record(grace, service, "Crews report broken lamps themselves", new(2026, 2, 9));
        await grace.SeeWords("It is too early to tell. 3 of the 7 complete weeks that are needed have passed since the change.");
        await grace.See(service);
        await WithdrawAll(grace, service);

        await Record(grace, service, "A new form", new(2024, 4, 1));
        await grace.SeeWords("There is nothing to hold it against.");
        await grace.See(service);
        await WithdrawAll(grace, service);
    }

    private static async Task Record(Walker grace, string service, string what, DateOnly from)
    {
        await grace.Open("/measure/services/564");
        await grace.Follow("Record a change to this service");
        await grace.Fill("What was changed?", what);
        await Date(grace, from);
        await grace.Press("Record");
        Assert.Equal(service, await grace.Page.Locator("h1").InnerTextAsync());
    }

    private static async Task Fill(Walker grace, string service, string what, DateOnly from)
    {
        await grace.Select("Which service was changed?", service);
        await grace.Fill("What was changed?", what);
        await Date(grace, from);
    }

    private static async Task Date(Walker grace, DateOnly from)
    {
        await grace.Fill("Day", $"{from.Day}");
        await grace.Fill("Month", $"{from.Month}");
        await grace.Fill("Year", $"{from.Year}");
    }

    /// <summary>Withdraws every change of a service and returns the day from which the last of them held.</summary>
    private static async Task<DateOnly> WithdrawAll(Walker grace, string service)
    {
        await grace.Open("/improve");
        var day = "";
        var rows = grace.Page.Locator("tr", new() { HasText = service }).Filter(new() { Has = grace.Page.GetByRole(AriaRole.Button) });
        while (await rows.CountAsync() > 0)
        {
            day = await rows.First.GetByRole(AriaRole.Rowheader).InnerTextAsync();
            await grace.Leave(() => rows.First.GetByRole(AriaRole.Button).ClickAsync());
        }
        return DateOnly.Parse(day, System.Globalization.CultureInfo.GetCultureInfo("en-GB"));
    }
}
