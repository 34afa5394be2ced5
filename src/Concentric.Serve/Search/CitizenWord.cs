using Concentric.Serve.Citizens;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Concentric.Serve.Search;

/// <summary>A word of a citizen's name or address.</summary>
internal sealed class CitizenWord
{
    public required string Word { get; init; }
    public required Guid CitizenId { get; init; }

    internal sealed class Table : IEntityTypeConfiguration<CitizenWord>
    {
        public void Configure(EntityTypeBuilder<CitizenWord> table)
        {
            table.ToTable("serve_citizen_word");
            table.HasKey(w => new { w.Word, w.CitizenId });
            table.HasIndex(w => w.CitizenId);
            table.HasOne<Citizen>().WithMany().HasForeignKey(w => w.CitizenId);
        }
    }
}

/// <summary>A word with a letter or two left out.</summary>
internal sealed class NearWord
{
    public required string Near { get; init; }
    public required string Word { get; init; }

    internal sealed class Table : IEntityTypeConfiguration<NearWord>
    {
        public void Configure(EntityTypeBuilder<NearWord> table)
        {
            table.ToTable("serve_near_word");
            table.HasKey(w => new { w.Near, w.Word });
        }
    }
}
