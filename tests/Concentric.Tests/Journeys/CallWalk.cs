namespace Concentric.Tests.Journeys;

/// <summary>A call comes to an adviser, who begins a conversation, promises to ring back, finds the promise in the list and keeps it.</summary>
[Collection(StaffWalks.Name)]
public sealed class CallWalk(Chromium chromium, ServedApp app) : Journey(chromium)
{
    [Theory]
    [MemberData(nameof(Ways.All), MemberType = typeof(Ways))]
    public async Task A_call_that_ends_with_a_promise_to_ring_back(Way way)
    {
        var asha = await Somebody(await app.Address(), way);
        await asha.SignInAs("Asha Patel, adviser");
        await asha.Open("/desk/call?number=%2B441632960017&call=walk-1");
        await asha.See("Phone call");
        await asha.SeeWords("We know nobody with this number.");
        await asha.Press("Begin the conversation");
        await asha.See("Conversation: phone");
        await asha.Open("/desk/call?number=%2B441632960017&call=walk-1");
        await asha.See("Phone call");
        await asha.Follow("Go on with the conversation", button: true);
        await asha.Choose("Somebody calls back");
        await asha.Press("Don’t know");

        await asha.See("Promise to ring them back");
        await asha.Press("Promise it");
        await asha.SeeErrors("Enter the phone number that we ring", "Enter what we ring them about", "Select when on that day");
        await asha.Fill("Phone number", "01632 960 017");
        await asha.Fill("What do we ring them about?", "The tree on the corner");
        await asha.Choose("By a time");
        await asha.Fill("By what time?", "half past two");
        await asha.Press("Promise it");
        await asha.SeeErrors("Enter a time from 8am to 8pm, like 2pm or 14:30");
        await asha.Fill("By what time?", "2.30pm");
        await asha.Press("Promise it");
        await asha.See("No service chosen");
        await asha.SeeWords("By 2:30pm on 3 March 2026");

        await asha.GoTo("Desk");
        await asha.See("Desk");
        await asha.Follow("Call-backs");
        await asha.See("Call-backs");
        await asha.SeeWords("The tree on the corner");
        await asha.Press("No answer on 01632 960017");
        await asha.See("Promise it anew");
        await asha.SeeWords("Nobody answered. It is promised again by 2:30pm on 3 March 2026.");
        await asha.Press("Promise this instead");
        await asha.See("Call-back");
        await asha.SeeWords("Once. Nobody answered");
        await asha.Follow("Call-backs", anywhere: true);
        await asha.See("Call-backs");
        await asha.Press("Spoke to them on 01632 960017");
        await asha.See("Call-backs");
        await asha.SeeWords("It is kept that you spoke to them.");
    }
}
