using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Concentric.Measure.Boards;

/// <summary>From here on a chart has new limits, because a person says that something was changed on that day. Limits never move for any other reason.</summary>
public sealed class ChartPhase
{
    public required Guid Id { get; init; }
    public required string Council { get; init; }

    /// <summary>Key of the measure (<see cref="BoardMeasure.Key"/>).</summary>
    public required string Measure { get; init; }

    /// <summary>The day of the change.</summary>
    public required DateOnly From { get; init; }

    /// <summary>What was changed.</summary>
    public required string Reason { get; init; }

    /// <summary>How it is known that it was changed then.</summary>
    public required string Evidence { get; init; }

    /// <summary>Id of the person who says so.</summary>
    public required string By { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>When it was taken back. It is kept.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    public void End(DateTimeOffset now) => EndedAt ??= now;

    internal sealed class Table : IEntityTypeConfiguration<ChartPhase>
    {
        public void Configure(EntityTypeBuilder<ChartPhase> table)
        {
            table.ToTable("measure_chart_phase");
            table.HasIndex(p => new { p.Council, p.Measure });
        }
    }
}

/// <summary>A dated note at a point of a chart: what was going on. It changes no limits.</summary>
public sealed class ChartNote
{
    public required Guid Id { get; init; }
    public required string Council { get; init; }
    public required string Measure { get; init; }
    public required DateOnly On { get; init; }
    public required string Text { get; init; }
    public required string By { get; init; }
    public required DateTimeOffset At { get; init; }
    public DateTimeOffset? EndedAt { get; private set; }

    public void End(DateTimeOffset now) => EndedAt ??= now;

    internal sealed class Table : IEntityTypeConfiguration<ChartNote>
    {
        public void Configure(EntityTypeBuilder<ChartNote> table)
        {
            table.ToTable("measure_chart_note");
            table.HasIndex(n => new { n.Council, n.Measure });
        }
    }
}

/// <summary>What somebody wants a measure to be, set when it was known what the process can do.</summary>
public sealed class MeasureTarget
{
    public required Guid Id { get; init; }
    public required string Council { get; init; }
    public required string Measure { get; init; }

    /// <summary>In the measure's unit.</summary>
    public required double Value { get; init; }

    /// <summary>Why this and no other.</summary>
    public required string Reason { get; init; }

    /// <summary>Points that the capability came from when it was set.</summary>
    public required int Points { get; init; }

    /// <summary>Share of those points that would have met it, 0 to 1.</summary>
    public required double Observed { get; init; }

    /// <summary>Share that would meet it by the model, 0 to 1.</summary>
    public required double Modelled { get; init; }

    public required string By { get; init; }
    public required DateTimeOffset At { get; init; }
    public DateTimeOffset? EndedAt { get; private set; }

    public void End(DateTimeOffset now) => EndedAt ??= now;

    internal sealed class Table : IEntityTypeConfiguration<MeasureTarget>
    {
        public void Configure(EntityTypeBuilder<MeasureTarget> table)
        {
            table.ToTable("measure_target");
            table.HasIndex(t => new { t.Council, t.Measure });
        }
    }
}
