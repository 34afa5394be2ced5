using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using Concentric.Core;
using Concentric.Measure.Journeys;
using Concentric.Measure.Journeys.Reading;

namespace Concentric.Bench.Faults;

/// <summary>What became of inputs that were spoiled.</summary>
/// <param name="Read">Read as a log in spite of it.</param>
/// <param name="Refused">Refused with a message.</param>
/// <param name="Problems">Anything else: a crash, a hang, a log that contradicts itself.</param>
internal sealed record MutationReport(int Inputs, int Read, int Refused, double LongestSeconds, IReadOnlyList<string> Problems);

/// <summary>Spoils event logs in every way that chance thinks of, reads each and measures what was read. Nothing may crash, hang or contradict itself.</summary>
internal sealed class JourneyMutations(int seed)
{
    /// <summary>What a log of a few kilobytes may take, on a machine that is busy with other things as well.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    private static readonly string[] Tokens =
    [
        "<", ">", "\"", "'", "&", "&amp;", "&#0;", "&#x110000;", "<![CDATA[", "]]>", "<!--", "-->", "<?xml version=\"1.1\"?>", "<!DOCTYPE l [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>&b;", "<trace>", "</trace>", "<event>", "<event/>", "</log>", "<log>",
        "<string key=\"concept:name\" value=\"", "<date key=\"time:timestamp\" value=\"9999-12-31T23:59:59+00:00\"/>", "0001-01-01T00:00:00+15:00", "9998-12-31T23:59:59-15:00", "2024-02-30T00:00:00Z", "24:00:00", "-1", "1e400", "99999999999999999999",
        "{", "}", "[", "]", ",", ":", "null", "\\u0000", "\\ud800", "\r", "\n", "\t", ";", "|", "\0", "\uFEFF", "\u202E", "é", "𝄞", " ",
    ];

    private readonly SeededChance _chance = new((ulong)seed);

    /// <param name="most">How many inputs.</param>
    /// <param name="keep">Where an input that broke something is kept; null: nowhere.</param>
    public MutationReport Run(int most, string? keep = null)
    {
        var bases = Bases();
        var (read, refused, longest, problems) = (0, 0, 0.0, new List<string>());
        for (var i = 0; i < most; i++)
        {
            var (name, bytes) = bases[i % bases.Count];
            var input = Spoil(bytes);
            if (_chance.Below(5) == 0) input = _chance.Below(3) == 0 ? Spoil(Packed(input)) : Packed(input);
            var watch = Stopwatch.StartNew();
            var task = Task.Run(() => Judge(input));
            var problem = task.Wait(Longest) ? task.Result.Problem : $"it had not ended after {Longest.TotalSeconds} s";
            longest = Math.Max(longest, watch.Elapsed.TotalSeconds);
            if (problem is null && task.Result.IsRead) read++;
            else if (problem is null) refused++;
            else
            {
                problems.Add(string.Create(CultureInfo.InvariantCulture, $"input {i} ({name}): {problem}"));
                if (keep is not null) File.WriteAllBytes(Path.Combine(keep, string.Create(CultureInfo.InvariantCulture, $"input-{i}")), input);
            }
        }
        return new(most, read, refused, longest, problems);
    }

    /// <summary>Reads an input and measures what was read.</summary>
    /// <returns>What is wrong with how that went; null where nothing is.</returns>
    internal static (bool IsRead, string? Problem) Judge(byte[] input)
    {
        ReadLog found;
        try
        {
            found = ReadJourneys.Read(new MemoryStream(input), new() { ObjectType = "case" });
        }
        catch (RefusedException e)
        {
            return (false, string.IsNullOrWhiteSpace(e.Message) || e.Message.Length > 5_000 ? $"it was refused with a message of {e.Message.Length} signs" : null);
        }
        catch (Exception e)
        {
            return (false, $"{e.GetType().Name} while it was read: {e.Message}");
        }
        try
        {
            return (true, Contradiction(found));
        }
        catch (Exception e)
        {
            return (true, $"{e.GetType().Name} while it was measured: {e.Message}");
        }
    }

    private static string? Contradiction(ReadLog found)
    {
        var report = JourneysReport.Of(found);
        if (report.Events < 1 || report.Cases < 1) return "it was read as a log with nothing in it";
        if (report.Dfg.Sum(e => e.Count) != report.Events - report.Cases) return "paths and events do not add up";
        if (report.Variants.Sum(v => v.Count) != report.Cases || report.Start.Values.Sum() != report.Cases || report.End.Values.Sum() != report.Cases) return "cases do not add up";
        if (report.Variants.Sum(v => v.Count * v.Activities.Count) != report.Events) return "events do not add up";
        return report.Durations is { Min: >= 0 } && report.Dfg.All(e => e.Seconds.Min >= 0) ? null : "something took less than no time";
    }

