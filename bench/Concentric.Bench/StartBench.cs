using System.CommandLine;
using System.Globalization;
using Concentric.Bench.Load;
using Concentric.Bench.Running;

namespace Concentric.Bench;

/// <summary>How soon the program shows its first page, and how much memory it holds when nothing happens.</summary>
internal static class StartBench
{
    private const double StartTarget = 3000;
    private const double MemoryTarget = 300;

    public static Command Verb()
    {
        var runs = new Option<int>("--runs") { Description = "How often to start it.", DefaultValueFactory = _ => 5 };
        var idle = new Option<double>("--idle") { Description = "Seconds of idling before memory is read.", DefaultValueFactory = _ => 60 };
        var demo = new Option<bool>("--no-demo") { Description = "Without the demo council." };
        var markdown = new Option<bool>("--markdown") { Description = "Print tables as docs/performance.md takes them." };
        var check = new Option<bool>("--check") { Description = "End with 1 where a target is missed." };
        var verb = new Command("start", "Time from start to first page of a seeded installation, and memory after seeding, a restart, one page and a minute idle.") { runs, idle, demo, markdown, check };
        verb.SetAction(parse => Run(parse.GetValue(runs), TimeSpan.FromSeconds(parse.GetValue(idle)), !parse.GetValue(demo), parse.GetValue(markdown), parse.GetValue(check)));
        return verb;
    }

    private static async Task<int> Run(int runs, TimeSpan idle, bool demo, bool markdown, bool check)
    {
        if (runs < 1) throw new BenchException("--runs must be 1 or more.");
        using var work = new WorkFolder();
        var machine = MachineCard.Describe(TimeProvider.System.GetUtcNow(), work.Folder.FullName);
        // Development, because the demo council's people sign in there; the page is what anybody sees first.
        using var installation = new Installation(work.New("start"), environment: new Dictionary<string, string> { ["ASPNETCORE_ENVIRONMENT"] = "Development" });
        string[] arguments = demo ? ["--demo"] : [];
        if (!demo) await installation.Run("seed");
        var seeding = (await installation.Start("/", arguments)).TotalSeconds;
        var afterSeeding = installation.Memory("VmHWM");
        await installation.Stop();

        var starts = new List<double>();
        for (var i = 0; i < runs; i++)
        {
            starts.Add((await installation.Start("/", arguments)).TotalMilliseconds);
            if (i < runs - 1) await installation.Stop();
        }
        using (var visitor = await WebConnection.Open(installation.Port)) await visitor.Get("/enquiries/new");
        await Task.Delay(idle);
        var (now, most) = (installation.Memory("VmRSS"), installation.Memory("VmHWM"));
        await installation.Stop();

        starts.Sort();
        var median = starts[starts.Count / 2];
        var figures = new Figures("Start and memory", "figure", "target", "");
        figures.Add($"Start to first page, median of {runs}", $"{Figures.Count(median)} ms", $"{Figures.Count(StartTarget)} ms", median <= StartTarget ? "met" : "MISSED");
        figures.Add("Slowest of them", $"{Figures.Count(starts[^1])} ms", "", "");
        figures.Add(demo ? "First start, which migrates and seeds the demo council" : "First start after seeding", $"{Figures.Of(seeding, "0.0")} s", "", "");
        figures.Add(string.Create(CultureInfo.InvariantCulture, $"Memory (VmRSS) after seeding, restart, two pages and {idle.TotalSeconds:0} s idle"), $"{Figures.Of(now)} MB", $"{Figures.Of(MemoryTarget)} MB", now <= MemoryTarget ? "met" : "MISSED");
        figures.Add("Most memory of that process (VmHWM)", $"{Figures.Of(most)} MB", "", "");
        figures.Add("Most memory of the process that seeded (VmHWM)", $"{Figures.Of(afterSeeding)} MB", "", "");
        Console.WriteLine(machine);
        Console.WriteLine();
        figures.Print(Console.Out, markdown);
        return check && (median > StartTarget || now > MemoryTarget) ? 1 : 0;
    }
}
