using Concentric.Core.Facts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Concentric.Serve.DemandTypes;

/// <summary>What an adviser said a contact was: first in the citizen's own words, then as a type of demand.</summary>
internal sealed class Coding
{
    /// <summary>How long the words are kept: long enough to see a year of seasons, and to find types that were missed.</summary>
    public const int MonthsKept = 12;

    public Guid EnquiryId { get; init; }

    /// <summary>The citizen's own words, masked. Kept to find out what people really want and to write better demand types; null once their time is over.</summary>
    public string? Words { get; private set; }

    public DateOnly WordsKeptUntil { get; private init; }
    public Guid? DemandTypeId { get; private init; }
    public DemandType? DemandType { get; private init; }
    public Demand Demand { get; private init; }
    public string By { get; private init; } = "";
    public DateTimeOffset At { get; private init; }

    private Coding() { }

    /// <param name="words">As the adviser left them; masked once more here, so that nothing with a shape gets through.</param>
    public static Coding Of(string words, DemandType? type, Demand demand, string by, DateTimeOffset now) => new()
    {
        Words = Core.Masking.Mask(words.Trim()),
        WordsKeptUntil = DateOnly.FromDateTime(now.UtcDateTime).AddMonths(MonthsKept),
        DemandTypeId = type?.Id,
        Demand = demand,
        By = by,
        At = now,
    };

    /// <summary>The same words, kept no longer than before, as another kind of demand.</summary>
    public Coding As(DemandType? type, Demand demand, string by, DateTimeOffset now) => new() { Words = Words, WordsKeptUntil = WordsKeptUntil, DemandTypeId = type?.Id, Demand = demand, By = by, At = now };

    internal sealed class Table : IEntityTypeConfiguration<Coding>
    {
        public void Configure(EntityTypeBuilder<Coding> table)
        {
            table.ToTable("serve_coding");
            table.HasKey(c => c.EnquiryId);
            table.HasIndex(c => c.WordsKeptUntil);
            table.HasOne(c => c.DemandType).WithMany().HasForeignKey(c => c.DemandTypeId).OnDelete(DeleteBehavior.NoAction);
        }
    }
}

/// <summary>Why there was failure demand, as the service manager sees it. Apart from the coding: an adviser cannot know, and must not be slowed down.</summary>
internal sealed class Cause
{
    public Guid EnquiryId { get; init; }

    /// <summary>Short name of a cause (Core's FailureCauses).</summary>
    public required string Name { get; init; }

    public required string By { get; init; }
    public required DateTimeOffset At { get; init; }

    internal sealed class Table : IEntityTypeConfiguration<Cause>
    {
        public void Configure(EntityTypeBuilder<Cause> table)
        {
            table.ToTable("serve_cause");
            table.HasKey(c => c.EnquiryId);
            table.Property(c => c.Name).HasColumnName("Cause");
        }
    }
}
