using Concentric.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Concentric.Measure.Experience;

/// <summary>A survey of one service that everybody can answer on a page, while it is open.</summary>
internal sealed class AskedExperience
{
    public required Guid Survey { get; init; }

    /// <summary>LGSL identifier.</summary>
    public required string Service { get; init; }

    /// <summary>Who began it, as the journal names them.</summary>
    public required string By { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>Null: it is open.</summary>
    public DateTimeOffset? ClosedAt { get; set; }

    internal sealed class Table : IEntityTypeConfiguration<AskedExperience>
    {
        public void Configure(EntityTypeBuilder<AskedExperience> table)
        {
            table.ToTable("measure_experience_asked");
            table.HasKey(a => a.Survey);
            table.HasIndex(a => a.Service);
        }
    }
}

/// <summary>Which page, opened once by somebody, was the answer of which respondent: what is sent from it again is the same person's.</summary>
internal sealed class AskedRespondent
{
    public required Guid Survey { get; init; }

    /// <summary>Made when the page was opened. It says nothing of who opened it.</summary>
    public required Guid Page { get; init; }

    public required int Respondent { get; init; }

    internal sealed class Table : IEntityTypeConfiguration<AskedRespondent>
    {
        public void Configure(EntityTypeBuilder<AskedRespondent> table)
        {
            table.ToTable("measure_experience_respondent");
            table.HasKey(a => new { a.Survey, a.Page });
            // Two who send at the same moment would otherwise both be the next.
            table.HasIndex(a => new { a.Survey, a.Respondent }).IsUnique();
        }
    }
}

internal static class AskedSets
{
    extension(ConcentricDb db)
    {
        public DbSet<AskedExperience> AskedExperiences => db.Set<AskedExperience>();
        public DbSet<AskedRespondent> AskedRespondents => db.Set<AskedRespondent>();
    }
}
