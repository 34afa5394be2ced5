using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Concentric.Measure.Boards;

/// <summary>A meeting over a board: what was seen, what was decided, who does it by when, and when the board is looked at again.</summary>
public sealed class BoardReview
{
    public required Guid Id { get; init; }
    public required string Council { get; init; }

    /// <summary>Key of the service; empty for the council's board.</summary>
    public required string Board { get; init; }

    public required DateOnly HeldOn { get; init; }

    /// <summary>The signals on the board that day, a line each, as the board had them. Empty for none.</summary>
    public required string Signals { get; init; }

    /// <summary>What those who met made of them.</summary>
    public required string Findings { get; init; }

    /// <summary>What is to be done; null where it was decided to change nothing.</summary>
    public string? Decision { get; init; }

    /// <summary>Key of the measure that the decision is to move.</summary>
    public string? Measure { get; init; }

    /// <summary>Id of the person who sees to it.</summary>
    public Guid? Person { get; init; }

    /// <summary>By when it is to be done.</summary>
    public DateOnly? DueOn { get; init; }

    /// <summary>When it was done, as somebody said.</summary>
    public DateOnly? DoneOn { get; private set; }

    /// <summary>When the board is to be reviewed again.</summary>
    public required DateOnly NextOn { get; init; }

    public required string By { get; init; }
    public required DateTimeOffset At { get; init; }

    public void Done(DateOnly on) => DoneOn = on;

    internal sealed class Table : IEntityTypeConfiguration<BoardReview>
    {
        public void Configure(EntityTypeBuilder<BoardReview> table)
        {
            table.ToTable("measure_board_review");
            table.HasIndex(r => new { r.Council, r.Board });
        }
    }
}
