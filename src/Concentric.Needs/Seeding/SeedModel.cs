using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Journal;
using Concentric.Needs.Concepts;
using Concentric.Needs.Editions;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Needs.Seeding;

/// <summary>Writes the model that comes with the program where it is missing or older, as an edition.</summary>
/// <remarks>
/// What is ours follows the files until somebody edits it; what people have edited is theirs. Of what an import has changed, each field that it changed stays
/// as it is and the others follow the files. A service keeps the name that an import brought, and its plain words follow the files. What is ours and no longer
/// in the files is retired; nothing is deleted but a link of ours that the files no longer have, and that stands in the edition.
/// </remarks>
internal static class SeedModel
{
    /// <returns>Whether anything was written.</returns>
    public static Task<bool> Run(IWriter writer, Settings settings, bool demo, DateTimeOffset now, CancellationToken stop = default)
    {
        var digest = SeedFiles.DigestOf();
        var demoDigest = DemoDirectory.DigestOf();
        return writer.Write(async db =>
        {
            var done = await db.Editions.Where(e => e.Kind == EditionKind.Seed).Select(e => e.Digest).ToListAsync(stop);
            var written = false;
            if (!done.Contains(digest))
            {
                await Apply(db, SeedFiles.Read(now), settings, now, stop);
                written = true;
            }
            if (demo && !done.Contains(demoDigest))
            {
                await Apply(db, DemoDirectory.Read(settings), now, stop);
                written = true;
            }
            return written;
        }, stop);
    }

    private static async Task Apply(ConcentricDb db, SeedFiles seed, Settings settings, DateTimeOffset now, CancellationToken stop)
    {
        var schemes = await db.Schemes.ToDictionaryAsync(s => s.Uri, stop);
        var versions = await db.Editions.Where(e => e.Kind == EditionKind.Import && e.Number != null && e.SchemeVersion != null).Select(e => new { e.Scheme, e.SchemeVersion }).ToListAsync(stop);
        foreach (var scheme in seed.Schemes.Append(OrganisationsScheme(settings, now))) Put(db, schemes, scheme, version => versions.Exists(v => v.Scheme == scheme.Uri && v.SchemeVersion == version));
        await db.SaveChangesAsync(stop);

        var (edition, changes) = Begin("The model that comes with the program", seed.Digest, now);
        var (edited, seeded) = (await Edited(db, stop), await Seeded(db, stop));
        var imported = await ImportedFields.Read(db, stop);
        var concepts = await db.Concepts.AsNoTracking().ToDictionaryAsync(c => c.Uri, stop);
        foreach (var concept in seed.Concepts.Append(DemoDirectory.OwnOrganisation(settings)).Where(c => !edited.Contains(c.Uri)))
        {
            var held = concepts.GetValueOrDefault(concept.Uri);
            if (held is null || concept.Scheme != SchemeUris.Organisations) changes.Add(held, held is null ? concept : imported.Kept(held, Newer(held, concept)));
        }
        // The organisations of the demo are in files of their own.
        var named = seed.Concepts.Select(c => c.Uri).ToHashSet(StringComparer.Ordinal);
        var ours = concepts.Values.Where(c => c.Status == ConceptStatus.Local && c.Scheme != SchemeUris.Organisations);
        foreach (var gone in ours.Where(c => seeded.Contains(c.Uri) && !named.Contains(c.Uri) && !edited.Contains(c.Uri))) changes.Add(gone, Retired(gone));
        var relations = (await db.Relations.AsNoTracking().Where(r => r.Source == SchemeUris.OurSource).ToListAsync(stop)).ToDictionary(r => r.Key);
        // An import makes a relation or takes it away, and that stays.
        foreach (var relation in seed.Relations.Where(r => !edited.Contains(r.Key) && !imported.Has(r.Key))) changes.Add(relations.GetValueOrDefault(relation.Key), relation);
        var linked = seed.Relations.Select(r => r.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var gone in relations.Values.Where(r => !linked.Contains(r.Key) && !edited.Contains(r.Key) && !imported.Has(r.Key))) changes.Add(gone, null);
        await PublishEdition.PublishAtOnce(db, edition, changes.All, now, stop);
    }

