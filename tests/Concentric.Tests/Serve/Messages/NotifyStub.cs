using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Concentric.Tests.Serve.Messages;

/// <summary>The ways in which GOV.UK Notify answers, as its documentation lists them, and those of a network that nobody lists.</summary>
public enum NotifyMood
{
    Well, NotAnAddress, NotANumber, International, TeamOnly, TrialMode, NoTemplate, MissingPersonalisation, TooLong, TooLarge, ClockWrong, KeyUnknown, MinuteLimit, DayLimit, Fails, Unavailable, GatewayHtml,
    Redirects, NothingThere, HangsUp, TakesAndHangsUp, Silent, TakesAndIsSilent, TakesAndFails, TakesAndTellsGarbage, TakesAndTellsTooMuch,
}

/// <summary>What the stub took.</summary>
public sealed record NotifyTaken(string Id, string Reference, string Kind, string To, string Subject, string Message, string Template);

/// <summary>GOV.UK Notify on a port of this machine: a real web server that checks tokens as Notify does and fails as it is told.</summary>
public sealed class NotifyStub : IAsyncDisposable
{
    public const string Service = "26785a09-ab16-4eb0-8407-a37497a57506", Secret = "3d844edf-8d35-48ac-975b-e847b4f122b0", Key = $"northmoor-{Service}-{Secret}";
    public const string EmailTemplate = "11111111-1111-4111-8111-111111111111", TextTemplate = "22222222-2222-4222-8222-222222222222";

    private readonly WebApplication _app;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<string, NotifyTaken> _byReference = new(StringComparer.Ordinal), _byId = new(StringComparer.Ordinal);

    private NotifyStub(TimeProvider clock)
    {
        _clock = clock;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(Answer);
    }

    public static async Task<NotifyStub> Start(TimeProvider clock)
    {
        var stub = new NotifyStub(clock);
        await stub._app.StartAsync();
        return stub;
    }

    public string Address => _app.Urls.Single();

    /// <summary>How it answers what is sent to whom.</summary>
    public Func<string, NotifyMood> Mood { get; set; } = _ => NotifyMood.Well;

    /// <summary>How long it takes over an answer.</summary>
    public TimeSpan Takes { get; set; }

    /// <summary>What it says became of a message.</summary>
    public string Status { get; set; } = "delivered";

    /// <summary>What it took to send, in the order in which it came: a citizen would have got each of these.</summary>
    public ConcurrentQueue<NotifyTaken> Taken { get; } = [];

    /// <summary>How often somebody wanted to hand something over.</summary>
    public int Knocks => _knocks;

