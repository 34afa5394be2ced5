using System.Globalization;
using System.IO.Compression;
using System.Xml.Linq;
using Concentric.Measure.Contacts;
using CsvHelper;
using CsvHelper.Configuration;
using Measured = Concentric.Measure.Contacts.Measure;

namespace Concentric.Tests.Measure;

/// <summary>Real files of seven places and three logs by the mappings that come with the program, against counts made here by other means (CsvHelper, LINQ to XML).</summary>
[Trait("Database", "none")]
public sealed class SharedFilesTests : IAsyncDisposable
{
    private readonly TestMeasure _test = new();

    public ValueTask DisposeAsync() => _test.DisposeAsync();

    [Fact]
    public async Task Kansas_City_comes_in_by_channel_and_month()
    {
        var rows = Table("contacts/kansascity311-potholes.csv");
        var report = await Import("contacts/kansascity311-potholes.csv", "kansascity311");

        AssertWhole(report, rows.Count, rows.DistinctBy(r => r["CASE ID"]).Count());
        await AssertGroups("kansascity", Dimension.Channel, rows, r => r["SOURCE"] switch { "PHONE" => 2, "WEB" => 1, "EMAIL" => 4, "TWIR" => 6, "BOT" => 8, "WALK" => 3, _ => -1 });
        await AssertGroups("kansascity", Dimension.Month, rows, r => MonthOf(DateTime.Parse(r["CREATION DATE"], CultureInfo.GetCultureInfo("en-US"))));
        await AssertNamed("kansascity", Dimension.Area, rows, r => r["NEIGHBORHOOD"]);
        var closed = rows.Where(r => r["DAYS TO CLOSE"].Length > 0).Select(r => 86400L * int.Parse(r["DAYS TO CLOSE"], CultureInfo.InvariantCulture)).ToList();
        Assert.Equal((closed.Count, closed.Sum()), (await Sum("count(seconds)"), await Sum("sum(seconds)")));
    }

    [Fact]
    public async Task St_Louis_repeats_requests_whole_and_they_are_told_as_duplicates()
    {
        var rows = Table("contacts/stlouis-csb-2018-01.csv");
        var report = await Import("contacts/stlouis-csb-2018-01.csv", "stlouis-csb");
        var first = rows.DistinctBy(r => r["requestid"]).ToList();

        Assert.True(rows.Count > first.Count);
        AssertWhole(report, rows.Count, first.Count);
        await AssertGroups("stlouis", Dimension.Channel, first, r => r["callertype"] switch { "PHONE" or "CSB VCML" => 2, "WEB" => 1, "EMAIL" => 4, "TWITTER" => 6, "OTHER" or "" or "DEPT_REF" => 0, _ => -1 });
        await AssertGroups("stlouis", Dimension.Initiator, first, r => r["callertype"] == "DEPT_REF" ? 1 : 0);
        await AssertGroups("stlouis", Dimension.Month, first, r => MonthOf(Exact(r["datetimeinit"])));
        await AssertNamed("stlouis", Dimension.Service, first, r => "stlouis-csb:" + r["problemcode"]);
        // Only what was closed and not cancelled has a duration, unless it was closed before it was opened.
        var durations = first.Where(r => r["status"] is "CLOSED" or "Closed" && r["datetimeclosed"].Length > 0 && Exact(r["datetimeclosed"]) >= Exact(r["datetimeinit"])).Count();
        Assert.Equal(durations, await Sum("count(seconds)"));
        Assert.Contains(first, r => r["status"] == "CANCEL");
    }

    [Fact]
    public async Task San_Francisco_comes_in_by_the_neighbourhoods_of_the_census()
    {
        var rows = Table("contacts/sf311-cases-sample.csv");
        var report = await Import("contacts/sf311-cases-sample.csv", "sf311");

        AssertWhole(report, rows.Count, rows.DistinctBy(r => r["CaseID"]).Count());
        await AssertGroups("sanfrancisco", Dimension.Channel, rows, r => r["Source"] switch
        {
            "Voice In" => 2, "Open311" => 7, "Web Self Service" => 1, "Integrated Agency" => 10, "Twitter" => 6, "Other Department" => 0, "e-mail In" => 4, "Mail In" => 5, _ => -1,
        });
        await AssertGroups("sanfrancisco", Dimension.Month, rows, r => MonthOf(Exact(r["Opened"])));
        await AssertNamed("sanfrancisco", Dimension.Area, rows, r => r["C.Neighborhood"] == "NA" ? "" : r["C.Neighborhood"]);
        Assert.Equal(rows.Count(r => r["Status.Notes"] != "NA" && r["Status.Notes"].Trim().Length > 0), report.FreeText.Single().Texts);
        Assert.Equal(rows.Select(r => r["Category"]).Distinct().Count(), report.Unmatched.Count(u => u.Field == "service"));
    }

