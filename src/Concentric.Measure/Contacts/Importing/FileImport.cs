using Concentric.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Concentric.Measure.Contacts.Importing;

/// <summary>How a file came in.</summary>
public enum ImportDoor { Page, Api, Folder }

/// <summary>How far a file has come.</summary>
public enum ImportState
{
    /// <summary>Given, and nobody has said yet that it is to be imported.</summary>
    Draft,
    Waiting,
    Running,
    Done,

    /// <summary>It could not be imported; <see cref="FileImport.Message"/> says why. Nothing of it was kept.</summary>
    Refused,

    /// <summary>Somebody stopped it. Nothing of it was kept.</summary>
    Cancelled,

    /// <summary>The program ended while it ran. Nothing of it was kept; it can be started again.</summary>
    CutShort,
}

/// <summary>A file of contacts on its way into the contact store. The file itself lies under its id until the import has ended (<see cref="KeptUploads"/>).</summary>
public sealed class FileImport
{
    public required Guid Id { get; init; }

    /// <summary>As whoever gave it calls it, without folders.</summary>
    public required string FileName { get; init; }

    /// <summary>SHA-256 of the file as given, hexadecimal: by it the same file is known under another name.</summary>
    public required string Digest { get; init; }

    public required long Bytes { get; init; }
    public required ImportDoor Door { get; init; }

    /// <summary>Who gave it, as the journal names people.</summary>
    public required string By { get; init; }

    public required DateTimeOffset At { get; init; }
    public ImportState State { get; set; }

    /// <summary>The mapping by which it is read; null until one is chosen.</summary>
    public string? MappingName { get; set; }

    /// <summary>The mapping's JSON, so that what is changed later under the same name does not change what was read.</summary>
    public string? Mapping { get; set; }

    /// <summary>What was said of its columns while a mapping is built, as JSON (<see cref="MappingDraft"/>).</summary>
    public string? Draft { get; set; }

    public DateTimeOffset? StartedAt { get; set; }
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Number of the batch that it became; null where nothing in it was new.</summary>
    public int? Batch { get; set; }

    public long Read { get; set; }
    public long Imported { get; set; }
    public long Duplicates { get; set; }
    public long Changed { get; set; }
    public long Rejected { get; set; }
    public long Flagged { get; set; }

    /// <summary>Why it was refused, in words for whoever gave it.</summary>
    public string? Message { get; set; }

    /// <summary>Name of the file of rejected rows in the folder of rejects.</summary>
    public string? Rejects { get; set; }

    /// <summary>Id of the API key that sent it, and that program's own key for the delivery.</summary>
    public string? ApiKey { get; init; }
    public string? IdempotencyKey { get; init; }

    /// <summary>Whether it goes on by itself.</summary>
    public bool IsUnderWay => State is ImportState.Waiting or ImportState.Running;

    /// <summary>Whether it can be started, for the first time or again.</summary>
    public bool CanStart => Mapping is not null && State is ImportState.Draft or ImportState.Cancelled or ImportState.CutShort;

    /// <summary>Puts it back among those that wait.</summary>
    public void Again() => (State, EndedAt, Message) = (ImportState.Waiting, null, null);

    /// <summary>Says what became of it.</summary>
    public void End(ImportState state, DateTimeOffset at, string? message = null) => (State, EndedAt, Message) = (state, at, message);

    /// <summary>Says that it was imported.</summary>
    public void Finish(ImportReport report, DateTimeOffset at)
    {
        End(ImportState.Done, at);
        (Batch, Read, Imported, Duplicates, Changed, Rejected, Flagged) = (report.Batch, report.Read, report.Imported, report.Duplicates, report.Changed, report.Rejected, report.Flagged);
        Rejects = report.RejectsFile is { } path ? Path.GetFileName(path) : null;
    }

    internal sealed class Table : IEntityTypeConfiguration<FileImport>
    {
        public void Configure(EntityTypeBuilder<FileImport> table)
        {
            table.ToTable("measure_import");
            table.HasIndex(i => new { i.ApiKey, i.IdempotencyKey }).IsUnique();
            table.HasIndex(i => i.Digest);
            table.HasIndex(i => i.State);
        }
    }
}

internal static class FileImports
{
    extension(ConcentricDb db)
    {
        public DbSet<FileImport> Imports => db.Set<FileImport>();
        public DbSet<SavedMapping> Mappings => db.Set<SavedMapping>();
    }
}
