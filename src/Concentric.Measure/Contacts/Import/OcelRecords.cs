using System.Globalization;

namespace Concentric.Measure.Contacts;

/// <summary>
/// Events of an OCEL 2.0 log, one record for each event and object of the type that is taken for the case. Columns: <c>event:id</c>, <c>event:type</c>,
/// <c>event:time</c>, <c>event:</c> and an attribute; <c>case:id</c>, <c>case:</c> and an attribute of the object, with its last value.
/// </summary>
/// <remarks>Objects may stand behind the events that name them, so the log is put into a file and read twice: objects of the type first, then events.</remarks>
internal sealed class OcelRecords : NamedRecords
{
    private const int MostObjects = 2_000_000;

    private readonly IOcelLog _log;
    private readonly string _file;
    private readonly Dictionary<string, Dictionary<string, string>?> _cases = new(StringComparer.Ordinal);
    private readonly IEnumerator<OcelEvent> _events;
    private readonly Queue<(OcelEvent Event, string? Case)> _waiting = [];
    private long _number;

    private OcelRecords(IOcelLog log, string file, Mapping mapping, ImportLimits limits) : base(mapping, limits)
    {
        (_log, _file) = (log, file);
        foreach (var found in log.Objects(mapping.Step!.CaseType!))
        {
            if (_cases.Count >= MostObjects && !_cases.ContainsKey(found.Id)) throw new ImportRefusedException($"The log has more than {MostObjects} objects of the type “{mapping.Step.CaseType}”.");
            var known = _cases.GetValueOrDefault(found.Id);
            foreach (var (name, value) in found.Attributes)
            {
                if (IsRead($"case:{name}")) (known ??= new(StringComparer.Ordinal))[$"case:{name}"] = value;
            }
            _cases[found.Id] = known;
        }
        if (_cases.Count == 0) throw new ImportRefusedException($"The log has no object of the type “{mapping.Step.CaseType}”, which the mapping takes for the case.");
        _events = log.Events().GetEnumerator();
    }

    public static OcelRecords Of(FileBytes bytes, Mapping mapping, ImportLimits limits, string spool)
    {
        Directory.CreateDirectory(spool);
        var file = Path.Combine(spool, Path.GetRandomFileName());
        try
        {
            using (var to = new FileStream(file, FileMode.CreateNew)) Copy(bytes.Text, to, limits);
            IOcelLog log = bytes.Looks switch
            {
                FileLooks.Sqlite => new OcelSqlite(file, limits),
                FileLooks.Xml => new OcelXml(file, limits),
                _ => new OcelJson(file, limits),
            };
            return new(log, file, mapping, limits);
        }
        catch
        {
            File.Delete(file);
            throw;
        }
    }

    public override void Dispose()
    {
        _events.Dispose();
        _log.Dispose();
        foreach (var file in (string[])[_file, _file + "-wal", _file + "-shm"]) File.Delete(file);
    }

    protected override bool TryAdd(CsvBlock block)
    {
        while (_waiting.Count == 0)
        {
            if (!_events.MoveNext()) return false;
            var found = _events.Current;
            foreach (var id in found.Objects.Distinct(StringComparer.Ordinal).Where(_cases.ContainsKey)) _waiting.Enqueue((found, id));
            // An event that belongs to no case is told of, and not lost.
            if (_waiting.Count == 0) _waiting.Enqueue((found, null));
        }
        var (at, inCase) = _waiting.Dequeue();
        Clear();
        Set("event:id", at.Id);
        Set("event:type", at.Type);
        Set("event:time", at.Time);
        foreach (var (name, value) in at.Attributes) Set($"event:{name}", value);
        if (inCase is null) Bad($"The event {at.Id} has no object of the type that is taken for the case.");
        else
        {
            Set("case:id", inCase);
            foreach (var (name, value) in _cases[inCase] ?? []) Set(name, value);
        }
        Add(block, ++_number);
        return true;
    }

    internal static void Copy(Stream from, Stream to, ImportLimits limits)
    {
        var buffer = new byte[128 * 1024];
        var copied = 0L;
        for (int read; (read = from.Read(buffer)) > 0;)
        {
            copied += read;
            if (copied > limits.MostSpooled) throw new ImportRefusedException(string.Create(CultureInfo.InvariantCulture, $"The log is longer than {limits.MostSpooled} bytes."));
            to.Write(buffer, 0, read);
        }
    }
}

/// <summary>An OCEL log in one of its three forms.</summary>
internal interface IOcelLog : IDisposable
{
    /// <summary>The objects of a type; one may come several times, as its attributes change.</summary>
    IEnumerable<OcelObject> Objects(string type);

    IEnumerable<OcelEvent> Events();

    /// <summary>Of each object its type; one may come several times.</summary>
    IEnumerable<(string Id, string Type)> Types();
}

internal sealed record OcelObject(string Id, IReadOnlyList<(string Name, string Value)> Attributes);

/// <param name="Objects">Ids of the objects that it has to do with, of any type.</param>
internal sealed record OcelEvent(string Id, string Type, string Time, IReadOnlyList<(string Name, string Value)> Attributes, IReadOnlyList<string> Objects);
