using System.Globalization;
using System.Text;
using Concentric.Measure.Contacts;
using Microsoft.Data.Sqlite;

namespace Concentric.Tests.Measure;

/// <summary>What is no CSV: our own lines, Open311, XES and OCEL.</summary>
[Trait("Database", "none")]
public sealed class FormatTests : IAsyncDisposable
{
    private readonly TestMeasure _test = new();

    public ValueTask DisposeAsync() => _test.DisposeAsync();

    [Fact]
    public async Task Our_own_lines_are_contacts_and_a_wrong_line_is_rejected_by_its_number()
    {
        var report = await Import("""
            {"id":"a1","at":"2026-03-01T09:30:00+00:00","channel":"phone","service":"524","interaction":8,"area":"E01","demand":"failure","cause":"progress-chasing","resolved":true,"seconds":240,"cost":2.5,"satisfaction":4,"person":"jo@example.org"}
            {"id":"a2","at":"2026-03-01T09:31Z"}

            {"id":"a3","at":"2026-03-01T09:31:00Z","chanel":"phone"}
            {"id":"a4","at":"2026-03-01T09:31:00Z","channel":"pigeon"}
            {"id":"a5","at":"2026-03-01T09:31:00Z","seconds":[1]}
            {"id":"a6","at":
            {"id":"a7","at":"1 March"}
            ["a8"]
            {"id":"a9","at":"2026-03-01T09:31:00Z","area":"E\u0000"}
            {"id":"a10","at":"2026-03-01T09:31:00Z"}
            {"id":"a11","at":"2026-03-01T09:31:00Z"}
            {"id":"a12","at":"2026-03-01T09:31:00Z"}
            {"id":"a13","at":"2026-03-01T09:31:00Z"}
            {"id":"a14","at":"2026-03-01T09:31:00Z"}
            """, Mapping.OwnLines(TestMeasure.Northmoor));

        Assert.Equal((14, 7, 7, 0), (report.Read, report.Imported, report.Rejected, report.Duplicates));
        var rejects = (await File.ReadAllLinesAsync(report.RejectsFile!, TestContext.Current.CancellationToken))[1..];
        Assert.Equal(["4", "5", "6", "7", "8", "9", "10"], rejects.Select(r => r.Split(',')[0]));
        foreach (var (line, reason) in rejects.Zip(["“chanel” is not a field", "pigeon", "plain value belongs there", "not JSON", "not a date", "not a JSON object", "NUL"])) Assert.Contains(reason, line, StringComparison.Ordinal);
        var first = (await _test.Rows())[0].Split('|');
        Assert.Contains("524", first);
        Assert.Contains("E01", first);
    }

