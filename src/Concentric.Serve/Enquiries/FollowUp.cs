using Concentric.Core;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Concentric.Serve.Enquiries;

/// <summary>A contact about an enquiry that there is, which nobody should have had to make: they said that it is not sorted, or asked what is happening. Kept so that staff can say what caused it.</summary>
internal sealed class FollowUp
{
    /// <summary>The cause of asking what is happening, until staff find another.</summary>
    public const string Chased = "progress-chasing";

    /// <summary>By which the contact is counted; nobody was given it.</summary>
    public required Reference Contact { get; init; }

    public required Guid EnquiryId { get; init; }

    /// <summary>Short name of a cause (Core's FailureCauses); null where staff found that they do not know it.</summary>
    public string? Cause { get; set; }

    public required DateTimeOffset At { get; init; }

    internal sealed class Table : IEntityTypeConfiguration<FollowUp>
    {
        public void Configure(EntityTypeBuilder<FollowUp> table)
        {
            table.ToTable("serve_follow_up");
            table.HasKey(f => f.Contact);
            table.HasIndex(f => f.EnquiryId);
            table.HasOne<Enquiry>().WithMany().HasForeignKey(f => f.EnquiryId);
        }
    }
}
