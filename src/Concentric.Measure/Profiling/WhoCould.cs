using Concentric.Measure.Contacts;
using Concentric.Measure.Places;

namespace Concentric.Measure.Profiling;

/// <summary>Who could use a service: by group and by area, in codes of the contact store.</summary>
public sealed record WhoCould
{
    public required IReadOnlyDictionary<int, long> Groups { get; init; }
    public required IReadOnlyDictionary<int, long> Areas { get; init; }
    public required PopulationUnit Unit { get; init; }

    /// <summary>Only those who could use this service, and not everybody who lives there.</summary>
    public required bool IsEligible { get; init; }

    /// <summary>Year and source.</summary>
    public required string Source { get; init; }

    public bool HasGroups => Groups.Count > 1;

    public bool HasAreas => Areas.Count > 0;

    /// <summary>What they are called: “eligible persons”, “residents”, “households”.</summary>
    public string Words => (IsEligible, Unit) switch
    {
        (true, PopulationUnit.Persons) => "people who could use it",
        (true, _) => "households that could use it",
        (false, PopulationUnit.Persons) => "residents",
        _ => "households",
    };

    /// <summary>For a service: those eligible where a list gives them, else everybody; null where no list gives either.</summary>
    internal static WhoCould? Of(Populations populations, string? service, int council, ContactDimensions names)
    {
        var eligible = service is null ? null : populations.EligibleFor(service);
        var of = eligible ?? populations.Best;
        if (of.IsEmpty) return null;
        var groups = names.Profiles.Where(p => p.Code > 0).ToDictionary(p => p.Key, p => p.Code, StringComparer.Ordinal);
        var areas = names.Areas.Where(a => a.Council == council && a.Code > 0).ToDictionary(a => a.Key, a => a.Code, StringComparer.Ordinal);
        var all = of.ByArea.Values.Concat(of.ByGroup.Values).ToList();
        return new()
        {
            Groups = Coded(of.ByGroup, groups),
            Areas = Coded(of.ByArea, areas),
            Unit = of.Unit,
            IsEligible = eligible is not null,
            Source = all.Count == 0 ? "" : $"{string.Join("; ", all.SelectMany(p => p.Source.Split("; ")).Distinct())}, {all.Min(p => p.Year)}",
        };
    }

    private static Dictionary<int, long> Coded(IReadOnlyDictionary<string, Population> populations, Dictionary<string, int> codes) =>
        populations.Where(p => codes.ContainsKey(p.Key) && p.Value.Value > 0).ToDictionary(p => codes[p.Key], p => p.Value.Value);
}
