namespace Concentric.Tests.Journeys;

/// <summary>A service designer builds a form with a way aside, sees it on the map, tries it and keeps an example; a service manager reviews and publishes it.</summary>
[Collection(StaffWalks.Name)]
public sealed class BuilderWalk(Chromium chromium, ServedApp app) : Journey(chromium)
{
    [Theory]
    [MemberData(nameof(Ways.All), MemberType = typeof(Ways))]
    public async Task A_form_is_built_tried_reviewed_and_published(Way way)
    {
        var maya = await Somebody(await app.Address(), way);
        await maya.SignInAs("Maya Lind, service designer");
        await maya.Open("/forms-design");
        await maya.See("Design forms");
        await maya.Follow("New form", button: true);
        await maya.See("New form");
        await maya.Press("Begin");
        await maya.SeeErrors("Enter a title");
        var title = $"Report a wasp nest {way}";
        await maya.Fill("Title", title);
        await maya.Press("Begin");
        await maya.See("Pages of the form");
        var at = new Uri(maya.Page.Url).AbsolutePath;

        await AddPage(maya, at, "Is the nest inside?", "Yes or no");
        await maya.See("Is the nest inside?");
        await maya.Fill("Name in messages (optional)", "the nest is inside");
        await maya.Press("Save the question");
        await maya.See("Is the nest inside?");
        await AddPage(maya, at, "Which kind of nest is it?", "Radios: one of a few");
        await maya.Fill("Name in messages (optional)", "which kind of nest it is");
        await maya.Fill("Choices", "wasps | Wasps\nbees | Bees");
        await maya.Press("Save the question");
        await maya.See("Which kind of nest is it?");
        await AddPage(maya, at, "Call us", "No question: it only says something, or several questions added later");
        await maya.See("Call us");
        await maya.Page.GetByLabel("Yes, with nothing sent").CheckAsync();
        await maya.Press("Save the page");
        await maya.Open($"{at}/pages/which-kind-of-nest-is-it");
        await maya.Select("Route 1 goes to", "Check your answers (the end)");
        await maya.Press("Save the page");
        await maya.Open($"{at}/pages/is-the-nest-inside");
        await maya.Page.GetByText("Pick a condition").ClickAsync();
        await maya.Select("The answer to", "Is the nest inside? (is-the-nest-inside)");
        await maya.Fill("With what?", "yes");
        await maya.Select("Where does it go?", "Route 1 is taken if");
        await maya.Press("Put the condition in");
        await maya.Select("Route 1 goes to", "Call us");
        await maya.Press("Save the page");

        await maya.Follow("Map");
        await maya.See("Map of the pages");
        Assert.NotEqual(0, await maya.Page.Locator("main table").GetByText("“Is the nest inside?” is yes").CountAsync());
        await maya.Follow("Checks");
        await maya.See("Checks");
        await maya.Follow("Settings");
        await maya.See("Settings");
        await maya.Fill("Number of the service", "524");
        await maya.Fill("Number of the interaction", "0");
        await maya.Fill("Team that gets what is sent", "Pests");
        await maya.Fill("Process that it starts", "wasp-nest");
        await maya.Fill("Purpose", "To find the nest and treat it.");
        await maya.Select("Lawful basis", "Public task");
        await maya.Fill("Kept for how many months", "12");
        await maya.Fill("Privacy text", "We keep your answers for a year.");
        await maya.Press("Save the settings");
        await maya.Follow("Lists and sums");
        await maya.See("Sections, lists and sums");
        await maya.Follow("Welsh");
        await maya.See("Welsh");
        await maya.Follow("Preview");
        await maya.See("Every page as people see it");
        await maya.Follow("JSON");
        await maya.See("The form as JSON");

        await maya.Open($"{at}/try");
        await maya.See("Is the nest inside?");
        await maya.Press("Continue");
        await maya.SeeErrors("Select yes if the nest is inside");
        await maya.Choose("No");
        await maya.Press("Continue");
        await maya.Choose("Wasps");
        await maya.Press("Continue");
        await maya.See("Check your answers");
        await maya.Fill("Keep these answers as an example: what does it show?", "Wasps outside");
        await maya.Press("Keep as an example");
        await maya.See("Examples that must keep passing");
        await maya.SeeWords("Passes");

        await maya.Follow("Review");
        await maya.See("Review");
        await maya.Fill("What is new in it?", "A new form");
        await maya.Press("Ask for a review");
        await maya.SeeWords("somebody else reviews it");
        var grace = await Somebody(await app.Address(), way);
        await grace.SignInAs("Grace Okoro, service manager");
        await grace.Open($"{at}/review");
        await grace.See("Review");
        await grace.Press("Approve and publish");
        await grace.See(title);
        await grace.SeeWords("In use");
    }

    private static async Task AddPage(Walker maya, string at, string title, string kind)
    {
        await maya.Open($"{at}/new-page");
        await maya.See("Add a page");
        await maya.Fill("Question or title", title);
        await maya.Select("What is on it?", kind);
        await maya.Press("Add the page");
    }
}
