using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Concentric.Measure.Places;

/// <summary>What places are shown by.</summary>
public enum PlaceLevel { Area, Ward }

/// <summary>The outlines of a council's areas or wards, checked and made smaller, as the chart script draws them.</summary>
public sealed class Boundaries
{
    public required string Council { get; init; }
    public required PlaceLevel Level { get; init; }

    /// <summary>A FeatureCollection whose features have one property, <c>name</c>: the key of the area or the name of the ward.</summary>
    public required string GeoJson { get; init; }

    /// <summary>How many outlines.</summary>
    public required int Shapes { get; init; }

    public required int Year { get; init; }
    public required string Source { get; init; }

    internal sealed class Table : IEntityTypeConfiguration<Boundaries>
    {
        public void Configure(EntityTypeBuilder<Boundaries> table)
        {
            table.ToTable("measure_boundary");
            table.HasKey(b => new { b.Council, b.Level });
        }
    }
}
