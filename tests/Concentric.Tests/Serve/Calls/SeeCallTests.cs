using System.Net;
using Concentric.Core;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Serve;
using Concentric.Serve.Calls;
using Concentric.Serve.Citizens;
using Concentric.Serve.Enquiries;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Tests.Serve;

/// <summary>What an adviser sees when a call comes to them, and what a service manager sees of four weeks of calls.</summary>
public sealed class SeeCallTests : IDisposable
{
    private readonly TestApp _app = new();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task A_call_shows_whom_its_number_fits_with_their_open_work_and_begins_a_conversation_that_is_linked_to_it()
    {
        var ada = await Citizen("Ada Marsh", "07700 900123");
        var (seen, hidden) = (await Enquiry(ada, sensitive: false), await Enquiry(ada, sensitive: true));
        await Report("c1", CallEventKind.Started, 0, "07700900123", "Council tax");
        await Report("c1", CallEventKind.Answered, 65);
        var asha = await _app.SignInAs(Role.Adviser);
        var facts = await _app.Db(db => db.Facts.CountAsync());

        foreach (var address in (string[])["/desk/call?call=c1", "/desk/call?number=%2B447700900123&call=c1", "/desk/call?number=+447700900123&call=c1"])
        {
            await asha.Open(address);
            Assert.All((string[])["Ada Marsh", $"{seen}", "Council tax", "after they waited 1 min 5 s", "07700 900123"], words => Assert.Contains(words, asha.Text, StringComparison.Ordinal));
            Assert.DoesNotContain($"{hidden}", asha.Text, StringComparison.Ordinal);
        }
        // Opened as often as one likes, nothing has changed.
        Assert.Equal((facts, 0), (await _app.Db(db => db.Facts.CountAsync()), await _app.Db(db => db.Conversations.CountAsync())));

        await asha.Press("Talk with Ada Marsh");
        var conversation = await _app.Db(db => db.Conversations.SingleAsync());
        Assert.Equal(("c1", "phone", ada), (conversation.Call, conversation.Channel, conversation.CitizenId));
        var call = await _app.Db(db => db.Calls.SingleAsync());
        Assert.Equal((call.Id, conversation.Id), (await _app.Db(db => db.Facts.SingleAsync(f => f.Kind == "call-taken"))).As<CallTaken>() is var taken ? (taken.Call, taken.Conversation) : default);
        await asha.Open("/desk/call?call=c1");
        Assert.NotEmpty(asha.Page.QuerySelectorAll($"a[href='/desk/conversations/{conversation.Id:N}']"));
        // The call ends by itself, and so does the conversation.
        await Report("c1", CallEventKind.Ended, 200);
        Assert.Null((await _app.Db(db => db.Conversations.SingleAsync())).EndedAt);
        Assert.DoesNotContain("Go on with", (await (await _app.SignInAs(Role.Officer)).Open("/desk/call?call=c1")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_that_is_reported_after_the_conversation_began_is_linked_all_the_same_and_a_withheld_number_is_fine()
    {
        var asha = await (await _app.SignInAs(Role.Adviser)).Open("/desk/call?number=anonymous&call=early");
        Assert.All((string[])["Withheld", "has not told us of this call yet"], words => Assert.Contains(words, asha.Text, StringComparison.Ordinal));
        await asha.Press("Begin the conversation");
        Assert.Equal(0, await _app.Db(db => db.Facts.CountAsync(f => f.Kind == "call-taken")));

        await Report("early", CallEventKind.Started, 0);
        await Report("early", CallEventKind.Answered, 5);

        var conversation = await _app.Db(db => db.Conversations.SingleAsync());
        Assert.Equal(conversation.Id, (await _app.Db(db => db.Facts.SingleAsync(f => f.Kind == "call-taken"))).As<CallTaken>().Conversation);
        await asha.Open("/desk/call");
        Assert.Equal(HttpStatusCode.OK, asha.Status);
    }

    [Fact]
    public async Task Of_several_with_one_number_the_adviser_chooses_or_takes_somebody_else()
    {
        await Citizen("Ada Marsh", "01632 960001");
        var ben = await Citizen("Ben Marsh", "01632 960001");
        var asha = await (await _app.SignInAs(Role.Adviser)).Open("/desk/call?number=01632960001&call=c2");

        await asha.Press("Talk with them on the phone: Ben Marsh");
        await asha.Open("/desk/call?number=01632960001&call=c3");
        await asha.Press("Somebody else is calling");

        Assert.Equal([("c2", (Guid?)ben), ("c3", null)], (await _app.Db(db => db.Conversations.OrderBy(c => c.Call).ToListAsync())).Select(c => (c.Call!, c.CitizenId)));
    }

    [Fact]
    public async Task Four_weeks_of_calls_by_day_and_line_are_for_service_managers_and_an_end_that_was_not_reported_is_not_guessed()
    {
        var grace = await (await _app.SignInAs(Role.ServiceManager)).Open("/desk");
        await grace.Follow("Calls");
        Assert.Contains("No phone system has reported a call", grace.Text, StringComparison.Ordinal);
        for (var n = 0; n < 10; n++)
        {
            await Report($"a{n}", CallEventKind.Started, n, line: "Bins");
            await Report($"a{n}", CallEventKind.Answered, n + 20 + n);
            await Report($"a{n}", CallEventKind.Ended, n + 300);
        }
        await Report("gone", CallEventKind.Started, 0, line: "Bins");
        await Report("gone", CallEventKind.Ended, 90);
        await Report("open", CallEventKind.Started, -86400);
        await Report("open", CallEventKind.Transferred, -86300);
        await Report("old", CallEventKind.Started, -29 * 86400, line: "Old");

        await grace.Open("/desk/calls");
        Assert.Contains("12 calls from 3 February 2026 to 2 March 2026", grace.Text, StringComparison.Ordinal);
        Assert.Contains("Of 11 that were answered or abandoned, 1 was abandoned: 9.1% (95% interval 1.6% to 37.7%)", grace.Text, StringComparison.Ordinal);
        Assert.Equal(
            ["Bins: 11 10 1 9% (2% to 38%) 24 s 28 s 4 min 35 s 0 0", "No line named: 1 0 0 – – – – 1 1"],
            Rows(grace, "#lines"));
        Assert.Equal("Mon 2 Mar: 11 10 1 9% (2% to 38%) 24 s 28 s 4 min 35 s 0 0", Rows(grace, "#days")[0]);
        Assert.Equal("Sun 1 Mar: 1 0 0 – – – – 1 1", Rows(grace, "#days")[1]);
        Assert.Equal(2, Rows(grace, "#days").Count);
        await grace.Follow("Bins");
        Assert.Equal("Sun 1 Mar: 0 ", Rows(grace, "#days")[1]);

        Assert.Equal(HttpStatusCode.Forbidden, (await (await _app.SignInAs(Role.Adviser)).Open("/desk/calls")).Status);
    }

    private static List<string> Rows(Browser who, string table) => [.. who.Page.QuerySelectorAll($"{table} tbody tr").Select(r => $"{r.QuerySelector("th")!.TextContent.Trim()}: {string.Join(' ', r.QuerySelectorAll("td").Select(c => c.TextContent.Trim()))}")];

    private Task Report(string call, CallEventKind kind, int second, string? number = null, string? line = null)
    {
        var (id, at) = (Guid.CreateVersion7(_app.Clock.Now), _app.Clock.Now.AddMinutes(-30).AddSeconds(second));
        return _app.Write(db => KeepCall.In(db, new(call, kind, at, number, line, null, null, null), id, Actor.System, _app.Clock.Now));
    }

    private async Task<Guid> Citizen(string name, string phone)
    {
        Guid? id = null;
        await _app.Write(async db => id = await KeepCitizen.Of(db, new(name, Phone: phone), _app.Clock.Now));
        return id!.Value;
    }

    private async Task<Reference> Enquiry(Guid citizen, bool sensitive)
    {
        var (reference, now) = (Reference.New(), _app.Clock.Now);
        await _app.Write(db =>
        {
            var id = Guid.CreateVersion7(now);
            db.Add(new Enquiry { Id = id, Reference = reference, Token = id, Service = "524", Words = "Where is my bin?", Email = "", Channel = "phone", RaisedAt = now, CitizenId = citizen, IsSensitive = sensitive, Team = sensitive ? "Housing options" : "" });
            return Task.CompletedTask;
        });
        return reference;
    }
}
