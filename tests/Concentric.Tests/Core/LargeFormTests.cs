using System.Net;
using System.Net.Http.Headers;
using Concentric.Core.Web;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Tests.Core;

/// <summary>How much somebody may send before anything is known of them. By the real server: the one that tests use has no such limits.</summary>
public sealed class LargeFormTests : IDisposable
{
    // It takes files, so the server lets 101 MB through to it.
    private const string Page = "/forms/pothole/0123456789abcdef0123456789abcdef/photos";

    private readonly TestApp _app = new();
    private readonly HttpClient _http;

    public LargeFormTests()
    {
        _app.UseKestrel(0);
        _app.StartServer();
        _http = new() { BaseAddress = new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()) };
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_form_without_files_may_be_so_large_and_no_larger(bool chunked)
    {
        using var large = await Send(Typed(AntiforgeryFilter.MostTyped + 1000), chunked);
        using var small = await Send(Typed(AntiforgeryFilter.MostTyped - 1000), chunked);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
        Assert.Contains("You sent more than we can take", await large.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        // Read as a whole; only its token is missing.
        Assert.Equal(HttpStatusCode.BadRequest, small.StatusCode);
    }

    [Fact]
    public async Task Files_may_be_larger()
    {
        using var body = new MultipartFormDataContent { { new ByteArrayContent(new byte[3 * AntiforgeryFilter.MostTyped]), "photos", "a.jpg" } };

        using var response = await Send(body, chunked: false);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Theory]
    [InlineData(-1000, HttpStatusCode.BadRequest)]
    [InlineData(1000, HttpStatusCode.RequestEntityTooLarge)]
    public async Task What_is_typed_beside_files_may_be_no_larger(int more, HttpStatusCode status)
    {
        using var body = new MultipartFormDataContent { { new ByteArrayContent(new byte[100_000]), "photos", "a.jpg" } };
        for (var part = 0; part < 2; part++) body.Add(new StringContent(new string('x', (int)(AntiforgeryFilter.MostTyped + more) / 2)), "words");

        using var response = await Send(body, chunked: false);

        Assert.Equal(status, response.StatusCode);
    }

    [Fact]
    public async Task A_form_with_files_that_breaks_off_or_is_none_is_refused()
    {
        foreach (var text in (string[])["", "--x", "--x\r\n", "--x\r\nContent-Disposition: form-data; name=a\r\n\r\nb", "--x\r\nContent-Disposition: ;;\r\n\r\nb\r\n--x--\r\n", "nothing"])
        {
            using var body = new StringContent(text) { Headers = { ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x") } };

            using var response = await Send(body, chunked: false);

            Assert.True(response.StatusCode == HttpStatusCode.BadRequest, $"{text}: {response.StatusCode}");
        }
    }

    public void Dispose()
    {
        _http.Dispose();
        _app.Dispose();
    }

    private async Task<HttpResponseMessage> Send(HttpContent body, bool chunked)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Page) { Content = body };
        request.Headers.TransferEncodingChunked = chunked;
        // With it the sender hears of the refusal before it sends anything.
        request.Headers.ExpectContinue = true;
        return await _http.SendAsync(request);
    }

    // Many values, because one alone has a limit of its own.
    private static ByteArrayContent Typed(long length)
    {
        var bytes = new byte[length];
        for (var at = 0; at < bytes.Length; at++) bytes[at] = (at % 100_000) switch { 0 => (byte)'&', 1 => (byte)'a', 2 => (byte)'=', _ => (byte)'x' };
        return new(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded") } };
    }
}
