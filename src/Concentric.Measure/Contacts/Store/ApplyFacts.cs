using System.Globalization;
using Concentric.Measure.Contacts.DuckDb;

namespace Concentric.Measure.Contacts;

public sealed partial class DuckContactStore
{
    public Task Apply(FactBatch facts, CancellationToken stop = default) => Write(store =>
    {
        var last = store.Number("SELECT last_number FROM projection WHERE name = 'facts'");
        if (facts.Through <= last) throw new InvalidOperationException($"Facts up to {last} have been applied; these end at {facts.Through}.");
        new FactApplication(store, _codes).Apply(facts);
        var undone = facts.Undone.Select(u => u.Batch.Number).ToHashSet();
        foreach (var batch in facts.Batches.Where(b => !undone.Contains(b.Number))) new BatchLoad(store, _codes, Imports).Load(batch);
        foreach (var batch in facts.Undone) new BatchUndo(store, _codes).Undo(batch);
        store.Execute("UPDATE projection SET last_number = ?, last_hash = ? WHERE name = 'facts'", facts.Through, facts.Hash);
        return true;
    }, stop, isLarge: facts.Batches.Count + facts.Undone.Count > 0);
}

/// <summary>Writes what single facts say. Runs inside the transaction of <see cref="DuckContactStore.Apply"/>.</summary>
internal sealed class FactApplication(DuckConnection store, Codebook codes)
{
    public void Apply(FactBatch facts)
    {
        // What became known of a contact in the same batch goes into its row at once.
        var changes = TakeEarly(facts.Raised).Concat(facts.Changes).GroupBy(c => c.CaseRef).ToDictionary(g => g.Key, g => g.Aggregate((a, b) => a.Then(b)));
        Append(facts.Raised, changes);
        var raised = facts.Raised.Select(r => r.CaseRef).ToHashSet();
        Change([.. changes.Values.Where(c => !raised.Contains(c.CaseRef))]);
        AppendSteps(facts.Steps);
    }

    private void AppendSteps(IReadOnlyList<TakenStep> steps)
    {
        foreach (var group in steps.GroupBy(s => s.Council))
        {
            var council = codes.CouncilOf(store, group.Key);
            var cases = $"IN ({string.Join(", ", group.Select(s => s.CaseRef).Distinct().Select(c => c.ToString(CultureInfo.InvariantCulture)))})";
            using (var rows = store.Append("step"))
            {
                foreach (var step in group) AppendRow(rows, step, council);
                rows.Complete();
            }
            // Only the first step of a case says of which service it is.
            store.Execute($"""
                UPDATE step SET service = k.service FROM (SELECT case_ref, max(service) AS service FROM step WHERE council = {council.Code} AND case_ref {cases} GROUP BY case_ref) k
                WHERE step.council = {council.Code} AND step.case_ref = k.case_ref AND step.service <> k.service
                """);
            Steps.Renew(store, council.Code, cases);
        }
    }

    private void AppendRow(DuckAppender rows, TakenStep step, CouncilCode council)
    {
        var utc = step.At.UtcDateTime;
        rows.Set(0, (ulong)step.Fact);
        rows.Set(1, step.CaseRef);
        rows.Set(2, 0u);
        rows.Set(3, (utc.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond);
        rows.Set(4, ContactCalendar.Day(DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(utc, TimeZoneInfo.FindSystemTimeZoneById(council.Zone)))));
        rows.Set(5, (ushort)codes.Activities.Code(store, council, new(step.Activity, step.Activity)));
        rows.Set(6, (ushort)0);
        rows.Set(7, StoreTables.NoGap);
        rows.Set(8, (ushort)codes.Actors.Code(store, council, new(step.Team, step.Team)));
        rows.Set(9, (ushort)0);
        rows.Set(10, (byte)0);
        rows.Set(11, (ushort)(step.Service is null ? 0 : codes.Service(store, council, step.Service, null)));
        rows.Set(12, (ushort)council.Code);
        rows.Set(13, 0u);
        rows.Next();
    }

    private void Append(IReadOnlyList<RaisedContact> raised, Dictionary<ulong, ContactChange> changes)
    {
        if (raised.Count == 0) return;
        var persons = new Dictionary<(int Council, ulong Hash), uint>();
        var councils = raised.Select(r => r.Council).Distinct().ToDictionary(c => c, c => codes.CouncilOf(store, c));
        foreach (var group in raised.Where(r => r.Person != 0).GroupBy(r => councils[r.Council].Code))
        {
            foreach (var (hash, code) in Persons.Codes(store, group.Key, group.Select(r => r.Person))) persons[(group.Key, hash)] = code;
        }

        using (var rows = store.Append("contact"))
        {
            foreach (var contact in raised)
            {
                var council = councils[contact.Council];
                var service = codes.Service(store, council, contact.Service, null);
                var person = contact.Person == 0 ? 0 : persons[(council.Code, contact.Person)];
                AppendRow(rows, contact, council, (ushort)service, person, changes.GetValueOrDefault(contact.CaseRef));
            }
            rows.Complete();
        }
        Gaps.Renew(store, persons.Values.Distinct());
    }

