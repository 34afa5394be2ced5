namespace Concentric.Measure.Contacts;

/// <summary>What is known of a batch beside its rows.</summary>
/// <param name="Scheme">What the rows' ids are unique in: the mapping's name or the generator's.</param>
/// <param name="FileName">As people know it.</param>
public sealed record BatchAbout(CouncilAttributes Council, string Scheme, string FileName)
{
    /// <summary>Words for services, by key; a service not named here is known by its key.</summary>
    public IReadOnlyList<Named> Services { get; init; } = [];

    /// <summary>Ward, profile group, decile and households of areas, by key.</summary>
    public IReadOnlyList<AreaAttributes> Areas { get; init; } = [];

    /// <summary>Words for profile groups.</summary>
    public IReadOnlyList<Named> Profiles { get; init; } = [];

    internal Manifest Describe(int batch, string fileDigest, string rowsDigest, DateTimeOffset now, ImportCounts counts, StagedRows staging)
    {
        var services = Services.ToDictionary(s => s.Key, StringComparer.Ordinal);
        var areas = Areas.ToDictionary(a => a.Key, StringComparer.Ordinal);
        // Areas without contacts are kept too: they are in the base of rates.
        var used = staging.Areas.ToHashSet(StringComparer.Ordinal);
        return new(batch, Council, Scheme, FileName, fileDigest, rowsDigest, now, counts,
            [.. staging.Services.Select(s => services.GetValueOrDefault(s) ?? new Named(s, Tail(s)))],
            [.. staging.Areas.Select(a => areas.GetValueOrDefault(a) ?? new AreaAttributes(a, a, null, null, 0, 0)), .. Areas.Where(a => !used.Contains(a.Key))],
            Profiles, [.. staging.Sources.Select(s => new Named(s, Tail(s)))])
        {
            Rows = staging.Kind,
            CountedNames = Plain(staging.CountedNames), Activities = Plain(staging.Activities), Actors = Plain(staging.Actors), Organisations = Plain(staging.Organisations),
            DemandTypes = Plain(staging.DemandTypes), SystemCauses = Plain(staging.SystemCauses),
        };

        static IReadOnlyList<Named> Plain(IEnumerable<string> names) => [.. names.Select(n => new Named(n, n))];
    }

    // Of “scheme:text”, the text is what people know.
    private static string Tail(string key) => key.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon ? key[(colon + 1)..] : key;
}
