using System.Text.Json;
using System.Xml;
using Microsoft.Data.Sqlite;

namespace Concentric.Measure.Contacts;

/// <summary>OCEL 2.0 as JSON: an object with the lists <c>objects</c> and <c>events</c>.</summary>
internal sealed class OcelJson(string file, ImportLimits limits) : IOcelLog
{
    public IEnumerable<OcelObject> Objects(string type) => Pieces("objects").Where(o => Text(o, "type") == type).Select(o => new OcelObject(Text(o, "id"), Attributes(o)));

    public IEnumerable<OcelEvent> Events() => Pieces("events").Select(e => new OcelEvent(Text(e, "id"), Text(e, "type"), Text(e, "time"), Attributes(e),
        [.. List(e, "relationships").Select(r => Text(r, "objectId"))]));

    public IEnumerable<(string Id, string Type)> Types() => Pieces("objects").Select(o => (Text(o, "id"), Text(o, "type")));

    public void Dispose() { }

    private IEnumerable<JsonElement> Pieces(string member)
    {
        using var stream = File.OpenRead(file);
        var pieces = new JsonPieces(stream, limits);
        while (pieces.Next())
        {
            if (pieces.Member != member) continue;
            using var document = Parse(pieces);
            yield return document.RootElement;
        }
    }

    private static JsonDocument Parse(JsonPieces pieces)
    {
        try
        {
            JsonTexts.Check(pieces.Piece.Span, JsonPieces.MostDepth);
            return JsonDocument.Parse(pieces.Piece, new() { MaxDepth = JsonPieces.MostDepth });
        }
        catch (JsonException e)
        {
            throw new ImportRefusedException($"An entry of “{pieces.Member}” is not JSON: {e.Message}", pieces.Line);
        }
    }

    private static string Text(JsonElement of, string name) => of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) && JsonRecords.TryText(value, out var text) ? text : "";

    private static IReadOnlyList<JsonElement> List(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray()] : [];

    private static IReadOnlyList<(string, string)> Attributes(JsonElement of) => [.. List(of, "attributes").Select(a => (Text(a, "name"), Text(a, "value")))];
}

/// <summary>OCEL 2.0 as XML.</summary>
internal sealed class OcelXml(string file, ImportLimits limits) : IOcelLog
{
    public IEnumerable<OcelObject> Objects(string type) => Elements("object", "objects").Where(e => e.Given.GetValueOrDefault("type") == type).Select(e => new OcelObject(e.Given.GetValueOrDefault("id", ""), e.Attributes));

    public IEnumerable<OcelEvent> Events() => Elements("event", "events").Select(e =>
        new OcelEvent(e.Given.GetValueOrDefault("id", ""), e.Given.GetValueOrDefault("type", ""), e.Given.GetValueOrDefault("time", ""), e.Attributes, e.Related));

    public IEnumerable<(string Id, string Type)> Types() => Elements("object", "objects").Select(e => (e.Given.GetValueOrDefault("id", ""), e.Given.GetValueOrDefault("type", "")));

    public void Dispose() { }

    private sealed record Element(Dictionary<string, string> Given, List<(string, string)> Attributes, List<string> Related);

    private IEnumerable<Element> Elements(string name, string within)
    {
        using var stream = File.OpenRead(file);
        using var reader = new Reader(stream, limits);
        foreach (var element in reader.Elements(name, within)) yield return element;
    }

    /// <summary>Goes through the file as all XML is gone through here.</summary>
    private sealed class Reader(Stream stream, ImportLimits limits) : XmlRecords(stream, Plain, limits)
    {
        private static readonly Mapping Plain = new() { Name = "ocel", About = "", Council = new("", "", false), Kind = MappingKind.Step, Opened = new([], []) };

        public IEnumerable<Element> Elements(string name, string within)
        {
            var parent = "";
            while (Next())
            {
                if (Xml.NodeType != XmlNodeType.Element) continue;
                if (Xml.Depth == 1) parent = Xml.LocalName;
                if (Xml.Depth == 2 && parent == within && Xml.LocalName == name) yield return Take();
            }
        }

        protected override bool TryAdd(CsvBlock block) => throw new NotSupportedException();

        private Element Take()
        {
            var element = new Element(new(StringComparer.Ordinal), [], []);
            for (var i = 0; i < Xml.AttributeCount; i++)
            {
                Xml.MoveToAttribute(i);
                element.Given[Xml.LocalName] = Xml.Value;
            }
            Xml.MoveToElement();
            var depth = Xml.Depth;
            if (Xml.IsEmptyElement) return element;
            while (Next() && Xml.Depth > depth)
            {
                if (Xml.NodeType != XmlNodeType.Element) continue;
                if (Xml.LocalName is "relationship" or "object" && Xml.GetAttribute("object-id") is { } related) element.Related.Add(related);
                if (Xml.LocalName == "attribute" && Xml.GetAttribute("name") is { } name) element.Attributes.Add((name, TextWithin()));
            }
            return element;
        }
    }
}

/// <summary>OCEL 2.0 as SQLite, opened to read only.</summary>
internal sealed class OcelSqlite : IOcelLog
{
    private static readonly string[] Tables = ["event", "object", "event_object", "event_map_type", "object_map_type"];

