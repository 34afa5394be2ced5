using Concentric.Core;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Concentric.Serve.Forms;

/// <summary>A form that was sent. It never changes, and names the version that was filled in.</summary>
internal sealed class Submission
{
    public required Guid Id { get; init; }

    /// <summary>What the citizen quotes; that of its enquiry.</summary>
    public required Reference Reference { get; init; }

    /// <summary>The draft that was sent: with the form's name it makes sure that nothing is sent twice.</summary>
    public required Guid DraftId { get; init; }

    public required string Form { get; init; }
    public required int Version { get; init; }

    /// <summary>The answers of pages on the way, and nothing else that was typed.</summary>
    public required string Answers { get; init; }

    public required Language Language { get; init; }
    public required string Channel { get; init; }

    /// <summary>Id of the adviser who filled it in for the citizen.</summary>
    public required string? MediatedBy { get; init; }

    public required string? Bundle { get; init; }
    public required string Team { get; init; }
    public required string Process { get; init; }
    public required DateTimeOffset SentAt { get; init; }

    /// <summary>The day that was promised.</summary>
    public required DateOnly DueOn { get; init; }

    /// <summary>The last day on which the answers are kept.</summary>
    public required DateOnly KeptUntil { get; init; }

    internal sealed class Table : IEntityTypeConfiguration<Submission>
    {
        public void Configure(EntityTypeBuilder<Submission> table)
        {
            table.ToTable("serve_submission");
            table.HasIndex(s => s.Reference).IsUnique();
            table.HasIndex(s => new { s.DraftId, s.Form }).IsUnique();
            table.HasIndex(s => s.KeptUntil);
        }
    }
}
