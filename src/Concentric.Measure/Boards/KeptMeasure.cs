using Concentric.Measure.Variation;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Concentric.Measure.Boards;

/// <summary>A measure that a person keeps on a board, beside those that every board has.</summary>
public sealed class KeptMeasure
{
    public required Guid Id { get; init; }

    /// <summary>Short name of the council.</summary>
    public required string Council { get; init; }

    /// <summary>Key of the service whose board it is on; empty for the council's.</summary>
    public required string Board { get; init; }

    public required string Name { get; set; }

    /// <summary>Why it is looked at.</summary>
    public required string About { get; set; }

    /// <summary>Id of the person who answers for it.</summary>
    public required Guid Owner { get; set; }

    public required Better Better { get; set; }
    public required MeasureFor For { get; set; }
    public required MeasureUse Use { get; set; }

    /// <summary>Does not change: by week and by month are two measures, whose limits have nothing in common.</summary>
    public required MeasurePeriod Period { get; init; }

    public required DateTimeOffset KeptAt { get; init; }

    /// <summary>When it was taken off its board. It is kept, with its points.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    public void End(DateTimeOffset now) => EndedAt ??= now;

    internal sealed class Table : IEntityTypeConfiguration<KeptMeasure>
    {
        public void Configure(EntityTypeBuilder<KeptMeasure> table)
        {
            table.ToTable("measure_measure");
            table.HasIndex(m => new { m.Council, m.Board });
        }
    }
}

/// <summary>A version of what a kept measure counts. It is never changed: a new one takes its place from a day on.</summary>
public sealed class MeasureVersion
{
    public required Guid Measure { get; init; }

    /// <summary>From 1.</summary>
    public required int Number { get; init; }

    /// <summary>First day from which it holds; null for the first version.</summary>
    public DateOnly? From { get; init; }

    /// <summary>JSON of a <see cref="MeasureSource"/>.</summary>
    public required string Source { get; init; }

    /// <summary>Why the definition was changed; null for the first.</summary>
    public string? Reason { get; init; }

    public required string By { get; init; }
    public required DateTimeOffset At { get; init; }

    internal sealed class Table : IEntityTypeConfiguration<MeasureVersion>
    {
        public void Configure(EntityTypeBuilder<MeasureVersion> table)
        {
            table.ToTable("measure_measure_version");
            table.HasKey(v => new { v.Measure, v.Number });
        }
    }
}
