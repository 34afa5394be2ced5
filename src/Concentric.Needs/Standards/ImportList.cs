using System.Security.Cryptography;
using System.Text.Json.Serialization;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Needs.Concepts;
using Concentric.Needs.Editions;
using Concentric.Needs.Standards.Reading;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Needs.Standards;

/// <summary>What an import of a list did, or would do.</summary>
public sealed record ListReport
{
    public required string File { get; init; }

    /// <summary>Which form the file was taken to have.</summary>
    public required string Format { get; init; }

    /// <summary>Address of the list; null for links alone.</summary>
    public string? Scheme { get; init; }

    /// <summary>Short name of the list, as it stands in addresses.</summary>
    public string? Identifier { get; init; }
    public string? Label { get; init; }

    /// <summary>The file's version of the list, or the latest date in it.</summary>
    public string? Version { get; init; }

    /// <summary>The version held before; null for a new list.</summary>
    public string? Before { get; init; }

    /// <summary>Entries read.</summary>
    public required int Read { get; init; }

    /// <summary>Links read.</summary>
    public required int Links { get; init; }

    /// <summary>False for a dry run, which changes nothing.</summary>
    public required bool Applied { get; init; }

    /// <summary>Number of the edition that was written; null where nothing was.</summary>
    public int? Edition { get; init; }

    /// <summary>SHA-256 of the file, hexadecimal.</summary>
    public required string Digest { get; init; }

    /// <summary>How the file was read, where that is worth knowing.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
    public required ListDiff Changes { get; init; }

    [JsonIgnore]
    internal int ModelEdition { get; init; }
}

/// <summary>Imports a list of a standard in any of its forms: first look, then write it as an edition of the model. Nothing is ever deleted.</summary>
internal sealed class ImportList(IWriter writer, ModelCache cache, TimeProvider clock)
{
    private const int Attempts = 3;

    /// <param name="apply">Write it; otherwise only say what would be written.</param>
    /// <param name="by">Who does it, as the journal names them.</param>
    /// <exception cref="BadFileException">The file is no list, or not in order. Nothing was changed.</exception>
    /// <exception cref="RefusedException">Nobody says which list the file is. Nothing was changed.</exception>
    public async Task<ListReport> Run(SourceText source, ListOptions options, bool apply, string by, CancellationToken stop = default)
    {
        var digest = Convert.ToHexStringLower(SHA256.HashData(source.Bytes));
        var file = ListReader.Read(source, options.Scheme?.Trim());
        for (var attempt = 1; ; attempt++)
        {
            var model = await cache.Current(stop);
            var plan = ListPlan.Of(model, file, options);
            try
            {
                var edition = apply ? await Write(plan, file, digest, options, by, stop) : null;
                return Report(plan, file, digest, model) with { Applied = apply, Edition = edition };
            }
            // Somebody changed the model since it was read: look again.
            catch (EditionConflictException) when (attempt < Attempts)
            {
                cache.Forget();
            }
        }
    }

    private async Task<int?> Write(ListPlan plan, ListFile file, string digest, ListOptions options, string by, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var edition = new Edition
        {
            Id = Guid.CreateVersion7(now),
            Kind = EditionKind.Import,
            Title = plan.Target is { } list ? $"Import of {list.Label}, version {list.Version}" : $"Import of links from {file.Source.File}",
            Why = $"The file {file.Source.File} was imported ({file.Format}).",
            By = by,
            StartedAt = now,
            Scheme = plan.Target?.Uri ?? plan.LinksOf,
            SchemeVersion = plan.Target?.Version,
            File = file.Source.File,
            Digest = digest,
        };
        var changes = new ChangeList(edition.Id, by, now);
        plan.Into(changes, options.Withdraw);
        var newer = plan.Target is { } target && (target.Held is null || target.Held.Version != target.Version);
        if (changes.All.Count == 0 && !newer) return null;

        var number = await writer.Write(async db =>
        {
            if (plan.Target is { } t) await Put(db, t, file, now, stop);
            var written = await PublishEdition.PublishAtOnce(db, edition, changes.All, now, stop);
            if (written is null)
            {
                // Nothing but the version is new: that is an edition too, or nobody would know which file it came from.
                db.Add(edition);
                written = await PublishEdition.Publish(db, edition, [], by, now, stop);
            }
            var diff = plan.Diff;
            if (plan.Target is { } l) db.Record(new StandardImported(l.Uri, l.Version, digest, diff.Added.Count, file.Entries.Count - diff.Added.Count - diff.Unchanged, diff.Unchanged, diff.Withdrawn.Count), by, now);
            return written;
        }, stop);
        cache.Forget();
        return number;
    }

    private static async Task Put(ConcentricDb db, ListTarget target, ListFile file, DateTimeOffset now, CancellationToken stop)
    {
        var source = $"Imported from {file.Source.File} ({file.Format})";
        if (await db.Schemes.SingleOrDefaultAsync(s => s.Uri == target.Uri, stop) is { } held)
        {
            (held.Version, held.Licence, held.Attribution, held.Source, held.ModifiedAt) = (target.Version, target.Licence, target.Attribution, source, now);
            return;
        }
        db.Add(new Scheme
        {
            Uri = target.Uri,
            Identifier = target.Identifier,
            Label = target.Label,
            Version = target.Version,
            Licence = target.Licence,
            Attribution = target.Attribution,
            Source = source,
            ModifiedAt = now,
        });
        // Its entries point at it.
        await db.SaveChangesAsync(stop);
    }

    private static ListReport Report(ListPlan plan, ListFile file, string digest, NeedModel model) => new()
    {
        File = file.Source.File,
        Format = file.Format,
        Scheme = plan.Target?.Uri,
        Identifier = plan.Target?.Identifier,
        Label = plan.Target?.Label,
        Version = plan.Target?.Version ?? file.Header.Version,
        Before = plan.Target?.Held?.Version,
        Read = file.Entries.Count,
        Links = file.Links.Count,
        Applied = false,
        Digest = digest,
        Notes = file.Notes,
        Changes = plan.Diff,
        ModelEdition = model.Edition,
    };
}
