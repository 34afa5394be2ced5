using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Concentric.Tests.Serve.Forms;

public enum PayMood { Well, Gone, Busy, Broken, Slow, Malformed, HalfJson, NoState, WrongKey, Invalid, Redirects, Huge }

/// <summary>Answers as GOV.UK Pay's API does, as far as it is documented.</summary>
internal sealed class StubPay : HttpMessageHandler
{
    private readonly ConcurrentDictionary<string, string> _idByKey = new();

    public PayMood Mood { get; set; }

    /// <summary>The payments that were made, by id, as the API tells of them.</summary>
    public ConcurrentDictionary<string, JsonObject> Payments { get; } = new();

    /// <summary>What was sent to make them, with the key of each request.</summary>
    public ConcurrentQueue<(string Key, JsonObject Body)> Wanted { get; } = [];

    public int Asked { get; private set; }
    public string? Authorization { get; private set; }

    /// <summary>Where people are sent to pay.</summary>
    public string NextHost { get; set; } = "https://www.payments.service.gov.uk";

    public string Only => Payments.Keys.Single();

    /// <summary>Changes how a payment stands.</summary>
    public void Say(string id, string status) =>
        Payments[id]["state"] = new JsonObject { ["status"] = status, ["finished"] = status is "success" or "failed" or "cancelled" or "error" };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken stop)
    {
        Asked++;
        Authorization = $"{request.Headers.Authorization}";
        switch (Mood)
        {
            case PayMood.Gone: throw new HttpRequestException("No such host", null);
            case PayMood.Busy: return Answer(HttpStatusCode.TooManyRequests, """{"code":"P0900","description":"Too many requests"}""");
            case PayMood.Broken: return Answer(HttpStatusCode.InternalServerError, "<html>oops</html>");
            case PayMood.Slow: await Task.Delay(Timeout.Infinite, stop); break;
            case PayMood.Malformed: return Answer(HttpStatusCode.OK, "all is well");
            case PayMood.HalfJson: return Answer(HttpStatusCode.OK, """{"payment_id":"abc","amount":""");
            case PayMood.NoState: return Answer(HttpStatusCode.OK, """{"payment_id":"abc","amount":"3800","reference":"x"}""");
            case PayMood.WrongKey: return Answer(HttpStatusCode.Unauthorized, """{"code":"P0000"}""");
            case PayMood.Invalid: return Answer(HttpStatusCode.UnprocessableEntity, """{"code":"P0102","field":"description","description":"Invalid attribute value"}""");
            case PayMood.Redirects: return new(HttpStatusCode.Redirect) { Headers = { Location = new("https://elsewhere.example/") } };
            case PayMood.Huge: return Answer(HttpStatusCode.OK, new string(' ', 200_000));
        }
        if (request.Method == HttpMethod.Post)
        {
            var body = JsonNode.Parse(await request.Content!.ReadAsStringAsync(stop))!.AsObject();
            var key = request.Headers.GetValues("Idempotency-Key").Single();
            Wanted.Enqueue((key, body));
            var id = _idByKey.GetOrAdd(key, _ => Guid.CreateVersion7(DateTimeOffset.UnixEpoch.AddDays(20_000)).ToString("N")[..26]);
            Payments.GetOrAdd(id, _ => new JsonObject
            {
                ["payment_id"] = id, ["amount"] = body["amount"]!.DeepClone(), ["reference"] = body["reference"]!.DeepClone(),
                ["state"] = new JsonObject { ["status"] = "created", ["finished"] = false },
            });
            return Tell(HttpStatusCode.Created, id);
        }
        var asked = request.RequestUri!.AbsolutePath.Split('/')[^1];
        return Payments.ContainsKey(asked) ? Tell(HttpStatusCode.OK, asked) : Answer(HttpStatusCode.NotFound, """{"code":"P0200","description":"Not found"}""");
    }

    private HttpResponseMessage Tell(HttpStatusCode status, string id)
    {
        var told = Payments[id].DeepClone().AsObject();
        if (told["state"]!["status"]!.GetValue<string>() is "created" or "started")
            told["_links"] = new JsonObject { ["next_url"] = new JsonObject { ["href"] = $"{NextHost}/secure/{Guid.CreateVersion7(DateTimeOffset.UnixEpoch.AddDays(20_000))}", ["method"] = "GET" } };
        return Answer(status, told.ToJsonString());
    }

    private static HttpResponseMessage Answer(HttpStatusCode status, string text) => new(status) { Content = new StringContent(text, Encoding.UTF8, "application/json") };
}
