using System.Globalization;
using Concentric.Measure.Contacts.DuckDb;

namespace Concentric.Measure.Contacts;

/// <summary>Keeps the table <c>need</c> true: what somebody needed of a service, from their first contact until it was met.</summary>
/// <remarks>
/// Definition 1. Contacts that citizens began belong together where they say that they follow an enquiry, or were made by the same person on the same service. Of those, one begins a
/// need of its own if it was coded as value demand, or if more than <see cref="WindowDays"/> days lie between it and the one before and that one was not open then. What follows an enquiry never does.
/// A need is met when all that was asked of it is answered and the last answer, or the last contact, is held to have settled it: not when a case is closed, because
/// whoever says that it is not sorted opens it again, and of whoever writes once more after the answer it is not known until that is answered. Contacts by somebody who is not known can be linked with nothing: they are in no need, and their share is shown beside every figure.
/// Of a file only what it states is known: a contact held to be resolved was so when it ended, a request when it was closed.
/// </remarks>
internal static class NeedRows
{
    /// <summary>Days within which the same person's next contact on the same service is about the same.</summary>
    public const int WindowDays = 28;

    /// <summary>The chain of an enquiry by nobody who is known: out of the range of persons.</summary>
    public static ulong ChainOf(ulong caseRef) => 1UL << 63 | caseRef;

    // A query costs 0.05 s however few its rows are, and a sort of more than these does not fit the store's memory.
    private const long MostAtOnce = 1_000_000;

    private const string Chain = "CASE WHEN chain <> 0 THEN chain ELSE person END";
    private const string Window = "PARTITION BY kind, service, chain ORDER BY occurred_at, contact_id";

    /// <summary>The needs that contacts by these enquiries belong to.</summary>
    public static void RenewOwn(DuckConnection store, Codebook codes, IReadOnlyCollection<ulong> caseRefs)
    {
        if (caseRefs.Count == 0) return;
        store.Execute($"""
            CREATE TEMP TABLE linked AS SELECT DISTINCT council, {Chain} AS chain FROM contact
            WHERE source = {StoreTables.Enquiries} AND case_ref IN ({string.Join(", ", caseRefs.Select(c => c.ToString(CultureInfo.InvariantCulture)))})
            """);
        var councils = new List<int>();
        Codebook.Each(store, "SELECT DISTINCT council FROM linked", (rows, i) => councils.Add(Codebook.Int(rows, 0, i)));
        foreach (var council in councils) Renew(store, codes.CouncilAt(council), $"IN (SELECT chain FROM linked WHERE council = {Text(council)})");
        store.Execute("DROP TABLE temp.linked");
    }

    /// <summary>The needs of all persons of a batch, so many services at a time as fit in memory.</summary>
    public static void RenewBatch(DuckConnection store, int batch, CouncilCode council)
    {
        var of = $"FROM contact WHERE batch = {Text(batch)} AND person <> 0";
        var (together, rows) = (new List<int>(), 0L);
        foreach (var (service, count) in Services())
        {
            if (together.Count > 0 && rows + count > MostAtOnce) RenewThese();
            together.Add(service);
            rows += count;
        }
        if (together.Count > 0) RenewThese();

        List<(int Service, long Rows)> Services()
        {
            var found = new List<(int, long)>();
            Codebook.Each(store, $"SELECT service, count(*) {of} GROUP BY service", (row, i) => found.Add((Codebook.Int(row, 0, i), row.Column(1).Number(i))));
            return found;
        }

        void RenewThese()
        {
            var services = $"service IN ({string.Join(", ", together.Select(Text))})";
            Renew(store, council, $"IN (SELECT person {of} AND {services})", services);
            (together, rows) = ([], 0);
        }
    }