    private readonly SqliteConnection _database;
    private readonly HashSet<string> _known = new(StringComparer.OrdinalIgnoreCase);

    public OcelSqlite(string file, ImportLimits limits)
    {
        _database = new(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        try
        {
            _database.Open();
            // No cell longer than a field may be, so that one cannot fill the memory.
            SQLitePCL.raw.sqlite3_limit(_database.Handle, SQLitePCL.raw.SQLITE_LIMIT_LENGTH, limits.MostFieldLength);
            // What the file says of itself is not believed: functions in its schema are not run.
            using (var guard = _database.CreateCommand())
            {
                guard.CommandText = "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0";
                guard.ExecuteNonQuery();
            }
            // Tables only: a view may be a question without end.
            _known.UnionWith(Rows("SELECT name FROM sqlite_schema WHERE type = 'table'").Select(r => r[0]));
            var missing = Tables.Where(t => !_known.Contains(t)).ToList();
            if (missing.Count > 0) throw new ImportRefusedException($"This SQLite file is no event log in OCEL 2.0: it has no {(missing.Count == 1 ? "table" : "tables")} {string.Join(", ", missing)}.");
        }
        catch (SqliteException e)
        {
            _database.Dispose();
            throw Broken(e);
        }
        catch
        {
            _database.Dispose();
            throw;
        }
    }

    public IEnumerable<OcelObject> Objects(string type)
    {
        foreach (var row in Rows("SELECT ocel_id FROM object WHERE ocel_type = $p", type)) yield return new(row[0], []);
        foreach (var map in Rows("SELECT ocel_type_map FROM object_map_type WHERE ocel_type = $p", type).ToList())
        {
            var table = Quote("object_" + map[0]);
            var columns = ColumnsOf(table);
            foreach (var row in Rows($"SELECT * FROM {table} ORDER BY ocel_time"))
            {
                var id = row[columns.IndexOf("ocel_id")];
                yield return new(id, [.. columns.Index().Where(c => !c.Item.StartsWith("ocel_", StringComparison.Ordinal) && row[c.Index].Length > 0).Select(c => (c.Item, row[c.Index]))]);
            }
        }
    }

    public IEnumerable<OcelEvent> Events()
    {
        foreach (var map in Rows("SELECT ocel_type, ocel_type_map FROM event_map_type ORDER BY ocel_type").ToList())
        {
            var table = Quote("event_" + map[1]);
            var columns = ColumnsOf(table);
            var (id, time) = (columns.IndexOf("ocel_id"), columns.IndexOf("ocel_time"));
            // One row for each object of an event, so that an event's objects lie together.
            OcelEvent? last = null;
            var objects = new List<string>();
            foreach (var row in Rows($"SELECT e.*, o.ocel_object_id FROM {table} e LEFT JOIN event_object o ON o.ocel_event_id = e.ocel_id ORDER BY e.ocel_id"))
            {
                if (last is not null && last.Id != row[id])
                {
                    yield return last with { Objects = [.. objects] };
                    last = null;
                }
                if (last is null)
                {
                    objects.Clear();
                    last = new(row[id], map[0], row[time], [.. columns.Index().Where(c => !c.Item.StartsWith("ocel_", StringComparison.Ordinal)).Select(c => (c.Item, row[c.Index]))], []);
                }
                if (row[^1].Length > 0) objects.Add(row[^1]);
            }
            if (last is not null) yield return last with { Objects = [.. objects] };
        }
    }

    public IEnumerable<(string Id, string Type)> Types() => Rows("SELECT ocel_id, ocel_type FROM object").Select(r => (r[0], r[1]));

    public void Dispose() => _database.Dispose();

    private List<string> ColumnsOf(string table)
    {
        var columns = Rows($"SELECT name FROM pragma_table_info({table.Replace('"', '\'')})").Select(r => r[0]).ToList();
        if (!columns.Contains("ocel_id") || !columns.Contains("ocel_time")) throw new ImportRefusedException($"This SQLite file is no event log in OCEL 2.0: the table {table} has no ocel_id or no ocel_time.");
        return columns;
    }

    /// <summary>Rows as texts, null as an empty one.</summary>
    private IEnumerable<string[]> Rows(string sql, string? argument = null)
    {
        using var command = _database.CreateCommand();
        command.CommandText = sql;
        if (argument is not null) command.Parameters.AddWithValue("$p", argument);
        using var reader = Guarded(command.ExecuteReader);
        while (Guarded(reader.Read))
        {
            var row = new string[reader.FieldCount];
            for (var i = 0; i < row.Length; i++) row[i] = reader.IsDBNull(i) ? "" : Guarded(() => reader.GetString(i));
            yield return row;
        }
    }

    private static T Guarded<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqliteException e)
        {
            throw Broken(e);
        }
    }

    /// <summary>The name of a table that is there, as SQL takes it.</summary>
    private string Quote(string name) =>
        _known.Contains(name) && name.All(c => char.IsLetterOrDigit(c) || c is '_' or ' ' or '-') ? $"\"{name}\"" : throw new ImportRefusedException($"The log names a table “{name}”, which is not there.");

    private static ImportRefusedException Broken(SqliteException e) => new($"The SQLite file cannot be read: {e.Message}");
}
