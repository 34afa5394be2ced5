using Concentric.Serve.Forms;

namespace Concentric.Tests.Journeys;

/// <summary>A street light is reported; an adviser and an officer work on the case; its citizen sees how it stands and says that it is not sorted.</summary>
[Collection(StaffWalks.Name)]
public sealed class CaseWalk(Chromium chromium, ServedApp app) : Journey(chromium)
{
    private const string Find = "Find the light in the records, and test it from here where that can be done";
    private const string Email = "ada@example.com";

    // The day on which the clock of the served program stands.
    private static readonly DateOnly Today = new(2026, 3, 2);

    [Theory]
    [MemberData(nameof(Ways.All), MemberType = typeof(Ways))]
    public async Task A_street_light_is_mended_and_was_not(Way way)
    {
        var address = await app.Address();
        var form = Library.Forms.Single(f => f.Id == "street-light");
        var answers = FindAnswers.Complete(form, Today)!;
        foreach (var question in form.Questions.Where(q => q.Particular == "person.email")) answers = answers.With(question.Id, new Value.Text(Email));
        var ada = await Somebody(address, Way.NoScriptArrives);
        await new FillsByKeyboard(ada, form, answers, Language.English).Send((_, _) => Task.CompletedTask);
        var reference = await ada.Page.Locator(".govuk-panel strong").First.InnerTextAsync();

        var tom = await Somebody(address, way);
        await tom.SignInAs("Tom Reeve, officer");
        await tom.GoTo("Desk");
        await tom.Follow("Work");
        await tom.See("Work");
        await tom.Open("/desk/work?list=open&process=lighting-fault");
        await tom.See("Work");
        await tom.Follow(reference);
        await tom.See("Mend a street light");
        await tom.Press($"Done with “{Find}”");
        await tom.SeeErrors("Select what you found", "Select everything that is there. If something is missing, the step cannot be done yet");
        await tom.Choose("Send a crew");
        await tom.Page.GetByLabel("The number of the post was found in the records").CheckAsync();
        await tom.Press($"Done with “{Find}”");
        await tom.See("Mend a street light");
        await tom.Page.GetByLabel("The post is safe to touch").CheckAsync();
        await tom.Choose("It works");
        await tom.Press("Done with “Test the post and mend the light”");
        await tom.See("Mend a street light");

        var citizen = await Somebody(address, way);
        await citizen.Open($"/enquiries/status?reference={reference}");
        await citizen.Fill("The email address that you gave us", Email);
        await citizen.Press("Check");
        await citizen.See("We have answered your enquiry");
        await citizen.Choose("No, it is not sorted");
        await citizen.Fill("If not, what is still wrong?", "It is dark again");
        await citizen.Press("Send");
        await citizen.SeeWords("We are sorry that this is not sorted.");

        await tom.Open($"/desk/cases/{reference}");
        await tom.See("Mend a street light");
        await tom.SeeWords("It is dark again");
    }
}
