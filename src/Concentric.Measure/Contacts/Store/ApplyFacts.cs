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
        // A store of imports alone does not hear of our own council.
        CouncilCode Own() => codes.CouncilOf(store, facts.Own);
        // Services get their codes in the order in which people asked for them, also where all facts are read at once.
        foreach (var contact in facts.Raised) codes.Service(store, codes.CouncilOf(store, contact.Council), contact.Service, null);
        var early = new EarlyChanges(store);
        var changes = early.Take(facts.Raised).Concat(facts.Changes.Select(c => CodedChange.Of(c, store, codes, Own())))
            .GroupBy(c => c.CaseRef).ToDictionary(g => g.Key, g => g.Aggregate((a, b) => a.Then(b)));
        new RaisedRows(store, codes).Append(facts.Raised, changes);
        var raised = facts.Raised.Select(r => r.CaseRef).ToHashSet();
        Change([.. changes.Values.Where(c => !raised.Contains(c.CaseRef))]);
        TeamRows.Renew(store, [.. raised, .. changes.Keys]);
        NeedRows.RenewOwn(store, codes, [.. raised, .. changes.Keys]);
        AppendSteps(facts.Steps);
        if (facts.Held.Count > 0) AppendHeld(facts.Held, Own());
        new FeedbackRows(store, codes).Append(facts.Feedback);
        if (facts.Calls.Count > 0) new CallRows(store, codes).Append(facts.Calls, Own());
        if (facts.Told.Count > 0) new ToldFacts(store, codes, Own()).Keep(facts.Told);
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

    private void AppendHeld(IReadOnlyList<HeldWork> held, CouncilCode council)
    {
        using var rows = store.Append("held");
        foreach (var one in held)
        {
            rows.Set(0, (ulong)one.Fact);
            rows.Set(1, (ushort)council.Code);
            rows.Set(2, one.CaseRef);
            rows.Set(3, (one.At.UtcDateTime.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond);
            rows.Set(4, (byte)(one.IsHeld ? 1 : 0));
            rows.Next();
        }
        rows.Complete();
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

    /// <summary>Changes contacts that were raised in an earlier batch.</summary>
    private void Change(IReadOnlyList<CodedChange> changes)
    {
        if (changes.Count == 0) return;
        store.Execute($"CREATE TEMP TABLE change (case_ref UBIGINT, seconds_bin UTINYINT, {CodedChange.Columns})");
        using (var rows = store.Append("change", temporary: true))
        {
            foreach (var change in changes)
            {
                rows.Set(0, change.CaseRef);
                rows.SetOrNull<byte>(1, change.Seconds is null ? null : SecondsBin.Of(change.Seconds));
                change.Write(rows, from: 2);
                rows.Next();
            }
            rows.Complete();
        }
        store.Execute($"""
            UPDATE contact SET seconds_bin = coalesce(c.seconds_bin, contact.seconds_bin),
                ended_at = CASE c.ending WHEN {(int)Ending.Not} THEN NULL WHEN {(int)Ending.At} THEN c.ended_at WHEN {(int)Ending.AtLatest} THEN coalesce(contact.ended_at, c.ended_at) ELSE contact.ended_at END,
                {string.Join(", ", CodedChange.Plain.Select(column => $"{column} = coalesce(c.{column}, contact.{column})"))}
            FROM change c WHERE contact.case_ref = c.case_ref AND contact.source = {StoreTables.Enquiries};
            INSERT INTO early_change (case_ref, {CodedChange.Names}) SELECT case_ref, {CodedChange.Names} FROM change c
            WHERE NOT EXISTS (SELECT 1 FROM contact o WHERE o.source = {StoreTables.Enquiries} AND o.case_ref = c.case_ref);
            DROP TABLE temp.change
            """);
    }
}
