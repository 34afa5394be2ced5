using System.IO.Compression;
using System.Text;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Measure.Contacts;
using Microsoft.EntityFrameworkCore;
using Measured = Concentric.Measure.Contacts.Measure;

namespace Concentric.Tests.Measure;

[Trait("Database", "none")]
public sealed class ContactImportTests : IAsyncDisposable
{
    private const string Header = "id,opened,closed,service,area,source,note\n";

    private readonly TestMeasure _test = new();

    public ValueTask DisposeAsync() => _test.DisposeAsync();

    [Fact]
    public async Task The_requests_of_Boston_come_in_whole_and_once()
    {
        var path = SharedData.Find("contacts/boston311-2015-h1.csv.gz");
        var mapping = Mapping.Find("boston311");

        var first = await Import(path, mapping);
        var again = await Import(path, mapping);

        Assert.Equal((58_119, 58_119, 0, 0, 84), (first.Read, first.Imported, first.Duplicates, first.Rejected, first.Flagged));
        Assert.Equal((58_119, 0, 58_119, 0, 0), (again.Read, again.Imported, again.Duplicates, again.Changed, again.Rejected));
        Assert.Null(again.Batch);
        Assert.Null(first.RejectsFile);

        var boston = _test.Store.Dimensions.Council("boston")!;
        var requests = CubeQuery.CitizenRequests(boston.Code);
        Assert.Equal(0, await Count(CubeQuery.CitizenContacts(boston.Code)));
        // 58,119 less 7,612 by employees, 4,810 by city workers and 151 by a system.
        Assert.Equal(45_546, await Count(requests));
        Assert.Equal(12_573, await Count(new(boston.Code, [], [Measured.Contacts], [new(Dimension.Initiator, 1, 2)])));
        Assert.Equal(0, await Count(requests.Counting(Measured.CodedContacts), Measured.CodedContacts));
        Assert.Equal(0, await Count(requests.Counting(Measured.ResolutionKnownContacts), Measured.ResolutionKnownContacts));
        // 49,126 are closed, 84 of them before they were opened.
        Assert.Equal(49_042, await Count(new(boston.Code, [], [Measured.SecondsCount], []), Measured.SecondsCount));

        var channels = await Ask(requests.GroupedBy(Dimension.Channel).Sorted(Order.ByLargest(Measured.Contacts)));
        Assert.Equal("Phone 32127, App 6826, Web form 6592, Social media 1", string.Join(", ", Enumerable.Range(0, channels.Rows).Select(r =>
            $"{_test.Store.Dimensions.Label(Dimension.Channel, channels.Code(r, Dimension.Channel))} {channels.Count(r, Measured.Contacts)}")));
        Assert.Equal(155, (await Ask(new(boston.Code, [Dimension.Service], [Measured.Contacts], []))).Rows);
        Assert.Equal(24, (await Ask(new(boston.Code, [Dimension.Area], [Measured.Contacts], []))).Rows);
        // The last hours of 30 June in Boston are 1 July in UTC.
        var months = await Ask(new(boston.Code, [Dimension.Month], [Measured.Contacts], []));
        Assert.Equal([540, 541, 542, 543, 544, 545], Enumerable.Range(0, months.Rows).Select(r => months.Code(r, Dimension.Month)));
    }

