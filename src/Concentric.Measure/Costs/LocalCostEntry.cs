using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Concentric.Measure.Costs;

/// <summary>What a service said a contact costs it by one channel. A new one ends the one before; none is deleted.</summary>
public sealed class LocalCostEntry
{
    public required Guid Id { get; init; }
    public required string Council { get; init; }

    /// <summary>LGSL identifier or <c>scheme:text</c>.</summary>
    public required string Service { get; init; }

    /// <summary>Short name of the channel.</summary>
    public required string Channel { get; init; }

    /// <summary>The figures entered, a <see cref="LocalCost"/> as JSON.</summary>
    public required string Inputs { get; init; }

    public required int? PriceYear { get; init; }

    /// <summary>Where the figures come from.</summary>
    public required string? Note { get; init; }

    public required string By { get; init; }
    public required DateTimeOffset EnteredAt { get; init; }
    public DateTimeOffset? EndedAt { get; private set; }

    public LocalCost Cost => JsonSerializer.Deserialize<LocalCost>(Inputs)!;

    public void End(DateTimeOffset now) => EndedAt ??= now;

    internal sealed class Table : IEntityTypeConfiguration<LocalCostEntry>
    {
        public void Configure(EntityTypeBuilder<LocalCostEntry> table)
        {
            table.ToTable("measure_local_cost");
            table.HasIndex(c => c.Council);
            table.Ignore(c => c.Cost);
        }
    }
}
