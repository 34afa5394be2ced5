using System.Net;
using System.Text;
using System.Text.Json;
using Concentric.Core.Data;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Measure.Contacts;
using Concentric.Measure.Contacts.Importing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Tests.Measure;

/// <summary>A program sends contacts as lines of JSON, with a key of its own for each delivery, and asks what became of them.</summary>
public sealed class SendContactsTests : IDisposable
{
    private const string Night =
        "{\"id\":\"1\",\"at\":\"2026-03-01T09:00:00Z\",\"service\":\"524\",\"channel\":\"phone\",\"person\":\"ada\"}\n" +
        "{\"id\":\"2\",\"at\":\"2026-03-01T10:00:00Z\",\"service\":\"524\",\"channel\":\"web\",\"person\":\"ada\"}\n" +
        "{\"id\":\"3\",\"at\":\"yesterday\",\"service\":\"524\",\"channel\":\"web\"}\n" +
        "{\"id\":\"4\",\"at\":\"2026-03-01T11:00:00Z\"}\n";

    private readonly TestApp _app = new();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task Lines_are_taken_at_once_imported_and_told_of()
    {
        using var http = await Client("Phone system");
        using var taken = await Send(http, Night, "night-1");

        Assert.Equal(HttpStatusCode.Accepted, taken.StatusCode);
        await Ran();
        var status = await Status(http, taken);
        Assert.Equal(("done", 1, 4, 3, 0, 1), (Text(status, "state"), Number(status, "batch"), Number(status, "read"), Number(status, "imported"), Number(status, "duplicates"), Number(status, "rejected")));
        var reject = Assert.Single(status.GetProperty("firstRejects").EnumerateArray());
        Assert.Equal((3, "at", "yesterday"), (Number(reject, "line"), Text(reject, "column"), Text(reject, "value")));
        var store = _app.Services.GetRequiredService<IContactStore>();
        var contacts = await store.Query(CubeQuery.CitizenContacts(1).Counting(Concentric.Measure.Contacts.Measure.Contacts, Concentric.Measure.Contacts.Measure.Persons));
        Assert.Equal((3L, 1L), (contacts.Count(0, Concentric.Measure.Contacts.Measure.Contacts), contacts.Count(0, Concentric.Measure.Contacts.Measure.Persons)));
        Assert.Equal("api-phone-system", Assert.Single(store.Dimensions.Batches).Mapping);
        var key = await _app.Db(db => db.Set<ApiKey>().SingleAsync());
        Assert.Equal($"key-{key.Id}", (await _app.Db(db => db.Set<Fact>().SingleAsync(f => f.Kind == "contacts-imported"))).By);
    }

