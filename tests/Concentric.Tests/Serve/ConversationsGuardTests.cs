using System.Net;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Serve;
using Concentric.Serve.Conversations;
using Concentric.Serve.Forms;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Tests.Serve;

/// <summary>Whose conversation and whose form it is, and how it changes hands.</summary>
public sealed class ConversationsGuardTests : IDisposable
{
    private readonly TestApp _app = new();

    [Fact]
    public async Task An_adviser_takes_over_a_citizens_form_by_the_code_that_they_read_out()
    {
        var (ada, code) = await Asking();
        var asha = await ConversationsTests.Call(_app);

        await asha.Press("Take over", ("Code", $"{code[..3].ToLowerInvariant()} {code[3..]}"));

        Assert.EndsWith("#Questions", asha.Page.Url, StringComparison.Ordinal);
        Assert.Equal("recycling", asha.Page.QuerySelector("input[name=bin]:checked")?.GetAttribute("value") ?? asha.Page.QuerySelector("input[name=bin][checked]")!.GetAttribute("value"));
        var draft = await _app.Db(db => db.Drafts.SingleAsync());
        Assert.NotNull(draft.By);
        Assert.Equal("phone", draft.Channel);
        var visit = (await _app.Db(db => db.Facts.SingleAsync(f => f.Kind == "form-visited"))).As<FormVisited>();
        Assert.Equal((FormOutcome.HandedOver, false, "web"), (visit.Outcome, visit.Mediated, visit.Channel));
        // The citizen's page says so, until it is handed back.
        await ada.Open($"/forms/missed-bin/{draft.Key}/home");
        Assert.Equal("An adviser is filling in this form with you", ada.Heading);
        await asha.Press("Send them a link", ("_to", "ada@example.com"));
        await ada.Open(await Calls.LinkTo(_app, "ada@example.com"));
        await ada.Press("Go on with your answers");
        Assert.EndsWith("/home", ada.Page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_code_works_once_for_a_quarter_of_an_hour_and_only_the_latest()
    {
        var (ada, first) = await Asking();
        await ada.Open(ada.Page.Url);
        await ada.Press("Get a code");
        var second = Code(ada);
        var asha = await ConversationsTests.Call(_app);
        var tom = await ConversationsTests.Call(_app, "Phone", Role.Officer);

        await asha.Press("Take over", ("Code", first));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, asha.Status);
        _app.Clock.Now += TimeSpan.FromMinutes(15);
        await asha.Press("Take over", ("Code", second));
        Assert.Contains("older than 15 minutes", asha.Text, StringComparison.Ordinal);
        await ada.Open(ada.Page.Url);
        await ada.Press("Get a code");
        var third = Code(ada);
        await asha.Press("Take over", ("Code", third));
        Assert.Equal(HttpStatusCode.OK, asha.Status);
        await tom.Press("Take over", ("Code", third));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, tom.Status);
        Assert.DoesNotContain("recycling", tom.Page.Body!.InnerHtml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_five_wrong_codes_a_conversation_takes_none_not_even_a_right_one()
    {
        var (_, code) = await Asking();
        var asha = await ConversationsTests.Call(_app);
        for (var i = 0; i < Conversation.MostWrongCodes; i++) await asha.Press("Take over", ("Code", "222222"));

        await asha.Press("Take over", ("Code", code));

        Assert.Contains("Too many codes were wrong", asha.Text, StringComparison.Ordinal);
        Assert.Null((await _app.Db(db => db.Drafts.SingleAsync())).By);
    }

    [Fact]
    public async Task Nobody_gets_into_the_conversation_of_another_adviser()
    {
        var asha = await ConversationsTests.Call(_app);
        await asha.Press("Report a missed bin");
        var (address, form) = (new Uri(asha.Page.Url).AbsolutePath[..new Uri(asha.Page.Url).AbsolutePath.IndexOf("/forms/", StringComparison.Ordinal)], new Uri(asha.Page.Url).AbsolutePath);
        var draft = form[^32..];
        var tom = await ConversationsTests.Call(_app, "Phone", Role.Officer);
        var toms = new Uri(tom.Page.Url).AbsolutePath;

        foreach (var path in new[] { address, form, $"{toms}/forms/{draft}", "/desk/conversations/nonsense", $"{toms}/forms/{Guid.Empty:N}" })
            Assert.Equal(HttpStatusCode.NotFound, (await tom.Open(path)).Status);
        await tom.Open(toms);
        foreach (var path in new[] { $"{address}/end", $"{address}/forms", $"{address}/person", $"{address}/take-over", form, $"{form}/send", $"{form}/hand-over", $"{toms}/forms/{draft}", $"{toms}/forms/{draft}/send", $"{toms}/forms/{draft}/hand-over" })
        {
            var answer = await tom.Http.PostAsync(path, new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["__RequestVerificationToken"] = tom.Page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!,
                ["Outcome"] = "Answered", ["Demand"] = "value", ["_to"] = "eve@example.com", ["bin"] = "refuse", ["_pages"] = "bin", ["_form"] = "missed-bin", ["find"] = "ada@example.com", ["Code"] = "222222",
            }));
            Assert.True(answer.StatusCode == HttpStatusCode.NotFound, $"{path}: {answer.StatusCode}");
        }
        Assert.Equal(Answers.None.Write(), (await _app.Db(db => db.Drafts.SingleAsync())).Answers);
        Assert.Empty(await _app.Db(db => db.Messages.ToListAsync()));
    }

