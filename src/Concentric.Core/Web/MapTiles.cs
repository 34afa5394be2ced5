using System.Globalization;

namespace Concentric.Core.Web;

/// <summary>Where the pictures of a map come from. Not from this program: a reader's browser asks that server for them.</summary>
/// <param name="Template">Address of a tile, with <c>{z}</c>, <c>{x}</c> and <c>{y}</c> in it.</param>
/// <param name="Origin">The server of the template alone, as <c>https://tiles.example.gov.uk</c>: what the content security policy allows.</param>
/// <param name="Attribution">Whom the map has to name; plain text.</param>
/// <param name="Latitude">Middle of the map at first, in degrees north.</param>
/// <param name="Longitude">Middle of the map at first, in degrees east.</param>
/// <param name="Zoom">How near it is at first: each further step shows half the width.</param>
public sealed record MapTiles(string Template, string Origin, string Attribution, decimal Latitude, decimal Longitude, int Zoom)
{
    public const int NearestZoom = 19;

    private static readonly string[] Placeholders = ["{z}", "{x}", "{y}"];

    /// <summary>Middle and zoom, as the page's script reads them.</summary>
    public string Centre => string.Create(CultureInfo.InvariantCulture, $"{Latitude},{Longitude},{Zoom}");

    /// <summary>Reads the settings; null where there is no tile server.</summary>
    /// <exception cref="RefusedException">A value is not what it must be; the message names the variable.</exception>
    public static MapTiles? Read(string template, string attribution, string centre)
    {
        if (template.Length == 0) return null;

        var origin = OriginOf(template) ?? throw new RefusedException(
            $"CONCENTRIC_TILES is “{template}”. It must be an address that begins with https://, with {{z}}, {{x}} and {{y}} and no other braces in its path, " +
            "as https://tiles.example.gov.uk/{z}/{x}/{y}.png. Plain http is taken from http://127.0.0.1 only.");
        return centre.Split(',', StringSplitOptions.TrimEntries) is [var north, var east, var near]
            && decimal.TryParse(north, Degrees, CultureInfo.InvariantCulture, out var latitude) && latitude is >= 49 and <= 61
            && decimal.TryParse(east, Degrees, CultureInfo.InvariantCulture, out var longitude) && longitude is >= -9 and <= 2
            && int.TryParse(near, NumberStyles.None, CultureInfo.InvariantCulture, out var zoom) && zoom is >= 6 and <= NearestZoom
            ? new(template, origin, attribution, latitude, longitude, zoom)
            : throw new RefusedException(
                $"CONCENTRIC_MAP_CENTRE is “{centre}”. It must be a latitude from 49 to 61, a longitude from -9 to 2 and a zoom from 6 to {NearestZoom}, as 53.8,-1.55,12.");
    }

    private const NumberStyles Degrees = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;

    /// <summary>The server of a template, or null if it is none. It goes into a header, so only a plain host can be one.</summary>
    private static string? OriginOf(string template)
    {
        if (!template.All(c => c is > ' ' and < '\x7f') || !Placeholders.All(p => template.Contains(p, StringComparison.Ordinal))) return null;

        var filled = Placeholders.Aggregate(template, (text, p) => text.Replace(p, "0", StringComparison.Ordinal));
        if (filled.AsSpan().ContainsAny('{', '}') || !Uri.TryCreate(filled, UriKind.Absolute, out var web)) return null;
        if (web is not { UserInfo: "", Fragment: "", HostNameType: UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6 }) return null;
        if (web.Scheme != Uri.UriSchemeHttps && (web.Scheme != Uri.UriSchemeHttp || web.Host != "127.0.0.1")) return null;

        // Also keeps the placeholders out of the host, whose tiles would come from many servers.
        var origin = web.GetLeftPart(UriPartial.Authority);
        return template.StartsWith($"{origin}/", StringComparison.OrdinalIgnoreCase) ? origin : null;
    }
}
