using System.Buffers.Text;
using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Concentric.Bench.Running;
using Concentric.Measure.Boards;
using Microsoft.Data.Sqlite;

namespace Concentric.Bench.Load;

/// <summary>How long a service manager waits for a board of 200 measures: the whole page, from the program with the demo council's 250,000 contacts.</summary>
internal static class BoardBench
{
    private const int Measures = 200, Looks = 30;
    private const double Target = 500;
    private const string Service = "524";

    private static readonly string[] Measured = ["contacts", "failure-share", "failure-contacts", "resolved-share", "repeat-28-days-share", "satisfaction", "median-seconds", "persons", "need-days", "met-at-once-share"];

    public static Command Verb()
    {
        var verb = new Command("board", $"A board of {Measures} measures of one service, narrowed by channel and ward, by week and by month: the whole page, {Looks} times.");
        verb.SetAction(_ => Run());
        return verb;
    }

    private static async Task<int> Run()
    {
        using var work = new WorkFolder();
        Console.WriteLine(MachineCard.Describe(TimeProvider.System.GetUtcNow(), work.Folder.FullName));
        using var installation = new Installation(work.New("board"));
        await installation.Run("seed", "--demo");
        var cookie = await Fill(installation.Database);
        await installation.Start("/enquiries/new");
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = new($"http://127.0.0.1:{installation.Port}") };
        var (times, bytes) = (new List<double>(), 0);
        for (var look = -3; look < Looks; look++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/measure/boards/{Service}");
            request.Headers.Add("Cookie", cookie);
            var start = Stopwatch.GetTimestamp();
            using var answer = await http.SendAsync(request);
            var page = await answer.Content.ReadAsStringAsync();
            var took = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            var shown = page.Split("/measure/measures/").Length - 1;
            if (answer.StatusCode != HttpStatusCode.OK || shown < Measures) throw new BenchException($"The board answered {(int)answer.StatusCode} with {shown} measures and not {Measures}.");
            bytes = page.Length;
            if (look == -3) Console.WriteLine($"First look after the start: {took:0} ms");
            if (look >= 0) times.Add(took);
        }
        await installation.Stop();
        times.Sort();
        var figures = new Figures($"Board of {Measures} measures", "median ms", "95 % ms", "target", "");
        figures.Add("The whole page, 250,000 contacts", Figures.Of(times[Looks / 2]), Figures.Of(times[Looks * 95 / 100]), $"{Target:0} ms", times[Looks / 2] <= Target ? "met" : "MISSED");
        figures.Print(Console.Out, markdown: false);
        Console.WriteLine($"{bytes / 1024} KB of page, uncompressed.");
        return times[Looks / 2] <= Target ? 0 : 1;
    }

    /// <summary>Adds a service manager who is signed in, and measures until the board has all; returns the cookie.</summary>
    private static async Task<string> Fill(string database)
    {
        await using var connection = new SqliteConnection(database);
        await connection.OpenAsync();
        await using var transaction = (SqliteTransaction)await connection.BeginTransactionAsync();
        var (now, token) = (TimeProvider.System.GetUtcNow().UtcDateTime, RandomNumberGenerator.GetBytes(32));
        var person = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        await Put("""INSERT INTO core_person ("Id", "Name", "Role", "IsDemo") VALUES (@id, 'Manager', 'ServiceManager', 0)""", ("id", person));
        await Put("""INSERT INTO core_session ("Id", "TokenDigest", "PersonId", "StartedAt", "SeenAt") VALUES (@id, @digest, @person, @now, @now)""",
            ("id", Guid.CreateVersion7(TimeProvider.System.GetUtcNow())), ("digest", SHA256.HashData(token)), ("person", person), ("now", now));
        var council = (string)(await Ask("""SELECT "Council" FROM measure_board_review LIMIT 1"""))!;
        // What the board has without set-up, and the demo's own.
        var there = AutomaticMeasures.Of(council, Service).Count + (int)(long)(await Ask($"""SELECT count(*) FROM measure_measure WHERE "Board" = '{Service}'"""))!;
        var narrowed = Narrowed().ToList();
        for (var n = 0; n < Measures - there; n++)
        {
            var (id, (figure, where, period)) = (Guid.CreateVersion7(TimeProvider.System.GetUtcNow().AddMilliseconds(n)), narrowed[n]);
            await Put("""
                INSERT INTO measure_measure ("Id", "Council", "Board", "Name", "About", "Owner", "Better", "For", "Use", "Period", "KeptAt") VALUES (@id, @council, '524', @name, 'Measured.', @person, 'Lower', 'Citizens', 'Improvement', @period, @now)
                """, ("id", id), ("council", council), ("name", $"{figure} {n.ToString(CultureInfo.InvariantCulture)}"), ("person", person), ("period", period), ("now", now));
            var source = new MeasureSource { Kind = NeedFigure.Find(figure) is null ? SourceKind.Contacts : SourceKind.EndToEnd, Figure = figure, Where = where };
            await Put("""INSERT INTO measure_measure_version ("Measure", "Number", "Source", "By", "At") VALUES (@id, 1, @source, 'system', @now)""", ("id", id), ("source", source.Json()), ("now", now));
        }
        await transaction.CommitAsync();
        return $"__Host-session={Base64Url.EncodeToString(token)}";

        SqliteCommand Make(string sql, (string Name, object Value)[] values)
        {
            var command = connection.CreateCommand();
            (command.CommandText, command.Transaction) = (sql, transaction);
            foreach (var (name, value) in values) command.Parameters.AddWithValue($"@{name}", value);
            return command;
        }

        async Task Put(string sql, params (string Name, object Value)[] values)
        {
            await using var command = Make(sql, values);
            await command.ExecuteNonQueryAsync();
        }

        async Task<object?> Ask(string sql)
        {
            await using var command = Make(sql, []);
            return await command.ExecuteScalarAsync();
        }
    }

    /// <summary>Each figure of the whole service, by channel, and by channel and ward, by week and month.</summary>
    private static IEnumerable<(string Figure, SortedDictionary<string, IReadOnlyList<string>> Where, string Period)> Narrowed()
    {
        foreach (var ward in (string?[])[null, "Quillwater", "Brindlemere", "Tansyholt"])
            foreach (var channel in (string?[])[null, "phone", "web", "email"])
                foreach (var period in (string[])["Week", "Month"])
                    foreach (var figure in Measured)
                    {
                        var where = new SortedDictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal) { ["service"] = [Service] };
                        if (channel is not null) where["channel"] = [channel];
                        if (ward is not null) where["ward"] = [ward];
                        yield return (figure, where, period);
                    }
    }
}
