using Concentric.Core.Facts;
using Concentric.Core.Journal;

namespace Concentric.Measure.Contacts;

public sealed partial class ContactImport
{
    /// <summary>Takes a whole batch back: none of its rows is counted any more, its folder is removed, and the same file may be imported again.</summary>
    /// <remarks>Rows that another file brought again while the batch stood were duplicates, and are not counted now: import that file once more.</remarks>
    /// <param name="by">Who takes it back, as the journal names people.</param>
    /// <exception cref="Core.RefusedException">There is no such batch, it was undone before, or an import is running.</exception>
    public Task<UndoReport> Undo(int batch, string by, CancellationToken stop = default) => Alone(async () =>
    {
        await Project(stop);
        var known = _store.Dimensions.Batches.FirstOrDefault(b => b.Number == batch) ?? throw new Core.RefusedException($"There is no batch {batch}.");
        if (known.UndoneAt is not null) throw new Core.RefusedException($"Batch {batch} has been undone already.");
        var council = _store.Dimensions.Councils[known.Council - 1].Name;
        var now = _clock.GetUtcNow();
        await _writer.Write(db =>
        {
            db.Record(new ContactsImportUndone(batch, council, known.Mapping, known.FileName, (int)known.Rows,
                known.Read, known.Imported, known.Duplicates, known.Changed, known.Rejected, known.Flagged, known.At, now), by, now);
            return Task.FromResult(0);
        }, stop);
        // It is written: from here on nothing stops it, and what is left of the folder after a crash is swept at the next start.
        await Project(CancellationToken.None);
        new BatchFolders(_store.Imports).Remove(batch);
        var rejects = Path.Combine(_store.Imports, "rejects", RejectsFile.NameOf(BatchLoad.Name(batch)));
        if (File.Exists(rejects)) File.Delete(rejects);
        return new UndoReport(batch, known.Imported);
    }, stop);
}
