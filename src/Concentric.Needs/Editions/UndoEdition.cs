using Concentric.Core.Data;
using Concentric.Needs.Concepts;
using Concentric.Needs.Directory;
using Concentric.Needs.Standards;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Needs.Editions;

/// <summary>Takes an edition back by a new one that puts everything as it was. What the edition added is retired, for something may point at it.</summary>
internal static class UndoEdition
{
    /// <summary>To be called inside <see cref="IWriter.Write"/>.</summary>
    /// <returns>The number of the new edition; null where there is no such edition or nothing is left to take back.</returns>
    /// <exception cref="EditionConflictException">A later edition changed the same things: undo that one first.</exception>
    public static async Task<int?> Undo(ConcentricDb db, int number, string why, string by, DateTimeOffset now, CancellationToken stop = default)
    {
        if (await db.Editions.AsNoTracking().SingleOrDefaultAsync(e => e.Number == number, stop) is not { } old) return null;
        var edition = new Edition
        {
            Id = Guid.CreateVersion7(now),
            Kind = EditionKind.Undo,
            Title = $"Undo of edition {number}: {old.Title}",
            Why = why,
            By = by,
            StartedAt = now,
            Undoes = number,
        };
        var changes = new ChangeList(edition.Id, by, now);
        var done = await db.ModelChanges.AsNoTracking().Where(c => c.Edition == old.Id).OrderByDescending(c => c.Place).ToListAsync(stop);
        foreach (var change in done) changes.Add(change.Kind, change.Subject, change.After, change.Before ?? Retired(change));
        await ListVersions.PutBack(db, old, now, stop);
        return await PublishEdition.PublishAtOnce(db, edition, changes.All, now, stop);
    }

    private static string? Retired(ModelChange added)
    {
        switch (added.Kind)
        {
            case ChangedThing.Concept:
                var concept = added.AfterAs<Concept>()!;
                concept.Status = ConceptStatus.Retired;
                return ModelChange.Written(concept);
            case ChangedThing.Offer:
                var offer = added.AfterAs<Offer>()!;
                offer.Status = OfferStatus.Withdrawn;
                return ModelChange.Written(offer);
            // Nothing shows a place but its offers.
            case ChangedThing.Place:
                return added.After;
            default:
                return null;
        }
    }
}
