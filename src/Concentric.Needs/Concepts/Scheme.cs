using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Concentric.Needs.Concepts;

/// <summary>A list that somebody keeps, such as the Services list of esd-toolkit: a <c>skos:ConceptScheme</c>.</summary>
internal sealed class Scheme
{
    /// <summary>The full http address of the list, by which it is known everywhere.</summary>
    public required string Uri { get; init; }

    /// <summary>Its short name, as <c>services</c>.</summary>
    public required string Identifier { get; init; }
    public required string Label { get; set; }

    /// <summary>The version held, in the publisher's own counting, or the date of its latest change.</summary>
    public required string Version { get; set; }
    public required string Licence { get; set; }

    /// <summary>Whom the licence asks us to name.</summary>
    public required string Attribution { get; set; }

    /// <summary>Where it came from, in words that a reader can follow.</summary>
    public required string Source { get; set; }

    /// <summary>When anything of the list was last written.</summary>
    public required DateTimeOffset ModifiedAt { get; set; }

    private sealed class Table : IEntityTypeConfiguration<Scheme>
    {
        public void Configure(EntityTypeBuilder<Scheme> table)
        {
            table.ToTable("needs_scheme");
            table.HasKey(s => s.Uri);
        }
    }
}
