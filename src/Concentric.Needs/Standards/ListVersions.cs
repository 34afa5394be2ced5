using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Needs.Concepts;
using Concentric.Needs.Editions;
using Concentric.Needs.Seeding;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Needs.Standards;

/// <summary>One time that a list was written: by the seed or by an import.</summary>
public sealed record ListVersion
{
    /// <summary>The list's version; <c>seed</c> for what came with the program; null for links alone.</summary>
    public string? Version { get; init; }

    /// <summary>Number of the edition of the model.</summary>
    public required int Edition { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>Id of the person of the staff, or <c>system</c>.</summary>
    public required string By { get; init; }
    public string? File { get; init; }

    /// <summary>SHA-256 of the file, hexadecimal.</summary>
    public string? Digest { get; init; }

    /// <summary>Entries that were new.</summary>
    public required int Added { get; init; }

    /// <summary>Entries that were changed or withdrawn.</summary>
    public required int Changed { get; init; }

    /// <summary>Links that were new; what stands below what counts as one.</summary>
    public required int LinksAdded { get; init; }
    public required int LinksGone { get; init; }
}

/// <summary>The versions of a list that were held, and how two of them differ: the editions of the model say it.</summary>
internal static class ListVersions
{
    public const string Seed = "seed";

    /// <summary>The versions, oldest first.</summary>
    public static async Task<IReadOnlyList<ListVersion>> Of(ConcentricDb db, string scheme, CancellationToken stop = default)
    {
        var imports = await db.Editions.AsNoTracking().Where(e => e.Number != null && e.Kind == EditionKind.Import && e.Scheme == scheme).ToListAsync(stop);
        var ids = imports.Select(e => e.Id).ToList();
        var counts = await db.ModelChanges.Where(c => ids.Contains(c.Edition)).GroupBy(c => new { c.Edition, c.Kind, New = c.Before == null, Gone = c.After == null })
            .Select(g => new { g.Key.Edition, g.Key.Kind, g.Key.New, g.Key.Gone, Count = g.Count() }).ToListAsync(stop);
        var versions = imports.Select(e =>
        {
            int Count(ChangedThing kind, bool? isNew, bool? gone) => counts.Where(c => c.Edition == e.Id && c.Kind == kind && (isNew ?? c.New) == c.New && (gone ?? c.Gone) == c.Gone).Sum(c => c.Count);
            return new ListVersion
            {
                Version = e.SchemeVersion,
                Edition = e.Number!.Value,
                At = e.PublishedAt!.Value,
                By = e.By,
                File = e.File,
                Digest = e.Digest,
                Added = Count(ChangedThing.Concept, true, null),
                Changed = Count(ChangedThing.Concept, false, null),
                LinksAdded = Count(ChangedThing.Relation, true, null),
                LinksGone = Count(ChangedThing.Relation, null, true),
            };
        });
        return [.. (await Seeds(db, scheme, stop)).Concat(versions).OrderBy(v => v.Edition)];
    }

    private static async Task<IEnumerable<ListVersion>> Seeds(ConcentricDb db, string scheme, CancellationToken stop)
    {
        var concepts = db.Concepts.Where(c => c.Scheme == scheme).Select(c => c.Uri);
        var seeds = await db.Editions.AsNoTracking().Where(e => e.Kind == EditionKind.Seed && e.Number != null).ToListAsync(stop);
        var ids = seeds.Select(e => e.Id).ToList();
        var counts = await db.ModelChanges.Where(c => ids.Contains(c.Edition) && c.Kind == ChangedThing.Concept && concepts.Contains(c.Subject)).GroupBy(c => new { c.Edition, New = c.Before == null })
            .Select(g => new { g.Key.Edition, g.Key.New, Count = g.Count() }).ToListAsync(stop);
        return seeds.Where(e => counts.Exists(c => c.Edition == e.Id)).Select(e => new ListVersion
        {
            Version = Seed,
            Edition = e.Number!.Value,
            At = e.PublishedAt!.Value,
            By = e.By,
            Added = counts.Where(c => c.Edition == e.Id && c.New).Sum(c => c.Count),
            Changed = counts.Where(c => c.Edition == e.Id && !c.New).Sum(c => c.Count),
            LinksAdded = 0,
            LinksGone = 0,
        });
    }

    /// <summary>The version of that name, or of that edition's number; the latest where a name was written twice.</summary>
    public static ListVersion? Find(IReadOnlyList<ListVersion> versions, string name) =>
        versions.LastOrDefault(v => v.Version == name) ?? versions.LastOrDefault(v => v.Edition.ToString(System.Globalization.CultureInfo.InvariantCulture) == name.TrimStart('#'));

    /// <summary>An import is being undone: its list is of the version again that it had before.</summary>
    public static async Task PutBack(ConcentricDb db, Edition undone, DateTimeOffset now, CancellationToken stop = default)
    {
        if (undone is not { Kind: EditionKind.Import, SchemeVersion: { } version }) return;
        // A later import has a version of its own.
        if (await db.Schemes.SingleOrDefaultAsync(s => s.Uri == undone.Scheme && s.Version == version, stop) is not { } scheme) return;
        var before = await db.Editions.AsNoTracking().Where(e => e.Kind == EditionKind.Import && e.Scheme == undone.Scheme && e.SchemeVersion != null && e.Number < undone.Number)
            .OrderByDescending(e => e.Number).Select(e => e.SchemeVersion).FirstOrDefaultAsync(stop);
        before ??= SeedFiles.Read(now).Schemes.FirstOrDefault(s => s.Uri == undone.Scheme)?.Version;
        if (before is not null) (scheme.Version, scheme.ModifiedAt) = (before, now);
    }

    /// <summary>How the list at one edition differs from what it was at an older one, whoever changed it.</summary>
    public static async Task<ListDiff> Between(ConcentricDb db, NeedModel model, string scheme, int older, int newer, CancellationToken stop = default)
    {
        var ids = await db.Editions.Where(e => e.Number > older && e.Number <= newer).Select(e => e.Id).ToListAsync(stop);
        var numbers = await db.Editions.Where(e => ids.Contains(e.Id)).ToDictionaryAsync(e => e.Id, e => e.Number!.Value, stop);
        var all = await db.ModelChanges.AsNoTracking().Where(c => ids.Contains(c.Edition) && (c.Kind == ChangedThing.Concept || c.Kind == ChangedThing.Relation)).ToListAsync(stop);
        var folded = all.OrderBy(c => numbers[c.Edition]).ThenBy(c => c.Place).GroupBy(c => (c.Kind, c.Subject)).Select(g => (g.First(), g.Last())).Where(p => p.Item1.Before != p.Item2.After).ToList();
        return ListHistory.Of(model, scheme, folded);
    }
}
