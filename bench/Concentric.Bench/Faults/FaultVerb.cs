using System.CommandLine;
using System.Security.Cryptography;
using Concentric.Bench.Running;

namespace Concentric.Bench.Faults;

/// <summary>The command line of <see cref="KillRounds"/>.</summary>
internal static class FaultVerb
{
    private const int MostShown = 20;

    public static Command Verb()
    {
        var rounds = new Option<int>("--rounds") { Description = "How often to kill it.", DefaultValueFactory = _ => 20 };
        var seed = new Option<int?>("--seed") { Description = "Repeats the kill moments of an earlier run. Without: one of chance, printed." };
        var postgres = new Option<bool>("--postgres") { Description = "On a throw-away PostgreSQL instead of SQLite." };
        var sabotage = new Option<string?>("--sabotage") { Description = $"Break what is stored before the last check, to see that it is found ({string.Join(", ", Sabotage.Names)}). Ends with 1 when it is found, with 3 when it is not." };
        sabotage.AcceptOnlyFromAmong([.. Sabotage.Names]);
        var markdown = new Option<bool>("--markdown") { Description = "Print tables as docs/performance.md takes them." };
        var verb = new Command("fault", "Kill the program (kill -9) while 16 people send enquiries, start it again, send again what got no answer, and check that nothing is lost or doubled. Ends with 1 when something is. With `import`: the same for an import. With `journeys`: event logs that were spoiled.")
            { rounds, seed, postgres, sabotage, markdown, ImportFaultVerb.Verb(), JourneyFaultVerb.Verb() };
        verb.SetAction(parse => Run(
            new(parse.GetValue(rounds), parse.GetValue(seed) ?? RandomNumberGenerator.GetInt32(int.MaxValue), Sabotage: parse.GetValue(sabotage)),
            parse.GetValue(postgres), parse.GetValue(markdown)));
        return verb;
    }

    private static async Task<int> Run(KillPlan plan, bool postgres, bool markdown)
    {
        if (plan.Rounds < 1) throw new BenchException("--rounds must be 1 or more.");
        using var work = new WorkFolder();
        var machine = MachineCard.Describe(TimeProvider.System.GetUtcNow(), work.Folder.FullName);
        var folder = work.New("fault");
        await using var server = postgres ? await ThrowawayPostgres.Start(folder) : null;
        using var installation = new Installation(folder, server is null ? null : await server.Create("concentric"));
        var rounds = new KillRounds(installation, plan, Console.Error.WriteLine);
        await Console.Error.WriteLineAsync($"seed {plan.Seed}");
        var report = await rounds.Run();

        Console.WriteLine(machine);
        Console.WriteLine();
        Table(report, postgres).Print(Console.Out, markdown);
        foreach (var violation in report.Violations.Take(MostShown)) Console.WriteLine($"{violation.What}: {violation.Which}");
        if (report.Violations.Count > MostShown) Console.WriteLine($"and {report.Violations.Count - MostShown} more");
        foreach (var problem in report.Problems) Console.WriteLine(problem);
        if (!report.Holds && plan.Sabotage is null)
        {
            work.Keep = true;
            rounds.WriteLog(Path.Combine(folder.FullName, "client-log.jsonl"));
            Console.WriteLine($"Database, program's log and clients' log are kept in {folder.FullName}");
        }
        if (plan.Sabotage is { } sabotage && report.Violations.All(v => v.What != Sabotage.Expected(sabotage)))
        {
            Console.WriteLine($"The sabotage was not found: the checker is broken.");
            return 3;
        }
        return report.Holds ? 0 : 1;
    }

    private static Figures Table(FaultReport report, bool postgres)
    {
        var restarts = report.Restarts.Order().ToList();
        var figures = new Figures("kill -9 during enquiries", postgres ? "PostgreSQL" : "SQLite");
        figures.Add("Seed", $"{report.Plan.Seed}");
        figures.Add("Rounds", $"{report.Restarts.Count}");
        figures.Add("Acknowledged enquiries", Figures.Count(report.Acknowledged));
        figures.Add("Of unknown outcome", Figures.Count(report.Unknown));
        figures.Add("Of these, kept before the kill", Figures.Count(report.UnknownKept));
        figures.Add("Sent again", Figures.Count(report.SentAgain));
        figures.Add("Lost", $"{report.Violations.Count(v => v.What == Wrong.Lost)}");
        figures.Add("Doubled", $"{report.Violations.Count(v => v.What == Wrong.Doubled)}");
        figures.Add("Other violations", $"{report.Violations.Count(v => v.What is not (Wrong.Lost or Wrong.Doubled)) + report.Problems.Count}");
        figures.Add("Restart to first page, median / slowest", $"{Figures.Count(restarts[restarts.Count / 2])} / {Figures.Count(restarts[^1])} ms");
        return figures;
    }
}
