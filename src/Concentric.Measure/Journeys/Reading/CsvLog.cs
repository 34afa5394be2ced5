using System.Text;
using Concentric.Measure.Contacts;

namespace Concentric.Measure.Journeys.Reading;

/// <summary>An event log in CSV: a line is an event. Columns are those named, or such as their names tell.</summary>
internal static class CsvLog
{
    private static readonly char[] Delimiters = [',', ';', '\t', '|'];

    private static readonly string[] CaseNames = ["case:concept:name", "case_id", "caseid", "case", "reference", "ref"];
    private static readonly string[] ActivityNames = ["concept:name", "activity", "step", "event", "task", "action"];
    private static readonly string[] TimeNames = ["time:timestamp", "timestamp", "time", "completed", "complete_timestamp", "end_timestamp", "end", "at", "date"];
    private static readonly string[] StartNames = ["start_timestamp", "started", "start"];
    private static readonly string[] ResourceNames = ["org:resource", "resource", "user", "worker"];
    private static readonly string[] TeamNames = ["org:group", "org:organization", "team", "group", "department", "organisation"];
    private static readonly string[] ChannelNames = ["case:channel", "channel"];

    /// <exception cref="ImportRefusedException">A column that is needed is not there, or nothing in it can be used.</exception>
    public static ReadLog Read(Stream file, LogOptions options)
    {
        using var bytes = FileBytes.Open(file, ReadJourneys.Limits, ReadJourneys.Format(FileFormat.Csv));
        var start = new byte[64 * 1024];
        var length = bytes.Text.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        using var text = new StreamReader(new StartedStream(start.AsMemory(0, length), bytes.Text), bytes.MarkedEncoding ?? Encoding.UTF8);
        var delimiter = Guess(start.AsSpan(0, length), bytes.MarkedEncoding ?? Encoding.UTF8);
        var scanner = new CsvScanner(text, delimiter, ReadJourneys.Limits);
        if (!scanner.Read()) throw new ImportRefusedException("The file has no header line.", 1);
        return Events(scanner, Columns.Of([.. Enumerable.Range(0, scanner.Count).Select(i => scanner.Field(i).Trim().ToString())], options));
    }

    private static ReadLog Events(CsvScanner scanner, Columns columns)
    {
        var (to, left, number) = (new EventLogBuilder(), new LeftOut(), 0L);
        while (scanner.Read())
        {
            number++;
            var line = scanner.Line;
            if (scanner.IsBad || scanner.Count != columns.Count) { left.Tell($"left out because the line has not {columns.Count} fields as the first has", line); continue; }
            // A field is valid until the next is asked for, so each is made a number or a text at once.
            var name = scanner.Field(columns.Case).Trim().ToString();
            if (name.Length == 0) { left.Tell("without a case left out", line); continue; }
            if (!LogTime.TryRead(scanner.Field(columns.Time), out var at, out var hasOffset)) { left.Tell("left out because the time is not written as 2026-03-02T14:30:00+00:00", line); continue; }
            var activity = scanner.Field(columns.Activity).Trim();
            if (activity.Length == 0) { left.Tell("without an activity left out", line); continue; }
            if (!hasOffset) left.Tell("whose time says no offset from UTC, taken as UTC", line);
            var did = to.Activity(activity);
            to.Add(new(to.Case(name), did, at, number)
            {
                Resource = columns.Resource < 0 ? 0 : to.Resource(scanner.Field(columns.Resource).Trim()),
                Team = columns.Team < 0 ? 0 : to.Team(scanner.Field(columns.Team).Trim()),
                Channel = columns.Channel < 0 ? 0 : to.Channel(scanner.Field(columns.Channel).Trim()),
                Began = columns.Start >= 0 && LogTime.TryRead(scanner.Field(columns.Start), out var began, out _) && began <= at ? began : EventLog.NotKnown,
            });
        }
        return new(to.Build(), left.Sentences(to.Events));
    }

    private static char Guess(ReadOnlySpan<byte> start, Encoding encoding)
    {
        var end = start.IndexOf((byte)'\n');
        var header = encoding.GetString(end < 0 ? start : start[..end]);
        return Delimiters.MaxBy(d => header.Count(c => c == d));
    }

    private sealed record Columns(int Count, int Case, int Activity, int Time, int Start, int Resource, int Team, int Channel)
    {
        public static Columns Of(List<string> header, LogOptions options) => new(header.Count,
            Needed(header, options.Case, CaseNames, "the case", "--case"), Needed(header, options.Activity, ActivityNames, "the activity", "--activity"), Needed(header, options.Time, TimeNames, "the time", "--time"),
            Named(header, options.Start, StartNames, "--start"), Named(header, options.Resource, ResourceNames, "--resource"), Named(header, options.Team, TeamNames, "--team"), Named(header, options.Channel, ChannelNames, "--channel"));

        private static int Needed(List<string> header, string? given, string[] usual, string what, string option)
        {
            var at = Named(header, given, usual, option);
            return at >= 0 ? at : throw new ImportRefusedException($"None of the columns is called as one with {what} usually is ({string.Join(", ", usual.Take(3))}). Say which with {option}. The file has: {Listed(header)}.", 1);
        }

        private static int Named(List<string> header, string? given, string[] usual, string option)
        {
            if (given is null) return usual.Select(u => header.FindIndex(h => h.Replace(' ', '_').Equals(u, StringComparison.OrdinalIgnoreCase))).FirstOrDefault(i => i >= 0, -1);
            var at = header.IndexOf(given);
            if (at < 0) at = header.FindIndex(h => h.Equals(given, StringComparison.OrdinalIgnoreCase));
            return at >= 0 ? at : throw new ImportRefusedException($"There is no column “{given}”, which {option} names. The file has: {Listed(header)}.", 1);
        }

        private static string Listed(List<string> header)
        {
            var text = string.Join(", ", header.Take(40));
            return text.Length > 600 ? text[..600] + "…" : text;
        }
    }
}
