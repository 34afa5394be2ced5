using Concentric.Core.Places;
using System.IO.Compression;
using System.Text;
using Concentric.Measure.Contacts;

namespace Concentric.Tests.Measure;

/// <summary>What a mapping can say, each on a small file.</summary>
[Trait("Database", "none")]
public sealed class MappingLanguageTests : IAsyncDisposable
{
    private readonly TestMeasure _test = new();

    public ValueTask DisposeAsync() => _test.DisposeAsync();

    [Fact]
    public async Task A_constant_holds_where_the_row_says_nothing()
    {
        await Import("id,at,area,demand\n1,2024-03-01,North,F\n2,2024-03-01,,\n", """
            "area": "area", "demand": { "column": "demand", "values": { "F": "failure" } },
            "constants": { "area": "South", "demand": "value", "service": "524", "interaction": "8", "seconds": "300", "cost": "2.50", "satisfaction": "4", "resolved": "yes", "initiator": "staff" }
            """);

        Assert.Equal(["1|524|8|North|2|1|250|300|4", "1|524|8|South|1|1|250|300|4"], await Facts("initiator, s.key, interaction, a.key, demand, resolved, cost_pence, seconds, satisfaction"));
    }

    [Theory]
    [InlineData("\"constants\": { \"colour\": \"red\" }", "“colour” is no field")]
    [InlineData("\"constants\": { \"demand\": \"maybe\" }", "not “maybe”")]
    [InlineData("\"constants\": { \"seconds\": \"soon\" }", "not “soon”")]
    [InlineData("\"constants\": { \"initiator\": \"1\" }", "citizen, staff or system")]
    [InlineData("\"freeText\": [{ \"column\": \"note\", \"do\": \"keep\" }]", "is not kept in the contact store")]
    [InlineData("\"freeText\": [{ \"column\": \"note\", \"do\": \"frame\" }]", "classified or dropped")]
    [InlineData("\"delimiter\": \"x\"", "comma, a semicolon, a pipe or a tab")]
    [InlineData("\"format\": \"xes\"", "an event log holds steps")]
    [InlineData("\"counted\": { \"amount\": \"n\" }", "“counted” belongs to the kind")]
    [InlineData("\"service\": { \"column\": \"s\", \"unmatched\": \"keep\" }", "needs a scheme")]
    [InlineData("\"service\": { \"column\": \"s\", \"values\": { \"Bins\": \"bins\" } }", "no LGSL identifier")]
    [InlineData("\"closed\": { \"columns\": [\"c\"], \"formats\": [\"yyyy\"], \"zone\": \"Moon/Base\" }", "Moon/Base")]
    public void What_makes_no_sense_is_refused_with_what_to_put_right(string part, string message) =>
        Assert.Contains(message, Assert.Throws<MappingException>(() => Map(part)).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_postcode_becomes_its_area_and_one_that_is_not_listed_is_told_by_its_first_half()
    {
        await _test.Writer.Write(db =>
        {
            db.AddRange(new PlacedPostcode { Council = "northmoor", Postcode = "M154AB", Area = "E01000001" }, new PlacedPostcode { Council = "elsewhere", Postcode = "M13AA", Area = "E09" });
            return Task.FromResult(0);
        }, TestContext.Current.CancellationToken);

        var report = await Import("id,at,post\n1,2024-03-01,m15 4ab\n2,2024-03-01,M1 3AA\n3,2024-03-01,M1 9ZZ\n4,2024-03-01,\n", """ "postcode": "post" """);

        Assert.Equal(["E01000001", "", "", ""], await Facts("a.key"));
        var unmatched = Assert.Single(report.Unmatched);
        Assert.Equal(("postcode", "M1", 2L), (unmatched.Field, unmatched.Value, unmatched.Count));
    }

    [Fact]
    public async Task A_text_becomes_a_service_and_those_that_do_not_are_listed_by_count()
    {
        const string Rows = "id,at,what\n1,2024-03-01,Missed bin\n2,2024-03-01,Pot hole\n3,2024-03-01,Pot hole\n4,2024-03-01,Other\n5,2024-03-01,\n6,2024-03-01,\n7,2024-03-01,\n";
        const string Values = """ "column": "what", "values": { "Missed bin": "524" } """;

        var kept = await Import(Rows, $$""" "service": { {{Values}}, "scheme": "own" } """, "kept");
        var unknown = await Import(Rows, $$""" "service": { {{Values}}, "unmatched": "unknown" } """, "unknown");
        var refused = await Import(Rows, $$""" "service": { {{Values}} } """, "refused");

        Assert.Equal((7, 0, 7, 0, 4, 3), (kept.Imported, kept.Rejected, unknown.Imported, unknown.Rejected, refused.Imported, refused.Rejected));
        foreach (var report in new[] { kept, unknown }) Assert.Equal("Pot hole 2, Other 1", string.Join(", ", report.Unmatched.Select(u => $"{u.Value} {u.Count}")));
        Assert.Equal(["524", "own:Pot hole", "own:Pot hole", "own:Other", "", "", "", "524", "", "", "", "", "", "", "524", "", "", ""], await Facts("s.key"));
    }

    [Theory]
    [InlineData("pothole repair", "Potholes")]
    [InlineData("council-tax discounts", "Council Tax: discounts")]
    [InlineData("REFUSE COLLECTION", "Refuse collection")]
    public void A_text_is_suggested_the_service_that_is_most_like_it(string text, string expected)
    {
        var likeness = new Likeness([new("1", "Potholes"), new("2", "Council Tax: discounts"), new("3", "Council Tax: payment"), new("4", "Refuse collection"), new("5", "Libraries")]);

        Assert.Equal(expected, likeness.To(text)[0].Label);
        Assert.Empty(likeness.To("zyx"));
        Assert.Equal(1, likeness.To("libraries")[0].Likeness);
    }

    [Fact]
    public async Task A_wide_file_becomes_a_count_for_each_column_that_holds_one()
    {
        var report = await Import("id,at,phone,web,wait\n1,2023-2024,10,,7.5\n2,2023/24,NA,20,\n3,2023-2024,x,5,1\n4,2023-2025,1,2,3\n", Wide, "wide", "counted");

        // Four lines of two columns are eight fields: six that hold something, two that do not.
        Assert.Equal((4, 6, 2, 3, 3), (report.Lines, report.Read, report.Blank, report.Imported, report.Rejected));
        var rejects = await File.ReadAllLinesAsync(report.RejectsFile!, TestContext.Current.CancellationToken);
        Assert.Equal(["4,phone,x,This is not a whole number of something counted.", "5,at,2023-2025,This is not a date like fiscal-year.", "5,at,2023-2025,This is not a date like fiscal-year."], rejects[1..]);

        var council = _test.Store.Dimensions.Council("northmoor")!;
        var counted = await _test.Store.Counted(new(council.Code) { Grain = CountedGrain.All, By = [Dimension.Channel] }, TestContext.Current.CancellationToken);
        Assert.Equal("enquiries 2 10 7.5, visits 1 25 ", string.Join(", ", counted.Rows.Select(r => FormattableString.Invariant($"{_test.Store.Dimensions.CountedNames[r.Name].Label} {r.Channel} {r.Amount} {r.Mean}"))));
        // A fiscal year fits no calendar year, and is not divided.
        var years = await _test.Store.Counted(new(council.Code) { Grain = CountedGrain.Year }, TestContext.Current.CancellationToken);
        Assert.Equal((0, 3L), (years.Rows.Count, years.LeftOut));
        Assert.Equal(0, (await _test.Store.Statistics(TestContext.Current.CancellationToken)).Contacts);
        Assert.Equal(3, (await _test.Store.Statistics(TestContext.Current.CancellationToken)).Counts);

        var again = await Import("id,at,phone,web,wait\n1,2023-2024,10,,7.5\n2,2023/24,NA,21,\n", Wide, "wide", "counted");
        Assert.Equal((0, 2, 1), (again.Imported, again.Duplicates, again.Changed));
        await _test.Projector.Rebuild(TestContext.Current.CancellationToken);
        Assert.Equal(counted.Rows, (await _test.Store.Counted(new(council.Code) { By = [Dimension.Channel] }, TestContext.Current.CancellationToken)).Rows);
    }

    [Fact]
    public async Task Amounts_of_months_are_asked_by_month_and_year_and_never_over_an_edge()
    {
        await Import("id,at,n,what\n1,2024-01-01,10,visits\n2,2024-02-01,20,visits\n3,2024-02-01,5,issues\n4,2025-01-01,40,visits\n", """
            "counted": { "period": "month", "name": { "column": "what", "values": { "issues": "loans" } }, "amount": "n" }
            """, "months", "counted");
        var council = _test.Store.Dimensions.Council("northmoor")!.Code;
        async Task<string> Ask(CountedQuery query) => string.Join(", ", (await _test.Store.Counted(query, TestContext.Current.CancellationToken)).Rows.Select(r => $"{r.Period:yyyy-MM-dd} {_test.Store.Dimensions.CountedNames[r.Name].Key} {r.Amount}"));

        Assert.Equal("2024-01-01 visits 10, 2024-02-01 visits 20, 2024-02-01 loans 5, 2025-01-01 visits 40", await Ask(new(council) { Grain = CountedGrain.Month }));
        Assert.Equal("2024-01-01 visits 30, 2024-01-01 loans 5, 2025-01-01 visits 40", await Ask(new(council) { Grain = CountedGrain.Year }));
        Assert.Equal("2024-01-01 visits 20, 2024-01-01 loans 5", await Ask(new(council) { Grain = CountedGrain.Year, From = new(2024, 1, 15), To = new(2024, 12, 31) }));
        Assert.Equal(1, (await _test.Store.Counted(new(council) { From = new(2024, 1, 15), To = new(2024, 12, 31) }, TestContext.Current.CancellationToken)).LeftOut);
        await Assert.ThrowsAsync<ArgumentException>(() => Ask(new(council) { By = [Dimension.Demand] }));
    }

    [Fact]
    public async Task Free_text_is_looked_through_and_dropped()
    {
        var report = await Import("id,at,note\n1,2024-03-01,write to jo@example.org or 0161 496 0000\n2,2024-03-01,Mrs Smith of M15 4AB\n3,2024-03-01,QQ 12 34 56 C\n4,2024-03-01,AB123456C\n5,2024-03-01,\n6,2024-03-01,nothing of note\n", """ "freeText": [{ "column": "note" }] """);

        var found = Assert.Single(report.FreeText);
        Assert.Equal(("note", 5L), (found.Column, found.Texts));
        Assert.Equal("email 1, telephone 1, postcode 1, national-insurance 1, salutation 1", string.Join(", ", found.Kinds.Select(k => $"{k.Key} {k.Value}")));
        Assert.DoesNotContain("Smith", await File.ReadAllTextAsync(Path.Combine(_test.Imports, "1", "manifest.json"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("jo.o'neill+bins@mail.example.co.uk", "email")]
    [InlineData("ring +44 161 496 0000 now", "telephone")]
    [InlineData("ring 07700900123", "telephone")]
    [InlineData("at EC1A 1BB today", "postcode")]
    [InlineData("Cllr Jones said", "salutation")]
    [InlineData("order 12345678901 of 2024", "")]
    [InlineData("FQ123456A", "")]
    public void Text_is_classified_by_what_it_holds(string text, string kinds) => Assert.Equal(kinds, string.Join(' ', FreeTexts.KindsOf(text)));

    [Theory]
    [InlineData("utf-8", ",", false)]
    [InlineData("utf-16", "tab", true)]
    [InlineData("utf-16BE", "|", true)]
    [InlineData("utf-16", ";", false)]
    [InlineData("windows-1252", "semicolon", false)]
    [InlineData("utf-8", "pipe", true)]
    public async Task A_file_is_read_by_the_declared_encoding_or_its_mark_and_by_any_of_four_delimiters(string name, string delimiter, bool isMarked)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var encoding = Encoding.GetEncoding(name);
        var sign = delimiter switch { "tab" => "\t", "pipe" => "|", "semicolon" => ";", _ => delimiter };
        var text = "id,at,area\n1,2024-03-01,Café\n2,2024-03-01,“Œuvre”\n".Replace(",", sign, StringComparison.Ordinal);
        byte[] bytes = [.. isMarked ? encoding.GetPreamble() : [], .. encoding.GetBytes(text)];

        // With a mark, what the mapping says of the encoding does not count.
        var report = await Import(new MemoryStream(bytes), $$""" "area": "area", "delimiter": "{{delimiter}}", "encoding": "{{(isMarked ? "utf-8" : name)}}" """);

        Assert.Equal(2, report.Imported);
        Assert.Equal(["Café", "“Œuvre”"], await Facts("a.key"));
    }

    [Fact]
    public async Task Several_files_are_one_batch_and_rejects_say_which_file()
    {
        var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true)) await gzip.WriteAsync("at,id\n2024-03-02,3\n2024-03-02,1\n"u8.ToArray(), TestContext.Current.CancellationToken);
        packed.Position = 0;

        var report = await _test.Import.Run([new(new MemoryStream("id,at\n1,2024-03-01\n2,yesterday\n"u8.ToArray()), "a.csv"), new(packed, "b.csv.gz")], Map(""), "system", stop: TestContext.Current.CancellationToken);

        Assert.Equal((1, 4, 2, 1, 1), (report.Batch, report.Read, report.Imported, report.Duplicates, report.Rejected));
        Assert.Equal(["line,column,value,reason,file", "3,at,yesterday,This is not a date like yyyy-MM-dd.,a.csv"], await File.ReadAllLinesAsync(report.RejectsFile!, TestContext.Current.CancellationToken));
        Assert.Equal("a.csv and 1 more", _test.Store.Dimensions.Batches.Single().FileName);
    }

    [Fact]
    public async Task One_wrong_file_among_several_and_nothing_is_kept()
    {
        await Assert.ThrowsAsync<ImportRefusedException>(() => _test.Import.Run([new(new MemoryStream("id,at\n1,2024-03-01\n"u8.ToArray()), "a.csv"), new(new MemoryStream("id,when\n1,2024-03-01\n"u8.ToArray()), "b.csv")], Map(""), "system", stop: TestContext.Current.CancellationToken));

        Assert.Equal(0, (await _test.Store.Statistics(TestContext.Current.CancellationToken)).Contacts);
    }

    [Fact]
    public async Task A_date_of_another_zone_and_one_on_a_condition()
    {
        await Import("id,at,end,state\n1,2024-07-01,2024-07-01 01:00,closed\n2,2024-07-01,2024-07-01 01:00,open\n", """
            "closed": { "columns": ["end"], "formats": ["yyyy-MM-dd HH:mm"], "zone": "Europe/Paris", "when": { "state": ["closed"] } }
            """);

        // 1 o'clock in Paris is midnight in London.
        Assert.Equal(["0", ""], await Facts("coalesce(seconds::VARCHAR, '')"));
    }

    [Fact]
    public async Task A_duration_is_read_in_its_unit_and_one_that_is_too_long_rejected()
    {
        var report = await Import("id,at,days\n1,2024-03-01,2\n2,2024-03-01,99999\n", """ "seconds": "days", "secondsUnit": "days" """);

        Assert.Equal((1, 1), (report.Imported, report.Rejected));
        Assert.Equal(["172800"], await Facts("seconds"));
    }

    [Fact]
    public void Two_columns_of_a_wide_file_that_count_the_same_are_refused_by_name()
    {
        const string Part = """ "counted": { "wide": [{ "column": "a", "name": "calls", "channel": "phone" }, { "column": "b", "name": "calls", "channel": "CHANNEL" }] } """;

        var refused = Assert.Throws<MappingException>(() => Map(Part.Replace("CHANNEL", "phone", StringComparison.Ordinal), kind: "counted"));
        Assert.Contains("the columns “a” and “b” of “wide” count the same (“calls”)", refused.Message, StringComparison.Ordinal);
        Assert.Equal(2, Map(Part.Replace("CHANNEL", "web", StringComparison.Ordinal), kind: "counted").Counted!.Wide.Count);
    }

    [Fact]
    public async Task A_time_without_an_offset_is_read_by_the_clock_of_the_mapping()
    {
        const string Requests = """[{"service_request_id":"1","requested_datetime":"2026-07-01T23:30:00"},{"service_request_id":"2","requested_datetime":"2026-07-01T23:30:00Z"}]""";

        await _test.Import.Run(new MemoryStream(Encoding.UTF8.GetBytes(Requests)), "requests.json", Mapping.Open311(TestMeasure.Northmoor), "system", stop: TestContext.Current.CancellationToken);

        // Half past eleven of a London summer evening is 22:30 UTC and still 1 July; 23:30 UTC is 2 July there.
        var day = ContactCalendar.Day(new(2026, 7, 1));
        Assert.Equal([$"22:30|{day}", $"23:30|{day + 1}"], await Facts("strftime(occurred_at, '%H:%M'), day"));
    }

    [Fact]
    public async Task A_comma_in_a_cost_stands_before_three_digits_or_its_row_is_rejected()
    {
        var report = await Import("id,at,cost\n1,2024-03-01,\"12,50\"\n2,2024-03-01,\"1,250.50\"\n3,2024-03-01,12.50\n4,2024-03-01,\"£1,000,000\"\n", """ "cost": "cost" """);

        Assert.Equal((3, 1), (report.Imported, report.Rejected));
        Assert.Equal(["125050", "1250", "100000000"], await Facts("cost_pence"));
    }

    [Fact]
    public async Task Of_an_id_in_two_columns_it_counts_which_of_them_is_empty()
    {
        var rows = new MemoryStream("id,part,at\n12,,2024-03-01\n,12,2024-03-01\n12,12,2024-03-01\n,,2024-03-01\n"u8.ToArray());

        var report = await _test.Import.Run(rows, "rows.csv", Map("") with { Id = ["id", "part"] }, "system", stop: TestContext.Current.CancellationToken);

        Assert.Equal((3, 0, 1), (report.Imported, report.Duplicates, report.Rejected));
    }

    private const string Wide = """
        "empty": ["NA"], "counted": { "period": "year", "wide": [
          { "column": "phone", "name": "enquiries", "channel": "phone", "mean": "wait" }, { "column": "web", "name": "visits", "channel": "web" }] }
        """;

    private static Mapping Map(string part, string name = "language", string kind = "contact") => Mapping.Parse($$"""
        { "name": "{{name}}", "about": "", "kind": "{{kind}}", "council": { "name": "northmoor", "label": "Northmoor Council", "isSynthetic": false },
          "id": ["id"], "opened": { "columns": ["at"], "formats": ["{{(name == "wide" ? "fiscal-year" : "yyyy-MM-dd")}}"] }{{(part.Length > 0 ? "," : "")}} {{part}} }
        """, "test");

    private Task<ImportReport> Import(string text, string part, string name = "language", string kind = "contact") => Import(new MemoryStream(Encoding.UTF8.GetBytes(text)), part, name, kind);

    private Task<ImportReport> Import(Stream file, string part, string name = "language", string kind = "contact") =>
        _test.Import.Run(file, "rows.csv", Map(part, name, kind), "system", stop: TestContext.Current.CancellationToken);

    private Task<IReadOnlyList<string>> Facts(string columns) => _test.Store.Read<IReadOnlyList<string>>(reader =>
    {
        using var rows = reader.Connection.Query($"SELECT concat_ws('|', {columns}) FROM contact c JOIN service s ON c.service = s.code JOIN area a ON c.area = a.code ORDER BY contact_id");
        var texts = new List<string>();
        while (rows.NextChunk())
        {
            for (var i = 0; i < rows.Rows; i++) texts.Add(rows.Column(0).Text(i)!);
        }
        return texts;
    }, default);
}
