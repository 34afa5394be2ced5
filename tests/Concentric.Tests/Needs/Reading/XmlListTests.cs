using Concentric.Needs.Standards.Reading;

namespace Concentric.Tests.Needs.Reading;

public sealed class XmlListTests
{
    private const string Nested = """
        <?xml version="1.0" encoding="UTF-8"?>
        <Functions>
          <URI>http://id.esd.org.uk/FunctionList</URI>
          <Modified>2012-04-05T00:00:00</Modified>
          <Rights>Free under &lt;a href="x"&gt;a licence&lt;/a&gt;.</Rights>
          <Function>
            <Identifier>1</Identifier><Label>Money</Label><URI>http://id.esd.org.uk/function/1</URI><Description></Description><Created>2011-01-01T10:00:00.1</Created>
            <Functions>
              <Function><Identifier>2</Identifier><Label>Benefits</Label>
                <Services><Service><Identifier>190</Identifier><Label>Advice on benefits</Label><URI>http://id.esd.org.uk/service/190</URI></Service></Services>
              </Function>
            </Functions>
          </Function>
        </Functions>
        """;

    private const string Controlled = """
        <ControlledList xmlns="http://www.esd.org.uk/standards" Version="2.01" VersionDate="2006-04-01" ListName="Subjects" ItemName="Subject" HomeLocation="http://lists.example/subjects">
          <Metadata><Creator>Somebody</Creator><Title>A list of subjects</Title><Rights>Ours to give</Rights></Metadata>
          <Item Id="10" ConceptId="1"><Name>Animals</Name></Item>
          <Item Id="11"><Name>Dogs</Name><AlternativeName>Hounds</AlternativeName><ScopeNotes>Not cats.</ScopeNotes><BroaderItem Id="10">Animals</BroaderItem><BroaderItem Id="12">Pets</BroaderItem></Item>
          <Item Id="12"><Name>Pets</Name><RelatedItem Id="10">Animals</RelatedItem></Item>
        </ControlledList>
        """;

    [Fact]
    public void The_nested_form_gives_a_hierarchy_and_links_to_what_stands_below_it()
    {
        var file = Lists.Read(Nested);

        Assert.Equal("1 Money; 2 Benefits < 1", file.Shape());
        Assert.Equal("2 contains http://id.esd.org.uk/service/190", file.Links());
        Assert.Equal(("http://id.esd.org.uk/FunctionList", "2012-04-05", "Free under a licence."), (file.Header.Uri, file.Header.Version, file.Header.Licence));
        Assert.Contains("1 entries of another kind", Assert.Single(file.Notes), StringComparison.Ordinal);
        Assert.Equal(6, file.Where(file.Entries[0].At).Line);
    }

    [Fact]
    public void The_older_form_has_several_parents_other_names_and_related_items()
    {
        var file = Lists.Read(Controlled);

        Assert.Equal("10 Animals; 11 Dogs < 10+12; 12 Pets", file.Shape());
        Assert.Equal("12 http://www.w3.org/2004/02/skos/core#related 10", file.Links());
        Assert.Equal(("http://lists.example/subjects", "2.01", "Somebody", "A list of subjects", "Ours to give"), (file.Header.Uri, file.Header.Version, file.Header.Attribution, file.Header.Label, file.Header.Licence));
        Assert.Equal(("Hounds", "Not cats."), (file.Entries[1].OtherNames[0].Text, file.Entries[1].ScopeNote));
    }

    [Theory]
    [InlineData("<!DOCTYPE x [<!ENTITY a \"b\">]><x>&a;</x>", 1, 1, "DOCTYPE")]
    [InlineData("<Functions>\n  <Function>\n</Functions>", 3, 3, "well-formed")]
    [InlineData("<html><body/></html>", 1, 2, "the root is")]
    [InlineData("<Functions><Function><Identifier>1</Identifier></Function></Functions>", 1, 13, "no Label")]
    [InlineData("<Functions><Function><Identifier>1</Identifier><Label>a</Label></Function><Function><Label>a</Label></Function></Functions>", 1, 76, "no Identifier")]
    [InlineData("<Functions><Function><Identifier>1</Identifier><Label>a</Label></Function>\n<Function><Identifier>1</Identifier><Label>b</Label></Function></Functions>", 2, 2, "in line 1 already")]
    [InlineData("<ControlledList><Item><Name>a</Name></Item></ControlledList>", 1, 18, "no Id")]
    [InlineData("<ControlledList><Item Id='1'><Name>a</Name><BroaderItem Id='2'/></Item></ControlledList>", 1, 18, "has no such entry")]
    [InlineData("<ControlledList/>", 1, 2, "no Item")]
    [InlineData("<?xml version='1.0' encoding='klingon'?><x/>", 1, 31, "well-formed")]
    public void A_bad_file_says_where_and_why(string text, int line, int column, string reason) => Lists.Refused(text, line, column, reason);

    [Fact]
    public void Elements_nested_without_end_are_refused()
    {
        var deep = string.Concat(Enumerable.Repeat("<a>", 100_000));

        Assert.Contains("deep", Lists.Bad(deep).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_may_be_in_the_encoding_that_it_names()
    {
        byte[] bytes = [.. "<?xml version='1.0' encoding='iso-8859-1'?><Needs><Need><Identifier>1</Identifier><Label>Caf"u8, 0xE9, .. "</Label></Need></Needs>"u8];

        Assert.Equal("1 Café", ListReader.Read(SourceText.Of(bytes, "needs.xml")).Shape());
    }

    [Fact]
    public void The_published_functions_with_their_services_are_113_and_1127()
    {
        var file = Lists.ReadShared("datashare_functions_services.xml");
        var csv = Lists.ReadShared("esd_functions_2015_ckanext.csv");
        var mapping = Lists.ReadShared("lgfl_lgsl_mapping_2013.csv");

        Assert.Equal((113, 1127), (file.Entries.Count, file.Links.Count));
        Assert.Equal(csv.Entries.OrderBy(e => e.Identifier).Select(e => $"{e.Identifier} {e.Label} {string.Join(',', e.Parents)}"), file.Entries.OrderBy(e => e.Identifier).Select(e => $"{e.Identifier} {e.Label} {string.Join(',', e.Parents)}"));
        Assert.Equal(mapping.Links.Select(l => (l.Subject.Identifier, l.Object.Identifier)).Order(), file.Links.Select(l => (l.Subject.Identifier, l.Object.Identifier)).Order());
    }
}
