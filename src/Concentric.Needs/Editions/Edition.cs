using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Concentric.Needs.Editions;

internal enum EditionKind { Seed, Import, Edit, Undo }

/// <summary>
/// A change of the need model as a whole: a draft until it is published, then a number that never changes. The model is at every moment the sum
/// of its editions, so each can be looked at, compared and undone, and a suggestion can name the edition it came from.
/// </summary>
internal sealed class Edition
{
    public required Guid Id { get; init; }

    /// <summary>From 1; null for a draft.</summary>
    public int? Number { get; private set; }
    public required EditionKind Kind { get; init; }
    public required string Title { get; set; }

    /// <summary>Why the model was changed, in the words of who did it.</summary>
    public required string Why { get; set; }

    /// <summary>Id of the person of the staff who began it, or an <see cref="Core.Journal.Actor"/>.</summary>
    public required string By { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public DateTimeOffset? PublishedAt { get; private set; }

    /// <summary>Import: address of the list.</summary>
    public string? Scheme { get; init; }

    /// <summary>Import: the list's version from this edition on.</summary>
    public string? SchemeVersion { get; init; }

    /// <summary>Import: name of the file as given.</summary>
    public string? File { get; init; }

    /// <summary>Import: SHA-256 of the file, hexadecimal.</summary>
    public string? Digest { get; init; }

    /// <summary>Undo: the number of the edition that it takes back.</summary>
    public int? Undoes { get; init; }

    public void Publish(int number, DateTimeOffset now)
    {
        if (Number is { } already) throw new InvalidOperationException($"Edition {already} has already been published.");
        (Number, PublishedAt) = (number, now);
    }

    private sealed class Table : IEntityTypeConfiguration<Edition>
    {
        public void Configure(EntityTypeBuilder<Edition> table)
        {
            table.ToTable("needs_edition");
            table.HasKey(e => e.Id);
            table.HasIndex(e => e.Number).IsUnique();
        }
    }
}
