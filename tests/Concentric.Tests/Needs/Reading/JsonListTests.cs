namespace Concentric.Tests.Needs.Reading;

public sealed class JsonListTests
{
    [Fact]
    public void LG_Inform_gives_items_with_parents_and_mappings()
    {
        var file = Lists.Read("""
            {"list": {"identifier": "organisationTypes", "label": "Kinds of organisations", "uri": "http://id.esd.org.uk/list/organisationTypes", "modified": "2020-02-03T04:05:06", "rights": "Free",
              "items": [
                {"identifier": "214", "label": "Academy", "uri": "http://id.esd.org.uk/organisationType/214", "parents": [{"identifier": "57", "label": "School"}],
                 "mappings": {"needs": [{"identifier": "9", "label": "Learning", "uri": "http://id.esd.org.uk/need/9"}]}, "lists": []},
                {"identifier": 57, "label": "School", "uri": "http://id.esd.org.uk/organisationType/57", "parents": [], "mappings": {}}
              ]}}
            """);

        Assert.Equal("214 Academy < 57; 57 School", file.Shape());
        Assert.Equal("214 mapped http://id.esd.org.uk/need/9", file.Links());
        Assert.Equal(("organisationTypes", "2020-02-03", "Free", "JSON of LG Inform"), (file.Header.Identifier, file.Header.Version, file.Header.Licence, file.Format));
        Assert.Equal(3, file.Where(file.Entries[0].At).Line);
    }

    [Fact]
    public void A_CodeSystem_of_FHIR_has_nested_concepts_properties_and_designations()
    {
        var file = Lists.Read("""
            {"resourceType": "CodeSystem", "url": "http://id.esd.org.uk/service", "version": "2026-07-08", "title": "Services", "publisher": "Us", "content": "complete",
             "concept": [
              {"code": "1", "display": "Learning at home", "definition": "What it is.", "designation": [{"value": "Home school"}, {"use": {"code": "former-name"}, "value": "Lessons"}, {"language": "cy", "value": "Dysgu"}],
               "concept": [{"code": "2", "display": "Tuition", "property": [{"code": "status", "valueCode": "deprecated"}, {"code": "replacedBy", "valueCode": "1"}]}]},
              {"code": "3", "display": "Meals", "property": [{"code": "parent", "valueCode": "1"}]}
             ]}
            """);

        Assert.Equal("1 Learning at home; 2 Tuition < 1; 3 Meals < 1", file.Shape());
        Assert.Equal(("http://id.esd.org.uk/list/services", "2026-07-08", "Us"), (file.Header.Uri, file.Header.Version, file.Header.Attribution));
        Assert.Equal("Home school Citizen, Lessons Historic", string.Join(", ", file.Entries[0].OtherNames.Select(n => $"{n.Text} {n.Kind}")));
        Assert.Equal((true, "1", "http://id.esd.org.uk/service/2"), (file.Entries[1].Retired, file.Entries[1].ReplacedBy[0], file.Entries[1].Uri));
        Assert.False(file.IsPart);
    }

    [Fact]
    public void A_fragment_of_a_CodeSystem_says_that_it_is_a_part() =>
        Assert.True(Lists.Read("""{"resourceType": "CodeSystem", "url": "http://x.example/s", "content": "fragment", "concept": [{"code": "a", "display": "A"}]}""").IsPart);