    private int _knocks;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _app.DisposeAsync();
        _stop.Dispose();
    }

    private async Task Answer(HttpContext http)
    {
        try
        {
            if (Takes > TimeSpan.Zero) await Task.Delay(Takes, _stop.Token);
            if (Refused(http.Request) is var (status, said)) await Error(http, status, "AuthError", said);
            else if (http.Request.Method == "POST") await Post(http);
            else await Get(http);
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task Post(HttpContext http)
    {
        Interlocked.Increment(ref _knocks);
        var json = (await JsonNode.ParseAsync(http.Request.Body))!.AsObject();
        var kind = http.Request.Path.Value!.Split('/')[^1];
        var to = (string)(kind == "email" ? json["email_address"] : json["phone_number"])!;
        var template = (string)json["template_id"]!;
        var mood = Mood(to);
        if (template != (kind == "email" ? EmailTemplate : TextTemplate)) mood = NotifyMood.NoTemplate;
        string? id = null;
        if (mood is NotifyMood.Well or NotifyMood.TakesAndHangsUp or NotifyMood.TakesAndIsSilent or NotifyMood.TakesAndFails or NotifyMood.TakesAndTellsGarbage or NotifyMood.TakesAndTellsTooMuch)
        {
            id = $"{Guid.CreateVersion7(_clock.GetUtcNow())}";
            var words = json["personalisation"]!.AsObject();
            var taken = new NotifyTaken(id, (string)json["reference"]!, kind, to, (string?)words["subject"] ?? "", (string)words["message"]!, template);
            (_byId[id], _byReference[taken.Reference]) = (taken, taken);
            Taken.Enqueue(taken);
        }
        await (mood switch
        {
            NotifyMood.Well => Json(http, 201, new() { ["id"] = id, ["reference"] = json["reference"]!.DeepClone(), ["content"] = new JsonObject(), ["uri"] = "", ["template"] = new JsonObject() }),
            NotifyMood.NotAnAddress => Error(http, 400, "ValidationError", $"email_address Not a valid email address {to}"),
            NotifyMood.NotANumber => Error(http, 400, "InvalidPhoneError", "Not enough digits"),
            NotifyMood.International => Error(http, 400, "BadRequestError", "Cannot send to international mobile numbers"),
            NotifyMood.TeamOnly => Error(http, 400, "BadRequestError", "Can’t send to this recipient using a team-only API key"),
            NotifyMood.TrialMode => Error(http, 400, "BadRequestError", "Can’t send to this recipient when service is in trial mode – see https://www.notifications.service.gov.uk/trial-mode"),
            NotifyMood.NoTemplate => Error(http, 400, "BadRequestError", "Template not found"),
            NotifyMood.MissingPersonalisation => Error(http, 400, "BadRequestError", "Missing personalisation: name"),
            NotifyMood.TooLong => Error(http, 400, "BadRequestError", "Text messages cannot be longer than 918 characters. Your message is 1000 characters"),
            NotifyMood.TooLarge => Text(http, 413, "Request Entity Too Large"),
            NotifyMood.ClockWrong => Error(http, 403, "AuthError", "Error: Your system clock must be accurate to within 30 seconds"),
            NotifyMood.KeyUnknown => Error(http, 403, "AuthError", "Invalid token: API key not found"),
            NotifyMood.MinuteLimit => Error(http, 429, "RateLimitError", "Exceeded rate limit for key type LIVE of 3000 requests per 60 seconds"),
            NotifyMood.DayLimit => Error(http, 429, "TooManyRequestsError", "Exceeded send limits (250000) for today"),
            NotifyMood.Fails or NotifyMood.TakesAndFails => Error(http, 500, "Exception", "Internal server error"),
            NotifyMood.Unavailable => Text(http, 503, "Service Unavailable"),
            NotifyMood.GatewayHtml => Text(http, 502, "<html><h1>502 Bad Gateway</h1></html>"),
            NotifyMood.Redirects => Redirect(http),
            NotifyMood.NothingThere => Text(http, 404, "not here"),
            NotifyMood.TakesAndTellsGarbage => Text(http, 201, "<html>Welcome to the free network of this hotel</html>"),
            NotifyMood.TakesAndTellsTooMuch => Text(http, 201, $"{{\"id\":\"{id}\",\"content\":\"{new string('a', 1_000_000)}\"}}"),
            NotifyMood.Silent or NotifyMood.TakesAndIsSilent => Task.Delay(TimeSpan.FromMinutes(1), _stop.Token),
            _ => HangUp(http),
        });
    }

    private async Task Get(HttpContext http)
    {
        // A network that fails does so for a question as well.
        if (Mood("") is NotifyMood.HangsUp or NotifyMood.TakesAndHangsUp)
        {
            await HangUp(http);
            return;
        }
        if (Mood("") is NotifyMood.Fails or NotifyMood.TakesAndFails)
        {
            await Error(http, 500, "Exception", "Internal server error");
            return;
        }
        if (http.Request.Query["reference"] is [{ } reference])
            await Json(http, 200, new() { ["notifications"] = _byReference.TryGetValue(reference, out var found) ? new JsonArray(Notification(found)) : [], ["links"] = new JsonObject() });
        else if (_byId.TryGetValue(http.Request.Path.Value!.Split('/')[^1], out var known)) await Json(http, 200, Notification(known));
        else await Error(http, 404, "NoResultFound", "No result found");
    }

    private JsonObject Notification(NotifyTaken taken) => new() { ["id"] = taken.Id, ["reference"] = taken.Reference, ["status"] = Status, ["type"] = taken.Kind };

    private (int, string)? Refused(HttpRequest request)
    {
        var parts = request.Headers.Authorization.ToString().Replace("Bearer ", "", StringComparison.Ordinal).Split('.');
        if (parts.Length != 3) return (401, "Unauthorized: authentication token must be provided");
        var mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes($"{parts[0]}.{parts[1]}"));
        if (!CryptographicOperations.FixedTimeEquals(Base64Url.DecodeFromChars(parts[2]), mac)) return (403, "Invalid token: API key not found");
        var claims = JsonNode.Parse(Base64Url.DecodeFromChars(parts[1]))!;
        if ((string?)claims["iss"] != Service) return (403, "Invalid token: service not found");
        return Math.Abs(_clock.GetUtcNow().ToUnixTimeSeconds() - (long)claims["iat"]!) > 30 ? (403, "Error: Your system clock must be accurate to within 30 seconds") : null;
    }

    private static Task Error(HttpContext http, int status, string error, string message) =>
        Json(http, status, new() { ["status_code"] = status, ["errors"] = new JsonArray(new JsonObject { ["error"] = error, ["message"] = message }) });

    private static Task Json(HttpContext http, int status, JsonObject json)
    {
        http.Response.ContentType = "application/json";
        http.Response.StatusCode = status;
        return http.Response.WriteAsync(json.ToJsonString());
    }

    private static Task Text(HttpContext http, int status, string text)
    {
        http.Response.StatusCode = status;
        return http.Response.WriteAsync(text);
    }

    private static Task Redirect(HttpContext http)
    {
        http.Response.Redirect("https://elsewhere.example/");
        return Task.CompletedTask;
    }

    private static Task HangUp(HttpContext http)
    {
        http.Abort();
        return Task.CompletedTask;
    }
}
