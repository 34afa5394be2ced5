using Concentric.Core;
using Concentric.Needs.Concepts;
using Concentric.Needs.Standards.Reading;

namespace Concentric.Needs.Standards;

/// <summary>What a person says of a list when they import it; most files say it themselves.</summary>
public sealed record ListOptions
{
    /// <summary>Address of the list, or the short name of one that is held.</summary>
    public string? Scheme { get; init; }

    /// <summary>Name of a list that is not held yet.</summary>
    public string? Label { get; init; }

    /// <summary>What its entries are: need, circumstance, life-event, service and so on.</summary>
    public string? Type { get; init; }

    /// <summary>Entries that the file no longer has are retired where nothing uses them, and links that it no longer has are taken away.</summary>
    public bool Withdraw { get; init; }
}

/// <summary>The list that a file is imported into, held already or new.</summary>
internal sealed record ListTarget
{
    private const string NotStated = "Not stated in the file";

    public required string Uri { get; init; }
    public required string Identifier { get; init; }
    public required string Label { get; init; }
    public required ConceptType Type { get; init; }

    /// <summary>The version held from now on.</summary>
    public required string Version { get; init; }
    public required string Licence { get; init; }
    public required string Attribution { get; init; }
    public required Scheme? Held { get; init; }
    public required KnownList? Known { get; init; }

    /// <summary>A list of the council's own: its entries are in nobody's published list.</summary>
    public bool IsOurs => Uri.StartsWith(SchemeUris.Ours, StringComparison.Ordinal);

    /// <summary>The list that a file belongs to; null for a file that has links alone and was not told a list.</summary>
    /// <exception cref="RefusedException">The file does not say which list it is, and neither does the person.</exception>
    public static ListTarget? Of(NeedModel model, ListFile file, ListOptions options)
    {
        var (wanted, header) = (Filled(options.Scheme), file.Header);
        var known = KnownLists.At(wanted, out _) ?? KnownLists.Named(wanted) ?? (wanted is null ? KnownLists.At(header.Uri, out _) : null);
        var held = wanted is null ? null : model.Schemes.FirstOrDefault(s => s.Uri == wanted) ?? model.Schemes.FirstOrDefault(s => s.Identifier == wanted);
        if (held is not null) known = KnownLists.At(held.Uri, out _);
        var links = file.Entries.Count == 0;
        var uri = held?.Uri ?? known?.Uri ?? (IsAddress(wanted) ? wanted : wanted is null && !links && IsAddress(header.Uri) ? header.Uri : null);
        if (uri is null && wanted is not null) throw new RefusedException($"“{wanted}” is neither the full address of a list nor the short name of one that is held.");
        if (uri is null && links) return null;
        if (uri is null && Filled(options.Label) is { } own) uri = $"{SchemeUris.Ours}/list/{Slug(own)}";
        if (uri is null) throw new RefusedException("The file does not say which list it is. Say the list's address (--scheme) or, for a list of your own, its name (--label).");

        held ??= model.Schemes.FirstOrDefault(s => s.Uri == uri);
        var label = held?.Label ?? Filled(options.Label) ?? header.Label ?? known?.Label ?? uri.TrimEnd('/').Split('/', '#')[^1];
        return new()
        {
            Uri = uri,
            Identifier = held?.Identifier ?? Free(model, known?.Identifier ?? Slug(header.Identifier ?? label), uri),
            Label = label,
            Type = TypeOf(model, uri, known, options, header),
            Version = header.Version ?? held?.Version ?? "1",
            Licence = header.Licence ?? held?.Licence ?? (known is null ? NotStated : Seeding.SeedFiles.Ogl),
            Attribution = header.Attribution ?? held?.Attribution ?? (known is null ? NotStated : Seeding.SeedFiles.EsdAttribution),
            Held = held,
            Known = known,
        };
    }

    /// <summary>The address of an entry: the file's own, else the form that its publisher is known to use, else one of ours.</summary>
    public string UriOf(ListEntry entry) => entry.Uri is { } given ? KnownLists.Plain(given)
        : Known?.UriOf(entry.Identifier)
        ?? (Uri == SchemeUris.SchemeOf(Type) ? SchemeUris.UriOf(Type, System.Uri.EscapeDataString(entry.Identifier)) : $"{SchemeUris.Ours}/{Slug(Identifier)}/{System.Uri.EscapeDataString(entry.Identifier)}");

    /// <summary>The type that a word means: <c>life-event</c>, <c>Life event</c>, <c>LifeEvent</c>.</summary>
    public static ConceptType? TypeNamed(string? word) =>
        Enum.TryParse<ConceptType>(word?.Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var type) && Enum.IsDefined(type) && !char.IsAsciiDigit(word![0]) ? type : null;

    private static ConceptType TypeOf(NeedModel model, string uri, KnownList? known, ListOptions options, ListHeader header)
    {
        if (model.Concepts.FirstOrDefault(c => c.Scheme == uri) is { } one) return one.Type;
        if (Filled(options.Type) is { } word)
            return TypeNamed(word) ?? throw new RefusedException($"“{word}” is no type of entry. It may be {string.Join(", ", Enum.GetValues<ConceptType>().Select(SchemeUris.Word))}.");
        return TypeNamed(known?.Word) ?? TypeNamed(header.Type) ?? ConceptType.Subject;
    }

    // Two lists may call themselves "needs": ours and that of esd-toolkit.
    private static string Free(NeedModel model, string identifier, string uri)
    {
        var taken = model.Schemes.Select(s => s.Identifier).Append("import").ToHashSet(StringComparer.OrdinalIgnoreCase);
        var names = new[] { identifier, uri.StartsWith(SchemeUris.Esd, StringComparison.Ordinal) ? $"esd-{identifier}" : $"{identifier}-2" }.Concat(Enumerable.Range(3, 1000).Select(n => $"{identifier}-{n}"));
        return names.First(n => !taken.Contains(n));
    }

    private static string Slug(string text)
    {
        var slug = string.Join('-', new string([.. text.Select(c => char.IsAsciiLetterOrDigit(c) ? c : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return slug.Length == 0 ? "list" : slug[..Math.Min(slug.Length, 60)].ToLowerInvariant();
    }

    private static bool IsAddress(string? text) => System.Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" or "urn";

    private static string? Filled(string? text) => text?.Trim() is { Length: > 0 } filled ? filled : null;
}
