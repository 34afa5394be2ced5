namespace Concentric.Needs.Standards.Reading;

internal enum TermKind { Address, Blank, Literal }

/// <summary>One end of an RDF statement: an address, a blank node by its label in the file, or a literal.</summary>
internal readonly record struct Term(TermKind Kind, string Value, string? Language = null, string? Datatype = null)
{
    public static Term Address(string value) => new(TermKind.Address, value);
    public static Term Blank(string label) => new(TermKind.Blank, label);
    public static Term Literal(string value, string? language = null, string? datatype = null) => new(TermKind.Literal, value, language, datatype);
}

/// <summary>One RDF statement. Two are the same wherever they stand.</summary>
internal readonly record struct Triple(Term Subject, string Predicate, Term Object, long At)
{
    public bool Equals(Triple other) => Subject == other.Subject && Predicate == other.Predicate && Object == other.Object;

    public override int GetHashCode() => HashCode.Combine(Subject, Predicate, Object);
}

/// <summary>The vocabularies that lists are written in.</summary>
internal static class Rdf
{
    public const int MostTriples = 5_000_000;

    public const string Syntax = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    public const string Schema = "http://www.w3.org/2000/01/rdf-schema#";
    public const string Owl = "http://www.w3.org/2002/07/owl#";
    public const string Skos = "http://www.w3.org/2004/02/skos/core#";
    public const string Terms = "http://purl.org/dc/terms/";
    public const string Elements = "http://purl.org/dc/elements/1.1/";
    public const string Xsd = "http://www.w3.org/2001/XMLSchema#";

    public const string Type = Syntax + "type";
    public const string First = Syntax + "first";
    public const string Rest = Syntax + "rest";
    public const string Nil = Syntax + "nil";
}
