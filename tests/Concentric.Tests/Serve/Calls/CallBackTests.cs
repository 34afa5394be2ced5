using System.Net;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Serve;
using Concentric.Serve.CallBacks;
using Concentric.Serve.Calls;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Tests.Serve;

/// <summary>An adviser promises to ring back; it is listed, kept or late, and the citizen is told honestly.</summary>
public sealed class CallBackTests : CallBackWork
{
    [Fact]
    public async Task A_promise_stands_with_the_enquiry_is_told_to_its_citizen_is_listed_and_done_with_one_press()
    {
        var reference = await Enquiry();
        var asha = await (await App.SignInAs(Role.Adviser)).Open($"/desk/enquiries/{reference}");
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
        Assert.All(await App.Db(db => db.Facts.Where(f => f.Kind.StartsWith("call-back")).Select(f => f.Data).ToListAsync()), data => Assert.All((string[])["900123", "bin"], word => Assert.DoesNotContain(word, data, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_cannot_be_promised_is_told_beside_its_box_and_a_closed_day_cannot()
    {
        var reference = await Enquiry();
        await using var closed = App.WithWebHostBuilder(b => b.UseSetting("CONCENTRIC_CLOSED", "2026-03-05..2026-03-06"));
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
        await asha.Post($"/desk/call-backs/new?enquiry={reference}", [("Token", $"{Guid.CreateVersion7(App.Clock.Now)}"), .. Good.Where(g => g.Item1 != "Who"), ("Part", "Morning"), ("Who", $"person:{Guid.Empty}")]);
        Assert.Equal(["Select who rings them"], Errors(asha));
        Assert.Equal(0, await App.Db(db => db.CallBacks.CountAsync()));
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
        var asha = await App.SignInAs(Role.Adviser);
        await Promise(asha, reference, day: "6");
        var id = (await App.Db(db => db.CallBacks.SingleAsync())).Id;
        asha = await (await Later(new(2026, 3, 6, 11, 0, 0, TimeSpan.Zero))).Open("/desk/call-backs");

        await asha.Press("No answer");
        Assert.Contains("Nobody answered. It is promised again in the morning of 9 March 2026.", asha.Text, StringComparison.Ordinal);
        // A page that stood open elsewhere: pressed again, it is not counted again.
        await asha.Post($"/desk/call-backs/{id}", [("Do", "no-answer"), ("attempts", "0")]);
        await asha.Post($"/desk/call-backs/{id}", [("Do", "spoke"), ("attempts", "0")]);
        Assert.Equal((1, true, new DateTimeOffset(2026, 3, 9, 12, 0, 0, TimeSpan.Zero)), await App.Db(db => db.CallBacks.SingleAsync()) is var once ? (once.Attempts, once.IsOpen, once.DueAt) : default);
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
        var asha = await App.SignInAs(Role.Adviser);
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
    public async Task Whoever_rings_before_its_time_leaves_the_promise_as_it_is_and_who_comes_second_is_told()
    {
        var reference = await Enquiry();
        var asha = await App.SignInAs(Role.Adviser);
        var tom = await App.SignInAs(Role.Officer);
        await Promise(asha, reference, day: "6");
        var id = (await App.Db(db => db.CallBacks.SingleAsync())).Id;

        await asha.Open($"/desk/call-backs/{id}");
        await asha.Press("No answer");

        var still = await App.Db(db => db.CallBacks.SingleAsync());
        Assert.Equal((1, new DateTimeOffset(2026, 3, 6, 12, 0, 0, TimeSpan.Zero)), (still.Attempts, still.DueAt));
        Assert.Empty(await Facts<CallBackDone>());
        Assert.Contains("in the morning of 6 March 2026", await Told(reference), StringComparison.Ordinal);

        // His page stood open meanwhile.
        await tom.Post($"/desk/call-backs/{id}", [("Do", "spoke"), ("attempts", "0")]);
        Assert.NotNull(tom.Page.GetElementById("meanwhile"));
        Assert.True((await App.Db(db => db.CallBacks.SingleAsync())).IsOpen);
        await tom.Press("Spoke to them");
        await asha.Post($"/desk/call-backs/{id}", [("Do", "not-needed"), ("attempts", "1")]);
        Assert.NotNull(asha.Page.GetElementById("meanwhile"));
        Assert.Equal(CallBackOutcome.Spoke, Assert.Single(await Facts<CallBackDone>()).Outcome);
    }

    [Fact]
    public async Task One_that_nobody_says_anything_of_ends_and_nothing_of_it_stays()
    {
        var asha = await App.SignInAs(Role.Adviser);
        await Promise(asha, await Enquiry());
        var writer = App.Services.GetRequiredService<IWriter>();

        await ForgetCalls.Forget(writer, App.Clock.Now.AddDays(80));
        Assert.True((await App.Db(db => db.CallBacks.SingleAsync())).IsOpen);
        await ForgetCalls.Forget(writer, App.Clock.Now.AddDays(92));
        await ForgetCalls.Forget(writer, App.Clock.Now.AddDays(92) + CallBack.Kept + TimeSpan.FromDays(1));

        var left = await App.Db(db => db.CallBacks.SingleAsync());
        Assert.Equal((false, CallBackOutcome.NotNeeded, null, null), (left.IsOpen, left.Outcome!.Value, left.Number, left.About));
    }

    [Fact]
    public async Task What_is_not_needed_any_more_is_done_and_two_presses_at_once_are_one()
    {
        var asha = await App.SignInAs(Role.Adviser);
        await Promise(asha, await Enquiry());
        var id = (await App.Db(db => db.CallBacks.SingleAsync())).Id;
        await asha.Open($"/desk/call-backs/{id}");
        var token = asha.Page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;

        var answers = await Task.WhenAll(((string[])["not-needed", "spoke", "no-answer", "not-needed", "spoke", "no-answer"]).Select(way =>
            asha.Http.PostAsync($"/desk/call-backs/{id}", new FormUrlEncodedContent([new("__RequestVerificationToken", token), new("Do", way), new("attempts", "0")]))));

        Assert.All(answers, a => Assert.NotEqual(HttpStatusCode.InternalServerError, a.StatusCode));
        // One press counts: it is done, or it was tried before its time.
        var stands = await App.Db(db => db.CallBacks.SingleAsync());
        Assert.Equal(1, (await Facts<CallBackDone>()).Count + (stands.IsOpen ? stands.Attempts : 0));
        Assert.Equal(HttpStatusCode.BadRequest, (await asha.Post($"/desk/call-backs/{id}", [("Do", "burn"), ("attempts", "0")])).Status);
    }
}
