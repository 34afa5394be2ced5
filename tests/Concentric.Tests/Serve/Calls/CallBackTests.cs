using System.Net;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Serve;
using Concentric.Serve.CallBacks;
using Concentric.Serve.Calls;
using Concentric.Serve.Citizens;
using Concentric.Serve.Enquiries;
using Concentric.Serve.Teams;
using Concentric.Tests.Serve.Work;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Tests.Serve;

/// <summary>An adviser promises to ring back; it is listed, kept or late, and the citizen is told honestly.</summary>
public sealed class CallBackTests : IDisposable
{
    private const string Email = "ada@example.com";

    // A Monday, half past nine.
    private readonly TestApp _app = new();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task A_promise_stands_with_the_enquiry_is_told_to_its_citizen_is_listed_and_done_with_one_press()
    {
        var reference = await Enquiry();
        var asha = await (await _app.SignInAs(Role.Adviser)).Open($"/desk/enquiries/{reference}");
        await asha.Follow("Promise to ring them back");
        // The next working day is offered.
        Assert.Equal("3", asha.Page.QuerySelector("input[name='Day.Day']")!.GetAttribute("value"));
        await asha.Press("Promise it", [.. Good, ("Part", "Time"), ("Time", "2pm")]);

        Assert.Equal($"Enquiry {reference}", asha.Page.QuerySelector(".govuk-caption-l")!.TextContent);
        Assert.Contains("By 2pm on 3 March 2026", asha.Text, StringComparison.Ordinal);
        Assert.Contains("We will ring you by 2pm on 3 March 2026, on the number that ends in 123.", await Told(reference), StringComparison.Ordinal);
        await asha.Open("/desk");
        Assert.NotEmpty(asha.Page.QuerySelectorAll("a[href='/desk/call-backs']"));
        Assert.DoesNotContain("due)", asha.Text, StringComparison.Ordinal);
        await asha.Follow("Call-backs");
        Assert.All((string[])["1 to ring, the soonest first", "07700 900123", "About the bin", $"{reference}", "You"], words => Assert.Contains(words, asha.Text, StringComparison.Ordinal));
        Assert.Equal("tel:+447700900123", asha.Page.QuerySelector("tbody td a")!.GetAttribute("href"));

        asha = await (await Later(new(2026, 3, 3, 9, 30, 0, TimeSpan.Zero))).Open("/desk");
        await asha.Follow("Call-backs (1 due)");
        Assert.Contains("Today", asha.Text, StringComparison.Ordinal);
        await asha.Press("Spoke to them");
        Assert.Contains("It is kept that you spoke to them.", asha.Text, StringComparison.Ordinal);
        Assert.Contains("You have promised nobody", asha.Text, StringComparison.Ordinal);
        Assert.Contains("We rang you and spoke to you on 3 March 2026 at 9:30am.", await Told(reference), StringComparison.Ordinal);
        Assert.Equal(($"{reference}", CallBackPart.Time, new DateTimeOffset(2026, 3, 3, 14, 0, 0, TimeSpan.Zero), 1), Assert.Single(await Facts<CallBackPromised>()) is var p ? (p.Reference, p.Part, p.DueAt, p.Attempt) : default);
        Assert.Equal((true, 1, CallBackOutcome.Spoke), Assert.Single(await Facts<CallBackDone>()) is var d ? (d.Kept, d.Attempts, d.Outcome) : default);
        Assert.All(await _app.Db(db => db.Facts.Where(f => f.Kind.StartsWith("call-back")).Select(f => f.Data).ToListAsync()), data => Assert.All((string[])["900123", "bin"], word => Assert.DoesNotContain(word, data, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_cannot_be_promised_is_told_beside_its_box_and_a_closed_day_cannot()
    {
        var reference = await Enquiry();
        await using var closed = _app.WithWebHostBuilder(b => b.UseSetting("CONCENTRIC_CLOSED", "2026-03-05..2026-03-06"));
        var asha = new Browser(closed.CreateClient(new() { BaseAddress = new("https://localhost") }));
        await (await asha.Open("/sign-in")).Press(", adviser");
        await asha.Open($"/desk/call-backs/new?enquiry={reference}");

        await asha.Press("Promise it", ("Number", ""), ("About", ""), ("Day.Day", ""), ("Day.Month", ""), ("Day.Year", ""), ("Who", "me"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, asha.Status);
        Assert.Equal(["Enter the phone number that we ring", "Enter what we ring them about", "Enter the day on which we ring", "Select when on that day"], Errors(asha));
        await asha.Press("Promise it", [.. Good, ("Number", "12345"), ("About", new string('x', 501)), ("Day.Day", "32"), ("Part", "Time"), ("Time", "2")]);
        Assert.Equal(
            ["Enter a phone number, like 01632 960 001, 07700 900 982 or +44 808 157 0192", "What we ring them about must be 500 characters or fewer", "Day on which we ring must be a real date", "Enter a time from 8am to 8pm, like 2pm or 14:30"], Errors(asha));
        // A Saturday, days on which the offices are closed, a bank holiday, yesterday, too far, a time that is over, somebody who is not offered.
        await Refused("7", "3", "Morning", "We are closed on 7 March 2026. The next working day is 9 March 2026");
        await Refused("5", "3", "Morning", "We are closed on 5 March 2026. The next working day is 9 March 2026");
        await Refused("3", "4", "Morning", "We are closed on 3 April 2026. The next working day is 7 April 2026");
        await Refused("1", "3", "Morning", "The day on which we ring must be today or in the future");
        await Refused("2", "7", "Morning", "The day on which we ring must be within the next 3 months");
        await Refused("2", "3", "Time", "That time of the day is over", ("Time", "9:30am"));
        await Refused("3", "3", "Time", "Enter a time from 8am to 8pm, like 2pm or 14:30", ("Time", "11pm"));
        await asha.Post($"/desk/call-backs/new?enquiry={reference}", [("Token", $"{Guid.CreateVersion7(_app.Clock.Now)}"), .. Good.Where(g => g.Item1 != "Who"), ("Part", "Morning"), ("Who", $"person:{Guid.Empty}")]);
        Assert.Equal(["Select who rings them"], Errors(asha));
        Assert.Equal(0, await _app.Db(db => db.CallBacks.CountAsync()));
        Assert.Equal("", await Told(reference));

        async Task Refused(string day, string month, string part, string message, params (string, string)[] more)
        {
            await asha.Press("Promise it", [.. Good, ("Day.Day", day), ("Day.Month", month), ("Part", part), .. more]);
            Assert.Equal([message], Errors(asha));
        }
    }

    [Fact]
    public async Task Nobody_answered_is_counted_once_and_promised_again_for_the_next_working_day()
    {
        var reference = await Enquiry();
        var asha = await _app.SignInAs(Role.Adviser);
        await Promise(asha, reference, day: "6");
        var id = (await _app.Db(db => db.CallBacks.SingleAsync())).Id;
        asha = await (await Later(new(2026, 3, 6, 11, 0, 0, TimeSpan.Zero))).Open("/desk/call-backs");

        await asha.Press("No answer");
        Assert.Contains("Nobody answered. It is promised again in the morning of 9 March 2026.", asha.Text, StringComparison.Ordinal);
        // A page that stood open elsewhere: pressed again, it is not counted again.
        await asha.Post($"/desk/call-backs/{id}", [("Do", "no-answer"), ("attempts", "0")]);
        await asha.Post($"/desk/call-backs/{id}", [("Do", "spoke"), ("attempts", "0")]);
        Assert.Equal((1, true, new DateTimeOffset(2026, 3, 9, 12, 0, 0, TimeSpan.Zero)), await _app.Db(db => db.CallBacks.SingleAsync()) is var once ? (once.Attempts, once.IsOpen, once.DueAt) : default);
        Assert.Contains("We rang you on 6 March 2026 at 11am and could not reach you. We will ring you again in the morning of 9 March 2026", await Told(reference), StringComparison.Ordinal);

        // The adviser agreed something else; then it is late, and it is not tried any more.
        await asha.Open($"/desk/call-backs/{id}/change?tried=yes");
        await asha.Press("Promise this instead", ("Day.Day", "10"), ("Part", "Afternoon"));
        Assert.Contains("In the afternoon of 10 March 2026", asha.Text, StringComparison.Ordinal);
        asha = await (await Later(new(2026, 3, 10, 18, 0, 0, TimeSpan.Zero))).Open($"/desk/call-backs/{id}");
        await asha.Press("Rang again without an answer: do not try any more");
        Assert.Contains("It is not tried again.", asha.Text, StringComparison.Ordinal);
        Assert.Contains("We rang you twice, the last time on 10 March 2026 at 6pm, and could not reach you.", await Told(reference), StringComparison.Ordinal);
        Assert.Equal([(true, 1, CallBackOutcome.NoAnswer), (false, 2, CallBackOutcome.NoAnswer)], (await Facts<CallBackDone>()).Select(d => (d.Kept, d.Attempts, d.Outcome)));
        Assert.Equal([1, 2, 2], (await Facts<CallBackPromised>()).Select(p => p.Attempt));
    }

    [Fact]
    public async Task A_promise_that_was_not_kept_is_told_so_and_stays_late_whatever_is_promised_instead()
    {
        var reference = await Enquiry();
        var asha = await _app.SignInAs(Role.Adviser);
        await Promise(asha, reference);
        asha = await Later(new(2026, 3, 3, 12, 1, 0, TimeSpan.Zero));

        Assert.Contains("We said that we would ring you in the morning of 3 March 2026. We have not done so, and we are sorry. We still have to ring you", await Told(reference), StringComparison.Ordinal);
        await asha.Open("/desk/call-backs");
        Assert.Equal("Overdue", asha.Page.QuerySelector("tbody .govuk-tag")!.TextContent);
        await asha.Open($"/desk/enquiries/{reference}");
        Assert.Contains("Overdue", asha.Text, StringComparison.Ordinal);
        await asha.Follow("In the morning of 3 March 2026");
        await asha.Follow("Promise it anew");
        await asha.Press("Promise this instead", ("Day.Day", "4"), ("Part", "Time"), ("Time", "14:30"));
        Assert.Contains("We should have rung by midday on 3 March 2026", asha.Text, StringComparison.Ordinal);
        Assert.Contains("We did not ring you by midday on 3 March 2026 as we had promised, and we are sorry. We will now ring you by 2:30pm on 4 March 2026", await Told(reference), StringComparison.Ordinal);
        await asha.Press("Spoke to them");

        Assert.False(Assert.Single(await Facts<CallBackDone>()).Kept);
    }

    [Fact]
    public async Task What_is_not_needed_any_more_is_done_and_two_presses_at_once_are_one()
    {
        var asha = await _app.SignInAs(Role.Adviser);
        await Promise(asha, await Enquiry());
        var id = (await _app.Db(db => db.CallBacks.SingleAsync())).Id;
        await asha.Open($"/desk/call-backs/{id}");
        var token = asha.Page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;

        var answers = await Task.WhenAll(((string[])["not-needed", "spoke", "no-answer", "not-needed", "spoke", "no-answer"]).Select(way =>
            asha.Http.PostAsync($"/desk/call-backs/{id}", new FormUrlEncodedContent([new("__RequestVerificationToken", token), new("Do", way), new("attempts", "0")]))));

        Assert.All(answers, a => Assert.NotEqual(HttpStatusCode.InternalServerError, a.StatusCode));
        Assert.Single(await Facts<CallBackDone>());
        Assert.Equal(HttpStatusCode.BadRequest, (await asha.Post($"/desk/call-backs/{id}", [("Do", "burn"), ("attempts", "0")])).Status);
    }

    [Fact]
    public async Task A_call_back_of_something_sensitive_is_listed_counted_and_opened_by_its_team_alone()
    {
        var ada = await Citizen();
        var reference = await Enquiry(ada, "Housing options");
        var tom = await _app.SignInAs(Role.Officer);
        await Team(DeskWorld.Officer, "Housing options");
        await tom.Open($"/desk/call-backs/new?enquiry={reference}");
        // Nobody can be chosen who could not see it.
        Assert.Equal(["me", "team:Housing options"], tom.Page.QuerySelectorAll("select[name=Who] option").Select(o => o.GetAttribute("value")).Where(v => v!.StartsWith("team:", StringComparison.Ordinal) || v == "me"));
        Assert.DoesNotContain("Asha Patel", tom.Page.QuerySelector("select[name=Who]")!.TextContent, StringComparison.Ordinal);
        await tom.Press("Promise it", [.. Good, ("Day.Day", "2"), ("Part", "Afternoon"), ("Who", "team:Housing options")]);
        var id = (await _app.Db(db => db.CallBacks.SingleAsync())).Id;

        var (asha, grace) = (await _app.SignInAs(Role.Adviser), await _app.SignInAs(Role.ServiceManager));
        foreach (var address in (string[])["/desk/call-backs?list=mine", "/desk/call-backs?list=team", "/desk/call-backs?list=all", "/desk/call?number=07700900123", "/desk"])
        {
            await asha.Open(address);
            Assert.DoesNotContain("About the bin", asha.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("afternoon of 2 March", asha.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("(1 due)", asha.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("1 to ring", asha.Text, StringComparison.Ordinal);
        }
        foreach (var address in (string[])[$"/desk/call-backs/{id}", $"/desk/call-backs/{id}/change", $"/desk/call-backs/new?enquiry={reference}"]) Assert.Equal(HttpStatusCode.NotFound, (await asha.Open(address)).Status);
        await asha.Open("/desk");
        Assert.Equal(HttpStatusCode.NotFound, (await asha.Post($"/desk/call-backs/{id}", [("Do", "spoke"), ("attempts", "0")])).Status);
        await asha.Open($"/desk/citizens/{ada}");
        await asha.Press("Open", ("Reason", "InTouch"), ("Words", "She rang"));
        Assert.DoesNotContain("afternoon of 2 March", asha.Text, StringComparison.Ordinal);

        foreach (var (who, list) in (IEnumerable<(Browser, string)>)[(tom, "team"), (tom, "all"), (grace, "all")]) Assert.Contains("About the bin", (await who.Open($"/desk/call-backs?list={list}")).Text, StringComparison.Ordinal);
        Assert.Contains("Call-backs (1 due)", (await tom.Open("/desk")).Text, StringComparison.Ordinal);
        Assert.Contains("In the afternoon of 2 March 2026", (await tom.Open("/desk/call?number=07700900123")).Text, StringComparison.Ordinal);
        // With the enquiry, it goes out of sight.
        await _app.Write(db => db.Enquiries.ExecuteUpdateAsync(e => e.SetProperty(x => x.Team, "Adult social care")));
        Assert.DoesNotContain("About the bin", (await tom.Open("/desk/call-backs?list=all")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_citizen_alone_is_promised_a_call_by_who_may_see_them()
    {
        var ada = await Citizen();
        var asha = await _app.SignInAs(Role.Adviser);
        await asha.Open($"/desk/call-backs/new?citizen={ada}");
        Assert.EndsWith($"/desk/citizens/{ada}", asha.Page.Url, StringComparison.Ordinal);
        await asha.Press("Open", ("Reason", "InTouch"), ("Words", "She rang"));

        await asha.Follow("Promise to ring them back");
        Assert.Equal("07700 900123", asha.Page.QuerySelector("input[name=Number]")!.GetAttribute("value"));
        await asha.Press("Promise it", ("About", "<b>Her</b> list"), ("Part", "Afternoon"), ("Who", "team:"));

        Assert.Contains("In the afternoon of 3 March 2026", asha.Text, StringComparison.Ordinal);
        await asha.Open("/desk/call-backs?list=team");
        Assert.All((string[])["<b>Her</b> list", "Ada Marsh", "The desk"], words => Assert.Contains(words, asha.Text, StringComparison.Ordinal));
        // Kept while they are rung, and gone 28 days after.
        await asha.Press("Spoke to them");
        var (writer, done) = (_app.Services.GetRequiredService<IWriter>(), _app.Clock.Now);
        await ForgetCalls.Forget(writer, done.AddDays(27));
        Assert.Equal("07700900123", (await _app.Db(db => db.CallBacks.SingleAsync())).Number);
        await ForgetCalls.Forget(writer, done.AddDays(28).AddMinutes(1));
        Assert.Equal((null, null), await _app.Db(db => db.CallBacks.SingleAsync()) is var b ? (b.Number, b.About) : default);
        Assert.Contains("Not kept any more", (await asha.Open($"/desk/call-backs/{(await _app.Db(db => db.CallBacks.SingleAsync())).Id}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_conversation_that_ends_with_somebody_calls_back_leads_to_the_promise_with_the_number_of_its_call()
    {
        var now = _app.Clock.Now;
        await _app.Write(db => KeepCall.In(db, new("c1", CallEventKind.Started, now, "01632960001", null, null, null, null), Guid.CreateVersion7(now), Actor.System, now));
        var asha = await (await _app.SignInAs(Role.Adviser)).Open("/desk/call?call=c1");
        await asha.Press("Begin the conversation");

        await asha.Press("Don’t know", ("Outcome", "CallBack"));

        Assert.Equal("Promise to ring them back", asha.Heading);
        Assert.Equal("01632 960001", asha.Page.QuerySelector("input[name=Number]")!.GetAttribute("value"));
        await asha.Press("Promise it", ("About", "The tree"), ("Part", "Morning"));
        var enquiry = await _app.Db(db => db.Enquiries.SingleAsync());
        Assert.Equal(enquiry.Id, (await _app.Db(db => db.CallBacks.SingleAsync())).EnquiryId);
        Assert.Null((await _app.Db(db => db.Calls.SingleAsync())).EndedAt);
    }

    [Fact]
    public async Task The_list_goes_by_key_in_both_directions_and_loses_nothing()
    {
        var reference = await Enquiry();
        var (enquiry, now) = ((await _app.Db(db => db.Enquiries.SingleAsync(e => e.Reference == reference))).Id, _app.Clock.Now);
        await _app.Write(db =>
        {
            for (var n = 0; n < 60; n++)
            {
                var made = new CallBack { Id = Guid.CreateVersion7(now), EnquiryId = enquiry, Number = "07700900123", About = $"Number {n}.", OwnerId = DeskWorld.Adviser, By = Actor.System, At = now };
                made.Promise(CallBackPart.Morning, now.AddDays(n / 20), now);
                db.Add(made);
            }
            return Task.CompletedTask;
        });
        var asha = await (await _app.SignInAs(Role.Adviser)).Open("/desk/call-backs");
        var (forwards, backwards) = (new List<string>(), new List<string>());
        for (; ; await asha.Open(asha.Page.QuerySelector("a[rel=next]")!.GetAttribute("href")!))
        {
            forwards.AddRange(Shown());
            if (asha.Page.QuerySelector("a[rel=next]") is null) break;
        }
        for (; ; await asha.Open(asha.Page.QuerySelector("a[rel=prev]")!.GetAttribute("href")!))
        {
            backwards.InsertRange(0, Shown());
            if (asha.Page.QuerySelector("a[rel=prev]") is null) break;
        }

        Assert.Equal((60, 60), (forwards.Count, forwards.Distinct().Count()));
        Assert.Equal(forwards, backwards);
        Assert.Equal("60 to ring, the soonest first", asha.Page.QuerySelector("caption")!.TextContent);
        foreach (var odd in (string[])["after=x", "before=1_2", "list=99", "list=%00", "after=99999999999999999999_00000000000000000000000000000000"]) Assert.Equal(HttpStatusCode.OK, (await asha.Open($"/desk/call-backs?{odd}")).Status);

        IEnumerable<string> Shown() => asha.Page.QuerySelectorAll("tbody td[data-label=About]").Select(c => c.TextContent);
    }

    private static readonly (string, string)[] Good = [("Number", "07700 900 123"), ("About", "About the bin"), ("Day.Day", "3"), ("Day.Month", "3"), ("Day.Year", "2026"), ("Who", "me")];

    private static async Task Promise(Browser who, Reference reference, string day = "3")
    {
        await who.Open($"/desk/call-backs/new?enquiry={reference}");
        await who.Press("Promise it", [.. Good, ("Day.Day", day), ("Part", "Morning")]);
        Assert.Equal(HttpStatusCode.OK, who.Status);
    }

    /// <summary>What the citizen is told of it on the page of their enquiry.</summary>
    private async Task<string> Told(Reference reference)
    {
        var ada = await (await _app.Browse().Open("/enquiries/status")).Press("Check", ("Reference", $"{reference}"), ("Email", Email));
        return string.Join(' ', ada.Page.QuerySelectorAll("#call-back p").Select(p => p.TextContent));
    }

    /// <summary>Time passes, and with it the session.</summary>
    private async Task<Browser> Later(DateTimeOffset now, Role role = Role.Adviser)
    {
        _app.Clock.Now = now;
        return await _app.SignInAs(role);
    }

    private static IEnumerable<string> Errors(Browser who) => who.Page.QuerySelectorAll(".govuk-error-summary__list a").Select(a => a.TextContent);

    private async Task<List<T>> Facts<T>() where T : IFact => (await _app.Db(db => db.Facts.Where(f => f.Kind == Journal.KindOf(typeof(T))).ToListAsync())).OrderBy(f => f.At).ThenBy(f => f.Id).Select(f => f.As<T>()).ToList();

    private Task Team(Guid person, string team) => _app.Write(db =>
    {
        db.Add(new TeamMember { PersonId = person, Team = team });
        return Task.CompletedTask;
    });

    private async Task<Guid> Citizen()
    {
        Guid? id = null;
        await _app.Write(async db => id = await KeepCitizen.Of(db, new("Ada Marsh", Email: Email, Phone: "07700 900123"), _app.Clock.Now));
        return id!.Value;
    }

    private async Task<Reference> Enquiry(Guid? citizen = null, string? sensitiveTeam = null)
    {
        var (reference, now) = (Reference.New(), _app.Clock.Now);
        await _app.Write(db =>
        {
            var id = Guid.CreateVersion7(now);
            db.Add(new Enquiry { Id = id, Reference = reference, Token = id, Service = "524", Words = "Where is my bin?", Email = Email, Channel = "web", RaisedAt = now, CitizenId = citizen, IsSensitive = sensitiveTeam is not null, Team = sensitiveTeam ?? "" });
            return Task.CompletedTask;
        });
        return reference;
    }
}
