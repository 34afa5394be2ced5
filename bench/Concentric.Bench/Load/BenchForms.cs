using System.Buffers.Text;
using System.Data.Common;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Concentric.Bench.Load;

/// <summary>A small form and a long repeating group, published and half filled in past the program, so that a run measures nothing but the step that it is about.</summary>
internal sealed class BenchForms(string database)
{
    public const string Small = "bench-small";
    public const string Rows = "bench-rows";

    private const string Definition = """
        {"schema":1,"id":"bench-small","title":"A form to measure with","service":"524","interaction":"17","team":"Waste","promiseDays":2,"process":"missed-collection",
         "data":{"purpose":"Measuring","lawfulBasis":"public-task","retentionMonths":12,"privacy":"Nothing is kept."},
         "pages":[
          {"id":"which","items":[{"kind":"radios","id":"bin","title":"Which bin did we miss?","name":"which bin we missed","hint":"If we missed more than one, report each of them.","choices":[{"value":"refuse","text":"Rubbish"},{"value":"recycling","text":"Recycling"},{"value":"food","text":"Food waste"}]}]},
          {"id":"when","items":[{"kind":"date","id":"when","title":"When should we have collected it?","name":"the day of your collection","max":"today()"}]},
          {"id":"what","items":[{"kind":"long-text","id":"what","title":"What happened?","name":"what happened"}]},
          {"id":"home","items":[{"kind":"address","id":"home","title":"Which address does the bin belong to?","name":"your address"}]},
          {"id":"who","title":"Your details","items":[{"kind":"text","id":"name","title":"Your name","name":"your name"},{"kind":"email","id":"email","title":"Your email address","name":"your email address","particular":"person.email"}]}]}
        """;

    private const string RowsDefinition = """
        {"schema":1,"id":"bench-rows","title":"A form with many rows","service":"524","interaction":"17","team":"Waste","promiseDays":2,"process":"missed-collection",
         "data":{"purpose":"Measuring","lawfulBasis":"public-task","retentionMonths":12,"privacy":"Nothing is kept."},
         "pages":[{"id":"people","items":[{"kind":"repeat","id":"people","title":"Who lives with you?","rowName":"person","atLeast":1,"atMost":100,"fields":[
          {"kind":"text","id":"name","title":"Name","name":"the name"},{"kind":"date","id":"born","title":"Date of birth","name":"the date of birth"},{"kind":"money","id":"income","title":"Income","name":"the income"},
          {"kind":"radios","id":"works","title":"Do they work?","name":"if they work","choices":[{"value":"full","text":"Full time"},{"value":"part","text":"Part time"},{"value":"no","text":"No"}]}]}]}]}
        """;

    private const string Answered = """
        {"values":{"bin":"recycling","when":"2026-11-10","what":"It was out before seven and you emptied the others in the street.","home":{"line1":"2 Elm Road","town":"Northmoor","postcode":"LS1 4AP"},"name":"Ada Marsh","email":"ada@example.com"},"done":["home","what","when","which","who"]}
        """;

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    /// <summary>The cookie of the browser to which all drafts belong.</summary>
    public string Cookie => $"__Host-draft={Base64Url.EncodeToString(_key)}";

    /// <summary>Publishes both forms. To be called while the program does not run, because it keeps in memory which forms there are.</summary>
    public async Task Publish()
    {
        await using var connection = await Connect();
        foreach (var (id, definition) in new[] { (Small, Definition), (Rows, RowsDefinition) })
        {
            await Run(connection, """INSERT INTO serve_form ("Id", "Title", "Service", "Team", "Published") VALUES (@id, @id, '524', 'Waste', 1)""", ("id", id));
            await Run(connection, """
                INSERT INTO serve_form_version ("Id", "Form", "Number", "Definition", "Digest", "State", "Revision", "By", "At") VALUES (@version, @id, 1, @definition, '', 'Published', 0, 'system', @at)
                """, ("version", Guid.CreateVersion7(TimeProvider.System.GetUtcNow())), ("id", id), ("definition", definition), ("at", TimeProvider.System.GetUtcNow().UtcDateTime));
        }
    }

