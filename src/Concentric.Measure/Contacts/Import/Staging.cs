using Concentric.Measure.Contacts.DuckDb;

namespace Concentric.Measure.Contacts;

/// <summary>Where the rows of an import gather: a temporary table beside the store, which nobody sees and which is gone when this is closed.</summary>
internal sealed class Staging : IDisposable
{
    private readonly DuckContactStore _owner;
    private readonly DuckConnection _store;
    private readonly DuckAppender _rows;
    private readonly LocalClock _clock;
    private readonly NameList _services = new("services"), _areas = new("areas"), _sources = new("sources");
    private bool _namesPersons;
    private bool _isClosed;

    public Staging(DuckContactStore store, LocalClock clock)
    {
        (_owner, _clock) = (store, clock);
        _store = store.BeginStaging();
        try
        {
            _store.Execute($"CREATE TEMP TABLE staged ({StagedMarks.Columns})");
            _rows = _store.Append("staged", temporary: true);
        }
        catch
        {
            store.EndStaging(_store);
            throw;
        }
    }

    public long Rows => _rows.Rows;

    public IReadOnlyList<string> Services => _services.Names;
    public IReadOnlyList<string> Areas => _areas.Names;
    public IReadOnlyList<string> Sources => _sources.Names;

    public void Add(in MappedRow mapped)
    {
        ref readonly var row = ref mapped.Row;
        var local = _clock.LocalOf(row.OccurredAt);
        _namesPersons |= row.Person != 0;
        _rows.Set(0, mapped.Number);
        _rows.Set(1, (ulong)(mapped.Key >> 64));
        _rows.Set(2, (ulong)mapped.Key);
        _rows.Set(3, mapped.Content);
        _rows.Set(4, (row.OccurredAt.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond);
        _rows.Set(5, ContactCalendar.Day(DateOnly.FromDateTime(local)));
        _rows.Set(6, _services.Place(row.Service));
        _rows.Set(7, _areas.Place(row.Area));
        _rows.Set(8, _sources.Place(row.Source));
        _rows.Set(9, row.Person);
        SetOrNull(10, row.Seconds);
        SetOrNull(11, row.CostPence);
        _rows.Set(12, StagedMarks.Pack(row));
        _rows.Next();
    }

    /// <summary>Finds which rows are new to the council: the first with its key, and not imported before.</summary>
    public (long Imported, long Duplicates, long Changed, long Flagged) FindNew(int? council, CancellationToken stop)
    {
        _rows.Complete();
        var known = council is { } code ? $"WHERE k.council = {code}" : "WHERE false";
        _store.Execute($"""
            CREATE TEMP TABLE fresh AS
            SELECT f.row FROM (SELECT key_hi, key_lo, min(row) AS row FROM staged GROUP BY key_hi, key_lo) f
            ANTI JOIN (SELECT key_hi, key_lo FROM contact_key k {known}) k ON f.key_hi = k.key_hi AND f.key_lo = k.key_lo
            """, stop);
        var imported = _store.Number("SELECT count(*) FROM fresh");
        var duplicates = Rows - imported;
        var changed = duplicates == 0 ? 0 : _store.Number($"""
            SELECT (SELECT count(*) FROM staged s JOIN (SELECT key_hi, key_lo, content FROM contact_key k {known}) k ON s.key_hi = k.key_hi AND s.key_lo = k.key_lo WHERE s.content <> k.content)
                 + (SELECT count(*) FROM staged s JOIN (SELECT key_hi, key_lo, content, row FROM staged SEMI JOIN fresh USING (row)) f
                    ON s.key_hi = f.key_hi AND s.key_lo = f.key_lo WHERE s.row <> f.row AND s.content <> f.content)
            """);
        if (duplicates > 0) _store.Execute("DELETE FROM staged WHERE row NOT IN (SELECT row FROM fresh)", stop);
        _store.Execute("DROP TABLE fresh");
        return (imported, duplicates, changed, _store.Number($"SELECT count(*) FROM staged WHERE {StagedMarks.Flags} <> 0"));
    }

    /// <summary>Writes the new rows, with the gap to the same person's contact before within the file.</summary>
    public void WriteParquet(string file, CancellationToken stop)
    {
        var gap = $"{StoreTables.NoGap}::UINTEGER";
        var gaps = "";
        if (_namesPersons)
        {
            _store.Execute($"""
                CREATE TEMP TABLE gap AS SELECT row, {Gaps.Seconds("occurred_at", "before")} AS prev_gap
                FROM (SELECT row, occurred_at, lag(occurred_at) OVER ({Gaps.Neighbours($"{StagedMarks.Kind}, service, person", "row")}) AS before FROM staged WHERE person <> 0) w
                WHERE before IS NOT NULL
                """, stop);
            (gap, gaps) = ($"coalesce(g.prev_gap, {StoreTables.NoGap})", "LEFT JOIN gap g ON s.row = g.row");
        }
        _store.Execute($"""
            COPY (SELECT {StagedMarks.Unpacked}, {gap} AS prev_gap FROM staged s {gaps})
            TO {DuckDatabase.Quote(file)} (FORMAT parquet)
            """, stop);
    }

    public void Dispose()
    {
        if (_isClosed) return;
        _isClosed = true;
        _rows.Dispose();
        _owner.EndStaging(_store);
    }

    private void SetOrNull<T>(int column, T? value) where T : unmanaged
    {
        if (value is { } known) _rows.Set(column, known);
        else _rows.SetNull(column);
    }

    /// <summary>Names in the order of their first sight, from 1.</summary>
    private sealed class NameList(string what)
    {
        private readonly Dictionary<string, ushort> _places = new(StringComparer.Ordinal);
        private readonly List<string> _names = [];

        public IReadOnlyList<string> Names => _names;

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
}
