using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Concentric.Bench.Running;
using Concentric.Measure.Contacts;
using Concentric.Measure.Contacts.DuckDb;
using Concentric.Measure.Journeys;
using Concentric.Measure.Journeys.Reading;
using EventLog = Concentric.Measure.Journeys.EventLog;

namespace Concentric.Bench;

/// <summary>How long it takes to read a log of a million events and to say what follows what: from the contact store, and from an XES file.</summary>
internal static class JourneysBench
{
    private const int Activities = 60, EventsInCase = 8, Rounds = 7;

    public static Command Verb()
    {
        var events = new Option<int>("--events") { Description = "How many events.", DefaultValueFactory = _ => 1_000_000 };
        var markdown = new Option<bool>("--markdown") { Description = "Print the table for docs/performance.md." };
        var verb = new Command("journeys", "A generated log of a million events: directly-follows graph and variants from the contact store, and from a file in XES.") { events, markdown };
        verb.SetAction(async (parse, stop) => await Run(parse.GetValue(events), parse.GetValue(markdown), stop));
        return verb;
    }

    private static async Task Run(int events, bool markdown, CancellationToken stop)
    {
        using var work = new WorkFolder();
        var folder = work.New("journeys").FullName;
        var machine = MachineCard.Describe(TimeProvider.System.GetUtcNow(), folder);
        var table = new Figures($"{Figures.Count(events)} events", "median ms", "most ms", "wanted ms");

        // First, while nothing but the file is in memory, as at a command line.
        var file = Path.Combine(folder, "log.xes");
        Write(file, events);
        var megabytes = new FileInfo(file).Length / 1e6;
        var cold = Time(1, () => Whole(ReadFile(file)));
        var peak = Machine.PeakMegabytes;
        var read = Time(Rounds, () => ReadFile(file));
        table.Add("XES, graph and variants, first in the process", Ms(cold[0]), Ms(cold[0]), "4,000");
        table.Add($"XES alone ({Figures.Count(megabytes)} MB of XML)", Ms(Median(read)), Ms(read[^1]), Figures.Count(megabytes * 10));
        var rest = Time(Rounds, () => Whole(ReadFile(file)));
        table.Add("XES, graph and variants", Ms(Median(rest)), Ms(rest[^1]), "4,000");

        var options = ContactStoreOptions.In(folder, "512MB", 2);
        await using (var filled = DuckContactStore.Open(options)) await filled.Write(c => Fill(c, events), stop);
        await using (var store = DuckContactStore.Open(options))
        {
            var query = new JourneyQuery(1, 1);
            var stored = Time(Rounds, () => Whole(store.Journeys(query, stop).GetAwaiter().GetResult()));
            var alone = Time(Rounds, () => store.Journeys(query, stop).GetAwaiter().GetResult());
            table.Add("Contact store, graph and variants", Ms(Median(stored)), Ms(stored[^1]), "1,000");
            table.Add("of these, reading", Ms(Median(alone)), Ms(alone[^1]), "");
        }
        table.Print(Console.Out, markdown);
        Console.WriteLine($"XES: {Figures.Count(megabytes / (Median(read) / 1000))} MB/s of XML, {Figures.Count(events / (Median(read) / 1000))} events/s; peak memory {peak} MB after the first reading, {Machine.PeakMegabytes} MB at the end. {machine}");
    }

    private static string Ms(double milliseconds) => Figures.Count(milliseconds);

    private static double Median(List<double> sorted) => sorted[sorted.Count / 2];

