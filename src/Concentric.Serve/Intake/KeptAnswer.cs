using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Concentric.Serve.Intake;

/// <summary>What a program was answered under an idempotency key of its own: the same sent again is answered the same.</summary>
internal sealed class KeptAnswer
{
    /// <summary>Kept for at least this long.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromHours(48);

    /// <summary>Of the key with which the program asks.</summary>
    public required Guid KeyId { get; init; }

    public required string IdempotencyKey { get; init; }

    /// <summary>SHA-256 of the body, hexadecimal: another body under the same key is another wish.</summary>
    public required string Digest { get; init; }

    public required string Reference { get; init; }

    /// <summary>The body of the answer, as it was sent.</summary>
    public required string Answer { get; init; }

    public required DateTimeOffset At { get; init; }

    internal sealed class Table : IEntityTypeConfiguration<KeptAnswer>
    {
        public void Configure(EntityTypeBuilder<KeptAnswer> table)
        {
            table.ToTable("serve_kept_answer");
            table.HasKey(a => new { a.KeyId, a.IdempotencyKey });
            table.HasIndex(a => a.At);
        }
    }
}
