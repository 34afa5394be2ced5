using System.Net;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Serve;
using Concentric.Serve.CallBacks;
using Concentric.Serve.Calls;
using Concentric.Tests.Serve.Work;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Tests.Serve;

/// <summary>Who sees a call-back, for whom it can be promised, and how the list goes.</summary>
public sealed class CallBackListTests : CallBackWork
{
    [Fact]
    public async Task A_call_back_of_something_sensitive_is_listed_counted_and_opened_by_its_team_alone()
    {
        var ada = await Citizen();
        var reference = await Enquiry(ada, "Housing options");
        var tom = await App.SignInAs(Role.Officer);
        await Team(DeskWorld.Officer, "Housing options");
        await tom.Open($"/desk/call-backs/new?enquiry={reference}");
        // Nobody can be chosen who could not see it.
        Assert.Equal(["me", "team:Housing options"], tom.Page.QuerySelectorAll("select[name=Who] option").Select(o => o.GetAttribute("value")).Where(v => v!.StartsWith("team:", StringComparison.Ordinal) || v == "me"));
        Assert.DoesNotContain("Asha Patel", tom.Page.QuerySelector("select[name=Who]")!.TextContent, StringComparison.Ordinal);
        await tom.Press("Promise it", [.. Good, ("Day.Day", "2"), ("Part", "Afternoon"), ("Who", "team:Housing options")]);
        var id = (await App.Db(db => db.CallBacks.SingleAsync())).Id;

        var (asha, grace) = (await App.SignInAs(Role.Adviser), await App.SignInAs(Role.ServiceManager));
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
        await App.Write(db => db.Enquiries.ExecuteUpdateAsync(e => e.SetProperty(x => x.Team, "Adult social care")));
        Assert.DoesNotContain("About the bin", (await tom.Open("/desk/call-backs?list=all")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_citizen_alone_is_promised_a_call_by_who_may_see_them()
    {
        var ada = await Citizen();
        var asha = await App.SignInAs(Role.Adviser);
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
        var (writer, done) = (App.Services.GetRequiredService<IWriter>(), App.Clock.Now);
        await ForgetCalls.Forget(writer, done.AddDays(27));
        Assert.Equal("07700900123", (await App.Db(db => db.CallBacks.SingleAsync())).Number);
        await ForgetCalls.Forget(writer, done.AddDays(28).AddMinutes(1));
        Assert.Equal((null, null), await App.Db(db => db.CallBacks.SingleAsync()) is var b ? (b.Number, b.About) : default);
        Assert.Contains("Not kept any more", (await asha.Open($"/desk/call-backs/{(await App.Db(db => db.CallBacks.SingleAsync())).Id}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_conversation_that_ends_with_somebody_calls_back_leads_to_the_promise_with_the_number_of_its_call()
    {
        var now = App.Clock.Now;
        await App.Write(db => KeepCall.In(db, new("c1", CallEventKind.Started, now, "01632960001", null, null, null, null), Guid.CreateVersion7(now), Actor.System, now));
        var asha = await (await App.SignInAs(Role.Adviser)).Open("/desk/call?call=c1");
        await asha.Press("Begin the conversation");

        await asha.Press("Don’t know", ("Outcome", "CallBack"));

        Assert.Equal("Promise to ring them back", asha.Heading);
        Assert.Equal("01632 960001", asha.Page.QuerySelector("input[name=Number]")!.GetAttribute("value"));
        await asha.Press("Promise it", ("About", "The tree"), ("Part", "Morning"));
        var enquiry = await App.Db(db => db.Enquiries.SingleAsync());
        Assert.Equal(enquiry.Id, (await App.Db(db => db.CallBacks.SingleAsync())).EnquiryId);
        Assert.Null((await App.Db(db => db.Calls.SingleAsync())).EndedAt);
    }

    [Fact]
    public async Task The_list_goes_by_key_in_both_directions_and_loses_nothing()
    {
        var reference = await Enquiry();
        var (enquiry, now) = ((await App.Db(db => db.Enquiries.SingleAsync(e => e.Reference == reference))).Id, App.Clock.Now);
        await App.Write(db =>
        {
            for (var n = 0; n < 60; n++)
            {
                var made = new CallBack { Id = Guid.CreateVersion7(now), EnquiryId = enquiry, Number = "07700900123", About = $"Number {n}.", OwnerId = DeskWorld.Adviser, By = Actor.System, At = now };
                made.Promise(CallBackPart.Morning, now.AddDays(n / 20), now);
                db.Add(made);
            }
            return Task.CompletedTask;
        });
        var asha = await (await App.SignInAs(Role.Adviser)).Open("/desk/call-backs");
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
}
