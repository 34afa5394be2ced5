namespace Concentric.Tests.Journeys;

/// <summary>An adviser finds somebody who is not theirs, takes in what came by e-mail and by word of mouth, and reads what to say.</summary>
[Collection(StaffWalks.Name)]
public sealed class FindWalk(Chromium chromium, ServedApp app) : Journey(chromium)
{
    [Theory]
    [MemberData(nameof(Ways.All), MemberType = typeof(Ways))]
    public async Task Somebody_is_found_opened_with_a_reason_and_joined(Way way)
    {
        var asha = await Somebody(await app.Address(), way);
        await asha.SignInAs("Asha Patel, adviser");
        // Why one was opened holds for the day, so each way has somebody of its own.
        var (typed, name) = way.ScriptsRun ? ("Kathrine Bel", "Katherine Bell") : ("wiliam drake", "William Drake");

        await asha.Find(typed);
        await asha.See("Find");
        await asha.Follow(name);
        await asha.See("Why do you open this?");
        await asha.Press("Open");
        await asha.SeeErrors("Select why you open this", "Enter why, in a few words");
        await asha.Choose("They are in touch with us now");
        await asha.Fill("In a few words", "She is at the counter");
        await asha.Press("Open");
        await asha.See(name);

        await asha.Follow("May be kept twice");
        await asha.See("The same person?");
        await asha.Press("Same person: join them");
        await asha.Leave(() => asha.Page.GoBackAsync());
        await asha.Leave(() => asha.Page.ReloadAsync());
        await asha.SeeWords("Staff joined them as one person");
        await asha.Press("Undo");
        await asha.SeeWords("Joined citizens are shown as one.");
    }

    [Theory]
    [MemberData(nameof(Ways.All), MemberType = typeof(Ways))]
    public async Task What_came_by_email_and_by_word_of_mouth_is_taken_in(Way way)
    {
        var asha = await Somebody(await app.Address(), way);
        await asha.SignInAs("Asha Patel, adviser");

        await asha.Follow("Email that came");
        await asha.See("Email");
        await asha.Follow("Paste an email");
        await asha.See("Paste an email");
        await asha.Press("Take it");
        await asha.SeeErrors("Paste the email", "Enter the email address that it came from, or paste the email with its headers");
        await asha.Fill("The email", $"From: Eve Sandhu <eve.sandhu@example.com>\nSubject: The lane is dark ({way})\nContent-Type: text/plain; charset=x-unknown\n\nThe lamp in the lane is out.");
        await asha.Press("Take it");
        await asha.See($"The lane is dark ({way})");
        await asha.SeeWords("It was not taken by itself.");
        await asha.Fill("What do they ask?", "The lamp in the lane is out.");
        await asha.Press("Make it an enquiry");
        await asha.See("No service chosen");

        await asha.Open("/desk/enquiries/new");
        await asha.See("New enquiry");
        await asha.Press("Keep it");
        await asha.SeeErrors("Select how they got in touch", "Enter what they ask");
        await asha.Choose("Phone");
        await asha.Select("Service", "Bin collection");
        await asha.Fill("What do they ask?", "The bin at number 70 was not emptied.");
        await asha.Fill("Email address", "ines.duarte@example.com");
        await asha.Press("Keep it");
        await asha.See("New enquiry");
        await asha.SeeWords("It may be about the same thing");
        await asha.Press("Keep it");
        await asha.See("Bin collection");

        await asha.Open("/desk/answers/missed-bin");
        await asha.See("What to do if we missed your bin");
        await asha.SeeWords("For staff only");
    }
}
