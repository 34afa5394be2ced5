using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Concentric.Needs.Gaps;

/// <summary>What was decided about a finding. Gone and Back are noted by the program when the model changes.</summary>
public enum FindingDecision { Given, Accepted, Done, Gone, Back }

/// <summary>One decision about a finding: who, when and why. The latest tells how the finding stands; none is ever taken back.</summary>
internal sealed class FindingAction
{
    public required Guid Id { get; init; }

    /// <summary><see cref="Gaps.Finding.Id"/>.</summary>
    public required string Finding { get; init; }
    public required GapKind Kind { get; init; }

    /// <summary>What the finding was about when it was decided, to be read when it is gone.</summary>
    public required string Title { get; init; }
    public required FindingDecision Action { get; init; }

    /// <summary>Given: the person who is to look at it.</summary>
    public Guid? GivenTo { get; init; }

    /// <summary>What is to be done, why it is accepted as it is, or what was done.</summary>
    public string? Note { get; init; }

    /// <summary>Given: until when.</summary>
    public DateOnly? Due { get; init; }

    /// <summary>Number of the edition of the model that showed it; gone: the first that was seen not to.</summary>
    public required int Edition { get; init; }

    /// <summary>Id of the person of the staff who decided, or an <see cref="Core.Journal.Actor"/>.</summary>
    public required string By { get; init; }
    public required DateTimeOffset At { get; init; }

    private sealed class Table : IEntityTypeConfiguration<FindingAction>
    {
        public void Configure(EntityTypeBuilder<FindingAction> table)
        {
            table.ToTable("needs_finding_action");
            table.HasKey(a => a.Id);
            table.HasIndex(a => a.Finding);
        }
    }
}
