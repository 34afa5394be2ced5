using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Concentric.Bench.Running;

namespace Concentric.Bench.Load;

/// <summary>Lists, search and the single view over a million cases, with sixteen officers at once, over HTTP and with all that decides what each may see.</summary>
internal static class CasesBench
{
    private const int Users = 16;

    private sealed record Options(int Cases, TimeSpan WarmUp, TimeSpan Measured, TimeSpan Pause, bool Markdown, DirectoryInfo? Keep);

    /// <summary>One kind of page.</summary>
    /// <param name="P50">What half of the answers must keep to, in milliseconds; null where nothing was promised.</param>
    private sealed record Kind(string Name, Func<int, int, string> Address, double? P50, double? P95);

    private sealed record Figure(double Rate, double P50, double P95, double P99, double Max, long Answered, long Wrong);

    public static Command Verb()
    {
        var database = new Option<string>("--database") { Description = "sqlite, postgres or both.", DefaultValueFactory = _ => "both" };
        var cases = new Option<int>("--cases") { Description = "How many cases; half as many citizens, five times as many events.", DefaultValueFactory = _ => 1_000_000 };
        var seconds = new Option<double>("--seconds") { Description = "Measured time of each kind of page.", DefaultValueFactory = _ => 15 };
        var pause = new Option<double>("--pause") { Description = "Seconds that an officer looks at a page before the next, on average; 0 for none.", DefaultValueFactory = _ => 1 };
        var markdown = new Option<bool>("--markdown") { Description = "Print tables as docs/performance.md takes them." };
        var keep = new Option<DirectoryInfo?>("--keep") { Description = "Keep the SQLite database in this folder, and use it where it is there already." };
        database.AcceptOnlyFromAmong("sqlite", "postgres", "both");
        var verb = new Command("cases", "Lists, search and the single view over a million cases with sixteen users.") { database, cases, seconds, pause, markdown, keep };
        verb.SetAction(parse => Run(new(parse.GetValue(cases), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(parse.GetValue(seconds)), TimeSpan.FromSeconds(parse.GetValue(pause)), parse.GetValue(markdown), parse.GetValue(keep)), parse.GetValue(database)!));
        return verb;
    }

    private static async Task<int> Run(Options options, string database)
    {
        using var work = new WorkFolder();
        Console.WriteLine(MachineCard.Describe(TimeProvider.System.GetUtcNow(), work.Folder.FullName));
        foreach (var postgres in (bool[])[false, true])
        {
            if (database == (postgres ? "sqlite" : "postgres")) continue;
            var folder = !postgres && options.Keep is { } keep ? keep : work.New("cases");
            folder.Create();
            await using var server = postgres ? await ThrowawayPostgres.Start(folder) : null;
            using var installation = new Installation(folder, server is null ? null : await server.Create("concentric"));
            await One(installation, options);
        }
        return 0;
    }

