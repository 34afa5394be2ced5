using Concentric.Measure.Contacts.DuckDb;

namespace Concentric.Measure.Contacts;

/// <summary>Takes the rows of a batch out again. Runs inside the transaction of <see cref="DuckContactStore.Apply"/>.</summary>
internal sealed class BatchUndo(DuckConnection store, Codebook codes)
{
    /// <summary>Removes rows, keys and persons of whom nothing is left, renews what their neighbours say of them, and keeps the batch in the list as undone.</summary>
    /// <remarks>Where the store was built anew the batch was never loaded, and only the list is told of it.</remarks>
    public void Undo(UndoneBatch undone)
    {
        var number = undone.Batch.Number;
        if (codes.FindBatch(number) is { } known)
        {
            if (known.UndoneAt is not null) return;
            if (known.Rows == BatchRows.Contacts) UndoContacts(number, codes.CouncilAt(known.Council));
            else if (known.Rows == BatchRows.Steps) UndoSteps(number, known.Council);
            else store.Execute("DELETE FROM counted WHERE batch = ?", number);
            store.Execute("DELETE FROM contact_key WHERE batch = ?", number);
        }
        var council = codes.CouncilOf(store, new(undone.CouncilName, undone.CouncilName, IsSynthetic: false));
        codes.Batch(store, undone.Batch with { Council = council.Code, UndoneAt = undone.At });
    }

    private void UndoContacts(int number, CouncilCode council)
    {
        store.Execute($"CREATE TEMP TABLE met AS SELECT DISTINCT person FROM contact WHERE batch = {number} AND person <> 0");
        store.Execute("DELETE FROM contact WHERE batch = ?", number);
        if (store.Number("SELECT count(*) FROM met") > 0)
        {
            Gaps.RenewAll(store, "IN (SELECT person FROM met)");
            NeedRows.Renew(store, council, "IN (SELECT person FROM met)");
            store.Execute("DELETE FROM person WHERE code IN (SELECT person FROM met) AND code NOT IN (SELECT person FROM contact)");
        }
        store.Execute("DROP TABLE temp.met");
    }

    private void UndoSteps(int number, int council)
    {
        store.Execute($"CREATE TEMP TABLE met AS SELECT DISTINCT case_ref FROM step WHERE batch = {number}");
        store.Execute("DELETE FROM step WHERE batch = ?", number);
        Steps.Renew(store, council, "IN (SELECT case_ref FROM met)");
        store.Execute("DROP TABLE temp.met");
    }
}
