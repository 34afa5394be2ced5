using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Concentric.Serve.Attachments;

/// <summary>How far a file has come.</summary>
public enum AttachmentState
{
    /// <summary>The virus scanner is away: kept, being checked, given to nobody.</summary>
    Held,

    /// <summary>The virus scanner found nothing.</summary>
    Clean,

    /// <summary>No virus scanner is set up. Given out, and the desk is told that nobody scanned it.</summary>
    Unscanned,

    /// <summary>The virus scanner found something. The file is deleted; this row says so.</summary>
    Refused,
}

/// <summary>A file that a citizen sent with a form. Its bytes stand in the data folder under its id, outside everything that is served.</summary>
internal sealed class Attachment
{
    public required Guid Id { get; init; }

    /// <summary>The half-done form to which it belongs.</summary>
    public required Guid DraftId { get; init; }

    /// <summary>The form's question that asked for it.</summary>
    public required string Question { get; init; }

    /// <summary>As the citizen's machine named it, cleaned (<see cref="FileNames"/>).</summary>
    public required string FileName { get; init; }

    /// <summary>Name of its <see cref="FileKind"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>Bytes as kept: what was stripped is not counted.</summary>
    public required int Size { get; init; }

    /// <summary>SHA-256 of what is kept, hexadecimal.</summary>
    public required string Digest { get; init; }

    public required AttachmentState State { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>When the scanner gave its answer.</summary>
    public DateTimeOffset? CheckedAt { get; init; }

    /// <summary>What it was sent with; null while the form is not sent.</summary>
    public Guid? SubmissionId { get; init; }

    /// <summary>Whether staff may have it.</summary>
    public bool IsGivenOut => State is AttachmentState.Clean or AttachmentState.Unscanned;

    internal sealed class Table : IEntityTypeConfiguration<Attachment>
    {
        public void Configure(EntityTypeBuilder<Attachment> table)
        {
            table.ToTable("serve_attachment");
            table.HasIndex(a => a.DraftId);
            table.HasIndex(a => a.SubmissionId);
            table.HasIndex(a => new { a.State, a.At });
        }
    }
}
