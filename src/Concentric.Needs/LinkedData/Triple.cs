using System.Globalization;
using System.Text;

namespace Concentric.Needs.LinkedData;

internal enum TermKind { Address, Blank, Literal }

/// <summary>One end of a statement of linked data (RDF): an address, a thing without one by its label in the file, or a text.</summary>
/// <param name="Value">Full address, label, or the text itself.</param>
/// <param name="Language">Of a text in words, as <c>en</c>.</param>
/// <param name="Datatype">Full address; null for a text in words and for a plain one.</param>
internal readonly record struct Term(TermKind Kind, string Value, string? Language = null, string? Datatype = null)
{
    public bool IsLink => Kind == TermKind.Address;

    public static Term Address(string value) => new(TermKind.Address, value);
    public static Term Blank(string label) => new(TermKind.Blank, label);
    public static Term Literal(string value, string? language = null, string? datatype = null) => new(TermKind.Literal, value, language, datatype);

    public static Term Words(string text) => Literal(WellFormed(text), "en");
    public static Term Plain(string text) => Literal(WellFormed(text));
    public static Term Of(DateOnly date) => Literal(date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), datatype: Names.Xsd + "date");
    public static Term Of(DateTimeOffset at) => Literal(at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture), datatype: Names.Xsd + "dateTime");
    public static Term Of(int number) => Literal(number.ToString(CultureInfo.InvariantCulture), datatype: Names.Xsd + "integer");
    public static Term Of(double number) => Literal(((decimal)number).ToString(CultureInfo.InvariantCulture), datatype: Names.Xsd + "decimal");
    public static Term Yes { get; } = Literal("true", datatype: Names.Xsd + "boolean");

    // Half of a pair of signs cannot be written as UTF-8.
    private static string WellFormed(string text) => string.Concat(text.EnumerateRunes().Select(r => r.ToString()));
}

/// <summary>One statement of linked data, as it is told and as it is read. Two are the same wherever they stand.</summary>
/// <param name="Predicate">Full address.</param>
/// <param name="At">Where it stands in the file that it was read from.</param>
internal readonly record struct Triple(Term Subject, string Predicate, Term Object, long At = 0)
{
    public Triple(string subject, string predicate, Term what) : this(Term.Address(subject), predicate, what) { }

    public bool Equals(Triple other) => Subject == other.Subject && Predicate == other.Predicate && Object == other.Object;

    public override int GetHashCode() => HashCode.Combine(Subject, Predicate, Object);
}

internal static class Addresses
{
    /// <summary>An address with the signs escaped that no form of linked data lets stand in one.</summary>
    public static string Written(string uri)
    {
        if (!uri.Any(c => Bad(c) || char.IsSurrogate(c))) return uri;
        var written = new StringBuilder();
        foreach (var rune in uri.EnumerateRunes())
        {
            if (rune.IsBmp && Bad((char)rune.Value)) written.Append(CultureInfo.InvariantCulture, $"%{rune.Value:X2}");
            else written.Append(rune.ToString());
        }
        return written.ToString();
    }

    private static bool Bad(char c) => c is <= ' ' or '<' or '>' or '"' or '{' or '}' or '|' or '^' or '`' or '\\' or '\u007f';
}

/// <summary>The published vocabularies that the model is told in and lists are read from, and how their names are shortened.</summary>
internal static class Names
{
    public const string Rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    public const string Rdfs = "http://www.w3.org/2000/01/rdf-schema#";
    public const string Owl = "http://www.w3.org/2002/07/owl#";
    public const string Xsd = "http://www.w3.org/2001/XMLSchema#";
    public const string Skos = "http://www.w3.org/2004/02/skos/core#";
    public const string Dct = "http://purl.org/dc/terms/";
    public const string Dc = "http://purl.org/dc/elements/1.1/";
    public const string Cpsv = "http://purl.org/vocab/cpsv#";
    public const string Cv = "http://data.europa.eu/m8g/";
    public const string Org = "http://www.w3.org/ns/org#";
    public const string Foaf = "http://xmlns.com/foaf/0.1/";
    public const string Locn = "http://www.w3.org/ns/locn#";
    public const string Geo = "http://www.w3.org/2003/01/geo/wgs84_pos#";
    public const string Cc = "http://creativecommons.org/ns#";

    public const string Type = Rdf + "type";

    /// <summary>The class of areas in CPSV-AP 3.2, whose address is that of a data set.</summary>
    public const string TerritorialUnit = "http://data.europa.eu/88u/dataset/atu-type";

    /// <summary>Short names, and what they stand for.</summary>
    /// <param name="terms">Where our own words are defined.</param>
    public static IReadOnlyList<(string Short, string Full)> Prefixes(string terms) =>
    [
        ("rdf", Rdf), ("rdfs", Rdfs), ("owl", Owl), ("xsd", Xsd), ("skos", Skos), ("dct", Dct), ("dc", Dc), ("cpsv", Cpsv), ("cv", Cv),
        ("org", Org), ("foaf", Foaf), ("locn", Locn), ("geo", Geo), ("cc", Cc), ("need", terms),
    ];

    /// <summary>A full address as <c>skos:prefLabel</c>, or null where no prefix fits.</summary>
    public static string? Shortened(string uri, IReadOnlyList<(string Short, string Full)> prefixes)
    {
        foreach (var (name, full) in prefixes)
        {
            if (!uri.StartsWith(full, StringComparison.Ordinal)) continue;
            var rest = uri.AsSpan(full.Length);
            if (rest.Length > 0 && char.IsAsciiLetter(rest[0]) && rest.IndexOfAnyExcept(NameSigns) < 0) return $"{name}:{rest}";
        }
        return null;
    }

    private static readonly System.Buffers.SearchValues<char> NameSigns = System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");
}
