using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Concentric.Core;
using Microsoft.Extensions.Logging;

namespace Concentric.Serve.Forms;

/// <summary>GOV.UK Pay, by its API (https://docs.payments.service.gov.uk).</summary>
internal sealed class GovUkPay : IPaymentDoor, IDisposable
{
    /// <summary>All of GOV.UK Pay: the API and the pages on which people pay have different hosts under it.</summary>
    private const string Domain = ".payments.service.gov.uk";

    private const int MostText = 255;
    private const int MostAnswer = 64 * 1024;

    private readonly HttpClient _http;
    private readonly Uri _at;
    private readonly ILogger<GovUkPay> _log;

    /// <param name="handler">What carries requests there; it must follow no redirect, which would take the key along.</param>
    public GovUkPay(Settings settings, HttpMessageHandler handler, ILogger<GovUkPay> log)
    {
        (_at, _log) = (settings.PayUrl, log);
        _http = new(handler) { BaseAddress = settings.PayUrl, Timeout = System.Threading.Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = MostAnswer };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", settings.PayKey);
        _http.DefaultRequestHeaders.Accept.Add(new("application/json"));
    }

    public string Name => "gov.uk-pay";
    public string? FormsTo => IsGovUk(_at) ? $"https://*{Domain}" : _at.GetLeftPart(UriPartial.Authority);

    /// <summary>How long it may take to answer.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(15);

    public Task<PaymentAnswer> Create(PaymentWanted wanted, CancellationToken stop = default)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/payments")
        {
            Content = new StringContent(new JsonObject
            {
                ["amount"] = wanted.AmountPence, ["reference"] = wanted.Reference, ["description"] = wanted.Description[..Math.Min(MostText, wanted.Description.Length)],
                ["return_url"] = wanted.ReturnTo, ["language"] = wanted.Language == Language.Welsh ? "cy" : "en", ["delayed_capture"] = false,
            }.ToJsonString(), Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Idempotency-Key", wanted.Key);
        return Ask(request, stop);
    }

    public Task<PaymentAnswer> Find(string id, CancellationToken stop = default) => Ask(new(HttpMethod.Get, $"/v1/payments/{Uri.EscapeDataString(id)}"), stop);

    public void Dispose() => _http.Dispose();

    private async Task<PaymentAnswer> Ask(HttpRequestMessage request, CancellationToken stop)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(stop);
        time.CancelAfter(Patience);
        try
        {
            using (request)
            {
                using var response = await _http.SendAsync(request, time.Token);
                var text = await response.Content.ReadAsStringAsync(time.Token);
                return response.StatusCode is HttpStatusCode.OK or HttpStatusCode.Created ? Read(text) : Refusal(response.StatusCode, text);
            }
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            _log.LogWarning("GOV.UK Pay did not answer within {Seconds} s", (int)Patience.TotalSeconds);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            _log.LogWarning("GOV.UK Pay is away: {Kind}", (e as HttpRequestException)?.HttpRequestError.ToString() ?? e.GetType().Name);
        }
        return PaymentAnswer.Of(PaymentFault.Away);
    }

    private PaymentAnswer Refusal(HttpStatusCode status, string text)
    {
        if (status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError)
        {
            _log.LogWarning("GOV.UK Pay cannot answer now: {Status}", (int)status);
            return PaymentAnswer.Of(PaymentFault.Away);
        }
        _log.LogError("GOV.UK Pay refused what was asked: {Status} {Code}", (int)status, Code(text));
        return PaymentAnswer.Of(status == HttpStatusCode.NotFound ? PaymentFault.Unknown : PaymentFault.Refused);
    }

    private PaymentAnswer Read(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            var (root, state) = (json.RootElement, json.RootElement.GetProperty("state"));
            var (id, amount, reference) = (root.GetProperty("payment_id").GetString(), root.GetProperty("amount").GetInt64(), root.GetProperty("reference").GetString());
            var stands = StateOf(state.GetProperty("status").GetString(), state.GetProperty("finished").GetBoolean());
            if (id is { Length: > 0 and <= 100 } && reference is not null && stands is { } known)
                return new(new(id, amount, reference, known, Next(root)));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
        }
        _log.LogError("GOV.UK Pay answered something that cannot be understood");
        return PaymentAnswer.Of(PaymentFault.Unusable);
    }

    // A state and "finished" that do not go together are no answer: it would be a guess whether money was taken.
    private static ProviderState? StateOf(string? status, bool finished) => (status, finished) switch
    {
        ("created", false) => ProviderState.Created,
        ("started", false) => ProviderState.Started,
        ("submitted", false) => ProviderState.Submitted,
        ("capturable", false) => ProviderState.Capturable,
        ("success", true) => ProviderState.Success,
        ("failed", true) => ProviderState.Failed,
        ("cancelled", true) => ProviderState.Cancelled,
        ("error", true) => ProviderState.Error,
        _ => null,
    };

    /// <summary>The page to pay on, where it is one of the provider's own.</summary>
    private string? Next(JsonElement root)
    {
        if (!root.TryGetProperty("_links", out var links) || !links.TryGetProperty("next_url", out var next) || next.ValueKind != JsonValueKind.Object) return null;
        var href = next.GetProperty("href").GetString();
        if (Uri.TryCreate(href, UriKind.Absolute, out var to) && to is { Scheme: "https", UserInfo: "" } && IsProviders(to)) return to.AbsoluteUri;
        _log.LogError("GOV.UK Pay named a page to pay on that is not its own; nobody is sent there");
        return null;
    }

    private bool IsProviders(Uri to) => IsGovUk(_at) ? IsGovUk(to) && to.IsDefaultPort : to.Authority == _at.Authority;

    private static bool IsGovUk(Uri at) => at.Host.EndsWith(Domain, StringComparison.OrdinalIgnoreCase);

    // Its codes are as P0101; nothing else of what it says may go into the log.
    private static string Code(string text)
    {
        try
        {
            return JsonNode.Parse(text) is JsonObject json && json["code"] is JsonValue code && code.TryGetValue<string>(out var said)
                && said is ['P', ..] && said.Length <= 8 && said[1..].All(char.IsAsciiDigit) ? said : "without a code";
        }
        catch (JsonException)
        {
            return "without a code";
        }
    }
}
