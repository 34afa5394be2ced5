using System.CommandLine;
using Concentric.Bench.Contacts;
using Concentric.Bench.Faults;
using Concentric.Bench.Load;
using Concentric.Bench.Running;

namespace Concentric.Bench;

/// <summary>Measurements and fault runs against the real program. bin/bench and bin/fault start it.</summary>
internal static class Program
{
    private static readonly Command[] Verbs =
    [
        LoadBench.Verb(),
        FormLoad.Verb(),
        OutboxBench.Verb(),
        CasesBench.Verb(),
        ApiBench.Verb(),
        BuilderSave.Verb(),
        StartBench.Verb(),
        FaultVerb.Verb(),
        FsyncProbe.Verb(),
        NextNeedsBench.Verb(),
        RealAnticipationBench.Verb(),
        ImportVerb(),
        NeedsBench.Verb(),
        CubeBench.Verb(),
        FormsBench.Verb(),
        BoardBench.Verb(),
        JourneysBench.Verb(),
    ];

    private static Command ImportVerb()
    {
        var rows = new Argument<int>("rows") { Description = "How many rows to generate.", DefaultValueFactory = _ => 5_000_000 };
        var verb = new Command("import", "Import a generated CSV file by the way that every file takes: rows a second and memory.") { rows };
        verb.SetAction(async (parse, _) => await ImportBench.Run(parse.GetValue(rows)));
        return verb;
    }

    public static async Task<int> Main(string[] args)
    {
        var root = new RootCommand("Measures Concentric and tries to break it.");
        foreach (var verb in Verbs) root.Subcommands.Add(verb);
        try
        {
            return await root.Parse(args).InvokeAsync(new() { EnableDefaultExceptionHandler = false });
        }
        catch (BenchException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 2;
        }
    }
}
