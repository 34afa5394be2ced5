using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Needs.Directory;
using Concentric.Needs.Gaps;
using Concentric.Needs.Searching;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Needs.Editions;

/// <summary>Something of the model that is no longer as an edition expects it.</summary>
/// <param name="Subject">As <see cref="ModelChange.Subject"/>.</param>
public sealed record EditionConflict(string Subject, string Now);

/// <summary>The model was changed by somebody else in the meantime; nothing of the edition was written.</summary>
internal sealed class EditionConflictException(IReadOnlyList<EditionConflict> conflicts) : Exception($"{conflicts.Count} things of the model were changed in the meantime.")
{
    public IReadOnlyList<EditionConflict> Conflicts { get; } = conflicts;
}

/// <summary>Makes an edition part of the model: all its changes, its number, its fact and what it does to findings in one transaction.</summary>
internal static class PublishEdition
{
    // From here on, reading whole tables once is quicker than asking for each row.
    private const int Many = 200;

    /// <summary>Publishes an edition whose changes are given. To be called inside <see cref="IWriter.Write"/>.</summary>
    /// <returns>Its number.</returns>
    /// <exception cref="EditionConflictException">A thing is not as its change says that it was before.</exception>
    public static async Task<int> Publish(ConcentricDb db, Edition edition, IReadOnlyList<ModelChange> changes, string by, DateTimeOffset now, CancellationToken stop = default)
    {
        var detect = db.ChangeTracker.AutoDetectChangesEnabled;
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        try
        {
            var conflicts = new List<EditionConflict>();
            await Apply(db.Concepts, changes, ChangedThing.Concept, c => c.Uri, uris => c => uris.Contains(c.Uri));
            // Relations point at concepts, offers at both.
            await db.SaveChangesAsync(stop);
            var subjects = changes.Where(c => c.Kind == ChangedThing.Relation).Select(c => c.Subject.Split('\n')[0]).Distinct().ToList();
            await Apply(db.Relations, changes, ChangedThing.Relation, r => r.Key, _ => r => subjects.Contains(r.Subject));
            await Apply(db.Places, changes, ChangedThing.Place, p => p.Identifier, ids => p => ids.Contains(p.Identifier));
            await Apply(db.Offers, changes, ChangedThing.Offer, o => o.Identifier, ids => o => ids.Contains(o.Identifier));
            if (conflicts.Count > 0) throw new EditionConflictException(conflicts);
            await FillSearch.Follow(db, changes, stop);

            var number = (await db.Editions.MaxAsync(e => e.Number, stop) ?? 0) + 1;
            edition.Publish(number, now);
            db.Record(new ModelPublished(number, edition.Kind.ToString().ToLowerInvariant(), changes.Count(c => c.Kind == ChangedThing.Concept), changes.Count(c => c.Kind == ChangedThing.Relation), changes.Count(c => c.Kind is ChangedThing.Offer or ChangedThing.Place)), by, now);
            db.ChangeTracker.DetectChanges();
            await db.SaveChangesAsync(stop);
            await NoteFindings.Published(db, number, now, stop);
            await db.SaveChangesAsync(stop);
            return number;

            async Task Apply<T>(DbSet<T> set, IReadOnlyList<ModelChange> all, ChangedThing kind, Func<T, string> key, Func<List<string>, System.Linq.Expressions.Expression<Func<T, bool>>> those) where T : class
            {
                var mine = all.Where(c => c.Kind == kind).ToList();
                if (mine.Count == 0) return;
                var names = mine.Select(c => c.Subject).ToList();
                var many = names.Count > Many;
                var held = (await (many ? set.AsNoTracking() : set.Where(those(names))).ToListAsync(stop)).ToDictionary(key, StringComparer.Ordinal);
                var put = new List<T>();
                foreach (var change in mine)
                {
                    var there = held.GetValueOrDefault(change.Subject);
                    var written = there is null ? null : ModelChange.Written(there);
                    if (written != change.Before)
                    {
                        conflicts.Add(new(change.Subject, written ?? ""));
                        continue;
                    }
                    var after = change.AfterAs<T>();
                    if (after is Offer offer) offer.ModifiedAt = now;
                    if (many && after is not null) put.Add(after);
                    else if (there is null) set.Add(after!);
                    else if (after is not null) db.Entry(there).CurrentValues.SetValues(after);
                    else if (kind == ChangedThing.Relation) set.Remove(there);
                    else throw new InvalidOperationException($"{change.Subject} is to be deleted. Things of the model are retired and never deleted.");
                }
                if (conflicts.Count == 0) await db.PutMany(put, stop);
            }
        }
        finally
        {
            db.ChangeTracker.AutoDetectChangesEnabled = detect;
        }
    }

    /// <summary>Writes an edition that was never a draft: a seed, an import, an undo. Writes nothing where there are no changes.</summary>
    /// <returns>Its number, or null where nothing changes.</returns>
    public static async Task<int?> PublishAtOnce(ConcentricDb db, Edition edition, IReadOnlyList<ModelChange> changes, DateTimeOffset now, CancellationToken stop = default)
    {
        if (changes.Count == 0) return null;
        db.Add(edition);
        await db.SaveChangesAsync(stop);
        if (changes.Count > Many) await db.PutMany(changes, stop);
        else db.AddRange(changes);
        return await Publish(db, edition, changes, edition.By, now, stop);
    }
}