    [Fact]
    public async Task Vancouvers_calls_are_counts_and_no_contacts()
    {
        var rows = Table("contacts/vancouver-contact-centre-daily-to-2022.csv", ";");
        var report = await Import("contacts/vancouver-contact-centre-daily-to-2022.csv", "vancouver-calls");

        Assert.Equal((rows.Count, 3L * rows.Count, 0, 3L * rows.Count), (report.Lines, report.Read, report.Rejected, report.Imported));
        Assert.Equal(report.Lines * 3, report.Read + report.Blank);
        foreach (var (name, column) in new[] { ("calls-offered", "CallsOffered"), ("calls-handled", "CallsHandled"), ("calls-abandoned", "CallsAbandoned") })
        {
            var expected = rows.GroupBy(r => new DateOnly(int.Parse(r["Date"][..4], CultureInfo.InvariantCulture), 1, 1)).OrderBy(g => g.Key).Select(g => (g.Key, g.Sum(r => long.Parse(r[column], CultureInfo.InvariantCulture)))).ToList();
            Assert.Equal(expected, (await Counted("vancouver", CountedGrain.Year, name)).Select(r => (r.Period!.Value, r.Amount)));
        }
        var weighted = rows.Sum(r => double.Parse(r["AverageSpeedofAnswer"], CultureInfo.InvariantCulture) * long.Parse(r["CallsHandled"], CultureInfo.InvariantCulture)) / rows.Sum(r => long.Parse(r["CallsHandled"], CultureInfo.InvariantCulture));
        Assert.Equal(weighted, (await Counted("vancouver", CountedGrain.All, "calls-handled")).Single().Mean!.Value, 6);
        Assert.Equal(0, (await _test.Store.Statistics(TestContext.Current.CancellationToken)).Contacts);
    }

    [Fact]
    public async Task Newcastles_libraries_are_counts_by_month_and_branch()
    {
        var rows = Table("contacts/newcastle-libraries-monthly-to-2019.csv");
        var report = await Import("contacts/newcastle-libraries-monthly-to-2019.csv", "newcastle-libraries");

        AssertWhole(report, rows.Count, rows.DistinctBy(r => (r["Library"], r["month"], r["measure"])).Count());
        foreach (var name in rows.Select(r => r["measure"]).Distinct())
        {
            var expected = rows.Where(r => r["measure"] == name).GroupBy(r => DateOnly.Parse(r["month"], CultureInfo.InvariantCulture)).OrderBy(g => g.Key).Select(g => (g.Key, g.Sum(r => long.Parse(r["value"], CultureInfo.InvariantCulture)))).ToList();
            Assert.Equal(expected, (await Counted("newcastle", CountedGrain.Month, name)).Select(r => (r.Period!.Value, r.Amount)));
        }
        Assert.Equal(rows.Select(r => r["Library"]).Distinct().Count() + 1, _test.Store.Dimensions.Areas.Count);
    }

    [Fact]
    public async Task Canadas_wide_inventory_loses_no_field_and_invents_none()
    {
        var rows = Table("contacts/canada-si_2024.csv.gz");
        var report = await Import("contacts/canada-si_2024.csv.gz", "canada-services");
        string[] columns = [.. rows[0].Keys.Where(k => k.StartsWith("num_", StringComparison.Ordinal))];
        bool IsGiven(string text) => text.Trim() is not ("" or "NA" or "ND");
        var given = rows.Sum(r => columns.Count(c => IsGiven(r[c])));

        Assert.Equal(10, columns.Length);
        Assert.Equal((rows.Count, given, (long)rows.Count * columns.Length - given), (report.Lines, report.Read, report.Blank));
        Assert.Equal(rows.Sum(r => columns.Count(c => IsGiven(r[c]) && !long.TryParse(r[c], out _))), report.Rejected);
        Assert.Equal((given - report.Rejected, 0), (report.Imported, report.Duplicates));
        Assert.Equal(rows.Sum(r => Amount(r["num_website_visits"])), (await Counted("canada", CountedGrain.All, "website-visits")).Single().Amount);
        Assert.Equal(rows.Sum(r => Amount(r["num_applications_total"])), (await Counted("canada", CountedGrain.All, "applications-in-all")).Single().Amount);
        var byChannel = await Counted("canada", CountedGrain.All, "applications", Dimension.Channel);
        foreach (var (channel, column) in new[] { (1, "online"), (2, "by_phone"), (3, "in_person"), (4, "by_email"), (5, "by_mail") })
            Assert.Equal(rows.Sum(r => Amount(r["num_applications_" + column])), byChannel.Single(r => r.Channel == channel).Amount);

        static long Amount(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var amount) ? amount : 0;
    }

