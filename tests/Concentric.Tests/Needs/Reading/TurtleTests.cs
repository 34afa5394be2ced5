using System.Text;
using Concentric.Needs.LinkedData;
using Concentric.Needs.Standards;
using Concentric.Needs.Standards.Reading;
using FsCheck;
using FsCheck.Fluent;

namespace Concentric.Tests.Needs.Reading;

public sealed class TurtleTests
{
    private const string Prefixes = "@prefix : <http://e.example/> .\n";

    [Theory]
    [InlineData("<http://a.example/s> <http://a.example/p> <http://a.example/o> .", "<http://a.example/s> <http://a.example/p> <http://a.example/o>")]
    [InlineData("@base <http://a.example/x/y> . <s> a <../o#f> .", "<http://a.example/x/s> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://a.example/o#f>")]
    [InlineData("BASE <http://a.example/>\nprefix q: <v#>\nq:s q:p q:o, q:r ; q:t 'x' ;; .", "<http://a.example/v#s> <http://a.example/v#p> <http://a.example/v#o>|<http://a.example/v#s> <http://a.example/v#p> <http://a.example/v#r>|<http://a.example/v#s> <http://a.example/v#t> \"x\"")]
    [InlineData(Prefixes + ":s :p 1, -2.5, 3e4, 5.e1, .5, true, false.", "<:s> <:p> \"1\"^integer|<:s> <:p> \"-2.5\"^decimal|<:s> <:p> \"3e4\"^double|<:s> <:p> \"5.e1\"^double|<:s> <:p> \".5\"^decimal|<:s> <:p> \"true\"^boolean|<:s> <:p> \"false\"^boolean")]
    [InlineData(Prefixes + ":s :p 5.", "<:s> <:p> \"5\"^integer")]
    [InlineData(Prefixes + ":s :p \"a\\tb\\u00e9\\U0001F600\\\"\"@en-GB, '''it's\nlong \"''', \"\"\"\"one\"\" \"\"\" .", "<:s> <:p> \"a\tbé😀\"\"@en-gb|<:s> <:p> \"it's\nlong \"\"|<:s> <:p> \"\"one\"\" \"")]
    [InlineData(Prefixes + ":s :p \"x\"^^:t, \"y\"^^<http://www.w3.org/2001/XMLSchema#string> .", "<:s> <:p> \"x\"^http://e.example/t|<:s> <:p> \"y\"")]
    [InlineData(Prefixes + "# a comment\n:s :p :a.b, :c\\,d, :%41:e, :0 .# another", "<:s> <:p> <:a.b>|<:s> <:p> <:c,d>|<:s> <:p> <:%41:e>|<:s> <:p> <:0>")]
    [InlineData(Prefixes + "_:x.1 :p [ :q _:y ; :r [] ] .", "_x.1 <:p> _#1|_#1 <:q> _y|_#1 <:r> _#2")]
    [InlineData(Prefixes + "[ :p :o ] .", "_#1 <:p> <:o>")]
    [InlineData(Prefixes + ":s :p (1 :b), () .", "_#1 <rdf:first> \"1\"^integer|_#1 <rdf:rest> _#2|_#2 <rdf:first> <:b>|_#2 <rdf:rest> <rdf:nil>|<:s> <:p> _#1|<:s> <:p> <rdf:nil>")]
    [InlineData(Prefixes + "@prefix a: <http://a.example/> . a:b a a:c .", "<http://a.example/b> <rdf:type> <http://a.example/c>")]
    public void Statements_are_read_as_the_recommendation_says(string turtle, string statements) =>
        Assert.Equal(statements.Split('|').Select(s => s.Replace("http://www.w3.org/1999/02/22-rdf-syntax-ns#", "rdf:", StringComparison.Ordinal)).Order(StringComparer.Ordinal), Read(turtle).Select(Shown).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("<http://a.example/s> <http://a.example/p> <o> .", 1, 43, "relative address")]
    [InlineData(Prefixes + ":s :p q:o .", 2, 7, "q:” was not declared")]
    [InlineData(Prefixes + ":s :p \"open .\n:t :p 1 .", 2, 7, "over the end of its line")]
    [InlineData(Prefixes + ":s :p '''open .", 2, 7, "never closed")]
    [InlineData(Prefixes + ":s :p <http://open", 2, 7, "never closed")]
    [InlineData(Prefixes + ":s :p <http://a b> .", 2, 16, "may not stand")]
    [InlineData(Prefixes + ":s :p \"\\x\" .", 2, 8, "escape is not known")]
    [InlineData(Prefixes + ":s :p \"\\ud800\" .", 2, 8, "no character")]
    [InlineData(Prefixes + ":s :p 1\n:t :p 2 .", 3, 1, "full stop")]
    [InlineData(Prefixes + ":s :p ( 1 2", 2, 7, "never closed")]
    [InlineData(Prefixes + ":s :p [ :q 1 .", 2, 14, "closing ]")]
    [InlineData(Prefixes + ":s 'literal' 1 .", 2, 4, "was expected")]
    [InlineData(Prefixes + "[] .", 2, 4, "was expected")]
    [InlineData("@prefix x <http://a.example/> .", 1, 9, "was expected")]
    public void A_mistake_has_its_place(string turtle, int line, int column, string reason)
    {
        var bad = Assert.Throws<BadFileException>(() => Read(turtle));

        Assert.Contains(reason, bad.Message, StringComparison.Ordinal);
        Assert.Equal((line, column), (bad.Line, bad.Column));
    }

