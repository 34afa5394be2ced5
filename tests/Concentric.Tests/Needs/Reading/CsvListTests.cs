using System.Text;
using Concentric.Needs.Standards;
using Concentric.Needs.Standards.Reading;

namespace Concentric.Tests.Needs.Reading;

[Trait("Database", "none")]
public sealed class CsvListTests
{
    [Fact]
    public void A_list_has_cells_of_several_lines_an_empty_last_column_and_a_byte_order_mark()
    {
        var file = Lists.Read("\uFEFFIdentifier,Label,Description,Created,Modified,History notes,Type,\r\n7,\"Care, at\r\nhome\",\"First line.\r\nHe said \"\"yes\"\".\",2012-01-02,2014-05-06,,Service,\r\n\r\n8,Skips,,,,,Service\r\n");

        Assert.Equal("7 Care, at home; 8 Skips", file.Shape());
        Assert.Equal("First line.\r\nHe said \"yes\".", file.Entries[0].Definition);
        Assert.Equal(("http://id.esd.org.uk/list/services", "2014-05-06", "a list in CSV"), (file.Header.Uri, file.Header.Version, file.Format));
        Assert.Equal(new Place(6, 1), file.Where(file.Entries[1].At));
    }

    [Fact]
    public void A_hierarchy_may_part_its_parents_by_semicolons_or_commas_and_name_them_before_they_come()
    {
        var file = Lists.Read("Identifier,Label,Type,Parent identifiers,Parent labels,\n3,Both,Function,\"1;2\",,\n4,Either,Function,\"2, 1\",,\n1,One,Function,,,\n2,Two,Function,,,\n");

        Assert.Equal("3 Both < 1+2; 4 Either < 2+1; 1 One; 2 Two", file.Shape());
        Assert.Equal("http://id.esd.org.uk/list/functions", file.Header.Uri);
    }

    [Fact]
    public void Names_that_an_entry_had_before_are_words_for_the_search()
    {
        var file = Lists.Read("Identifier,Label,History notes,Type\n1,Home tuition,\"Term name changed from 'Children's lessons' to 'Lessons - home' in version 3.00. Name changed to 'Home tuition' in version 4.00.\",Service\n");

        Assert.Equal([new OtherName("Children's lessons", NameKind.Historic), new OtherName("Lessons - home", NameKind.Historic)], file.Entries[0].OtherNames);
    }

    [Fact]
    public void A_councils_own_list_needs_an_identifier_and_a_label_and_may_have_other_names_and_words()
    {
        var file = Lists.Read("label,identifier,Other names,Other words,Status\nGritting,grit,Road salting; Winter service,salt; icy roads,\nOld one,old,,,Retired\n");

        Assert.Equal("grit Gritting; old Old one", file.Shape());
        Assert.Equal(["Citizen Road salting", "Citizen Winter service", "Hidden salt", "Hidden icy roads"], file.Entries[0].OtherNames.Select(n => $"{n.Kind} {n.Text}"));
        Assert.Equal((false, true, null, null), (file.Entries[0].Retired, file.Entries[1].Retired, file.Header.Uri, file.Header.Version));
    }

    [Theory]
    [InlineData("Identifier,Mapped identifier,Mapped type\n1,0,Interaction\n1,8,Interaction\n", "1 mapped Interaction 0; 1 mapped Interaction 8")]
    [InlineData("function_identifier,service_identifier\n2,190\n2,190\n", "Function 2 mapped Service 190")]
    [InlineData("lgsl,lgsl_label,lgil,count\n4,Meals,0,23\n", "Service 4 mapped Interaction 0")]
    [InlineData("URI,Mapped URI\nhttp://a.example/1,http://b.example/2\n", "http://a.example/1 mapped http://b.example/2")]
    public void A_mapping_says_which_belong_together(string text, string links) => Assert.Equal(links, Lists.Read(text).Links());

