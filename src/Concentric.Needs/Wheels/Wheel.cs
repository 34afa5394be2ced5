using Concentric.Needs.Circles;
using Concentric.Needs.Concepts;
using Concentric.Needs.Directory;

namespace Concentric.Needs.Wheels;

/// <summary>A need on the wheel, with the services that meet it.</summary>
public sealed record WheelNeed
{
    public required string Slug { get; init; }
    public required string Label { get; init; }
    public required string Uri { get; init; }

    /// <summary>Who offers any of its services.</summary>
    public required Provider MetBy { get; init; }

    /// <summary>The services that are said to meet it, surest first; none is a gap.</summary>
    public required IReadOnlyList<CircleService> Services { get; init; }

    internal bool IsGap => Services.Count == 0 || MetBy == Provider.Nobody;
}

/// <summary>The needs of one part of what councils do.</summary>
public sealed record WheelGroup
{
    /// <summary>From 1, as it stands on the wheel.</summary>
    public required int Number { get; init; }
    public required string Label { get; init; }
    public required IReadOnlyList<WheelNeed> Needs { get; init; }
}

/// <summary>All needs of the model in one round, each with who meets it.</summary>
/// <remarks>A need stands in the root function that holds most of the services that meet it (of as many, the first by name); one without services in a group of its own.</remarks>
public sealed record Wheel
{
    /// <summary>Number of the edition of the model that this was read from.</summary>
    public required int Edition { get; init; }
    public required IReadOnlyList<WheelGroup> Groups { get; init; }

    internal IEnumerable<WheelNeed> Needs => Groups.SelectMany(g => g.Needs);

    private const string NoService = "No service yet";
    private const string NoFunction = "Other needs";

    internal static Wheel Of(NeedModel model, string own)
    {
        var roots = new Dictionary<string, string?>(StringComparer.Ordinal);
        var needs = model.InUse(ConceptType.Need).Select(need =>
        {
            var services = model.From(need.Uri, Predicate.AddressedBy).DistinctBy(r => r.Object).Select(r => CircleService.Of(model, r, own)).ToList();
            return (Group: GroupOf(services), Need: new WheelNeed { Slug = need.Identifier, Label = need.Plain, Uri = need.Uri, MetBy = Together(services.Select(s => s.Provider)), Services = services });
        }).ToList();
        // Groups by name; those that are none of a function at the end.
        var groups = needs.GroupBy(n => n.Group).OrderBy(g => g.Key == NoService).ThenBy(g => g.Key == NoFunction).ThenBy(g => g.Key, StringComparer.OrdinalIgnoreCase);
        return new()
        {
            Edition = model.Edition,
            Groups = [.. groups.Select((g, index) => new WheelGroup { Number = index + 1, Label = g.Key, Needs = [.. g.Select(n => n.Need)] })],
        };

        string GroupOf(List<CircleService> services)
        {
            if (services.Count == 0) return NoService;
            return services.SelectMany(s => model.To(s.Uri, Predicate.Contains).Select(r => Root(model, r.Subject, roots)).OfType<string>().Distinct())
                .GroupBy(r => r).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.OrdinalIgnoreCase).FirstOrDefault()?.Key ?? NoFunction;
        }
    }

    /// <summary>The name of the function at the top of the list above one.</summary>
    private static string? Root(NeedModel model, string function, Dictionary<string, string?> known)
    {
        if (known.TryGetValue(function, out var root)) return root;
        // A list whose entries lie under one another in a ring has no top: what was seen before ends the way up.
        var (at, seen) = (function, new HashSet<string>(StringComparer.Ordinal));
        while (seen.Add(at) && model.From(at, Predicate.Broader).FirstOrDefault() is { } up) at = up.Object;
        return known[function] = model.Find(at)?.Plain;
    }

    private static Provider Together(IEnumerable<Provider> providers)
    {
        var all = providers.ToHashSet();
        if (all.Contains(Provider.NotKnown)) return Provider.NotKnown;
        var (ours, partner) = (all.Contains(Provider.Ours) || all.Contains(Provider.Both), all.Contains(Provider.Partner) || all.Contains(Provider.Both));
        return (ours, partner) switch { (true, true) => Provider.Both, (true, false) => Provider.Ours, (false, true) => Provider.Partner, _ => Provider.Nobody };
    }
}
