using Concentric.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Concentric.Measure.Experience;

/// <summary>How well the council means to do one side of a service, on the scale of the survey.</summary>
internal sealed class IntendedExperience
{
    public required Guid Id { get; init; }

    /// <summary>LGSL identifier.</summary>
    public required string Service { get; init; }

    /// <summary>A side of the service, as reliability.</summary>
    public required string Dimension { get; init; }

    /// <summary>From 1 to 7.</summary>
    public required double Value { get; set; }

    /// <summary>Who said so, as the journal names them, and when.</summary>
    public required string By { get; set; }

    public required DateTimeOffset At { get; set; }

    internal sealed class Table : IEntityTypeConfiguration<IntendedExperience>
    {
        public void Configure(EntityTypeBuilder<IntendedExperience> table)
        {
            table.ToTable("measure_experience_intended");
            table.HasIndex(i => new { i.Service, i.Dimension }).IsUnique();
        }
    }
}

/// <summary>What one person of a survey said of one side of a service. Nothing of who they are.</summary>
internal sealed class ExperienceAnswer
{
    /// <summary>The survey: its rows come and go together.</summary>
    public required Guid Survey { get; init; }

    /// <summary>Place of the person in the file, from 1.</summary>
    public required int Respondent { get; init; }

    public required string Dimension { get; init; }
    public required string Service { get; init; }

    /// <summary>What they expect, from 1 to 7; null where they did not say.</summary>
    public double? Expected { get; init; }

    /// <summary>What they got.</summary>
    public double? Received { get; init; }

    /// <summary>How much it counts for them.</summary>
    public double? Importance { get; init; }

    /// <summary>How they judge the whole.</summary>
    public double? Overall { get; init; }

    public required DateTimeOffset At { get; init; }

    internal sealed class Table : IEntityTypeConfiguration<ExperienceAnswer>
    {
        public void Configure(EntityTypeBuilder<ExperienceAnswer> table)
        {
            table.ToTable("measure_experience_answer");
            table.HasKey(a => new { a.Survey, a.Respondent, a.Dimension });
            table.HasIndex(a => a.Service);
        }
    }
}

internal static class GapSets
{
    extension(ConcentricDb db)
    {
        public DbSet<IntendedExperience> IntendedExperiences => db.Set<IntendedExperience>();
        public DbSet<ExperienceAnswer> ExperienceAnswers => db.Set<ExperienceAnswer>();
    }
}