    [Theory]
    [InlineData("Id,Name\n1,x\n", 1, 1, "no column Identifier")]
    [InlineData("Identifier;Label\n1;x\n", 1, 1, "save it with commas")]
    [InlineData("Identifier,Type\n1,x\n", 1, 1, "no column Label")]
    [InlineData("Identifier,Label,Type,Label\n", 1, 23, "twice")]
    [InlineData("", 1, 1, "empty")]
    [InlineData(" \r\n\t\n", 1, 1, "empty")]
    [InlineData("Identifier,Label,Type\n", 1, 1, "no entry")]
    [InlineData("Identifier,Label,Type\n1,Good,Service\n2,\"Open,Service\n3,More,Service\n", 3, 3, "never closed")]
    [InlineData("Identifier,Label,Type\n1,\"Good\" or not,Service\n", 2, 3, "goes on")]
    [InlineData("Identifier,Label,Type\n1,Go\"od,Service\n", 2, 5, "inside a field")]
    [InlineData("Identifier,Label,Type\n1,\"Two\nlines\",Service\n2,Other,Service\n1,Again,Service\n", 5, 1, "in line 2 already")]
    [InlineData("Identifier,Label,Type\n,Nothing,Service\n", 2, 1, "Identifier is empty")]
    [InlineData("Identifier,Label,Type\n\n1,,Service\n", 3, 3, "no Label")]
    [InlineData("Identifier,Label,Type\n1,Advice,Function\n2,Bins,Service\n", 3, 8, "A file holds one list")]
    [InlineData("Identifier,Label,Type\n1,Good,Service,too,many\n", 2, 16, "has 5 columns")]
    [InlineData("Identifier,Label,Type\n1,Go\0od,Service\n", 2, 5, "binary")]
    [InlineData("Identifier,Label,Parent identifiers\n1,One,\n2,Two,9\n", 3, 1, "has no such entry")]
    [InlineData("Identifier,Label,Parent identifiers\n1,One,3\n2,Two,1\n3,Three,2\n4,Four,3\n", 2, 1, "1 under 3 under 2 under 1")]
    [InlineData("Identifier,Label,Parent identifiers\n1,One,1\n", 2, 1, "1 under 1")]
    [InlineData("Identifier,Label,URI\n1,One,http://a.example/1\n2,Two,http://a.example/1\n", 3, 1, "that of entry 1 already")]
    [InlineData("Identifier,Mapped identifier\n1,\n", 2, 3, "identifier is empty")]
    public void A_bad_file_says_where_and_why(string text, int line, int column, string reason) => Lists.Refused(text, line, column, reason);

    [Fact]
    public void Letters_of_another_code_are_refused_with_their_place()
    {
        var bad = Assert.Throws<BadFileException>(() => ListReader.Read(SourceText.Of([.. "Identifier,Label,Type\n1,Caf"u8, 0xE9, .. ",Service\n"u8], "list.csv")));

        Assert.Equal((2, 6), (bad.Line, bad.Column));
        Assert.StartsWith("list.csv, line 2, column 6: ", bad.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_longer_than_any_is_refused_before_it_fills_the_memory()
    {
        var text = new StringBuilder("Identifier,Label\n");
        for (var i = 0; i <= ListDraft.MostEntries; i++) text.Append(i).Append(",x\n");

        var bad = Lists.Bad(text.ToString());

        Assert.Equal((ListDraft.MostEntries + 2, true), (bad.Line, bad.Message.Contains("500,000", StringComparison.Ordinal)));
        Assert.Contains("64 MB", Assert.Throws<BadFileException>(() => SourceText.Of(new byte[SourceText.MostBytes + 1], "x")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_published_services_of_2015_are_1519_and_know_their_former_names()
    {
        var file = Lists.ReadShared("esd_services_2015_ckanext.csv");

        Assert.Equal((1519, "2015-02-05", 1519), (file.Entries.Count, file.Header.Version, file.Entries.Select(e => e.Identifier).Distinct().Count()));
        Assert.Contains('\n', file.Entries.Single(e => e.Identifier == "1466").Definition!);
        Assert.True(file.Entries.Count(e => e.OtherNames.Any(n => n.Kind == NameKind.Historic)) >= 800);
        Assert.DoesNotContain(file.Entries, e => e.OtherNames.Any(n => n.Text.Contains(" in version ", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_published_functions_are_a_hierarchy_with_13_roots_and_a_mapping()
    {
        var functions = Lists.ReadShared("esd_functions_2015_ckanext.csv");
        var mapping = Lists.ReadShared("lgfl_lgsl_mapping_2013.csv");

        Assert.Equal((113, 13), (functions.Entries.Count, functions.Entries.Count(e => e.Parents.Count == 0)));
        Assert.Equal(1127, mapping.Links.Count);
    }
}
