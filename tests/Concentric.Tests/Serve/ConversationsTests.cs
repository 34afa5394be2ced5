using System.Net;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Serve;
using Concentric.Serve.DemandTypes;
using Concentric.Serve.Forms;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Tests.Serve;

/// <summary>A call about three things, as an adviser holds it.</summary>
public sealed class ConversationsTests : IDisposable
{
    private readonly TestApp _app = new();

    [Fact]
    public async Task A_call_about_three_things_asks_each_particular_once_and_ends_in_two_clicks()
    {
        var asha = await Call(_app);
        await Calls.MissedBin(asha);
        Assert.Contains("Read their answers back to them", asha.Text, StringComparison.Ordinal);
        await asha.Press("Send");
        var bin = await _app.Db(db => db.Submissions.SingleAsync());
        Assert.Contains($"{bin.Reference}", asha.Text, StringComparison.Ordinal);

        // The second is handed over half-done. What is known already stands in its boxes, marked, and in none of its answers.
        await asha.Press("Tell us you are moving for council tax");
        await asha.Press("Save and go on", ("move", "in"));
        var move = asha.Page.Url;
        await asha.Press("Send them a link", ("_to", "ada@example.com"));
        Assert.Contains("Handed over", asha.Text, StringComparison.Ordinal);

        await asha.Press("Make a complaint");
        await asha.Press("Save and go on", ("about", "service"));
        await asha.Press("Save and go on", ("service", await Option(asha, "service")), ("happened", "The bin was missed four times."), ("when.Day", "1"), ("when.Month", "3"), ("when.Year", "2026"));
        await asha.Press("Save and go on", ("told-us", "no"), ("wanted", "apology"));
        // The page with files is first on the screen; the name far below is only offered.
        Assert.Equal("Ada Marsh", asha.Page.QuerySelector("input[name=name]")!.GetAttribute("value"));
        Assert.Contains("Offered: read it back. They said it in this conversation.", asha.Text, StringComparison.Ordinal);
        await asha.Press("Save and go on");
        await asha.Press("Save and go on");
        var draft = await _app.Db(db => db.Drafts.AsNoTracking().SingleAsync(d => d.Form == "complaint"));
        Assert.DoesNotContain("Ada Marsh", draft.Answers, StringComparison.Ordinal);
        Assert.Contains("Ada Marsh", draft.Offered, StringComparison.Ordinal);
        await asha.Press("Save and go on", ("for-whom", "me"), ("contact", "email"));
        Assert.Contains("Ada Marsh", (await _app.Db(db => db.Drafts.AsNoTracking().SingleAsync(d => d.Form == "complaint"))).Answers, StringComparison.Ordinal);
        await asha.Press("Send");

        _app.Clock.Now += TimeSpan.FromMinutes(6);
        await asha.Press("Something that we are here to do (value demand)", ("Outcome", "FormSent"));

        Assert.Contains("This conversation has ended. A form was sent. Value demand. It took 6 minutes.", asha.Text, StringComparison.Ordinal);
        var sent = await _app.Db(db => db.Submissions.OrderBy(s => s.Form).ToListAsync());
        var person = await _app.Db(db => db.Set<Person>().SingleAsync(p => p.Role == Role.Adviser));
        Assert.Equal(["complaint", "missed-bin"], sent.Select(s => s.Form));
        Assert.All(sent, s => Assert.Equal(($"{person.Id}", "phone"), (s.MediatedBy, s.Channel)));
        Assert.Equal(2, (await Facts<ContactCoded>()).Count);
        Assert.All(await Facts<EnquiryRaised>(), f => Assert.Equal("phone", f.Channel));
        Assert.All(await Facts<FormSent>(), f => Assert.True(f.Mediated));
        Assert.Contains(await Facts<FormVisited>(), f => f is { Form: "council-tax-move", Outcome: FormOutcome.HandedOver, Mediated: true });
        Assert.Equal(("phone", "FormSent", 2, 360), Assert.Single(await Facts<ConversationEnded>()) is var end ? (end.Channel, end.Outcome, end.Enquiries, end.Seconds) : default);
        var kept = await _app.Db(db => db.Conversations.SingleAsync());
        Assert.Equal(("{}", null), (kept.Known, kept.PersonEmail));

        // The citizen goes on with what was handed over, by a link that works once.
        await asha.Open(move);
        Assert.Equal(HttpStatusCode.NotFound, asha.Status);
        var ada = await _app.Browse().Open(await Calls.LinkTo(_app, "ada@example.com"));
        await ada.Press("Go on with your answers");
        Assert.Equal("/when", ada.Page.Url[ada.Page.Url.LastIndexOf('/')..]);
        Assert.Equal((null, "web"), await _app.Db(async db => await db.Drafts.SingleAsync(d => d.Form == "council-tax-move") is var d ? (d.By, d.Channel) : default));
    }

