using Concentric.Core.Facts;
using Concentric.Core.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Concentric.Serve.Citizens;

/// <summary>Somebody of the staff saw a citizen's page. Where several rows are joined to one citizen, each has its own under one id.</summary>
internal sealed class CitizenLook
{
    public required Guid Id { get; init; }
    public required Guid CitizenId { get; init; }

    /// <summary>Who looked: for service managers, and never for the citizen.</summary>
    public required Guid PersonId { get; init; }

    public required Role Role { get; init; }

    /// <summary>Their teams on that day, joined by ", ", as the citizen is told them: without one that has something sensitive of theirs.</summary>
    public required string Team { get; init; }

    public required LookReason Reason { get; init; }

    /// <summary>Why, in the words of who looked; null for one's own cases.</summary>
    public string? Words { get; init; }

    public required DateTimeOffset At { get; init; }

    internal sealed class Table : IEntityTypeConfiguration<CitizenLook>
    {
        public void Configure(EntityTypeBuilder<CitizenLook> table)
        {
            table.ToTable("serve_citizen_look");
            table.HasKey(l => new { l.CitizenId, l.Id });
            table.HasIndex(l => l.At);
            table.HasOne<Citizen>().WithMany().HasForeignKey(l => l.CitizenId);
        }
    }
}

/// <summary>Why somebody opens a citizen who is not theirs. It holds until the end of its day.</summary>
internal sealed class CitizenReason
{
    public required Guid PersonId { get; init; }
    public required Guid CitizenId { get; init; }
    public required LookReason Reason { get; set; }
    public required string Words { get; set; }
    public required DateTimeOffset At { get; set; }

    internal sealed class Table : IEntityTypeConfiguration<CitizenReason>
    {
        public void Configure(EntityTypeBuilder<CitizenReason> table)
        {
            table.ToTable("serve_citizen_reason");
            table.HasKey(r => new { r.PersonId, r.CitizenId });
            table.HasOne<Citizen>().WithMany().HasForeignKey(r => r.CitizenId);
        }
    }
}

/// <summary>A citizen who signs in showed, by something that they sent, which citizen they are.</summary>
internal sealed class CitizenPerson
{
    public required Guid PersonId { get; init; }
    public required Guid CitizenId { get; set; }
    public required DateTimeOffset At { get; set; }

    internal sealed class Table : IEntityTypeConfiguration<CitizenPerson>
    {
        public void Configure(EntityTypeBuilder<CitizenPerson> table)
        {
            table.ToTable("serve_citizen_person");
            table.HasKey(p => p.PersonId);
            table.HasIndex(p => p.CitizenId);
            table.HasOne<Person>().WithMany().HasForeignKey(p => p.PersonId);
            table.HasOne<Citizen>().WithMany().HasForeignKey(p => p.CitizenId);
        }
    }
}