    [Fact]
    public void Brackets_nested_without_end_are_refused() =>
        Assert.Contains("deep", Assert.Throws<BadFileException>(() => Read(Prefixes + ":s " + string.Concat(Enumerable.Repeat("\n:p [", 100_000)))).Message, StringComparison.Ordinal);

    // The examples of RFC 3986, section 5.4, whose results are facts of the standard.
    [Theory]
    [InlineData("g:h", "g:h")]
    [InlineData("g", "http://a/b/c/g")]
    [InlineData("./g", "http://a/b/c/g")]
    [InlineData("g/", "http://a/b/c/g/")]
    [InlineData("/g", "http://a/g")]
    [InlineData("//g", "http://g")]
    [InlineData("?y", "http://a/b/c/d;p?y")]
    [InlineData("g?y", "http://a/b/c/g?y")]
    [InlineData("#s", "http://a/b/c/d;p?q#s")]
    [InlineData("g;x=1/../y", "http://a/b/c/y")]
    [InlineData("", "http://a/b/c/d;p?q")]
    [InlineData(".", "http://a/b/c/")]
    [InlineData("..", "http://a/b/")]
    [InlineData("../g", "http://a/b/g")]
    [InlineData("../..", "http://a/")]
    [InlineData("../../../g", "http://a/g")]
    [InlineData("/./g", "http://a/g")]
    [InlineData("/../g", "http://a/g")]
    [InlineData("g.", "http://a/b/c/g.")]
    [InlineData("..g", "http://a/b/c/..g")]
    [InlineData("g/./h", "http://a/b/c/g/h")]
    [InlineData("g/../h", "http://a/b/c/h")]
    public void A_relative_address_is_joined_to_its_base(string reference, string joined) => Assert.Equal(joined, Iri.Resolve("http://a/b/c/d;p?q", reference));

