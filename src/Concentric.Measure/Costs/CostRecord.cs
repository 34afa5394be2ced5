using Concentric.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Concentric.Measure.Costs;

/// <summary>One line of the cost book: what somebody says a contact of a channel costs, of what, with what counted in, at the prices of which year.</summary>
public sealed class CostRecord
{
    public required Guid Id { get; init; }

    /// <summary>Short name of the council whose book it is.</summary>
    public required string Council { get; init; }

    /// <summary>Short name of the channel (<see cref="Core.Facts.Channels"/>).</summary>
    public required string Channel { get; init; }

    /// <summary>Pounds, to a tenth of a penny.</summary>
    public required decimal Low { get; init; }

    /// <summary>The most likely, in pounds; null where the source states only a range.</summary>
    public required decimal? Mode { get; init; }

    public required decimal High { get; init; }
    public required CostUnit Unit { get; init; }
    public required CostScope Scope { get; init; }

    /// <summary>The year of whose prices it is, null where the source does not say.</summary>
    public required int? PriceYear { get; init; }

    public required string Source { get; init; }

    /// <summary>Where the source can be read.</summary>
    public required string? Address { get; init; }

    /// <summary>Worked out here, and not published by others.</summary>
    public required bool IsLocal { get; init; }

    public required string By { get; init; }
    public required DateTimeOffset EnteredAt { get; init; }

    /// <summary>The record that was put in its place.</summary>
    public Guid? ReplacedBy { get; private set; }

    /// <summary>When it went out of use. No record is deleted.</summary>
    public DateTimeOffset? WithdrawnAt { get; private set; }

    public CostFigure Figure => new($"{CostWords.Channel(Channel)}, {Source}", Low, Mode, High, Unit, Scope, PriceYear);

    public void Withdraw(DateTimeOffset now, Guid? replacedBy = null) => (WithdrawnAt, ReplacedBy) = (WithdrawnAt ?? now, ReplacedBy ?? replacedBy);

    internal sealed class Table : IEntityTypeConfiguration<CostRecord>
    {
        public void Configure(EntityTypeBuilder<CostRecord> table)
        {
            table.ToTable("measure_cost");
            table.HasIndex(c => c.Council);
            table.Ignore(c => c.Figure);
            var tenths = new ValueConverter<decimal, long>(pounds => (long)(pounds * 1000), tenths => tenths / 1000m);
            table.Property(c => c.Low).HasConversion(tenths);
            table.Property(c => c.Mode).HasConversion(tenths);
            table.Property(c => c.High).HasConversion(tenths);
        }
    }
}

internal static class CostTables
{
    extension(ConcentricDb db)
    {
        public DbSet<CostRecord> Costs => db.Set<CostRecord>();
        public DbSet<DeflatorYear> Deflators => db.Set<DeflatorYear>();
        public DbSet<LocalCostEntry> LocalCosts => db.Set<LocalCostEntry>();
    }

    extension(IQueryable<CostRecord> costs)
    {
        public IQueryable<CostRecord> InUse => costs.Where(c => c.WithdrawnAt == null);
    }
}
