using Concentric.Core.Facts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Concentric.Serve.Citizens;

/// <summary>Whether a citizen may be reached by a channel, as they said last.</summary>
internal sealed class CitizenConsent
{
    public required Guid CitizenId { get; init; }

    /// <summary>Short name of a channel (Core's Channels).</summary>
    public required string Channel { get; init; }

    public required bool May { get; set; }
    public required ConsentSource Source { get; set; }
    public required string By { get; set; }
    public required DateTimeOffset At { get; set; }

    internal sealed class Table : IEntityTypeConfiguration<CitizenConsent>
    {
        public void Configure(EntityTypeBuilder<CitizenConsent> table)
        {
            table.ToTable("serve_citizen_consent");
            table.HasKey(c => new { c.CitizenId, c.Channel });
            table.HasOne<Citizen>().WithMany().HasForeignKey(c => c.CitizenId);
        }
    }
}

/// <summary>Somebody who helps a citizen with what they ask of the council.</summary>
internal sealed class CitizenHelper
{
    public required Guid Id { get; init; }
    public required Guid CitizenId { get; init; }
    public required string Name { get; init; }
    public required string Relation { get; init; }
    public required string Contact { get; init; }
    public required HelperMay May { get; init; }

    /// <summary>The last day on which they may; null for until it is ended.</summary>
    public DateOnly? Until { get; init; }

    public required DateTimeOffset Since { get; init; }
    public DateTimeOffset? EndedAt { get; private set; }

    public void End(DateTimeOffset now) => EndedAt ??= now;

    public bool Helps(DateOnly today) => EndedAt is null && (Until is not { } last || today <= last);

    internal sealed class Table : IEntityTypeConfiguration<CitizenHelper>
    {
        public void Configure(EntityTypeBuilder<CitizenHelper> table)
        {
            table.ToTable("serve_citizen_helper");
            table.HasIndex(h => h.CitizenId);
            table.HasOne<Citizen>().WithMany().HasForeignKey(h => h.CitizenId);
        }
    }
}
