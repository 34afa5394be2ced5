using Concentric.Core;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Concentric.Serve.Work;

/// <summary>What came of one row of something that was done to many at once. A second press of the same button finds it, and does nothing.</summary>
internal sealed class BulkRow
{
    /// <summary>Given out with the page on which it was confirmed.</summary>
    public required Guid Key { get; init; }

    public required Reference Reference { get; init; }
    public required string By { get; init; }

    /// <summary>Why it was not done; null where it was.</summary>
    public string? Refused { get; init; }

    public required DateTimeOffset At { get; init; }

    internal sealed class Table : IEntityTypeConfiguration<BulkRow>
    {
        public void Configure(EntityTypeBuilder<BulkRow> table)
        {
            table.ToTable("serve_bulk_row");
            table.HasKey(r => new { r.Key, r.Reference });
            table.HasIndex(r => r.At);
        }
    }
}
