using System.IO.Compression;
using System.Net;
using System.Text.RegularExpressions;
using Concentric.Core.Web;

namespace Concentric.Tests.Design;

/// <summary>The front-end files as a browser gets them.</summary>
public sealed class AssetsTests(Gallery gallery) : IClassFixture<Gallery>
{
    private static readonly string[] OfGovUkAlone = ["GDS", "@font-face", ".woff", "crown", "crest", "Transport"];

    [Fact]
    public void No_style_sheet_names_what_only_gov_uk_may_use()
    {
        var assets = new Assets();

        foreach (var name in assets.Names.Where(n => n.EndsWith(".css", StringComparison.Ordinal)))
        {
            Assert.All(OfGovUkAlone, word => Assert.DoesNotContain(word, assets.Text(name), StringComparison.OrdinalIgnoreCase));
            Assert.DoesNotContain("url(", assets.Text(name), StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public void The_style_sheet_loses_nothing_else()
    {
        var published = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "assets/govuk.css"));
        var served = new Assets().Text("govuk.css");

        Assert.Contains("GDS Transport", published, StringComparison.Ordinal);
        Assert.Equal(Classes(published).Where(c => c is not ".govuk-footer__crown" and not ".govuk-footer__copyright-logo"), Classes(served));
        Assert.Equal(served.Count(c => c == '{'), served.Count(c => c == '}'));

        static IEnumerable<string> Classes(string css) => Regex.Matches(css, @"\.govuk-[\w-]+").Select(m => m.Value).Distinct().Order(StringComparer.Ordinal);
    }

    [Fact]
    public void The_first_script_imports_the_components_at_the_address_they_have()
    {
        var assets = new Assets();

        Assert.Contains($"from \"{assets.Url("govuk.js")}\"", assets.Text("init.js"), StringComparison.Ordinal);
        Assert.DoesNotContain("asset:", string.Concat(assets.Names.Where(n => n is not ("echarts.js" or "echarts-maps.js" or "govuk.js")).Select(assets.Text)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("govuk.css", "text/css; charset=utf-8")]
    [InlineData("theme.css", "text/css; charset=utf-8")]
    [InlineData("govuk.js", "text/javascript; charset=utf-8")]
    [InlineData("echarts.js", "text/javascript; charset=utf-8")]
    [InlineData("leaflet.js", "text/javascript; charset=utf-8")]
    [InlineData("leaflet.css", "text/css; charset=utf-8")]
    [InlineData("favicon.svg", "image/svg+xml; charset=utf-8")]
    public async Task A_browser_may_keep_a_file_for_ever(string name, string type)
    {
        var response = await gallery.Client.GetAsync(gallery.Assets.Url(name), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(type, response.Content.Headers.ContentType!.ToString());
        Assert.Equal("public, max-age=31536000, immutable", string.Join(", ", response.Headers.GetValues("Cache-Control")));
        Assert.Equal("Accept-Encoding", response.Headers.Vary.Single());
        Assert.Equal(gallery.Assets.Text(name), await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("br, gzip", "br")]
    [InlineData("gzip, deflate", "gzip")]
    [InlineData("gzip;q=0.5, br;q=0", "gzip")]
    [InlineData("identity", null)]
    [InlineData("br;q=0", null)]
    public async Task A_file_is_sent_compressed_as_the_browser_asks(string accepted, string? encoding)
    {
        var response = await Get(gallery.Assets.Url("govuk.css"), ("Accept-Encoding", accepted));
        var body = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);

        await using var plain = encoding switch { "br" => new BrotliStream(body, CompressionMode.Decompress), "gzip" => new GZipStream(body, CompressionMode.Decompress), _ => body };
        Assert.Equal(encoding, response.Content.Headers.ContentEncoding.SingleOrDefault());
        Assert.Equal(gallery.Assets.Text("govuk.css"), await new StreamReader(plain).ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_file_that_the_browser_has_is_not_sent_again()
    {
        var first = await Get(gallery.Assets.Url("theme.css"), ("Accept-Encoding", "br"));

        var second = await Get(gallery.Assets.Url("theme.css"), ("Accept-Encoding", "br"), ("If-None-Match", first.Headers.ETag!.ToString()));

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Theory]
    [InlineData("/assets/0000000000000000/theme.css")]
    [InlineData("/assets/0000000000000000/nothing.css")]
    [InlineData("/assets/0000000000000000/..%2Fgovuk.css")]
    public async Task A_file_that_is_not_there_is_not_found(string address) =>
        Assert.Equal(HttpStatusCode.NotFound, (await Get(address)).StatusCode);

    [Fact]
    public void An_address_changes_with_the_content_and_only_then()
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(folder, "theme"));
            foreach (var name in new[] { "govuk.css", "govuk.js", "echarts.js", "echarts-maps.js", "dagre.js", "leaflet.css", "leaflet.js", "theme/new.css" }) File.WriteAllText(Path.Combine(folder, name), "a{}");
            var first = new Assets(folder);
            File.WriteAllText(Path.Combine(folder, "theme/new.css"), "b{}");
            var second = new Assets(folder);

            Assert.NotEqual(first.Url("new.css"), second.Url("new.css"));
            Assert.Equal(first.Url("govuk.js"), second.Url("govuk.js"));
            Assert.Throws<ArgumentException>(() => first.Url("theme.css"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_package_that_was_not_fetched_is_named()
    {
        var missing = Assert.Throws<FileNotFoundException>(() => new Assets(Path.Combine(Path.GetTempPath(), "no-such-folder")));

        Assert.Contains("npm ci", missing.Message, StringComparison.Ordinal);
    }

    private Task<HttpResponseMessage> Get(string address, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return gallery.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
