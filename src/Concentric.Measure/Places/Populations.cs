using Concentric.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Concentric.Measure.Places;

/// <summary>What a population counts.</summary>
public enum PopulationUnit { Persons, Households }

/// <summary>How many live in an area, in places of a group, or in both, all of them or those who could use a service.</summary>
public sealed class PopulationRow
{
    public required string Council { get; init; }

    /// <summary>Key of the service for those who could use it; empty for everybody.</summary>
    public required string Service { get; init; }

    public required PopulationUnit Unit { get; init; }

    /// <summary>Key of the area; empty for the whole council.</summary>
    public required string Area { get; init; }

    /// <summary>Key of the profile group; empty for all.</summary>
    public required string Group { get; init; }

    public required long Value { get; init; }

    /// <summary>The year of the figure.</summary>
    public required int Year { get; init; }

    /// <summary>Who published it.</summary>
    public required string Source { get; init; }

    /// <summary>“by area”, “by group”, “by area and group” or “in all”: rows of the same shape are replaced together.</summary>
    internal string Shape => ShapeOf(Area, Group);

    internal static string ShapeOf(string area, string group) => (area.Length > 0, group.Length > 0) switch
    {
        (true, true) => "by area and group",
        (true, false) => "by area",
        (false, true) => "by group",
        _ => "in all",
    };

    internal sealed class Table : IEntityTypeConfiguration<PopulationRow>
    {
        public void Configure(EntityTypeBuilder<PopulationRow> table)
        {
            table.ToTable("measure_population");
            table.HasKey(p => new { p.Council, p.Service, p.Unit, p.Area, p.Group });
            table.Ignore(p => p.Shape);
        }
    }
}

/// <summary>A population with its year and source.</summary>
/// <param name="IsDerived">Added up from areas by the group that most of each belongs to, because no list gives it by group.</param>
public sealed record Population(long Value, PopulationUnit Unit, int Year, string Source, bool IsDerived = false);

/// <summary>The populations of a council: everybody, and for each service those who could use it.</summary>
public sealed class Populations
{
    private readonly Dictionary<PopulationUnit, PopulationBase> _residents;
    private readonly Dictionary<string, PopulationBase> _eligible;

    private Populations(Dictionary<PopulationUnit, PopulationBase> residents, Dictionary<string, PopulationBase> eligible) => (_residents, _eligible) = (residents, eligible);

    /// <summary>Everybody, in that unit; a base with nothing in it where no list gives it.</summary>
    public PopulationBase Residents(PopulationUnit unit) => _residents.GetValueOrDefault(unit) ?? PopulationBase.Nothing(unit);

    /// <summary>Persons where they are known, else households.</summary>
    public PopulationBase Best => Residents(PopulationUnit.Persons) is { IsEmpty: false } persons ? persons : Residents(PopulationUnit.Households);

    /// <summary>Those who could use a service, null where no list gives them. Which unit they are in is the list's choice: persons before households where there are both.</summary>
    /// <param name="service">Key of the service, as the contact store names it.</param>
    public PopulationBase? EligibleFor(string service) => _eligible.GetValueOrDefault(service);

    /// <summary>Keys of the services whose eligible population is known.</summary>
    public IReadOnlyCollection<string> Services => _eligible.Keys;

    public static async Task<Populations> Load(ConcentricDb db, string council, CancellationToken stop = default)
    {
        var rows = await db.Set<PopulationRow>().AsNoTracking().Where(p => p.Council == council).ToListAsync(stop);
        var places = await AreaPlaces.Load(db, council, stop);
        var bases = rows.GroupBy(r => (r.Service, r.Unit)).Select(g => (g.Key.Service, Base: PopulationBase.Of(g.Key.Unit, [.. g], places))).ToList();
        return new(
            bases.Where(b => b.Service.Length == 0).ToDictionary(b => b.Base.Unit, b => b.Base),
            bases.Where(b => b.Service.Length > 0).GroupBy(b => b.Service, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.MinBy(b => b.Base.Unit).Base, StringComparer.Ordinal));
    }
}

