using System.IO.Compression;
using System.Text;
using Concentric.Measure.Contacts;

namespace Concentric.Tests.Measure;

/// <summary>Files that are meant to harm, or that are something else than they say: refused with a message, in bounded memory, and nothing of them kept.</summary>
[Trait("Database", "none")]
[Collection(nameof(Alone))]
public sealed class HostileFileTests : IAsyncDisposable
{
    /// <summary>What a line of a thousand megabytes may allocate, in all threads; as text it would be two thousand.</summary>
    private const long MostAllocated = 500_000_000;

    private const long Gigabyte = 1_000_000_000;

    private readonly TestMeasure _test = new();

    public ValueTask DisposeAsync() => _test.DisposeAsync();

    public static TheoryData<string, string, string> Texts => new()
    {
        { "csv", "id,at\u0000\n1,2024-03-01\n", "no text holds" },
        { "csv", "id,at\n" + string.Concat(Enumerable.Repeat("1,2024-03-01\n", 2000)) + "2,\u0000\n", "NUL character" },
        { "csv", string.Join(',', Enumerable.Range(0, 10_000).Select(i => $"c{i}")) + "\n", "more than 500 columns" },
        { "csv", "id,at\n1,2024-03-01\n2,\"2024-03-01\n" + string.Concat(Enumerable.Repeat("3,2024-03-01\n", 50_000)), "opened on line 3 is never closed" },
        { "csv", "PK\u0003\u0004xl/workbook.xml", "Excel" },
        { "csv", "%PDF-1.7", "PDF" },
        { "csv", "SQLite format 3\u0000", "SQLite database" },
        { "csv", "<!doctype html><title>Sign in</title>", "sign-in page" },
        { "csv", "{\"id\": 1}", "JSON" },
        { "ndjson", "id,at\n1,2024-03-01\n", "may be a CSV file" },
        { "ndjson", "[]", "does not fit" },
        { "ndjson", "{\"id\":" + new string('[', 100_000) + "\n", "does not fit" },
        { "open311", "[" + new string('[', 100_000), "brackets inside each other" },
        { "open311", "[" + string.Concat(Enumerable.Repeat("{\"a\":", 100)), "brackets inside each other" },
        { "open311", "{\"requests\": [{\"service_request_id\": \"1\"", "cut off" },
        { "open311", "{\"requests\": [}", "JSON as it should be" },
        { "open311", "[]", "nothing to import" },
        { "open311", "id,at\n", "not Open311" },
        { "open311", "<service_requests><request><a>", "not XML as it should be" },
        { "open311", Laughs("service_requests"), "document type" },
        { "open311", "<!DOCTYPE r SYSTEM \"http://127.0.0.1:1/x.dtd\"><r/>", "document type" },
        { "open311", string.Concat(Enumerable.Repeat("<a>", 5000)), "elements inside each other" },
        { "xes", Laughs("log"), "document type" },
        { "xes", "<html><body/></html>", "not an event log in XES" },
        { "xes", "<log></log>", "nothing to import" },
        { "xes", "{}", "not an event log in XES" },
        { "ocel", "{\"objects\": [], \"events\": []}", "no object of the type" },
        { "ocel", "{\"objects\": [" + new string('[', 1000), "brackets inside each other" },
        { "ocel", Laughs("log"), "document type" },
        { "ocel", "SQLite format 3\u0000 and then nothing of the kind", "cannot be read" },
        { "ocel", "id,at\n", "not an event log in OCEL" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public Task A_wrong_text_is_refused_with_what_it_is(string format, string text, string message) => Refuse(new MemoryStream(Encoding.UTF8.GetBytes(text)), format, message);

    [Theory]
    [InlineData("csv", "id,at\n1,", "x", "longer than")]
    [InlineData("csv", "id,at\n1,\"", "x", "longer than")]
    [InlineData("csv", "", "x", "longer than")]
    [InlineData("ndjson", "{\"id\":\"", "x", "longer than")]
    [InlineData("open311", "[{\"service_request_id\":\"", "x", "longer than")]
    [InlineData("open311", "<service_requests><request><description>", "x", "without a tag")]
    [InlineData("open311", "<service_requests><request a=\"", "x", "without a tag")]
    [InlineData("open311", "<service_requests><request><description><![CDATA[", "<", "without a tag")]
    [InlineData("xes", "<log><trace><event><string key=\"concept:name\" value=\"", "x", "without a tag")]
    [InlineData("xes", "<log><trace><event ", "a=\"b\" ", "without a tag|not XML")]
    [InlineData("ocel", "{\"objects\":[{\"id\":\"", "x", "longer than")]
    public async Task A_line_of_a_thousand_megabytes_is_refused_in_bounded_memory(string format, string start, string again, string messages)
    {
        // The stream is longer than any memory here, and is never on a disk.
        await using var file = new Generated(start, again, Gigabyte);
        var before = GC.GetTotalAllocatedBytes();
        var refused = await Assert.ThrowsAsync<ImportRefusedException>(() => Run(file, format, new() { MostSpooled = 50_000_000 }));

        Assert.Contains(messages.Split('|').Append("longer than 50000000 bytes"), m => refused.Message.Contains(m, StringComparison.Ordinal));
        // A quarter of what it takes to hold the line once as text; other tests may run beside this one.
        Assert.True(GC.GetTotalAllocatedBytes() - before < MostAllocated, $"{GC.GetTotalAllocatedBytes() - before} bytes");
        await AssertNothingKept();
    }

    [Theory]
    [InlineData("csv", "id,at\n", "1,2024-03-01\n")]
    [InlineData("open311", "[", "{},")]
    [InlineData("xes", "<log>", "<trace/>")]
    [InlineData("ocel", "{\"objects\":[", "{},")]
    public async Task A_gzip_that_unpacks_without_end_is_refused(string format, string start, string again)
    {
        var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(start), TestContext.Current.CancellationToken);
            var block = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(again, 100_000)));
            for (var written = 0; written < 40_000_000; written += block.Length) await gzip.WriteAsync(block, TestContext.Current.CancellationToken);
        }
        packed.Position = 0;

        await Refuse(packed, format, "unpacks to more", new(MostRatio: 20, FirstRows: int.MaxValue));
    }

    [Fact]
    public async Task A_gzip_that_is_damaged_is_refused()
    {
        var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) await gzip.WriteAsync(Encoding.UTF8.GetBytes("id,at\n" + new string('1', 100_000)), TestContext.Current.CancellationToken);
        var bytes = packed.ToArray();
        bytes[^20] ^= 0xFF;
        bytes[12] ^= 0xFF;

        await Refuse(new MemoryStream(bytes), "csv", "");
    }

    [Theory]
    [InlineData("csv", "id,at\n", "1,2024-03-01\n", "")]
    [InlineData("ndjson", "", "{\"id\":\"1\",\"at\":\"2024-03-01T10:00:00Z\"}\n", "")]
    [InlineData("open311", "[{\"service_request_id\":\"1\",\"requested_datetime\":\"2024-03-01T10:00:00Z\"}", ",{\"service_request_id\":\"2\",\"requested_datetime\":\"2024-03-01T10:00:00Z\"}", "]")]
    public async Task A_gzip_that_is_cut_off_is_refused(string format, string start, string again, string end)
    {
        var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(start + string.Concat(Enumerable.Repeat(again, 3000)) + end), TestContext.Current.CancellationToken);
        var bytes = packed.ToArray();

        // At half, before the eight bytes that end it, and within them, where all of the text is there.
        foreach (var length in (int[])[bytes.Length / 2, bytes.Length - 8, bytes.Length - 3]) await Refuse(new MemoryStream(bytes[..length]), format, "cut off");
    }

    [Theory]
    [InlineData("CREATE TABLE t (a)", "no tables event, object")]
    [InlineData("CREATE TABLE event (a); CREATE TABLE object (a); CREATE TABLE event_object (a); CREATE TABLE event_map_type (a)", "no table object_map_type")]
    [InlineData("CREATE VIEW event AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n; CREATE TABLE object (a)", "no tables event,")]
    [InlineData("CREATE TABLE event (a); CREATE TABLE object (ocel_id, ocel_type); CREATE TABLE event_object (a); CREATE TABLE event_map_type (a); CREATE TABLE object_map_type (ocel_type, ocel_type_map); INSERT INTO object_map_type VALUES ('application', 'x\"; --')", "which is not there")]
    [InlineData("CREATE TABLE event (a); CREATE TABLE object (a); CREATE TABLE event_object (a); CREATE TABLE event_map_type (a); CREATE TABLE object_map_type (a)", "cannot be read")]
    public Task An_SQLite_file_that_is_no_OCEL_is_refused(string sql, string message) =>
        Refuse(new MemoryStream(FormatTests.SqliteFile(Path.Combine(_test.Folder, "x.sqlite"), sql)), "ocel", message);

    [Fact]
    public void A_batch_with_more_names_than_the_store_has_room_for_is_refused()
    {
        // Code 0 is not known, so that 65,535 names leave no room.
        var services = Enumerable.Range(0, ushort.MaxValue).Select(i => new ServiceCode(i, 0, i == 0 ? "" : $"s:{i}", "", "")).ToList();
        var known = new ContactDimensions([new(1, "northmoor", "Northmoor", false, "UTC")], services, [], [], [], [], []);
        Manifest Bringing(params string[] keys) => new(1, new("northmoor", "Northmoor", IsSynthetic: false), "m", "f", "", "", DateTimeOffset.UnixEpoch, new(0, 0, 0, 0, 0, 0), [.. keys.Select(k => new Named(k, k))], [], [], []);

        StoreRoom.Check(known, Bringing("s:1", "s:new"));
        var refused = Assert.Throws<ImportRefusedException>(() => StoreRoom.Check(known, Bringing("s:1", "s:new", "s:newer")));

        Assert.Contains("65535 services. It holds 65534, and this file brings 2 more.", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_rejects_of_a_kept_batch_are_there_even_if_it_cannot_be_counted()
    {
        var progress = new AtCounting(() => File.Delete(Path.Combine(_test.Imports, "1", "rows.parquet")));

        await Assert.ThrowsAnyAsync<Exception>(() => _test.Import.Run(new MemoryStream("id,at\n1,2024-03-01\n2,yesterday\n"u8.ToArray()), "x.csv", Map("csv"), "system", progress, stop: TestContext.Current.CancellationToken));

        var rejects = Path.Combine(_test.Imports, "rejects", "1-rejects.csv");
        Assert.Contains("yesterday", await File.ReadAllTextAsync(rejects, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static string Laughs(string root) =>
        $"<?xml version=\"1.0\"?><!DOCTYPE {root} [<!ENTITY a \"ha\">{string.Concat(Enumerable.Range(1, 12).Select(i => $"<!ENTITY {(char)('a' + i)} \"{string.Concat(Enumerable.Repeat($"&{(char)('a' + i - 1)};", 10))}\">"))}]><{root}>&m;</{root}>";

    private static Mapping Map(string format) => format switch
    {
        "csv" => Mapping.Parse("""
            { "name": "hostile", "about": "", "kind": "contact", "council": { "name": "northmoor", "label": "Northmoor", "isSynthetic": false },
              "id": ["id"], "opened": { "columns": ["at"], "formats": ["yyyy-MM-dd"] } }
            """, "hostile"),
        "ndjson" => Mapping.OwnLines(TestMeasure.Northmoor),
        "open311" => Mapping.Open311(TestMeasure.Northmoor),
        "xes" => FormatTests.Steps("""
            "format": "xes", "opened": { "columns": ["time:timestamp"], "formats": ["yyyy-MM-ddTHH:mm:ssK"] }, "step": { "case": ["case:concept:name"], "activity": "concept:name" }
            """),
        _ => FormatTests.Steps("""
            "format": "ocel", "opened": { "columns": ["event:time"], "formats": ["yyyy-MM-ddTHH:mm:ssK"] }, "step": { "case": ["case:id"], "activity": "event:type", "caseType": "application" }
            """),
    };

    private Task<ImportReport> Run(Stream file, string format, ImportLimits? limits) => _test.Import.Run(file, "hostile", Map(format), "system", limits: limits, stop: TestContext.Current.CancellationToken);

    private async Task Refuse(Stream file, string format, string message, ImportLimits? limits = null)
    {
        var refused = await Assert.ThrowsAsync<ImportRefusedException>(() => Run(file, format, limits));

        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
        Assert.True(refused.Message.Length < 2000);
        await AssertNothingKept();
    }

    private async Task AssertNothingKept()
    {
        var statistics = await _test.Store.Statistics(TestContext.Current.CancellationToken);
        Assert.Equal((0, 0, 0), (statistics.Contacts, statistics.Counts, statistics.Steps));
        Assert.Empty(_test.Store.Dimensions.Batches);
        Assert.Empty(Directory.GetFiles(_test.Imports, "*", SearchOption.AllDirectories));
    }

    /// <summary>A text and then another again and again, up to a length.</summary>
    private sealed class Generated(string start, string again, long length) : Stream
    {
        private readonly byte[] _start = Encoding.UTF8.GetBytes(start), _again = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(again, 65536 / again.Length)));
        private long _at;

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var from = _at < _start.Length ? _start.AsSpan((int)_at) : _again.AsSpan((int)((_at - _start.Length) % _again.Length));
            var read = (int)Math.Min(Math.Min(buffer.Length, from.Length), length - _at);
            from[..read].CopyTo(buffer);
            _at += read;
            return read;
        }

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
        public override void Flush() { }
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}

/// <summary>Does something between the fact and the counting.</summary>
internal sealed class AtCounting(Action what) : IProgress<ImportProgress>
{
    public void Report(ImportProgress value)
    {
        if (value.Stage == ImportProgress.Counting) what();
    }
}

/// <summary>Tests that look at the memory of the whole process run when no others do.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
