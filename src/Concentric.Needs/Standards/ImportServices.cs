using System.Security.Cryptography;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Needs.Concepts;
using Concentric.Needs.Editions;
using Concentric.Needs.Seeding;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Needs.Standards;

/// <summary>What an import of the list of services did, or would do.</summary>
public sealed record ImportReport
{
    public required string File { get; init; }

    /// <summary>Rows read, each a service.</summary>
    public required int Read { get; init; }

    /// <summary>The latest date in the file.</summary>
    public required string Version { get; init; }

    /// <summary>False for a dry run, which changes nothing.</summary>
    public required bool Applied { get; init; }
    public required ServiceChanges Changes { get; init; }
}

/// <summary>Imports the Services list from its CSV form: first look, then write. Nothing is ever deleted.</summary>
internal sealed class ImportServices(IDbContextFactory<ConcentricDb> databases, IWriter writer, ModelCache cache, TimeProvider clock)
{
    /// <param name="apply">Write it; otherwise only say what would be written.</param>
    /// <param name="by">Who does it, as the journal names them.</param>
    /// <exception cref="BadFileException">The file is not the list of services. Nothing was changed.</exception>
    public async Task<ImportReport> Run(Stream stream, string fileName, bool apply, string by, CancellationToken stop = default)
    {
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy, stop);
        var digest = Convert.ToHexStringLower(SHA256.HashData(copy.GetBuffer().AsSpan(0, (int)copy.Length)));
        copy.Position = 0;
        var file = await ServiceFile.Read(copy, fileName, stop);

        if (!apply)
        {
            await using var db = await databases.CreateDbContextAsync(stop);
            return Report(ServiceChanges.Of(await Held(db.Concepts.AsNoTracking(), stop), file.Services));
        }
        var changes = await writer.Write(db => Apply(db, file, digest, by, stop), stop);
        cache.Forget();
        return Report(changes);

        ImportReport Report(ServiceChanges found) => new() { File = fileName, Read = file.Services.Count, Version = file.Version, Applied = apply, Changes = found };
    }

    private async Task<ServiceChanges> Apply(ConcentricDb db, ServiceFile file, string digest, string by, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var held = await Held(db.Concepts.AsNoTracking(), stop);
        var changes = ServiceChanges.Of(held, file.Services);
        var scheme = await db.Schemes.SingleOrDefaultAsync(s => s.Uri == SchemeUris.Services, stop);
        if (scheme is null)
        {
            scheme = SeedFiles.ServicesScheme(now);
            db.Add(scheme);
            await db.SaveChangesAsync(stop);
        }

        var edition = new Edition
        {
            Id = Guid.CreateVersion7(now),
            Kind = EditionKind.Import,
            Title = "Import of the list of services",
            Why = "A file of the list was imported.",
            By = by,
            StartedAt = now,
            Scheme = SchemeUris.Services,
            SchemeVersion = file.Version,
            Digest = digest,
        };
        var list = new ChangeList(edition.Id, by, now);
        foreach (var row in file.Services)
        {
            if (!held.TryGetValue(row.Identifier, out var service))
            {
                list.Add(null, New(row));
                continue;
            }
            var before = ModelChange.Written(service);
            (service.Label, service.Definition) = (row.Label, row.Description ?? service.Definition);
            list.Add(ChangedThing.Concept, service.Uri, before, ModelChange.Written(service));
        }
        await PublishEdition.PublishAtOnce(db, edition, list.All, now, stop);
        if (changes.Any)
        {
            // The clock may stand still between two imports; readers go by this stamp.
            scheme.ModifiedAt = now > scheme.ModifiedAt ? now : scheme.ModifiedAt.AddMicroseconds(1);
            if (file.Version.Length > 0) scheme.Version = file.Version;
            scheme.Source = "Imported from the list in CSV form";
        }
        db.Record(new StandardImported(SchemeUris.Services, file.Version, digest, changes.Added.Count, changes.Renamed.Count + changes.Redescribed.Count, changes.Unchanged, changes.Missing.Count), by, now);
        return changes;
    }

    private static Task<Dictionary<string, Concept>> Held(IQueryable<Concept> concepts, CancellationToken stop) =>
        concepts.Where(c => c.Scheme == SchemeUris.Services).ToDictionaryAsync(c => c.Identifier, StringComparer.Ordinal, stop);

    private static Concept New(ServiceRow row) => new()
    {
        Uri = SchemeUris.UriOf(ConceptType.Service, row.Identifier),
        Scheme = SchemeUris.Services,
        Identifier = row.Identifier,
        Type = ConceptType.Service,
        Label = row.Label,
        Definition = row.Description,
        Status = ConceptStatus.Active,
    };
}
