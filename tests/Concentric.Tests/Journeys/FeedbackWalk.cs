using Microsoft.Playwright;

namespace Concentric.Tests.Journeys;

/// <summary>A citizen says at the end of an enquiry how it was, and the team reads it and says what was done.</summary>
[Collection(StaffWalks.Name)]
public sealed class FeedbackWalk(Chromium chromium, ServedApp app) : Journey(chromium)
{
    [Theory]
    [MemberData(nameof(Ways.Every), MemberType = typeof(Ways))]
    public async Task One_question_at_the_end_and_the_team_sees_what_was_said(Way way)
    {
        var address = await app.Address();
        var words = $"I waited {20 + (int)way} minutes";
        var ada = await Somebody(address, way);
        await ada.Ask("", "When does the museum open?", $"ada.{way}@example.com");
        await ada.Follow("How was this?");
        await ada.See("How was this?");
        await ada.Press("Send");
        await ada.SeeErrors("Select how it was");
        await ada.Choose("Poor");
        await ada.Fill("What was good or poor about it? (optional)", words);
        await ada.Choose("A complaint");
        await ada.Press("Send");
        await ada.See("Thank you");
        await ada.SeeWords("make a formal complaint");

        var asha = await Somebody(address, way);
        await asha.SignInAs("Asha Patel, adviser");
        await asha.Open("/desk/feedback");
        await asha.See("What citizens said of us");
        await asha.Main.GetByRole(AriaRole.Row).Filter(new() { HasText = words }).GetByRole(AriaRole.Link).ClickAsync();
        await asha.See("Complaint");
        await asha.SeeWords(words);
        await asha.Press("Save");
        await asha.SeeErrors("Enter what was done, or that nothing needs to be done and why");
        await asha.Fill("What was done?", $"The hours are on the front page now ({way}).");
        await asha.Press("Save");
        await asha.See("What citizens said of us");
        await asha.Follow("Dealt with");
        await asha.SeeWords($"The hours are on the front page now ({way}).");

        var grace = await Somebody(address, way);
        await grace.SignInAs("Grace Okoro, service manager");
        await grace.Open("/measure/experience");
        await grace.See("How people said it was");
        await grace.Open("/measure/experience/gaps?service=524");
        await grace.See("Expected, intended and received: Bin collection");
        await grace.Open("/desk/you-said");
        await grace.See("What people said, and what we did");
        await grace.Follow("See it as citizens do");
        await grace.See("What people said, and what we did");
    }

    [Theory]
    [MemberData(nameof(Ways.All), MemberType = typeof(Ways))]
    public async Task A_service_asks_on_a_page_what_people_expect_and_what_they_got(Way way)
    {
        var address = await app.Address();
        var grace = await Somebody(address, way);
        await grace.SignInAs("Grace Okoro, service manager");
        await grace.Open("/measure/experience/gaps?service=4");
        await grace.Press("Start asking");
        await grace.SeeWords("/survey/4");

        var ada = await Somebody(address, way);
        await ada.Open("/survey/4");
        await ada.See("What you expect and what you got: Free school meals");
        await ada.Press("Send");
        await ada.SeeErrors("Answer at least one question about one side of the service");
        await ada.Page.GetByRole(AriaRole.Group).First.GetByLabel("How much of this did you get?").SelectOptionAsync("2");
        await ada.Select("All in all, how well did we do?", "3");
        await ada.Press("Send");
        await ada.See("Thank you");
        await ada.Follow("What people said, and what we did");
        await ada.See("What people said, and what we did: Free school meals");

        await grace.Open("/measure/experience/gaps?service=4");
        await grace.SeeWords("Answered so far: 1 to 7");
        await grace.Press("Stop asking");
        await ada.Open("/survey/4");
        await ada.See("This survey is not open");
    }
}
