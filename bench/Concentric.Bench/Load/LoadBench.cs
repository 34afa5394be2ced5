using System.CommandLine;
using System.Globalization;
using Concentric.Bench.Faults;
using Concentric.Bench.Running;

namespace Concentric.Bench.Load;

/// <summary>How many enquiries a second the program takes durably, and how many form pages it shows, with the generator on the same processors.</summary>
internal static class LoadBench
{
    private sealed record Options(int Connections, TimeSpan WarmUp, TimeSpan Measured, bool Markdown, bool Check);

    /// <summary>What a run must reach: enquiries a second, and the 99th percentile in milliseconds (docs/performance.md).</summary>
    private sealed record Target(double Posts, double P99);

    private const double PagesTarget = 2000;
    private static readonly TimeSpan Injected = TimeSpan.FromMilliseconds(2);

    private sealed record Result(string Database, string Disk, FsyncProbe Fsync, Measured Posts, double Processor, double Alone, Measured? Pages, Measured Bare, Target Target);

    public static Command Verb()
    {
        var database = new Option<string>("--database") { Description = "sqlite, postgres or both.", DefaultValueFactory = _ => "both" };
        var disk = new Option<string>("--disk") { Description = "native, slow (2 ms more for each sync) or both.", DefaultValueFactory = _ => "both" };
        var seconds = new Option<double>("--seconds") { Description = "Measured time of each run.", DefaultValueFactory = _ => 10 };
        var warmUp = new Option<double>("--warm-up") { Description = "Seconds before that, not counted.", DefaultValueFactory = _ => 3 };
        var connections = new Option<int>("--connections") { Description = "Connections that send at once.", DefaultValueFactory = _ => 32 };
        var markdown = new Option<bool>("--markdown") { Description = "Print tables as docs/performance.md takes them." };
        var check = new Option<bool>("--check") { Description = "End with 1 where a target is missed. What was lost or doubled always ends with 1." };
        database.AcceptOnlyFromAmong("sqlite", "postgres", "both");
        disk.AcceptOnlyFromAmong("native", "slow", "both");
        var verb = new Command("load", "Enquiries sent and form pages shown a second, on both databases, with the disk as it is and with a slower one.")
            { database, disk, seconds, warmUp, connections, markdown, check };
        verb.SetAction(parse => Run(
            new(parse.GetValue(connections), TimeSpan.FromSeconds(parse.GetValue(warmUp)), TimeSpan.FromSeconds(parse.GetValue(seconds)), parse.GetValue(markdown), parse.GetValue(check)),
            parse.GetValue(database)!, parse.GetValue(disk)!));
        return verb;
    }

    private static async Task<int> Run(Options options, string database, string disk)
    {
        using var work = new WorkFolder();
        var machine = MachineCard.Describe(TimeProvider.System.GetUtcNow(), work.Folder.FullName);
        var results = new List<Result>();
        foreach (var postgres in (bool[])[false, true])
        {
            if (database == (postgres ? "sqlite" : "postgres")) continue;
            if (disk is not "slow") results.Add(await One(work, postgres, null, options));
            if (disk is not "native") results.Add(await One(work, postgres, await SlowDisk.Compile(work.Folder, Injected), options));
        }
        Print(results, machine, options);
        return options.Check && results.Any(r => !Met(r)) ? 1 : 0;
    }

    private static async Task<Result> One(WorkFolder work, bool postgres, SlowDisk? slow, Options options)
    {
        var name = $"{(postgres ? "PostgreSQL" : "SQLite")}, {(slow is null ? "disk as it is" : $"{slow.Delay.TotalMilliseconds:0} ms injected")}";
        await Console.Error.WriteLineAsync(name);
        var folder = work.New("load");
        var fsync = await FsyncProbe.Of(folder, slow);
        await using var server = postgres ? await ThrowawayPostgres.Start(folder, slow) : null;
        using var installation = new Installation(folder, server is null ? null : await server.Create("concentric"), server is null ? slow?.Environment : null);
        try
        {
            return await Measure(installation, fsync, postgres, slow, options);
        }
        catch (Exception e) when (e is IOException or System.Net.Sockets.SocketException)
        {
            throw new BenchException($"{name}: {e.Message} {installation.State} Its log ends:\n{installation.LogEnd()}");
        }
    }

