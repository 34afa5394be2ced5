using System.CommandLine;
using System.Diagnostics;
using System.Security.Cryptography;
using Concentric.Bench.Running;

namespace Concentric.Bench.Faults;

/// <summary>The command line of <see cref="JourneyMutations"/>.</summary>
internal static class JourneyFaultVerb
{
    public static Command Verb()
    {
        var inputs = new Option<int>("--inputs") { Description = "How many spoiled logs to read.", DefaultValueFactory = _ => 100_000 };
        var seed = new Option<int?>("--seed") { Description = "Repeats the inputs of an earlier run. Without: one of chance, printed." };
        var markdown = new Option<bool>("--markdown") { Description = "Print the table as docs/performance.md takes it." };
        var verb = new Command("journeys", "Spoil event logs in XES, CSV and OCEL (JSON and XML), plain and gzip, and read each: nothing may crash, hang or contradict itself. Ends with 1 when something does.") { inputs, seed, markdown };
        verb.SetAction(parse => Run(parse.GetValue(inputs), parse.GetValue(seed) ?? RandomNumberGenerator.GetInt32(int.MaxValue), parse.GetValue(markdown)));
        return verb;
    }

    private static int Run(int inputs, int seed, bool markdown)
    {
        if (inputs < 1) throw new BenchException("--inputs must be 1 or more.");
        using var work = new WorkFolder();
        Console.Error.WriteLine($"seed {seed}");
        var watch = Stopwatch.StartNew();
        var report = new JourneyMutations(seed).Run(inputs, work.Folder.FullName);

        var figures = new Figures("spoiled event logs", "");
        figures.Add("Seed", $"{seed}");
        figures.Add("Inputs", Figures.Count(report.Inputs));
        figures.Add("Read in spite of it", Figures.Count(report.Read));
        figures.Add("Refused with a message", Figures.Count(report.Refused));
        figures.Add("Longest, ms", Figures.Count(1000 * report.LongestSeconds));
        figures.Add("Crashes, hangs and contradictions", Figures.Count(report.Problems.Count));
        figures.Print(Console.Out, markdown);
        Console.WriteLine($"{Figures.Of(watch.Elapsed.TotalSeconds, "0.0")} s in all; peak memory {Machine.PeakMegabytes} MB. {MachineCard.Describe(TimeProvider.System.GetUtcNow(), work.Folder.FullName)}");
        foreach (var problem in report.Problems.Take(50)) Console.WriteLine(problem);
        work.Keep = report.Problems.Count > 0;
        if (work.Keep) Console.WriteLine($"Inputs are kept in {work.Folder.FullName}");
        return report.Problems.Count > 0 ? 1 : 0;
    }
}
