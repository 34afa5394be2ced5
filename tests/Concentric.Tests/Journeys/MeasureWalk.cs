using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Concentric.Tests.Journeys;

/// <summary>Walk 4: within 5 seconds of an answer the service manager sees the contact counted among the rest.</summary>
[Collection(StaffWalks.Name)]
public sealed class MeasureWalk(Chromium chromium, ServedApp app) : Journey(chromium)
{
    private const string Service = "Bin collection";

    [Theory]
    [MemberData(nameof(Ways.All), MemberType = typeof(Ways))]
    public async Task A_contact_is_counted_within_five_seconds_of_its_answer(Way way)
    {
        var address = await app.Address();
        var (asha, lewis) = (await Somebody(address, way), await Somebody(address, way));
        await lewis.SignInAs("Lewis Hart, analyst");
        var before = await Counted(lewis);
        var reference = await asha.Ask("524", "You did not come.", "ada@example.com");
        await asha.SignInAs("Asha Patel, adviser");
        await asha.Open($"/desk/enquiries/{reference}");
        await asha.Fill("Answer", "We come tomorrow.");
        await asha.Choose("My bin was missed");

        await asha.Press("Answer");
        var answered = Stopwatch.GetTimestamp();
        var after = await Counted(lewis);
        while (after != before.PlusOne && Stopwatch.GetElapsedTime(answered) < TimeSpan.FromSeconds(5)) after = await Counted(lewis);

        Assert.Equal(before.PlusOne, after);
    }

    [Theory]
    [MemberData(nameof(Ways.Some), MemberType = typeof(Ways))]
    public async Task Contacts_by_service_channel_and_week_with_the_share_of_failure_demand(Way way)
    {
        var grace = await Somebody(await app.Address(), way);
        await grace.SignInAs("Grace Okoro, service manager");

        await grace.See("Contacts by service, channel and week");
        foreach (var figure in (string[])["weeks", "services", "channels"]) await grace.SeeChart(figure);
        await grace.SeeWords("Synthetic: an invented council, evidence of nothing.");
        await grace.SeeWords("95% interval");
        // Each figure says its period, n and definition.
        foreach (var words in (string[])["n\u00a0=\u00a0", "Definition 1.", " to 2 March 2026"])
            Assert.Equal(3, await grace.Page.Locator("figcaption", new() { HasText = words }).CountAsync());

        await grace.Page.Locator("summary", new() { HasText = "with failure demand" }).ClickAsync();
        await grace.Page.Locator("summary", new() { HasText = "Contacts by week" }).ClickAsync();
        await grace.See("Contacts by service, channel and week");
        Assert.Equal(52, await grace.Page.Locator("figure#weeks tbody tr").CountAsync());
        await grace.Follow(Service);
        await grace.See(Service);
        foreach (var figure in (string[])["failure", "weeks", "causes"]) await grace.SeeChart(figure);
        await grace.Picture("measure", from: "h2:text-is('Failure demand by week')");
        await grace.Follow("Last 13 weeks");
        await grace.See(Service);
        await grace.SeeWords("Only the last 13 weeks are looked at here.");
        Assert.Equal(13, await grace.Page.Locator("figure#weeks tbody tr").CountAsync());

        // Explore: the address is the question, and two dimensions make a heat map.
        await grace.Open("/measure/explore?measure=contacts&by=service&by=channel");
        await grace.See("Explore");
        await grace.SeeChart("heat");
        await grace.Page.Locator("select#by-2").SelectOptionAsync("month");
        await grace.Press("Show");
        await grace.SeeChart("lines");
        await grace.SeeWords("Counts from 1 to 7 are hidden");
    }

    /// <summary>What the first page of Measure says now.</summary>
    private static async Task<Figures> Counted(Walker grace)
    {
        await grace.Open("/measure");
        var tiles = await grace.Page.Locator(".app-tiles__number").AllInnerTextsAsync();
        var coded = await grace.Page.Locator(".app-tiles__tile", new() { HasText = "Failure demand" }).Locator(".app-tiles__note").InnerTextAsync();
        // As they stand in the page, because the table of all services is folded away.
        var service = await grace.Page.Locator(".govuk-details tr", new() { Has = grace.Page.Locator($"a:text-is('{Service}')") }).Locator("td").AllTextContentsAsync();
        var web = await grace.Page.Locator("figure#channels tr", new() { Has = grace.Page.Locator("th:text-is('Web form')") }).Locator("td").First.TextContentAsync();
        return new(Number(tiles[0]), Number(tiles[2]), Number(Regex.Match(coded, "n\\s=\\s([0-9,]+) coded").Groups[1].Value), Number(service[0]), Number(service[1]), Number(web!));
    }

    private static long Number(string text) => long.Parse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    private sealed record Figures(long All, long SinceLastWeek, long Coded, long OfService, long OfServiceCoded, long ByWeb)
    {
        public Figures PlusOne => new(All + 1, SinceLastWeek + 1, Coded + 1, OfService + 1, OfServiceCoded + 1, ByWeb + 1);
    }
}
