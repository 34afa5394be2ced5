using System.CommandLine;
using System.Text;
using Concentric.Bench.Faults;
using Concentric.Bench.Running;

namespace Concentric.Bench.Load;

/// <summary>How many enquiries a second other systems send by the API, each durable and each with an idempotency key of its own.</summary>
internal static class ApiBench
{
    private const double TargetRate = 250, TargetP50 = 40;
    private static readonly Dictionary<string, string> NoLimit = new() { ["CONCENTRIC_API_LIMIT"] = "100000000" };

    public static Command Verb()
    {
        var users = new Option<int>("--users") { Description = "Connections that send at once.", DefaultValueFactory = _ => 10 };
        var seconds = new Option<double>("--seconds") { Description = "Measured time of each run.", DefaultValueFactory = _ => 10 };
        var warmUp = new Option<double>("--warm-up") { Description = "Seconds before that, not counted.", DefaultValueFactory = _ => 3 };
        var markdown = new Option<bool>("--markdown") { Description = "Print the table as docs/performance.md takes it." };
        var check = new Option<bool>("--check") { Description = "End with 1 where a target is missed. What was lost or doubled always ends with 2." };
        var verb = new Command("api", "Enquiries sent by the API a second, on both databases.") { users, seconds, warmUp, markdown, check };
        verb.SetAction(parse => Run(parse.GetValue(users), TimeSpan.FromSeconds(parse.GetValue(warmUp)), TimeSpan.FromSeconds(parse.GetValue(seconds)), parse.GetValue(markdown), parse.GetValue(check)));
        return verb;
    }

    private static async Task<int> Run(int users, TimeSpan warmUp, TimeSpan measured, bool markdown, bool check)
    {
        using var work = new WorkFolder();
        Console.WriteLine(MachineCard.Describe(TimeProvider.System.GetUtcNow(), work.Folder.FullName));
        var figures = new Figures($"Enquiries by the API, {users} users", "a second", "p50 ms", "p95 ms", "p99 ms", "max ms", "target", "");
        var met = true;
        foreach (var postgres in (bool[])[false, true])
        {
            var folder = work.New("api");
            await using var server = postgres ? await ThrowawayPostgres.Start(folder, null) : null;
            using var installation = new Installation(folder, server is null ? null : await server.Create("concentric"), NoLimit);
            await installation.Run("seed");
            var key = (await installation.Run("keys", "make", "bench", "--scope", "write-enquiries")).Trim();
            await installation.Start();
            var connections = await Task.WhenAll(Enumerable.Range(0, users).Select(_ => WebConnection.Open(installation.Port)));
            var result = await Measured.Of([.. connections.Select((c, i) => Sender(c, key, i))], 201, warmUp, measured);
            foreach (var connection in connections) connection.Dispose();
            var stored = await Stored.Read(installation.Database);
            if (result.Wrong > 0 || stored.Enquiries.Count != result.Answered || stored.Raised.Count != result.Answered)
                throw new BenchException($"{result.Answered} acknowledged, {result.Wrong} refused, {stored.Enquiries.Count} stored, {stored.Raised.Count} facts. The program's log ends:\n{installation.LogEnd()}");
            var isMet = result.Rate >= TargetRate && result.P50 <= TargetP50;
            met &= isMet;
            figures.Add(postgres ? "PostgreSQL" : "SQLite", Figures.Count(result.Rate), Figures.Of(result.P50, "0.0"), Figures.Of(result.P95, "0.0"), Figures.Of(result.P99, "0.0"), Figures.Of(result.Max, "0.0"),
                $"{TargetRate:0}/s, p50 {TargetP50:0}", isMet ? "met" : "MISSED");
            await installation.Stop();
        }
        figures.Print(Console.Out, markdown);
        return check && !met ? 1 : 0;
    }

    /// <summary>Sends another enquiry each time, from one of a thousand citizens.</summary>
    private static Func<ValueTask<int>> Sender(WebConnection connection, string key, int user)
    {
        var number = 0;
        return async () =>
        {
            number++;
            var citizen = (user * 100) + (number % 100);
            var body = $$"""{"words":"The recycling bin of our house was not emptied on Tuesday, though it was out before seven.","service":"524","name":"Citizen {{citizen}}","email":"citizen-{{citizen}}@example.com","phone":"01632 96{{citizen:0000}}","address":"{{citizen}} High Street","postcode":"ZZ1 1AB","channel":"partner","yourReference":"{{user}}-{{number}}"}""";
            await connection.Send(Encoding.ASCII.GetBytes(
                $"POST /api/v1/enquiries HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {key}\r\nIdempotency-Key: {user}-{number}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}"));
            return connection.Status;
        };
    }
}
