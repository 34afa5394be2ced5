using System.Globalization;
using Concentric.Measure.Contacts.DuckDb;

namespace Concentric.Measure.Contacts;

/// <summary>Keeps <c>prev_gap</c> true: the seconds since the same person's last contact of the same kind on the same service of the same council.</summary>
internal static class Gaps
{
    /// <summary>Works out the gaps of these persons anew and changes those that differ: also the one after a row that came late.</summary>
    public static void Renew(DuckConnection store, IEnumerable<uint> persons)
    {
        var list = string.Join(", ", persons.Select(p => p.ToString(CultureInfo.InvariantCulture)));
        if (list.Length > 0) RenewAll(store, $"IN ({list})");
    }

    /// <param name="which">Which persons, as SQL puts it after the column: <c>IN (SELECT …)</c>.</param>
    public static void RenewAll(DuckConnection store, string which) => store.Execute($"""
        UPDATE contact SET prev_gap = g.gap
        FROM (SELECT contact_id, {Seconds("occurred_at", "before")} AS gap, prev_gap
              FROM (SELECT contact_id, prev_gap, occurred_at, lag(occurred_at) OVER ({Neighbours("council, kind, service, person", "contact_id")}) AS before
                    FROM contact WHERE person {which}) w) g
        WHERE contact.contact_id = g.contact_id AND g.gap <> g.prev_gap AND contact.person {which}
        """);

    /// <summary>The window: what happened at the same moment stands in the order of its id.</summary>
    public static string Neighbours(string same, string id) => $"PARTITION BY {same} ORDER BY occurred_at, {id}";

    /// <summary>Whole seconds between two times, rounded down; <see cref="StoreTables.NoGap"/> where there is none before.</summary>
    /// <remarks>A gap of more than 136 years does not fit the column: it is the longest that does.</remarks>
    public static string Seconds(string at, string before) =>
        $"CASE WHEN {before} IS NULL THEN {StoreTables.NoGap} ELSE CAST(least((epoch_us({at}) - epoch_us({before})) // 1000000, {StoreTables.NoGap - 1}) AS UINTEGER) END";
}
