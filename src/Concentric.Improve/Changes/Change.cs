using Concentric.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Concentric.Improve.Changes;

/// <summary>A dated change to a service, recorded so that what follows it can be held against what went before.</summary>
internal sealed class Change
{
    public required Guid Id { get; init; }

    /// <summary>LGSL identifier.</summary>
    public required string Service { get; init; }

    /// <summary>The first day on which it held.</summary>
    public required DateOnly From { get; init; }

    public required string What { get; init; }
    public required string By { get; init; }

    /// <summary>When it was written down: before its effect could be seen, or after.</summary>
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>A record that was wrong is withdrawn and kept, so that nobody can tidy away what did not work.</summary>
    public DateTimeOffset? WithdrawnAt { get; private set; }

    public void Withdraw(DateTimeOffset now) => WithdrawnAt ??= now;

    internal sealed class Table : IEntityTypeConfiguration<Change>
    {
        public void Configure(EntityTypeBuilder<Change> table)
        {
            table.ToTable("improve_change");
            table.HasIndex(c => c.Service);
        }
    }
}

internal static class ImproveTables
{
    extension(ConcentricDb db)
    {
        public DbSet<Change> Changes => db.Set<Change>();
    }

    extension(IQueryable<Change> changes)
    {
        public IQueryable<Change> InForce => changes.Where(c => c.WithdrawnAt == null);
    }
}
