using System.CommandLine;
using System.Security.Cryptography;
using Concentric.Bench.Running;

namespace Concentric.Bench.Faults;

/// <summary>The command line of <see cref="ImportKills"/>.</summary>
internal static class ImportFaultVerb
{
    public static Command Verb()
    {
        var rounds = new Option<int>("--rounds") { Description = "How often to kill an import.", DefaultValueFactory = _ => 20 };
        var rows = new Option<int>("--rows") { Description = "Rows of the generated file.", DefaultValueFactory = _ => 200_000 };
        var seed = new Option<int?>("--seed") { Description = "Repeats the kill moments of an earlier run, as far as the machine is as fast. Without: one of chance, printed." };
        var markdown = new Option<bool>("--markdown") { Description = "Print tables as docs/performance.md takes them." };
        var verb = new Command("import", "Kill an import (kill -9) at a random moment, import the same file again, and check that all rows are there once. Ends with 1 when not.") { rounds, rows, seed, markdown };
        verb.SetAction(parse => Run(parse.GetValue(rounds), parse.GetValue(rows), parse.GetValue(seed) ?? RandomNumberGenerator.GetInt32(int.MaxValue), parse.GetValue(markdown)));
        return verb;
    }

    private static async Task<int> Run(int rounds, int rows, int seed, bool markdown)
    {
        if (rounds < 1 || rows < 1) throw new BenchException("--rounds and --rows must be 1 or more.");
        using var work = new WorkFolder();
        var machine = MachineCard.Describe(TimeProvider.System.GetUtcNow(), work.Folder.FullName);
        await Console.Error.WriteLineAsync($"seed {seed}");
        var done = await new ImportKills(work, rows, seed, Console.Error.WriteLine).Run(rounds);
        var problems = done.SelectMany(r => r.Problems(rows)).ToList();

        var figures = new Figures("kill -9 during an import", "");
        figures.Add("Seed", $"{seed}");
        figures.Add("Rounds", $"{done.Count}");
        figures.Add("Rows of the file", Figures.Count(rows));
        figures.Add("Killed before the end", $"{done.Count(r => r.Killed is not null)}");
        figures.Add("Of these, nothing was imported", $"{done.Count(r => r.Killed is not null && r.There == 0)}");
        figures.Add("Of these, everything was", $"{done.Count(r => r.Killed is not null && r.There == rows)}");
        figures.Add("Half imports", $"{done.Count(r => r.There != 0 && r.There != rows)}");
        figures.Add("Other violations", $"{problems.Count - done.Count(r => r.There != 0 && r.There != rows)}");
        Console.WriteLine(machine);
        Console.WriteLine();
        figures.Print(Console.Out, markdown);
        foreach (var problem in problems) Console.WriteLine(problem);
        work.Keep = problems.Count > 0;
        if (work.Keep) Console.WriteLine($"Data folders are kept in {work.Folder.FullName}");
        return problems.Count > 0 ? 1 : 0;
    }
}
