using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Concentric.Measure.Boards;

/// <summary>A point as it was when its period was first complete: what people saw and acted on. It is written once and never changed.</summary>
/// <remarks>Under rule A, as everybody but analysts sees it: the database of pages holds no exact small counts.</remarks>
public sealed class PublishedPoint
{
    public required string Council { get; init; }

    /// <summary>Key of the measure.</summary>
    public required string Measure { get; init; }

    /// <summary>First day of its period.</summary>
    public required DateOnly Period { get; init; }

    /// <summary>Version of the definition.</summary>
    public required int Version { get; init; }

    /// <summary>In the measure's unit.</summary>
    public required double? Value { get; init; }

    public required bool IsHidden { get; init; }
    public required long? N { get; init; }
    public required double? Mean { get; init; }
    public required double? Lower { get; init; }
    public required double? Upper { get; init; }

    /// <summary>The signals at the point, parted by semicolons, as <c>shift above 7</c>; empty for none.</summary>
    public required string Flags { get; init; }

    /// <summary>The rules by which they were found.</summary>
    public required string Rules { get; init; }

    public required DateTimeOffset At { get; init; }

    internal sealed class Table : IEntityTypeConfiguration<PublishedPoint>
    {
        public void Configure(EntityTypeBuilder<PublishedPoint> table)
        {
            table.ToTable("measure_published_point");
            table.HasKey(p => new { p.Council, p.Measure, p.Period });
        }
    }
}