    /// <summary>Adds a form that is being built.</summary>
    public async Task Draft(string id, string definition)
    {
        await using var connection = await Connect();
        await Run(connection, """INSERT INTO serve_form ("Id", "Title", "Service", "Team") VALUES (@id, @id, '1', 'Team')""", ("id", id));
        await Run(connection, """
            INSERT INTO serve_form_version ("Id", "Form", "Number", "Definition", "Digest", "State", "Revision", "By", "At") VALUES (@version, @id, 1, @definition, '', 'Draft', 0, 'system', @at)
            """, ("version", Guid.CreateVersion7(TimeProvider.System.GetUtcNow())), ("id", id), ("definition", definition), ("at", TimeProvider.System.GetUtcNow().UtcDateTime));
    }

    /// <summary>Adds a service designer who is signed in, and returns the token of their session.</summary>
    public async Task<string> Designer()
    {
        await using var connection = await Connect();
        var (person, token, now) = (Guid.CreateVersion7(TimeProvider.System.GetUtcNow()), RandomNumberGenerator.GetBytes(32), TimeProvider.System.GetUtcNow().UtcDateTime);
        await Run(connection, """INSERT INTO core_person ("Id", "Name", "Role", "IsDemo") VALUES (@id, 'Designer', 'ServiceDesigner', @demo)""", ("id", person), ("demo", false));
        await Run(connection, """INSERT INTO core_session ("Id", "TokenDigest", "PersonId", "StartedAt", "SeenAt") VALUES (@id, @digest, @person, @now, @now)""",
            ("id", Guid.CreateVersion7(TimeProvider.System.GetUtcNow())), ("digest", SHA256.HashData(token)), ("person", person), ("now", now));
        return Base64Url.EncodeToString(token);
    }

    /// <summary>Adds drafts of the small form, empty or ready to be sent, and returns their names in addresses.</summary>
    public async Task<IReadOnlyList<string>> Drafts(int count, bool complete) => await Add(Small, complete ? Answered : """{"values":{},"done":[]}""", count);

    /// <summary>Adds a draft whose repeating group has that many rows.</summary>
    public async Task<string> DraftWithRows(int rows)
    {
        var people = string.Join(',', Enumerable.Range(1, rows).Select(i => $$"""{"born":"1980-01-02","income":{{1000 + i}},"name":"Person number {{i}}","works":"full"}"""));
        return (await Add(Rows, $$"""{"values":{"people":[{{people}}]},"done":[]}""", 1))[0];
    }

    private async Task<IReadOnlyList<string>> Add(string form, string answers, int count)
    {
        await using var connection = await Connect();
        await using var transaction = await connection.BeginTransactionAsync();
        var (ids, now) = (new List<string>(), TimeProvider.System.GetUtcNow().UtcDateTime);
        var trail = $$"""{"visit":"{{Guid.CreateVersion7(TimeProvider.System.GetUtcNow())}}","startedAt":"{{now:O}}","lastAt":"{{now:O}}","lastPlace":-1,"pages":[]}""";
        for (var i = 0; i < count; i++)
        {
            var id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
            ids.Add($"{id:N}");
            await Run(connection, """
                INSERT INTO serve_draft ("Id", "Form", "Version", "KeyDigest", "Answers", "Trail", "VisitEnded", "Revision", "Language", "Channel", "StartedAt", "SeenAt", "ExpiresAt")
                VALUES (@id, @form, 1, @key, @answers, @trail, @over, 0, 'English', 'web', @now, @now, @later)
                """, ("id", id), ("form", form), ("key", SHA256.HashData(_key)), ("answers", answers.Trim()), ("trail", trail), ("over", false), ("now", now), ("later", now.AddDays(28)));
        }
        await transaction.CommitAsync();
        return ids;
    }

    private async Task<DbConnection> Connect()
    {
        DbConnection connection = database.Contains("Host=", StringComparison.OrdinalIgnoreCase) ? new NpgsqlConnection(database + ";Pooling=false") : new SqliteConnection(database + ";Pooling=False;Default Timeout=60");
        await connection.OpenAsync();
        return connection;
    }

    private static async Task Run(DbConnection connection, string sql, params (string Name, object Value)[] values)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements are this program's own.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in values)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }
        await command.ExecuteNonQueryAsync();
    }
}