    [Fact]
    public async Task A_second_press_on_send_finds_what_was_sent()
    {
        var asha = await Call(_app);
        await Calls.MissedBin(asha);
        var other = new Browser(asha.Http);
        await other.Open(asha.Page.Url);

        await asha.Press("Send");
        await other.Press("Send");

        Assert.Equal(HttpStatusCode.OK, other.Status);
        Assert.Equal($"{(await _app.Db(db => db.Submissions.SingleAsync())).Reference}", Assert.Single(other.Page.QuerySelectorAll(".app-talk__list a[href^='/desk/enquiries/']")).TextContent);
    }

    [Fact]
    public async Task What_somebody_told_before_is_offered_with_its_day_and_can_be_put_aside()
    {
        var asha = await Call(_app);
        await Calls.MissedBin(asha);
        await asha.Press("Send");
        await asha.Press("Don’t know", ("Outcome", "FormSent"));
        _app.Clock.Now += TimeSpan.FromDays(1);
        asha = await Call(_app, "Face to face");

        await asha.Press("Find", ("find", "nobody@example.com"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, asha.Status);
        await asha.Press("Find", ("find", "ADA@example.com "));
        Assert.Contains("What they asked before", asha.Text, StringComparison.Ordinal);
        Assert.Contains("Full name: Ada Marsh (2 March 2026)", asha.Text, StringComparison.Ordinal);
        await asha.Press("Report a pothole");
        var pothole = await _app.Db(db => db.Drafts.AsNoTracking().SingleAsync(d => d.Form == "pothole"));
        Assert.Contains("Ada Marsh", pothole.Offered, StringComparison.Ordinal);
        Assert.Equal(Answers.None.Write(), pothole.Answers);

        await asha.Press("This is somebody else");
        Assert.DoesNotContain("Ada Marsh", asha.Text, StringComparison.Ordinal);
        Assert.Null((await _app.Db(db => db.Drafts.AsNoTracking().SingleAsync(d => d.Form == "pothole"))).Offered);
    }

    [Fact]
    public async Task A_call_without_a_form_counts_as_a_contact_answered_at_once()
    {
        var asha = await Call(_app);
        _app.Clock.Now += TimeSpan.FromSeconds(90);

        await asha.Press("Don’t know");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, asha.Status);
        await asha.Press("Don’t know", ("Outcome", "FormSent"));
        Assert.Contains("No form was sent in this conversation", asha.Text, StringComparison.Ordinal);
        // Enter alone chooses no kind.
        await asha.Post(asha.Page.QuerySelector("form[action$='/end']")!.GetAttribute("action")!, [("Outcome", "Answered")]);
        Assert.Contains("Select what kind of contact this was", asha.Text, StringComparison.Ordinal);
        await asha.Press("They had to ask because we did not do something, or not right (failure demand)", ("Outcome", "Answered"), ("Service", "524"), ("OwnWords", "Where is my bin, ring 07700 900123"));

        var enquiry = await _app.Db(db => db.Enquiries.Whole.SingleAsync());
        Assert.Equal((false, "phone", "524", true), (enquiry.IsOpen, enquiry.Channel, enquiry.Service, enquiry.Answer!.Resolved));
        Assert.Equal("Where is my bin, ring [telephone number]", enquiry.Coding!.Words);
        Assert.Equal((90, true), Assert.Single(await Facts<EnquiryAnswered>()) is var answered ? (answered.HandlingSeconds, answered.Resolved) : default);
        Assert.Equal(Demand.Failure, Assert.Single(await Facts<ContactCoded>()).Demand);
    }

    [Fact]
    public async Task Where_somebody_calls_back_the_enquiry_stays_open()
    {
        var asha = await Call(_app);

        await asha.Press("Don’t know", ("Outcome", "CallBack"), ("OwnWords", "About the tree"));

        var enquiry = await _app.Db(db => db.Enquiries.Whole.SingleAsync());
        Assert.True(enquiry.IsOpen);
        Assert.Equal(Demand.Unknown, enquiry.Coding!.Demand);
        // Whoever answers it finds the coding chosen, and may change it.
        await asha.Open($"/desk/enquiries/{enquiry.Reference}");
        await asha.Press("Answer", ("Answer", "We rang."), ("Demand", "value"));
        Assert.Equal(Demand.Value, (await _app.Db(db => db.Codings.SingleAsync())).Demand);
    }

