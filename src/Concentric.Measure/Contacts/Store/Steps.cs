using Concentric.Measure.Contacts.DuckDb;

namespace Concentric.Measure.Contacts;

/// <summary>Keeps <c>seq</c>, <c>prev_activity</c> and <c>gap</c> of steps true: by time within the case; what happened at the same moment stands in the order of its id.</summary>
internal static class Steps
{
    private const string Window = "PARTITION BY council, case_ref ORDER BY occurred_at, step_id";

    /// <summary>The three derived columns over rows that have <c>council</c>, <c>case_ref</c>, <c>occurred_at</c>, <c>step_id</c> and <c>activity</c>.</summary>
    public static string Derived { get; } = $"""
        CAST(row_number() OVER ({Window}) AS UINTEGER) AS seq,
        CAST(coalesce(lag(activity) OVER ({Window}), 0) AS USMALLINT) AS prev_activity,
        {Gaps.Seconds("occurred_at", $"lag(occurred_at) OVER ({Window})")} AS gap
        """;

    /// <summary>Works out the steps of these cases anew and changes those that differ.</summary>
    /// <param name="which">Which cases, as SQL puts it after the column: <c>IN (SELECT …)</c>.</param>
    public static void Renew(DuckConnection store, int council, string which) => store.Execute($"""
        UPDATE step SET seq = n.seq, prev_activity = n.prev_activity, gap = n.gap
        FROM (SELECT step_id, {Derived} FROM step WHERE council = {council} AND case_ref {which}) n
        WHERE step.step_id = n.step_id AND (step.seq <> n.seq OR step.prev_activity <> n.prev_activity OR step.gap <> n.gap)
        """);
}
