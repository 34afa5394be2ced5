using System.CommandLine;
using System.Diagnostics;
using Concentric.Bench.Running;
using Concentric.Core;
using Concentric.Measure.Contacts;
using Microsoft.Extensions.Configuration;

namespace Concentric.Bench.Contacts;

/// <summary>How long the sixteen queries take, against DuckDB alone on the same file and settings, and against other databases with the same rows.</summary>
internal static class CubeBench
{
    private const int Rounds = 7;

    public static Command Verb()
    {
        var rows = new Option<long>("--rows") { Description = "How many contacts.", DefaultValueFactory = _ => 20_000_000 };
        var memory = new Option<string?>("--memory") { Description = "The program's setting CONCENTRIC_CONTACTS_MEMORY; without it as it comes." };
        var others = new Option<bool>("--others") { Description = "Also put the same rows into SQLite and PostgreSQL and time them there (some twenty minutes)." };
        var markdown = new Option<bool>("--markdown") { Description = "Print the tables for docs/performance.md." };
        var verb = new Command("cubes", "The sixteen queries over generated contacts: the program, DuckDB alone, and analysts at work while contacts arrive.") { rows, memory, others, markdown };
        verb.SetAction(async (parse, stop) => await Run(parse.GetValue(rows), parse.GetValue(memory), parse.GetValue(others), parse.GetValue(markdown), stop));
        return verb;
    }

    private static async Task Run(long rows, string? memory, bool others, bool markdown, CancellationToken stop)
    {
        using var work = new WorkFolder();
        var folder = work.New("contacts").FullName;
        var machine = MachineCard.Describe(TimeProvider.System.GetUtcNow(), folder);
        var watch = Stopwatch.StartNew();
        await GeneratedContacts.Fill(folder, rows);
        var settings = new Settings(new ConfigurationBuilder().AddInMemoryCollection([new("CONCENTRIC_DATA", folder), new("CONCENTRIC_CONTACTS_MEMORY", memory)]).Build());
        var options = ContactStoreOptions.From(settings);
        var bytes = new FileInfo(options.File).Length;
        Console.WriteLine($"{Figures.Count(rows)} contacts made in {Figures.Of(watch.Elapsed.TotalSeconds, "0.0")} s; store {Figures.Count(bytes / 1_000_000.0)} MB, {Figures.Of((double)bytes / rows, "0.0")} bytes a contact with its key");
        await GeneratedContacts.FillSteps(folder, rows);
        Console.WriteLine($"the same as steps: {Figures.Of((new FileInfo(options.File).Length - (double)bytes) / rows, "0.0")} bytes a step; memory {options.Memory}, {options.Threads} threads");
        Dictionary<string, double> duck;
        await using (var store = DuckContactStore.Open(options))
        {
            duck = await Compare(store, markdown, stop);
            await Profiles.Run(store, markdown, stop);
            await Analysts.Run(store, rows, markdown, stop);
        }
        if (others) await OtherDatabases.Run(work, options, duck, markdown, stop);
        Console.WriteLine($"peak memory {Machine.PeakMegabytes} MB. {machine}");
    }

    private static async Task<Dictionary<string, double>> Compare(DuckContactStore store, bool markdown, CancellationToken stop)
    {
        var table = new Figures("query", "rows", "program ms", "DuckDB alone ms", "ratio", "wanted");
        var medians = new Dictionary<string, double>();
        foreach (var query in SixteenQueries.All)
        {
            var (own, alone) = (new List<double>(), new List<double>());
            var (rows, plainRows) = (0L, 0L);
            for (var round = 0; round <= Rounds; round++)
            {
                var asked = Stopwatch.StartNew();
                if (query.IsAsked) rows = await query.Ask(store, stop);
                var askedFor = asked.Elapsed.TotalMilliseconds;
                asked.Restart();
                // The same knob as the program turns, so that only what the program adds is seen.
                plainRows = await store.Read(reader =>
                {
                    reader.UsePerfectHash(query.Cube is { } c ? store.PerfectHashBits(c) : CubeSizes.UsualPerfectHashBits);
                    using var result = reader.Connection.Query(query.Sql, stop);
                    var n = 0L;
                    while (result.NextChunk()) n += result.Rows;
                    return n;
                }, stop);
                if (round == 0) continue;
                if (query.IsAsked) own.Add(askedFor);
                alone.Add(asked.Elapsed.TotalMilliseconds);
            }
            if (query.IsAsked && rows != plainRows) throw new BenchException($"{query.Name}: the program gives {rows} rows, plain SQL {plainRows}");
            var (mine, plain) = (own.Count == 0 ? double.NaN : Median(own), Median(alone));
            medians[query.Name] = plain;
            var isMet = mine <= 180 && (mine <= 1.2 * plain || mine <= plain + 5);
            table.Add(query.Name, Figures.Count(plainRows), own.Count == 0 ? "no page asks it" : Figures.Of(mine, "0.0"), Figures.Of(plain, "0.0"), own.Count == 0 ? "" : Figures.Of(mine / plain, "0.00"),
                own.Count == 0 ? "" : isMet ? "met" : "missed");
        }
        table.Print(Console.Out, markdown);
        return medians;
    }

    internal static double Median(List<double> times) => Percentile(times, 0.5);

    internal static double Percentile(List<double> times, double share)
    {
        var sorted = times.Order().ToList();
        return sorted[Math.Min(sorted.Count - 1, (int)Math.Ceiling(share * sorted.Count) - 1 is >= 0 and var at ? at : 0)];
    }
}