    [Fact]
    public async Task With_one_service_its_own_kinds_of_demand_are_the_buttons()
    {
        var type = new DemandType { Id = Guid.CreateVersion7(_app.Clock.Now), Service = "524", Words = "My bin was missed", Demand = Demand.Failure };
        await _app.Write(db => { db.DemandTypes.Add(type); return Task.CompletedTask; });
        var asha = await Call(_app);
        await Calls.MissedBin(asha);
        await asha.Press("Send");

        await asha.Press("My bin was missed (failure demand)", ("Outcome", "FormSent"));

        Assert.Equal((type.Id, Demand.Failure), Assert.Single(await Facts<ContactCoded>()) is var coded ? (coded.DemandType, coded.Demand) : default);
    }

    [Fact]
    public async Task The_desk_shows_what_came_by_a_form_and_who_filled_it_in()
    {
        var asha = await Call(_app);
        await Calls.MissedBin(asha);
        await asha.Press("Send");
        var sent = await _app.Db(db => db.Submissions.SingleAsync());
        _app.Clock.Now += TimeSpan.FromDays(20);
        asha = await _app.SignInAs(Role.Adviser);

        await asha.Open("/desk");
        Assert.Contains("Overdue", asha.Page.QuerySelector("tbody")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Report a missed bin", asha.Page.QuerySelector("tbody")!.TextContent, StringComparison.Ordinal);
        await asha.Follow($"{sent.Reference}");

        Assert.Contains("Report a missed bin, version 1", asha.Text, StringComparison.Ordinal);
        Assert.Contains("Asha Patel, for the citizen", asha.Text, StringComparison.Ordinal);
        Assert.Contains("Ada Marsh", asha.Text, StringComparison.Ordinal);
        Assert.Contains("Overdue", asha.Text, StringComparison.Ordinal);
    }

    public void Dispose() => _app.Dispose();

    internal static async Task<Browser> Call(TestApp app, string channel = "Phone", Role role = Role.Adviser)
    {
        var adviser = await app.SignInAs(role);
        await adviser.Open("/desk");
        return await adviser.Press(channel);
    }

    private static Task<string> Option(Browser browser, string select) =>
        Task.FromResult(browser.Page.QuerySelectorAll($"select[name={select}] option").Select(o => o.GetAttribute("value")!).First(v => v.Length > 0));

    private Task<List<T>> Facts<T>() where T : IFact => Calls.Facts<T>(_app);
}

/// <summary>What is said in the calls of the tests.</summary>
internal static class Calls
{
    /// <summary>Fills in a missed bin, from the list of forms to "Send".</summary>
    public static async Task MissedBin(Browser asha)
    {
        await asha.Press("Report a missed bin");
        // A postcode that nobody knows: the lines of the address are asked, and what was typed is kept.
        await asha.Press("Save and go on", ("bin", "refuse"), ("home.postcode", "LS1 4AP"));
        await asha.Press("Save and go on", ("home.line1", "14 Elm Road"), ("home.town", "Leeds"));
        await asha.Press("Save and go on", ("due-on.Day", "27"), ("due-on.Month", "2"), ("due-on.Year", "2026"));
        await asha.Press("Save and go on", ("assisted", "yes"));
        await asha.Press("Save and go on", ("tag", "none"));
        await asha.Press("Save and go on", ("where", "front"), ("updates", "email"), ("email", "ada@example.com"));
        await asha.Press("Save and go on", ("full-name", "Ada Marsh"));
    }

    /// <summary>A citizen has begun a missed bin and got a code.</summary>
    public static async Task<(Browser Ada, string Code)> Asking(TestApp app)
    {
        await app.Seed();
        var ada = await app.Browse().Open("/forms/missed-bin");
        await ada.Press("Start now");
        await ada.Press("Continue", ("bin", "recycling"));
        await ada.Follow("Get help with this form by phone");
        await ada.Press("Get a code");
        return (ada, Code(ada));
    }

    public static string Code(Browser browser) => browser.Page.QuerySelector(".app-spoken")!.TextContent;

    /// <summary>What the journal holds of one kind.</summary>
    public static async Task<List<T>> Facts<T>(TestApp app) where T : IFact
    {
        var kind = Journal.KindOf(typeof(T));
        return [.. (await app.Db(db => db.Facts.Where(f => f.Kind == kind).ToListAsync())).Select(f => f.As<T>())];
    }

    /// <summary>The path of the link in the letter to that address.</summary>
    public static async Task<string> LinkTo(TestApp app, string to)
    {
        var letter = await app.Db(db => db.Messages.OrderBy(m => m.Id).LastAsync(m => m.To == to));
        var at = letter.Body!.IndexOf("/forms/return/", StringComparison.Ordinal);
        return letter.Body[at..letter.Body.IndexOf('\n', at)];
    }
}
