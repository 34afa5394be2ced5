using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Concentric.Needs.Anticipation;

/// <summary>What an analyst last decided about anticipation from counts for those who ask for a service. Without one it is off.</summary>
internal sealed class Decision
{
    /// <summary>LGSL identifier of the service that is asked for.</summary>
    public required string Service { get; init; }

    public required bool Approved { get; set; }

    /// <summary>Why, in the analyst's words.</summary>
    public required string Reason { get; set; }

    /// <summary>Id of the analyst.</summary>
    public required string By { get; set; }

    public required DateTimeOffset At { get; set; }

    /// <summary>First and last day of the contacts behind the evaluation that was looked at.</summary>
    public required DateOnly From { get; set; }

    public required DateOnly To { get; set; }

    /// <summary>Held-out contacts of the service in that evaluation.</summary>
    public required long Tried { get; set; }

    private sealed class Table : IEntityTypeConfiguration<Decision>
    {
        public void Configure(EntityTypeBuilder<Decision> table)
        {
            table.ToTable("needs_anticipation");
            table.HasKey(d => d.Service);
        }
    }
}
