using Concentric.Needs.Concepts;
using Concentric.Needs.Directory;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Concentric.Needs.Searching;

/// <summary>What a search can find.</summary>
internal enum SearchKind { LifeEvent, Circumstance, Need, Service, Offer }

/// <summary>The words by which one thing of the model is found, cut as <see cref="SearchWords"/> cuts them, so that both databases hold the same.</summary>
internal sealed class SearchText
{
    public required long Id { get; init; }

    /// <summary>Address of a concept, identifier of an offer.</summary>
    public required string Subject { get; init; }
    public required SearchKind Kind { get; init; }

    /// <summary>Somebody wrote a name in citizens' words for it.</summary>
    public required bool InPlainWords { get; set; }
    public required string Name { get; set; }

    /// <summary>The published name beside a plain one, other names, and other words.</summary>
    public required string Others { get; set; }
    public required string Former { get; set; }
    public required string Definition { get; set; }

    /// <summary>Each word of it once.</summary>
    public IEnumerable<string> Words => $"{Name} {Others} {Former} {Definition}".Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal);

    /// <summary>The words of a concept; null where people do not search for such or it is retired.</summary>
    public static SearchText? Of(Concept concept, long id) => concept.InUse && KindOf(concept.Type) is { } kind ? new()
    {
        Id = id,
        Subject = concept.Uri,
        Kind = kind,
        InPlainWords = concept.CitizenLabel is not null || kind != SearchKind.Service,
        Name = Cut(concept.Plain),
        Others = Cut($"{(concept.CitizenLabel is null ? "" : concept.Label)} {concept.OtherNames} {concept.OtherWords}"),
        Former = Cut(concept.FormerLabels),
        Definition = Cut(concept.Definition),
    } : null;

    /// <summary>The words of an offer; null where it is withdrawn.</summary>
    public static SearchText? Of(Offer offer, long id) => offer.InUse ? new()
    {
        Id = id,
        Subject = offer.Identifier,
        Kind = SearchKind.Offer,
        InPlainWords = true,
        Name = Cut(offer.Name),
        Others = "",
        Former = "",
        Definition = Cut(offer.Description),
    } : null;

    private static SearchKind? KindOf(ConceptType type) => type switch
    {
        ConceptType.LifeEvent => SearchKind.LifeEvent,
        ConceptType.Circumstance => SearchKind.Circumstance,
        ConceptType.Need => SearchKind.Need,
        ConceptType.Service => SearchKind.Service,
        _ => null,
    };

    private static string Cut(string? text) => string.Join(' ', SearchWords.Of(text));

    private sealed class Table : IEntityTypeConfiguration<SearchText>
    {
        public void Configure(EntityTypeBuilder<SearchText> table)
        {
            table.ToTable("needs_search");
            table.HasKey(t => t.Id);
            table.Property(t => t.Id).ValueGeneratedNever();
            table.HasIndex(t => t.Subject).IsUnique();
            table.Ignore(t => t.Words);
        }
    }
}

/// <summary>One word of all texts: what a mistyped word is held against, and how rare each is.</summary>
internal sealed class SearchWord
{
    public required string Word { get; init; }

    /// <summary>How many texts hold it.</summary>
    public required int Documents { get; set; }

    private sealed class Table : IEntityTypeConfiguration<SearchWord>
    {
        public void Configure(EntityTypeBuilder<SearchWord> table)
        {
            table.ToTable("needs_search_word");
            table.HasKey(w => w.Word);
        }
    }
}
