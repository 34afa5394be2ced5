using Concentric.Core;
using Concentric.Serve.Cases;
using Concentric.Serve.Demo;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Concentric.Tests.Journeys;

/// <summary>An officer goes through their list of work, changes several at once, and works on a case beside somebody else.</summary>
[Collection(StaffWalks.Name)]
public sealed class WorkWalk(Chromium chromium, ServedApp app) : Journey(chromium)
{
    [Theory]
    [MemberData(nameof(Ways.All), MemberType = typeof(Ways))]
    public async Task Work_is_listed_narrowed_downloaded_and_changed_together(Way way)
    {
        var tom = await Somebody(await app.Address(), way);
        await tom.SignInAs("Tom Reeve, officer");

        await tom.Follow("Work");
        await tom.See("Work");
        await tom.Page.Locator("summary", new() { HasText = "Filters" }).ClickAsync();
        await tom.Select("Process", "Mend a road or pavement");
        await tom.Press("Show");
        await tom.See("Work");
        var file = await tom.Page.RunAndWaitForDownloadAsync(() => tom.Link("Download this list (CSV)").ClickAsync());
        Assert.Equal("work-2026-03-02.csv", file.SuggestedFilename);
        var lines = (await File.ReadAllTextAsync(await file.PathAsync(), TestContext.Current.CancellationToken)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(lines.Length - 1, await tom.Page.Locator("tbody tr").CountAsync());

        await tom.Press("Continue");
        await tom.SeeErrors("Select what you want to change", "Select what you want to do");
        await tom.Page.Locator("input[name=Row]").First.CheckAsync();
        await tom.Choose("Add a note to each");
        await tom.Fill("Why, or the note", "The planned work begins on Monday.");
        await tom.Press("Continue");
        var heading = tom.Page.GetByRole(AriaRole.Heading, new() { Level = 1 });
        await tom.See(await heading.InnerTextAsync());
        await tom.SeeWords("1 will change");
        await tom.Press(await heading.InnerTextAsync());
        await tom.See("1 changed");
        await tom.Main.GetByRole(AriaRole.Link).First.ClickAsync();
        await tom.SeeWords("The planned work begins on Monday.");
    }

    [Theory]
    [MemberData(nameof(Ways.All), MemberType = typeof(Ways))]
    public async Task A_case_waits_for_its_citizen_and_two_at_once_lose_nothing(Way way)
    {
        var (address, program) = (await app.Address(), await app.Program());
        var reference = await Report(program, DemoScript.Citizens.Single(c => c.Key == "omar"));
        var tom = await Somebody(address, way);
        await tom.SignInAs("Tom Reeve, officer");

        await tom.Open($"/desk/cases/{reference}");
        await tom.Press("Take it on");
        await tom.Choose("Wait for the citizen");
        await tom.Press("Save");
        await tom.SeeErrors("Enter what you asked the citizen");
        await tom.Fill("What you asked, why, or a note", "Is it at the gate with the lamp?");
        await tom.Press("Save");
        await tom.SeeWords("We asked: Is it at the gate with the lamp?");
        await tom.See("Mend a road or pavement");
        await tom.Choose("Go on: the citizen has answered");
        await tom.Press("Save");

        // Somebody else does the step while it is on the screen.
        await tom.Page.GetByLabel("Width and depth were measured").CheckAsync();
        await tom.Page.GetByLabel("There is a photo of the place").CheckAsync();
        await tom.Choose("Mend it at once");
        await tom.Page.Locator("#Note-inspect").FillAsync("30 cm across.");
        var grace = (await program.Db(d => d.Set<Concentric.Core.People.Person>().SingleAsync(p => p.Name == "Grace Okoro"))).Id;
        Assert.Null((await program.Services.GetRequiredService<MoveCase>().Add(Reference.Parse(reference), new(CaseEventKind.StepDone, $"{grace}", program.Clock.Now, "inspect", "tell-planned")))!.Refused);
        await tom.Press("Done with “Look at the place and measure the defect”");
        await tom.SeeErrors("That step is not open: somebody may have done it in the meantime. What you wrote is kept as a note: it stands in the history below, beside what was done in the meantime.");
        await tom.SeeWords("30 cm across.");
        await tom.SeeWords("What we wrote to them");
    }

    /// <summary>A pothole is reported, as by its form.</summary>
    internal static async Task<string> Report(TestApp program, DemoCitizen who)
    {
        var forms = new DemoForms(program.Services, new() { Now = program.Clock.Now });
        var answers = new Dictionary<string, string> { ["where"] = "By the gate", ["size"] = "large", ["depth"] = "deep" };
        return $"{await forms.Send(new(who.Key, "pothole", 0, default, ByPhone: false, answers, []), who, by: null)}";
    }
}