    [Fact]
    public async Task Canadas_standards_are_counts_by_channel()
    {
        var rows = Table("contacts/canada-ss_2024.csv.gz");
        var report = await Import("contacts/canada-ss_2024.csv.gz", "canada-standards");
        string[] columns = ["total_volume", "volume_meeting_target"];
        var given = rows.Sum(r => columns.Count(c => r[c].Length > 0));

        Assert.Equal((rows.Count, given, 2L * rows.Count - given, 0), (report.Lines, report.Read, report.Blank, report.Rejected));
        // Some standards stand twice under one number.
        var first = rows.DistinctBy(r => (r["fiscal_yr"], r["service_id"], r["service_standard_id"])).ToList();
        Assert.Equal(first.Count == rows.Count ? 0 : report.Duplicates, report.Duplicates);
        if (first.Count == rows.Count)
        {
            var byChannel = await Counted("canada", CountedGrain.All, "standard-volume", Dimension.Channel);
            Assert.Equal(rows.Where(r => r["channel"] == "TEL").Sum(r => r["total_volume"].Length == 0 ? 0 : long.Parse(r["total_volume"], CultureInfo.InvariantCulture)), byChannel.Single(r => r.Channel == 2).Amount);
        }
        Assert.Equal(report.Read, report.Imported + report.Duplicates);
    }

    [Theory]
    [InlineData("journeys/receipt.xes.gz", "receipt-xes")]
    [InlineData("journeys/bpic15-1.xes.gz", "bpic15-1")]
    [InlineData("journeys/helpdesk.xes.gz", "helpdesk")]
    public async Task An_event_log_gives_the_pairs_that_another_reading_gives(string path, string mapping)
    {
        var traces = Traces(path);
        var report = await Import(path, mapping);

        Assert.Equal((traces.Sum(t => t.Count), traces.Sum(t => t.Count), 0, 0), (report.Read, report.Imported, report.Duplicates, report.Rejected));
        var expected = new Dictionary<(string, string), (long Count, double Gap)>();
        foreach (var trace in traces)
        {
            var before = ("", default(DateTimeOffset));
            foreach (var (what, at) in trace.OrderBy(e => e.At))
            {
                var (count, gap) = expected.GetValueOrDefault((before.Item1, what));
                expected[(before.Item1, what)] = (count + 1, gap + (before.Item1.Length == 0 ? 0 : Math.Floor((at - before.Item2).TotalSeconds)));
                before = (what, at);
            }
        }
        var names = _test.Store.Dimensions.Activities;
        var found = await _test.Store.Steps(new(_test.Store.Dimensions.Councils.Single().Code), TestContext.Current.CancellationToken);

        Assert.Equal(expected.OrderBy(e => e.Key).Select(e => (e.Key, e.Value.Count)), found.Select(p => ((names[p.From].Key, names[p.To].Key), p.Count)).OrderBy(p => p.Item1));
        foreach (var pair in found.Where(p => p.From != 0))
        {
            var (count, gap) = expected[(names[pair.From].Key, names[pair.To].Key)];
            Assert.Equal(gap / count, pair.MeanGap!.Value, 3);
        }
        Assert.Equal(traces.Count, found.Where(p => p.From == 0).Sum(p => p.Count));
    }

    [Fact]
    public async Task The_same_log_as_CSV_is_known_again()
    {
        var xes = await Import("journeys/receipt.xes.gz", "receipt-xes");
        var csv = await Import("journeys/receipt.csv.gz", "receipt-csv");

        // By two readers of two formats each event says the same, to the moment, the person and the channel.
        Assert.Equal((xes.Imported, xes.Imported, 0, 0), (csv.Read, csv.Duplicates, csv.Imported, csv.Changed));
        var rows = Table("journeys/receipt.csv.gz");
        var desk = await _test.Store.Read(r => r.Connection.Number("SELECT count(*) FROM step WHERE channel = 3"), TestContext.Current.CancellationToken);
        Assert.Equal(rows.Count(r => r["case:channel"] == "Desk"), desk);
    }