    [Fact]
    public async Task The_same_delivery_again_is_the_same_answer_and_another_under_its_key_is_refused()
    {
        using var http = await Client();
        using var first = await Send(http, Night, "night-1");
        using var again = await Send(http, Night, "night-1");
        using var other = await Send(http, Night + "\n", "night-1");
        await Ran();
        using var late = await Send(http, Night, "night-1");
        using var renamed = await Send(http, Night, "night-2");
        await Ran();

        Assert.All((HttpResponseMessage[])[again, late], a => Assert.Equal(first.Headers.Location, a.Headers.Location));
        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Accepted), (again.StatusCode, late.StatusCode));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "application/problem+json"), (other.StatusCode, other.Content.Headers.ContentType!.MediaType));
        var status = await Status(http, renamed);
        Assert.Equal((4, 0, 3, 1), (Number(status, "read"), Number(status, "imported"), Number(status, "duplicates"), Number(status, "rejected")));
        Assert.Equal(3, (await _app.Services.GetRequiredService<IContactStore>().Statistics()).Contacts);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(_app.Data, "uploads")));
    }

    [Fact]
    public async Task A_delivery_that_was_cut_short_starts_again_when_the_same_is_sent_again()
    {
        using var http = await Client();
        using var first = await Send(http, Night, "night-1");
        await Ran();
        // As a failure of ours would leave it, and the file is gone too.
        await _app.Write(async db =>
        {
            var cut = await db.Set<FileImport>().SingleAsync();
            (cut.Batch, cut.Read, cut.Imported, cut.Rejected) = (null, 0, 0, 0);
            cut.End(ImportState.CutShort, _app.Clock.Now);
        });

        using var other = await Send(http, Night + "\n", "night-1");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "cut-short"), (other.StatusCode, Text(await Status(http, first), "state")));
        using var again = await Send(http, Night, "night-1");
        await Ran();

        Assert.Equal((HttpStatusCode.Accepted, first.Headers.Location), (again.StatusCode, again.Headers.Location));
        using var answer = JsonDocument.Parse(await again.Content.ReadAsStringAsync());
        Assert.Equal("waiting", Text(answer.RootElement, "state"));
        var status = await Status(http, first);
        Assert.Equal(("done", 4, 0, 3, 1), (Text(status, "state"), Number(status, "read"), Number(status, "imported"), Number(status, "duplicates"), Number(status, "rejected")));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(_app.Data, "uploads")));
    }

    [Fact]
    public async Task What_cannot_be_taken_is_told_why()
    {
        using var http = await Client();
        using var noKey = await Send(http, Night, null);
        using var json = await Send(http, Night, "a", "application/json");
        using var large = new HttpRequestMessage(HttpMethod.Post, "/api/v1/contacts") { Content = new ByteArrayContent(new byte[SendContacts.MostBytes + 1]) };
        large.Content.Headers.ContentType = new(SendContacts.ContentType);
        large.Headers.Add("Idempotency-Key", "b");
        using var tooLarge = await http.SendAsync(large);
        using var reader = await Client("reader", ApiScopes.Read);
        using var forbidden = await Send(reader, Night, "c");

        Assert.Equal([HttpStatusCode.BadRequest, HttpStatusCode.UnsupportedMediaType, HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.Forbidden],
            [noKey.StatusCode, json.StatusCode, tooLarge.StatusCode, forbidden.StatusCode]);
        Assert.All([noKey, json, tooLarge, forbidden], a => Assert.Equal("application/problem+json", a.Content.Headers.ContentType!.MediaType));
        Assert.Equal(0, await _app.Db(db => db.Set<FileImport>().CountAsync()));
    }

    [Fact]
    public async Task Where_too_much_waits_a_program_is_told_to_come_back()
    {
        using var http = await Client();
        var key = await _app.Db(db => db.Set<ApiKey>().SingleAsync());
        await _app.Write(db =>
        {
            for (var i = 0; i < SendContacts.MostWaiting; i++)
            {
                db.Add(new FileImport { Id = Guid.CreateVersion7(_app.Clock.Now.AddSeconds(i)), FileName = "x", Digest = $"{i}", Bytes = 1, Door = ImportDoor.Api, By = "x", At = _app.Clock.Now,
                    State = ImportState.Running, ApiKey = $"{key.Id}", IdempotencyKey = $"{i}" });
            }
            return Task.CompletedTask;
        });

        using var refused = await Send(http, Night, "more");

        Assert.Equal((HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(60)), (refused.StatusCode, refused.Headers.RetryAfter!.Delta!.Value));
    }

    [Fact]
    public async Task What_one_program_sent_another_is_not_told_of()
    {
        using var http = await Client();
        using var taken = await Send(http, Night, "night-1");
        using var other = await Client("other");

        using var answer = await other.GetAsync(taken.Headers.Location);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task What_a_program_sent_is_not_undone_by_somebody_who_is_no_analyst()
    {
        using var http = await Client();
        using var taken = await Send(http, Night, "night-1");
        await Ran();
        var grace = await _app.SignInAs(Role.ServiceManager);
        await grace.Open("/measure/imports/new");
        var token = grace.Page.QuerySelector("main input[name=__RequestVerificationToken]")!.GetAttribute("value")!;

        await grace.Open("/measure/imports/batches/1/undo");
        using var undone = await grace.Http.PostAsync("/measure/imports/batches/1/undo", new FormUrlEncodedContent([new("__RequestVerificationToken", token)]));

        Assert.Equal((HttpStatusCode.Forbidden, "You cannot undo this import"), (grace.Status, grace.Heading));
        Assert.Empty(grace.Page.QuerySelectorAll("main form"));
        Assert.Equal(HttpStatusCode.Forbidden, undone.StatusCode);
        Assert.Equal(3, (await _app.Services.GetRequiredService<IContactStore>().Statistics()).Contacts);
    }

    private async Task<HttpClient> Client(string name = "test", ApiScopes scopes = ApiScopes.WriteContacts)
    {
        var http = _app.CreateClient();
        http.DefaultRequestHeaders.Authorization = new("Bearer", await ApiKeyHandler.Make(name, _app.Services.GetRequiredService<IWriter>(), _app.Clock.Now, scopes));
        return http;
    }

    private static async Task<HttpResponseMessage> Send(HttpClient http, string lines, string? key, string type = SendContacts.ContentType)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/contacts") { Content = new StringContent(lines, Encoding.UTF8, type) };
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        return await http.SendAsync(request);
    }

    private static async Task<JsonElement> Status(HttpClient http, HttpResponseMessage taken) => JsonDocument.Parse(await http.GetStringAsync(taken.Headers.Location)).RootElement;

    private Task Ran() => _app.Services.GetRequiredService<ImportRunner>().RunWaiting();

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();

    private static int Number(JsonElement json, string name) => json.GetProperty(name).GetInt32();
}