    [Fact]
    public async Task Pages_that_are_not_reached_cannot_be_posted_past_those_that_are_missing()
    {
        var asha = await ConversationsTests.Call(_app);
        await asha.Press("Report a missed bin");
        var answer = await asha.Http.PostAsync(asha.Page.Url, new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["__RequestVerificationToken"] = asha.Page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!,
            ["_pages"] = "bin crew-reported name nonsense", ["bin"] = "<script>alert(1)</script>", ["full-name"] = "<script>alert(1)</script>", ["By"] = "x", ["Conversation"] = "y",
        }));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.DoesNotContain("<script>alert", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var draft = await _app.Db(db => db.Drafts.SingleAsync());
        Assert.Empty(Answers.Read((await Missed()).Form, draft.Answers).Done);
        await asha.Open(asha.Page.Url);
        Assert.DoesNotContain(asha.Page.QuerySelectorAll("button"), b => b.TextContent.Trim() == "Send");
    }

    [Fact]
    public async Task Rows_are_typed_on_the_same_screen_and_emptied_ones_go()
    {
        var asha = await ConversationsTests.Call(_app);
        await asha.Press("Tell us you are moving for council tax");
        await asha.Press("Save and go on", ("move", "in"));
        await asha.Press("Save and go on", ("moved-in.Day", "1"), ("moved-in.Month", "3"), ("moved-in.Year", "2026"), ("old-address.postcode", "LS1 4AP"));
        await asha.Press("Save and go on", ("old-address.line1", "1 Oak Road"), ("old-address.town", "Leeds"));
        await asha.Press("Save and go on", ("address.postcode", "LS1 4AP"));
        await asha.Press("Save and go on", ("address.line1", "2 Oak Road"), ("address.town", "Leeds"));
        await asha.Press("Save and go on", ("tenure", "own"));
        await asha.Press("Save and go on", ("adults", "3"));

        await asha.Press("Save and go on", ("people.0.person-name", "Ben Marsh"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, asha.Status);
        Assert.NotNull(asha.Page.QuerySelector(".govuk-error-summary a[href^='#people.0.']"));
        await asha.Press("Save and go on", ("people.0.person-birth-date.Day", "1"), ("people.0.person-birth-date.Month", "2"), ("people.0.person-birth-date.Year", "1990"), ("people.1.person-name", "Cy Marsh"),
            ("people.1.person-birth-date.Day", "3"), ("people.1.person-birth-date.Month", "4"), ("people.1.person-birth-date.Year", "1991"));
        Assert.Equal(2, await Rows());
        await asha.Press("Save and go on", ("_drop", "people.0"));

        Assert.Equal(1, await Rows());
        Assert.Contains("Cy Marsh", (await _app.Db(db => db.Drafts.AsNoTracking().SingleAsync())).Answers, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_script_follows_where_they_talk_and_for_whom_they_ask()
    {
        var asha = await ConversationsTests.Call(_app);
        await asha.Press("Report a missed bin");
        Assert.Contains("“Which of your bins did we miss?”", asha.Text, StringComparison.Ordinal);

        await asha.Follow("They ask for somebody else");

        Assert.Contains("“Which of their bins did we miss?”", asha.Text, StringComparison.Ordinal);
        await asha.Press("Save and go on", ("bin", "refuse"));
        Assert.Contains("They ask for somebody else.", asha.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("missed bin", "Report a missed bin")]
    [InlineData("COMPL", "Make a complaint")]
    [InlineData("symud", "Tell us you are moving for council tax")]
    public async Task A_form_is_found_by_what_people_call_it(string words, string title)
    {
        var asha = await ConversationsTests.Call(_app);

        await asha.Press("Find a form", ("words", words));

        Assert.Contains(asha.Page.QuerySelectorAll("button[name=_form]"), b => b.TextContent == title);
        Assert.DoesNotContain(asha.Page.QuerySelectorAll("button[name=_form]"), b => b.TextContent == "Report a street light that is not working");
        Assert.True(asha.Page.QuerySelectorAll("button[name=_form]").Length < 10);
    }

    [Fact]
    public async Task Who_is_not_signed_in_or_not_of_the_desk_sees_no_conversation()
    {
        var asha = await ConversationsTests.Call(_app);
        var path = new Uri(asha.Page.Url).AbsolutePath;

        Assert.Equal("Sign in", (await _app.Browse().Open(path)).Heading);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await _app.SignInAs(Role.Partner)).Open(path)).Status);
    }

    [Fact]
    public async Task What_is_known_of_a_person_goes_though_nobody_ended_the_conversation()
    {
        await ConversationsTests.Call(_app);
        await _app.Write(db => db.Conversations.ExecuteUpdateAsync(c => c.SetProperty(x => x.PersonEmail, "ada@example.com").SetProperty(x => x.Known, """{"person.name":{"kind":"text","value":"Ada"}}""")));

        await EndVisits.Forget(Writer, _app.Clock.Now.AddHours(23));
        Assert.NotNull((await _app.Db(db => db.Conversations.SingleAsync())).PersonEmail);
        await EndVisits.Forget(Writer, _app.Clock.Now.AddHours(25));

        var kept = await _app.Db(db => db.Conversations.SingleAsync());
        Assert.Equal((null, "{}"), (kept.PersonEmail, kept.Known));
    }

    public void Dispose() => _app.Dispose();

    private Concentric.Core.Data.IWriter Writer => (Concentric.Core.Data.IWriter)_app.Services.GetService(typeof(Concentric.Core.Data.IWriter))!;

    private async Task<FormInUse> Missed() => (await ((PublishedForms)_app.Services.GetService(typeof(PublishedForms))!).Find("missed-bin"))!;

    private async Task<int> Rows() => await _app.Db(async db =>
    {
        var draft = await db.Drafts.AsNoTracking().SingleAsync();
        var form = (await ((PublishedForms)_app.Services.GetService(typeof(PublishedForms))!).Find(draft.Form))!.Form;
        return Answers.Read(form, draft.Answers)["people"].AsItems.Length;
    });

    private Task<(Browser Ada, string Code)> Asking() => Calls.Asking(_app);

    private static string Code(Browser browser) => Calls.Code(browser);
}
