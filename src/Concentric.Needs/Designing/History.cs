using Concentric.Needs.Editions;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Needs.Designing;

/// <summary>Who changed what of a thing, when and why: the editions that touched it, and its draft.</summary>
internal static class History
{
    private const int Most = 60;

    /// <param name="subject">As <see cref="ModelChange.Subject"/>; of a concept, changes of its links are counted with it.</param>
    public static async Task<IReadOnlyList<ChangeView>> Of(Workbench bench, Work work, string subject, CancellationToken stop)
    {
        var (asSubject, asObject) = (subject + "\n", "\n" + subject + "\n");
        var found = await bench.Db.ModelChanges.AsNoTracking()
            .Where(c => c.Subject == subject || (c.Kind == ChangedThing.Relation && (c.Subject.StartsWith(asSubject) || c.Subject.Contains(asObject))))
            .Join(bench.Db.Editions.AsNoTracking().Where(e => e.Number != null), c => c.Edition, e => e.Id, (c, e) => new { Change = c, Edition = e })
            .OrderByDescending(x => x.Edition.Number).ThenBy(x => x.Change.Place).Take(Most).ToListAsync(stop);
        var words = new ChangeWords(work.Model, await bench.Names(found.Select(f => f.Change.By), stop), work.Published);
        return [.. found.Select(f => words.Of(f.Change, f.Edition))];
    }
}
