namespace Concentric.Tests.Needs.Reading;

public sealed class SkosTests
{
    private const string Turtle = """
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        @prefix dct: <http://purl.org/dc/terms/> .
        @prefix owl: <http://www.w3.org/2002/07/owl#> .
        @prefix x: <http://x.example/moods/> .
        <http://x.example/moods> a skos:ConceptScheme ; skos:prefLabel "Moods"@en, "Hwyliau"@cy ; owl:versionInfo "1.2" ; dct:license <http://l.example/free> ; dct:publisher "Some council" ; skos:hasTopConcept x:calm .
        x:calm a skos:Concept ; skos:inScheme <http://x.example/moods> ; skos:prefLabel "Calm"@en, "Tawel"@cy ; skos:altLabel "At ease"@en ; skos:notation "C1" ; skos:narrower x:asleep .
        x:asleep a skos:Concept ; skos:prefLabel "Asleep" ; skos:definition "Not awake." ; dct:modified "2020-01-02"^^<http://www.w3.org/2001/XMLSchema#date> ; skos:closeMatch <http://id.esd.org.uk/circumstance/Asleep> .
        x:dozing a skos:Concept ; skos:prefLabel "Dozing" ; skos:broader x:asleep ; owl:deprecated true ; dct:isReplacedBy x:asleep .
        """;

    private const string JsonLd = """
        {"@context": {"skos": "http://www.w3.org/2004/02/skos/core#", "dct": "http://purl.org/dc/terms/", "owl": "http://www.w3.org/2002/07/owl#", "@base": "http://x.example/",
            "id": "@id", "type": "@type", "prefLabel": {"@id": "skos:prefLabel", "@container": "@language"}, "altLabel": {"@id": "skos:altLabel", "@language": "en"},
            "narrower": {"@id": "skos:narrower", "@type": "@id"}, "under": {"@reverse": "skos:narrower", "@type": "@id"}, "Concept": "skos:Concept", "modified": {"@id": "dct:modified", "@type": "http://www.w3.org/2001/XMLSchema#date"}},
         "@graph": [
          {"id": "moods", "type": "skos:ConceptScheme", "prefLabel": {"en": "Moods", "cy": "Hwyliau"}, "owl:versionInfo": "1.2", "dct:license": {"id": "http://l.example/free"}, "dct:publisher": "Some council", "skos:hasTopConcept": {"id": "moods/calm"}},
          {"id": "moods/calm", "type": "Concept", "skos:inScheme": {"id": "moods"}, "prefLabel": {"en": "Calm", "cy": "Tawel"}, "altLabel": ["At ease"], "skos:notation": "C1"},
          {"id": "moods/asleep", "type": ["Concept"], "under": "moods/calm", "skos:prefLabel": "Asleep", "skos:definition": {"@value": "Not awake."}, "modified": "2020-01-02", "skos:closeMatch": {"id": "http://id.esd.org.uk/circumstance/Asleep"},
           "narrower": {"id": "moods/dozing", "type": "Concept", "skos:prefLabel": "Dozing", "owl:deprecated": true, "dct:isReplacedBy": {"id": "moods/asleep"}}}
         ]}
        """;

    private const string Expanded = """
        [{"@id": "http://x.example/moods/calm", "@type": ["http://www.w3.org/2004/02/skos/core#Concept"], "http://www.w3.org/2004/02/skos/core#prefLabel": [{"@value": "Calm", "@language": "en"}], "http://www.w3.org/2004/02/skos/core#inScheme": [{"@id": "http://x.example/moods"}]}]
        """;

    [Theory]
    [InlineData(Turtle, "SKOS as Turtle")]
    [InlineData(JsonLd, "SKOS as JSON-LD")]
    public void A_list_is_the_same_as_Turtle_and_as_JSON_LD(string text, string format)
    {
        var file = Lists.Read(text);

        Assert.Equal("C1 Calm; asleep Asleep < C1; dozing Dozing < asleep", string.Join("; ", file.Shape().Split("; ").Order(StringComparer.Ordinal)));
        Assert.Equal((format, "http://x.example/moods", "moods", "Moods", "1.2", "http://l.example/free", "Some council"),
            (file.Format, file.Header.Uri, file.Header.Identifier, file.Header.Label, file.Header.Version, file.Header.Licence, file.Header.Attribution));
        var asleep = file.Entries.Single(e => e.Identifier == "asleep");
        Assert.Equal(("Not awake.", new DateOnly(2020, 1, 2), "http://x.example/moods/asleep"), (asleep.Definition, asleep.Modified, asleep.Uri));
        Assert.Equal("At ease", Assert.Single(file.Entries.Single(e => e.Identifier == "C1").OtherNames).Text);
        var dozing = file.Entries.Single(e => e.Identifier == "dozing");
        Assert.Equal((true, "http://x.example/moods/asleep"), (dozing.Retired, Assert.Single(dozing.ReplacedBy)));
        Assert.Equal("http://x.example/moods/asleep http://www.w3.org/2004/02/skos/core#closeMatch http://id.esd.org.uk/circumstance/Asleep", file.Links());
    }

    [Fact]
    public void An_expanded_document_needs_no_context()
    {
        var file = Lists.Read(Expanded);

        Assert.Equal(("calm Calm", "http://x.example/moods"), (file.Shape(), file.Header.Uri));
    }

    [Fact]
    public void A_context_that_is_known_by_its_address_is_not_fetched()
    {
        var file = Lists.Read("""{"@context": "http://www.w3.org/2004/02/skos/core", "@id": "http://x.example/1", "@type": "Concept", "prefLabel": "One"}""");

        Assert.Equal("1 One", file.Shape());
    }

    [Fact]
    public void A_file_with_several_lists_asks_which()
    {
        var two = Turtle + "<http://x.example/other> a skos:ConceptScheme . <http://x.example/other/1> skos:inScheme <http://x.example/other> ; skos:prefLabel \"One\" .";

        Assert.Contains("2 lists: http://x.example/moods, http://x.example/other", Lists.Bad(two).Message, StringComparison.Ordinal);
        Assert.Equal("1 One", Lists.Read(two, "http://x.example/other").Shape());
    }

    [Theory]
    [InlineData("""{"@context": "https://elsewhere.example/context.jsonld", "@graph": []}""", 1, 14, "nothing is fetched")]
    [InlineData("""{"@context": {"x": {"@id": "http://x.example/", "@context": {}}}, "@id": "http://x.example/1"}""", 1, 61, "not known to this reader")]
    [InlineData("""{"@context": {"@import": "x"}, "@id": "http://x.example/1"}""", 1, 26, "not known to this reader")]
    [InlineData("""{"@id": "relative", "@type": "http://www.w3.org/2004/02/skos/core#Concept"}""", 1, 9, "relative address")]
    [InlineData("""{"@context": {"@base": "x"}, "@id": "http://x.example/1"}""", 1, 24, "full address")]
    [InlineData("@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n<http://x.example/1> a skos:Concept .", 2, 24, "no skos:prefLabel")]
    [InlineData("@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n<http://x.example/1> a skos:Concept ; skos:prefLabel \"a\"@en, \"b\"@en .", 2, 62, "two skos:prefLabels in en")]
    [InlineData("@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n<http://x.example/1> a skos:Concept ; skos:prefLabel \"a\" ; skos:broader <http://x.example/2> .", 2, 24, "has no such entry")]
    [InlineData("<http://x.example/1> <http://x.example/p> 1 .", 1, 1, "no entry")]
    public void A_bad_file_says_where_and_why(string text, int line, int column, string reason) => Lists.Refused(text, line, column, reason);
}
