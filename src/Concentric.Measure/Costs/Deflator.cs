using Concentric.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Concentric.Measure.Costs;

/// <summary>One year of a table of the deflator, as a council loaded it.</summary>
public sealed class DeflatorYear
{
    /// <summary>The table that it belongs to. The newest of a council is the one in use; those before are kept.</summary>
    public required Guid Load { get; init; }

    public required string Council { get; init; }
    public required int Year { get; init; }

    /// <summary>The level of prices in that year, on any base.</summary>
    public required double Index { get; init; }

    public required string Source { get; init; }
    public required string By { get; init; }
    public required DateTimeOffset LoadedAt { get; init; }

    internal sealed class Table : IEntityTypeConfiguration<DeflatorYear>
    {
        public void Configure(EntityTypeBuilder<DeflatorYear> table)
        {
            table.ToTable("measure_deflator");
            table.HasKey(d => new { d.Load, d.Year });
            table.HasIndex(d => d.Council);
        }
    }
}

/// <summary>Prices of one year in those of another, by a table that the council loaded. None is shipped.</summary>
public sealed record Deflator(string Source, DateTimeOffset LoadedAt, IReadOnlyDictionary<int, double> Years)
{
    /// <summary>By how much prices of one year are multiplied to be prices of another; null where the table has not both.</summary>
    public double? Factor(int from, int to) => Years.TryGetValue(from, out var a) && Years.TryGetValue(to, out var b) ? b / a : null;

    /// <summary>The table in use, or null.</summary>
    public static async Task<Deflator?> Load(ConcentricDb db, string council, CancellationToken stop = default)
    {
        var newest = await db.Deflators.AsNoTracking().Where(d => d.Council == council).OrderByDescending(d => d.LoadedAt).ThenByDescending(d => d.Load).FirstOrDefaultAsync(stop);
        if (newest is null) return null;
        var years = await db.Deflators.AsNoTracking().Where(d => d.Load == newest.Load).ToDictionaryAsync(d => d.Year, d => d.Index, stop);
        return new(newest.Source, newest.LoadedAt, years);
    }
}
