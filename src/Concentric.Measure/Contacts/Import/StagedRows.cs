using Concentric.Measure.Contacts.DuckDb;

namespace Concentric.Measure.Contacts;

/// <summary>Where the rows of an import gather: a temporary table beside the store, which nobody sees and which is gone when this is closed.</summary>
/// <remarks>The table's first four columns are <c>row, key_hi, key_lo, content</c>, by which rows are told apart whatever they are.</remarks>
internal abstract class StagedRows : IDisposable
{
    private readonly DuckContactStore _owner;
    private bool _isClosed;

    protected StagedRows(DuckContactStore store, string columns)
    {
        _owner = store;
        Store = store.BeginStaging();
        try
        {
            Store.Execute($"CREATE TEMP TABLE staged ({columns})");
            Appender = Store.Append("staged", temporary: true);
        }
        catch
        {
            store.EndStaging(Store);
            throw;
        }
    }

    public abstract BatchRows Kind { get; }

    public long Rows => Appender.Rows;

    public NameList Services { get; } = new("services");
    public NameList Areas { get; } = new("areas");
    public NameList Sources { get; } = new("sources");
    public NameList CountedNames { get; } = new("names of what was counted");
    public NameList Activities { get; } = new("activities");
    public NameList Actors { get; } = new("actors");
    public NameList Organisations { get; } = new("organisations");
    public NameList DemandTypes { get; } = new("demand types");
    public NameList SystemCauses { get; } = new("system causes");

    protected DuckConnection Store { get; }

    protected DuckAppender Appender { get; }

    /// <summary>Finds which rows are new to the council: the first with its key, and not imported before.</summary>
    public (long Imported, long Duplicates, long Changed, long Flagged) FindNew(int? council, CancellationToken stop)
    {
        Appender.Complete();
        var known = council is { } code ? $"WHERE k.council = {code}" : "WHERE false";
        Store.Execute($"""
            CREATE TEMP TABLE fresh AS
            SELECT f.row FROM (SELECT key_hi, key_lo, min(row) AS row FROM staged GROUP BY key_hi, key_lo) f
            ANTI JOIN (SELECT key_hi, key_lo FROM contact_key k {known}) k ON f.key_hi = k.key_hi AND f.key_lo = k.key_lo
            """, stop);
        var imported = Store.Number("SELECT count(*) FROM fresh");
        var duplicates = Rows - imported;
        var changed = duplicates == 0 ? 0 : Store.Number($"""
            SELECT (SELECT count(*) FROM staged s JOIN (SELECT key_hi, key_lo, content FROM contact_key k {known}) k ON s.key_hi = k.key_hi AND s.key_lo = k.key_lo WHERE s.content <> k.content)
                 + (SELECT count(*) FROM staged s JOIN (SELECT key_hi, key_lo, content, row FROM staged SEMI JOIN fresh USING (row)) f
                    ON s.key_hi = f.key_hi AND s.key_lo = f.key_lo WHERE s.row <> f.row AND s.content <> f.content)
            """);
        if (duplicates > 0) Store.Execute("DELETE FROM staged WHERE row NOT IN (SELECT row FROM fresh)", stop);
        Store.Execute("DROP TABLE fresh");
        return (imported, duplicates, changed, CountFlagged());
    }

    /// <summary>Writes the new rows.</summary>
    public abstract void WriteParquet(string file, CancellationToken stop);

    public void Dispose()
    {
        if (_isClosed) return;
        _isClosed = true;
        Appender.Dispose();
        _owner.EndStaging(Store);
    }

    /// <summary>How many of the new rows are odd.</summary>
    protected virtual long CountFlagged() => 0;

    /// <summary>80 bits of the key and 16 of what the row says are kept, because they are most of what a contact takes on disk.</summary>
    /// <remarks>Among 20 million rows the chance that two keys are alike is 2 in 10^10; one changed row in 65,536 that comes again is not told from one that says the same.</remarks>
    protected void SetKey(uint number, UInt128 key, ulong content)
    {
        Appender.Set(0, number);
        Appender.Set(1, (ulong)(key >> 64));
        Appender.Set(2, unchecked((ushort)key));
        Appender.Set(3, unchecked((ushort)content));
    }

}

/// <summary>Rows of one kind gather.</summary>
internal abstract class StagedRows<T>(DuckContactStore store, string columns) : StagedRows(store, columns) where T : struct
{
    public abstract void Add(in T mapped);
}

/// <summary>Names in the order of their first sight, from 1.</summary>
internal sealed class NameList(string what) : IReadOnlyList<string>
{
    private readonly Dictionary<string, ushort> _places = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];

    public int Count => _names.Count;

    public string this[int index] => _names[index];

    public IEnumerator<string> GetEnumerator() => _names.GetEnumerator();

    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();

    public ushort Place(string? name)
    {
        if (name is null || name.Length == 0) return 0;
        if (_places.TryGetValue(name, out var place)) return place;
        if (_names.Count == ushort.MaxValue)
            throw new ImportRefusedException($"The file has more than {ushort.MaxValue} different {what}. A column with a value of its own in nearly every row was mapped as {what}.");
        _names.Add(name);
        _places.Add(name, (ushort)_names.Count);
        return (ushort)_names.Count;
    }
}
