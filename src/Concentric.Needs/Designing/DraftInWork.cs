using Concentric.Core.Data;
using Concentric.Needs.Concepts;
using Concentric.Needs.Directory;
using Concentric.Needs.Editions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Concentric.Needs.Designing;

/// <summary>In which draft somebody works. Several people may work in the same one.</summary>
internal sealed class DraftInWork
{
    /// <summary>Id of the person, as changes name them.</summary>
    public required string Person { get; init; }
    public required Guid Edition { get; set; }

    private sealed class Table : IEntityTypeConfiguration<DraftInWork>
    {
        public void Configure(EntityTypeBuilder<DraftInWork> table)
        {
            table.ToTable("needs_draft_in_work");
            table.HasKey(d => d.Person);
        }
    }
}

/// <summary>One thing of the model as it is to be.</summary>
/// <param name="After">The thing whole, in JSON (<see cref="ModelChange.Written"/>); null: it is to go.</param>
internal sealed record Edit(ChangedThing Kind, string Subject, string? After)
{
    public static Edit Of(Concept after) => new(ChangedThing.Concept, after.Uri, ModelChange.Written(after));
    public static Edit Of(Relation after) => new(ChangedThing.Relation, after.Key, ModelChange.Written(after));
    public static Edit Of(Offer after) => new(ChangedThing.Offer, after.Identifier, ModelChange.Written(after));

    public static Edit Of(Place after) => new(ChangedThing.Place, after.Identifier, ModelChange.Written(after));

    /// <summary>A relation is taken away; its history stays.</summary>
    public static Edit Remove(Relation gone) => new(ChangedThing.Relation, gone.Key, null);
}

/// <summary>Drafts and the changes in them, as they are written.</summary>
internal static class Drafts
{
    extension(ConcentricDb db)
    {
        public DbSet<DraftInWork> DraftsInWork => db.Set<DraftInWork>();
    }

    /// <summary>The draft of that id, or null where there is none or it has been published.</summary>
    public static Task<Edition?> Find(ConcentricDb db, Guid id, CancellationToken stop = default) => db.Editions.SingleOrDefaultAsync(e => e.Id == id && e.Number == null, stop);

    public static Task<List<ModelChange>> ChangesOf(ConcentricDb db, Guid edition, CancellationToken stop = default) =>
        db.ModelChanges.AsNoTracking().Where(c => c.Edition == edition).OrderBy(c => c.Place).ToListAsync(stop);

    /// <summary>A new draft, in which that person works from now on.</summary>
    public static async Task<Edition> Begin(ConcentricDb db, string title, string why, string by, DateTimeOffset now)
    {
        var draft = new Edition { Id = Guid.CreateVersion7(now), Kind = EditionKind.Edit, Title = title, Why = why, By = by, StartedAt = now };
        db.Add(draft);
        await db.SaveChangesAsync();
        await WorkIn(db, by, draft.Id);
        return draft;
    }

    public static async Task WorkIn(ConcentricDb db, string person, Guid draft)
    {
        if (await db.DraftsInWork.FindAsync(person) is { } held) held.Edition = draft;
        else db.Add(new DraftInWork { Person = person, Edition = draft });
        await db.SaveChangesAsync();
    }

    /// <summary>Nobody works in it any more: it is published or thrown away.</summary>
    public static Task Leave(ConcentricDb db, Guid draft) => db.DraftsInWork.Where(d => d.Edition == draft).ExecuteDeleteAsync();

    /// <summary>Writes edits into a draft. A thing that it holds already is one change still: its later state counts, and one that is as before is no change.</summary>
    public static async Task Put(ConcentricDb db, Guid draft, IEnumerable<Edit> edits, string? why, string by, DateTimeOffset now)
    {
        var place = await db.ModelChanges.Where(c => c.Edition == draft).MaxAsync(c => (int?)c.Place) ?? 0;
        foreach (var edit in edits)
        {
            if (await db.ModelChanges.SingleOrDefaultAsync(c => c.Edition == draft && c.Kind == edit.Kind && c.Subject == edit.Subject) is { } held)
            {
                if (held.After == edit.After) continue;
                if (held.Before == edit.After)
                {
                    db.Remove(held);
                    continue;
                }
                (held.After, held.By, held.At, held.Why) = (edit.After, by, now, why ?? held.Why);
                continue;
            }
            var before = await AsPublished(db, edit.Kind, edit.Subject);
            if (before == edit.After) continue;
            db.Add(new ModelChange { Edition = draft, Place = ++place, Kind = edit.Kind, Subject = edit.Subject, Before = before, After = edit.After, By = by, At = now, Why = why });
        }
        await db.SaveChangesAsync();
    }

    /// <summary>A thing as the published model has it, in JSON, or null.</summary>
    public static async Task<string?> AsPublished(ConcentricDb db, ChangedThing kind, string subject)
    {
        var parts = subject.Split('\n');
        return kind switch
        {
            ChangedThing.Concept => Written(await db.Concepts.AsNoTracking().SingleOrDefaultAsync(c => c.Uri == subject)),
            ChangedThing.Relation => Written(await OfRelation(parts[0], Enum.Parse<Predicate>(parts[1]), parts[2], parts[3])),
            ChangedThing.Offer => Written(await db.Offers.AsNoTracking().SingleOrDefaultAsync(o => o.Identifier == subject)),
            _ => Written(await db.Places.AsNoTracking().SingleOrDefaultAsync(p => p.Identifier == subject)),
        };

        Task<Relation?> OfRelation(string from, Predicate predicate, string to, string source) =>
            db.Relations.AsNoTracking().SingleOrDefaultAsync(r => r.Subject == from && r.Predicate == predicate && r.Object == to && r.Source == source);

        static string? Written<T>(T? thing) where T : class => thing is null ? null : ModelChange.Written(thing);
    }
}
