using Microsoft.Playwright;

namespace Concentric.Tests.Journeys;

/// <summary>A service designer looks at what the need model shows and decides about one finding.</summary>
[Collection(CitizenWalks.Name)]
public sealed class GapsWalk(Chromium chromium, ServedApp app) : Journey(chromium)
{
    [Theory]
    [MemberData(nameof(Ways.Some), MemberType = typeof(Ways))]
    public async Task From_the_list_of_findings_to_a_decision(Way way)
    {
        var maya = await Somebody(await app.Address(), way);

        await maya.SignInAs("Maya Lind, service designer");
        await maya.Open("/model/gaps");
        await maya.See("What to look at");
        await maya.Select("Kind", "Needs with no service");
        await maya.Press("Show");
        await maya.See("What to look at");
        await maya.Follow("I need company at night");
        await maya.See("I need company at night");
        await maya.Press("Save");
        await maya.SeeErrors("Select what you decide");
        await maya.Page.GetByRole(AriaRole.Radio, new() { Name = "Accept it as it is" }).CheckAsync();
        await maya.Fill("Why is it right as it is?", "Neighbours do this better than we could.");
        await maya.Press("Save");
        await maya.See("I need company at night");
        await maya.SeeWords("Neighbours do this better than we could.");
    }
}