    private static async Task Apply(ConcentricDb db, DemoDirectory demo, DateTimeOffset now, CancellationToken stop)
    {
        var (edition, changes) = Begin("The directory of the demo council", demo.Digest, now);
        var edited = await Edited(db, stop);
        var imported = await ImportedFields.Read(db, stop);
        var concepts = await db.Concepts.AsNoTracking().Where(c => c.Type == ConceptType.Organisation).ToDictionaryAsync(c => c.Uri, stop);
        var places = await db.Places.AsNoTracking().ToDictionaryAsync(p => p.Identifier, stop);
        var offers = await db.Offers.AsNoTracking().ToDictionaryAsync(o => o.Identifier, stop);
        foreach (var concept in demo.Organisations.Where(c => !edited.Contains(c.Uri)))
        {
            var held = concepts.GetValueOrDefault(concept.Uri);
            changes.Add(held, held is null ? concept : imported.Kept(held, concept));
        }
        foreach (var place in demo.Places.Where(p => !edited.Contains(p.Identifier))) changes.Add(places.GetValueOrDefault(place.Identifier), place);
        foreach (var offer in demo.Offers.Where(o => !edited.Contains(o.Identifier))) changes.Add(offers.GetValueOrDefault(offer.Identifier), offer);
        await PublishEdition.PublishAtOnce(db, edition, changes.All, now, stop);
    }

    private static (Edition, ChangeList) Begin(string title, string digest, DateTimeOffset now)
    {
        var edition = new Edition { Id = Guid.CreateVersion7(now), Kind = EditionKind.Seed, Title = title, Why = "It comes with the program.", By = Actor.System, StartedAt = now, Digest = digest };
        return (edition, new(edition.Id, Actor.System, now));
    }

    /// <summary>What people have changed, as changes name it: the seed leaves it alone.</summary>
    private static async Task<HashSet<string>> Edited(ConcentricDb db, CancellationToken stop)
    {
        var byPeople = db.Editions.Where(e => e.Number != null && (e.Kind == EditionKind.Edit || e.Kind == EditionKind.Undo)).Select(e => e.Id);
        return [.. await db.ModelChanges.Where(c => byPeople.Contains(c.Edition)).Select(c => c.Subject).Distinct().ToListAsync(stop)];
    }

    /// <summary>The concepts that earlier files brought.</summary>
    private static async Task<HashSet<string>> Seeded(ConcentricDb db, CancellationToken stop)
    {
        var bySeed = db.Editions.Where(e => e.Number != null && e.Kind == EditionKind.Seed).Select(e => e.Id);
        return
        [
            .. await db.ModelChanges.Where(c => bySeed.Contains(c.Edition) && c.Kind == ChangedThing.Concept).Select(c => c.Subject).Distinct().ToListAsync(stop),
        ];
    }

    private static Concept Retired(Concept held)
    {
        var retired = StoredJson.Read<Concept>(StoredJson.Write(held))!;
        retired.Status = ConceptStatus.Retired;
        return retired;
    }

    private static Scheme OrganisationsScheme(Settings settings, DateTimeOffset now) => new()
    {
        Uri = SchemeUris.Organisations,
        Identifier = "organisations",
        Label = "Organisations of the directory",
        Version = "1",
        Licence = "The council's own",
        Attribution = settings.CouncilName,
        Source = "Kept by the council",
        ModifiedAt = now,
    };

    /// <param name="isImported">Whether an import brought that version of the list.</param>
    private static void Put(ConcentricDb db, Dictionary<string, Scheme> schemes, Scheme scheme, Func<string, bool> isImported)
    {
        if (!schemes.TryGetValue(scheme.Uri, out var held)) db.Add(scheme);
        // A published list may be of a newer import than the seed, and so may one of ours.
        else if (scheme.Uri.StartsWith(SchemeUris.Ours, StringComparison.Ordinal) && !isImported(held.Version))
            (held.Label, held.Version, held.Licence, held.Attribution, held.Source, held.ModifiedAt) = (scheme.Label, scheme.Version, scheme.Licence, scheme.Attribution, scheme.Source, scheme.ModifiedAt);
    }

    /// <summary>The held concept with what the seed knows better: all of what is ours, the plain words of what others publish.</summary>
    private static Concept Newer(Concept held, Concept seed)
    {
        if (seed.Status == ConceptStatus.Local) return seed;
        var newer = StoredJson.Read<Concept>(StoredJson.Write(held))!;
        (newer.CitizenLabel, newer.OtherNames, newer.OtherWords, newer.InLgsl) = (seed.CitizenLabel, seed.OtherNames, seed.OtherWords, seed.InLgsl);
        newer.Details ??= seed.Details;
        return newer;
    }
}
