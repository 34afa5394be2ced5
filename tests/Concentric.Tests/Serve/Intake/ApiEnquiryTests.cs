using System.Net;
using System.Text;
using System.Text.Json;
using Concentric.Core.Data;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Serve;
using Concentric.Serve.Intake;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Tests.Serve;

/// <summary>Another system sends enquiries with a key, asks how they stand, and tells what became of them.</summary>
public sealed class ApiEnquiryTests : IDisposable
{
    private const string Bin = """{"words":"The bin was missed.","service":"524","name":"Ada Marsh","email":"Ada@example.com","phone":"01632 960 001","address":"1 High Street","postcode":"zz11ab","uprn":"100012345678","language":"cy","channel":"partner","yourReference":"CRM-1"}""";

    private readonly TestApp _app = new();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task What_a_system_sends_is_an_enquiry_and_what_becomes_of_it_goes_both_ways()
    {
        using var http = await Client(ApiScopes.WriteEnquiries | ApiScopes.Read);

        using var made = await Post(http, Bin, "k1");
        using var again = await Post(http, Bin, "k1");
        using var other = await Post(http, Bin.Replace("missed", "burnt", StringComparison.Ordinal), "k1");

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created, HttpStatusCode.UnprocessableEntity), (made.StatusCode, again.StatusCode, other.StatusCode));
        Assert.Equal(await made.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        Assert.Equal((made.Headers.Location, made.Headers.ETag), (again.Headers.Location, again.Headers.ETag));
        var enquiry = await _app.Db(db => db.Enquiries.SingleAsync());
        var citizen = await _app.Db(db => db.Citizens.SingleAsync());
        Assert.Equal(("The bin was missed.", "524", "partner", "CRM-1", "ada@example.com"), (enquiry.Words, enquiry.Service, enquiry.Channel, enquiry.OtherReference, enquiry.Email));
        Assert.Equal(("Ada Marsh", "01632960001", "1 High Street", "ZZ1 1AB", "100012345678"), (citizen.Name, citizen.Phone, citizen.Address, citizen.Postcode, citizen.Uprn));
        Assert.NotEqual("", enquiry.Team);
        Assert.StartsWith("key-", (await _app.Db(db => db.Facts.SingleAsync(f => f.Kind == "enquiry-raised"))).By, StringComparison.Ordinal);

        // Asked for again, nothing new is told; with a change it is.
        var at = made.Headers.Location!;
        using var same = await Ask(http, at, "\"1\"");
        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
        using var noted = await Patch(http, at, """{"note":"Crew went back.","yourReference":"CRM-2"}""", "\"1\"");
        using var stale = await Patch(http, at, """{"note":"Lost?"}""", "\"1\"");
        using var without = await Patch(http, at, """{"note":"Lost?"}""", null);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.PreconditionFailed, HttpStatusCode.PreconditionRequired), (noted.StatusCode, stale.StatusCode, without.StatusCode));
        using var news = await Ask(http, at, "\"1\"");
        Assert.Equal((HttpStatusCode.OK, "CRM-2"), (news.StatusCode, Text(await Json(news), "yourReference")));

        using var closed = await Patch(http, at, """{"state":"answered","answer":"We came back for it.","sorted":true}""", $"{noted.Headers.ETag}");
        using var twice = await Patch(http, at, """{"state":"withdrawn"}""", $"{closed.Headers.ETag}");
        Assert.Equal((HttpStatusCode.OK, "answered", HttpStatusCode.Conflict), (closed.StatusCode, Text(await Json(closed), "state"), twice.StatusCode));
        var ada = await (await _app.Browse().Open("/enquiries/status")).Press("Check", ("Reference", $"{enquiry.Reference}"), ("Email", "ada@example.com"));
        Assert.Contains("We came back for it.", ada.Text, StringComparison.Ordinal);
        Assert.Equal("Crew went back.", (await _app.Db(db => db.EnquiryNotes.SingleAsync())).Words);
        Assert.Equal(1, await _app.Db(db => db.Facts.CountAsync(f => f.Kind == "enquiry-answered")));

        // The key's hours are over: what is sent with it now is something new.
        Assert.Equal(0, await ForgetAnswers.Forget(_app.Services.GetRequiredService<IWriter>(), _app.Clock.Now.AddHours(48)));
        Assert.Equal(1, await ForgetAnswers.Forget(_app.Services.GetRequiredService<IWriter>(), _app.Clock.Now.AddHours(49)));
    }

    [Fact]
    public async Task What_is_wrong_is_told_field_by_field_and_nothing_is_kept()
    {
        using var http = await Client(ApiScopes.WriteEnquiries);

        using var wrong = await Post(http, """{"service":"99999","email":"ada","phone":"12","postcode":"nowhere","uprn":"1x","language":"fr","channel":"pigeon","yourReference":7,"colour":"red","name":"\ud800"}""", "a");
        using var longWords = await Post(http, $$"""{"words":"{{new string('x', 4001)}}"}""", "b");
        using var noJson = await Post(http, "{", "c");
        using var list = await Post(http, "[]", "d");
        using var large = await Post(http, $$"""{"words":"{{new string('x', SentJson.MostBytes)}}"}""", "e");
        using var form = await Post(http, "words=x", "f", "application/x-www-form-urlencoded");
        using var noKey = await Post(http, Bin, null);
        using var reader = await Client(ApiScopes.Read);
        using var forbidden = await Post(reader, Bin, "g");

        Assert.Equal((HttpStatusCode)422, wrong.StatusCode);
        Assert.Equal(["channel", "colour", "email", "language", "name", "phone", "postcode", "service", "uprn", "words", "yourReference"],
            (await Json(wrong)).GetProperty("errors").EnumerateObject().Select(e => e.Name).Order(StringComparer.Ordinal));
        Assert.Equal([422, 400, 400, 413, 415, 400, 403], ((HttpResponseMessage[])[longWords, noJson, list, large, form, noKey, forbidden]).Select(a => (int)a.StatusCode));
        Assert.All((HttpResponseMessage[])[wrong, longWords, noJson, list, large, form, noKey, forbidden], a => Assert.Equal("application/problem+json", a.Content.Headers.ContentType!.MediaType));
        Assert.Equal(0, await _app.Db(db => db.Enquiries.CountAsync()) + await _app.Db(db => db.KeptAnswers.CountAsync()));
    }

    [Fact]
    public async Task Ten_at_once_under_one_key_are_one_enquiry()
    {
        using var http = await Client(ApiScopes.WriteEnquiries);

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Post(http, Bin, "same")));

        Assert.All(answers, a => Assert.Equal((HttpStatusCode.Created, answers[0].Headers.Location), (a.StatusCode, a.Headers.Location)));
        Assert.Equal(1, await _app.Db(db => db.Enquiries.CountAsync()));
    }

    [Fact]
    public async Task Of_two_changes_at_once_one_is_told_that_it_is_late()
    {
        using var http = await Client(ApiScopes.WriteEnquiries);
        using var made = await Post(http, Bin, "k");

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Patch(http, made.Headers.Location!, $$"""{"note":"{{i}}"}""", "\"1\"")));

        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.OK);
        Assert.Equal(7, answers.Count(a => a.StatusCode == HttpStatusCode.PreconditionFailed));
        Assert.Equal(1, await _app.Db(db => db.EnquiryNotes.CountAsync()));
    }

    [Fact]
    public async Task A_sensitive_enquiry_is_told_to_no_program_beyond_how_it_stands()
    {
        using var http = await Client(ApiScopes.WriteEnquiries | ApiScopes.Read);
        var now = _app.Clock.Now;
        var reference = Concentric.Core.Reference.New();
        await _app.Write(db =>
        {
            db.Enquiries.Add(new() { Id = Guid.CreateVersion7(now), Reference = reference, Token = Guid.CreateVersion7(now), Service = "524", Words = "secret", Email = "", Channel = "web", RaisedAt = now, IsSensitive = true, OtherReference = "hidden" });
            return Task.CompletedTask;
        });

        var told = await http.GetStringAsync($"/api/v1/enquiries/{reference}");
        using var changed = await Patch(http, new($"/api/v1/enquiries/{reference}", UriKind.Relative), """{"note":"x"}""", "\"1\"");

        Assert.Contains("\"state\":\"waiting\"", told, StringComparison.Ordinal);
        Assert.DoesNotContain("524", told, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", told, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, changed.StatusCode);
    }

    [Fact]
    public async Task A_key_that_asks_too_often_is_told_when_to_come_back_and_another_is_not()
    {
        using var app = new TestApp();
        await using var limited = app.WithWebHostBuilder(b => b.UseSetting("CONCENTRIC_API_LIMIT", "3"));
        var writer = limited.Services.GetRequiredService<IWriter>();
        using var http = limited.CreateClient();
        http.DefaultRequestHeaders.Authorization = new("Bearer", await ApiKeyHandler.Make("eager", writer, app.Clock.Now, ApiScopes.Read));
        for (var i = 0; i < 3; i++) (await http.GetAsync("/api/v1/enquiries/CN-XXXX-XXXX")).Dispose();

        using var refused = await http.GetAsync("/api/v1/enquiries/CN-XXXX-XXXX");
        http.DefaultRequestHeaders.Authorization = new("Bearer", await ApiKeyHandler.Make("patient", writer, app.Clock.Now, ApiScopes.Read));
        using var other = await http.GetAsync("/api/v1/enquiries/CN-XXXX-XXXX");

        Assert.Equal((HttpStatusCode.TooManyRequests, HttpStatusCode.NotFound), (refused.StatusCode, other.StatusCode));
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
    }

    private async Task<HttpClient> Client(ApiScopes scopes)
    {
        var http = _app.CreateClient();
        http.DefaultRequestHeaders.Authorization = new("Bearer", await ApiKeyHandler.Make("test", _app.Services.GetRequiredService<IWriter>(), _app.Clock.Now, scopes));
        return http;
    }

    private static async Task<HttpResponseMessage> Post(HttpClient http, string body, string? key, string type = "application/json")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/enquiries") { Content = new StringContent(body, Encoding.UTF8, type) };
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        return await http.SendAsync(request);
    }

    private static async Task<HttpResponseMessage> Patch(HttpClient http, Uri at, string body, string? tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, at) { Content = new StringContent(body, Encoding.UTF8, "application/merge-patch+json") };
        if (tag is not null) request.Headers.TryAddWithoutValidation("If-Match", tag);
        return await http.SendAsync(request);
    }

    private static async Task<HttpResponseMessage> Ask(HttpClient http, Uri at, string tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, at);
        request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        return await http.SendAsync(request);
    }

    private static async Task<JsonElement> Json(HttpResponseMessage answer) => JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();
}
