using System.IO.Compression;
using System.Text;
using Concentric.Core;
using Concentric.Measure.Journeys;
using Concentric.Measure.Journeys.Reading;

namespace Concentric.Tests.Measure.Journeys;

/// <summary>Logs as files, and what is wrong with some of them.</summary>
[Trait("Database", "none")]
public sealed class ReadJourneysTests
{
    [Fact]
    public void A_trace_without_end_and_names_without_end_are_refused_while_they_are_read()
    {
        static MemoryStream Log(string name, int events) => new(Encoding.UTF8.GetBytes($"<log><trace>{string.Concat(Enumerable.Range(0, events).Select(i => $"<event><string key=\"concept:name\" value=\"{name}{i}\"/><date key=\"time:timestamp\" value=\"2024-03-01\"/></event>"))}"));

        // Neither trace ends: what is refused is refused before that.
        Assert.Contains("more than 5 events", Assert.Throws<RefusedException>(() => XesLog.Read(Log("a", 6), new(5, 1000))).Message, StringComparison.Ordinal);
        Assert.Contains("more than 50 characters", Assert.Throws<RefusedException>(() => XesLog.Read(Log("a long name ", 5), new(5, 50))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_XES_log_is_put_in_order_by_UTC_whatever_clocks_and_places_its_events_have()
    {
        var log = Read("""
            <log xmlns="http://www.xes-standard.org/"><global scope="event"><string key="concept:name" value="UNKNOWN"/></global>
            <trace><event><string key="concept:name" value="close"/><date key="time:timestamp" value="2024-03-01T10:00:00+00:00"/></event>
            <event><string key="concept:name" value="open"><string key="concept:name" value="inner"/></string><date key="time:timestamp" value="2024-03-01T11:30:00.5+02:00"/></event>
            <string key="concept:name" value="c1"/></trace>
            <trace><event><string key="concept:name" value="open"/><date key="time:timestamp" value="2024-03-01T00:00:00Z"/></event></trace></log>
            """).Log;

        Assert.Equal(["open", "close"], log.Path(0).ToArray().Select(a => log.Activities[a]));
        Assert.Equal(1799.5, CaseTimes.Seconds(log, 0), 6);
        Assert.Equal(["c1", "(trace 1 without a name)"], [log.CaseName(0), log.CaseName(1)]);
    }

    [Fact]
    public void Start_and_complete_are_one_event_with_a_beginning_and_a_start_without_an_end_stays()
    {
        var log = Read($"<log><trace><string key=\"concept:name\" value=\"c\"/>{Event("a", "10:00", "start")}{Event("a", "11:00", "start")}{Event("a", "12:00", "complete")}{Event("b", "13:00", "schedule")}</trace></log>").Log;

        Assert.Equal(3, log.Events);
        Assert.Equal(7200, WaitingTime.Of(log)!.Touch);
    }

    [Fact]
    public void What_cannot_be_used_is_left_out_and_told_with_its_line()
    {
        var read = Read($"<log>\n<trace>\n<event/>\n{Event("a", "10:00", "complete")}\n<event><string key=\"concept:name\" value=\"b\"/><date key=\"time:timestamp\" value=\"soon\"/></event></trace></log>");

        Assert.Equal(1, read.Log.Events);
        Assert.Equal(["1 event without a name (concept:name) left out, the first on line 3.", "1 event with a time that is none left out, the first on line 5."], read.Remarks);
    }

    [Fact]
    public void CSV_is_read_by_the_names_of_its_columns_or_by_those_that_are_said()
    {
        const string Lines = "Ref;What;When;Team\r\n1;\"a; b\";2024-03-01 10:00:00+01:00;North\r\n1;c;2024-03-01T08:00:00Z;South\r\n2;c;03/04/2024;South\r\n";
        var refused = Assert.Throws<RefusedException>(() => Read(Lines));
        var read = Read(Lines, new() { Activity = "what", Time = "When" });

        Assert.Contains("--activity", refused.Message, StringComparison.Ordinal);
        Assert.Contains("The file has: Ref, What, When, Team.", refused.Message, StringComparison.Ordinal);
        Assert.Equal(["c", "a; b"], read.Log.Path(0).ToArray().Select(a => read.Log.Activities[a]));
        Assert.Contains("on line 4.", Assert.Single(read.Remarks), StringComparison.Ordinal);
        Assert.Equal(["", "North", "South"], read.Log.Teams);
        Assert.Contains("There is no column “Why”", Assert.Throws<RefusedException>(() => Read(Lines, new() { Activity = "Why" })).Message, StringComparison.Ordinal);
    }

    private const string Orders = """
        {"objectTypes":[{"name":"order"},{"name":"item"}],"objects":[{"id":"o1","type":"order"},{"id":"i1","type":"item"},{"id":"i2","type":"item"}],
        "events":[{"id":"e1","type":"place","time":"2024-03-01T10:00:00Z","relationships":[{"objectId":"o1"},{"objectId":"i1"},{"objectId":"i2"}]},
        {"id":"e2","type":"pack","time":"2024-03-01T11:00:00Z","relationships":[{"objectId":"i1"},{"objectId":"i2"}]},
        {"id":"e3","type":"send","time":"2024-03-01T12:00:00Z","relationships":[{"objectId":"i1"}]},
        {"id":"e4","type":"send","time":"2024-03-01T13:00:00Z","relationships":[{"objectId":"i2"}]}]}
        """;

    [Fact]
    public void A_log_of_many_objects_counts_what_follows_what_by_events_by_objects_and_by_both()
    {
        var log = Read(Orders, new() { ObjectType = "item" }).Log;

        // Flat, two items went from place to pack; it happened once.
        Assert.Equal([("pack", "send", 2L, 2, 2L), ("place", "pack", 1L, 2, 2L)],
            ObjectEdges.Of(log)!.Select(e => (log.Activities[e.From], log.Activities[e.To], e.Events, e.Objects, e.Total)));
        var refused = Assert.Throws<RefusedException>(() => Read(Orders)).Message;
        Assert.Contains("--object", refused, StringComparison.Ordinal);
        Assert.Contains("item (2), order (1)", refused, StringComparison.Ordinal);
        Assert.Contains("no object of the type “parcel”", Assert.Throws<RefusedException>(() => Read(Orders, new() { ObjectType = "parcel" })).Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, string> Wrong => new()
    {
        { "", "empty" },
        { "<html><body/></html>", "Line 1: This is not an event log in XES" },
        { "<log><trace><event></log>", "not XML as it should be" },
        { "<!DOCTYPE log [<!ENTITY a \"b\">]><log>&a;</log>", "document type" },
        { "<log>" + string.Concat(Enumerable.Repeat("<a>", 5000)), "elements inside each other" },
        { "<log><trace><event><string key=\"concept:name\" value=\"" + new string('x', 500_000), "without a tag" },
        { "<log></log>", "no events" },
        { "case,activity,time\n", "no events" },
        { "case,activity,time\n1,a,tomorrow\n", "no event that can be used" },
        { "case,activity,time\n1,\"a,2024-03-01\n", "never closed" },
        { "{\"objects\":[", "cut off" },
        { "%PDF-1.7", "PDF" },
        { "PK\u0003\u0004", "ZIP" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_wrong_file_is_refused_with_what_is_wrong(string text, string message) => Assert.Contains(message, Assert.Throws<RefusedException>(() => Read(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_gzip_that_is_cut_off_is_refused()
    {
        var whole = new MemoryStream();
        using (var gzip = new GZipStream(whole, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(Encoding.UTF8.GetBytes("case,activity,time\n" + string.Concat(Enumerable.Range(0, 5000).Select(i => $"{i},a{i * 7919 % 997},2024-03-01\n"))));

        Assert.Equal(5000, ReadJourneys.Read(new MemoryStream(whole.ToArray()), new()).Log.Events);
        Assert.Contains("gzip", Assert.Throws<RefusedException>(() => ReadJourneys.Read(new MemoryStream(whole.ToArray()[..^200]), new())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_said_for_another_format_is_refused_and_not_passed_over()
    {
        Assert.Contains("--case names a column of a CSV file, and this is a log in XES", Assert.Throws<RefusedException>(() => Read("<log></log>", new() { Case = "id", MustFit = true })).Message, StringComparison.Ordinal);
        Assert.Contains("--time names a column of a CSV file, and this is a log in OCEL", Assert.Throws<RefusedException>(() => Read(Orders, new() { Time = "at", MustFit = true })).Message, StringComparison.Ordinal);
        Assert.Contains("--object names a type of objects of an OCEL log, and this is a CSV file", Assert.Throws<RefusedException>(() => Read("case,activity,time\n", new() { ObjectType = "item", MustFit = true })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_another_tool_is_read_with_blanks_in_its_columns_and_strokes_in_its_days()
    {
        var log = Read("Case ID,Activity,Complete Timestamp,Start Timestamp\n1,a,2026/01/02 10:00:00.000,2026/01/02 09:00:00.000\n").Log;

        Assert.Equal((1, true, new DateTime(2026, 1, 2, 9, 0, 0, DateTimeKind.Utc)), (log.Events, log.HasBegan, DateTime.UnixEpoch.AddTicks(log.FirstAt(0) * TimeSpan.TicksPerMicrosecond)));
        Assert.Contains("docs/mappings.md", Assert.Throws<RefusedException>(() => Read("case,activity,time\n1,a,02/03/2026\n")).Message, StringComparison.Ordinal);
        Assert.Throws<RefusedException>(() => Read("case,activity,time\n1,a,2026/01-02\n"));
    }

    private static string Event(string name, string at, string transition) =>
        $"<event><string key=\"concept:name\" value=\"{name}\"/><string key=\"lifecycle:transition\" value=\"{transition}\"/><date key=\"time:timestamp\" value=\"2024-03-01T{at}:00Z\"/></event>";

    private static ReadLog Read(string text, LogOptions? options = null) => ReadJourneys.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), options ?? new());
}
