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

    /// <summary>A circumstance defines eligibility for a service: a test of law or policy, in its <see cref="EligibilityMode"/>.</summary>
    DefinesEligibility,

    /// <summary>A service was made with a circumstance in mind. Not a test.</summary>
    SuitedTo,

    /// <summary>A circumstance goes with a need more often than not having it. Statistics for staff, never a test and never shown to citizens.</summary>
    RiskFactor,

    /// <summary>One entry of a list lies under another.</summary>
    Broader,

    /// <summary>A function contains a service.</summary>
    Contains,

    /// <summary>A service has an interaction.</summary>
    HasInteraction,

    /// <summary>A service bears on an outcome.</summary>
    Impacts,

    /// <summary>An outcome is measured by a metric.</summary>
    MeasuredBy,

    /// <summary>Related in a way that its list does not name (<c>skos:related</c>).</summary>
    Related,

    /// <summary>Nearly the same as an entry of another list (<c>skos:closeMatch</c>).</summary>
    CloseMatch,

    /// <summary>The same as an entry of another list (<c>skos:exactMatch</c>).</summary>
    ExactMatch,

    /// <summary>Joined to an entry of another list by a mapping that names no kind.</summary>
    MappedTo,
}

/// <summary>What a circumstance does in the test of eligibility for a service.</summary>
internal enum EligibilityMode
{
    /// <summary>Any one of those that qualify makes it likely.</summary>
    Qualifies,

    /// <summary>Without it, it is unlikely.</summary>
    Requires,

    /// <summary>With it, it is unlikely.</summary>
    Excludes,
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

    /// <summary>Why, in a sentence that a citizen can read. Empty where a list only says that it is so.</summary>
    public required string Reason { get; set; }

    /// <summary>Only where a circumstance defines eligibility.</summary>
    public EligibilityMode? Mode { get; set; }

    /// <summary>The law or guidance that says so, by name; null where it is a judgement.</summary>
    public string? Evidence { get; set; }

    /// <summary>The first day on which it holds; null: always so far.</summary>
    public DateOnly? ValidFrom { get; set; }

    /// <summary>The last day on which it holds; null: no end known.</summary>
    public DateOnly? ValidTo { get; set; }

    /// <summary>The version of the subject's list when this was written.</summary>
    public string? SubjectVersion { get; set; }

    /// <summary>The version of the object's list when this was written.</summary>
    public string? ObjectVersion { get; set; }

    /// <summary>What names a relation among all: who says what of what to what.</summary>
    [JsonIgnore]
    public string Key => string.Join('\n', Subject, Predicate, Object, Source);

    public bool HoldsOn(DateOnly day) => !(day < ValidFrom) && !(day > ValidTo);

    private sealed class Table : IEntityTypeConfiguration<Relation>
    {
        public void Configure(EntityTypeBuilder<Relation> table)
        {
            table.ToTable("needs_relation");
            table.HasKey(r => new { r.Subject, r.Predicate, r.Object, r.Source });
            table.HasIndex(r => new { r.Object, r.Predicate });
            table.Ignore(r => r.Key);
        }
    }
}
