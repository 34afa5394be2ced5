using Concentric.Needs.Concepts;

namespace Concentric.Needs.Standards;

/// <summary>A service by its identifier and name.</summary>
public sealed record NamedService(string Id, string Label);

/// <summary>A service whose published name is another in the file.</summary>
public sealed record RenamedService(string Id, string From, string To);

/// <summary>How a file of services differs from the list that is held.</summary>
public sealed record ServiceChanges
{
    /// <summary>In the file and not held.</summary>
    public required IReadOnlyList<NamedService> Added { get; init; }

    /// <summary>Held under another name.</summary>
    public required IReadOnlyList<RenamedService> Renamed { get; init; }

    /// <summary>Held under the same name with another description, or with none.</summary>
    public required IReadOnlyList<NamedService> Redescribed { get; init; }

    /// <summary>How many are the same.</summary>
    public required int Unchanged { get; init; }

    /// <summary>Held and not in the file. They are kept: something may point at them.</summary>
    public required IReadOnlyList<NamedService> Missing { get; init; }

    internal bool Any => Added.Count + Renamed.Count + Redescribed.Count > 0;

    internal static ServiceChanges Of(IReadOnlyDictionary<string, Concept> held, IReadOnlyList<ServiceRow> rows)
    {
        var known = rows.Where(r => held.ContainsKey(r.Identifier)).Select(r => (Row: r, Held: held[r.Identifier])).ToList();
        var inFile = rows.Select(r => r.Identifier).ToHashSet(StringComparer.Ordinal);
        var renamed = known.Where(k => k.Held.Label != k.Row.Label).ToList();
        // A file without a description does not take away the one that is held.
        var redescribed = known.Where(k => k.Held.Label == k.Row.Label && k.Row.Description is not null && k.Held.Definition != k.Row.Description).ToList();
        return new()
        {
            Added = [.. rows.Where(r => !held.ContainsKey(r.Identifier)).Select(r => new NamedService(r.Identifier, r.Label))],
            Renamed = [.. renamed.Select(k => new RenamedService(k.Row.Identifier, k.Held.Label, k.Row.Label))],
            Redescribed = [.. redescribed.Select(k => new NamedService(k.Row.Identifier, k.Row.Label))],
            Unchanged = known.Count - renamed.Count - redescribed.Count,
            Missing = [.. held.Values.Where(c => !inFile.Contains(c.Identifier)).OrderBy(c => c.Identifier.Length).ThenBy(c => c.Identifier, StringComparer.Ordinal).Select(c => new NamedService(c.Identifier, c.Label))],
        };
    }
}
