using System.Collections.Frozen;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Concentric.Core.Web;

/// <summary>The front-end files: read once at the start, named by their content, and served so that a browser asks for each only once.</summary>
/// <remarks>
/// govuk-frontend, ECharts, dagre and Leaflet are served as published, less what only gov.uk may use (the GDS Transport font and the royal arms)
/// and the pictures of Leaflet, which nothing shows.
/// Every file of assets/theme is served under its own name. In a theme file, <c>asset:govuk.js</c> becomes the address of
/// that file: a published one, or a theme file before it in the alphabet.
/// </remarks>
public sealed partial class Assets
{
    private static readonly FrozenDictionary<string, string> ContentTypes = new Dictionary<string, string>
    {
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml; charset=utf-8",
    }.ToFrozenDictionary();

    private readonly Dictionary<string, Asset> _assets = new(StringComparer.Ordinal);

    public Assets() : this(Path.Combine(AppContext.BaseDirectory, "assets")) { }

    /// <param name="folder">Holds govuk.css, govuk.js, echarts.js, echarts-maps.js, dagre.js, leaflet.css and leaflet.js, and a folder <c>theme</c>.</param>
    /// <exception cref="FileNotFoundException">A published file is not there: the front-end packages were not fetched before the build.</exception>
    internal Assets(string folder)
    {
        Add("govuk.css", WithoutCrown(Published(folder, "govuk.css")));
        Add("govuk.js", WithoutMap(Published(folder, "govuk.js")));
        Add("echarts.js", Published(folder, "echarts.js"));
        Add("echarts-maps.js", Published(folder, "echarts-maps.js"));
        Add("leaflet.css", PictureRule.Replace(Published(folder, "leaflet.css"), ""));
        Add("dagre.js", WithoutMap(Published(folder, "dagre.js")));
        Add("leaflet.js", WithoutMap(Published(folder, "leaflet.js")));
        foreach (var file in Directory.EnumerateFiles(Path.Combine(folder, "theme")).Order(StringComparer.Ordinal))
            Add(Path.GetFileName(file), AssetAddress.Replace(File.ReadAllText(file), m => Url(m.Groups[1].Value)));
        // What every page needs in one file, so that a first visit asks for less.
        Add(Everywhere, string.Concat(OnEveryPage.Where(_assets.ContainsKey).Select(Text)));
    }

    /// <summary>The style sheet of every page.</summary>
    public const string Everywhere = "site.css";

    private static readonly string[] OnEveryPage = ["govuk.css", "theme.css", "forms.css"];

    /// <summary>Names of all files served.</summary>
    public IReadOnlyCollection<string> Names => _assets.Keys;

    /// <summary>The address of a file, which changes whenever its content does: "/assets/3f2a…/theme.css".</summary>
    /// <exception cref="ArgumentException">There is no such file.</exception>
    public string Url(string name) =>
        _assets.TryGetValue(name, out var asset) ? $"/assets/{asset.Fingerprint}/{name}" : throw new ArgumentException($"There is no front-end file “{name}”.", nameof(name));

    /// <summary>The text of a file as it is served.</summary>
    internal string Text(string name) => Encoding.UTF8.GetString(_assets[name].Plain);

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapMethods("/assets/{fingerprint}/{name}", [HttpMethods.Get, HttpMethods.Head], Serve).ForEverybody().ExcludeFromDescription();

    private static IResult Serve(string fingerprint, string name, Assets assets, HttpContext http)
    {
        if (!assets._assets.TryGetValue(name, out var asset) || asset.Fingerprint != fingerprint) return Results.NotFound();

        var headers = http.Response.Headers;
        headers.CacheControl = "public, max-age=31536000, immutable";
        headers.Vary = HeaderNames.AcceptEncoding;
        var (body, encoding) = asset.For(http.Request.GetTypedHeaders().AcceptEncoding);
        if (encoding is not null) headers.ContentEncoding = encoding;
        return Results.Bytes(body, asset.ContentType, entityTag: new($"\"{fingerprint}-{encoding ?? "plain"}\""));
    }

    private static string Published(string folder, string name)
    {
        var path = Path.Combine(folder, name);
        return File.Exists(path) ? File.ReadAllText(path) : throw new FileNotFoundException($"{path} is missing: run “npm ci” in assets/ and build again.", path);
    }

    private void Add(string name, string text)
    {
        var plain = Encoding.UTF8.GetBytes(text);
        var type = ContentTypes.GetValueOrDefault(Path.GetExtension(name)) ?? throw new InvalidOperationException($"The front-end file “{name}” is of no known kind.");
        _assets[name] = new(Convert.ToHexStringLower(SHA256.HashData(plain))[..16], type, plain);
    }

    // Both belong to gov.uk alone: the font by its licence, the arms by law. Comments go because they name them.
    private static string WithoutCrown(string css)
    {
        css = CrownRule.Replace(FontFace.Replace(Comment.Replace(css, ""), ""), "");
        return css.Replace("GDS Transport,", "", StringComparison.Ordinal);
    }

    private static string WithoutMap(string js) => SourceMap.Replace(js, "");

    [GeneratedRegex(@"/\*.*?\*/", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Comment { get; }

    [GeneratedRegex(@"@font-face\{[^}]*\}", RegexOptions.CultureInvariant)]
    private static partial Regex FontFace { get; }

    [GeneratedRegex(@"(?<=[{}])[^{};]*\.govuk-footer__(crown|copyright-logo)[^{};]*\{[^{}]*\}", RegexOptions.CultureInvariant)]
    private static partial Regex CrownRule { get; }

    [GeneratedRegex(@"[\w-]+:\s*url\([^)]*\);", RegexOptions.CultureInvariant)]
    private static partial Regex PictureRule { get; }

    [GeneratedRegex(@"//# sourceMappingURL=\S+", RegexOptions.CultureInvariant)]
    private static partial Regex SourceMap { get; }

    [GeneratedRegex(@"asset:([\w.-]+)", RegexOptions.CultureInvariant)]
    private static partial Regex AssetAddress { get; }

    private sealed class Asset(string fingerprint, string contentType, byte[] plain)
    {
        // Compressed when first asked for: the start need not wait for a charting library that few pages load.
        private readonly Lazy<byte[]> _brotli = new(() => Compress(plain, to => new BrotliStream(to, new BrotliCompressionOptions { Quality = 9 })));
        private readonly Lazy<byte[]> _gzip = new(() => Compress(plain, to => new GZipStream(to, CompressionLevel.SmallestSize)));

        public string Fingerprint => fingerprint;
        public string ContentType => contentType;
        public byte[] Plain => plain;

        public (byte[] Body, string? Encoding) For(IList<StringWithQualityHeaderValue> accepted)
        {
            bool Takes(string encoding) => accepted.Any(a => a.Value.Equals(encoding, StringComparison.OrdinalIgnoreCase) && a.Quality is not 0);
            if (Takes("br")) return (_brotli.Value, "br");
            return Takes("gzip") ? (_gzip.Value, "gzip") : (plain, null);
        }

        private static byte[] Compress(byte[] plain, Func<Stream, Stream> compressor)
        {
            var to = new MemoryStream();
            using (var stream = compressor(to)) stream.Write(plain);
            return to.ToArray();
        }
    }
}