    [Fact]
    public async Task A_time_without_an_offset_is_rejected_in_our_own_lines()
    {
        var report = await Import("""
            {"id":"a1","at":"2026-07-01T23:30:00"}
            {"id":"a2","at":"2026-07-01T23:30:00Z"}
            {"id":"a3","at":"2026-07-01T23:30+01:00"}
            """, Mapping.OwnLines(TestMeasure.Northmoor));

        Assert.Equal((2, 1), (report.Imported, report.Rejected));
        Assert.Contains("offset from UTC", await File.ReadAllTextAsync(report.RejectsFile!, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open311_requests_are_the_same_from_JSON_and_XML()
    {
        var mapping = Mapping.Open311(TestMeasure.Northmoor);
        var json = await Import("""
            {"count": 3, "service_requests": [
              {"service_request_id": 638344, "status": "closed", "service_name": "Sidewalk \"repair\"", "service_code": 6, "description": "ask Mr Jones", "requested_datetime": "2010-04-14T06:37:38-08:00", "updated_datetime": "2010-04-15T06:37:38-08:00", "zipcode": "94122", "lat": 37.7, "extra": {"a": [1, 2]}},
              {"service_request_id": "638345", "status": "open", "service_name": "Trees", "description": null, "requested_datetime": "2010-04-14T06:37:38Z", "updated_datetime": "2010-04-19T06:37:38Z", "zipcode": null},
              {"service_request_id": "638346", "status": "open", "service_name": "Trees", "requested_datetime": "soon"}]}
            """, mapping);
        var rows = await _test.Rows();
        var xml = await Import("""
            <?xml version="1.0" encoding="utf-8"?>
            <service_requests>
              <request><service_request_id>638344</service_request_id><status>closed</status><service_name>Sidewalk &quot;repair&quot;</service_name><service_code>6</service_code><description><![CDATA[ask Mr Jones]]></description>
                <requested_datetime>2010-04-14T06:37:38-08:00</requested_datetime><updated_datetime>2010-04-15T06:37:38-08:00</updated_datetime><zipcode>94122</zipcode><lat>37.7</lat></request>
              <request><service_request_id>638345</service_request_id><status>open</status><service_name>Trees</service_name><description/><requested_datetime>2010-04-14T06:37:38Z</requested_datetime><updated_datetime>2010-04-19T06:37:38Z</updated_datetime><zipcode/></request>
              <request><service_request_id>638346</service_request_id><status>open</status><service_name>Trees</service_name><requested_datetime>soon</requested_datetime></request>
            </service_requests>
            """, mapping);

        Assert.Equal((3, 2, 1), (json.Read, json.Imported, json.Rejected));
        Assert.Equal((3, 2, 0, 1), (xml.Read, xml.Duplicates, xml.Changed, xml.Rejected));
        Assert.Equal(1, json.FreeText[0].Kinds["salutation"]);
        Assert.Contains("open311:Sidewalk \"repair\"", rows[0], StringComparison.Ordinal);
        Assert.Contains("|86400|", rows[0], StringComparison.Ordinal);
        Assert.DoesNotContain("|432000|", rows[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_XES_log_becomes_steps_with_the_channel_of_their_case()
    {
        var report = await Import("""
            <?xml version="1.0"?>
            <log xes.version="1.0" xmlns="http://www.xes-standard.org/">
              <extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
              <global scope="trace"><string key="concept:name" value="UNKNOWN"/></global>
              <trace><string key="concept:name" value="c1"><string key="channel" value="not this"/></string><string key="channel" value="Desk"/>
                <event><string key="concept:name" value="register"/><date key="time:timestamp" value="2024-03-01T09:00:00.000+01:00"/><string key="org:resource" value="Anna"/></event>
                <event><string key="concept:name" value="decide"/><date key="time:timestamp" value="2024-03-01T10:00:00.000+01:00"/></event>
                <event><string key="concept:name" value="decide"/><date key="time:timestamp" value="2024-03-01T10:00:00.000+01:00"/></event></trace>
              <trace><string key="concept:name" value="c2"/><event><string key="concept:name" value="register"/></event></trace>
            </log>
            """, Steps("""
            "format": "xes", "id": ["case:concept:name", "@position"],
            "opened": { "columns": ["time:timestamp"], "formats": ["yyyy-MM-ddTHH:mm:ss.FFFFFFFK"] },
            "source": { "column": "case:channel", "values": { "Desk": { "channel": "face-to-face", "initiator": "citizen" }, "": { "channel": "unknown", "initiator": "citizen" } } },
            "step": { "case": ["case:concept:name"], "activity": "concept:name", "actor": ["org:resource"] }
            """));

        Assert.Equal((4, 3, 1, 0), (report.Read, report.Imported, report.Rejected, report.Duplicates));
        Assert.Equal("1  register 3 08:00:00 4294967295|2 register decide 3 09:00:00 3600|3 decide decide 3 09:00:00 0", await StepRows());
        // Nobody's name is in the store.
        Assert.DoesNotContain(_test.Store.Dimensions.Actors, a => a.Label.Contains("Anna", StringComparison.Ordinal));
        Assert.Equal(2, _test.Store.Dimensions.Actors.Count);
    }

    [Theory]
    [InlineData("json")]
    [InlineData("xml")]
    [InlineData("sqlite")]
    public async Task An_OCEL_log_becomes_the_same_steps_in_each_of_its_forms(string form)
    {
        var file = form switch { "json" => Encoding.UTF8.GetBytes(OcelJsonText), "xml" => Encoding.UTF8.GetBytes(OcelXmlText), _ => OcelDatabase() };

        var report = await _test.Import.Run(new MemoryStream(file), "log", Steps("""
            "format": "ocel", "id": ["event:id", "case:id"],
            "opened": { "columns": ["event:time"], "formats": ["yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-dd HH:mm:ss"], "zone": "UTC" },
            "source": { "column": "case:via", "values": { "web": { "channel": "web", "initiator": "citizen" }, "desk": { "channel": "face-to-face", "initiator": "citizen" } } },
            "step": { "case": ["case:id"], "activity": "event:type", "actor": ["event:by"], "caseType": "application" }
            """), "system", stop: TestContext.Current.CancellationToken);

        // e1 belongs to a1, e2 to both, e3 to no application.
        Assert.Equal((4, 3, 1), (report.Read, report.Imported, report.Rejected));
        Assert.Contains("The event e3 has no object of the type", await File.ReadAllTextAsync(report.RejectsFile!, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal("1  receive 1 09:00:00 4294967295|1  check 3 10:00:00 4294967295|2 receive check 1 10:00:00 3600", await StepRows("seq, channel"));
        Assert.Empty(Directory.GetFiles(Path.Combine(_test.Imports, "spool.tmp")));
    }

    private const string OcelJsonText = """
        { "objectTypes": [{"name": "application", "attributes": [{"name": "via", "type": "string"}]}, {"name": "parcel", "attributes": []}],
          "eventTypes": [{"name": "receive", "attributes": []}, {"name": "check", "attributes": []}],
          "events": [
            {"id": "e1", "type": "receive", "time": "2024-03-01T09:00:00Z", "attributes": [{"name": "by", "value": "Anna"}], "relationships": [{"objectId": "a1", "qualifier": "of"}, {"objectId": "p1", "qualifier": "on"}]},
            {"id": "e2", "type": "check", "time": "2024-03-01T10:00:00Z", "attributes": [], "relationships": [{"objectId": "a1", "qualifier": "of"}, {"objectId": "a2", "qualifier": "of"}]},
            {"id": "e3", "type": "check", "time": "2024-03-01T11:00:00Z", "attributes": [], "relationships": [{"objectId": "p1", "qualifier": "on"}]}],
          "objects": [
            {"id": "a1", "type": "application", "attributes": [{"name": "via", "time": "1970-01-01T00:00:00Z", "value": "web"}]},
            {"id": "a2", "type": "application", "attributes": [{"name": "via", "time": "1970-01-01T00:00:00Z", "value": "web"}, {"name": "via", "time": "2024-01-01T00:00:00Z", "value": "desk"}]},
            {"id": "p1", "type": "parcel", "attributes": []}] }
        """;

    private const string OcelXmlText = """
        <?xml version="1.0" encoding="UTF-8"?>
        <log>
          <object-types><object-type name="application"><attributes><attribute name="via" type="string"/></attributes></object-type></object-types>
          <event-types><event-type name="receive"/></event-types>
          <objects>
            <object id="a1" type="application"><attributes><attribute name="via" time="1970-01-01T00:00:00Z">web</attribute></attributes></object>
            <object id="a2" type="application"><attributes><attribute name="via" time="1970-01-01T00:00:00Z">web</attribute><attribute name="via" time="2024-01-01T00:00:00Z">desk</attribute></attributes></object>
            <object id="p1" type="parcel"><attributes/></object>
          </objects>
          <events>
            <event id="e1" type="receive" time="2024-03-01T09:00:00Z"><attributes><attribute name="by">Anna</attribute></attributes><objects><relationship object-id="a1" qualifier="of"/><relationship object-id="p1" qualifier="on"/></objects></event>
            <event id="e2" type="check" time="2024-03-01T10:00:00Z"><attributes/><objects><relationship object-id="a1" qualifier="of"/><relationship object-id="a2" qualifier="of"/></objects></event>
            <event id="e3" type="check" time="2024-03-01T11:00:00Z"><objects><relationship object-id="p1" qualifier="on"/></objects></event>
          </events>
        </log>
        """;

    private byte[] OcelDatabase() => SqliteFile(Path.Combine(_test.Folder, "log.sqlite"), """
        CREATE TABLE event (ocel_id TEXT, ocel_type TEXT); CREATE TABLE object (ocel_id TEXT, ocel_type TEXT);
        CREATE TABLE event_map_type (ocel_type TEXT, ocel_type_map TEXT); CREATE TABLE object_map_type (ocel_type TEXT, ocel_type_map TEXT);
        CREATE TABLE event_object (ocel_event_id TEXT, ocel_object_id TEXT, ocel_qualifier TEXT);
        CREATE TABLE event_Receive (ocel_id TEXT, ocel_time TEXT, by TEXT); CREATE TABLE event_Check (ocel_id TEXT, ocel_time TEXT);
        CREATE TABLE object_Application (ocel_id TEXT, ocel_time TEXT, via TEXT, ocel_changed_field TEXT);
        INSERT INTO event VALUES ('e1', 'receive'), ('e2', 'check'), ('e3', 'check'); INSERT INTO object VALUES ('a1', 'application'), ('a2', 'application'), ('p1', 'parcel');
        INSERT INTO event_map_type VALUES ('receive', 'Receive'), ('check', 'Check'); INSERT INTO object_map_type VALUES ('application', 'Application');
        INSERT INTO event_Receive VALUES ('e1', '2024-03-01 09:00:00', 'Anna'); INSERT INTO event_Check VALUES ('e2', '2024-03-01 10:00:00'), ('e3', '2024-03-01 11:00:00');
        INSERT INTO object_Application VALUES ('a1', '1970-01-01 00:00:00', 'web', NULL), ('a2', '1970-01-01 00:00:00', 'web', NULL), ('a2', '2024-01-01 00:00:00', 'desk', 'via');
        INSERT INTO event_object VALUES ('e1', 'a1', 'of'), ('e1', 'p1', 'on'), ('e2', 'a1', 'of'), ('e2', 'a2', 'of'), ('e3', 'p1', 'on');
        """);

    internal static byte[] SqliteFile(string path, string sql)
    {
        using (var database = new SqliteConnection($"Data Source={path};Pooling=False"))
        {
            database.Open();
            using var command = database.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }
        var bytes = File.ReadAllBytes(path);
        File.Delete(path);
        return bytes;
    }

    internal static Mapping Steps(string part) => Mapping.Parse($$"""
        { "name": "log", "about": "", "kind": "step", "council": { "name": "northmoor", "label": "Northmoor Council", "isSynthetic": false, "zone": "UTC" }, {{part}} }
        """, "log");

    private Task<ImportReport> Import(string text, Mapping mapping) =>
        _test.Import.Run(new MemoryStream(Encoding.UTF8.GetBytes(text)), "file", mapping, "system", stop: TestContext.Current.CancellationToken);

    private Task<string> StepRows(string order = "seq") => _test.Store.Read(reader =>
    {
        using var rows = reader.Connection.Query($"SELECT string_agg(concat_ws(' ', seq, p.key, a.key, channel, strftime(occurred_at, '%H:%M:%S'), gap), '|' ORDER BY {order}) FROM step s JOIN activity a ON s.activity = a.code JOIN activity p ON s.prev_activity = p.code");
        rows.NextChunk();
        return rows.Column(0).Text(0)!.ToString(CultureInfo.InvariantCulture);
    }, default);
}