    [Fact]
    public void Whatever_is_written_is_read_again()
    {
        var letters = Gen.Elements("a", "B", "é", "中", "😀", "\"", "'", "\\", "\n", "\r", "\t", " ", ".", "#", ":", "@", "{", "\u0001", "\u0085", "0").ListOf().Select(l => string.Concat(l));
        var address = Gen.Elements("a", "b/c", "d#e", "f?g=h", "é", "%20", "i.j", "k-l_m").Select(s => Term.Address("http://e.example/" + s));
        var literal = Gen.OneOf(
            letters.Select(t => Term.Literal(t)),
            from text in letters from language in Gen.Elements("en", "en-gb", "cy") select Term.Literal(text, language),
            from text in letters from type in Gen.Elements("integer", "date") select Term.Literal(text, datatype: Names.Xsd + type));
        var blank = Gen.Elements("x", "y1", "z.z").Select(Term.Blank);
        var triple = from subject in Gen.OneOf(address, blank)
                     from predicate in address
                     from what in Gen.OneOf(address, blank, literal)
                     select new Triple(subject, predicate.Value, what, 0);
        var styles = from triples in triple.ListOf() from style in Gen.Choose(0, 4) select (Triples: triples.ToList(), style);

        Prop.ForAll(styles.ToArbitrary(), given => Read(Write(given.Triples, given.style)).SequenceEqual(given.Triples)).Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithReplay(20261122, 3));
    }

    [Fact]
    public void Any_bytes_are_a_list_or_a_bad_file_and_never_a_crash()
    {
        // Parts of all the forms, put together at random, so that each reader gets far into its file.
        string[] parts =
        [
            "Identifier,Label", "\n", ",", "\"", "1", "{", "}", "[", "]", ":", "\"list\":", "\"items\":", "\"identifier\":\"1\"", "\"label\":\"a\"", "\"resourceType\":\"CodeSystem\"", "\"concept\":", "<a>", "</a>",
            "<Functions><Function><Identifier>1</Identifier><Label>x</Label>", "</Function></Functions>", "<ControlledList>", "<Item Id='1'>", "@prefix s: <http://www.w3.org/2004/02/skos/core#> .", "<http://a.example/1>",
            " a s:Concept ;", " s:prefLabel 'x'", "@en", " .", "_:b", "\"@context\":", "\"@id\":\"http://a.example/1\"", "\"@graph\":", "\"@type\":", "null", "é", "\\", "\\u00", "#", "(", ")", "'''", "1e", "-", "\0", "\"contents\":", "\"id\":\"1\"", "\"name\":\"n\"", "\"parent_id\":\"1\"",
        ];
        var gen = Gen.OneOf(Gen.Elements(parts).ListOf().Select(l => Encoding.UTF8.GetBytes(string.Concat(l))), Gen.Choose(0, 255).Select(b => (byte)b).ListOf().Select(l => l.ToArray()));

        Prop.ForAll(gen.ToArbitrary(), bytes =>
        {
            try
            {
                var file = ListReader.Read(SourceText.Of(bytes, "random"));
                return file.Entries.Count + file.Links.Count > 0;
            }
            catch (BadFileException bad)
            {
                return bad is { Line: > 0, Column: > 0 };
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5000).WithEndSize(60).WithReplay(20261122, 5));
    }

    private static IReadOnlyList<Triple> Read(string turtle) => new TurtleReader(SourceText.Of(Encoding.UTF8.GetBytes(turtle + "\n"), "list.ttl")).Read();

    private static string Shown(Triple triple) => $"{Shown(triple.Subject)} <{Name(triple.Predicate)}> {Shown(triple.Object)}";

    private static string Shown(Term term) => term.Kind switch
    {
        TermKind.Address => $"<{Name(term.Value)}>",
        TermKind.Blank => "_" + term.Value,
        _ => $"\"{term.Value}\"{(term.Language is null ? "" : "@" + term.Language)}{(term.Datatype is null ? "" : "^" + term.Datatype.Replace(Names.Xsd, "", StringComparison.Ordinal))}",
    };

    private static string Name(string uri) => uri.Replace("http://e.example/", ":", StringComparison.Ordinal).Replace(Names.Rdf, "rdf:", StringComparison.Ordinal);

    /// <summary>Writes statements in one of five styles: whole, with a prefix and long texts, with escapes, one after another on lines, or as the program's own writer does.</summary>
    private static string Write(List<Triple> triples, int style)
    {
        if (style == 4)
        {
            using var written = new StringWriter();
            TurtleWriter.Write(written, triples, "http://e.example/").GetAwaiter().GetResult();
            return written.ToString();
        }
        var text = new StringBuilder(style == 1 ? "@base <http://e.example/> .\n" : "# nothing\n");
        foreach (var triple in triples) text.Append(Written(triple.Subject, style)).Append(style == 2 ? "\t" : " ").Append(Written(Term.Address(triple.Predicate), style)).Append(' ').Append(Written(triple.Object, style)).Append(style == 3 ? ".\r\n" : " .\n");
        return text.ToString();
    }

    private static string Written(Term term, int style) => term.Kind switch
    {
        TermKind.Address => style == 1 ? $"<{term.Value["http://e.example/".Length..]}>" : $"<{term.Value}>",
        TermKind.Blank => $"_:{term.Value}{(style == 3 ? " " : "")}",
        _ => (style == 1 ? $"\"\"\"{term.Value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"\"\"" : $"'{Escaped(term.Value, style)}'")
            + (term.Language is not null ? "@" + term.Language : term.Datatype is not null ? $"^^<{term.Datatype}>" : ""),
    };

    private static string Escaped(string text, int style) => string.Concat(text.EnumerateRunes().Select(r => r.Value switch
    {
        '\\' => "\\\\",
        '\'' => "\\'",
        '\n' => "\\n",
        '\r' => "\\r",
        > 126 or < 32 when style == 2 => r.Value > 0xFFFF ? $"\\U{r.Value:X8}" : $"\\u{r.Value:x4}",
        _ => r.ToString(),
    }));
}
