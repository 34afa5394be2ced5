using System.Buffers.Text;
using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using Concentric.Core;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Concentric.Bench.Load;

/// <summary>Citizens, their enquiries and cases and what happened to these, invented and written past the program, each row as the program writes it. The same seed makes the same rows.</summary>
internal sealed class ManyCases(string database, int cases, DateTimeOffset now)
{
    public const int EventsEach = 5;
    private static readonly string[] Teams = ["Highways", "Street lighting", "Street scene", "Waste and recycling", "Housing repairs", "Council tax", "Parking", "Libraries", "Planning", "Trees and woodland", "Complaints", "Environmental health"];
    private static readonly string[] Firsts = [.. Syllables(["Al", "Be", "Ca", "Da", "El", "Fi", "Gra", "Ha", "Is", "Jo", "Ka", "Lu", "Ma", "No", "Ol", "Pe", "Ro", "Sa", "Ta", "Wil"], ["na", "ry", "lie", "an", "ce", "my", "dan", "mina", "ver", "son"], [""])];
    private static readonly string[] Lasts = [.. Syllables(["Ash", "Bar", "Car", "Dun", "El", "Far", "Gil", "Har", "Jen", "Kel", "Lan", "Mar", "Nor", "Os", "Pat", "Red", "Sut", "Thorn", "Whit", "Win"], ["bur", "den", "ding", "ker", "ling", "man", "ning", "ris", "ther", "wick", "field", "hol", "kin", "low", "mer"], ["", "ton", "s", "ley", "er", "ford", "worth", "by", "ham", "son"])];
    private static readonly string[] Streets = [.. Syllables(["Acorn", "Beech", "Cedar", "Dale", "Elm", "Fern", "Grove", "Heath", "Ivy", "Kings", "Larch", "Mill", "Oak", "Park", "Queens", "River", "Sycamore", "Thorn", "Vale", "Willow"], ["", "brook", "bank", "dene", "garth", "hurst", "lea", "mount", "ridge", "side", "view", "wood"], [" Road", " Street", " Avenue", " Close", " Lane", " Drive"])];
    private static readonly string[] Towns = ["Northmoor", "Eastbrook", "Westerby", "Southgate", "Millham", "Kirkdale", "Otterford", "Harrowby"];

    private readonly Random _chance = new(1);
    private bool IsPostgres => database.Contains("Host=", StringComparison.OrdinalIgnoreCase);

    private sealed record Person(Guid Id, string Name, string Email, string Phone, string Address, string Postcode);

    public int Citizens => cases / 2;

    /// <summary>Something of what was made, to look for.</summary>
    public IReadOnlyList<(string Name, string Street, string Postcode, string Phone)> Sample { get; private set; } = [];

    public IReadOnlyList<string> References { get; private set; } = [];

    /// <summary>For each officer, some citizens whose work is theirs: their pages open without a reason.</summary>
    public IReadOnlyList<IReadOnlyList<Guid>> Theirs { get; private set; } = [];

    public async Task Write()
    {
        await using var connection = await Connect();
        await Do(connection, IsPostgres ? "SET session_replication_role = replica" : "PRAGMA foreign_keys=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-400000");
        var indexes = await Indexes(connection);
        foreach (var (name, _) in indexes) await Do(connection, $"DROP INDEX \"{name}\"");
        var people = Enumerable.Range(0, Citizens).Select(Make).ToList();
        var officers = Enumerable.Range(0, 16).Select(i => Guid.CreateVersion7(now.AddDays(-900).AddSeconds(i))).ToList();
        await Put(connection, "core_person", ["Id", "Name", "Role", "IsDemo"], officers.Select((id, i) => (object?[])[id, $"Officer {i + 1}", i == 15 ? "ServiceManager" : "Officer", false]));
        await Put(connection, "serve_team_member", ["PersonId", "Team"], officers.SelectMany((id, i) => new[] { i, i + 1, i + 5 }.Select(t => (object?[])[id, Teams[t % Teams.Length]])));
        await Put(connection, "serve_citizen", ["Id", "Name", "Born", "Email", "Phone", "Address", "Postcode", "Uprn", "Language", "Since", "IsCompared"],
            people.Select(p => (object?[])[p.Id, p.Name, null, p.Email, p.Phone, p.Address, p.Postcode, null, "English", now.AddDays(-800).UtcDateTime, true]));

        var work = Enumerable.Range(0, cases).Select(i => Work(i, people, officers)).ToList();
        await Put(connection, "serve_enquiry", ["Id", "Reference", "Token", "Service", "Words", "Email", "Channel", "RaisedAt", "IsOpen", "CitizenId", "Team", "OwnerId", "IsSensitive", "HasCase"],
            work.Select(w => (object?[])[w.Id, w.Reference, w.Id, "524", "Report a pothole\nHow deep: about six centimetres", w.Of.Email, "web", w.At, w.IsOpen, w.Of.Id, w.Team, w.Owner, w.IsSensitive, true]));
        await Put(connection, "serve_case", ["Id", "Reference", "Process", "Version", "PromiseDays", "BegunAt", "Team", "Service", "OwnerId", "IsSensitive", "IsOpen", "IsPaused", "NextOn", "WaitsUntil", "Outcome", "Revision"],
            work.Select(w => (object?[])[w.Id, w.Reference, "road-defect", 1, 5, w.At, w.Team, "524", w.Owner, w.IsSensitive, w.IsOpen, w.IsPaused, w.NextOn, null, w.IsOpen ? null : "Withdrawn", EventsEach]));
        await Put(connection, "serve_case_open", ["CaseId", "Node", "Process", "Version", "Since"], work.Where(w => w.IsOpen).Select(w => (object?[])[w.Id, "inspect", "road-defect", 1, w.At]));
        await Put(connection, "serve_case_event", ["CaseId", "Number", "Kind", "Node", "Way", "Team", "Note", "By", "At", "Owner"], work.SelectMany(Events));
        Remember(people, work);
        foreach (var (_, sql) in indexes) await Do(connection, sql);
        await Do(connection, IsPostgres ? "ANALYZE" : "PRAGMA wal_checkpoint(TRUNCATE)");
    }

