using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Serve;
using Concentric.Serve.Calls;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Tests.Serve;

/// <summary>A phone system reports calls with a key: once each, in any order, by fields that are told apart.</summary>
public sealed class SendCallTests : IDisposable
{
    private readonly TestApp _app = new();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task A_call_from_its_start_to_its_end_is_kept_with_its_facts_and_names_nobody_in_them()
    {
        using var http = await Client(ApiScopes.WriteCalls);

        await Sent(http, "c1", "started", 0, """ "number":"+44 7700 900123","line":"Council tax" """);
        await Sent(http, "c1", "answered", 70, """ "adviser":"Asha Patel" """);
        await Sent(http, "c1", "transferred", 100, """ "to":"Benefits","reason":"Mr Marsh asked" """);
        var ended = await Sent(http, "c1", "ended", 400, """ "reason":"hung up" """);
        var again = await Sent(http, "c1", "ended", 400, null);

        Assert.Equal(("c1", "ended", 1), ((string?)ended["call"], (string?)ended["state"], (int)ended["transfers"]!));
        Assert.Equal($"{ended}", $"{again}");
        var call = await _app.Db(db => db.Calls.SingleAsync());
        Assert.Equal(("c1", "07700900123", "Council tax", 70, 330), (call.Name, call.Number, call.Line, call.State.Wait, call.State.Talk));
        Assert.Equal(4, await _app.Db(db => db.CallEvents.CountAsync()));
        var facts = await _app.Db(db => db.Facts.Where(f => f.Subject == $"call-{call.Id}").OrderBy(f => f.Id).ToListAsync());
        Assert.Equal(["call-started", "call-answered", "call-transferred", "call-ended"], facts.Select(f => f.Kind));
        Assert.Equal((call.Id, "Council tax", 70, At(70)), facts[1].As<CallAnswered>() is var a ? (a.Call, a.Line, a.WaitSeconds, a.At) : default);
        Assert.Equal((true, 70, 330, 1), facts[3].As<CallEnded>() is var e ? (e.Answered, e.WaitSeconds, e.TalkSeconds, e.Transfers) : default);
        Assert.All(facts, f => Assert.All((string[])["900123", "c1\"", "Asha", "Marsh", "hung"], word => Assert.DoesNotContain(word, f.Data, StringComparison.Ordinal)));
        Assert.All(facts, f => Assert.StartsWith("key-", f.By, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Events_out_of_order_end_in_the_same_facts_of_which_the_last_stand()
    {
        using var http = await Client(ApiScopes.WriteCalls);

        foreach (var (what, second) in (IEnumerable<(string, int)>)[("ended", 400), ("transferred", 100), ("answered", 70), ("started", 0)]) await Sent(http, "late", what, second, what == "started" ? """ "line":"Bins" """ : null);

        var call = await _app.Db(db => db.Calls.SingleAsync());
        Assert.Equal((At(0), At(0), 70, 330, 1, "Bins"), (call.At, call.StartedAt, call.State.Wait, call.State.Talk, call.Transfers, call.Line));
        var facts = await _app.Db(db => db.Facts.Where(f => f.Subject == $"call-{call.Id}").OrderBy(f => f.Id).ToListAsync());
        Assert.Equal((70, "Bins"), facts.Last(f => f.Kind == "call-answered").As<CallAnswered>() is var a ? (a.WaitSeconds, a.Line) : default);
        Assert.Equal((true, 70, 330, 1), facts.Last(f => f.Kind == "call-ended").As<CallEnded>() is var e ? (e.Answered, e.WaitSeconds, e.TalkSeconds, e.Transfers) : default);
        Assert.Single(facts, f => f.Kind == "call-started");
        Assert.Single(facts, f => f.Kind == "call-transferred");
    }

    [Fact]
    public async Task Many_at_once_are_one_call_with_each_event_once()
    {
        using var http = await Client(ApiScopes.WriteCalls);
        (string What, int Second)[] events = [("started", 0), ("answered", 10), ("transferred", 20), ("transferred", 30), ("transferred", 40), ("ended", 50)];

        var answers = await Task.WhenAll(events.Concat(events).Select(e => Post(http, Body("busy", e.What, e.Second, null))));

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.OK, a.StatusCode));
        var call = await _app.Db(db => db.Calls.SingleAsync());
        Assert.Equal((10, 40, 3), (call.State.Wait, call.State.Talk, call.Transfers));
        Assert.Equal(6, await _app.Db(db => db.CallEvents.CountAsync()));
        Assert.Equal(3, await _app.Db(db => db.Facts.CountAsync(f => f.Kind == "call-transferred")));
        Assert.Equal(1, await _app.Db(db => db.Facts.CountAsync(f => f.Kind == "call-started")));
    }

    [Fact]
    public async Task What_is_wrong_is_told_by_the_name_of_its_field_and_nothing_is_kept()
    {
        using var http = await Client(ApiScopes.WriteCalls);

        await Wrong(http, "{}", "at", "call", "event");
        await Wrong(http, $$"""{"call":"{{new string('x', 101)}}","event":"rang","at":"2026-03-02T09:00:00","number":"anonymous","line":"{{new string('x', 61)}}","adviser":7,"to":"\ud800","reason":"a\nb","colour":"red"}""",
            "adviser", "at", "call", "colour", "event", "line", "number", "reason", "to");
        await Wrong(http, """{"call":"a","event":"started","at":"2026-03-02T09:33:00Z"}""", "at");
        await Wrong(http, """{"call":"a","event":"started","at":"2026-02-23T09:29:00Z"}""", "at");
        await Wrong(http, """{"call":"a","event":"started","at":"2026-03-02T09:00:00Z","adviser":"Asha","to":"Bins","reason":"x"}""", "adviser", "reason", "to");
        Assert.Equal(0, await _app.Db(db => db.Calls.CountAsync()) + await _app.Db(db => db.Facts.CountAsync(f => f.Kind.StartsWith("call-"))));

        await Sent(http, "a", "started", 0, null);
        await Sent(http, "a", "answered", 60, null);
        await Wrong(http, Body("a", "ended", 59, null), "at");
        await Wrong(http, Body("a", "started", 5, null), "at");
        await Wrong(http, Body("a", "transferred", -1, null), "at");
        // A clock that is a little ahead is believed.
        await Sent(http, "b", "started", 31 * 60, null);
        Assert.Equal(3, await _app.Db(db => db.CallEvents.CountAsync()));
    }

    [Fact]
    public async Task A_key_without_the_scope_is_forbidden_to_and_a_cookie_opens_nothing()
    {
        using var reader = await Client(ApiScopes.Read | ApiScopes.WriteContacts | ApiScopes.WriteEnquiries);
        using var all = await Client(ApiScopes.Read | ApiScopes.WriteContacts | ApiScopes.WriteEnquiries | ApiScopes.WriteCalls);
        var asha = await _app.SignInAs(Role.Adviser);

        using var forbidden = await Post(reader, Body("a", "started", 0, null));
        using var stranger = await Post(asha.Http, Body("a", "started", 0, null));
        using var allowed = await Post(all, Body("a", "started", 0, null));
        using var put = await all.PutAsync("/api/v1/calls", new StringContent(Body("a", "started", 0, null), Encoding.UTF8, "application/json"));

        Assert.Equal([403, 401, 200, 405], ((HttpResponseMessage[])[forbidden, stranger, allowed, put]).Select(a => (int)a.StatusCode));
        Assert.Equal("application/problem+json", forbidden.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Hostile_text_is_kept_and_shown_as_text()
    {
        using var http = await Client(ApiScopes.WriteCalls);
        const string hostile = "<script>alert(1)</script>'; DROP TABLE serve_call;--";
        var json = JsonSerializer.Serialize(hostile);
        await Sent(http, "1 <b>&\"", "started", 0, $"\"line\":{json}");
        await Sent(http, "1 <b>&\"", "answered", 10, $"\"adviser\":{json}");
        await Sent(http, "1 <b>&\"", "transferred", 20, $"\"to\":{json},\"reason\":{json}");

        var asha = await (await _app.SignInAs(Role.Adviser)).Open($"/desk/call?call={Uri.EscapeDataString("1 <b>&\"")}&number={Uri.EscapeDataString(hostile)}");
        Assert.Equal(HttpStatusCode.OK, asha.Status);
        Assert.Contains(hostile, asha.Text, StringComparison.Ordinal);
        Assert.Contains("Withheld", asha.Text, StringComparison.Ordinal);
        var grace = await (await _app.SignInAs(Role.ServiceManager)).Open("/desk/calls");
        Assert.Equal(hostile, grace.Page.QuerySelector("#lines tbody th")!.TextContent.Trim());
        await grace.Open(grace.Page.QuerySelector("#lines tbody th a")!.GetAttribute("href")!);
        Assert.Contains($"line {hostile}", grace.Text, StringComparison.Ordinal);
        Assert.Empty(grace.Page.QuerySelectorAll("main script"));
        foreach (var odd in (string[])["%00", "%F0%9F%98%80", new string('9', 3000), "a%0Ab"])
            Assert.Equal(HttpStatusCode.OK, (await asha.Open($"/desk/call?number={odd}&call={odd}")).Status);
    }

    [Fact]
    public async Task After_28_days_nothing_of_a_call_is_left_but_its_facts()
    {
        using var http = await Client(ApiScopes.WriteCalls);
        await Sent(http, "tel:07700900123", "started", 0, """ "number":"07700900123" """);
        var asha = await (await _app.SignInAs(Role.Adviser)).Open("/desk/call?call=tel:07700900123");
        await asha.Press("Begin the conversation");
        var writer = _app.Services.GetRequiredService<IWriter>();

        Assert.Equal(0, await ForgetCalls.Forget(writer, _app.Clock.Now.AddDays(27)));
        Assert.Equal("tel:07700900123", (await _app.Db(db => db.Conversations.SingleAsync())).Call);
        Assert.Equal(1, await ForgetCalls.Forget(writer, _app.Clock.Now.AddDays(28).AddMinutes(1)));

        Assert.Equal((0, 0), (await _app.Db(db => db.Calls.CountAsync()), await _app.Db(db => db.CallEvents.CountAsync())));
        Assert.Null((await _app.Db(db => db.Conversations.SingleAsync())).Call);
        Assert.Equal(["call-started", "call-taken"], await _app.Db(db => db.Facts.Where(f => f.Subject.StartsWith("call-")).OrderBy(f => f.Kind).Select(f => f.Kind).ToListAsync()));
    }

    private static DateTimeOffset At(int second) => new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero).AddSeconds(second);

    private static string Body(string call, string what, int second, string? more) =>
        $$"""{"call":{{JsonSerializer.Serialize(call)}},"event":"{{what}}","at":"{{At(second):yyyy-MM-dd'T'HH:mm:ss'Z'}}"{{(more is null ? "" : $",{more}")}}}""";

    private async Task<JsonNode> Sent(HttpClient http, string call, string what, int second, string? more)
    {
        // What is told of one after the other has times of its own.
        _app.Clock.Now += TimeSpan.FromMilliseconds(1);
        using var answer = await Post(http, Body(call, what, second, more));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, text);
        return JsonNode.Parse(text)!;
    }

    private static async Task Wrong(HttpClient http, string body, params string[] fields)
    {
        using var answer = await Post(http, body);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Equal((422, "application/problem+json"), ((int)answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        Assert.Equal(fields, JsonDocument.Parse(text).RootElement.GetProperty("errors").EnumerateObject().Select(e => e.Name).Order(StringComparer.Ordinal));
    }

    private static Task<HttpResponseMessage> Post(HttpClient http, string body) => http.PostAsync("/api/v1/calls", new StringContent(body, Encoding.UTF8, "application/json"));

    private async Task<HttpClient> Client(ApiScopes scopes)
    {
        var http = _app.CreateClient();
        http.DefaultRequestHeaders.Authorization = new("Bearer", await ApiKeyHandler.Make("phone system", _app.Services.GetRequiredService<IWriter>(), _app.Clock.Now, scopes));
        return http;
    }
}