    private static async Task One(Installation installation, Options options)
    {
        // The same moment for the same kept database; the rows follow from it and from a seed.
        var mark = Path.Combine(installation.Data, "generated.txt");
        var isThere = File.Exists(mark);
        var now = isThere ? DateTimeOffset.Parse(await File.ReadAllTextAsync(mark), CultureInfo.InvariantCulture) : TimeProvider.System.GetUtcNow();
        var world = new ManyCases(installation.Database, options.Cases, now);
        var began = Stopwatch.GetTimestamp();
        if (!isThere)
        {
            await installation.Run("seed");
            await world.Write();
            await Console.Error.WriteLineAsync($"Rows written in {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s");
            await installation.Run("search", "build");
            await world.Analyse();
            await Console.Error.WriteLineAsync($"Words of the search built after {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s");
            await File.WriteAllTextAsync(mark, now.ToString("O", CultureInfo.InvariantCulture));
        }
        else world.Look();
        await installation.Start("/health/live");
        var cookies = await world.SignIn();
        var table = new Figures(installation.IsPostgres ? "PostgreSQL" : "SQLite", "a second", "p50 ms", "p95 ms", "p99 ms", "max ms", "wrong", "target", "");
        foreach (var kind in Kinds(world))
        {
            var figure = await Measure(installation, cookies, kind, options);
            table.Add(kind.Name, Figures.Of(figure.Rate, "0.0"), Figures.Of(figure.P50, "0.0"), Figures.Of(figure.P95, "0.0"), Figures.Of(figure.P99, "0.0"), Figures.Of(figure.Max, "0"), Figures.Count(figure.Wrong),
                $"{(kind.P50 is { } half ? $"p50 {half:0}, " : "")}{(kind.P95 is { } most ? $"p95 {most:0}" : "")}", kind.P95 is null ? "" : figure.P95 <= kind.P95 && (kind.P50 is null || figure.P50 <= kind.P50) ? "met" : "MISSED");
        }
        await installation.Stop();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{options.Cases:#,0} cases, {options.Cases * (long)ManyCases.EventsEach:#,0} events, {world.Citizens:#,0} citizens; {Users} signed-in officers over HTTP from the same processors, each looking {options.Pause.TotalSeconds:0.#} s at a page on average, {options.Measured.TotalSeconds:0} s for each kind."));
        table.Print(Console.Out, options.Markdown);
        Console.WriteLine();
    }

    private static IEnumerable<Kind> Kinds(ManyCases world)
    {
        string[] lists = ["open", "team", "overdue", "mine", "waiting", "ended"];
        (string Name, string Street, string Postcode, string Phone) Of(int user, int turn) => world.Sample[(user * 37 + turn * 11) % world.Sample.Count];
        string Box(string asked) => $"/desk/find?q={Uri.EscapeDataString(asked)}";
        yield return new("list of 100, first page", (u, t) => $"/desk/work?list={lists[(u + t) % lists.Length]}&size=100", 60, 150);
        yield return new("list of 100, last page", (u, t) => $"/desk/work?list={lists[(u + t) % lists.Length]}&size=100&page=last", null, null);
        yield return new("list of 100, two filters", (u, t) => $"/desk/work?list=open&size=100&team={Uri.EscapeDataString("Street scene")}&service=524&owner=nobody", 60, 150);
        yield return new("search, a name", (u, t) => Box(Of(u, t).Name), null, 200);
        yield return new("search, a name with an error in each word", (u, t) => Box(Mistyped(Of(u, t).Name)), null, 200);
        yield return new("search, a surname and a street with errors", (u, t) => Box($"{Mistyped(Of(u, t).Name.Split(' ')[1])} {Mistyped(Of(u, t).Street.Split(' ')[1])}"), null, 200);
        yield return new("search, a postcode", (u, t) => Box(Of(u, t).Postcode.Replace(" ", "", StringComparison.Ordinal)), null, 200);
        yield return new("search, a telephone number", (u, t) => Box($"+44 {Of(u, t).Phone[1..]}"), null, 200);
        yield return new("search, a reference", (u, t) => Box(world.References[(u * 37 + t) % world.References.Count]), null, 200);
        yield return new("search, a reference with a wrong sign", (u, t) => Box(world.References[(u * 37 + t) % world.References.Count] is var r ? $"{r[..5]}{(r[5] == 'A' ? 'B' : 'A')}{r[6..]}" : ""), null, 200);
        yield return new("search, words", (u, t) => Box(((string[])["pothole", "missed bin", "council tax", "blue badge"])[(u + t) % 4]), null, 200);
        yield return new("case", (u, t) => $"/desk/cases/{world.References[(u * 37 + t) % world.References.Count]}", null, null);
        yield return new("single view of a citizen", (u, t) => $"/desk/citizens/{world.Theirs[u][t % world.Theirs[u].Count]}", null, 150);
    }

    /// <summary>Two neighbours of each long word swapped.</summary>
    private static string Mistyped(string text) => string.Join(' ', text.Split(' ').Select(w => w.Length < 4 ? w : $"{w[..2]}{w[3]}{w[2]}{w[4..]}"));

    private static async Task<Figure> Measure(Installation installation, IReadOnlyList<string> cookies, Kind kind, Options options)
    {
        var from = Stopwatch.GetTimestamp() + (long)(options.WarmUp.TotalSeconds * Stopwatch.Frequency);
        var to = from + (long)(options.Measured.TotalSeconds * Stopwatch.Frequency);
        var loops = await Task.WhenAll(Enumerable.Range(0, Users).Select(user => Task.Run(async () =>
        {
            using var connection = await WebConnection.Open(installation.Port);
            var (times, wrong, chance) = (new List<double>(), 0L, new Random(user));
            for (var turn = 0; Stopwatch.GetTimestamp() < to; turn++)
            {
                if (options.Pause > TimeSpan.Zero) await Task.Delay(options.Pause * 2 * chance.NextDouble());
                var began = Stopwatch.GetTimestamp();
                await connection.Send(WebConnection.GetRequest(kind.Address(user, turn), cookies[user]));
                if (connection.Status != 200) wrong++;
                else if (began >= from && began < to) times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }
            return (times, wrong);
        })));
        var all = loops.SelectMany(l => l.times).Order().ToList();
        double At(double share) => all.Count == 0 ? double.NaN : all[Math.Min(all.Count - 1, (int)(all.Count * share))];
        return new(all.Count / options.Measured.TotalSeconds, At(0.5), At(0.95), At(0.99), At(1), all.Count, loops.Sum(l => l.wrong));
    }
}
