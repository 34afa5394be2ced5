using Concentric.Measure.Contacts.DuckDb;

namespace Concentric.Measure.Contacts;

/// <summary>Where the rows of an import gather: a temporary table beside the store, which nobody sees and which is gone when this is closed.</summary>
internal sealed class Staging : IDisposable
{
    private readonly DuckConnection _store;
    private readonly DuckAppender _rows;
    private readonly LocalClock _clock;
    private readonly NameList _services = new("services"), _areas = new("areas"), _sources = new("sources");
    private bool _namesPersons;

    public Staging(DuckContactStore store, LocalClock clock)
    {
        _clock = clock;
        _store = store.Connect();
        try
        {
            _store.Execute($"CREATE TEMP TABLE staged ({StoreTables.Staged})");
            _rows = _store.Append("staged", temporary: true);
        }
        catch
        {
            _store.Dispose();
            throw;
        }
    }

    public long Rows => _rows.Rows;

    public IReadOnlyList<string> Services => _services.Names;
    public IReadOnlyList<string> Areas => _areas.Names;
    public IReadOnlyList<string> Sources => _sources.Names;

    /// <param name="number">Place of the row in its file; ids are made from it.</param>
    /// <param name="key">What it is known by if it comes again.</param>
    /// <param name="content">What it said, to see whether it says the same when it comes again.</param>
    public void Add(in ContactRow row, uint number, UInt128 key, ulong content)
    {
        var date = DateOnly.FromDateTime(_clock.LocalOf(row.OccurredAt));
        var day = ContactCalendar.Day(date);
        _namesPersons |= row.Person != 0;
        _rows.Set(0, number);
        _rows.Set(1, (ulong)(key >> 64));
        _rows.Set(2, (ulong)key);
        _rows.Set(3, content);
        _rows.Set(4, (row.OccurredAt.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond);
        _rows.Set(5, day);
        _rows.Set(6, ContactCalendar.Week(day));
        _rows.Set(7, ContactCalendar.Month(date));
        _rows.Set(8, (byte)row.Kind);
        _rows.Set(9, (byte)row.Initiator);
        _rows.Set(10, _services.Place(row.Service));
        _rows.Set(11, row.Interaction);
        _rows.Set(12, row.Channel);
        _rows.Set(13, _areas.Place(row.Area));
        _rows.Set(14, (byte)row.Demand);
        _rows.Set(15, row.FailureCause);
        _rows.Set(16, (byte)row.Resolved);
        SetOrNull(17, row.CostPence);
        SetOrNull(18, row.Seconds);
        _rows.Set(19, SecondsBin.Of(row.Seconds));
        SetOrNull(20, row.Satisfaction);
        _rows.Set(21, row.Person);
        _rows.Set(22, row.Id.Length == 0 ? 0 : (ulong)(key >> 64));
        _rows.Set(23, _sources.Place(row.Source));
        _rows.Set(24, (ushort)row.Oddities);
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
        return (imported, duplicates, changed, _store.Number("SELECT count(*) FROM staged WHERE flags <> 0"));
    }

    /// <summary>Writes the new rows in the order in which they will lie, with the gap to the same person's contact before within the file.</summary>
    public void WriteParquet(string file, CancellationToken stop)
    {
        var gap = $"{StoreTables.NoGap}::UINTEGER";
        var gaps = "";
        if (_namesPersons)
        {
            _store.Execute($"""
                CREATE TEMP TABLE gap AS SELECT row, {Gaps.Seconds("occurred_at", "before")} AS prev_gap
                FROM (SELECT row, occurred_at, lag(occurred_at) OVER ({Gaps.Neighbours("kind, service, person", "row")}) AS before FROM staged WHERE person <> 0) w
                WHERE before IS NOT NULL
                """, stop);
            (gap, gaps) = ($"coalesce(g.prev_gap, {StoreTables.NoGap})", "LEFT JOIN gap g ON s.row = g.row");
        }
        _store.Execute($"""
            COPY (SELECT s.*, {gap} AS prev_gap FROM staged s {gaps} ORDER BY month // 12, service, occurred_at, s.row)
            TO {DuckDatabase.Quote(file)} (FORMAT parquet)
            """, stop);
    }

    public void Dispose()
    {
        _rows.Dispose();
        _store.Dispose();
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
