using System.Net;
using Concentric.Core;
using Concentric.Core.Facts;
using Concentric.Serve;
using Concentric.Serve.Forms;
using Concentric.Tests.Serve.Forms;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Tests.Serve;

/// <summary>What an adviser typed is kept whichever button is pressed, and goes to the citizen in their own language.</summary>
public sealed class ConversationsAnswersTests : IDisposable
{
    private readonly TestApp _app = new();

    [Fact]
    public async Task What_stands_in_the_boxes_is_what_is_sent()
    {
        var asha = await ConversationsTests.Call(_app);
        await Calls.MissedBin(asha);

        await asha.Press("Send", ("full-name", "Ada Marsh-Hill"));

        Assert.Contains("Ada Marsh-Hill", (await _app.Db(db => db.Submissions.SingleAsync())).Answers, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_sent_where_a_corrected_answer_is_wrong()
    {
        var asha = await ConversationsTests.Call(_app);
        await Calls.MissedBin(asha);

        await asha.Press("Send", ("email", "nobody"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, asha.Status);
        Assert.Equal("nobody", asha.Page.QuerySelector("input[name=email]")!.GetAttribute("value"));
        Assert.Empty(await _app.Db(db => db.Submissions.ToListAsync()));
    }

    [Fact]
    public async Task A_correction_that_asks_for_more_is_asked_before_anything_is_sent()
    {
        var asha = await ConversationsTests.Call(_app);
        await Calls.MissedBin(asha);

        await asha.Press("Send", ("updates", "text"), ("full-name", "Ada Marsh-Hill"));

        Assert.Empty(await _app.Db(db => db.Submissions.ToListAsync()));
        Assert.Contains("/forms/", asha.Page.Url, StringComparison.Ordinal);
        Assert.Contains("Ada Marsh-Hill", (await _app.Db(db => db.Drafts.SingleAsync())).Answers, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_typed_goes_along_with_a_form_that_is_handed_over_and_is_a_web_form_from_then_on()
    {
        var asha = await ConversationsTests.Call(_app);
        await asha.Press("Report a missed bin");

        await asha.Press("Send them a link", ("bin", "recycling"), ("_to", "ada@example.com"));

        Assert.Contains("Handed over", asha.Text, StringComparison.Ordinal);
        var draft = await _app.Db(db => db.Drafts.SingleAsync());
        Assert.Contains("recycling", draft.Answers, StringComparison.Ordinal);
        Assert.Equal((null, "web"), (draft.By, draft.Channel));
        Assert.Equal("phone", Assert.Single(await Calls.Facts<FormVisited>(_app)).Channel);
        var ada = await _app.Browse().Open(await Calls.LinkTo(_app, "ada@example.com"));
        await ada.Press("Go on with your answers");
        Assert.EndsWith("/home", ada.Page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_right_is_put_right_before_a_form_is_handed_over()
    {
        var asha = await ConversationsTests.Call(_app);
        await asha.Press("Report a missed bin");
        await asha.Press("Save and go on", ("bin", "refuse"), ("home.postcode", "LS1 4AP"));
        await asha.Press("Save and go on", ("home.line1", "14 Elm Road"), ("home.town", "Leeds"));

        await asha.Press("Send them a link", ("due-on.Day", "45"), ("due-on.Month", "2"), ("due-on.Year", "2026"), ("_to", "ada@example.com"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, asha.Status);
        Assert.Equal("45", asha.Page.QuerySelector("input[name='due-on.Day']")!.GetAttribute("value"));
        Assert.Equal("ada@example.com", asha.Page.QuerySelector("#HandOverTo")!.GetAttribute("value"));
        Assert.Empty(await _app.Db(db => db.Messages.ToListAsync()));
        Assert.NotNull((await _app.Db(db => db.Drafts.SingleAsync())).By);
        await asha.Press("Send them a link", ("due-on.Day", ""), ("due-on.Month", ""), ("due-on.Year", ""), ("_to", "nobody"));
        Assert.Contains("Enter an email address in the correct format", asha.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_form_begins_without_losing_what_was_typed()
    {
        var asha = await ConversationsTests.Call(_app);
        await asha.Press("Report a missed bin");

        await asha.Press("Make a complaint", ("bin", "recycling"));

        Assert.Equal("Make a complaint", asha.Page.QuerySelector("#Form")!.TextContent);
        await asha.Follow("Report a missed bin");
        Assert.Equal("recycling", asha.Page.QuerySelector("input[name=bin][checked]")!.GetAttribute("value"));
    }

    [Fact]
    public async Task Enter_saves_the_answers_and_neither_sends_nor_begins_a_form()
    {
        var asha = await ConversationsTests.Call(_app);
        await Calls.MissedBin(asha);

        var first = asha.Page.QuerySelectorAll("button").First(b => b.GetAttribute("form") == "answers" || b.Closest("form#answers") is not null);

        Assert.Equal(("Save", null, null), (first.TextContent, first.GetAttribute("formaction"), first.GetAttribute("name")));
    }

    /// <summary>The boxes of the whole form are posted again with "Send": nothing of it may be read as something else.</summary>
    [Theory]
    [InlineData("pothole")]
    [InlineData("council-tax-move")]
    [InlineData("bulky-waste")]
    [InlineData("homelessness-first-contact")]
    public async Task Sending_a_form_as_it_stands_changes_no_answer(string id)
    {
        var form = Library.Forms.Single(f => f.Id == id);
        var asha = await ConversationsTests.Call(_app);
        var ada = await new FillsIn(_app.Browse(), form, FindAnswers.Complete(form, Say.DayOf(_app.Clock.Now))!).Begin();
        await ada.GoTo();
        var call = await _app.Db(db => db.Conversations.SingleAsync());
        await _app.Write(db => db.Drafts.ExecuteUpdateAsync(d => d.SetProperty(x => x.By, call.By).SetProperty(x => x.Conversation, call.Id)));
        var draft = await _app.Db(db => db.Drafts.SingleAsync());
        var before = Journey.Of(form, Answers.Read(form, draft.Answers), Say.DayOf(_app.Clock.Now)).Sent.Write();

        await asha.Open($"/desk/conversations/{call.Id:N}/forms/{draft.Key}");
        await asha.Press("Send");

        Assert.Equal(before, (await _app.Db(db => db.Submissions.SingleAsync())).Answers);
    }

    [Fact]
    public async Task A_welsh_citizen_is_asked_in_english_unless_told_otherwise_and_written_to_in_welsh()
    {
        var asha = await ConversationsTests.Call(_app);

        await asha.Press("Report a missed bin", ("_language", "cy"));
        Assert.Contains("Which bin did we miss?", asha.Text, StringComparison.Ordinal);
        await asha.Follow("Ask in Welsh");
        Assert.Contains("Pa fin na wnaethom ei gasglu?", asha.Text, StringComparison.Ordinal);
        await asha.Follow("They ask for somebody else");
        await asha.Press("Save and go on", ("bin", "refuse"));
        Assert.Contains("I ba gyfeiriad mae’r bin yn perthyn?", asha.Text, StringComparison.Ordinal);
        Assert.Contains("They ask for somebody else.", asha.Text, StringComparison.Ordinal);
        // The next form of the same person begins in their language.
        Assert.Equal("cy", asha.Page.QuerySelector("input[name=_language][checked]")!.GetAttribute("value"));
        await asha.Follow("Ask in English");
        Assert.Contains("Which address does the bin belong to?", asha.Text, StringComparison.Ordinal);
        await asha.Press("Send them a link", ("_to", "ada@example.com"));

        Assert.StartsWith("Parhau gyda’ch ffurflen", (await _app.Db(db => db.Messages.SingleAsync())).Subject, StringComparison.Ordinal);
        Assert.Equal("cy", Assert.Single(await Calls.Facts<FormVisited>(_app)).Language);
    }

    [Fact]
    public async Task A_form_that_was_taken_over_is_offered_to_the_others_of_the_conversation()
    {
        var asha = await ConversationsTests.Call(_app);
        await asha.Press("Book a bulky waste collection");
        var (ada, _) = await Calls.Asking(_app);
        await ada.Follow("Back");
        await ada.Press("Continue", ("home.postcode", "LS1 4AP"));
        await ada.Press("Continue", ("home.line1", "14 Elm Road"), ("home.town", "Leeds"));
        await ada.Follow("Get help with this form by phone");
        await ada.Press("Get a code");

        await asha.Press("Take over", ("Code", Calls.Code(ada)));

        Assert.Contains("14 Elm Road", (await _app.Db(db => db.Drafts.SingleAsync(d => d.Form == "bulky-waste"))).Offered, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_that_is_handed_over_where_it_stops_ended_on_the_page_that_stops_it()
    {
        var asha = await ConversationsTests.Call(_app);
        await asha.Press("Report a pothole");
        await asha.Press("Save and go on", ("danger", "yes"));
        Assert.Contains("ring-now", Library.Forms.Single(f => f.Id == "pothole").Pages.Where(p => p.Stop).Select(p => p.Id));

        await asha.Press("Send them a link", ("_to", "ada@example.com"));

        Assert.Equal("ring-now", Assert.Single(await Calls.Facts<FormVisited>(_app)).LastPage);
    }

    public void Dispose() => _app.Dispose();
}
