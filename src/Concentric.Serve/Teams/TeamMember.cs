using Concentric.Core.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Concentric.Serve.Teams;

/// <summary>Somebody of the staff works in a team.</summary>
internal sealed class TeamMember
{
    public required Guid PersonId { get; init; }
    public required string Team { get; init; }

    internal sealed class Table : IEntityTypeConfiguration<TeamMember>
    {
        public void Configure(EntityTypeBuilder<TeamMember> table)
        {
            table.ToTable("serve_team_member");
            table.HasKey(m => new { m.PersonId, m.Team });
            table.HasOne<Person>().WithMany().HasForeignKey(m => m.PersonId);
        }
    }
}
