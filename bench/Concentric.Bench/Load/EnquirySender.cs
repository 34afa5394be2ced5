using System.Buffers.Text;
using System.Text;
using System.Text.RegularExpressions;
using Concentric.Bench.Running;

namespace Concentric.Bench.Load;

/// <summary>One citizen's browser that sends enquiries: it opened the form once, and each sending has an idempotency token of its own.</summary>
internal sealed partial class EnquirySender : IDisposable
{
    private readonly WebConnection _connection;
    private readonly byte[] _request;
    private readonly int _token;

    private EnquirySender(WebConnection connection, string cookie, string antiforgery, string email)
    {
        _connection = connection;
        var body = $"Token={Guid.Empty}&Service=524&Words=The+recycling+bin+of+our+house+was+not+emptied+on+Tuesday%2C+though+it+was+out+before+seven." +
            "+Our+neighbours%E2%80%99+bins+were.+Can+somebody+come+back+for+it+this+week%2C+please%3F" +
            $"&Email={Uri.EscapeDataString(email)}&__RequestVerificationToken={Uri.EscapeDataString(antiforgery)}";
        var head = $"POST /enquiries/new HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {body.Length}\r\nCookie: {cookie}\r\n\r\n";
        _request = Encoding.ASCII.GetBytes(head + body);
        _token = head.Length + "Token=".Length;
        Cookie = cookie;
    }

    /// <summary>The form's cookie, as the browser gives it back.</summary>
    public string Cookie { get; }

    public WebConnection Connection => _connection;

    /// <summary>Opens the form and takes what it gives.</summary>
    /// <exception cref="BenchException">The form was not shown, or holds no tokens.</exception>
    public static async Task<EnquirySender> Open(int port, string email)
    {
        var connection = await WebConnection.Open(port);
        await connection.Get("/enquiries/new");
        var (cookie, token) = (connection.Header("Set-Cookie")?.Split(';')[0], AntiforgeryToken.Match(connection.Text()));
        if (connection.Status != 200 || cookie is null || !token.Success) throw new BenchException($"/enquiries/new answered {connection.Status} without a form to send");
        return new(connection, cookie, System.Net.WebUtility.HtmlDecode(token.Groups[1].Value), email);
    }

    /// <summary>Sends the enquiry under that token and returns the status.</summary>
    public async ValueTask<int> Send(Guid token)
    {
        Utf8Formatter.TryFormat(token, _request.AsSpan(_token), out _);
        await _connection.Send(_request);
        return _connection.Status;
    }

    /// <summary>The reference that the last answer gave, or null.</summary>
    public string? Reference => _connection.Status == 302 && _connection.Header("Location") is { } to && SentPage.Match(to) is { Success: true } sent ? sent.Groups[1].Value : null;

    public void Dispose() => _connection.Dispose();

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex AntiforgeryToken { get; }

    [GeneratedRegex("^/enquiries/([^/]+)/sent([?].*)?$")]
    private static partial Regex SentPage { get; }
}