/// <summary>A population by area, by group and by both, as far as lists give it.</summary>
public sealed class PopulationBase
{
    public required PopulationUnit Unit { get; init; }

    /// <summary>By key of the area.</summary>
    public required IReadOnlyDictionary<string, Population> ByArea { get; init; }

    /// <summary>By key of the profile group; where no list gives it, added up from areas (<see cref="Population.IsDerived"/>).</summary>
    public required IReadOnlyDictionary<string, Population> ByGroup { get; init; }

    /// <summary>By area and group, only where a list gives it.</summary>
    public required IReadOnlyDictionary<(string Area, string Group), Population> ByAreaAndGroup { get; init; }

    /// <summary>The whole council: as a list gives it, else the sum of its areas, else of its groups; null where nothing is known.</summary>
    public required Population? Total { get; init; }

    /// <summary>Areas with a population whose group no list gives: they are in no group's sum.</summary>
    public required int AreasWithoutGroup { get; init; }

    public bool IsEmpty => ByArea.Count == 0 && ByGroup.Count == 0 && Total is null;

    internal static PopulationBase Nothing(PopulationUnit unit) => new()
    {
        Unit = unit,
        ByArea = new Dictionary<string, Population>(),
        ByGroup = new Dictionary<string, Population>(),
        ByAreaAndGroup = new Dictionary<(string, string), Population>(),
        Total = null,
        AreasWithoutGroup = 0,
    };

    internal static PopulationBase Of(PopulationUnit unit, IReadOnlyList<PopulationRow> rows, AreaPlaces places)
    {
        static Population Said(PopulationRow r) => new(r.Value, r.Unit, r.Year, r.Source);
        var both = rows.Where(r => r.Area.Length > 0 && r.Group.Length > 0).ToDictionary(r => (r.Area, r.Group), Said);
        var areas = rows.Where(r => r.Area.Length > 0 && r.Group.Length == 0).ToDictionary(r => r.Area, Said, StringComparer.Ordinal);
        if (areas.Count == 0) areas = Sum(both.Select(b => (b.Key.Area, b.Value)));
        var groups = rows.Where(r => r.Area.Length == 0 && r.Group.Length > 0).ToDictionary(r => r.Group, Said, StringComparer.Ordinal);
        var without = 0;
        if (groups.Count == 0 && both.Count > 0) groups = Sum(both.Select(b => (b.Key.Group, b.Value)));
        else if (groups.Count == 0)
        {
            var grouped = areas.Select(a => (Group: places.Areas.GetValueOrDefault(a.Key)?.Group, a.Value)).ToList();
            without = grouped.Count(a => a.Group is null);
            groups = Sum(grouped.Where(a => a.Group is not null).Select(a => (a.Group!, a.Value)));
        }
        var total = rows.FirstOrDefault(r => r.Area.Length == 0 && r.Group.Length == 0) is { } said ? Said(said)
            : areas.Count > 0 ? Add(areas.Values) : groups.Count > 0 ? Add(groups.Values) : null;
        return new() { Unit = unit, ByArea = areas, ByGroup = groups, ByAreaAndGroup = both, Total = total, AreasWithoutGroup = without };
    }

    private static Dictionary<string, Population> Sum(IEnumerable<(string Key, Population Value)> parts) =>
        parts.GroupBy(p => p.Key, StringComparer.Ordinal).ToDictionary(g => g.Key, g => Add(g.Select(p => p.Value)), StringComparer.Ordinal);

    // Of different years the oldest is said: a sum is as old as its oldest part.
    private static Population Add(IEnumerable<Population> parts)
    {
        var all = parts.ToList();
        return new(all.Sum(p => p.Value), all[0].Unit, all.Min(p => p.Year), string.Join("; ", all.Select(p => p.Source).Distinct()), IsDerived: true);
    }
}
