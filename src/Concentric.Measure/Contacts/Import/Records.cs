namespace Concentric.Measure.Contacts;

/// <summary>A file read record by record: whatever its format, a record is the fields of the mapping's columns.</summary>
internal abstract class Records : IDisposable
{
    /// <summary>The columns read, in the order of <see cref="Mapping.Columns"/>.</summary>
    public abstract IReadOnlyList<string> Columns { get; }

    /// <summary>Opens a file by the format that the mapping names.</summary>
    /// <param name="spool">Folder for what has to lie in a file to be read.</param>
    /// <exception cref="ImportRefusedException">It is of another format.</exception>
    public static Records Open(FileBytes bytes, Mapping mapping, ImportLimits limits, string spool) => mapping.Format switch
    {
        FileFormat.Csv => new CsvFile(bytes, mapping, limits),
        FileFormat.Ndjson => new NdjsonRecords(bytes, mapping, limits),
        FileFormat.Open311 when bytes.Looks == FileLooks.Xml => new Open311Xml(bytes, mapping, limits),
        FileFormat.Open311 => new Open311Json(bytes, mapping, limits),
        FileFormat.Xes => new XesRecords(bytes, mapping, limits),
        FileFormat.Ocel => OcelRecords.Of(bytes, mapping, limits, spool),
        _ => throw new InvalidOperationException($"There is no reader of {mapping.Format}."),
    };

    /// <summary>Reads up to as many records as the block holds; false at the end of the file.</summary>
    public bool Fill(CsvBlock block)
    {
        block.Clear();
        while (!block.IsFull && TryAdd(block)) { }
        return block.Count > 0;
    }

    public abstract void Dispose();

    /// <summary>Adds the next record to the block; false at the end of the file.</summary>
    protected abstract bool TryAdd(CsvBlock block);
}

/// <summary>Records whose fields have names of their own and stand in any order: JSON and XML.</summary>
internal abstract class NamedRecords : Records
{
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly string[] _fields;
    private readonly bool _keepsWhole;
    private readonly ImportLimits _limits;
    private string? _bad;

    protected NamedRecords(Mapping mapping, ImportLimits limits)
    {
        Columns = mapping.Columns;
        _limits = limits;
        _fields = new string[Columns.Count];
        for (var i = 0; i < _fields.Length; i++) _places.Add(Columns[i], i);
        _keepsWhole = mapping.Id.Count == 0;
    }

    public override IReadOnlyList<string> Columns { get; }

    /// <summary>Whether the mapping reads a field of that name.</summary>
    protected bool IsRead(string name) => _places.ContainsKey(name);

    /// <summary>Begins a record with no fields.</summary>
    protected void Clear()
    {
        Array.Fill(_fields, "");
        _bad = null;
    }

    protected void Set(string name, string value)
    {
        if (!_places.TryGetValue(name, out var place)) return;
        if (value.Length > _limits.MostFieldLength) throw new ImportRefusedException($"A value of “{name}” is longer than {_limits.MostFieldLength} characters.");
        if (value.Contains('\0', StringComparison.Ordinal)) _bad ??= $"“{name}” holds a NUL character.";
        _fields[place] = value;
    }

    /// <summary>The record cannot be taken.</summary>
    protected void Bad(string reason) => _bad ??= reason;

    /// <summary>Puts the record into the block.</summary>
    /// <param name="line">Line of the file on which it begins, from 1, or its number where there are no lines.</param>
    protected void Add(CsvBlock block, long line)
    {
        block.Begin(line);
        if (_bad is { } reason)
        {
            block.Reject(new(line, "", Reject.Cut(string.Join(", ", _fields.Where(f => f.Length > 0).Select(f => f.Replace('\0', ' ')))), reason));
            return;
        }
        foreach (var field in _fields) block.Add(field);
        if (_keepsWhole) block.SetWhole(string.Join(CsvBlock.FieldEnd, _fields));
    }
}