    private static void AppendRow(DuckAppender rows, RaisedContact contact, CouncilCode council, ushort service, uint person, ContactChange? known)
    {
        var utc = contact.At.UtcDateTime;
        var date = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(utc, TimeZoneInfo.FindSystemTimeZoneById(council.Zone)));
        var day = ContactCalendar.Day(date);
        rows.Set(0, (ulong)contact.Fact);
        rows.Set(1, (utc.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond);
        rows.Set(2, day);
        rows.Set(3, ContactCalendar.Week(day));
        rows.Set(4, ContactCalendar.Month(date));
        rows.Set(5, (ushort)council.Code);
        rows.Set(6, (byte)ContactKind.Contact);
        rows.Set(7, (byte)ContactInitiator.Citizen);
        rows.Set(8, service);
        rows.Set(9, (byte)0);
        rows.Set(10, contact.Channel);
        rows.Set(11, (ushort)0);
        rows.Set(12, (byte)0);
        rows.Set(13, (byte)(known?.Demand ?? Core.Facts.Demand.NotCoded));
        rows.Set(14, known?.FailureCause ?? 0);
        rows.Set(15, (byte)(known?.Resolved ?? ContactResolved.Unknown));
        rows.SetNull(16);
        if (known?.Seconds is { } seconds) rows.Set(17, seconds);
        else rows.SetNull(17);
        rows.Set(18, SecondsBin.Of(known?.Seconds));
        if (known?.Satisfaction is { } satisfaction) rows.Set(19, satisfaction);
        else rows.SetNull(19);
        rows.Set(20, person);
        rows.Set(21, contact.CaseRef);
        rows.Set(22, StoreTables.NoGap);
        rows.Set(23, StoreTables.Enquiries);
        rows.Set(24, (ushort)0);
        rows.Set(25, 0u);
        rows.Next();
    }

    /// <summary>What was said of these enquiries before they were raised.</summary>
    private List<ContactChange> TakeEarly(IReadOnlyList<RaisedContact> raised)
    {
        var early = new List<ContactChange>();
        if (raised.Count == 0 || store.Number("SELECT count(*) FROM early_change") == 0) return early;
        var cases = $"case_ref IN ({string.Join(", ", raised.Select(r => r.CaseRef.ToString(CultureInfo.InvariantCulture)))})";
        using (var rows = store.Query($"SELECT case_ref, seconds, resolved, demand, failure_cause, satisfaction FROM early_change WHERE {cases} ORDER BY rowid"))
        {
            while (rows.NextChunk())
            {
                for (var i = 0; i < rows.Rows; i++)
                {
                    var row = i;
                    long? Given(int column) => rows.Column(column).IsNull(row) ? null : rows.Column(column).Number(row);
                    early.Add(new(rows.Column(0).Unsigned(i), (int?)Given(1), (ContactResolved?)Given(2), (Core.Facts.Demand?)Given(3), (byte?)Given(4), (byte?)Given(5)));
                }
            }
        }
        store.Execute($"DELETE FROM early_change WHERE {cases}");
        return early;
    }

    /// <summary>Changes contacts that were raised in an earlier batch.</summary>
    private void Change(IReadOnlyList<ContactChange> changes)
    {
        if (changes.Count == 0) return;
        store.Execute("CREATE TEMP TABLE change (case_ref UBIGINT, seconds INTEGER, seconds_bin UTINYINT, resolved UTINYINT, demand UTINYINT, failure_cause UTINYINT, satisfaction UTINYINT)");
        using (var rows = store.Append("change", temporary: true))
        {
            foreach (var change in changes)
            {
                rows.Set(0, change.CaseRef);
                SetOrNull(rows, 1, change.Seconds);
                SetOrNull<byte>(rows, 2, change.Seconds is null ? null : SecondsBin.Of(change.Seconds));
                SetOrNull(rows, 3, (byte?)change.Resolved);
                SetOrNull(rows, 4, (byte?)change.Demand);
                SetOrNull(rows, 5, change.FailureCause);
                SetOrNull(rows, 6, change.Satisfaction);
                rows.Next();
            }
            rows.Complete();
        }
        store.Execute($"""
            UPDATE contact SET seconds = coalesce(c.seconds, contact.seconds), seconds_bin = coalesce(c.seconds_bin, contact.seconds_bin),
                resolved = coalesce(c.resolved, contact.resolved), demand = coalesce(c.demand, contact.demand), failure_cause = coalesce(c.failure_cause, contact.failure_cause),
                satisfaction = coalesce(c.satisfaction, contact.satisfaction)
            FROM change c WHERE contact.case_ref = c.case_ref AND contact.source = {StoreTables.Enquiries};
            INSERT INTO early_change SELECT case_ref, seconds, resolved, demand, failure_cause, satisfaction FROM change c
            WHERE NOT EXISTS (SELECT 1 FROM contact o WHERE o.source = {StoreTables.Enquiries} AND o.case_ref = c.case_ref);
            DROP TABLE temp.change
            """);
    }

    private static void SetOrNull<T>(DuckAppender rows, int column, T? value) where T : unmanaged
    {
        if (value is { } known) rows.Set(column, known);
        else rows.SetNull(column);
    }
}
