using Concentric.Core;
using Concentric.Core.Facts;
using Concentric.Serve.Enquiries;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Concentric.Serve.SystemCauses;

/// <summary>Something in how the council works that makes people ask: "Our letter does not say what happens next". A place in a tree that service managers write themselves.</summary>
/// <remarks>Apart from the symptoms of National Indicator 14 (Core's FailureCauses), which say what a contact looked like and not why it came about.</remarks>
internal sealed class SystemCause
{
    public const int MostWords = 120;

    public required Guid Id { get; init; }

    /// <summary>The cause above it; null at the top.</summary>
    public Guid? ParentId { get; set; }

    public required string Words { get; set; }

    /// <summary>LGSL identifier of the service that it lies with; null where it may lie with any.</summary>
    public string? Service { get; set; }

    /// <summary>One that is no longer used stays, because contacts were given it.</summary>
    public bool InUse { get; set; } = true;

    /// <summary>What Measure is told of it.</summary>
    public SystemCauseWritten Fact => new(Id, ParentId, Words, Service, InUse);

    internal sealed class Table : IEntityTypeConfiguration<SystemCause>
    {
        public void Configure(EntityTypeBuilder<SystemCause> table)
        {
            table.ToTable("serve_system_cause");
            table.Ignore(c => c.Fact);
            table.HasOne<SystemCause>().WithMany().HasForeignKey(c => c.ParentId).OnDelete(DeleteBehavior.NoAction);
            table.HasIndex(c => c.ParentId);
        }
    }
}

/// <summary>What made somebody ask, as a service manager found it: of an enquiry, or of a contact that followed one.</summary>
internal sealed class CausedBy
{
    public const int MostStep = 120;

    /// <summary>By which the contact is counted: the enquiry's own reference, or that of a contact that followed it.</summary>
    public required Reference Contact { get; init; }

    public required Guid EnquiryId { get; init; }
    public required Guid CauseId { get; set; }

    /// <summary>LGSL identifier of the service that caused it: not always the one that was asked. Null where it is not known.</summary>
    public string? Service { get; set; }

    /// <summary>The step that caused it, in the words of its process; null where it is not known.</summary>
    public string? Step { get; set; }

    public required string By { get; set; }
    public required DateTimeOffset At { get; set; }

    internal sealed class Table : IEntityTypeConfiguration<CausedBy>
    {
        public void Configure(EntityTypeBuilder<CausedBy> table)
        {
            table.ToTable("serve_caused_by");
            table.HasKey(c => c.Contact);
            table.HasIndex(c => c.EnquiryId);
            table.HasIndex(c => c.CauseId);
            table.HasOne<Enquiry>().WithMany().HasForeignKey(c => c.EnquiryId);
            table.HasOne<SystemCause>().WithMany().HasForeignKey(c => c.CauseId).OnDelete(DeleteBehavior.NoAction);
        }
    }
}
