using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Concentric.Serve.Feedback;

/// <summary>Whether the figure moved that was meant to.</summary>
internal enum FigureMoved { TooEarly, Better, NoChange, Worse }

/// <summary>What people said of a service, in the council's words, and what was done about it, told to everybody.</summary>
internal sealed class SaidAndDone
{
    public const int MostWords = 500;

    public required Guid Id { get; init; }

    /// <summary>LGSL identifier.</summary>
    public required string Service { get; init; }

    public required string Said { get; init; }
    public required string Done { get; init; }

    /// <summary>From which day on it is done.</summary>
    public required DateOnly Since { get; init; }

    public FigureMoved Moved { get; private set; }

    /// <summary>The figure before and after in words; null where there is none to tell.</summary>
    public string? Figure { get; private set; }

    public required string By { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>When it was taken off; null: it is shown.</summary>
    public DateTimeOffset? HiddenAt { get; private set; }

    /// <summary>Says whether the figure moved, once that is known.</summary>
    public void Tell(FigureMoved moved, string? figure) => (Moved, Figure) = (moved, figure);

    public void Hide(DateTimeOffset now) => HiddenAt ??= now;

    internal sealed class Table : IEntityTypeConfiguration<SaidAndDone>
    {
        public void Configure(EntityTypeBuilder<SaidAndDone> table)
        {
            table.ToTable("serve_said_done");
            table.HasIndex(s => new { s.Service, s.Since });
        }
    }
}
