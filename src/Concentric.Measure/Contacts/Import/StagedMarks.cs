namespace Concentric.Measure.Contacts;

/// <summary>The staging table's columns. Most of a row's codes are packed into one, because each column costs the appender time for its statistics and the sort time to carry it.</summary>
internal static class StagedMarks
{
    public const string Columns = """
        row UINTEGER, key_hi UBIGINT, key_lo USMALLINT, content USMALLINT, occurred_at TIMESTAMP, day USMALLINT,
        service USMALLINT, area USMALLINT, source USMALLINT, person UBIGINT, seconds INTEGER, cost_pence INTEGER, marks UBIGINT, demand_type USMALLINT, system_cause USMALLINT
        """;

    /// <summary>Columns of a batch's <c>rows.parquet</c> but <c>prev_gap</c>: as <c>contact</c>, but services, areas, sources and the like by their place in the manifest, and persons by pseudonym.</summary>
    public static string Unpacked { get; } = $"""
        s.row, key_hi, key_lo, content, occurred_at, day,
        CAST((day + 3) // 7 AS USMALLINT) AS week, CAST(datediff('month', DATE '1970-01-01', DATE '1970-01-01' + CAST(day AS INTEGER)) AS USMALLINT) AS month,
        {Kind} AS kind, {Bits(4, 4, "UTINYINT")} AS initiator, service, {Bits(8, 8, "UTINYINT")} AS interaction, {Bits(16, 8, "UTINYINT")} AS channel, area,
        {Bits(24, 4, "UTINYINT")} AS demand, {Bits(28, 8, "UTINYINT")} AS failure_cause, {Bits(36, 4, "UTINYINT")} AS resolved,
        cost_pence, seconds, {Bits(40, 8, "UTINYINT")} AS seconds_bin,
        CASE WHEN {Bits(48, 1, "UTINYINT")} = 1 THEN {Bits(49, 8, "UTINYINT")} END AS satisfaction,
        person, source, {Flags} AS flags, demand_type, system_cause
        """;

    public static string Kind => Bits(0, 4, "UTINYINT");

    public static string Flags => Bits(58, 6, "USMALLINT");

    public static ulong Pack(in ContactRow row) =>
        (ulong)row.Kind & 15
        | ((ulong)row.Initiator & 15) << 4
        | (ulong)row.Interaction << 8
        | (ulong)row.Channel << 16
        | ((ulong)row.Demand & 15) << 24
        | (ulong)row.FailureCause << 28
        | ((ulong)row.Resolved & 15) << 36
        | (ulong)SecondsBin.Of(row.Seconds) << 40
        | (row.Satisfaction is { } satisfaction ? 1UL << 48 | (ulong)satisfaction << 49 : 0)
        | ((ulong)row.Oddities & 63) << 58;

    private static string Bits(int from, int count, string type) => $"CAST((marks >> {from}) & {(1 << count) - 1} AS {type})";
}