    /// <summary>Makes the same once more without writing it, for a database that was kept.</summary>
    public void Look()
    {
        var people = Enumerable.Range(0, Citizens).Select(Make).ToList();
        Remember(people, [.. Enumerable.Range(0, cases).Select(i => Work(i, people, [.. Enumerable.Repeat(Guid.Empty, 16)]))]);
    }

    private void Remember(List<Person> people, List<Item> work)
    {
        Sample = [.. people.Where((_, i) => i % Math.Max(1, people.Count / 200) == 0).Select(p => (p.Name, p.Address.Split(',')[0], p.Postcode, p.Phone))];
        References = [.. work.Where((w, i) => !w.IsSensitive && i % Math.Max(1, work.Count / 200) == 0).Select(w => w.Reference)];
    }

    /// <summary>After everything was built: what a database that has run for a while knows of itself.</summary>
    public async Task Analyse()
    {
        await using var connection = await Connect();
        await Do(connection, IsPostgres ? "VACUUM ANALYZE" : "PRAGMA wal_checkpoint(TRUNCATE)");
    }

    /// <summary>Signs the officers in; the cookie of each.</summary>
    public async Task<IReadOnlyList<string>> SignIn()
    {
        await using var connection = await Connect();
        var (cookies, rows, moment) = (new List<string>(), new List<object?[]>(), TimeProvider.System.GetUtcNow());
        for (var i = 0; i < 16; i++)
        {
            var token = RandomNumberGenerator.GetBytes(32);
            rows.Add([Guid.CreateVersion7(moment), SHA256.HashData(token), Guid.Empty, moment.UtcDateTime, moment.UtcDateTime]);
            cookies.Add($"__Host-session={Base64Url.EncodeToString(token)}");
        }
        await using var command = connection.CreateCommand();
        command.CommandText = """SELECT "Id" FROM core_person WHERE "Name" LIKE 'Officer %' ORDER BY "Id" """;
        await using (var reader = await command.ExecuteReaderAsync())
            for (var i = 0; await reader.ReadAsync(); i++) rows[i][2] = reader.GetGuid(0);
        var theirs = new List<List<Guid>>();
        foreach (var officer in rows.Select(r => (Guid)r[2]!))
        {
            command.CommandText = """SELECT "CitizenId" FROM serve_enquiry WHERE "OwnerId" = @officer AND "CitizenId" IS NOT NULL LIMIT 200""";
            command.Parameters.Clear();
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = ("@officer", officer);
            command.Parameters.Add(parameter);
            await using var reader = await command.ExecuteReaderAsync();
            theirs.Add([]);
            while (await reader.ReadAsync()) theirs[^1].Add(reader.GetGuid(0));
        }
        Theirs = theirs;
        await Put(connection, "core_session", ["Id", "TokenDigest", "PersonId", "StartedAt", "SeenAt"], rows);
        return cookies;
    }

    private Person Make(int i)
    {
        // A few names are many people's, most are few people's.
        string Of(string[] all) => all[(int)(all.Length * Math.Pow(_chance.NextDouble(), 2.5))];
        var (first, last) = (Of(Firsts), Of(Lasts));
        return new(Guid.CreateVersion7(now.AddDays(-800).AddSeconds(i)), $"{first} {last}", $"{first}.{last}{i}@example.com".ToLowerInvariant(), $"07700{i:000000}", $"{_chance.Next(1, 180)} {Streets[_chance.Next(Streets.Length)]}, {Towns[_chance.Next(Towns.Length)]}",
            $"ZZ{_chance.Next(1, 100)} {_chance.Next(10)}{"ABDEFGHJ"[_chance.Next(8)]}{"ABDEFGHJ"[_chance.Next(8)]}");
    }

