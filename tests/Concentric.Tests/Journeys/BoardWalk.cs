namespace Concentric.Tests.Journeys;

/// <summary>A service manager looks at a service's board, goes from a chart to its contacts, is told why there is no target yet, and holds the review that is overdue.</summary>
[Collection(StaffWalks.Name)]
public sealed class BoardWalk(Chromium chromium, ServedApp app) : Journey(chromium)
{
    [Theory]
    [MemberData(nameof(Ways.All), MemberType = typeof(Ways))]
    public async Task A_board_is_looked_at_and_reviewed(Way way)
    {
        var grace = await Somebody(await app.Address(), way);
        await grace.SignInAs("Grace Okoro, service manager");
        await grace.Open("/measure/boards");
        await grace.See("Boards");
        await grace.Follow("Bin collection");
        await grace.See("Bin collection");
        await grace.SeeWords("The review of this board is overdue since");
        await grace.SeeWords("It moved its measure, for the better.");
        var first = grace.Page.Locator(".app-board__card h3");
        Assert.Equal(["Time from first contact to need met", "Share met at first contact", "Contacts for each need met"], (await first.AllInnerTextsAsync()).Take(3));

        await grace.Follow("Share of failure demand");
        await grace.See("Share of failure demand");
        await grace.SeeChart("measure");
        await grace.SeeWords("We send a text message when the crew is running late");
        await grace.Page.Locator("summary", new() { HasText = "Each point: its contacts" }).ClickAsync();
        await grace.Page.Locator("#points tbody a").First.ClickAsync();
        await grace.Page.GetByRole(Microsoft.Playwright.AriaRole.Heading, new() { Name = "By channel" }).WaitForAsync();
        await grace.See(await grace.Page.GetByRole(Microsoft.Playwright.AriaRole.Heading, new() { Level = 1 }).InnerTextAsync());

        // A phase that has only just begun: what the process can do is not known, and so there is no target.
        await grace.Open("/measure/measures/phase?key=failure-share@57");
        await grace.See("Record a new phase");
        await grace.Press("Record the phase");
        await grace.SeeErrors("Enter the day of the change", "Enter what was changed", "Enter how it is known that it was changed on that day");
        await grace.Fill("Day", "12");
        await grace.Fill("Month", "1");
        await grace.Fill("Year", "2026");
        await grace.Fill("What was changed?", $"New letters, {way}");
        await grace.Fill("How is it known?", "The print run of that day");
        await grace.Press("Record the phase");
        await grace.See("Share of failure demand");
        await grace.SeeWords("Limits are provisional: they come from 7 values and need 12.");
        await grace.Follow("Set a target");
        await grace.See("Set a target");
        await grace.SeeWords("No target can be set yet.");
        await grace.SeeWords("The current phase has 7 values and needs 12 before anybody can say what the process can do. Wait for 5 more.");
        await grace.Open("/measure/measures/failure-share@57");
        await grace.Press("Take back the phase from 12 January 2026");

        await grace.Open("/measure/reviews/new?board=57");
        await grace.See("Review the board");
        await grace.SeeWords("Did the last decision move its measure?");
        await grace.Fill("What did you make of it?", "Nothing has changed since the text messages.");
        await grace.Press("Save the review");
        await grace.See("Review of 2 March 2026");
        await grace.SeeWords("It was decided to change nothing.");
        await grace.Follow("Reviews", anywhere: true);
        await grace.See("Reviews");
    }
}
