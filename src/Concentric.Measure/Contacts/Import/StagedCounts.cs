using Concentric.Measure.Contacts.DuckDb;

namespace Concentric.Measure.Contacts;

/// <summary>Amounts that were counted elsewhere gather.</summary>
internal sealed class StagedCounts(DuckContactStore store) : StagedRows<MappedCount>(store, """
    row UINTEGER, key_hi UBIGINT, key_lo USMALLINT, content USMALLINT, from_day USMALLINT, to_day USMALLINT,
    service USMALLINT, channel UTINYINT, area USMALLINT, source USMALLINT, name USMALLINT, amount BIGINT, mean DOUBLE
    """)
{
    public override BatchRows Kind => BatchRows.Counts;

    public override void Add(in MappedCount mapped)
    {
        SetKey(mapped.Number, mapped.Key, mapped.Content);
        Appender.Set(4, ContactCalendar.Day(mapped.From));
        Appender.Set(5, ContactCalendar.Day(mapped.To));
        Appender.Set(6, Services.Place(mapped.Service));
        Appender.Set(7, mapped.Channel);
        Appender.Set(8, Areas.Place(mapped.Area));
        Appender.Set(9, Sources.Place(mapped.Source));
        Appender.Set(10, CountedNames.Place(mapped.Name));
        Appender.Set(11, mapped.Amount);
        Appender.SetOrNull(12, mapped.Mean);
        Appender.Next();
    }

    public override void WriteParquet(string file, CancellationToken stop) =>
        Store.Execute($"COPY (SELECT * FROM staged ORDER BY row) TO {DuckDatabase.Quote(file)} (FORMAT parquet)", stop);
}

/// <summary>Steps of cases gather.</summary>
internal sealed class StagedSteps(DuckContactStore store, LocalClock clock) : StagedRows<MappedStep>(store, """
    row UINTEGER, key_hi UBIGINT, key_lo USMALLINT, content USMALLINT, case_ref UBIGINT, occurred_at TIMESTAMP, day USMALLINT,
    activity USMALLINT, actor USMALLINT, organisation USMALLINT, channel UTINYINT, service USMALLINT
    """)
{
    public override BatchRows Kind => BatchRows.Steps;

    public override void Add(in MappedStep mapped)
    {
        SetKey(mapped.Number, mapped.Key, mapped.Content);
        Appender.Set(4, mapped.Case);
        Appender.Set(5, (mapped.At.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond);
        Appender.Set(6, ContactCalendar.Day(DateOnly.FromDateTime(clock.LocalOf(mapped.At))));
        Appender.Set(7, Activities.Place(mapped.Activity));
        Appender.Set(8, Actors.Place(mapped.Actor));
        Appender.Set(9, Organisations.Place(mapped.Organisation));
        Appender.Set(10, mapped.Channel);
        Appender.Set(11, Services.Place(mapped.Service));
        Appender.Next();
    }

    public override void WriteParquet(string file, CancellationToken stop) =>
        Store.Execute($"COPY (SELECT * FROM staged ORDER BY row) TO {DuckDatabase.Quote(file)} (FORMAT parquet)", stop);
}
