using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Concentric.Needs.Concepts;

/// <summary>What kind of thing a concept is, in the words of the Local Government Business Model. Subject: an entry of any other list.</summary>
internal enum ConceptType { LifeEvent, Circumstance, Need, Service, Function, Interaction, Channel, Organisation, OrganisationType, Outcome, MetricType, Process, PowerOrDuty, Subject }

/// <summary>Local: made here and in nobody's published list.</summary>
internal enum ConceptStatus { Active, Retired, Local }

/// <summary>One entry of a list: a life event, a circumstance, a need, a service, an organisation, an outcome …</summary>
internal sealed class Concept
{
    /// <summary>The full http address of the entry, exactly as its publisher writes it.</summary>
    public required string Uri { get; init; }

    /// <summary>The address of its list.</summary>
    public required string Scheme { get; init; }

    /// <summary>Its identifier in the list. A text: <c>0</c> and <c>Gender_Female</c> are valid ones.</summary>
    public required string Identifier { get; init; }
    public required ConceptType Type { get; init; }

    /// <summary>The name that the list publishes.</summary>
    public required string Label { get; set; }

    /// <summary>The name in a citizen's words, where somebody has written one. An import never changes it.</summary>
    public string? CitizenLabel { get; set; }
    public string? Definition { get; set; }

    /// <summary>What else it is called, one name a line; the search knows them. An import adds to them.</summary>
    public string? OtherNames { get; set; }

    /// <summary>Words by which people look for it and which are no names of it, parted by blanks, for the search.</summary>
    public string? OtherWords { get; set; }
    public required ConceptStatus Status { get; set; }

    /// <summary>Whether the English and Welsh list (LGSL) of 2013 holds this service.</summary>
    public bool InLgsl { get; set; }

    /// <summary>Its place in a list that somebody has put in order; those of the same place go by name.</summary>
    public int Place { get; set; }

    /// <summary>What belongs to the entry and what does not.</summary>
    public string? ScopeNote { get; set; }

    /// <summary>What its publisher says of its changes.</summary>
    public string? HistoryNote { get; set; }

    /// <summary>Names that it had before, one a line; the search knows them.</summary>
    public string? FormerLabels { get; set; }

    /// <summary>Address of the entry that took its place.</summary>
    public string? ReplacedBy { get; set; }

    /// <summary>When its publisher made it.</summary>
    public DateOnly? Created { get; set; }

    /// <summary>When its publisher last changed it.</summary>
    public DateOnly? Modified { get; set; }

    /// <summary>What only some kinds of entries have.</summary>
    public ConceptDetails? Details { get; set; }

    [JsonIgnore]
    public string Plain => CitizenLabel ?? Label;

    [JsonIgnore]
    public bool InUse => Status != ConceptStatus.Retired;

    /// <summary>Whether its reader may be in danger if somebody sees what they read: its pages can be left at once, and their titles do not name it.</summary>
    [JsonIgnore]
    public bool IsSensitive => Details?.Sensitive is not null;

    private sealed class Table : IEntityTypeConfiguration<Concept>
    {
        public void Configure(EntityTypeBuilder<Concept> table)
        {
            table.ToTable("needs_concept");
            table.HasKey(c => c.Uri);
            table.HasIndex(c => new { c.Scheme, c.Identifier }).IsUnique();
            table.Ignore(c => c.Plain);
            table.Ignore(c => c.InUse);
            table.Ignore(c => c.IsSensitive);
            table.Property(c => c.Details).HasConversion(d => StoredJson.Write(d), text => StoredJson.Read<ConceptDetails>(text));
        }
    }
}
