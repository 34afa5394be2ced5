using Concentric.Core;
using Concentric.Serve.Cases;
using Concentric.Serve.Demo;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Tests.Journeys;

/// <summary>A citizen sees how their case stands, tells more, says what they think of its end, and sees who looked at their details.</summary>
[Collection(StaffWalks.Name)]
public sealed class StatusWalk(Chromium chromium, ServedApp app) : Journey(chromium)
{
    [Theory]
    [MemberData(nameof(Ways.All), MemberType = typeof(Ways))]
    public async Task How_it_stands_what_was_wrong_and_who_looked(Way way)
    {
        var (address, program) = (await app.Address(), await app.Program());
        // Why somebody was opened holds for the day, so each way has somebody of its own.
        var who = DemoScript.Citizens.Single(c => c.Key == (way.ScriptsRun ? "omar" : "raj"));
        var reference = await WorkWalk.Report(program, who);
        var omar = await Somebody(address, way);

        await Status(omar, reference, who);
        await omar.See("An inspector is going to look at it");
        await omar.Choose("Tell you something more");
        await omar.Press("Send it");
        await omar.SeeErrors("Enter what you want to tell us");
        await omar.Fill("What do you want to ask or tell us?", "A lorry has made it deeper.");
        await omar.Press("Send it");
        await omar.SeeWords("We have what you wrote.");

        var tom = (await program.Db(d => d.Set<Concentric.Core.People.Person>().SingleAsync(p => p.Name == "Tom Reeve"))).Id;
        await program.Services.GetRequiredService<MoveCase>().Add(Reference.Parse(reference), new(CaseEventKind.StepDone, $"{tom}", program.Clock.Now, "inspect", "too-small"));
        await Status(omar, reference, who);
        await omar.See("We have answered your enquiry");
        await omar.Press("Send");
        await omar.SeeErrors("Select yes if it is sorted");
        await omar.Choose("No, it is not sorted");
        await omar.Fill("If not, what is still wrong?", "My wheel is bent.");
        await omar.Choose("Dissatisfied");
        await omar.Press("Send");
        await omar.SeeWords("We are sorry that this is not sorted.");

        var grace = await Somebody(address, way);
        await grace.SignInAs("Grace Okoro, service manager");
        await grace.Open($"/desk/cases/{reference}");
        await grace.Follow("All we have with this citizen");
        await grace.Choose("A complaint, or a check of our work");
        await grace.Fill("In a few words", "He says his wheel is bent");
        await grace.Press("Open");
        await grace.See(who.Name);

        await omar.Follow("Who has looked at your details");
        await omar.See("Who has looked at your details");
        await omar.Fill("Your email address", who.Email!);
        await omar.Press("Continue");
        await omar.See("Who has looked at your details");
        await omar.SeeWords("A complaint, or a check of our work");
    }

    private static async Task Status(Walker citizen, string reference, DemoCitizen who)
    {
        await citizen.Open($"/enquiries/status?reference={reference}");
        await citizen.Fill("The email address that you gave us", who.Email!);
        await citizen.Press("Check");
    }
}
