using Concentric.Core.Facts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Concentric.Serve.DemandTypes;

/// <summary>One kind of thing that citizens ask of a service, in their words, as the service itself wrote it: "Where is my bin?"</summary>
internal sealed class DemandType
{
    public required Guid Id { get; init; }
    public required string Service { get; init; }
    public required string Words { get; init; }

    /// <summary>Value or failure, held against the service's stated purpose.</summary>
    public required Demand Demand { get; init; }

    /// <summary>One that is no longer used stays, because contacts were coded with it.</summary>
    public bool InUse { get; private set; } = true;

    /// <summary>Measure was told its words: those written before facts carried them were told without.</summary>
    public bool IsTold { get; set; } = true;

    public void Use(bool inUse) => InUse = inUse;

    internal sealed class Table : IEntityTypeConfiguration<DemandType>
    {
        public void Configure(EntityTypeBuilder<DemandType> table)
        {
            table.ToTable("serve_demand_type");
            table.HasIndex(t => t.Service);
        }
    }
}

/// <summary>What a service is for, from its citizens' side. Demand is value or failure against this and nothing else.</summary>
internal sealed class Purpose
{
    public required string Service { get; init; }
    public required string Text { get; set; }
    public required string By { get; set; }
    public required DateTimeOffset At { get; set; }

    internal sealed class Table : IEntityTypeConfiguration<Purpose>
    {
        public void Configure(EntityTypeBuilder<Purpose> table)
        {
            table.ToTable("serve_purpose");
            table.HasKey(p => p.Service);
        }
    }
}
