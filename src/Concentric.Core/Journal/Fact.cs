using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Concentric.Core.Journal;

/// <summary>
/// One row of the journal: something that happened, who did it, when and to what. Written in the transaction of the
/// change itself; numbered and chained afterwards by the sealer.
/// </summary>
public sealed class Fact
{
    public required Guid Id { get; init; }

    /// <summary>What happened, as <c>enquiry-raised</c>: the name of a record in Core/Facts.</summary>
    public required string Kind { get; init; }

    /// <summary>What it happened to: an identifier, never a name.</summary>
    public required string Subject { get; init; }

    /// <summary>Who did it: the id of a person of the staff, <c>citizen</c>, or <c>system</c>.</summary>
    public required string By { get; init; }

    /// <summary>When, to the microsecond, which is what both databases keep.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The fact itself as JSON text, byte for byte as hashed. Empty once erased.</summary>
    public string? Data { get; set; }

    /// <summary>Chance bytes hashed with the data, so that erased data cannot be guessed back from its digest. Goes with the data.</summary>
    public byte[]? Salt { get; set; }

    /// <summary>SHA-256 of salt and data; stays when they are erased, so that the chain still verifies.</summary>
    public required byte[] Digest { get; init; }

    /// <summary>Place in the chain, from 1, without gaps. Null until sealed.</summary>
    public long? Number { get; set; }

    /// <summary>SHA-256 over the hash before and this row (<see cref="Sealer"/>). Null until sealed.</summary>
    public byte[]? Hash { get; set; }

    internal sealed class Table : IEntityTypeConfiguration<Fact>
    {
        public void Configure(EntityTypeBuilder<Fact> table)
        {
            table.ToTable("core_fact");
            table.HasIndex(f => f.Number).IsUnique();
        }
    }
}