    private static List<Dictionary<string, string>> Table(string path, string delimiter = ",")
    {
        var file = SharedData.Find(path);
        using var stream = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(File.OpenRead(file), CompressionMode.Decompress) : (Stream)File.OpenRead(file);
        using var reader = new CsvReader(new StreamReader(stream), new CsvConfiguration(CultureInfo.InvariantCulture) { Delimiter = delimiter });
        reader.Read();
        reader.ReadHeader();
        var rows = new List<Dictionary<string, string>>();
        while (reader.Read()) rows.Add(reader.HeaderRecord!.Index().Where(h => h.Item.Length > 0).ToDictionary(h => h.Item, h => reader.GetField(h.Index)!));
        return rows;
    }

    private static List<List<(string What, DateTimeOffset At)>> Traces(string path)
    {
        using var stream = new GZipStream(File.OpenRead(SharedData.Find(path)), CompressionMode.Decompress);
        var log = XDocument.Load(stream).Root!;
        var ns = log.Name.Namespace;
        string Value(XElement of, string key) => of.Elements().Single(a => (string?)a.Attribute("key") == key).Attribute("value")!.Value;
        return [.. log.Elements(ns + "trace").Select(t => t.Elements(ns + "event").Select(e => (Value(e, "concept:name"), DateTimeOffset.Parse(Value(e, "time:timestamp"), CultureInfo.InvariantCulture))).ToList())];
    }

    private static DateTime Exact(string text) => DateTime.ParseExact(text, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static int MonthOf(DateTime date) => (date.Year - 1970) * 12 + date.Month - 1;

    private static void AssertWhole(ImportReport report, int read, int distinct) =>
        Assert.Equal((read, read, distinct, read - distinct, 0), (report.Lines, report.Read, report.Imported, report.Duplicates, report.Rejected));

    private async Task<ImportReport> Import(string path, string mapping)
    {
        await using var file = File.OpenRead(SharedData.Find(path));
        return await _test.Import.Run(file, Path.GetFileName(path), Mapping.Find(mapping), "system", stop: TestContext.Current.CancellationToken);
    }

    private async Task AssertGroups(string council, Dimension dimension, IEnumerable<Dictionary<string, string>> rows, Func<Dictionary<string, string>, int> code)
    {
        var result = await _test.Store.Query(new(_test.Store.Dimensions.Council(council)!.Code, [dimension], [Measured.Contacts], []), TestContext.Current.CancellationToken);
        Assert.Equal(rows.GroupBy(code).OrderBy(g => g.Key).Select(g => (g.Key, (long)g.Count())), Enumerable.Range(0, result.Rows).Select(r => (result.Code(r, dimension), result.Count(r, Measured.Contacts))).OrderBy(r => r.Item1));
    }

    private async Task AssertNamed(string council, Dimension dimension, IEnumerable<Dictionary<string, string>> rows, Func<Dictionary<string, string>, string> key)
    {
        var result = await _test.Store.Query(new(_test.Store.Dimensions.Council(council)!.Code, [dimension], [Measured.Contacts], []), TestContext.Current.CancellationToken);
        string Key(int code) => dimension == Dimension.Area ? _test.Store.Dimensions.Areas[code].Key : _test.Store.Dimensions.Services[code].Key;
        Assert.Equal(rows.GroupBy(r => key(r).Trim()).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => (g.Key, (long)g.Count())),
            Enumerable.Range(0, result.Rows).Select(r => (Key(result.Code(r, dimension)), result.Count(r, Measured.Contacts))).OrderBy(r => r.Item1, StringComparer.Ordinal));
    }

    private async Task<IReadOnlyList<CountedRow>> Counted(string council, CountedGrain grain, string name, params Dimension[] by)
    {
        var code = _test.Store.Dimensions.CountedNames.Single(n => n.Key == name).Code;
        return (await _test.Store.Counted(new(_test.Store.Dimensions.Council(council)!.Code) { Grain = grain, Names = [code], By = by }, TestContext.Current.CancellationToken)).Rows;
    }

    private Task<long> Sum(string what) => _test.Store.Read(r => r.Connection.Number($"SELECT {what} FROM contact"), TestContext.Current.CancellationToken);
}
