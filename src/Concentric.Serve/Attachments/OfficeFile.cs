using System.Text;
using System.Xml;

namespace Concentric.Serve.Attachments;

/// <summary>Documents that are zip files: Word, Excel and OpenDocument text. They must hold their parts, and nothing that runs.</summary>
internal static class OfficeFile
{
    private const int MostPart = 2 * 1024 * 1024;
    private const int MostInside = 10 * 1024 * 1024;

    private static readonly string[] NeverInside =
        [".exe", ".dll", ".scr", ".bat", ".cmd", ".js", ".vbs", ".ps1", ".hta", ".lnk", ".jar", ".msi", ".html", ".htm", ".zip", ".7z", ".rar", ".gz", ".tar", ".iso", ".docm", ".xlsm", ".xlsb", ".pptm", ".sct"];

    // Of the old container: a packed file of any kind, and macros.
    private static readonly byte[][] InOldFiles = [Encoding.Unicode.GetBytes("Ole10Native"), Encoding.Unicode.GetBytes("_VBA_PROJECT")];

    /// <summary>What is wrong with it, or null.</summary>
    public static FileProblem? Check(string kind, ReadOnlyMemory<byte> file) => Check(kind, file, new(), depth: 0);

    private static FileProblem? Check(string kind, ReadOnlyMemory<byte> file, UnpackBudget budget, int depth)
    {
        // A document of before 2007, or one that is encrypted as a whole, which Office keeps in the same container.
        if (file.Span.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0])) return file.Span.IndexOf(Encoding.Unicode.GetBytes("EncryptedPackage")) >= 0 ? FileProblem.Locked : FileProblem.Format;
        if (ZipDirectory.Read(file.Span, budget) is not { } entries) return FileProblem.Format;
        if (entries.Any(e => e.Locked)) return FileProblem.Locked;
        if (entries.Any(Runs)) return FileProblem.Macros;
        var problem = kind == "odt" ? CheckOpenDocument(file, entries) : CheckOpenXml(kind, file, entries);
        return problem ?? entries.Select(e => CheckInside(file, e, budget, depth)).FirstOrDefault(p => p is not null);
    }

    private static bool Runs(ZipEntry entry) =>
        entry.Name.Contains("vbaProject", StringComparison.OrdinalIgnoreCase) || entry.Name.Contains("vbaData", StringComparison.OrdinalIgnoreCase)
        || entry.Name.Contains("/activeX/", StringComparison.OrdinalIgnoreCase) || entry.Name.Contains("/macrosheets/", StringComparison.OrdinalIgnoreCase)
        || entry.Name.StartsWith("Basic/", StringComparison.OrdinalIgnoreCase) || entry.Name.StartsWith("Scripts/", StringComparison.OrdinalIgnoreCase)
        || Array.Exists(NeverInside, end => entry.Name.EndsWith(end, StringComparison.OrdinalIgnoreCase));

    private static FileProblem? CheckOpenXml(string kind, ReadOnlyMemory<byte> file, IReadOnlyList<ZipEntry> entries)
    {
        var main = kind == "docx" ? "wordprocessingml.document.main+xml" : "spreadsheetml.sheet.main+xml";
        if (!Has(entries, "_rels/.rels") || !Has(entries, kind == "docx" ? "word/document.xml" : "xl/workbook.xml") || Text(file, entries, "[Content_Types].xml") is not { } types) return FileProblem.Format;
        if (types.Contains("macroEnabled", StringComparison.OrdinalIgnoreCase) || types.Contains("vbaProject", StringComparison.OrdinalIgnoreCase)) return FileProblem.Macros;
        if (!types.Contains(main, StringComparison.Ordinal)) return FileProblem.Format;
        foreach (var entry in entries.Where(e => e.Name.EndsWith(".rels", StringComparison.OrdinalIgnoreCase)))
            if (ZipDirectory.Whole(file, entry, MostPart) is not { } links) return FileProblem.Damaged;
            else if (FetchesWhenOpened(links)) return FileProblem.Macros;
        return null;
    }

    private static FileProblem? CheckOpenDocument(ReadOnlyMemory<byte> file, IReadOnlyList<ZipEntry> entries)
    {
        if (entries[0] is not { Name: "mimetype", Packed: false } || Text(file, entries, "mimetype")?.Trim() != "application/vnd.oasis.opendocument.text") return FileProblem.Format;
        if (!Has(entries, "content.xml") || Text(file, entries, "META-INF/manifest.xml") is not { } manifest) return FileProblem.Format;
        return manifest.Contains("encryption-data", StringComparison.Ordinal) ? FileProblem.Locked : null;
    }

    /// <summary>Unpacks an entry as far as it says it goes, and looks at its first bytes: a workbook behind a chart may be inside, and nothing else that is a file of its own.</summary>
    private static FileProblem? CheckInside(ReadOnlyMemory<byte> file, ZipEntry entry, UnpackBudget budget, int depth)
    {
        var first = new List<byte>(8);
        if (!ZipDirectory.Unpack(file, entry, part => first.AddRange(part[..Math.Min(part.Length, Math.Max(0, 8 - first.Count))]))) return FileProblem.Damaged;
        var start = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(first);
        if (start.StartsWith("MZ"u8) || start.StartsWith("\x7f\x45LF"u8) || start.StartsWith("Rar!"u8) || start.StartsWith((ReadOnlySpan<byte>)[(byte)'7', (byte)'z', 0xBC, 0xAF])) return FileProblem.Macros;
        if (start.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0])) return ZipDirectory.Whole(file, entry, MostInside) is { } old && !Array.Exists(InOldFiles, sign => old.AsSpan().IndexOf(sign) >= 0) ? null : FileProblem.Macros;
        if (!start.StartsWith("PK\x03\x04"u8)) return null;
        var kind = Path.GetExtension(entry.Name).TrimStart('.').ToLowerInvariant();
        if (depth > 0 || kind is not ("docx" or "xlsx") || !entry.Name.Contains("/embeddings/", StringComparison.OrdinalIgnoreCase) || !budget.SpendDocument() || ZipDirectory.Whole(file, entry, MostInside) is not { } inside) return FileProblem.Macros;
        return Check(kind, inside, budget, depth + 1);
    }

    /// <summary>Whether opening the document would fetch a template, a frame or an object from the web, which is how a plain document brings a macro in.</summary>
    private static bool FetchesWhenOpened(byte[] links)
    {
        try
        {
            using var xml = XmlReader.Create(new MemoryStream(links), new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = MostPart });
            while (xml.Read())
                if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "Relationship" && xml.GetAttribute("TargetMode") == "External"
                    && (xml.GetAttribute("Type") ?? "").Split('/')[^1] is "attachedTemplate" or "oleObject" or "frame" or "subDocument" or "package"
                    && Uri.TryCreate(xml.GetAttribute("Target"), UriKind.Absolute, out var to) && !(to.IsFile && !to.IsUnc))
                    return true;
            return false;
        }
        catch (XmlException)
        {
            return true;
        }
    }

    private static bool Has(IReadOnlyList<ZipEntry> entries, string name) => entries.Any(e => e.Name == name);

    private static string? Text(ReadOnlyMemory<byte> file, IReadOnlyList<ZipEntry> entries, string name) =>
        entries.FirstOrDefault(e => e.Name == name) is { Name: not null } entry && ZipDirectory.Whole(file, entry, MostPart) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;
}
