using Concentric.Core.Data;
using Concentric.Core.Facts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Concentric.Measure.FormUse;

/// <summary>A visit to a form, as <see cref="FormVisited"/> said it. Nobody's identity and no answer is in it, nor the time of day.</summary>
public sealed class FormVisit
{
    /// <summary>Place of its fact in the chain.</summary>
    public required long Number { get; init; }

    /// <summary>The visit's own chance identifier: kept so that it is counted once though two facts name it.</summary>
    public required Guid Visit { get; init; }

    public required string Form { get; init; }
    public required int Version { get; init; }
    public required string? Service { get; init; }
    public required string Channel { get; init; }
    public required bool IsMediated { get; init; }
    public required string Language { get; init; }

    /// <summary>The day on which it began, by the clock in London.</summary>
    public required DateOnly Day { get; init; }

    public required FormOutcome Outcome { get; init; }

    /// <summary>The page on which it ended; null where it was sent.</summary>
    public required string? LastPage { get; init; }

    internal sealed class Table : IEntityTypeConfiguration<FormVisit>
    {
        public void Configure(EntityTypeBuilder<FormVisit> table)
        {
            table.ToTable("measure_form_visit");
            table.HasKey(v => v.Number);
            table.Property(v => v.Number).ValueGeneratedNever();
            table.HasIndex(v => v.Visit).IsUnique();
            table.HasIndex(v => new { v.Form, v.Day });
        }
    }
}

/// <summary>One page of a visit.</summary>
public sealed class FormVisitPage
{
    public required long Number { get; init; }

    /// <summary>From 0, in the order in which pages were first seen.</summary>
    public required int Place { get; init; }

    public required string Page { get; init; }
    public required int Seconds { get; init; }

    /// <summary>How often it was shown; 0 where the visit ended on a page that the fact does not list.</summary>
    public required int Shown { get; init; }

    public required int Back { get; init; }

    internal sealed class Table : IEntityTypeConfiguration<FormVisitPage>
    {
        public void Configure(EntityTypeBuilder<FormVisitPage> table)
        {
            table.ToTable("measure_form_page");
            table.HasKey(p => new { p.Number, p.Place });
        }
    }
}

/// <summary>A message that was shown in a visit, in the form's own words.</summary>
public sealed class FormVisitMessage
{
    public required long Number { get; init; }
    public required int Nth { get; init; }
    public required string Page { get; init; }
    public required string Question { get; init; }
    public required string Problem { get; init; }
    public required string Message { get; init; }
    public required int Times { get; init; }

    internal sealed class Table : IEntityTypeConfiguration<FormVisitMessage>
    {
        public void Configure(EntityTypeBuilder<FormVisitMessage> table)
        {
            table.ToTable("measure_form_message");
            table.HasKey(m => new { m.Number, m.Nth });
        }
    }
}

/// <summary>A form was sent, by itself or in a bundle. Which enquiry holds it is not kept here.</summary>
public sealed class FormSending
{
    public required long Number { get; init; }
    public required string Form { get; init; }
    public required int Version { get; init; }
    public required bool IsMediated { get; init; }
    public required string? Bundle { get; init; }
    public required DateOnly Day { get; init; }

    internal sealed class Table : IEntityTypeConfiguration<FormSending>
    {
        public void Configure(EntityTypeBuilder<FormSending> table)
        {
            table.ToTable("measure_form_sent");
            table.HasKey(s => s.Number);
            table.Property(s => s.Number).ValueGeneratedNever();
            table.HasIndex(s => new { s.Form, s.Day });
        }
    }
}

/// <summary>A version of a form was published on that day, or put back.</summary>
public sealed class FormVersion
{
    public required long Number { get; init; }
    public required string Form { get; init; }
    public required int Version { get; init; }
    public required DateOnly Day { get; init; }

    internal sealed class Table : IEntityTypeConfiguration<FormVersion>
    {
        public void Configure(EntityTypeBuilder<FormVersion> table)
        {
            table.ToTable("measure_form_version");
            table.HasKey(v => v.Number);
            table.Property(v => v.Number).ValueGeneratedNever();
            table.HasIndex(v => v.Form);
        }
    }
}

/// <summary>The last fact that <see cref="FormUseReader"/> has read.</summary>
public sealed class FormReading
{
    public required string Reader { get; init; }
    public required long Through { get; init; }

    internal sealed class Table : IEntityTypeConfiguration<FormReading>
    {
        public void Configure(EntityTypeBuilder<FormReading> table)
        {
            table.ToTable("measure_form_reading");
            table.HasKey(r => r.Reader);
        }
    }
}

internal static class FormUseTables
{
    extension(ConcentricDb db)
    {
        public DbSet<FormVisit> FormVisits => db.Set<FormVisit>();
        public DbSet<FormVisitPage> FormVisitPages => db.Set<FormVisitPage>();
        public DbSet<FormVisitMessage> FormVisitMessages => db.Set<FormVisitMessage>();
        public DbSet<FormSending> FormSendings => db.Set<FormSending>();
        public DbSet<FormVersion> FormVersions => db.Set<FormVersion>();
        public DbSet<FormReading> FormReadings => db.Set<FormReading>();
    }
}
