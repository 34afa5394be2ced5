using Concentric.Serve.Attachments;

namespace Concentric.Serve.Forms.Import;

/// <summary>Kinds of files as the source names them, by media type or extension.</summary>
internal static class FileKinds
{
    private static readonly Dictionary<string, string[]> ByType = new(StringComparer.OrdinalIgnoreCase)
    {
        ["image/jpeg"] = ["jpg", "jpeg"], ["image/jpg"] = ["jpg", "jpeg"], ["image/png"] = ["png"], ["image/gif"] = ["gif"], ["image/tiff"] = ["tif", "tiff"], ["image/heic"] = ["heic"],
        ["image/webp"] = ["webp"], ["image/*"] = ["jpg", "jpeg", "png", "gif", "webp", "heic"], ["application/pdf"] = ["pdf"], ["text/plain"] = ["txt"], ["text/csv"] = ["csv"], ["application/csv"] = ["csv"],
        ["application/rtf"] = ["rtf"], ["text/rtf"] = ["rtf"], ["application/msword"] = ["doc"], ["application/vnd.openxmlformats-officedocument.wordprocessingml.document"] = ["docx"],
        ["application/vnd.ms-excel"] = ["xls"], ["application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"] = ["xlsx"], ["application/vnd.ms-powerpoint"] = ["ppt"],
        ["application/vnd.openxmlformats-officedocument.presentationml.presentation"] = ["pptx"], ["application/vnd.oasis.opendocument.text"] = ["odt"],
        ["application/vnd.oasis.opendocument.spreadsheet"] = ["ods"], ["application/vnd.oasis.opendocument.presentation"] = ["odp"], ["application/zip"] = ["zip"], ["message/rfc822"] = ["eml"],
        ["application/vnd.ms-outlook"] = ["msg"], ["video/mp4"] = ["mp4"], ["audio/mpeg"] = ["mp3"], ["application/json"] = ["json"], ["application/xml"] = ["xml"], ["text/xml"] = ["xml"],
        ["application/vnd.google-earth.kml+xml"] = ["kml"], ["application/vnd.google-earth.kmz"] = ["kmz"], ["application/geo+json"] = ["geojson"],
        ["application/vnd.oasis.opendocument.graphics"] = ["odg"], ["application/x-iwork-pages-sffpages"] = ["pages"], ["application/vnd.ms-excel.sheet.macroEnabled.12"] = ["xlsm"],
        ["application/vnd.apple.pages"] = ["pages"], ["application/vnd.apple.numbers"] = ["numbers"], ["image/bmp"] = ["bmp"], ["image/svg+xml"] = ["svg"],
    };

    /// <summary>Extensions for what the source accepts, of the kinds that are taken here; what is not known is told, and what is never taken.</summary>
    public static IReadOnlyList<string> Extensions(string accepted, Action<string> unknown, Action<IReadOnlyList<string>> neverTaken)
    {
        var extensions = new List<string>();
        foreach (var kind in accepted.Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (ByType.TryGetValue(kind, out var known)) extensions.AddRange(known);
            else if (!kind.Contains('/', StringComparison.Ordinal) && kind.TrimStart('.', '*').ToLowerInvariant() is { Length: > 0 and <= 10 } extension && extension.All(char.IsAsciiLetterOrDigit)) extensions.Add(extension);
            else unknown(kind);
        }
        var named = extensions.Distinct(StringComparer.Ordinal).ToLookup(e => FileKind.Of(e) is not null);
        if (named[false].Any()) neverTaken([.. named[false]]);
        return [.. named[true]];
    }
}
