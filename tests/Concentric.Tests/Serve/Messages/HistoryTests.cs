using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Serve;
using Concentric.Serve.Forms;
using Concentric.Serve.Messages;
using Concentric.Tests.Serve.Forms;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Tests.Serve.Messages;

/// <summary>What was written to a citizen stands with their enquiry, and what failed is seen and sent again.</summary>
public sealed class HistoryTests
{
    [Fact]
    public async Task A_letter_that_fails_changes_nothing_of_its_case_and_is_sent_again_by_whoever_works_on_it()
    {
        await using var app = await NotifyApp.Start();
        var reference = await Report(app, "email", ("email", "ada@example.com"));
        var tom = await app.SignInAs(Role.Officer);
        await Inspect(tom, reference);
        var before = await State(app);
        app.Notify.Mood = _ => NotifyMood.NotAnAddress;

        await app.SendDue();

        Assert.Equal(before, await State(app));
        await tom.Open($"/desk/cases/{reference}");
        Assert.Contains("Email to ada@example.com", tom.Text, StringComparison.Ordinal);
        Assert.Contains("Not sent: it is no address or number that GOV.UK Notify can send to", tom.Text, StringComparison.Ordinal);

        app.Notify.Mood = _ => NotifyMood.Well;
        await tom.Press("Send again");
        Assert.Equal(1, await app.SendDue());
        app.Clock.Now += TimeSpan.FromMinutes(1);
        await app.Sender.AskDue(default);
        await tom.Open($"/desk/enquiries/{reference}");
        Assert.Contains("Arrived", tom.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Send again", tom.Text, StringComparison.Ordinal);
        Assert.Equal(before, await State(app));
    }

    [Fact]
    public async Task Who_gave_only_a_mobile_number_gets_a_short_text_with_the_link_and_who_gave_neither_gets_nothing()
    {
        await using var app = await NotifyApp.Start();
        var reference = await Report(app, "text", ("phone", "07700 900123"));
        var tom = await app.SignInAs(Role.Officer);
        await Inspect(tom, reference);
        var none = await Report(app, "none");
        await Inspect(tom, none);

        await app.SendDue();

        var taken = Assert.Single(app.Notify.Taken);
        Assert.Equal(("sms", "07700900123"), (taken.Kind, taken.To));
        Assert.StartsWith("Northmoor Council: ", taken.Message, StringComparison.Ordinal);
        Assert.EndsWith($"https://forms.northmoor.example/enquiries/status?reference={reference}", taken.Message, StringComparison.Ordinal);
        Assert.InRange(taken.Message.Length, 50, ShortText.Most);
        await tom.Open($"/desk/cases/{reference}");
        Assert.Contains("Text message to 07700900123", tom.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failures_are_counted_by_kind_at_the_desk_and_all_of_a_kind_are_sent_again_after_the_count_was_shown()
    {
        await using var app = await NotifyApp.Start(atOnce: 1);
        await app.Add([.. Enumerable.Range(0, 3).Select(i => new Letter("case", $"long{i}@example.com", "Your bin", "Text"))]);
        await app.Add([.. Enumerable.Range(0, 2).Select(i => new Letter("case", $"gone{i}@example.com", "Your bin", "Text"))]);
        app.Notify.Mood = to => to.StartsWith("long", StringComparison.Ordinal) ? NotifyMood.TooLong : NotifyMood.Well;
        await app.SendDue();
        app.Notify.Status = "permanent-failure";
        app.Clock.Now += TimeSpan.FromMinutes(1);
        Assert.Equal(2, await app.Sender.AskDue(default));

        var grace = await app.SignInAs(Role.ServiceManager);
        await grace.Open("/desk");
        Assert.Contains("Messages that were not sent (5)", grace.Text, StringComparison.Ordinal);
        Assert.Equal("Degraded", await grace.Http.GetStringAsync("/health/ready"));
        await grace.Open("/desk/messages/again?kind=Content");
        Assert.Equal("Send 3 messages again", grace.Heading);
        app.Notify.Mood = _ => NotifyMood.Well;
        await grace.Press("Send again");
        Assert.Equal(3, await app.SendDue());
        Assert.Equal("Healthy", await grace.Http.GetStringAsync("/health/ready"));

        await grace.Open("/desk/messages/again?kind=NotDelivered");
        await grace.Press("Send again");
        Assert.Contains("No message has failed", grace.Text, StringComparison.Ordinal);
        Assert.Equal(2, await app.SendDue());
        Assert.Equal(7, app.Notify.Taken.Count);
        Assert.Equal(7, app.Notify.Taken.Select(t => t.Reference).Distinct().Count());
        // Pressed once more by somebody whose page was old, nothing goes twice.
        await grace.Post("/desk/messages/again", [("kind", "NotDelivered")]);
        Assert.Equal(0, await app.SendDue());
        await grace.Open("/desk/messages/again?kind=Whatever");
        Assert.Equal(System.Net.HttpStatusCode.NotFound, grace.Status);
        var kind = Journal.KindOf(typeof(MessagesSentAgain));
        Assert.Equal([2, 3], (await app.Db(d => d.Facts.AsNoTracking().Where(f => f.Kind == kind).ToListAsync())).Select(f => f.As<MessagesSentAgain>().Count).Order());
    }

    [Fact]
    public async Task While_the_door_is_closed_the_desk_says_since_when_and_why_and_nothing_has_failed()
    {
        await using var app = await NotifyApp.Start();
        await app.Add(new Letter("case", "ada@example.com", "Your bin", "Text"));
        app.Notify.Mood = _ => NotifyMood.KeyUnknown;
        await app.SendDue();

        var grace = await app.SignInAs(Role.ServiceManager);
        await grace.Open("/desk/messages");
        Assert.Contains("GOV.UK Notify takes no messages since", grace.Text, StringComparison.Ordinal);
        Assert.Contains("does not know the key", grace.Text, StringComparison.Ordinal);
        Assert.Contains("1 email and 0 text messages wait", grace.Text, StringComparison.Ordinal);
        Assert.Equal("Healthy", await grace.Http.GetStringAsync("/health/ready"));
        app.Clock.Now += TimeSpan.FromMinutes(16);
        Assert.Equal("Degraded", await grace.Http.GetStringAsync("/health/ready"));
    }

    private static async Task<(int Events, bool Open, int Revision, DateOnly Next, bool EnquiryOpen)> State(TestApp app) => await app.Db(async d =>
    {
        var found = await d.Cases.AsNoTracking().SingleAsync();
        return (await d.CaseEvents.CountAsync(), found.IsOpen, found.Revision, found.NextOn, (await d.Enquiries.AsNoTracking().SingleAsync()).IsOpen);
    });

    private static async Task<string> Report(NotifyApp app, string updates, params (string Id, string Text)[] said)
    {
        var form = await app.Services.GetRequiredService<PublishedForms>().Find("pothole");
        var answers = FindAnswers.Complete(form!.Form, Concentric.Core.Say.DayOf(app.Clock.Now))!.With("updates", new Value.Text(updates));
        foreach (var (id, text) in said) answers = answers.With(id, new Value.Text(text));
        var known = await app.Db(d => d.Cases.Select(c => c.Id).ToListAsync());
        var ada = await new FillsIn(app.Browse(), form.Form, answers.With("full-name", new Value.Text("Ada Marsh"))).Begin();
        await ada.GoTo();
        await ada.Send();
        return $"{(await app.Db(d => d.Cases.SingleAsync(c => !known.Contains(c.Id)))).Reference}";
    }

    private static async Task Inspect(Browser officer, string reference)
    {
        await officer.Open($"/desk/cases/{reference}");
        await officer.Post($"/desk/cases/{reference}", [("Do", "step"), ("Node", "inspect"), ("Way", "tell-soon"), ("Needs", "0"), ("Needs", "1")]);
        Assert.Equal(System.Net.HttpStatusCode.OK, officer.Status);
    }
}
