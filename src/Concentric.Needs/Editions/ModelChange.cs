using System.Text.Json;
using Concentric.Needs.Concepts;
using Concentric.Needs.Directory;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Concentric.Needs.Editions;

internal enum ChangedThing { Concept, Relation, Offer, Place }

/// <summary>One thing of the model as it was before an edition and as it is after, each whole and in JSON; nothing where it was not there or is no longer.</summary>
internal sealed class ModelChange
{
    public required Guid Edition { get; init; }

    /// <summary>From 1 in its edition: the order in which changes are made.</summary>
    public required int Place { get; init; }
    public required ChangedThing Kind { get; init; }

    /// <summary>Address of a concept, key of a relation, identifier of an offer or a place.</summary>
    public required string Subject { get; init; }
    public required string? Before { get; init; }
    public required string? After { get; set; }

    /// <summary>Who made this change, which in a draft of several people need not be who began it.</summary>
    public required string By { get; set; }
    public required DateTimeOffset At { get; set; }

    /// <summary>Why this one thing was changed.</summary>
    public string? Why { get; set; }

    /// <summary>How a thing is written into a change. Equal things give equal texts.</summary>
    public static string Written<T>(T thing) => JsonSerializer.Serialize(thing, StoredJson.Options);

    /// <summary>The thing after the change, or null.</summary>
    public T? AfterAs<T>() where T : class => StoredJson.Read<T>(After);

    /// <summary>The thing before the change, or null.</summary>
    public T? BeforeAs<T>() where T : class => StoredJson.Read<T>(Before);

    private sealed class Table : IEntityTypeConfiguration<ModelChange>
    {
        public void Configure(EntityTypeBuilder<ModelChange> table)
        {
            table.ToTable("needs_edition_change");
            table.HasKey(c => new { c.Edition, c.Place });
            table.HasIndex(c => c.Subject);
        }
    }
}

/// <summary>The changes of an edition as they are gathered, one a thing.</summary>
internal sealed class ChangeList(Guid edition, string by, DateTimeOffset at)
{
    private readonly List<ModelChange> _changes = [];

    public IReadOnlyList<ModelChange> All => _changes;

    public void Add(Concept? before, Concept? after, string? why = null) => Add(ChangedThing.Concept, (after ?? before)!.Uri, before, after, why);
    public void Add(Relation? before, Relation? after, string? why = null) => Add(ChangedThing.Relation, (after ?? before)!.Key, before, after, why);
    public void Add(Offer? before, Offer? after, string? why = null) => Add(ChangedThing.Offer, (after ?? before)!.Identifier, before, after, why);
    public void Add(Place? before, Place? after, string? why = null) => Add(ChangedThing.Place, (after ?? before)!.Identifier, before, after, why);

    /// <summary>A change as it was written before, as an undo and a workshop have it.</summary>
    public void Add(ChangedThing kind, string subject, string? before, string? after, string? why = null)
    {
        // What stays as it was is no change.
        if (before == after) return;
        _changes.Add(new() { Edition = edition, Place = _changes.Count + 1, Kind = kind, Subject = subject, Before = before, After = after, By = by, At = at, Why = why });
    }

    private void Add<T>(ChangedThing kind, string subject, T? before, T? after, string? why) where T : class =>
        Add(kind, subject, before is null ? null : ModelChange.Written(before), after is null ? null : ModelChange.Written(after), why);
}
