using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Concentric.Serve.Forms;

internal enum PaymentState
{
    Asked,

    /// <summary>An attempt is open: nobody knows yet whether it was paid.</summary>
    Started,

    Paid,

    /// <summary>The last attempt came to nothing; another can be made.</summary>
    Failed,

    /// <summary>The provider answered something else than was asked of it. Somebody must look before more money is taken.</summary>
    Refused,
}

/// <summary>What is to pay for what was sent.</summary>
internal sealed class Payment
{
    public required Guid Id { get; init; }
    public required Guid DraftId { get; init; }

    /// <summary>The first reference of what was sent.</summary>
    public required string Reference { get; init; }

    public required long AmountPence { get; init; }
    public required string Description { get; init; }
    public required PaymentState State { get; set; }
    public required DateTimeOffset At { get; init; }
    public required DateTimeOffset ChangedAt { get; set; }

    internal sealed class Table : IEntityTypeConfiguration<Payment>
    {
        public void Configure(EntityTypeBuilder<Payment> table)
        {
            table.ToTable("serve_payment");
            table.HasIndex(p => p.DraftId).IsUnique();
        }
    }
}

internal enum AttemptState
{
    Open,
    Paid,
    Failed,
    Cancelled,

    /// <summary>The provider could not take it, for a reason of its own.</summary>
    Error,

    /// <summary>The provider told of another amount, reference or payment.</summary>
    Refused,
}

/// <summary>One attempt to pay: one payment at the provider's. Those that came to nothing are kept.</summary>
internal sealed class PaymentAttempt
{
    /// <summary>Names it to the provider, too, so that asking twice makes one payment there.</summary>
    public required Guid Id { get; init; }

    public required Guid PaymentId { get; init; }
    public required int Number { get; init; }
    public required string Provider { get; init; }

    /// <summary>The provider's own name of it; null until it said one, and until then nobody was sent there to pay.</summary>
    public string? ProviderId { get; set; }

    public required AttemptState State { get; set; }
    public required DateTimeOffset At { get; init; }

    /// <summary>When the provider last said how it stands.</summary>
    public DateTimeOffset? ToldAt { get; set; }

    internal sealed class Table : IEntityTypeConfiguration<PaymentAttempt>
    {
        public void Configure(EntityTypeBuilder<PaymentAttempt> table)
        {
            table.ToTable("serve_payment_attempt");
            table.HasIndex(a => new { a.PaymentId, a.Number }).IsUnique();
            table.HasIndex(a => new { a.Provider, a.ProviderId }).IsUnique();
            table.HasIndex(a => new { a.State, a.At });
            table.HasOne<Payment>().WithMany().HasForeignKey(a => a.PaymentId);
        }
    }
}
