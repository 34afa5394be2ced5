using System.Diagnostics;
using System.Globalization;
using System.Text;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Journal;
using Concentric.Measure.Contacts;
using CsvHelper;
using CsvHelper.Configuration;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Bench;

/// <summary>Imports generated CSV through the real path: parsed, mapped, pseudonymised, de-duplicated, put in order, committed.</summary>
internal static class ImportBench
{
    private const int Services = 400, Areas = 150, Customers = 333_333;

    internal const string MappingText = """
        {
          "name": "bench", "about": "Generated rows.", "kind": "contact",
          "council": { "name": "bench", "label": "Bench", "isSynthetic": true, "zone": "Europe/London" },
          "id": ["contact_id"],
          "opened": { "columns": ["created_at"], "formats": ["yyyy-MM-dd HH:mm:ss"] },
          "closed": { "columns": ["closed_at"], "formats": ["yyyy-MM-dd HH:mm:ss"] },
          "service": { "column": "service" },
          "area": "lsoa",
          "source": { "column": "source", "values": {
            "Telephone": { "channel": "phone", "initiator": "citizen" }, "Web form": { "channel": "web", "initiator": "citizen" },
            "Reception": { "channel": "face-to-face", "initiator": "citizen" }, "Email": { "channel": "email", "initiator": "citizen" },
            "Officer": { "channel": "unknown", "initiator": "staff" } } },
          "demand": { "column": "demand", "values": { "V": "value", "F": "failure", "?": "unknown" } },
          "resolved": { "column": "resolved", "values": { "Y": "yes", "N": "no" } },
          "satisfaction": "satisfaction",
          "person": ["customer"]
        }
        """;

