namespace Concentric.Serve.Attachments;

/// <summary>A kind of file that forms can take. What is not here is not taken.</summary>
/// <param name="Name">Its usual extension: <c>jpg</c>.</param>
/// <param name="Title">As messages call it: <c>JPG</c>.</param>
/// <param name="MediaType">The type under which it is given out.</param>
/// <param name="Extensions">All its extensions.</param>
/// <param name="SentAs">What browsers and phones call it beside <paramref name="MediaType"/>.</param>
internal sealed record FileKind(string Name, string Title, string MediaType, IReadOnlyList<string> Extensions, IReadOnlyList<string> SentAs)
{
    // Photographs in HEIC are left out: what they say of place and person cannot be taken out without decoding them, and
    // phones make a JPEG of them by themselves where a page takes JPEG only.
    public static IReadOnlyList<FileKind> All { get; } =
    [
        new("pdf", "PDF", "application/pdf", ["pdf"], ["application/x-pdf"]),
        new("jpg", "JPG", "image/jpeg", ["jpg", "jpeg"], ["image/jpg", "image/pjpeg"]),
        new("png", "PNG", "image/png", ["png"], ["image/x-png"]),
        new("docx", "DOCX", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ["docx"], ["application/zip", "application/x-zip-compressed"]),
        new("xlsx", "XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ["xlsx"], ["application/zip", "application/x-zip-compressed"]),
        new("odt", "ODT", "application/vnd.oasis.opendocument.text", ["odt"], ["application/zip", "application/x-zip-compressed", "application/x-vnd.oasis.opendocument.text"]),
        new("txt", "TXT", "text/plain", ["txt"], []),
        new("csv", "CSV", "text/csv", ["csv"], ["text/plain", "text/comma-separated-values", "text/x-csv", "application/csv", "application/vnd.ms-excel"]),
    ];

    /// <summary>The kind of an extension without its dot, in any case; null where we take none such.</summary>
    public static FileKind? Of(string extension) => All.FirstOrDefault(k => k.Extensions.Contains(extension, StringComparer.OrdinalIgnoreCase));

    /// <summary>The kinds that a question takes: those it names, or all.</summary>
    public static IReadOnlyList<FileKind> Taken(IReadOnlyList<string> accept)
    {
        var named = All.Where(k => accept.Any(a => k.Extensions.Contains(a.TrimStart('.'), StringComparer.OrdinalIgnoreCase))).ToList();
        return named.Count > 0 ? named : All;
    }

    /// <summary>What the <c>accept</c> of a file box says for these kinds.</summary>
    public static string AcceptOf(IReadOnlyList<string> accept) => string.Join(',', Taken(accept).SelectMany(k => k.Extensions).Select(e => $".{e}"));

    /// <summary>Whether what the browser says of the file agrees with its name. Saying nothing, or "some bytes", is no contradiction.</summary>
    public bool Allows(string? declaredType)
    {
        var type = (declaredType ?? "").Split(';')[0].Trim().ToLowerInvariant();
        return type is "" or "application/octet-stream" or "binary/octet-stream" || type == MediaType || SentAs.Contains(type);
    }
}
