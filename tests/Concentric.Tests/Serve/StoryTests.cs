using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Measure.Contacts;
using Concentric.Tests.Serve.Cases;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Tests.Serve;

/// <summary>One citizen's story from end to end: a missed bin that is reported by phone, chased on the web, seen as failure demand, put right and rated.</summary>
public sealed class StoryTests : IDisposable
{
    private readonly TestApp _app = new();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task A_missed_bin_from_the_call_to_the_figures()
    {
        // By phone: an adviser takes the report and ends the call in two clicks.
        var asha = await ConversationsTests.Call(_app);
        await Calls.MissedBin(asha);
        await asha.Press("Send");
        await asha.Press("Something that we are here to do (value demand)", ("Outcome", "FormSent"));
        var reference = (await _app.Facts<FormSent>()).Single().Reference;

        // On the web, two days later: she has to ask.
        _app.Clock.Now += TimeSpan.FromDays(2);
        var ada = await CaseWork.Status(_app, reference);
        await ada.Press("Send it", ("Why", ""), ("Words", ""));
        Assert.Contains("Select whether you want to ask or to tell us something", ada.Text, StringComparison.Ordinal);
        await ada.Press("Send it", ("Why", "ask"), ("Words", "It is still standing in the street."));
        Assert.Contains("We are sorry that you had to ask.", ada.Text, StringComparison.Ordinal);

        // The crew's officer reads what she wrote, goes back and empties it.
        var tom = await _app.SignInAs(Role.Officer);
        await tom.Open($"/desk/cases/{reference}");
        Assert.Contains("It is still standing in the street.", tom.Text, StringComparison.Ordinal);
        await CaseWork.Step(tom, reference, "check", "go-back", ["0"]);
        _app.Clock.Now += TimeSpan.FromHours(3);
        tom = await _app.SignInAs(Role.Officer);
        await CaseWork.Step(tom, reference, "go-back", "emptied");

        // She is asked whether it is sorted, and says how it was.
        ada = await CaseWork.Status(_app, reference);
        await ada.Press("Send", ("Sorted", "yes"), ("Rating", "9"));
        Assert.Contains("Select how you felt, or nothing", ada.Text, StringComparison.Ordinal);
        await ada.Press("Send", ("Sorted", "yes"), ("Rating", "4"));
        Assert.Contains("Thank you for telling us", ada.Text, StringComparison.Ordinal);

        // Seen in the figures: one contact that we are here for, resolved and rated; one that she should not have had to make; and how the work flowed.
        while (await _app.Services.GetRequiredService<Sealer>().Seal() > 0) { }
        await _app.Services.GetRequiredService<Projector>().CatchUp();
        var store = _app.Services.GetRequiredService<IContactStore>();
        var council = store.Dimensions.Councils.Single(c => c.Code > 0).Code;
        var contacts = await store.Query(CubeQuery.CitizenContacts(council).GroupedBy(Dimension.Channel, Dimension.Demand, Dimension.FailureCause, Dimension.Resolved), TestContext.Current.CancellationToken);
        string Row(int row) => string.Join(", ", new[] { Dimension.Channel, Dimension.Demand, Dimension.FailureCause, Dimension.Resolved }.Select(d => store.Dimensions.Label(d, contacts.Code(row, d))));
        Assert.Equal(["Phone, Value, Not set, Resolved", "Web form, Failure, They had to ask what is happening, Not known"], Enumerable.Range(0, contacts.Rows).Select(Row).Order());
        Assert.Equal((true, 4), (await _app.Facts<CitizenSaidSorted>()).Select(s => (s.Sorted, s.Rating)).Single());
        var steps = await store.Steps(new(council), TestContext.Current.CancellationToken);
        string Name(int code) => code == 0 ? "" : store.Dimensions.Activities.Single(a => a.Code == code).Key;
        Assert.Equal(["> begun", "begun > check", "check > go-back"], steps.Select(s => $"{Name(s.From)} > {Name(s.To)}".Trim()).Order());
    }
}
