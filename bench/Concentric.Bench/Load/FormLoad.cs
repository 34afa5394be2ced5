using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Concentric.Bench.Running;

namespace Concentric.Bench.Load;

/// <summary>Pages of a form shown, steps taken and forms sent a second, with the generator on the same processors; a long repeating group; what a first visit weighs.</summary>
internal static partial class FormLoad
{
    private static readonly TimeSpan Injected = TimeSpan.FromMilliseconds(2);

    private sealed record Options(int Connections, TimeSpan WarmUp, TimeSpan Measured, bool Markdown);

    private sealed record Result(string Name, FsyncProbe Fsync, Measured? Pages, Measured Steps, Measured Sends, double Rows, double Bare, double StepProcessor, double SendProcessor);

    public static Command Verb()
    {
        var database = new Option<string>("--database") { Description = "sqlite, postgres or both.", DefaultValueFactory = _ => "both" };
        var disk = new Option<string>("--disk") { Description = "native, slow (2 ms more for each sync) or both.", DefaultValueFactory = _ => "both" };
        var seconds = new Option<double>("--seconds") { Description = "Measured time of each run.", DefaultValueFactory = _ => 8 };
        var connections = new Option<int>("--connections") { Description = "Connections that send at once.", DefaultValueFactory = _ => 16 };
        var markdown = new Option<bool>("--markdown") { Description = "Print tables as docs/performance.md takes them." };
        database.AcceptOnlyFromAmong("sqlite", "postgres", "both");
        disk.AcceptOnlyFromAmong("native", "slow", "both");
        var verb = new Command("form-load", "Pages of a form, steps and submissions a second on both databases, and what a first visit weighs.") { database, disk, seconds, connections, markdown };
        verb.SetAction(parse => Run(new(parse.GetValue(connections), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(parse.GetValue(seconds)), parse.GetValue(markdown)), parse.GetValue(database)!, parse.GetValue(disk)!));
        return verb;
    }

    private static async Task<int> Run(Options options, string database, string disk)
    {
        using var work = new WorkFolder();
        Console.WriteLine(MachineCard.Describe(TimeProvider.System.GetUtcNow(), work.Folder.FullName));
        var results = new List<Result>();
        foreach (var postgres in (bool[])[false, true])
        {
            if (database == (postgres ? "sqlite" : "postgres")) continue;
            if (disk is not "slow") results.Add(await One(work, postgres, null, options));
            if (disk is not "native") results.Add(await One(work, postgres, await SlowDisk.Compile(work.Folder, Injected), options));
        }
        Print(results, options);
        return 0;
    }

