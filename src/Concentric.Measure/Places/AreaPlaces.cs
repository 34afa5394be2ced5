using Concentric.Core.Data;
using Concentric.Measure.Contacts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Concentric.Measure.Places;

/// <summary>What one kind of list says of an area. A list replaces its own kind only, so that wards from one file and groups from another stand together.</summary>
public sealed class ListedArea
{
    public required string Council { get; init; }

    /// <summary>Which list says it: <see cref="PlaceKind.Areas"/>, <see cref="PlaceKind.OutputAreas"/> or <see cref="PlaceKind.Postcodes"/>.</summary>
    public required PlaceKind Kind { get; init; }

    /// <summary>Code of the area, as contacts name it.</summary>
    public required string Key { get; init; }

    public string? Label { get; init; }

    /// <summary>Name of the ward.</summary>
    public string? Ward { get; init; }

    /// <summary>Key of the profile group that most of the area belongs to.</summary>
    public string? Group { get; init; }

    /// <summary>Share of the area that belongs to it, 0 to 1; null where the list does not say.</summary>
    public double? GroupShare { get; init; }

    /// <summary>Deprivation decile, 1 the most deprived.</summary>
    public int? Decile { get; init; }

    internal sealed class Table : IEntityTypeConfiguration<ListedArea>
    {
        public void Configure(EntityTypeBuilder<ListedArea> table)
        {
            table.ToTable("measure_area");
            table.HasKey(a => new { a.Council, a.Kind, a.Key });
        }
    }
}

/// <summary>How many parts of an area (output areas) belong to a group.</summary>
public sealed class AreaMix
{
    public required string Council { get; init; }
    public required string Area { get; init; }

    /// <summary>Key of the profile group.</summary>
    public required string Group { get; init; }

    public required int Parts { get; init; }

    internal sealed class Table : IEntityTypeConfiguration<AreaMix>
    {
        public void Configure(EntityTypeBuilder<AreaMix> table)
        {
            table.ToTable("measure_area_mix");
            table.HasKey(a => new { a.Council, a.Area, a.Group });
        }
    }
}

/// <summary>A profile group of a council's lists: a kind of place, never of person.</summary>
public sealed class ProfileGroup
{
    public required string Council { get; init; }
    public required string Key { get; init; }
    public required string Label { get; init; }

    internal sealed class Table : IEntityTypeConfiguration<ProfileGroup>
    {
        public void Configure(EntityTypeBuilder<ProfileGroup> table)
        {
            table.ToTable("measure_group");
            table.HasKey(g => new { g.Council, g.Key });
        }
    }
}

/// <summary>An area with all that the lists say of it.</summary>
/// <param name="GroupShare">Share of the area that belongs to its group, 0 to 1; null where not known.</param>
public sealed record PlacedArea(string Key, string Label, string? Ward, string? Group, double? GroupShare, int? Decile)
{
    /// <summary>Whether parts of the area belong to another group.</summary>
    public bool IsMixed => GroupShare < 1;
}

/// <summary>The areas and groups of a council as its lists give them.</summary>
public sealed class AreaPlaces
{
    private AreaPlaces(IReadOnlyDictionary<string, PlacedArea> areas, IReadOnlyDictionary<string, string> groups) => (Areas, Groups) = (areas, groups);

    /// <summary>By key.</summary>
    public IReadOnlyDictionary<string, PlacedArea> Areas { get; }

    /// <summary>Words for profile groups, by key.</summary>
    public IReadOnlyDictionary<string, string> Groups { get; }

    /// <summary>Areas whose parts belong to more than one group.</summary>
    public int Mixed => Areas.Values.Count(a => a.IsMixed);

    public static async Task<AreaPlaces> Load(ConcentricDb db, string council, CancellationToken stop = default)
    {
        var listed = await db.Set<ListedArea>().AsNoTracking().Where(a => a.Council == council).ToListAsync(stop);
        var groups = await db.Set<ProfileGroup>().AsNoTracking().Where(g => g.Council == council).ToDictionaryAsync(g => g.Key, g => g.Label, stop);
        return new(listed.GroupBy(a => a.Key).ToDictionary(a => a.Key, Together, StringComparer.Ordinal), groups);
    }

    /// <summary>What the lists say of one area: a list of areas before output areas before postcodes, because it is the most direct. A group and its share come from the same list.</summary>
    private static PlacedArea Together(IGrouping<string, ListedArea> area)
    {
        var lists = area.OrderBy(a => a.Kind switch { PlaceKind.Areas => 0, PlaceKind.OutputAreas => 1, _ => 2 }).ToList();
        var grouped = lists.Find(a => a.Group is not null && a.GroupShare is not null) ?? lists.Find(a => a.Group is not null);
        return new(area.Key, lists.Find(a => a.Label is not null)?.Label ?? area.Key, lists.Find(a => a.Ward is not null)?.Ward,
            grouped?.Group, grouped?.GroupShare, lists.Find(a => a.Decile is not null)?.Decile);
    }

    /// <summary>As the contact store keeps areas.</summary>
    /// <param name="households">Households by area.</param>
    internal IReadOnlyList<AreaAttributes> Attributes(IReadOnlyDictionary<string, Population> households) =>
    [
        .. Areas.Values.OrderBy(a => a.Key, StringComparer.Ordinal)
            .Select(a => new AreaAttributes(a.Key, a.Label, a.Ward, a.Group, (byte)(a.Decile ?? 0), (int)(households.GetValueOrDefault(a.Key)?.Value ?? 0))),
    ];
}