    private static async Task<Result> Measure(Installation installation, FsyncProbe fsync, bool postgres, SlowDisk? slow, Options options)
    {
        await installation.Run("seed");
        await installation.Start();
        var senders = await Task.WhenAll(Enumerable.Range(0, options.Connections).Select(i => EnquirySender.Open(installation.Port, $"citizen-{i}@example.com")));
        var clock = TimeProvider.System;
        ValueTask<int> Post(EnquirySender s) => s.Send(Guid.CreateVersion7(clock.GetUtcNow()));
        async ValueTask<int> Get(WebConnection c, byte[] request)
        {
            await c.Send(request);
            return c.Status;
        }

        List<Func<ValueTask<int>>> all = [.. senders.Select(s => (Func<ValueTask<int>>)(() => Post(s)))];
        var warmUp = await Measured.Of(all, 302, TimeSpan.Zero, options.WarmUp);
        var before = installation.ProcessorTime;
        var posts = await Measured.Of(all, 302, TimeSpan.Zero, options.Measured);
        var processor = (installation.ProcessorTime - before).TotalMilliseconds / posts.Answered;
        var alone = await Measured.Of([() => Post(senders[0])], 302, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        await Judge(installation, warmUp.Answered + posts.Answered + alone.Answered, warmUp.Wrong + posts.Wrong + alone.Wrong);
        if (slow is not null && alone.P50 < slow.Delay.TotalMilliseconds)
            throw new BenchException($"One enquiry alone took {alone.P50:0.00} ms, less than the {slow.Delay.TotalMilliseconds:0} ms injected: the slower disk did not reach the database, or what was acknowledged was not durable.");

        // The first visit of a browser, which must be given a cookie of its own: the dearer case.
        var page = WebConnection.GetRequest("/enquiries/new");
        var live = WebConnection.GetRequest("/health/live");
        var pages = slow is null ? await Measured.Of([.. senders.Select(s => (Func<ValueTask<int>>)(() => Get(s.Connection, page)))], 200, options.WarmUp / 2, options.Measured / 2) : null;
        var bare = await Measured.Of([.. senders.Select(s => (Func<ValueTask<int>>)(() => Get(s.Connection, live)))], 200, options.WarmUp / 3, options.Measured / 4);
        foreach (var sender in senders) sender.Dispose();
        await installation.Stop();
        return new(postgres ? "PostgreSQL" : "SQLite", slow is null ? "as it is" : $"+{slow.Delay.TotalMilliseconds:0} ms", fsync, posts, processor, alone.P50, pages, bare,
            slow is null ? new(800, 60) : new(500, postgres ? 150 : 100));
    }

    /// <summary>Every acknowledged enquiry is there with its fact, and nothing else is.</summary>
    private static async Task Judge(Installation installation, long acknowledged, long wrong)
    {
        var stored = await Stored.Read(installation.Database);
        var facts = stored.Raised.ToHashSet(StringComparer.Ordinal);
        var without = stored.Enquiries.Count(e => !facts.Contains(e.Reference));
        if (wrong > 0 || stored.Enquiries.Count != acknowledged || stored.Raised.Count != acknowledged || without > 0)
            throw new BenchException($"{acknowledged} acknowledged, {wrong} refused, {stored.Enquiries.Count} stored, {stored.Raised.Count} facts, {without} enquiries without one. The program's log ends:\n{installation.LogEnd()}");
    }

    private static bool Met(Result r) => r.Posts.Rate >= r.Target.Posts && r.Posts.P99 <= r.Target.P99 && r.Pages is null or { Rate: >= PagesTarget };

    private static void Print(List<Result> results, string machine, Options options)
    {
        var posts = new Figures("Enquiries sent", "disk", "fsync ms, median / p99", "a second", "p50 ms", "p95 ms", "p99 ms", "max ms", "alone ms", "processor ms each", "of bare", "target", "");
        var pages = new Figures("Form pages shown", "a second", "p50 ms", "p95 ms", "p99 ms", "of bare", "bare server a second", "target", "");
        foreach (var r in results)
        {
            posts.Add(r.Database, r.Disk, $"{Figures.Of(r.Fsync.Median, "0.000")} / {Figures.Of(r.Fsync.P99, "0.000")}", Figures.Count(r.Posts.Rate),
                Figures.Of(r.Posts.P50, "0.0"), Figures.Of(r.Posts.P95, "0.0"), Figures.Of(r.Posts.P99, "0.0"), Figures.Of(r.Posts.Max, "0.0"), Figures.Of(r.Alone, "0.0"), Figures.Of(r.Processor, "0.00"),
                Figures.Of(r.Posts.Rate / r.Bare.Rate, "0.000"), $"{Figures.Count(r.Target.Posts)}/s, p99 {r.Target.P99.ToString(CultureInfo.InvariantCulture)}",
                r.Posts.Rate >= r.Target.Posts && r.Posts.P99 <= r.Target.P99 ? "met" : "MISSED");
            if (r.Pages is { } p)
                pages.Add(r.Database, Figures.Count(p.Rate), Figures.Of(p.P50, "0.0"), Figures.Of(p.P95, "0.0"), Figures.Of(p.P99, "0.0"), Figures.Of(p.Rate / r.Bare.Rate, "0.000"),
                    Figures.Count(r.Bare.Rate), $"{Figures.Count(PagesTarget)}/s", p.Rate >= PagesTarget ? "met" : "MISSED");
        }
        var to = Console.Out;
        to.WriteLine(machine);
        to.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{options.Connections} connections of a generator on the same processors, {options.Measured.TotalSeconds:0.#} s after {options.WarmUp.TotalSeconds:0.#} s of warm-up; SQLite synchronous=FULL, PostgreSQL fsync and synchronous_commit on; every acknowledged enquiry was then counted in the database with its fact. “Of bare” is the share of what /health/live answers in the same run; “alone” is the median of one connection by itself; “processor” is what the program itself used for an enquiry."));
        to.WriteLine();
        posts.Print(to, options.Markdown);
        to.WriteLine();
        if (results.Any(r => r.Pages is not null)) pages.Print(to, options.Markdown);
    }
}
