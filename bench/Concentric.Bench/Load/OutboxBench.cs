using System.CommandLine;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Concentric.Bench.Running;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Serve;
using Concentric.Serve.Forms;
using Concentric.Serve.Messages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Concentric.Bench.Load;

/// <summary>Messages that wait, sent by the real program to a message service on this machine that takes 20 ms over each answer, as Notify does.</summary>
internal static class OutboxBench
{
    private const string Service = "26785a09-ab16-4eb0-8407-a37497a57506", Secret = "3d844edf-8d35-48ac-975b-e847b4f122b0", Template = "11111111-1111-4111-8111-111111111111";
    private static readonly TimeSpan AnswerTakes = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    public static Command Verb()
    {
        var database = new Option<string>("--database") { Description = "sqlite, postgres or both.", DefaultValueFactory = _ => "both" };
        var messages = new Option<int>("--messages") { Description = "How many wait.", DefaultValueFactory = _ => 10_000 };
        var atOnce = new Option<int>("--at-once") { Description = "CONCENTRIC_MESSAGES_AT_ONCE.", DefaultValueFactory = _ => 16 };
        database.AcceptOnlyFromAmong("sqlite", "postgres", "both");
        var verb = new Command("outbox", "Messages a second that leave by HTTP, on both databases, and by two programs on one PostgreSQL.") { database, messages, atOnce };
        verb.SetAction(parse => Run(parse.GetValue(database)!, parse.GetValue(messages), parse.GetValue(atOnce)));
        return verb;
    }

    private static async Task<int> Run(string database, int messages, int atOnce)
    {
        using var work = new WorkFolder();
        Console.WriteLine(MachineCard.Describe(TimeProvider.System.GetUtcNow(), work.Folder.FullName));
        var figures = new Figures("Database", "programs", "sent", "twice", "seconds", "messages/s", "processor, ms each");
        foreach (var (name, programs) in ((string, int)[])[("SQLite", 1), ("PostgreSQL", 1), ("PostgreSQL", 2)])
            if (database == "both" || string.Equals(database, name == "SQLite" ? "sqlite" : "postgres", StringComparison.Ordinal)) figures.Add(await One(work, name, programs, messages, atOnce));
        figures.Print(Console.Out, markdown: false);
        return 0;
    }

    private static async Task<string[]> One(WorkFolder work, string name, int programs, int messages, int atOnce)
    {
        await using var stub = await Stub.Start();
        var environment = new Dictionary<string, string>
        {
            ["CONCENTRIC_NOTIFY_KEY"] = $"bench-{Service}-{Secret}", ["CONCENTRIC_NOTIFY_URL"] = stub.Address, ["CONCENTRIC_NOTIFY_EMAIL"] = Template, ["CONCENTRIC_NOTIFY_RATE"] = "600000",
            ["CONCENTRIC_MESSAGES_AT_ONCE"] = $"{atOnce}", ["CONCENTRIC_SITE"] = "https://forms.northmoor.example", ["Logging__LogLevel__Default"] = "Warning",
        };
        var folder = work.New("outbox");
        await using var server = name == "SQLite" ? null : await ThrowawayPostgres.Start(folder);
        var connection = server is null ? null : await server.Create("concentric");
        using var first = new Installation(folder, connection, environment);
        using var second = programs == 2 ? new Installation(work.New("second"), connection, environment) : null;
        await first.Run("seed");
        await Put(first.Database, messages);

        await first.Start("/health/live");
        if (second is not null) await second.Start("/health/live");
        var limit = Stopwatch.GetTimestamp();
        while (stub.Count < messages && Stopwatch.GetElapsedTime(limit) < Longest) await Task.Delay(20);
        var took = stub.Last - stub.First;
        var processor = (first.ProcessorTime + (second?.ProcessorTime ?? TimeSpan.Zero)).TotalMilliseconds / messages;
        await Task.Delay(500);
        return [name, $"{programs}", Figures.Count(stub.Distinct), Figures.Count(stub.Count - stub.Distinct), Figures.Of(took.TotalSeconds, "0.0"), Figures.Of(stub.Count / took.TotalSeconds), Figures.Of(processor, "0.0")];
    }

    private static async Task Put(string database, int messages)
    {
        await using var db = new ConcentricDb(((DbContextOptionsBuilder<ConcentricDb>)new DbContextOptionsBuilder<ConcentricDb>().UseConcentric(database)).Options, [new CoreArea(), new ServeArea()]);
        var now = TimeProvider.System.GetUtcNow();
        foreach (var some in Enumerable.Range(0, messages).Chunk(1000))
        {
            foreach (var n in some)
                Outbox.Add(db, new("case", $"citizen{n}@example.com", "Your missed bin", $"Hello,\n\nYour bin CN-{n} was collected today.\n\nNorthmoor Council", Language.English), now - TimeSpan.FromMilliseconds(messages - n));
            await db.SaveChangesAsync();
            db.ChangeTracker.Clear();
        }
    }

    /// <summary>Takes what comes, counts it and by when, and looks at no token: that is the tests' affair.</summary>
    private sealed class Stub : IAsyncDisposable
    {
        private readonly WebApplication _app;
        private readonly HashSet<string> _references = new(StringComparer.Ordinal);
        private readonly long _began = Stopwatch.GetTimestamp();
        private int _count;

        private Stub()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            _app = builder.Build();
            _app.Run(Answer);
        }

        public static async Task<Stub> Start()
        {
            var stub = new Stub();
            await stub._app.StartAsync();
            return stub;
        }

        public string Address => _app.Urls.Single();
        public int Count => Volatile.Read(ref _count);
        public TimeSpan First { get; private set; }
        public TimeSpan Last { get; private set; }
        public int Distinct
        {
            get
            {
                lock (_references) return _references.Count;
            }
        }

        public ValueTask DisposeAsync() => _app.DisposeAsync();

        private async Task Answer(HttpContext http)
        {
            if (http.Request.Method == "GET")
            {
                await http.Response.WriteAsync("{\"notifications\":[],\"status\":\"delivered\"}");
                return;
            }
            var reference = (string)(await JsonNode.ParseAsync(http.Request.Body))!["reference"]!;
            lock (_references)
            {
                if (_count == 0) First = Stopwatch.GetElapsedTime(_began);
                _references.Add(reference);
            }
            await Task.Delay(AnswerTakes);
            http.Response.StatusCode = StatusCodes.Status201Created;
            await http.Response.WriteAsync($"{{\"id\":\"{reference}\"}}");
            lock (_references)
            {
                _count++;
                Last = Stopwatch.GetElapsedTime(_began);
            }
        }
    }
}
