using System.IO.Compression;
using System.Text;
using Concentric.Measure.Contacts;
using Concentric.Measure.Contacts.Importing;

namespace Concentric.Tests.Measure;

/// <summary>What is guessed of a file, and the mapping that is made of it.</summary>
[Trait("Database", "none")]
public sealed class MappingBuildTests
{
    private static readonly CouncilAttributes Northmoor = new("northmoor", "Northmoor Council", IsSynthetic: false);

    [Fact]
    public void The_columns_of_Kansas_City_are_guessed_but_for_what_only_people_know()
    {
        using var file = File.OpenRead(SharedData.Find("contacts/kansascity311-potholes.csv"));

        var look = FileLook.At(file);
        var guesses = ColumnGuesses.Of(look).Where(g => g.Use.Length > 0 && g.Use != ColumnUse.Text).Select(g => $"{g.Name}: {g.Use} {g.Format}".TrimEnd());

        Assert.Equal((',', "utf-8", 30, 4493, true), (look.Delimiter, look.Encoding, look.Columns.Count, look.Read, look.IsWhole));
        Assert.Equal(["CASE ID: id", "SOURCE: channel", "REQUEST TYPE: service", "CREATION DATE: opened M/d/yy", "CREATION TIME: opened h:mm tt", "NEIGHBORHOOD: area"], guesses);
    }

    [Theory]
    [InlineData("a;b\n1;2\n", ';', "utf-8")]
    [InlineData("a\tb,c\n1\t2\n", '\t', "utf-8")]
    [InlineData("\"a,b\"|c|d\n1|2|3\n", '|', "utf-8")]
    [InlineData("caf\u00e9,b\n1,2\n", ',', "windows-1252")]
    public void Delimiter_and_encoding_are_guessed(string text, char delimiter, string encoding)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var look = FileLook.At(new MemoryStream(Encoding.GetEncoding(encoding).GetBytes(text)));

        Assert.Equal((delimiter, encoding), (look.Delimiter, look.Encoding));
        Assert.Equal(text.Split('\n')[0].Replace("\"", "", StringComparison.Ordinal).Split(delimiter), look.Columns.Select(c => c.Name));
    }

    [Fact]
    public void A_file_in_gzip_is_looked_into_beyond_the_sample()
    {
        var text = "id,note\n" + string.Join("", Enumerable.Range(0, 15_000).Select(i => $"{i},a note that is long enough to leave the sample behind {i % 7}\n"));
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(Encoding.UTF8.GetBytes(text));
        packed.Position = 0;

        var look = FileLook.At(packed);

        Assert.Equal((15_000, true, FileLook.RowsShown), (look.Read, look.IsWhole, look.Rows.Count));
        Assert.Equal(7, look.Values("note").Count);
        Assert.True(look.Columns[0].IsCut);
    }

    [Fact]
    public void Of_long_values_the_start_is_kept_and_no_more_than_so_many_in_all()
    {
        var text = new StringBuilder().AppendJoin(',', Enumerable.Range(0, 100).Select(i => $"column {i}")).Append('\n');
        for (var row = 0; row < 600; row++) text.AppendJoin(',', Enumerable.Repeat($"{row:0000}{new string('x', 246)}", 100)).Append('\n');

        var look = FileLook.At(new MemoryStream(Encoding.UTF8.GetBytes(text.ToString())));

        Assert.Equal((600, true), (look.Read, look.IsWhole));
        Assert.All(look.Columns, c => Assert.Equal((600, 250.0), (c.Given, c.MeanLength)));
        Assert.Equal(200, look.Rows.Max(r => r.Max(v => v.Length)));
        Assert.Equal(8_000_000, look.Columns.Sum(c => c.Values.Sum(v => v.Value.Length)));
        Assert.All(look.Columns, c => Assert.True(c.IsCut));
        Assert.All(look.Columns, c => Assert.All(c.Values, v => Assert.Equal((200, 1), (v.Value.Length, v.Count))));
    }

    [Theory]
    [InlineData("1/7/20,13/7/20", "d/M/yy")]
    [InlineData("1/7/20,1/31/20", "M/d/yy")]
    [InlineData("1/7/2026,2/7/2026", "d/M/yyyy")]
    [InlineData("2026-03-31T14:05:00Z,2026-03-31T15:05:00+01:00", "yyyy-MM-ddTHH:mm:ssK")]
    [InlineData("9:05 AM,12:15 PM", "h:mm tt")]
    [InlineData("one,two", null)]
    public void The_way_of_writing_dates_is_guessed(string values, string? format)
    {
        var look = values.Split(',');

        Assert.Equal(format, DateFormats.Guess(new("date", look.Length, 8, false, [.. look.Select(v => (v, 1))])));
    }

    [Theory]
    [InlineData("Telephone", "phone citizen")]
    [InlineData("Self Service", "web citizen")]
    [InlineData("Citizens Connect App", "app citizen")]
    [InlineData("Employee Generated", "unknown staff")]
    [InlineData("City Worker App", "app staff")]
    [InlineData("Maximo Integration", "system system")]
    [InlineData("TWIR", null)]
    public void What_a_channel_is_called_is_guessed(string value, string? meaning) => Assert.Equal(meaning, MeaningGuesses.Of(ColumnUse.Channel, value));

    [Fact]
    public void The_mapping_that_is_made_is_in_order_and_says_what_was_said()
    {
        var draft = new MappingDraft
        {
            Delimiter = ";",
            Name = "phone-log",
            Kind = "contact",
            Whose = "other",
            OtherName = "Tryton Council",
            OtherZone = "America/Chicago",
            Columns = [new("Time", "opened", "H:mm"), new("Date", "opened", "d/M/yyyy"), new("Ref", "id"), new("How", "channel"), new("What", "service"), new("Why", "demand"), new("Who", "person"), new("Notes", "text"), new("Secret", "")],
            Meanings = new Dictionary<string, IReadOnlyDictionary<string, string>>
            {
                ["channel"] = new Dictionary<string, string> { ["Tel"] = "phone citizen", ["Us"] = "unknown staff" },
                ["demand"] = new Dictionary<string, string> { ["F"] = "failure", ["?"] = "" },
            },
            OtherChannel = "unknown citizen",
            Services = new Dictionary<string, string> { ["Bins"] = "524" },
        };

        var json = MappingDraft.Read(draft.Write())!.ToJson(Northmoor);
        var mapping = Mapping.Parse(json, "made");

        Assert.Equal(("phone-log", ";", "tryton-council", "America/Chicago"), (mapping.Name, mapping.Delimiter, mapping.Council.Name, mapping.Council.Zone));
        Assert.Equal(["Date", "Time"], mapping.Opened.Columns);
        Assert.Equal(["d/M/yyyy H:mm", "d/M/yyyy"], mapping.Opened.Formats);
        Assert.Equal((new SourceMeaning("phone", ContactInitiator.Citizen), new SourceMeaning("unknown", ContactInitiator.Staff)), (mapping.Source!.Values["Tel"], mapping.Source.Values["Us"]));
        Assert.Equal("F failure", string.Join(", ", mapping.Demand!.Values.Select(v => $"{v.Key} {v.Value}")));
        Assert.Equal(("524", "phone-log"), (mapping.Service!.Values!["Bins"], mapping.Service.Scheme));
        Assert.DoesNotContain("Secret", json, StringComparison.Ordinal);
    }
}
