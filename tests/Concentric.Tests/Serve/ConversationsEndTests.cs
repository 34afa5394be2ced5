using System.Net;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.People;
using Concentric.Serve;
using Concentric.Serve.Forms;
using Concentric.Tests.Serve.Forms;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Tests.Serve;

/// <summary>What becomes of forms and of times when a conversation ends, or when nobody ends it.</summary>
public sealed class ConversationsEndTests : IDisposable
{
    private readonly TestApp _app = new();

    [Fact]
    public async Task A_form_that_was_taken_over_is_the_citizens_again_when_the_conversation_ends()
    {
        var (ada, code) = await Calls.Asking(_app);
        var asha = await ConversationsTests.Call(_app);
        await asha.Press("Take over", ("Code", code));
        await asha.Press("Make a complaint");

        await asha.Press("Don’t know", ("Outcome", "Answered"));

        Assert.Contains("Not sent in this conversation", asha.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Handed over", asha.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("In progress", asha.Text, StringComparison.Ordinal);
        var draft = await _app.Db(db => db.Drafts.SingleAsync(d => d.Form == "missed-bin"));
        Assert.Equal((null, null, "web"), (draft.By, draft.Offered, draft.Channel));
        await ada.Open($"/forms/missed-bin/{draft.Key}/home");
        Assert.EndsWith("/home", ada.Page.Url, StringComparison.Ordinal);
        Assert.NotEqual("An adviser is filling in this form with you", ada.Heading);
        // What the adviser had begun is in nobody's browser, and stays theirs until its time is over.
        Assert.NotNull((await _app.Db(db => db.Drafts.SingleAsync(d => d.Form == "complaint"))).By);
    }

    [Fact]
    public async Task A_form_that_was_taken_over_is_the_citizens_again_a_day_after_the_adviser_left_it()
    {
        var (ada, code) = await Calls.Asking(_app);
        var asha = await ConversationsTests.Call(_app);
        await asha.Press("Take over", ("Code", code));
        await asha.Press("Make a complaint");
        var (writer, left) = (_app.Services.GetRequiredService<IWriter>(), _app.Clock.Now);

        await EndVisits.Forget(writer, left.AddHours(23));
        Assert.Equal(2, await _app.Db(db => db.Drafts.CountAsync(d => d.By != null)));
        await EndVisits.Forget(writer, left.AddHours(25));

        Assert.Equal((null, "web"), await _app.Db(async db => await db.Drafts.SingleAsync(d => d.Form == "missed-bin") is var d ? (d.By, d.Channel) : default));
        Assert.NotNull((await _app.Db(db => db.Drafts.SingleAsync(d => d.Form == "complaint"))).By);
        await ada.Open(ada.Page.Url);
        Assert.NotEqual("An adviser is filling in this form with you", ada.Heading);
    }

    [Fact]
    public async Task A_form_that_is_ready_is_left_unsent_only_by_a_second_press()
    {
        var asha = await ConversationsTests.Call(_app);
        await Calls.MissedBin(asha);

        await asha.Press("Don’t know", ("Outcome", "Answered"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, asha.Status);
        Assert.Contains("A form is ready and was not sent. Send it or hand it over first", asha.Text, StringComparison.Ordinal);
        Assert.Null((await _app.Db(db => db.Conversations.SingleAsync())).EndedAt);
        // Something else is wrong with the second press: it was no answer to what was asked.
        await asha.Press("Don’t know", ("Outcome", "FormSent"));
        await asha.Press("Don’t know", ("Outcome", "Answered"));
        Assert.Contains("A form is ready and was not sent", asha.Text, StringComparison.Ordinal);
        await asha.Press("Don’t know");

        Assert.Contains("This conversation has ended.", asha.Text, StringComparison.Ordinal);
        Assert.Contains("Not sent in this conversation", asha.Text, StringComparison.Ordinal);
        Assert.Empty(await _app.Db(db => db.Submissions.ToListAsync()));
    }

    [Fact]
    public async Task A_conversation_that_was_left_open_overnight_tells_no_handling_time()
    {
        var asha = await ConversationsTests.Call(_app);
        _app.Clock.Now += TimeSpan.FromHours(16);
        asha = await Back(asha);

        await asha.Press("Don’t know", ("Outcome", "Answered"));

        Assert.Null(Assert.Single(await Calls.Facts<ConversationEnded>(_app)).Seconds);
        Assert.Null(Assert.Single(await Calls.Facts<EnquiryAnswered>(_app)).HandlingSeconds);
        Assert.Contains("This conversation has ended. Answered now.", asha.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("It took", asha.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_colleague_said_of_the_demand_is_not_told_otherwise_by_the_end()
    {
        var asha = await ConversationsTests.Call(_app);
        await Calls.MissedBin(asha);
        await asha.Press("Send");
        var call = asha.Page.Url;
        await asha.Open($"/desk/enquiries/{(await _app.Db(db => db.Submissions.SingleAsync())).Reference}");
        await asha.Press("Answer", ("Answer", "We come today."), ("Demand", "failure"));
        await asha.Open(call);

        await asha.Press("Something that we are here to do (value demand)", ("Outcome", "FormSent"));

        Assert.Equal(Demand.Failure, Assert.Single(await Calls.Facts<ContactCoded>(_app)).Demand);
    }

    [Fact]
    public async Task What_was_told_in_a_sensitive_form_is_offered_to_no_other()
    {
        var form = Library.Forms.Single(f => f.Sensitive);
        var asha = await ConversationsTests.Call(_app);
        var ada = await new FillsIn(_app.Browse(), form, FindAnswers.Complete(form, Say.DayOf(_app.Clock.Now))!).Begin();
        await ada.GoTo();
        await ada.Send();
        Assert.Contains(form.Questions, q => q.Particular == "person.name");
        await _app.Write(db => db.Enquiries.ExecuteUpdateAsync(e => e.SetProperty(x => x.Email, "ada@example.com")));

        // By that alone an adviser does not even learn that she is known.
        await asha.Press("Find", ("find", "ada@example.com"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, asha.Status);
        var web = await _app.Browse().Open("/enquiries/new");
        await web.Press("Send", ("Words", "When is the library open?"), ("Email", "ada@example.com"));
        await asha.Press("Find", ("find", "ada@example.com"));

        Assert.Equal(("ada@example.com", "{}"), await _app.Db(async db => await db.Conversations.SingleAsync() is var call ? (call.PersonEmail, call.Known) : default));
    }

    [Fact]
    public async Task The_subject_of_a_letter_does_not_name_a_sensitive_form()
    {
        var form = Library.Forms.Single(f => f.Sensitive);
        await _app.Seed();
        var ada = await _app.Browse().Open($"/forms/{form.Id}");
        await ada.Press("Start now");
        var draft = ada.Page.Url[..ada.Page.Url.LastIndexOf('/')];

        foreach (var lang in new[] { "", "?lang=cy" })
        {
            await ada.Open($"{draft}/save{lang}");
            await ada.Press(lang.Length > 0 ? "Anfon y ddolen" : "Send the link", ("Email", "ada@example.com"));
        }
        await ada.Open("/forms/return");
        await ada.Post("/forms/return", [("Email", "ada@example.com")]);

        Assert.Equal(["Go on with your form", "Go on with your form", "Parhau gyda’ch ffurflen"], (await _app.Db(db => db.Messages.ToListAsync())).Select(m => m.Subject).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Whoever_sits_there_after_an_hour_gets_no_code_to_hidden_answers()
    {
        var (ada, _) = await Calls.Asking(_app);
        await ada.Open(ada.Page.Url);
        _app.Clock.Now += TimeSpan.FromMinutes(61);
        var codes = await _app.Db(db => db.WaysBack.CountAsync());

        await ada.Press("Get a code");

        Assert.EndsWith("/away", ada.Page.Url, StringComparison.Ordinal);
        Assert.Equal(codes, await _app.Db(db => db.WaysBack.CountAsync()));
    }

    [Fact]
    public async Task A_form_that_is_saved_where_it_stops_ended_on_the_page_that_stops_it()
    {
        await _app.Seed();
        var ada = await _app.Browse().Open("/forms/pothole");
        await ada.Press("Start now");
        await ada.Press("Continue", ("danger", "yes"));
        Assert.EndsWith("/ring-now", ada.Page.Url, StringComparison.Ordinal);

        await ada.Open($"{ada.Page.Url[..ada.Page.Url.LastIndexOf('/')]}/save");
        await ada.Press("Send the link", ("Email", "ada@example.com"));

        Assert.Equal("ring-now", Assert.Single(await Calls.Facts<FormVisited>(_app)).LastPage);
    }

    public void Dispose() => _app.Dispose();

    /// <summary>The next day somebody signs in again.</summary>
    private async Task<Browser> Back(Browser before) => await (await _app.SignInAs(Role.Adviser)).Open(before.Page.Url);
}