    private byte[] Spoil(byte[] bytes)
    {
        var spoilt = bytes.ToList();
        for (var times = 1 + _chance.Below(6); times > 0; times--) Spoil(spoilt);
        return [.. spoilt];
    }

    private void Spoil(List<byte> bytes)
    {
        var at = _chance.Below(bytes.Count + 1);
        var length = Math.Min(_chance.Below(_chance.Below(4) == 0 ? 2_000 : 30), bytes.Count - at);
        switch (_chance.Below(8))
        {
            case 0 when at < bytes.Count:
                bytes[at] = (byte)_chance.Below(256);
                break;
            case 1 when at < bytes.Count:
                bytes[at] ^= (byte)(1 << _chance.Below(8));
                break;
            case 2:
                bytes.RemoveRange(at, length);
                break;
            case 3:
                bytes.InsertRange(at, bytes.GetRange(at, length));
                break;
            case 4:
                bytes.InsertRange(at, Encoding.UTF8.GetBytes(Tokens[_chance.Below(Tokens.Length)]));
                break;
            case 5:
                // The same again and again: what is deep or long.
                bytes.InsertRange(at, Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(Tokens[_chance.Below(Tokens.Length)], 1 + _chance.Below(300)))));
                break;
            case 6:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            default:
                var moved = bytes.GetRange(at, length);
                bytes.RemoveRange(at, length);
                bytes.InsertRange(_chance.Below(bytes.Count + 1), moved);
                break;
        }
    }

    private static byte[] Packed(byte[] bytes)
    {
        var to = new MemoryStream();
        using (var gzip = new GZipStream(to, CompressionLevel.Fastest)) gzip.Write(bytes);
        return to.ToArray();
    }

    private static List<(string Name, byte[] Bytes)> Bases()
    {
        var (xes, csv, json, xml) = (new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<log xes.version=\"1.0\" xmlns=\"http://www.xes-standard.org/\">\n"), new StringBuilder("case,activity,time,resource,team,start\n"), new List<string>(), new List<string>());
        for (var c = 0; c < 4; c++)
        {
            xes.Append(CultureInfo.InvariantCulture, $"<trace><string key=\"concept:name\" value=\"c{c}\"/><string key=\"channel\" value=\"Desk\"/>\n");
            for (var e = 0; e < 4; e++)
            {
                var (time, what) = (string.Create(CultureInfo.InvariantCulture, $"2024-03-0{1 + e}T1{c}:00:00.250+01:00"), "ABBC"[e]);
                xes.Append(CultureInfo.InvariantCulture, $"<event><string key=\"concept:name\" value=\"{what} &amp; co\"/><string key=\"lifecycle:transition\" value=\"{(e == 1 ? "start" : "complete")}\"/><string key=\"org:resource\" value=\"r{e % 3}\"><string key=\"deep\" value=\"x\"/></string><date key=\"time:timestamp\" value=\"{time}\"/></event>\n");
                csv.Append(CultureInfo.InvariantCulture, $"c{c},\"{what}, or \"\"so\"\"\",{time},r{e % 3},t{e % 2},2024-03-01T08:00:00Z\n");
                json.Add($$"""{"id":"e{{c}}{{e}}","type":"{{what}}","time":"{{time}}","attributes":[{"name":"a","value":1}],"relationships":[{"objectId":"c{{c}}","qualifier":""},{"objectId":"c{{(c + 1) % 4}}","qualifier":"x"}]}""");
                xml.Add($"<event id=\"e{c}{e}\" type=\"{what}\" time=\"{time}\"><attributes><attribute name=\"a\">1</attribute></attributes><objects><relationship object-id=\"c{c}\" qualifier=\"\"/></objects></event>");
            }
            xes.Append("</trace>\n");
        }
        xes.Append("</log>\n");
        var objects = Enumerable.Range(0, 4).ToList();
        return
        [
            ("XES", Encoding.UTF8.GetBytes(xes.ToString())),
            ("CSV", Encoding.UTF8.GetBytes(csv.ToString())),
            ("OCEL in JSON", Encoding.UTF8.GetBytes($$"""{"objectTypes":[{"name":"case","attributes":[]}],"objects":[{{string.Join(',', objects.Select(c => $$"""{"id":"c{{c}}","type":"case"}"""))}}],"events":[{{string.Join(",\n", json)}}]}""")),
            ("OCEL in XML", Encoding.UTF8.GetBytes($"<log><object-types/><objects>{string.Concat(objects.Select(c => $"<object id=\"c{c}\" type=\"case\"/>"))}</objects><events>{string.Join('\n', xml)}</events></log>")),
        ];
    }
}
