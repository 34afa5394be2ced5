using Concentric.Core.Data;
using Concentric.Needs.Concepts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Concentric.Needs.Workshops;

/// <summary>A meeting in which people draw a circle of need of their own.</summary>
internal sealed class Workshop
{
    public required Guid Id { get; init; }
    public required string Title { get; init; }
    public required DateOnly HeldOn { get; init; }

    /// <summary>Where, in words.</summary>
    public required string Venue { get; init; }

    /// <summary>Address of the life event or circumstance in the centre.</summary>
    public required string Situation { get; init; }

    /// <summary>Addresses of the services on which the result is piloted.</summary>
    public IReadOnlyList<string>? Services { get; set; }
    public required string By { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The edition that was made of it, a draft at first; null before.</summary>
    public Guid? Draft { get; set; }

    /// <summary>Who says so, in relations that come from it.</summary>
    public string Source => $"workshop-{HeldOn:yyyy-MM-dd}";

    private sealed class Table : IEntityTypeConfiguration<Workshop>
    {
        public void Configure(EntityTypeBuilder<Workshop> table)
        {
            table.ToTable("needs_workshop");
            table.HasKey(w => w.Id);
            table.Ignore(w => w.Source);
            table.Property(w => w.Services).HasConversion(v => StoredJson.Write(v), text => StoredJson.Read<IReadOnlyList<string>>(text));
        }
    }
}

/// <summary>The rings of the circle, from the centre outwards.</summary>
internal enum Ring { Circumstance, Need, Service }

/// <summary>One card on the circle: what somebody put where, and in which role they said it. Never who they are.</summary>
internal sealed class Statement
{
    public required Guid Id { get; init; }
    public required Guid Workshop { get; init; }
    public required Ring Ring { get; init; }

    /// <summary>Address of the thing of the model that was meant; null where the words are new.</summary>
    public string? Concept { get; init; }

    /// <summary>What was written on a blank card.</summary>
    public string? Words { get; init; }

    /// <summary>What it hangs on: the address of a thing of the model, or the id of a statement with words of its own. Null: the centre.</summary>
    public string? Because { get; init; }
    public required Confidence Strength { get; init; }

    /// <summary>A role, as "carer" or "adviser".</summary>
    public required string SaidBy { get; init; }

    /// <summary>What they said, in their words, without what would tell who they are.</summary>
    public string? Quote { get; init; }
    public required string By { get; init; }
    public required DateTimeOffset At { get; init; }

    private sealed class Table : IEntityTypeConfiguration<Statement>
    {
        public void Configure(EntityTypeBuilder<Statement> table)
        {
            table.ToTable("needs_workshop_statement");
            table.HasKey(s => s.Id);
            table.HasIndex(s => s.Workshop);
        }
    }
}

internal static class WorkshopTables
{
    extension(ConcentricDb db)
    {
        public DbSet<Workshop> Workshops => db.Set<Workshop>();
        public DbSet<Statement> Statements => db.Set<Statement>();
    }
}
