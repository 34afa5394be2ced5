using Concentric.Measure.Contacts.DuckDb;

namespace Concentric.Measure.Contacts;

/// <summary>Contacts gather.</summary>
internal sealed class Staging(DuckContactStore store, LocalClock clock) : StagedRows<MappedRow>(store, StagedMarks.Columns)
{
    private bool _namesPersons;

    public override BatchRows Kind => BatchRows.Contacts;

    public override void Add(in MappedRow mapped)
    {
        ref readonly var row = ref mapped.Row;
        var local = clock.LocalOf(row.OccurredAt);
        _namesPersons |= row.Person != 0;
        SetKey(mapped.Number, mapped.Key, mapped.Content);
        Appender.Set(4, (row.OccurredAt.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond);
        Appender.Set(5, ContactCalendar.Day(DateOnly.FromDateTime(local)));
        Appender.Set(6, Services.Place(row.Service));
        Appender.Set(7, Areas.Place(row.Area));
        Appender.Set(8, Sources.Place(row.Source));
        Appender.Set(9, row.Person);
        Appender.SetOrNull(10, row.Seconds);
        Appender.SetOrNull(11, row.CostPence);
        Appender.Set(12, StagedMarks.Pack(row));
        Appender.Set(13, DemandTypes.Place(row.DemandType));
        Appender.Set(14, SystemCauses.Place(row.SystemCause));
        Appender.Next();
    }

    /// <summary>Writes the new rows, with the gap to the same person's contact before within the file.</summary>
    public override void WriteParquet(string file, CancellationToken stop)
    {
        var gap = $"{StoreTables.NoGap}::UINTEGER";
        var gaps = "";
        if (_namesPersons)
        {
            Store.Execute($"""
                CREATE TEMP TABLE gap AS SELECT row, {Gaps.Seconds("occurred_at", "before")} AS prev_gap
                FROM (SELECT row, occurred_at, lag(occurred_at) OVER ({Gaps.Neighbours($"{StagedMarks.Kind}, service, person", "row")}) AS before FROM staged WHERE person <> 0) w
                WHERE before IS NOT NULL
                """, stop);
            (gap, gaps) = ($"coalesce(g.prev_gap, {StoreTables.NoGap})", "LEFT JOIN gap g ON s.row = g.row");
        }
        Store.Execute($"""
            COPY (SELECT {StagedMarks.Unpacked}, {gap} AS prev_gap FROM staged s {gaps})
            TO {DuckDatabase.Quote(file)} (FORMAT parquet)
            """, stop);
    }

    protected override long CountFlagged() => Store.Number($"SELECT count(*) FROM staged WHERE {StagedMarks.Flags} <> 0");
}
