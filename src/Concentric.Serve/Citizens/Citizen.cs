using Concentric.Serve.Forms;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Concentric.Serve.Citizens;

/// <summary>Somebody who asked something of the council, as far as they told us who they are. They may stand here twice until staff join the two.</summary>
internal sealed class Citizen
{
    public required Guid Id { get; init; }

    /// <summary>Empty where they never gave one.</summary>
    public required string Name { get; set; }

    /// <summary>The words of the name in the order of the alphabet (<see cref="Matching.Individual.KeyOf"/>).</summary>
    public string NameKey { get; set; } = "";

    public DateOnly? Born { get; set; }

    /// <summary>In small letters.</summary>
    public string? Email { get; set; }

    /// <summary>Digits only, +44 written as 0 (<see cref="Conversations.SubmissionPhone.Digits"/>).</summary>
    public string? Phone { get; set; }

    /// <summary>The lines before the postcode, joined by ", ".</summary>
    public string? Address { get; set; }

    /// <summary>As the Royal Mail writes it.</summary>
    public string? Postcode { get; set; }

    public string? Uprn { get; set; }

    /// <summary>In which they are written to.</summary>
    public Language Language { get; set; }

    /// <summary>Short name of the channel by which they want to be reached; null where they did not say.</summary>
    public string? PreferredChannel { get; set; }

    public required DateTimeOffset Since { get; init; }

    /// <summary>Held beside others since it was last changed (<see cref="SuggestPairs"/>).</summary>
    public bool IsCompared { get; set; }

    /// <summary>What they told in an enquiry is not kept any more; they are forgotten once nothing else of theirs is.</summary>
    public bool IsLeft { get; set; }

    internal sealed class Table : IEntityTypeConfiguration<Citizen>
    {
        public void Configure(EntityTypeBuilder<Citizen> table)
        {
            table.ToTable("serve_citizen");
            table.HasIndex(c => c.Email);
            table.HasIndex(c => c.Phone);
            table.HasIndex(c => c.Postcode);
            table.HasIndex(c => c.NameKey);
            table.HasIndex(c => c.Born);
            table.HasIndex(c => c.Uprn);
            table.HasIndex(c => c.IsCompared);
            table.HasIndex(c => c.IsLeft);
        }
    }
}