    [Fact]
    public void A_ConceptMap_of_FHIR_gives_links_by_how_close_they_are()
    {
        var file = Lists.Read("""
            {"resourceType": "ConceptMap", "url": "http://x.example/map", "version": "3", "group": [{"source": "http://id.esd.org.uk/service", "target": "http://x.example/needs", "element": [
              {"code": "1", "target": [{"code": "a", "equivalence": "equivalent"}, {"code": "b", "relationship": "source-is-narrower-than-target"}, {"code": "c", "equivalence": "relatedto"}]},
              {"code": "2", "target": [{"equivalence": "unmatched"}]}]}]}
            """);

        Assert.Equal("http://id.esd.org.uk/service/1 http://www.w3.org/2004/02/skos/core#exactMatch http://x.example/needs a; "
            + "http://id.esd.org.uk/service/1 http://www.w3.org/2004/02/skos/core#broadMatch http://x.example/needs b; "
            + "http://id.esd.org.uk/service/1 mapped http://x.example/needs c", file.Links());
        Assert.Contains("1 codes", Assert.Single(file.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_Referral_3_has_terms_of_a_taxonomy()
    {
        var file = Lists.Read("""
            {"taxonomies": [{"id": "t1", "name": "Kinds of help", "uri": "http://x.example/help", "version": "4"}],
             "taxonomy_terms": [{"id": "a", "name": "Help", "taxonomy_id": "t1"}, {"id": "b", "name": "Help at home", "parent_id": "a", "taxonomy_id": "t1", "term_uri": "http://x.example/help/b"}]}
            """);

        Assert.Equal("a Help; b Help at home < a", file.Shape());
        Assert.Equal(("http://x.example/help", "Kinds of help", "4"), (file.Header.Uri, file.Header.Label, file.Header.Version));
    }

    [Fact]
    public void A_page_of_Open_Referral_says_that_it_is_a_part_and_the_taxonomies_alone_are_refused()
    {
        Assert.True(Lists.Read("""{"total_pages": 3, "page_number": 1, "contents": [{"id": "a", "name": "Help", "taxonomy": "ours"}]}""").IsPart);
        Assert.Contains("/taxonomy_terms", Lists.Bad("""{"contents": [{"id": "a", "name": "Kinds", "uri": "http://x.example/k"}]}""").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_Referral_1_has_prefixes_that_mean_a_known_list_and_may_hold_several()
    {
        const string Two = """{"content": [{"id": "esdServiceType:242", "name": "Bins", "vocabulary": "esdServiceType"}, {"id": "x", "name": "Other", "vocabulary": "mine", "parent_id": ""}]}""";

        Assert.Contains("2 taxonomies: esdServiceType, mine", Lists.Bad(Two).Message, StringComparison.Ordinal);
        var file = Lists.Read(Two, "esdServiceType");
        Assert.Equal(("242 Bins", "http://id.esd.org.uk/list/services", "http://id.esd.org.uk/service/242"), (file.Shape(), file.Header.Uri, file.Entries[0].Uri));
        Assert.Equal("x Other", Lists.Read(Two, "mine").Shape());
    }

    [Theory]
    [InlineData("{\"list\": {\"items\": [\n  {\"identifier\": \"1\"}]}}", 2, 3, "no label")]
    [InlineData("{\"list\": {\"items\": [{\"label\": \"x\"}]}}", 1, 21, "no identifier")]
    [InlineData("{\"list\": {\"items\": [{\"identifier\": \"é\", \"label\": \"x\"}, {\"identifier\": \"é\", \"label\": \"y\"}]}}", 1, 56, "in line 1 already")]
    [InlineData("{\"a\": 1,\n \"a\": 2}", 2, 2, "twice")]
    [InlineData("{\"a\": \n[1,}", 2, 4, "well-formed")]
    [InlineData("{\"a\": 1", 1, 8, "well-formed")]
    [InlineData("{\"a\": \"\\ud800\"}", 1, 7, "half of a pair")]
    [InlineData("{\"a\": 1}", 1, 1, "none of the forms")]
    [InlineData("{\"resourceType\": \"Bundle\"}", 1, 18, "Bundle")]
    [InlineData("{\"resourceType\": \"CodeSystem\", \"concept\": [{\"code\": \"1\"}]}", 1, 44, "no display")]
    [InlineData("{\"resourceType\": \"CodeSystem\"}", 1, 1, "no entry")]
    [InlineData("[{\"id\": \"a\", \"name\": \"A\", \"parent_id\": \"z\", \"vocabulary\": \"v\"}]", 1, 2, "has no such entry")]
    public void A_bad_file_says_where_and_why(string text, int line, int column, string reason) => Lists.Refused(text, line, column, reason);

    [Fact]
    public void Brackets_nested_without_end_are_refused() =>
        Assert.Contains("well-formed", Lists.Bad("{\"a\":" + new string('[', 100_000)).Message, StringComparison.Ordinal);
}
