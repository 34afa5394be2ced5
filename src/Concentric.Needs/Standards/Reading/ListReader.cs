using System.Text.RegularExpressions;

namespace Concentric.Needs.Standards.Reading;

/// <summary>Reads a list in any of the forms that are known. Which it is goes by what is in the file and never by its name alone.</summary>
internal static partial class ListReader
{
    private const string Forms = "Known are: CSV of esd-toolkit (a list, a hierarchy, a mapping), both its XML forms, JSON of LG Inform, SKOS as Turtle or JSON-LD, CodeSystem and ConceptMap of FHIR as JSON, and taxonomies of Open Referral UK as JSON.";

    /// <param name="wanted">The address of the list to take, where a file holds several.</param>
    /// <exception cref="BadFileException">It is none of them, or it is one and not in order. The message says where and why.</exception>
    public static ListFile Read(SourceText source, string? wanted = null)
    {
        var start = source.Bytes.AsSpan().TrimStart(" \t\r\n"u8);
        // XML says its own encoding, so it is looked at as bytes.
        if (start[0] == '<' && Xml.IsMatch(Beginning(start))) return XmlList.Read(source);
        var text = source.Text.AsSpan().TrimStart();
        if (text[0] == '{' || (text[0] == '[' && JsonArray.IsMatch(Beginning(start)))) return JsonList.Read(source, wanted);
        if (LooksLikeTurtle(text)) return SkosList.Of(source, "SKOS as Turtle", source.OfCharacter, new TurtleReader(source).Read(), wanted);

        var table = CsvTable.Of(source);
        var columns = new CsvColumns(source, table);
        if (MappingCsv.Fits(columns)) return MappingCsv.Read(source, table);
        if (columns.Find("Identifier") >= 0 || columns.Find("Label") >= 0) return EsdCsv.Read(source, table);
        var first = ListDraft.Short(text[..Math.Min(text.Length, 120)].ToString().Split('\n')[0]);
        var hint = first.Contains("dentifier;", StringComparison.Ordinal) ? " Its columns are parted by semicolons: save it with commas." : "";
        throw source.Bad(new(1, 1), $"this is none of the forms that are known; it begins with “{first}”, and the header has no column Identifier.{hint} {Forms}");
    }

    private static string Beginning(ReadOnlySpan<byte> bytes) => System.Text.Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, 400)]);

    // After comments and blank lines: a directive, or a statement whose subject is an address, a blank node or a name with a prefix.
    private static bool LooksLikeTurtle(ReadOnlySpan<char> text)
    {
        while (text.Length > 0 && text[0] == '#')
        {
            var end = text.IndexOf('\n');
            text = end < 0 ? [] : text[end..].TrimStart();
        }
        return text.Length > 0 && Turtle.IsMatch(text[..Math.Min(text.Length, 2000)]);
    }

    [GeneratedRegex(@"\A<(\?xml|!--|!DOCTYPE|[A-Za-z_][\w.:-]*(\s|/?>))", RegexOptions.IgnoreCase)]
    private static partial Regex Xml { get; }

    [GeneratedRegex(@"\A\[\s*([{\[""\]0-9]|true|false|null)")]
    private static partial Regex JsonArray { get; }

    [GeneratedRegex(@"\A(@prefix\s|@base\s|prefix\s+[^\s:]*:\s*<|base\s*<|<[^>\s]*>\s|\[|_:|[A-Za-z][\w.-]*:\S*\s+(a\s|<|[A-Za-z][\w.-]*:))", RegexOptions.IgnoreCase)]
    private static partial Regex Turtle { get; }
}