    [Fact]
    public async Task A_row_that_cannot_be_read_is_in_the_rejects_file_with_its_line_and_reason()
    {
        var report = await Import(Header +
            "1,2024-03-01 10:00,2024-03-01 11:00,Bins,North,Phone,fine\n" +
            "2,31/02/2024,,Bins,North,Phone,no such day\n" +
            "3,2024-03-02 10:00,whenever,Bins,North,Phone,\n" +
            "4,2024-03-02 10:00,,Bins,North,=HYPERLINK(1),\n" +
            ",2024-03-02 10:00,,Bins,North,Phone,no id\n" +
            "6,2024-03-02 10:00,,Bins,North,Phone\n" +
            "7,,,Bins,North,Phone,no date\n" +
            "8,2024-03-03 10:00,2024-03-03 09:00,\"Bins, missed\",,Web,\"two\nlines\"\n" +
            "\n\n8b,2024-03-03 25:00,,\"Bins\nagain\",,Web,\n" +
            "9,1969-03-03 10:00,,Bins,North,Phone,\n" +
            "10,2024-03-04 10:00,,,South,Web,\n" +
            "11,2024-03-04 10:00,,,South,Web,\n" +
            "12,2024-03-04 10:00,,,South,Web,\n" +
            "13,2024-03-04 10:00,,,South,Web,\n" +
            "14,2024-03-04 10:00,,,South,Web,\n" +
            "15,2024-03-04 10:00,,,South,Web,\n");

        Assert.Equal((16, 8, 0, 8, 1), (report.Read, report.Imported, report.Duplicates, report.Rejected, report.Flagged));
        var rejects = await File.ReadAllLinesAsync(report.RejectsFile!, TestContext.Current.CancellationToken);
        Assert.Equal(
        [
            "line,column,value,reason",
            "3,opened,31/02/2024,This is not a date like yyyy-MM-dd HH:mm.",
            "4,closed,whenever,This is not a date like yyyy-MM-dd HH:mm.",
            "5,source,'=HYPERLINK(1),The mapping test does not say what this value means.",
            "6,id,,The row has no id.",
            "7,,\"6,2024-03-02 10:00,,Bins,North,Phone\",The row has 6 columns and the header 7.",
            "8,opened,,The date is missing.",
            "13,opened,2024-03-03 25:00,This is not a date like yyyy-MM-dd HH:mm.",
            "15,opened,1969-03-03 10:00,The date is before 1971 or after 2148.",
        ], rejects);
        Assert.EndsWith("1-rejects.csv", report.RejectsFile, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_is_read_the_same_with_gzip_a_byte_order_mark_and_Windows_line_ends()
    {
        var text = "\uFEFF" + (Header + "1,2024-03-01 10:00,,Bins,North,Phone,é\n2,2024-03-01 10:00,,Bins,North,Phone,\n").ReplaceLineEndings("\r\n");
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true)) await gzip.WriteAsync(Encoding.UTF8.GetBytes(text), TestContext.Current.CancellationToken);
        packed.Position = 0;

        var report = await _test.Import.Run(packed, "rows.csv.gz", Mapping.Parse(TestMapping, "test"), "system", stop: TestContext.Current.CancellationToken);
        var plain = await Import(text.Replace("\uFEFF", "", StringComparison.Ordinal).ReplaceLineEndings("\n"));

        Assert.Equal((2, 2), (report.Read, report.Imported));
        Assert.Equal((2, 0, 2, 0), (plain.Read, plain.Imported, plain.Duplicates, plain.Changed));
    }

    [Fact]
    public async Task A_row_that_comes_twice_is_taken_once_and_a_changed_one_is_told_of()
    {
        var first = await Import(Header + "1,2024-03-01 10:00,,Bins,North,Phone,\n1,2024-03-01 10:00,,Bins,North,Phone,\n1,2024-03-01 10:30,,Bins,North,Phone,\n2,2024-03-01 10:00,,Bins,North,Phone,\n");
        var second = await Import(Header + "1,2024-03-01 10:00,2024-03-02 10:00,Bins,North,Phone,\n2,2024-03-01 10:00,,Bins,North,Phone,another note\n3,2024-03-01 10:00,,Bins,North,Phone,\n");

        Assert.Equal((4, 2, 2, 1), (first.Read, first.Imported, first.Duplicates, first.Changed));
        Assert.Equal((3, 1, 2, 1), (second.Read, second.Imported, second.Duplicates, second.Changed));
        Assert.Equal(0, await Count(new(1, [], [Measured.SecondsCount], []), Measured.SecondsCount));
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("\n\n", "blank lines")]
    [InlineData("PK\u0003\u0004rest", "Excel")]
    [InlineData("<!doctype html><html>", "web page")]
    [InlineData("[{\"id\": 1}]", "JSON")]
    [InlineData("id,opened\u0000,closed", "no text")]
    [InlineData("id;opened;closed;service;area;source;note\n1;2;3;4;5;6;7\n", "“id;opened;closed;service;area;source;note”")]
    [InlineData("id,opened,closed,service,area,origin,note\n", "lacks the column “source”")]
    [InlineData("id,id,opened,closed,service,area,source,note\n", "twice")]
    [InlineData("id,opened,closed,service,area,source,note\n", "no rows")]
    [InlineData("id,opened,closed,service,area,source,note\n1,2024-03-01 10:00,,Bins,North,Phone,\"open\n2,2024-03-01 10:00,,Bins,North,Phone,\n", "opened on line 2 is never closed")]
    public async Task A_wrong_file_is_refused_with_a_message_and_nothing_is_kept(string text, string message)
    {
        var refused = await Assert.ThrowsAsync<ImportRefusedException>(() => Import(text));

        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
        await AssertNothingKept();
    }

