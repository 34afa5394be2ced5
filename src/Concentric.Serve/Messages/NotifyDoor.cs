using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Concentric.Core;

namespace Concentric.Serve.Messages;

/// <summary>GOV.UK Notify, by its API (https://docs.notifications.service.gov.uk/rest-api.html). Its templates are empty but for the words that we give it.</summary>
/// <remarks>
/// Notify knows no idempotency key: sent twice, a message goes out twice. So one whose answer was lost is looked for by our reference before it is handed over again. What remains unknown is a request that
/// Notify still works on while it is looked for; a minute lies between at least.
/// </remarks>
internal sealed class NotifyDoor : IMessageDoor, IDisposable
{
    private const int MostAnswer = 256 * 1024;

    /// <summary>Notify forgets what it sent after seven days: later it cannot be found out any more whether a message went.</summary>
    private static readonly TimeSpan Remembers = TimeSpan.FromDays(6);

    private static readonly TimeSpan DayLimitWait = TimeSpan.FromHours(1);
    private static readonly TimeSpan MinuteLimitWait = TimeSpan.FromMinutes(1);

    private readonly HttpClient _http;
    private readonly NotifyAccount _account;
    private readonly TimeProvider _clock;

    /// <param name="handler">What carries requests there; it must follow no redirect, which would take the token along.</param>
    public NotifyDoor(NotifyAccount account, HttpMessageHandler handler, TimeProvider clock)
    {
        (_account, _clock) = (account, clock);
        _http = new(handler) { BaseAddress = account.At, Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = MostAnswer };
    }

    public string Name => "GOV.UK Notify";
    public int? Rate => _account.Rate;
    public bool TellsDelivery => true;

    /// <summary>How long it may take to answer.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    public static SocketsHttpHandler Wire() => new()
    {
        AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5), ConnectTimeout = TimeSpan.FromSeconds(5),
    };

    public bool Takes(MessageChannel channel) => Template(channel) is not null;

    public void Dispose() => _http.Dispose();

    public async Task<DoorAnswer> Send(Message message, CancellationToken stop)
    {
        if (message.UnsureSince is { } since)
        {
            if (_clock.GetUtcNow() - since > Remembers) return new("It may have been sent some days ago, and that cannot be found out any more", DoorFault.Content);
            var (found, refused) = await Find(message, stop);
            // Whether it was sent is not known until Notify can be asked.
            if (refused is not null) return refused with { IsUnsure = true, UnsureSince = since, Fault = refused.ClosesDoor ? refused.Fault : DoorFault.Away };
            if (found is not null) return DoorAnswer.Taken with { DoorId = found };
        }
        var words = new JsonObject { ["message"] = message.Body };
        if (message.Channel == MessageChannel.Email) words["subject"] = message.Subject;
        var (answer, json) = await Request(HttpMethod.Post, message.Channel == MessageChannel.Email ? "/v2/notifications/email" : "/v2/notifications/sms", new JsonObject
        {
            [message.Channel == MessageChannel.Email ? "email_address" : "phone_number"] = message.To, ["template_id"] = $"{Template(message.Channel)}", ["reference"] = $"{message.Id}", ["personalisation"] = words,
        }, stop);
        return answer ?? (Text(json, "id") is { Length: > 0 and <= 100 } id ? DoorAnswer.Taken with { DoorId = id } : Garbled);
    }

    public async Task<DeliveryAnswer> Ask(Message message, CancellationToken stop)
    {
        var (refused, json) = await Request(HttpMethod.Get, $"/v2/notifications/{Uri.EscapeDataString(message.DoorId ?? "")}", null, stop);
        if (refused is not null) return refused is { Fault: DoorFault.Content } ? new(Delivery.NotKnown) : new(null, Closed: refused.ClosesDoor);
        return new(Text(json, "status") switch
        {
            "delivered" => Delivery.Delivered,
            "permanent-failure" or "virus-scan-failed" or "validation-failed" => Delivery.PermanentFailure,
            "temporary-failure" => Delivery.TemporaryFailure,
            "technical-failure" => Delivery.TechnicalFailure,
            _ => null,
        });
    }

    private static DoorAnswer Garbled { get; } = new("GOV.UK Notify answered something that cannot be understood", DoorFault.Away, IsUnsure: true);

    private Guid? Template(MessageChannel channel) => channel == MessageChannel.Email ? _account.EmailTemplate : _account.TextTemplate;

    /// <summary>What Notify calls the message that it has under our reference; null where it has none.</summary>
    private async Task<(string? Found, DoorAnswer? Refused)> Find(Message message, CancellationToken stop)
    {
        var (refused, json) = await Request(HttpMethod.Get, $"/v2/notifications?reference={message.Id}", null, stop);
        if (refused is not null) return (null, refused);
        if (json?["notifications"] is not JsonArray all) return (null, Garbled);
        return (all.OfType<JsonObject>().Where(n => Text(n, "reference") == $"{message.Id}").Select(n => Text(n, "id")).FirstOrDefault(id => id is { Length: > 0 and <= 100 }), null);
    }

    private async Task<(DoorAnswer? Refused, JsonObject? Json)> Request(HttpMethod method, string path, JsonObject? body, CancellationToken stop)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(stop);
        time.CancelAfter(Patience);
        try
        {
            using var request = new HttpRequestMessage(method, path);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token());
            if (body is not null) request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
            using var response = await _http.SendAsync(request, time.Token);
            // What it says of its own charset is not believed: a proxy's page may name one that nobody knows.
            var json = Read(Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync(time.Token)));
            return response.StatusCode is HttpStatusCode.OK or HttpStatusCode.Created ? (json is null ? Garbled : null, json) : (NotifyRefusal.Of(response.StatusCode, json, DayLimitWait, MinuteLimitWait), null);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return (new("GOV.UK Notify did not answer in time", DoorFault.Away, IsUnsure: true), null);
        }
        catch (HttpRequestException e)
        {
            // Where there was no connection nothing was sent.
            var isSure = e.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError;
            return (new("GOV.UK Notify is away", DoorFault.Away, IsUnsure: !isSure), null);
        }
        catch (IOException)
        {
            return (new("GOV.UK Notify is away", DoorFault.Away, IsUnsure: true), null);
        }
    }

    // A token is valid for half a minute, so each request has its own.
    private string Token()
    {
        var said = $"{Base64Url.EncodeToString("""{"typ":"JWT","alg":"HS256"}"""u8)}.{Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(new { iss = _account.ServiceId, iat = _clock.GetUtcNow().ToUnixTimeSeconds() }))}";
        return $"{said}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(_account.Secret), Encoding.UTF8.GetBytes(said)))}";
    }

    private static JsonObject? Read(string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject;
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            return null;
        }
    }

    private static string? Text(JsonObject? json, string name) => json?[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
