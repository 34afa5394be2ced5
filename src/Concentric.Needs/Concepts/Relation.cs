using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Concentric.Needs.Concepts;

/// <summary>How one concept bears on another. Kept apart: what is implied is a suggestion, what defines eligibility is a test.</summary>
internal enum Predicate
{
    /// <summary>A life event changes a circumstance.</summary>
    Changes,

    /// <summary>A circumstance implies a need.</summary>
    Implies,

    /// <summary>A need is addressed by a service.</summary>
    AddressedBy,

    /// <summary>A life event directly determines that a service is needed.</summary>
    Determines,

    /// <summary>A circumstance defines eligibility for a service.</summary>
    DefinesEligibility,
}

/// <summary>How sure the source is of a relation. A judgement, not a probability.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Confidence>))]
public enum Confidence
{
    [JsonStringEnumMemberName("low")] Low,
    [JsonStringEnumMemberName("medium")] Medium,
    [JsonStringEnumMemberName("high")] High,
}

/// <summary>One statement that joins two concepts, with who says so, how surely and why.</summary>
internal sealed class Relation
{
    public required string Subject { get; init; }
    public required Predicate Predicate { get; init; }
    public required string Object { get; init; }

    /// <summary>Who says so: <c>ours</c> for the seed of this project.</summary>
    public required string Source { get; init; }
    public required Confidence Confidence { get; set; }

    /// <summary>Why, in a sentence that a citizen can read.</summary>
    public required string Reason { get; set; }

    private sealed class Table : IEntityTypeConfiguration<Relation>
    {
        public void Configure(EntityTypeBuilder<Relation> table)
        {
            table.ToTable("needs_relation");
            table.HasKey(r => new { r.Subject, r.Predicate, r.Object, r.Source });
            table.HasIndex(r => new { r.Object, r.Predicate });
        }
    }
}