    [Fact]
    public async Task A_missing_column_is_named_beside_those_that_are_there()
    {
        var refused = await Assert.ThrowsAsync<ImportRefusedException>(() => Import("id,opened,closed,service,area,origin,note\n"));

        Assert.Equal((1L, "source"), (refused.Line, refused.Column));
        Assert.Contains("It has 7 columns: “id”, “opened”, “closed”, “service”, “area”, “origin”, “note”.", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_that_are_not_UTF_8_are_told_of_with_what_to_do()
    {
        using var latin = new MemoryStream(Encoding.Latin1.GetBytes(Header + "1,2024-03-01 10:00,,Bins,Nörth,Phone,\n"));

        var refused = await Assert.ThrowsAsync<ImportRefusedException>(() => _test.Import.Run(latin, "x.csv", Mapping.Parse(TestMapping, "test"), "system", stop: TestContext.Current.CancellationToken));

        Assert.Contains("windows-1252", refused.Message, StringComparison.Ordinal);
        latin.Position = 0;
        var report = await _test.Import.Run(latin, "x.csv", Mapping.Parse(TestMapping, "test") with { Encoding = "windows-1252" }, "system", stop: TestContext.Current.CancellationToken);
        Assert.Equal(1, report.Imported);
        Assert.Contains(_test.Store.Dimensions.Areas, a => a.Key == "Nörth");
    }

    [Fact]
    public async Task An_endless_field_a_bomb_and_too_many_columns_are_refused_in_bounded_memory()
    {
        await using var field = new Endless(Header + "1,2024-03-01 10:00,\"", 'x');
        var endless = await Assert.ThrowsAsync<ImportRefusedException>(() => _test.Import.Run(field, "x.csv", Mapping.Parse(TestMapping, "test"), "system", stop: TestContext.Current.CancellationToken));
        Assert.InRange(field.Given, 1_000_000, 4_000_000);
        var wide = await Assert.ThrowsAsync<ImportRefusedException>(() => Import(Header + new string(',', 600) + "\n"));
        using var bomb = new MemoryStream();
        await using (var gzip = new GZipStream(bomb, CompressionLevel.Optimal, leaveOpen: true))
        {
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(Header), TestContext.Current.CancellationToken);
            for (var i = 0; i < 60; i++) await gzip.WriteAsync(new byte[1_000_000].Select(_ => (byte)'\n').ToArray(), TestContext.Current.CancellationToken);
        }
        bomb.Position = 0;
        var packed = await Assert.ThrowsAsync<ImportRefusedException>(() => _test.Import.Run(bomb, "x.csv.gz", Mapping.Parse(TestMapping, "test"), "system", stop: TestContext.Current.CancellationToken));

        Assert.Contains("longer than 1000000 characters", endless.Message, StringComparison.Ordinal);
        Assert.Contains("more than 500 columns", wide.Message, StringComparison.Ordinal);
        Assert.Contains("unpacks to more", packed.Message, StringComparison.Ordinal);
        await AssertNothingKept();
    }

    [Fact]
    public async Task A_mapping_that_does_not_fit_stops_after_the_first_thousand_rows()
    {
        var rows = new StringBuilder(Header);
        for (var i = 0; i < 5000; i++) rows.Append(i).Append(",01/02/2024 10:00,,Bins,North,Phone,\n");

        var refused = await Assert.ThrowsAsync<ImportRefusedException>(() => Import(rows.ToString()));

        Assert.Contains("of the first 1000 rows, 1000 were rejected", refused.Message, StringComparison.Ordinal);
        Assert.Contains("line 2, column “opened”: “01/02/2024 10:00”", refused.Message, StringComparison.Ordinal);
        await AssertNothingKept();
    }

    [Fact]
    public async Task What_a_crash_left_before_its_fact_is_swept_and_after_it_is_counted()
    {
        await Import(Header + "1,2024-03-01 10:00,,Bins,North,Phone,\n");
        Directory.CreateDirectory(Path.Combine(_test.Imports, "2.tmp"));
        Directory.CreateDirectory(Path.Combine(_test.Imports, "3"));

        Assert.Equal(["2.tmp", "3"], (await _test.Import.Sweep(TestContext.Current.CancellationToken)).Order(StringComparer.Ordinal));

        // A crash after the fact and before the store: the store is behind, and catches up at the next start.
        await _test.Stop();
        File.Delete(_test.StoreOptions.File);
        await using var next = new TestMeasure(_test.Folder);
        Assert.Empty(await next.Import.Sweep(TestContext.Current.CancellationToken));
        Assert.Equal(1, await next.CatchUp());
        Assert.Single(await next.Rows());
    }

    [Fact]
    public async Task A_stopped_import_keeps_nothing_and_a_second_one_at_once_is_refused()
    {
        using var stop = new CancellationTokenSource();
        var endless = _test.Import.Run(new Endless(Header, "9,2024-03-01 10:00,,Bins,North,Phone,\n"), "x.csv", Mapping.Parse(TestMapping, "test"), "system", stop: stop.Token);
        await Task.Delay(200, TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<Concentric.Core.RefusedException>(() => Import(Header));
        await Assert.ThrowsAsync<Concentric.Core.RefusedException>(() => _test.Projector.Rebuild(TestContext.Current.CancellationToken));
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => endless);
        await AssertNothingKept();
        Assert.Equal(1, (await Import(Header + "1,2024-03-01 10:00,,Bins,North,Phone,\n")).Imported);
    }

    [Fact]
    public async Task Once_the_batch_is_kept_nobody_stops_it_and_its_report_comes()
    {
        using var stop = new CancellationTokenSource();
        var progress = new AtCounting(stop.Cancel);

        var report = await _test.Import.Run(OneGoodAndOneBad(), "x.csv", Mapping.Parse(TestMapping, "test"), "system", progress, stop: stop.Token);

        Assert.True(stop.IsCancellationRequested);
        Assert.Equal((1, 1L, 1L), (report.Batch, report.Imported, report.Rejected));
        Assert.Single(await _test.Rows());
    }

    [Fact]
    public async Task Generated_rows_come_in_by_the_same_way()
    {
        var rows = TestStore.Rows(5, 50_000);
        var about = new BatchAbout(new("northmoor", "Northmoor", IsSynthetic: true), "demo", "Demo") { Areas = TestStore.Areas(), Services = [new("100", "Parking permits")], Profiles = [new("3", "Ethnically diverse professionals")] };

        var report = await _test.Import.RunRows(rows, about, "system", stop: TestContext.Current.CancellationToken);
        var again = await _test.Import.RunRows(rows, about, "system", stop: TestContext.Current.CancellationToken);

        Assert.Equal((50_000, 50_000, 0), (report.Read, report.Imported, report.Rejected));
        Assert.Equal((0, 50_000), (again.Imported, again.Duplicates));
        Assert.Equal("Parking permits", _test.Store.Dimensions.Service("100")!.Label);
        Assert.True(_test.Store.Dimensions.Council("northmoor")!.IsSynthetic);
        Assert.Equal(31, _test.Store.Dimensions.Areas.Count);
        Assert.Equal("Ethnically diverse professionals", _test.Store.Dimensions.Profiles.Single(p => p.Key == "3").Label);
    }

    private const string TestMapping = """
        {
          "name": "test", "about": "A test.", "kind": "contact",
          "council": { "name": "testham", "label": "Testham", "isSynthetic": true, "zone": "Europe/London" },
          "id": ["id"],
          "opened": { "columns": ["opened"], "formats": ["yyyy-MM-dd HH:mm"] },
          "closed": { "columns": ["closed"], "formats": ["yyyy-MM-dd HH:mm"] },
          "service": { "column": "service", "scheme": "test" },
          "area": "area",
          "source": { "column": "source", "values": { "Phone": { "channel": "phone", "initiator": "citizen" }, "Web": { "channel": "web", "initiator": "citizen" } } }
        }
        """;

    private static MemoryStream OneGoodAndOneBad() => new(Encoding.UTF8.GetBytes(Header + "1,2024-03-01 10:00,,Bins,North,Phone,\n2,yesterday,,Bins,North,Phone,\n"));

    private async Task<ImportReport> Import(string text, Mapping? mapping = null)
    {
        await using var file = mapping is null ? new MemoryStream(Encoding.UTF8.GetBytes(text)) : (Stream)File.OpenRead(text);
        return await _test.Import.Run(file, "test.csv", mapping ?? Mapping.Parse(TestMapping, "test"), "system", stop: TestContext.Current.CancellationToken);
    }

    private Task<CubeResult> Ask(CubeQuery query) => _test.Store.Query(query, TestContext.Current.CancellationToken);

    private async Task<long> Count(CubeQuery query, Measured measure = Measured.Contacts) => (await Ask(query)).Count(0, measure);

    private async Task AssertNothingKept()
    {
        await using var db = _test.CreateDbContext();
        Assert.Equal(0, await db.Facts.CountAsync(f => f.Kind == Journal.KindOf(typeof(ContactsImported)), TestContext.Current.CancellationToken));
        Assert.Equal(0, (await _test.Store.Statistics(TestContext.Current.CancellationToken)).Contacts);
        Assert.DoesNotContain(Directory.GetDirectories(_test.Imports), d => !d.EndsWith("rejects", StringComparison.Ordinal));
        Assert.Empty(Directory.GetFiles(_test.Imports, "*", SearchOption.AllDirectories));
    }
}
