using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Needs.Concepts;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Needs.Seeding;

/// <summary>Writes the model that comes with the program where it is missing or older.</summary>
/// <remarks>
/// What is ours follows the files. A service that is there already keeps its published name, for an import may have brought a newer one; its
/// plain words follow the files. Nothing is ever deleted.
/// </remarks>
internal static class SeedModel
{
    /// <returns>Whether anything was written.</returns>
    public static Task<bool> Run(IWriter writer, DateTimeOffset now, CancellationToken stop = default)
    {
        var digest = SeedFiles.DigestOf();
        return writer.Write(async db =>
        {
            if (await db.Schemes.CountAsync(s => s.SeedDigest == digest, stop) == 4) return false;
            await Apply(db, SeedFiles.Read(now), now, stop);
            return true;
        }, stop);
    }

    private static async Task Apply(ConcentricDb db, SeedFiles seed, DateTimeOffset now, CancellationToken stop)
    {
        var schemes = await db.Schemes.ToDictionaryAsync(s => s.Uri, stop);
        var concepts = await db.Concepts.ToDictionaryAsync(c => c.Uri, stop);
        var relations = await db.Relations.ToDictionaryAsync(r => (r.Subject, r.Predicate, r.Object, r.Source), stop);

        foreach (var scheme in seed.Schemes) Put(db, schemes, scheme);
        await db.SaveChangesAsync(stop);

        var added = seed.Concepts.Where(c => !concepts.ContainsKey(c.Uri)).ToList();
        db.AddRange(added);
        var changed = seed.Concepts.Where(c => concepts.TryGetValue(c.Uri, out var held) && Update(held, c)).ToList();
        await db.SaveChangesAsync(stop);

        foreach (var relation in seed.Relations) Put(db, relations, relation);
        foreach (var scheme in seed.Schemes)
        {
            var (plus, other) = (added.Count(c => c.Scheme == scheme.Uri), changed.Count(c => c.Scheme == scheme.Uri));
            var all = seed.Concepts.Count(c => c.Scheme == scheme.Uri);
            db.Record(new StandardImported(scheme.Uri, scheme.Version, seed.Digest, plus, other, all - plus - other, 0), Actor.System, now);
        }
    }

    private static void Put(ConcentricDb db, Dictionary<string, Scheme> schemes, Scheme scheme)
    {
        if (!schemes.TryGetValue(scheme.Uri, out var held))
        {
            db.Add(scheme);
            return;
        }
        held.SeedDigest = scheme.SeedDigest;
        held.ModifiedAt = scheme.ModifiedAt;
        // The services may be of a newer import than the seed.
        if (held.Uri == SchemeUris.Services) return;
        (held.Label, held.Version, held.Licence, held.Attribution, held.Source) = (scheme.Label, scheme.Version, scheme.Licence, scheme.Attribution, scheme.Source);
    }

    private static void Put(ConcentricDb db, Dictionary<(string, Predicate, string, string), Relation> relations, Relation relation)
    {
        if (!relations.TryGetValue((relation.Subject, relation.Predicate, relation.Object, relation.Source), out var held))
        {
            db.Add(relation);
            return;
        }
        (held.Confidence, held.Reason) = (relation.Confidence, relation.Reason);
    }

    private static bool Update(Concept held, Concept seed)
    {
        var before = (held.Label, held.CitizenLabel, held.Definition, held.OtherWords, held.InLgsl, held.Place);
        (held.CitizenLabel, held.OtherWords, held.InLgsl, held.Place) = (seed.CitizenLabel, seed.OtherWords, seed.InLgsl, seed.Place);
        if (seed.Type != ConceptType.Service) (held.Label, held.Definition) = (seed.Label, seed.Definition);
        return before != (held.Label, held.CitizenLabel, held.Definition, held.OtherWords, held.InLgsl, held.Place);
    }
}
