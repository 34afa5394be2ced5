using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Concentric.Measure.ChannelPlans;

/// <summary>The inputs of a channel plan under a name. Its results are worked out each time that it is opened.</summary>
public sealed class KeptPlan
{
    public required Guid Id { get; init; }

    /// <summary>Short name of the council.</summary>
    public required string Council { get; init; }

    public required string Name { get; init; }

    /// <summary>What stands behind the question mark of the plan's address.</summary>
    public required string Query { get; init; }

    public required string By { get; init; }
    public required DateTimeOffset KeptAt { get; init; }

    internal sealed class Table : IEntityTypeConfiguration<KeptPlan>
    {
        public void Configure(EntityTypeBuilder<KeptPlan> table)
        {
            table.ToTable("measure_channel_plan");
            table.HasIndex(p => p.Council);
        }
    }
}