    public static async Task Run(int rows)
    {
        var folder = Directory.CreateTempSubdirectory("concentric-bench-").FullName;
        try
        {
            var file = Path.Combine(folder, "rows.csv");
            Generate(file, rows);
            var size = new FileInfo(file).Length;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rows:N0} rows, 12 columns, {(double)size / rows:0} bytes a row"));
            await Import(folder, file, rows);
            var parse = ParseOnly(file);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"CsvHelper alone, the same columns as texts: {rows / parse.TotalSeconds:N0} rows/s"));
            Console.WriteLine(Machine.Describe(TimeProvider.System));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task Import(string folder, string file, int rows)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("CONCENTRIC_DATA", folder), new("CONCENTRIC_CONTACTS_MEMORY", Environment.GetEnvironmentVariable("CONCENTRIC_CONTACTS_MEMORY"))]).Build();
        var settings = new Settings(configuration);
        var services = new ServiceCollection().AddLogging().AddSingleton<IArea, JournalOnly>().AddConcentricDb(settings).AddContacts(settings);
        await using var provider = services.BuildServiceProvider();
        await using (var db = await provider.GetRequiredService<IDbContextFactory<ConcentricDb>>().CreateDbContextAsync()) await db.Database.EnsureCreatedAsync();
        var import = provider.GetRequiredService<ContactImport>();

        // The program runs for weeks: what it compiles and opens at its first import is not counted.
        var small = Path.Combine(folder, "first.csv");
        Generate(small, 20_000);
        await using (var first = File.OpenRead(small)) await import.Run(first, "first.csv", Mapping.Parse(MappingText.Replace("\"bench\"", "\"first\"", StringComparison.Ordinal), "first"), Actor.System);

        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var watch = Stopwatch.StartNew();
        var stages = new Stages(watch);
        await using var stream = File.OpenRead(file);
        var report = await import.Run(stream, "rows.csv", Mapping.Parse(MappingText, "bench"), Actor.System, stages);
        watch.Stop();
        var used = Process.GetCurrentProcess().TotalProcessorTime - cpu;

        if (report.Imported != rows) throw new InvalidOperationException($"{report}");
        var stored = new FileInfo(Path.Combine(folder, "contacts.duckdb")).Length;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"import: {rows / watch.Elapsed.TotalSeconds:N0} rows/s in {watch.Elapsed.TotalSeconds:0.0} s (processor time {used.TotalSeconds:0.0} s); peak memory {Machine.PeakMegabytes} MB; store {stored / 1_000_000} MB"));
        Console.WriteLine("stages: " + stages);
        watch.Restart();
        stream.Position = 0;
        report = await import.Run(stream, "rows.csv", Mapping.Parse(MappingText, "bench"), Actor.System);
        if (report.Duplicates != rows) throw new InvalidOperationException($"{report}");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"again, all duplicates: {rows / watch.Elapsed.TotalSeconds:N0} rows/s; peak memory {Machine.PeakMegabytes} MB"));
    }

    private static TimeSpan ParseOnly(string file)
    {
        var watch = Stopwatch.StartNew();
        using var reader = new StreamReader(file);
        using var parser = new CsvParser(reader, new CsvConfiguration(CultureInfo.InvariantCulture) { BufferSize = 64 * 1024 });
        var signs = 0L;
        while (parser.Read())
        {
            for (var i = 0; i < 10; i++) signs += parser[i].Length;
        }
        return signs > 0 ? watch.Elapsed : throw new InvalidOperationException("Nothing was read.");
    }

    internal static void Generate(string file, int rows)
    {
        var chance = new SeededChance(20261121);
        using var writer = new StreamWriter(file, false, new UTF8Encoding(false), 1 << 20);
        writer.Write("contact_id,created_at,closed_at,service,lsoa,source,demand,resolved,satisfaction,customer,agent,note\n");
        string[] sources = ["Telephone", "Telephone", "Web form", "Web form", "Reception", "Email", "Officer"];
        var start = new DateTime(2022, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        for (var i = 0; i < rows; i++)
        {
            // Four years in the order of time, as a system exports them.
            var opened = start.AddSeconds((long)(4.0 * 365 * 86400 * i / rows) + chance.Below(40_000));
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"CRM-{10_000_000 + i},{opened:yyyy-MM-dd HH:mm:ss},"));
            if (chance.Below(10) > 0) writer.Write(opened.AddSeconds(30 + chance.Below(1 + chance.Below(200_000))).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture));
            writer.Write(string.Create(CultureInfo.InvariantCulture, $",{1 + Math.Min(chance.Below(Services), chance.Below(Services))},E010{10_000 + chance.Below(Areas)},{sources[chance.Below(7)]},"));
            writer.Write(chance.Below(10) switch { < 3 => "F", < 7 => "V", 7 => "?", _ => "" });
            writer.Write(chance.Below(5) switch { 0 => ",N,", 1 => ",,", _ => ",Y," });
            if (chance.Below(12) == 0) writer.Write((char)('1' + chance.Below(5)));
            if (chance.Below(10) < 6) writer.Write(string.Create(CultureInfo.InvariantCulture, $",C{chance.Below(Customers):D7},"));
            else writer.Write(",,");
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"agent{chance.Below(60):D2},\"called about it, again {chance.Below(1000):D3}\"\n"));
        }
    }

    /// <summary>When each stage began.</summary>
    private sealed class Stages(Stopwatch watch) : IProgress<ImportProgress>
    {
        private readonly Dictionary<string, (double Seconds, long Memory)> _began = [];

        public void Report(ImportProgress value) => _began.TryAdd(value.Stage, (watch.Elapsed.TotalSeconds, Machine.PeakMegabytes));

        public override string ToString() => string.Join(", ", _began.Select(b => string.Create(CultureInfo.InvariantCulture, $"{b.Key} from {b.Value.Seconds:0.0} s at {b.Value.Memory} MB")));
    }

    private sealed class JournalOnly : IArea
    {
        public string Name => "Core";
        public void Tables(ModelBuilder model) => model.ApplyConfiguration(new Fact.Table()).ApplyConfiguration(new FactAside.Table());
    }
}

/// <summary>Chance from a seed: SplitMix64.</summary>
internal sealed class SeededChance(ulong seed)
{
    private ulong _state = seed;

    public int Below(int most)
    {
        _state += 0x9E3779B97F4A7C15;
        var z = _state;
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
        z = (z ^ z >> 27) * 0x94D049BB133111EB;
        return (int)((z ^ z >> 31) % (ulong)most);
    }
}