    /// <param name="which">Which chains, as SQL puts it after the column: <c>IN (SELECT …)</c>.</param>
    /// <param name="services">Only the needs of these services, as a condition in SQL.</param>
    public static void Renew(DuckConnection store, CouncilCode council, string which, string services = "true")
    {
        var of = $"council = {Text(council.Code)} AND {services}";
        var end = ClockChanges.Local("met_at", council.Zone);
        store.Execute($"""
            CREATE TEMP TABLE linking AS
            SELECT *, CASE WHEN before_is_open IS NULL OR NOT follows AND (demand = {(int)Core.Facts.Demand.Value} OR NOT (is_near OR before_is_open)) THEN 1 ELSE 0 END AS starts
            FROM (SELECT *, epoch_us(occurred_at) - epoch_us(lag(occurred_at) OVER ({Window})) <= {WindowDays * 86_400_000_000L} AS is_near,
                    lag(is_own) OVER ({Window}) AND coalesce(lag(answered) OVER ({Window}) > occurred_at, true) AS before_is_open
                FROM (SELECT contact_id, kind, service, channel, area, profile, occurred_at, day, week, month, demand, failure_cause, {Chain} AS chain, case_ref <> 0 AS is_own, thread <> case_ref AS follows,
                        t.ended_at AS answered,
                        CASE WHEN t.ended_at < occurred_at THEN NULL WHEN case_ref <> 0 THEN t.ended_at WHEN resolved = 0 THEN NULL WHEN kind = {(int)ContactKind.ServiceRequest} THEN occurred_at + to_seconds(coalesce(seconds, 0)) ELSE occurred_at END AS ended,
                        CASE WHEN t.ended_at < occurred_at THEN 0 WHEN case_ref <> 0 THEN coalesce(t.settled, 0) ELSE resolved END AS settled
                    FROM contact c
                    LEFT JOIN (SELECT case_ref AS root, max(ended_at) AS ended_at, max(resolved) AS settled FROM contact WHERE case_ref <> 0 AND thread = case_ref GROUP BY case_ref) t ON c.thread = t.root AND c.thread <> 0
                    WHERE {of} AND initiator = {(int)ContactInitiator.Citizen} AND {Chain} <> 0 AND {Chain} {which}) r) w;
            UPDATE contact SET chases = n.chases
            FROM (SELECT contact_id, CASE WHEN before_is_open AND demand <> {(int)Core.Facts.Demand.Value} AND failure_cause IN (0, {Core.Facts.FailureCauses.Find("progress-chasing")!.Code}) THEN 1 ELSE 0 END AS chases FROM linking WHERE is_own) n
            WHERE contact.contact_id = n.contact_id AND contact.chases <> n.chases;
            DELETE FROM need WHERE {of} AND chain {which};
            INSERT INTO need
            SELECT first_id, {Text(council.Code)}, kind, service, channel, area, profile, chain, day, week, month, contacts, state,
                CASE WHEN state = 1 THEN met_day END, CASE WHEN state = 1 THEN (met_day + 3) // 7 END,
                CASE WHEN state = 1 THEN datediff('month', DATE '1970-01-01', DATE '1970-01-01' + CAST(met_day AS INTEGER)) END,
                CASE WHEN state = 1 THEN least(greatest((epoch_us(met_at) - epoch_us(first_at)) // 1000000, 0), {int.MaxValue}) END
            FROM (SELECT *, CASE WHEN open > 0 THEN {(int)NeedState.Open} WHEN last_settled = 1 THEN {(int)NeedState.Met} WHEN last_settled = 2 THEN {(int)NeedState.NotMet} ELSE {(int)NeedState.NotKnown} END AS state,
                    least(greatest(datediff('day', DATE '1970-01-01', CAST({end} AS DATE)), 0), {ushort.MaxValue}) AS met_day
                FROM (SELECT kind, service, chain, place, max(CASE WHEN starts = 1 THEN contact_id END) AS first_id, max(CASE WHEN starts = 1 THEN channel END) AS channel,
                        max(CASE WHEN starts = 1 THEN area END) AS area, max(CASE WHEN starts = 1 THEN profile END) AS profile, min(day) AS day, min(week) AS week, min(month) AS month,
                        least(count(*), 65535) AS contacts, min(occurred_at) AS first_at, max(ended) AS met_at, sum(CASE WHEN is_own AND answered IS NULL THEN 1 ELSE 0 END) AS open,
                        max(epoch_us(coalesce(ended, occurred_at)) * 4 + settled) % 4 AS last_settled
                    FROM (SELECT *, sum(starts) OVER ({Window} ROWS UNBOUNDED PRECEDING) AS place FROM linking) p
                    GROUP BY kind, service, chain, place) g) n
            ORDER BY service, day;
            DROP TABLE temp.linking
            """);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>How a need stands.</summary>
public enum NeedState : byte
{
    /// <summary>Nobody said whether its last contact settled it.</summary>
    NotKnown = 0,
    Met = 1,

    /// <summary>It was answered, and is not held to be met.</summary>
    NotMet = 2,

    /// <summary>Something of it was not answered yet.</summary>
    Open = 3,
}
