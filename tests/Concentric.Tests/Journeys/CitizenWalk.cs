using Microsoft.Playwright;

namespace Concentric.Tests.Journeys;

/// <summary>Walk 2: somebody who has lost their job finds what they may need, asks, and later sees how it stands.</summary>
[Collection(CitizenWalks.Name)]
public sealed class CitizenWalk(Chromium chromium, ServedApp app) : Journey(chromium)
{
    [Theory]
    [MemberData(nameof(Ways.Every), MemberType = typeof(Ways))]
    public async Task From_what_happened_to_how_it_stands(Way way)
    {
        var ada = await Somebody(await app.Address(), way);

        await ada.Open("/");
        await ada.See("What is happening?");
        await ada.Follow("I have lost my job");
        await ada.See("I have lost my job");
        await ada.SeeWords("We do not store your answers.");
        await ada.Page.GetByRole(AriaRole.Group, new() { Name = "Is it hard to make your money last?" }).GetByRole(AriaRole.Radio, new() { Name = "Yes" }).CheckAsync();
        await ada.Press("See what can help");
        await ada.See("What you may need");
        await ada.SeeWords("Likely");
        await ada.Follow("See all of this as a circle");
        await ada.See("I have lost my job");
        Assert.Equal(way == Way.Wide, await ada.Page.Locator("svg.circle").IsVisibleAsync());
        await ada.Picture("circle", from: "svg.circle");
        await ada.Follow("Ask for help to pay your council tax");
        await ada.See("Ask for help to pay your council tax");
        await ada.Press("Send an enquiry about this");
        await ada.See("Send an enquiry");

        await ada.Press("Send");
        await ada.SeeErrors("Enter what you want to ask", "Enter your email address");
        await ada.Page.GetByRole(AriaRole.Link, new() { Name = "Enter your email address" }).ClickAsync();
        Assert.Equal("Email", await ada.Page.EvaluateAsync<string>("document.activeElement.id"));
        await ada.Fill("What do you want to ask?", "I lost my job last week. Can you help with my council tax?");
        await ada.Fill("Your email address", "ada@example.com");
        await ada.Press("Send");
        await ada.See("Enquiry sent");
        var reference = await ada.Page.Locator(".govuk-panel strong").InnerTextAsync();

        await ada.Follow("check your enquiry");
        await ada.See("Check an enquiry");
        Assert.Equal(reference, await ada.Page.GetByLabel("Your reference").InputValueAsync());
        await ada.Fill("The email address that you gave us", "somebody.else@example.com");
        await ada.Press("Check");
        await ada.SeeErrors("We cannot find an enquiry with that reference and email address. Check both and try again");
        await ada.Fill("The email address that you gave us", "ADA@example.com");
        await ada.Press("Check");
        await ada.See("We have your enquiry");
        await ada.SeeWords("I lost my job last week. Can you help with my council tax?");

        await ada.Page.RouteAsync("https://www.bbc.co.uk/weather", route => route.FulfillAsync(new() { ContentType = "text/html", Body = "<title>Weather</title>" }));
        await ada.Open("/needs/safety-at-home/questions");
        await ada.See("Somebody at home hurts or frightens me");
        await ada.Leave(async () =>
        {
            if (way.ScriptsRun) for (var times = 0; times < 3; times++) await ada.Page.Keyboard.PressAsync("Shift");
            else await ada.Page.GetByRole(AriaRole.Button, new() { Name = "Emergency Exit this page" }).ClickAsync();
        });
        Assert.Equal("Weather", await ada.Page.TitleAsync());
        if (!way.ScriptsRun) return;
        await ada.Page.GoBackAsync();
        await ada.See("What is happening?");
    }

    [Theory]
    [MemberData(nameof(Ways.Some), MemberType = typeof(Ways))]
    public async Task Saying_it_in_ones_own_words(Way way)
    {
        var ada = await Somebody(await app.Address(), way);

        await ada.Open("/");
        await ada.Press("Search");
        await ada.SeeErrors("Enter what is happening, or what you need");
        await ada.Fill("Say what is happening, or what you need", "lost job");
        await ada.Press("Search");
        await ada.See("Search");
        await ada.Follow("I have lost my job");
        await ada.See("I have lost my job");
        await ada.Open("/needs/search?q=qqqqxxxx");
        await ada.See("Search");
        await ada.SeeWords("We found nothing for");
    }

    [Theory]
    [MemberData(nameof(Ways.Some), MemberType = typeof(Ways))]
    public async Task From_answers_straight_to_an_enquiry_and_to_other_circles(Way way)
    {
        var ada = await Somebody(await app.Address(), way);

        await ada.Open("/needs/lost-my-job/help?age=old");
        await ada.SeeErrors("Your age must be a whole number from 0 to 120, like 42");
        await ada.Fill("How old are you?", "44");
        await ada.Press("See what can help");
        await ada.See("What you may need");
        await ada.Leave(() => ada.Page.Locator("#service-63").GetByRole(AriaRole.Link, new() { Name = "Ask us about this" }).ClickAsync());
        await ada.See("Send an enquiry");
        foreach (var (path, heading) in ((string, string)[])[("/needs/circle?circumstance=low-income", "On a low income"), ("/needs/need/council-tax", "Help with council tax"), ("/services/63/circle", "Ask for help to pay your council tax"), ("/needs/wheel", "Wheel of needs"), ("/needs/outcomes", "Outcomes")])
        {
            await ada.Open(path);
            await ada.See(heading);
        }
    }

    [Theory]
    [MemberData(nameof(Ways.Some), MemberType = typeof(Ways))]
    public async Task What_stands_at_the_foot_and_what_is_not_there(Way way)
    {
        var ada = await Somebody(await app.Address(), way);

        foreach (var (path, heading) in ((string, string)[])[("/help", "Help and contact"), ("/accessibility", "Accessibility"), ("/privacy", "Privacy")])
        {
            await ada.Open(path);
            await ada.See(heading);
        }
        await ada.Open("/no-such-page");
        await ada.See("Page not found");
    }
}