    private sealed record Item(Guid Id, string Reference, Person Of, DateTime At, string Team, Guid? Owner, bool IsSensitive, bool IsOpen, bool IsPaused, DateOnly NextOn);

    private Item Work(int i, List<Person> people, List<Guid> officers)
    {
        var at = now.AddDays(-700).AddSeconds(i * (690.0 * 86400 / cases));
        var open = _chance.Next(5) == 0;
        var next = DateOnly.FromDateTime(open ? now.UtcDateTime.AddDays(_chance.Next(-40, 60)) : at.UtcDateTime.AddDays(7));
        // One reference in so many is taken, and no two are the same.
        return new(Guid.CreateVersion7(at), $"{Reference.Of((ulong)i * 27_000UL + 13)}", people[_chance.Next(people.Count)], at.UtcDateTime, Teams[(int)(Teams.Length * Math.Pow(_chance.NextDouble(), 1.5))],
            _chance.Next(3) == 0 ? officers[_chance.Next(officers.Count)] : null, _chance.Next(50) == 0, open, open && _chance.Next(6) == 0, next);
    }

    private static IEnumerable<object?[]> Events(Item w)
    {
        yield return Event(1, "Begun", "citizen");
        yield return w.Team == "Highways" ? Event(2, "Noted", "system", note: "Looked at") : Event(2, "HandedOver", "system", team: w.Team, note: "Theirs");
        yield return w.Owner is null ? Event(3, "Noted", "system", note: "Photographed") : Event(3, "Owned", $"{w.Owner}", owner: w.Owner);
        yield return Event(4, "Noted", "system", note: "Planned with the works of the week after next");
        yield return w.IsPaused ? Event(5, "Paused", "system", note: "Which side of the road?") : w.IsOpen ? Event(5, "Noted", "system", note: "Asked again") : Event(5, "Withdrawn", "system", note: "It is gone");

        object?[] Event(int number, string kind, string by, string? team = null, string? note = null, Guid? owner = null) => [w.Id, number, kind, null, null, team, note, by, w.At.AddHours(number), owner];
    }

    private static IEnumerable<string> Syllables(string[] a, string[] b, string[] c) => from x in a from y in b from z in c select x + y + z;

    private async Task<DbConnection> Connect()
    {
        DbConnection connection = IsPostgres ? new NpgsqlConnection(database + ";Pooling=false;Command Timeout=1800") : new SqliteConnection(database + ";Pooling=False;Default Timeout=1800");
        await connection.OpenAsync();
        return connection;
    }

    private async Task<List<(string Name, string Sql)>> Indexes(DbConnection connection)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = IsPostgres
            ? "SELECT indexname, indexdef FROM pg_indexes WHERE indexname LIKE 'IX\\_%' AND tablename IN ('serve_enquiry', 'serve_case', 'serve_citizen', 'serve_case_event')"
            : "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND name LIKE 'IX\\_%' ESCAPE '\\' AND tbl_name IN ('serve_enquiry', 'serve_case', 'serve_citizen', 'serve_case_event')";
        var found = new List<(string, string)>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) found.Add((reader.GetString(0), reader.GetString(1)));
        return found;
    }

#pragma warning disable CA2100 // The statements are this program's own.
    private static async Task Put(DbConnection connection, string table, string[] columns, IEnumerable<object?[]> rows)
    {
        var names = string.Join(", ", columns.Select(c => $"\"{c}\""));
        if (connection is NpgsqlConnection postgres)
        {
            await using var copy = await postgres.BeginBinaryImportAsync($"COPY {table} ({names}) FROM STDIN (FORMAT BINARY)");
            foreach (var row in rows)
            {
                await copy.StartRowAsync();
                foreach (var cell in row)
                    if (cell is null) await copy.WriteNullAsync();
                    else await copy.WriteAsync(cell);
            }
            await copy.CompleteAsync();
            return;
        }
        await using var transaction = await connection.BeginTransactionAsync();
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = $"INSERT INTO {table} ({names}) VALUES ({string.Join(", ", columns.Select((_, i) => $"@p{i.ToString(CultureInfo.InvariantCulture)}"))})";
        var parameters = columns.Select((_, i) =>
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = $"@p{i.ToString(CultureInfo.InvariantCulture)}";
            command.Parameters.Add(parameter);
            return parameter;
        }).ToList();
        foreach (var row in rows)
        {
            for (var i = 0; i < row.Length; i++) parameters[i].Value = row[i] ?? DBNull.Value;
            command.ExecuteNonQuery();
        }
        await transaction.CommitAsync();
    }

    private static async Task Do(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
#pragma warning restore CA2100
}
