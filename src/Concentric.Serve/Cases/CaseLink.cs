using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Concentric.Serve.Cases;

public enum CaseLinkKind
{
    /// <summary>The two have to do with one another.</summary>
    Linked = 0,

    /// <summary>The other is a part of the case, worked on by its own process.</summary>
    Part = 1,
}

/// <summary>One case has to do with another. A part has its whole as <see cref="CaseId"/>; of two that are linked the smaller id is it, because neither comes first.</summary>
internal sealed class CaseLink
{
    public required Guid CaseId { get; init; }
    public required Guid OtherId { get; init; }
    public required CaseLinkKind Kind { get; init; }
    public required string By { get; init; }
    public required DateTimeOffset At { get; init; }

    internal sealed class Table : IEntityTypeConfiguration<CaseLink>
    {
        public void Configure(EntityTypeBuilder<CaseLink> table)
        {
            table.ToTable("serve_case_link");
            table.HasKey(l => new { l.CaseId, l.OtherId });
            table.HasIndex(l => l.OtherId);
            table.HasOne<Case>().WithMany().HasForeignKey(l => l.CaseId);
            table.HasOne<Case>().WithMany().HasForeignKey(l => l.OtherId);
        }
    }
}
