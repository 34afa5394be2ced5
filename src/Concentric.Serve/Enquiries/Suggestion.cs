using Concentric.Core.Facts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Concentric.Serve.Enquiries;

/// <summary>What came of a suggestion made while an enquiry was dealt with, with the reason as it was shown.</summary>
internal sealed class Suggestion
{
    public required Guid EnquiryId { get; init; }

    /// <summary>LGSL identifier of the service suggested.</summary>
    public required string Service { get; init; }

    public required SuggestionResponse Response { get; set; }
    public required SuggestionBasis Basis { get; set; }
    public required string Reason { get; set; }

    /// <summary>The rule with its edition, or the counts with their n and period.</summary>
    public required string Source { get; set; }

    public required string By { get; set; }
    public required DateTimeOffset At { get; set; }

    internal sealed class Table : IEntityTypeConfiguration<Suggestion>
    {
        public void Configure(EntityTypeBuilder<Suggestion> table)
        {
            table.ToTable("serve_suggestion");
            table.HasKey(s => new { s.EnquiryId, s.Service });
            table.HasOne<Enquiry>().WithMany().HasForeignKey(s => s.EnquiryId);
        }
    }
}
