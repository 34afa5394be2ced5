using Concentric.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Concentric.Core.People;

/// <summary>The council whose installation this is.</summary>
public sealed class Council
{
    public required string Slug { get; init; }
    public required string Name { get; set; }

    /// <summary>Invented, with invented citizens: every page says so.</summary>
    public required bool IsSynthetic { get; set; }

    internal sealed class Table : IEntityTypeConfiguration<Council>
    {
        public void Configure(EntityTypeBuilder<Council> table)
        {
            table.ToTable("core_council");
            table.HasKey(c => c.Slug);
        }
    }

    /// <summary>Writes the council of the settings unless it is there.</summary>
    internal static Task Seed(IWriter writer, Settings settings, bool synthetic) => writer.Write(async db =>
    {
        if (await db.Set<Council>().FindAsync(settings.Council) is { } known) known.IsSynthetic |= synthetic;
        else db.Add(new Council { Slug = settings.Council, Name = settings.CouncilName, IsSynthetic = synthetic });
    });
}