    private static async Task<Result> One(WorkFolder work, bool postgres, SlowDisk? slow, Options options)
    {
        var name = $"{(postgres ? "PostgreSQL" : "SQLite")}, {(slow is null ? "disk as it is" : $"+{slow.Delay.TotalMilliseconds:0} ms")}";
        await Console.Error.WriteLineAsync(name);
        var folder = work.New("forms");
        var fsync = await FsyncProbe.Of(folder, slow);
        await using var server = postgres ? await ThrowawayPostgres.Start(folder, slow) : null;
        using var installation = new Installation(folder, server is null ? null : await server.Create("concentric"), server is null ? slow?.Environment : null);
        await installation.Run("seed");
        var forms = new BenchForms(installation.Database);
        await forms.Publish();
        var drafts = await forms.Drafts(options.Connections, complete: false);
        var ready = await forms.Drafts((int)((options.WarmUp + options.Measured).TotalSeconds * 2500), complete: true);
        var rows = await forms.DraftWithRows(50);
        await installation.Start("/forms");

        var browsers = await Task.WhenAll(drafts.Select(async d => (Draft: d, Connection: await WebConnection.Open(installation.Port), Post: await Post(installation.Port, forms, $"/forms/{BenchForms.Small}/{d}/which", "bin=recycling"))));
        Func<ValueTask<int>> Send(WebConnection connection, byte[] request) => async () =>
        {
            await connection.Send(request);
            return connection.Status;
        };

        var bare = await Measured.Of([.. browsers.Select(b => Send(b.Connection, WebConnection.GetRequest("/health/live")))], 200, TimeSpan.FromSeconds(1), options.Measured / 4);
        var shows = browsers.Select(b => Send(b.Connection, WebConnection.GetRequest($"/forms/{BenchForms.Small}/{b.Draft}/which", b.Post.Cookie))).ToList();
        var pages = slow is null ? await Measured.Of(shows, 200, options.WarmUp, options.Measured) : null;
        var before = installation.ProcessorTime;
        var steps = await Measured.Of([.. browsers.Select(b => Send(b.Connection, b.Post.Request))], 302, options.WarmUp, options.Measured);
        var stepProcessor = (installation.ProcessorTime - before).TotalMilliseconds / Math.Max(1, steps.Answered);

        // Each is sent once; the address of its answer says that it was sent, and not that something is missing.
        var next = -1;
        var template = browsers[0].Post;
        before = installation.ProcessorTime;
        var sends = await Measured.Of([.. browsers.Select(b => (Func<ValueTask<int>>)(async () =>
        {
            var i = Interlocked.Increment(ref next);
            if (i >= ready.Count) throw new BenchException("More was sent than was prepared: prepare more.");
            await b.Connection.Send(Request($"/forms/{BenchForms.Small}/{ready[i]}/check", template.Cookie, template.Token, ""));
            return b.Connection.Status == 302 && b.Connection.Header("Location")!.EndsWith("/sent", StringComparison.Ordinal) ? 302 : 0;
        }))], 302, options.WarmUp, options.Measured);
        var sendProcessor = (installation.ProcessorTime - before).TotalMilliseconds / Math.Max(1, sends.Answered);
        var stored = await Faults.Stored.Read(installation.Database);
        if (steps.Wrong + sends.Wrong > 0 || stored.Enquiries.Count != sends.Answered || stored.Raised.Count != sends.Answered)
            throw new BenchException($"{name}: {steps.Wrong} steps and {sends.Wrong} submissions answered wrongly; {sends.Answered} acknowledged, {stored.Enquiries.Count} enquiries and {stored.Raised.Count} facts stored.\n{installation.LogEnd()}");

        var many = await Measured.Of([Send(browsers[0].Connection, WebConnection.GetRequest($"/forms/{BenchForms.Rows}/{rows}/people", template.Cookie))], 200, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));
        if (slow is null && !postgres) await FirstVisit(installation.Port);
        foreach (var browser in browsers) browser.Connection.Dispose();
        await installation.Stop();
        return new(name, fsync, pages, steps, sends, many.P95, bare.Rate, stepProcessor, sendProcessor);
    }

    private sealed record Sending(byte[] Request, string Cookie, string Token);

    /// <summary>A request that posts a page, with the tokens that the page gave.</summary>
    private static async Task<Sending> Post(int port, BenchForms forms, string path, string body)
    {
        using var connection = await WebConnection.Open(port);
        await connection.Get(path, forms.Cookie);
        if (connection.Status != 200 || connection.Header("Set-Cookie")?.Split(';')[0] is not { } cookie || AntiforgeryToken.Match(connection.Text()) is not { Success: true } token)
            throw new BenchException($"{path} answered {connection.Status} without a form to send");
        var cookies = $"{forms.Cookie}; {cookie}";
        var value = System.Net.WebUtility.HtmlDecode(token.Groups[1].Value);
        return new(Request(path, cookies, value, body), cookies, value);
    }

    private static byte[] Request(string path, string cookie, string token, string body)
    {
        body = $"{body}&__RequestVerificationToken={Uri.EscapeDataString(token)}";
        return Encoding.ASCII.GetBytes($"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {body.Length}\r\nCookie: {cookie}\r\n\r\n{body}");
    }

    /// <summary>What a browser that was never here before asks for on a form's start page: the page and all that it names, scripts that scripts ask for included.</summary>
    private static async Task FirstVisit(int port)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = System.Net.DecompressionMethods.None }) { BaseAddress = new($"http://127.0.0.1:{port}") };
        http.DefaultRequestHeaders.AcceptEncoding.ParseAdd("br, gzip");
        var page = await http.GetAsync(new Uri("/forms/pothole", UriKind.Relative));
        var bytes = (await page.Content.ReadAsByteArrayAsync()).Length;
        using var plain = new HttpClient { BaseAddress = http.BaseAddress };
        var seen = Asset.Matches(await plain.GetStringAsync(new Uri("/forms/pothole", UriKind.Relative))).Select(m => m.Value).Distinct().ToList();
        foreach (var script in seen.Where(s => s.EndsWith(".js", StringComparison.Ordinal)).ToList())
            seen.AddRange(StaticImport.Matches(await plain.GetStringAsync(new Uri(script, UriKind.Relative))).Select(m => m.Groups[1].Value).Except(seen).ToList());
        foreach (var asset in seen) bytes += (await http.GetByteArrayAsync(new Uri(asset, UriKind.Relative))).Length;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"First visit to a form: {seen.Count + 1} requests, {bytes / 1024.0:0.0} KB compressed (target: at most 6 and 60 KB): {string.Join(", ", seen.Select(Path.GetFileName))}"));
    }

    private static void Print(List<Result> results, Options options)
    {
        var table = new Figures("Forms", "fsync ms, median / p99", "pages a second", "p95 ms", "steps a second", "p99 ms", "processor ms", "sent a second", "p99 ms ", "processor ms ", "50 rows p95 ms", "bare a second");
        foreach (var r in results)
            table.Add(r.Name, $"{Figures.Of(r.Fsync.Median, "0.000")} / {Figures.Of(r.Fsync.P99, "0.000")}", r.Pages is { } p ? Figures.Count(p.Rate) : "", r.Pages is { } q ? Figures.Of(q.P95, "0.0") : "",
                Figures.Count(r.Steps.Rate), Figures.Of(r.Steps.P99, "0.0"), Figures.Of(r.StepProcessor, "0.00"), Figures.Count(r.Sends.Rate), Figures.Of(r.Sends.P99, "0.0"), Figures.Of(r.SendProcessor, "0.00"), Figures.Of(r.Rows, "0.0"), Figures.Count(r.Bare));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{options.Connections} connections of a generator on the same processors, {options.Measured.TotalSeconds:0.#} s after {options.WarmUp.TotalSeconds:0.#} s of warm-up. Targets: pages 1,500/s with p95 25 ms; steps 600/s with p99 80 ms; sent 400/s; 50 rows 100 ms. Every form acknowledged was then counted with its enquiry and its fact."));
        table.Print(Console.Out, options.Markdown);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex AntiforgeryToken { get; }

    [GeneratedRegex("/assets/[0-9a-f]+/[a-z.-]+")]
    private static partial Regex Asset { get; }

    [GeneratedRegex("from \"(/assets/[^\"]+)\"")]
    private static partial Regex StaticImport { get; }
}
