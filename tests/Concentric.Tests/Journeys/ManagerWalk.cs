using System.Text;
using System.Text.RegularExpressions;
using Concentric.Serve.Cases;
using Microsoft.Playwright;

namespace Concentric.Tests.Journeys;

/// <summary>A service manager looks after teams, messages that failed, processes and knowledge pages.</summary>
[Collection(StaffWalks.Name)]
public sealed class ManagerWalk(Chromium chromium, ServedApp app) : Journey(chromium)
{
    private const string Manager = "Grace Okoro, service manager";

    [Theory]
    [MemberData(nameof(Ways.All), MemberType = typeof(Ways))]
    public async Task Teams_messages_and_what_is_overdue_are_looked_after(Way way)
    {
        var grace = await Somebody(await app.Address(), way);
        await grace.SignInAs(Manager);
        await grace.Open("/desk");
        await grace.See("Desk");

        await grace.Follow("Teams");
        await grace.See("Teams");
        await grace.Press("Put them into the team");
        await grace.SeeErrors("Select a person", "Select a team");
        await grace.Select("Person", "Tom Reeve");
        await grace.Select("Team", "Libraries");
        await grace.Press("Put them into the team");
        await grace.Press("Take out Tom Reeve of Libraries");
        Assert.Equal(0, await grace.Page.GetByRole(AriaRole.Heading, new() { Name = "Libraries" }).CountAsync());

        await grace.Open("/desk/messages");
        await grace.See("Messages that were not sent");
        var failed = await grace.Page.Locator("#failed tbody tr").CountAsync();
        await grace.Leave(() => grace.Main.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^Send again") }).First.ClickAsync());
        await grace.Page.GetByRole(AriaRole.Heading, new() { Level = 1, NameRegex = new Regex("^Send .* again$") }).WaitForAsync();
        await grace.See(await grace.Page.GetByRole(AriaRole.Heading, new() { Level = 1 }).InnerTextAsync());
        await grace.Press("Send again");
        Assert.InRange(await grace.Page.Locator("#failed tbody tr").CountAsync(), 0, failed - 1);

        foreach (var (path, heading) in ((string, string)[])[("/desk/work?list=overdue", "Work"), ("/desk/citizens/pairs", "Citizens who may be kept twice"), ("/desk/citizens/looks", "Citizens opened without an own case"), ("/desk/payments", "Not paid yet")])
        {
            await grace.Open(path);
            await grace.See(heading);
        }
    }

    [Theory]
    [MemberData(nameof(Ways.All), MemberType = typeof(Ways))]
    public async Task A_process_is_seen_and_brought_anew_and_a_page_is_written(Way way)
    {
        var grace = await Somebody(await app.Address(), way);
        await grace.SignInAs(Manager);
        await grace.Open("/desk/processes");
        await grace.See("Processes");
        await grace.Follow("Mend a road or pavement");
        await grace.See("Mend a road or pavement");
        await grace.Follow("Processes", anywhere: true);
        var process = ProcessLibrary.Find("tree-inspection")! with { PromiseDays = 15 };
        await grace.Page.GetByLabel("A file of BPMN 2.0, or of our own JSON").SetInputFilesAsync(new FilePayload { Name = "tree.bpmn", MimeType = "application/xml", Buffer = Encoding.UTF8.GetBytes(BpmnExport.Of(process)) });
        await grace.Press("Use it");
        await grace.See("Processes");
        await grace.SeeWords("In use: Look at a tree, version 2.");

        await grace.Open("/answers-design");
        await grace.See("Knowledge pages");
        await grace.Follow("Write a new page", button: true);
        await grace.See("Write a new page");
        await grace.Press("Save");
        await grace.SeeErrors("Enter an address of 2 to 60 small letters, numbers and hyphens, as ‘missed-bin’", "Enter a title", "Enter what citizens are told", "Enter the team whose page it is");
        var slug = $"mobile-library-{way}".ToLowerInvariant();
        await grace.Fill("Address", slug);
        await grace.Fill("Title", "When the mobile library comes");
        await grace.Fill("What citizens are told", "It stops at Church Walk.\n\n## When\n\n- Thursdays at 2pm");
        await grace.Fill("What only staff see (optional)", "The driver is called Pat.");
        await grace.Fill("Team whose page it is", "Libraries");
        await grace.Press("Save");
        await grace.See("Change this page");
        await grace.Follow("As citizens see it");
        await grace.See("When the mobile library comes");
        Assert.DoesNotContain("Pat", await grace.Main.InnerTextAsync(), StringComparison.Ordinal);
    }
}
