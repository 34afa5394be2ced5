using Microsoft.Playwright;

namespace Concentric.Tests.Journeys;

/// <summary>Walk 3: an adviser answers and codes with one choice more; the service manager says later what caused it; the citizen reads the answer.</summary>
[Collection(StaffWalks.Name)]
public sealed class AdviserWalk(Chromium chromium, ServedApp app) : Journey(chromium)
{
    private const string Adviser = "Asha Patel, adviser";
    private const string Manager = "Grace Okoro, service manager";
    private const string Kind = "What kind of contact was it?";

    [Theory]
    [MemberData(nameof(Ways.All), MemberType = typeof(Ways))]
    public async Task An_enquiry_is_answered_and_coded_and_its_cause_set_later(Way way)
    {
        var address = await app.Address();
        var ada = await Somebody(address, way);
        var reference = await ada.Ask("524", "My bin was missed again. I am Mrs Marsh of 14 Elm Road, ring 07700 900123.", "ada@example.com");
        var asha = await Somebody(address, way);

        await asha.Open("/desk");
        await asha.See("Sign in");
        await asha.Press(Adviser);
        await asha.See("Desk");
        await asha.Find(reference);
        await asha.Follow(reference);
        await asha.See("Bin collection");
        // First in the citizen's own words, masked, and saying what for and how long they are kept.
        Assert.Equal("My bin was missed again. I am [name] of [address], ring [telephone number].", await asha.Page.GetByLabel("What did they want, in their own words?").InputValueAsync());
        await asha.SeeWords("Kept for 12 months, to find out what people really want.");
        await asha.SeeWords("This service is there to: My bins are emptied on the day you said");

        // Beside the conversation: what follows from what they asked and say, and what comes of it in one press.
        await asha.Page.GetByText("Say more about their situation").ClickAsync();
        await asha.Page.GetByLabel("I am moving home", new() { Exact = true }).CheckAsync();
        await asha.Press("Show what follows");
        await asha.See("Bin collection");
        await asha.SeeWords("Said: “I am moving home”.");
        await asha.Leave(() => asha.Main.Locator(".app-next__item").First.GetByRole(AriaRole.Button).First.ClickAsync());
        await asha.See("Bin collection");
        await asha.SeeWords("Offered on 2 March 2026");

        await asha.Press("Answer");
        await asha.SeeErrors("Enter the answer", "Select what kind of contact this was, or ‘Don’t know’");
        await asha.Fill("Answer", "We are sorry. The crew comes tomorrow.");
        // The one choice that coding costs: whether it is sorted already has its usual answer.
        await asha.Choose("My bin was missed");
        await asha.Press("Answer");
        await asha.See("Bin collection");
        await asha.SeeWords("“My bin was missed”: Failure demand");
        await asha.SeeWords("Kept until 2 March 2027");
        Assert.Equal(0, await asha.Page.GetByLabel("What in how we work made them ask?").CountAsync());

        var grace = await Somebody(address, way);
        await grace.SignInAs(Manager);
        await grace.GoTo("Desk");
        await grace.Follow("Failure demand without a cause");
        await grace.See("Desk");
        await grace.Follow(reference);
        await grace.See("Bin collection");
        // What in how we work it comes from stands first; what it looked like is a code beside it.
        await grace.Select("What in how we work made them ask?", "How the work is done › It is not done right the first time");
        await grace.Select("What did it look like?", "We did not do what we said");
        await grace.Press("Save the cause");
        await grace.See("Bin collection");
        Assert.Equal("How the work is done › It is not done right the first time", await Row("What made them ask"));
        Assert.Equal("We did not do what we said", await Row("What it looked like"));

        await ada.Open($"/enquiries/status?reference={reference}");
        await ada.Fill("The email address that you gave us", "ada@example.com");
        await ada.Press("Check");
        await ada.See("We have answered your enquiry");
        await ada.SeeWords("We are sorry. The crew comes tomorrow.");

        Task<string> Row(string key) => grace.Main.Locator(".govuk-summary-list__row", new() { HasText = key }).Locator("dd").InnerTextAsync();
    }

    [Theory]
    [MemberData(nameof(Ways.Some), MemberType = typeof(Ways))]
    public async Task Not_knowing_is_an_answer_too(Way way)
    {
        var asha = await Somebody(await app.Address(), way);
        var reference = await asha.Ask("524", "Hello?", "ben@example.com");
        await asha.SignInAs(Adviser);

        await asha.Open($"/desk/enquiries/{reference}");
        await asha.Fill("Answer", "What can we do for you?");
        await asha.Choose("Don’t know");
        await asha.Page.GetByRole(AriaRole.Group, new() { Name = "Do they now have what they asked for?" }).GetByLabel("No").CheckAsync();
        await asha.Press("Answer");

        Assert.Equal("Not known", await asha.Main.Locator(".govuk-summary-list__row", new() { HasText = "Kind of contact" }).Locator("dd").InnerTextAsync());
        await asha.Follow("Back to what is waiting");
        await asha.Follow("Answered");
        await asha.See("Desk");
        await asha.Press("Sign out");
        await asha.See("What is happening?");
    }

    [Theory]
    [MemberData(nameof(Ways.Some), MemberType = typeof(Ways))]
    public async Task A_manager_writes_what_a_service_is_for_and_what_is_asked_of_it(Way way)
    {
        var grace = await Somebody(await app.Address(), way);
        await grace.SignInAs(Manager);

        await grace.Open("/desk/services/587/demand");
        await grace.See("Purpose and kinds of demand");
        await grace.Press("Add");
        await grace.SeeErrors("Enter what people ask, in their words", "Select whether the service is there to be asked this");
        await grace.Fill("What is the service there to do, from its citizens’ side?", "Rubbish that somebody dumped is gone within a week.");
        await grace.Press("Save the purpose");
        await grace.Fill("What do people ask, in their words?", $"Somebody dumped a sofa ({way})");
        await grace.Choose("Yes: it is what the service is for");
        await grace.Press("Add");
        await grace.See("Purpose and kinds of demand");
        await grace.SeeWords($"Somebody dumped a sofa ({way})");
    }

    [Fact]
    public async Task Radios_are_chosen_with_the_arrow_keys()
    {
        var asha = await Somebody(await app.Address(), Way.Wide);
        var reference = await asha.Ask("524", "When do you come?", "cora@example.com");
        await asha.SignInAs(Adviser);
        await asha.Open($"/desk/enquiries/{reference}");

        await asha.Page.GetByLabel("What did they want, in their own words?").FocusAsync();
        await asha.Page.Keyboard.PressAsync("Tab");
        await asha.Page.Keyboard.PressAsync("ArrowDown");
        await asha.Page.Keyboard.PressAsync("ArrowDown");

        Assert.True(await asha.Page.GetByRole(AriaRole.Group, new() { Name = Kind }).GetByRole(AriaRole.Radio).Nth(2).IsCheckedAsync());
    }
}
