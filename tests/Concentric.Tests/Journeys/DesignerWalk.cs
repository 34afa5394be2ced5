namespace Concentric.Tests.Journeys;

/// <summary>Walk 6: a service designer edits a need and a link in a draft, looks them through, publishes, sees them in the circle, and undoes.</summary>
[Collection(StaffWalks.Name)]
public sealed class DesignerWalk(Chromium chromium, ServedApp app) : Journey(chromium)
{
    private const string Designer = "Maya Lind, service designer";

    [Theory]
    [MemberData(nameof(Ways.All), MemberType = typeof(Ways))]
    public async Task A_need_and_a_link_are_edited_reviewed_published_seen_and_undone(Way way)
    {
        var maya = await Somebody(await app.Address(), way);
        await maya.SignInAs(Designer);
        await maya.GoTo("Needs");
        await maya.See("The need model");
        await maya.Follow("Needs");
        await maya.See("Needs");
        await maya.Fill("Search by name, other words or number", "find work");
        await maya.Press("Search");
        await maya.Follow("I need to find work");
        await maya.See("I need to find work");

        await maya.Follow("Edit", button: true);
        await maya.See("Edit “I need to find work”");
        await maya.Fill("Name", "");
        await maya.Press("Put into the draft");
        await maya.SeeErrors("Enter a name");
        await maya.Fill("Name", "I am looking for work");
        await maya.Fill("Why do you change it? (optional)", "Nobody needs to find work; people look for it.");
        await maya.Press("Put into the draft");
        await maya.See("I am looking for work");

        await maya.Follow("Add a link", button: true);
        await maya.See("Add a link");
        await maya.Press("Find");
        await maya.SeeErrors("Select what the link says", "Enter some words of where it leads");
        await maya.Choose("This need is addressed by a service");
        await maya.Fill("Where does it lead?", "wheelie bin");
        await maya.Press("Find");
        await maya.See("Add a link");
        await maya.Choose("Bin collection");
        await maya.Press("Continue");
        await maya.See("Write the link");
        await maya.Fill("Reason", "The depot hires in spring.");
        await maya.Choose("High");
        await maya.Press("Put into the draft");
        await maya.SeeWords("The depot hires in spring.");

        await maya.Follow("Review and publish");
        await maya.SeeWords("Changed need");
        await maya.SeeWords("Added link");
        await maya.Follow("The circle of “I have lost my job” with this draft");
        await maya.See("I have lost my job");
        // Not by its first place, which is a title in the drawing.
        Assert.Contains("The depot hires in spring.", await maya.Main.InnerTextAsync(), StringComparison.Ordinal);
        await maya.Follow("Back to the draft", anywhere: true);
        await maya.Press("Publish");
        await maya.SeeErrors("Enter why the model is changed");
        await maya.Fill("Title", "Work in people’s words");
        await maya.Fill("Why is the model changed?", "The job centre asked for it.");
        await maya.Press("Publish");
        await maya.See("Work in people’s words");

        await maya.Open("/needs/lost-my-job");
        Assert.Contains("I am looking for work", await maya.Main.InnerTextAsync(), StringComparison.Ordinal);
        await maya.Open("/model/editions");
        await maya.See("Editions of the model");
        await maya.Follow("Work in people’s words");
        await maya.Follow("Undo this edition", button: true);
        await maya.SeeWords("Take away the link");
        await maya.Fill("Why is it undone?", "It was an example.");
        await maya.Press("Undo");
        await maya.SeeWords("It takes back");
        await maya.Open("/needs/lost-my-job");
        Assert.DoesNotContain("I am looking for work", await maya.Main.InnerTextAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ways.Some), MemberType = typeof(Ways))]
    public async Task A_workshop_is_planned_typed_in_and_printed(Way way)
    {
        var maya = await Somebody(await app.Address(), way);
        await maya.SignInAs(Designer);
        await maya.Open("/model/workshops");
        await maya.See("Workshops");
        await maya.Follow("Plan a workshop", button: true);
        await maya.See("Plan a workshop");
        await maya.Fill("Title", "Losing work");
        await maya.Fill("Day", "27");
        await maya.Fill("Month", "3");
        await maya.Fill("Year", "2026");
        await maya.Fill("Where is it held?", "Mossgrove library");
        await maya.Select("Which situation stands in the centre?", "I have lost my job");
        await maya.Press("Plan it");
        await maya.See("Losing work");
        await maya.Press("Keep this card");
        await maya.SeeErrors("Select which kind of card it is", "Enter what stands on the card", "Select how strongly it was said", "Enter the role of who said it");
        await maya.Choose("Circumstance");
        await maya.Fill("What stands on the card?", "Out of work");
        await maya.Choose("Strongly");
        await maya.Fill("Who said it?", "adviser");
        await maya.Press("Keep this card");
        await maya.See("Losing work");
        await maya.SeeWords("1 statement");
        await maya.Follow("Choose the services of the pilot", button: true);
        await maya.See("Held against contacts");
        await maya.Press("Compare with contacts");
        await maya.SeeErrors("Select at least one service");
        await maya.Follow("Back to the workshop", anywhere: true);
        await maya.Follow("Print the kit", button: true);
        await maya.See("Workshop kit: Losing work");
    }
}
