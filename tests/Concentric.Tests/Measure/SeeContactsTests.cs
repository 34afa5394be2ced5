using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Measure.Contacts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Tests.Measure;

/// <summary>A contact is counted where it is asked for: on the page, by the API and by the command line's function, alike.</summary>
public sealed class SeeContactsTests : IDisposable
{
    private readonly TestApp _app = new();

    [Fact]
    public async Task Before_anything_is_counted_the_page_says_so()
    {
        var grace = await _app.SignInAs(Role.ServiceManager);

        await grace.Open("/measure");

        Assert.Contains("No contacts have been counted yet", grace.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answered_enquiry_is_counted_by_service_channel_and_kind_of_demand()
    {
        await AskAndAnswer("524", "failure");
        await AskAndAnswer("524", "value");
        await AskAndAnswer(null, "unknown");
        var lewis = await _app.SignInAs(Role.Analyst);

        await lewis.Open("/measure");

        Assert.Contains("50.0%", lewis.Text, StringComparison.Ordinal);
        Assert.Contains("n = 2 coded as value or failure demand. 1 are not coded or not known.", lewis.Text.Replace('\u00a0', ' '), StringComparison.Ordinal);
        Assert.Contains("Counts are exact, because you are an analyst", lewis.Text, StringComparison.Ordinal);
        Assert.Equal("2", Cell(lewis, "#services", "Bin collection"));
        Assert.Equal("1", Cell(lewis, "#services", "No service chosen"));
        Assert.Equal("3", Cell(lewis, "#channels", "Web form"));
        Assert.Equal("3", lewis.Page.GetElementById("since-last-week")!.TextContent);

        // The same page for whoever is no analyst: nothing from 1 to 7, and no share that would tell.
        var grace = await _app.SignInAs(Role.ServiceManager);
        await grace.Open("/measure");
        Assert.Contains("Counts are rounded to 5, and 1 to 7 are not shown.", grace.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("50.0%", grace.Text, StringComparison.Ordinal);
        Assert.Equal("1 to 7", Cell(grace, "#services", "Bin collection"));
        Assert.Equal("1 to 7", Cell(grace, "#services", "No service chosen"));
        Assert.Equal("1 to 7", Cell(grace, "#channels", "Web form"));
        Assert.Equal("1 to 7", grace.Page.GetElementById("since-last-week")!.TextContent);
        Assert.Equal("1 to 7", grace.Page.QuerySelector(".app-tiles__number")!.TextContent);
        await grace.Open("/measure/services/524");
        Assert.All(grace.Page.QuerySelectorAll(".app-tiles__number"), tile => Assert.Equal("1 to 7", tile.TextContent));
    }

    [Fact]
    public async Task From_a_breakdown_into_ones_the_counts_could_be_worked_out_so_that_it_is_shown_to_analysts_only()
    {
        await AskAndAnswer("524", "failure");
        await AskAndAnswer("57", "failure");
        var (grace, lewis) = (await _app.SignInAs(Role.ServiceManager), await _app.SignInAs(Role.Analyst));

        await grace.Open("/measure");
        await lewis.Open("/measure");

        Assert.Empty(grace.Page.QuerySelectorAll("#services tbody tr"));
        Assert.Contains("a breakdown from which a small number could be worked out is not shown", grace.Text, StringComparison.Ordinal);
        Assert.Equal("1", Cell(lewis, "#services", "Bin collection"));
    }

    [Fact]
    public async Task A_cause_set_later_is_counted_too()
    {
        var reference = await AskAndAnswer("524", "failure");
        var grace = await _app.SignInAs(Role.ServiceManager);
        await grace.Open($"/desk/enquiries/{reference}");
        await grace.Press("Save the cause", ("Cause", "not-done"));
        await Counted();
        var lewis = await _app.SignInAs(Role.Analyst);

        await lewis.Open("/measure/services/524");
        await grace.Open("/measure/services/524");

        Assert.Equal("1", Cell(lewis, "#causes", "We did not do what we said"));
        Assert.Equal("1 to 7", Cell(grace, "#causes", "We did not do what we said"));
    }

    [Fact]
    public async Task The_api_hides_small_counts_and_says_which()
    {
        await AskAndAnswer("524", "failure");
        await AskAndAnswer("57", "value");
        var http = _app.Browse().Http;
        http.DefaultRequestHeaders.Authorization = new("Bearer", await ApiKeyHandler.Make("test", _app.Services.GetRequiredService<IWriter>(), _app.Clock.Now));

        using var answer = await http.PostAsJsonAsync("/api/v1/contacts/query", new { measures = new[] { "contacts", "failure-share" }, where = new { channel = new[] { "web" } } });
        var json = await answer.Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("rule-a", json.GetProperty("disclosure").GetString());
        Assert.Equal(JsonValueKind.Null, json.GetProperty("n").ValueKind);
        Assert.All(Assert.Single(json.GetProperty("rows").EnumerateArray()).EnumerateArray(), cell => Assert.Equal(JsonValueKind.Null, cell.ValueKind));
        Assert.Equal(["contacts", "failure-share"], json.GetProperty("hidden").EnumerateArray().Select(h => h.GetProperty("column").GetString()));
    }

    private static readonly (string Question, string Why)[] Unanswerable =
    [
        ("""{"by":["nonsense"]}""", "Cannot group by"),
        ("""{"measures":["nonsense"]}""", "is no measure"),
        ("""{"where":{"channel":["carrier-pigeon"]}}""", "There is no channel"),
        ("""{"where":{"day":["yesterday"]}}""", "Write the day it begins"),
        ("""{"council":"nowhere"}""", "There is no council"),
        ("""{"from":"2026-03-02","to":"2026-03-01"}""", "The first day is after the last"),
        ("""{"by":["week","day","month","service","channel","demand","area"]}""", "at most 4"),
        ("""{"by":["week","week"]}""", "named twice"),
    ];

    [Fact]
    public async Task A_question_that_cannot_be_answered_is_told_why()
    {
        await AskAndAnswer("524", "failure");
        var http = _app.Browse().Http;
        http.DefaultRequestHeaders.Authorization = new("Bearer", await ApiKeyHandler.Make("test", _app.Services.GetRequiredService<IWriter>(), _app.Clock.Now));

        foreach (var (question, why) in Unanswerable)
        {
            using var answer = await http.PostAsync("/api/v1/contacts/query", new StringContent(question, null, "application/json"));

            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
            Assert.Contains(why, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString()!, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_key_that_is_unknown_or_withdrawn_is_refused_and_so_is_the_cookie()
    {
        var writer = _app.Services.GetRequiredService<IWriter>();
        var grace = await _app.SignInAs(Role.ServiceManager);
        async Task<HttpStatusCode> Ask() => (await grace.Http.PostAsJsonAsync("/api/v1/contacts/query", new { })).StatusCode;
        Assert.Equal(HttpStatusCode.Unauthorized, await Ask());

        grace.Http.DefaultRequestHeaders.Authorization = new("Bearer", await ApiKeyHandler.Make("test", writer, _app.Clock.Now));
        Assert.NotEqual(HttpStatusCode.Unauthorized, await Ask());
        await ApiKeyHandler.Withdraw("test", writer, _app.Clock.Now);
        Assert.Equal(HttpStatusCode.Unauthorized, await Ask());
    }

    [Fact]
    public async Task A_made_up_address_is_borne()
    {
        await AskAndAnswer("524", "failure");
        var lewis = await _app.SignInAs(Role.Analyst);

        Assert.Equal(HttpStatusCode.NotFound, (await lewis.Open("/measure?council=nowhere")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await lewis.Open("/measure/services/no-such-service")).Status);
        Assert.Equal(HttpStatusCode.OK, (await lewis.Open("/measure?weeks=9999999")).Status);
    }

    [Fact]
    public async Task The_local_door_is_shut_to_everything_but_the_socket()
    {
        var admin = await _app.SignInAs(Role.Administrator);

        foreach (var path in (string[])["/local/contacts/query", "/local/contacts/rebuild", "/local/contacts/import?name=x&mapName=boston311"])
        {
            using var answer = await admin.Http.PostAsync(path, new StringContent("{}", null, "application/json"));
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }
    }

    public void Dispose() => _app.Dispose();

    private async Task<string> AskAndAnswer(string? service, string demand)
    {
        await _app.Seed();
        // Later than the one before, so that the newest is this one.
        _app.Clock.Now += TimeSpan.FromSeconds(1);
        var ada = await _app.Browse().Open($"/enquiries/new?service={service}");
        await ada.Press("Send", ("Words", "When?"), ("Email", "ada@example.com"));
        var reference = await _app.Db(async db => (await db.Facts.Where(f => f.Kind == "enquiry-raised").OrderByDescending(f => f.Id).FirstAsync()).As<EnquiryRaised>().Reference);
        var asha = await _app.SignInAs(Role.Adviser);
        await asha.Open($"/desk/enquiries/{reference}");
        await asha.Press("Answer", ("Answer", "Soon."), ("Demand", demand));
        await Counted();
        return reference;
    }

    /// <summary>The same two steps that the background services take, without waiting for them.</summary>
    private async Task Counted()
    {
        while (await _app.Services.GetRequiredService<Sealer>().Seal() > 0) { }
        await _app.Services.GetRequiredService<Projector>().CatchUp();
    }

    private static string Cell(Browser browser, string figure, string row) =>
        browser.Page.QuerySelectorAll($"{figure} tbody tr").Single(r => r.Children[0].TextContent.Trim() == row).Children[1].TextContent.Trim();
}
