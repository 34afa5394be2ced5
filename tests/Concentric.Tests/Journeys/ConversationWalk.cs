using Microsoft.Playwright;

namespace Concentric.Tests.Journeys;

/// <summary>An adviser holds a conversation on one screen: asks, sends, hands over, ends it in two clicks.</summary>
[Collection(StaffWalks.Name)]
public sealed class ConversationWalk(Chromium chromium, ServedApp app) : Journey(chromium)
{
    private const string Adviser = "Asha Patel, adviser";

    [Theory]
    [MemberData(nameof(Ways.All), MemberType = typeof(Ways))]
    public async Task A_call_about_two_things(Way way)
    {
        var asha = await Somebody(await app.Address(), way);
        await asha.SignInAs(Adviser);
        await asha.See("Desk");

        await asha.Press("Phone");
        await asha.See("Conversation: phone");
        await asha.Fill("What do they want?", "complaint");
        await asha.Press("Find a form");
        await asha.See("Conversation: phone");
        await asha.Press("Make a complaint");
        await asha.See("Conversation: phone");
        await asha.Press("Save and go on");
        await asha.See("Conversation: phone");
        Assert.Equal(1, await asha.Page.Locator(".govuk-error-summary a").CountAsync());
        await asha.Page.Locator("input[name=about]").First.CheckAsync();
        await asha.Press("Save and go on");
        // Where scripts run, the list becomes a field that is typed into, some time after the page is there.
        if (way.ScriptsRun) await asha.Page.Locator("input[list]").FillAsync((await asha.Page.Locator("datalist option").First.GetAttributeAsync("value"))!);
        else await asha.Page.Locator("select[name=service]").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await asha.Page.Locator("textarea[name=happened]").FillAsync("Nobody rang back.");
        await asha.Page.Locator("input[name='when.Day']").FillAsync("1");
        await asha.Page.Locator("input[name='when.Month']").FillAsync("3");
        await asha.Page.Locator("input[name='when.Year']").FillAsync("2026");
        await asha.See("Conversation: phone");
        await asha.Press("Save and go on");
        await asha.Page.Locator("input[name=told-us][value=no]").CheckAsync();
        await asha.Page.Locator("input[name=wanted][value=apology]").CheckAsync();
        await asha.Press("Save and go on");
        await asha.Page.Locator("input[name=for-whom][value=me]").CheckAsync();
        await asha.Page.Locator("input[name=name]").FillAsync("Ada Marsh");
        await asha.Page.Locator("input[name=contact][value=phone]").CheckAsync();
        await asha.Page.Locator("input[name=phone]").FillAsync("07700 900 982");
        await asha.Press("Save and go on");
        await asha.See("Conversation: phone");
        await asha.SeeWords("Read their answers back to them");
        await asha.Press("Send");
        await asha.See("Conversation: phone");
        await asha.SeeWords("promised by");

        // The second form is offered the name that was said in the first.
        await asha.Press("Report a pothole");
        await asha.See("Conversation: phone");

        // Two clicks.
        await asha.Choose("A form was sent");
        await asha.Press("Something that we are here to do (value demand)");
        await asha.See("Conversation: phone");
        await asha.SeeWords("This conversation has ended.");
        await asha.Follow("Back to the desk");
        await asha.See("Desk");
    }

    [Fact]
    public async Task Answers_are_typed_and_saved_without_a_mouse()
    {
        var asha = await Somebody(await app.Address(), Way.Wide);
        await asha.SignInAs(Adviser);
        var keys = asha.Page.Keyboard;

        await asha.TabTo("Phone");
        await asha.Leave(() => keys.PressAsync("Enter"));
        await asha.TabTo("Report a missed bin");
        await asha.Leave(() => keys.PressAsync("Enter"));
        await asha.TabTo("bin");
        await keys.PressAsync("Space");
        await asha.TabTo("home.postcode");
        await keys.TypeAsync("LS1 4AP");
        await asha.Leave(() => keys.PressAsync("Enter"));

        await asha.See("Conversation: phone");
        Assert.True(await asha.Page.Locator("input[name=bin]").First.IsCheckedAsync());
        Assert.Equal("LS1 4AP", await asha.Page.Locator("input[name='home.postcode']").InputValueAsync());
        await asha.TabTo("home.line1");
        await keys.TypeAsync("14 Elm Road");
        await asha.TabTo("home.town");
        await keys.TypeAsync("Leeds");
        await asha.LeaveByAccessKey('s');
        await asha.SeeWords("Which day");
    }
}
