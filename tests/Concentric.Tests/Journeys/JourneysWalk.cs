using Concentric.Tests.Measure;
using Microsoft.Playwright;

namespace Concentric.Tests.Journeys;

/// <summary>An analyst brings a real event log as it is, and sees which way its cases went.</summary>
[Collection(ProgramWalks.Name)]
public sealed class JourneysWalk(Chromium chromium, DemoProgram program) : Journey(chromium)
{
    [Theory]
    [MemberData(nameof(Ways.All), MemberType = typeof(Ways))]
    public async Task A_log_in_XES_is_imported_without_a_mapping_and_its_map_is_read(Way way)
    {
        var log = SharedData.Find("journeys/receipt.xes.gz");
        await program.Start();
        var lewis = await Somebody(program.Address, way);
        await lewis.SignInAs("Lewis Hart, analyst");
        await lewis.Open("/measure/imports/new");
        await lewis.See("Import a file");
        await lewis.Page.GetByLabel("File", new() { Exact = true }).SetInputFilesAsync(new FilePayload { Name = $"receipt {way}.xes.gz", MimeType = "application/gzip", Buffer = await File.ReadAllBytesAsync(log, TestContext.Current.CancellationToken) });
        await lewis.Press("Continue");
        await lewis.See("How to read the file");
        await lewis.Choose("It is an event log in XES");
        await lewis.Press("Continue");
        await lewis.SeeErrors("Enter whose cases the log holds");
        await lewis.Choose("It is an event log in XES");
        await lewis.Fill("Whose cases does it hold?", $"Permits {way}");
        await lewis.Press("Continue");
        await lewis.See("What the import would do");
        await lewis.Press("Import");
        var heading = lewis.Page.GetByRole(AriaRole.Heading, new() { Level = 1 });
        while (await heading.InnerTextAsync() is "The import waits" or "The import runs")
        {
            await Task.Delay(200, TestContext.Current.CancellationToken);
            if (!way.ScriptsRun) await lewis.Follow("Look again");
        }
        await lewis.See("The file was imported");
        await lewis.SeeWords("8,577 = 8,577 + 0 + 0");

        await lewis.Follow("See the journeys of these cases");
        await lewis.See("Journeys");
        Assert.Equal("1,434", (await lewis.Page.Locator(".app-tiles__number").AllInnerTextsAsync())[0]);
        var ways = lewis.Page.Locator("#flow-paths tbody tr");
        await lewis.Page.Locator("summary").Filter(new() { HasText = "Ways as a table" }).ClickAsync();
        Assert.Equal(["Start", "Confirmation of receipt", "1,435", "1,435", "–", "–"], await ways.First.Locator("td").AllInnerTextsAsync());
        Assert.True(await ways.CountAsync() > 20);
        await lewis.SeeWords("What fewer than 5 cases did is not shown");

        var map = lewis.Page.Locator(".app-flow__canvas svg");
        if (!way.ScriptsRun)
        {
            Assert.Equal(0, await map.CountAsync());
            return;
        }
        await map.WaitForAsync();
        var slider = lewis.Page.GetByLabel("Share of ways drawn");
        await slider.FocusAsync();
        await slider.PressAsync("End");
        var lines = map.Locator(".app-flow__line");
        await Assertions.Expect(lines).ToHaveCountAsync(await ways.CountAsync());
        await slider.PressAsync("Home");
        await lewis.SeeWords("most frequent of");
        Assert.True(await lines.CountAsync() < await ways.CountAsync() / 2);
    }
}
