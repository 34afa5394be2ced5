namespace Concentric.Needs.Standards;

/// <summary>An entry of a list by its identifier and name.</summary>
public sealed record NamedEntry(string Id, string Label);

/// <summary>An entry whose published name is another.</summary>
public sealed record RenamedEntry(string Id, string From, string To);

/// <summary>An entry that stands below others than before. Names of the broader entries.</summary>
public sealed record MovedEntry(string Id, string Label, IReadOnlyList<string> From, IReadOnlyList<string> To);

/// <summary>An entry that is held and that the new list no longer has, with what points at it.</summary>
/// <param name="UsedBy">In words, what of the model needs it. While there is any, it stays in use.</param>
public sealed record WithdrawnEntry(string Id, string Label, IReadOnlyList<string> UsedBy);

/// <summary>A link between two entries, by their names.</summary>
public sealed record NamedLink(string From, string Relation, string To);

/// <summary>Something of a file that is not taken over, with its place and the reason.</summary>
public sealed record LeftOut(int Line, int Column, string What, string Reason);

/// <summary>How a list differs from another state of it: a file from what is held, or a version from one before.</summary>
public sealed record ListDiff
{
    internal static readonly ListDiff Nothing = new() { Added = [], Renamed = [], Redescribed = [], Moved = [], Returned = [], Withdrawn = [], Unchanged = 0, LinksAdded = [], LinksGone = [], LinksKept = 0, LeftOut = [] };

    /// <summary>Not there before.</summary>
    public required IReadOnlyList<NamedEntry> Added { get; init; }

    public required IReadOnlyList<RenamedEntry> Renamed { get; init; }

    /// <summary>The same name, and something else of it is different: description, notes, dates, other names.</summary>
    public required IReadOnlyList<NamedEntry> Redescribed { get; init; }

    /// <summary>They stand below others; each may be renamed or redescribed besides.</summary>
    public required IReadOnlyList<MovedEntry> Moved { get; init; }

    /// <summary>They had been withdrawn and are there again.</summary>
    public required IReadOnlyList<NamedEntry> Returned { get; init; }

    /// <summary>No longer there. Never deleted: retired where that is asked for and nothing uses them.</summary>
    public required IReadOnlyList<WithdrawnEntry> Withdrawn { get; init; }

    /// <summary>How many entries are the same.</summary>
    public required int Unchanged { get; init; }

    public required IReadOnlyList<NamedLink> LinksAdded { get; init; }

    /// <summary>Links of the same source that are no longer there.</summary>
    public required IReadOnlyList<NamedLink> LinksGone { get; init; }

    /// <summary>How many links are the same.</summary>
    public required int LinksKept { get; init; }

    /// <summary>Of a file: what points at nothing that is held, or says nothing that the model can hold.</summary>
    public required IReadOnlyList<LeftOut> LeftOut { get; init; }
}
