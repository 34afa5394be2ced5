namespace Concentric.Needs.Standards.Reading;

/// <summary>What kind of other name an entry has. All are for the search; hidden is what is only for it, as common mistakes in writing.</summary>
internal enum NameKind { Citizen, Historic, Legal, Hidden }

/// <summary>Another name of an entry, beside the one that its list publishes.</summary>
internal sealed record OtherName(string Text, NameKind Kind);

/// <summary>What a file says of the list that it holds. What it does not say is null.</summary>
internal sealed record ListHeader
{
    /// <summary>The address of the list.</summary>
    public string? Uri { get; init; }

    /// <summary>Its short name.</summary>
    public string? Identifier { get; init; }
    public string? Label { get; init; }

    /// <summary>The publisher's own counting; otherwise the latest date in the file.</summary>
    public string? Version { get; init; }
    public string? Licence { get; init; }
    public string? Attribution { get; init; }
    public string? Source { get; init; }
    public DateOnly? Modified { get; init; }

    /// <summary>What the entries are, in the file's own word: <c>Service</c>, <c>Function</c>.</summary>
    public string? Type { get; init; }
}

/// <summary>One entry of a list, as its file has it.</summary>
internal sealed record ListEntry
{
    public required string Identifier { get; init; }

    /// <summary>Its address, where the file gives one.</summary>
    public string? Uri { get; init; }
    public required string Label { get; init; }
    public IReadOnlyList<OtherName> OtherNames { get; init; } = [];
    public string? Definition { get; init; }
    public string? ScopeNote { get; init; }
    public string? HistoryNote { get; init; }
    public DateOnly? Created { get; init; }
    public DateOnly? Modified { get; init; }
    public string? Type { get; init; }

    /// <summary>The publisher has taken it out of use.</summary>
    public bool Retired { get; init; }

    /// <summary>Identifiers or addresses of those that took its place.</summary>
    public IReadOnlyList<string> ReplacedBy { get; init; } = [];

    /// <summary>Identifiers of the broader entries, in this list; an entry may have several.</summary>
    public IReadOnlyList<string> Parents { get; init; } = [];

    /// <summary>Where it stands; <see cref="ListFile.Where"/> makes a line and a column of it.</summary>
    public required long At { get; init; }
}

/// <summary>One end of a link: an address, or an identifier in a list, or (where a file has neither) a word for its list.</summary>
internal sealed record LinkEnd
{
    public string? Uri { get; init; }

    /// <summary>The address of the list or a word for it, such as <c>service</c>; null is the list of the file itself.</summary>
    public string? List { get; init; }
    public string? Identifier { get; init; }
    public string? Label { get; init; }

    public override string ToString() => Uri ?? (List is null ? Identifier! : $"{List} {Identifier}");
}

/// <summary>One statement that a file makes about two entries, of one list or of two.</summary>
internal sealed record ListLink
{
    /// <summary>The predicate of a link that says only that two entries belong together: what it means goes by their lists.</summary>
    public const string Mapped = "mapped";

    /// <summary>The predicate of an entry that stands inside another of a different kind.</summary>
    public const string Contains = "contains";

    public required LinkEnd Subject { get; init; }

    /// <summary>The full address of the predicate, or <see cref="Mapped"/> or <see cref="Contains"/>.</summary>
    public required string Predicate { get; init; }
    public required LinkEnd Object { get; init; }
    public required long At { get; init; }
}

/// <summary>A list of a standard as a file holds it: checked, and nothing of it written yet.</summary>
internal sealed record ListFile
{
    public required SourceText Source { get; init; }

    /// <summary>Which form the file has, in words.</summary>
    public required string Format { get; init; }
    public required ListHeader Header { get; init; }
    public required IReadOnlyList<ListEntry> Entries { get; init; }
    public required IReadOnlyList<ListLink> Links { get; init; }

    /// <summary>The file says that it is a part of its list, so what it does not have is not withdrawn.</summary>
    public bool IsPart { get; init; }

    /// <summary>What a reader of the report should know about how the file was read.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Makes a line and a column of the place of an entry or a link.</summary>
    public required Func<long, Place> Where { get; init; }

    public BadFileException Bad(long at, string reason) => Source.Bad(Where(at), reason);
}