    private static EventLog ReadFile(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 128 * 1024);
        return ReadJourneys.Read(stream, new()).Log;
    }

    /// <summary>What is wanted within the time, and checked, so that nothing is timed that is wrong.</summary>
    private static EventLog Whole(EventLog log)
    {
        var (graph, variants) = (DirectlyFollows.Of(log), Variants.Of(log));
        if (graph.Edges.Sum(e => e.Count) != log.Events - log.Cases || variants.Sum(v => v.Count) != log.Cases) throw new BenchException("The graph does not add up.");
        return log;
    }

    private static List<double> Time(int rounds, Func<EventLog> work)
    {
        var times = new List<double>();
        for (var i = 0; i < rounds; i++)
        {
            var watch = Stopwatch.StartNew();
            work();
            times.Add(watch.Elapsed.TotalMilliseconds);
        }
        times.Sort();
        return times;
    }

    /// <summary>Steps as an imported log has them: cases that overlap, a long tail of orders.</summary>
    private static int Fill(DuckConnection store, int events)
    {
        store.Execute("INSERT INTO council VALUES (1, 'bench', 'Bench', true, 'Europe/London')");
        store.Execute("INSERT INTO batch VALUES (1, 1, 'bench', 'log.xes', 0, 0, 0, 0, 0, 0, TIMESTAMP '2026-01-01', 2, NULL)");
        for (var a = 1; a <= Activities; a++) store.Execute("INSERT INTO activity VALUES (?, 1, ?, ?)", a, $"step {a}", $"Step {a}");
        for (var a = 1; a <= 40; a++) store.Execute("INSERT INTO actor VALUES (?, 1, ?, ?)", a, $"actor {a}", $"actor {a}");
        for (var a = 1; a <= 12; a++) store.Execute("INSERT INTO organisation VALUES (?, 1, ?, ?)", a, $"team {a}", $"Team {a}");
        using var rows = store.Append("step");
        var log = new Generated(events);
        while (log.Next())
        {
            rows.Set(0, (1UL << 32) + (ulong)log.Number);
            rows.Set(1, 0x9E3779B97F4A7C15UL * ((ulong)log.Case + 1));
            rows.Set(2, (uint)log.Place + 1);
            rows.Set(3, log.At);
            rows.Set(4, (ushort)(log.At / 86_400_000_000));
            rows.Set(5, (ushort)(log.Activity + 1));
            rows.Set(6, (ushort)0);
            rows.Set(7, 0u);
            rows.Set(8, (ushort)(1 + log.Resource));
            rows.Set(9, (ushort)(1 + log.Resource % 12));
            rows.Set(10, (byte)(1 + log.Case % 5));
            rows.Set(11, (ushort)0);
            rows.Set(12, (ushort)1);
            rows.Set(13, 1u);
            rows.Next();
        }
        rows.Complete();
        return events;
    }

    private static void Write(string file, int events)
    {
        using var to = new StreamWriter(file, false, new UTF8Encoding(false), 1 << 20);
        to.Write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<log xes.version=\"1.0\" xmlns=\"http://www.xes-standard.org/\">\n");
        var log = new Generated(events);
        while (log.Next())
        {
            if (log.Place == 0) to.Write(string.Create(CultureInfo.InvariantCulture, $"{(log.Number > 0 ? "\t</trace>\n" : "")}\t<trace>\n\t\t<string key=\"concept:name\" value=\"case-{log.Case}\"/>\n"));
            var at = DateTime.UnixEpoch.AddTicks(log.At * 10);
            to.Write(string.Create(CultureInfo.InvariantCulture, $"\t\t<event>\n\t\t\t<string key=\"org:group\" value=\"Group {log.Resource % 12}\"/>\n\t\t\t<string key=\"concept:instance\" value=\"task-{log.Number}\"/>\n\t\t\t<string key=\"org:resource\" value=\"Resource{log.Resource}\"/>\n\t\t\t<date key=\"time:timestamp\" value=\"{at:yyyy-MM-ddTHH:mm:ss.fff}+00:00\"/>\n\t\t\t<string key=\"lifecycle:transition\" value=\"complete\"/>\n\t\t\t<string key=\"concept:name\" value=\"T{log.Activity:00} Determine confirmation of receipt\"/>\n\t\t</event>\n"));
        }
        to.Write("\t</trace>\n</log>\n");
    }

    /// <summary>The same events each time, case by case.</summary>
    private sealed class Generated(int events)
    {
        private readonly SeededChance _chance = new(20261123);
        private int _left;

        public int Number { get; private set; } = -1;
        public int Case { get; private set; } = -1;
        public int Place { get; private set; }
        public int Activity { get; private set; }
        public int Resource { get; private set; }
        public long At { get; private set; }

        public bool Next()
        {
            if (++Number >= events) return false;
            if (_left-- == 0)
            {
                Case++;
                (Place, Activity) = (0, 0);
                _left = EventsInCase / 2 + _chance.Below(EventsInCase) - 1;
                At = (new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc) - DateTime.UnixEpoch).Ticks / 10 + _chance.Below(1_000_000_000) * 63_000L;
            }
            else
            {
                Place++;
                // Mostly the next step, sometimes another: few orders that are frequent and many that are rare.
                Activity = _chance.Below(10) < 8 ? (Activity + 1) % Activities : _chance.Below(Activities);
                At += 1_000_000L * (30 + _chance.Below(400_000));
            }
            Resource = _chance.Below(40);
            return true;
        }
    }
}
