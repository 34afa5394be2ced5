using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Concentric.Measure.Places;

/// <summary>What a file about places says.</summary>
public enum PlaceKind
{
    /// <summary>Which area each postcode lies in, and what the list says of that area.</summary>
    Postcodes,

    /// <summary>Areas with name, ward and deprivation decile, and group where the file has it.</summary>
    Areas,

    /// <summary>The profile group of each output area, or counts of output areas by group: from it the group of an area and how mixed it is.</summary>
    OutputAreas,

    /// <summary>Names of profile groups.</summary>
    Groups,

    /// <summary>Residents or households by area, by group or by both.</summary>
    Populations,

    /// <summary>Those who could use a service, by area, by group or by both.</summary>
    Eligible,

    /// <summary>Outlines of areas or wards, as GeoJSON.</summary>
    Boundaries,
}

/// <summary>A list of places as it was brought: what it was, from when and where, and what became of its lines.</summary>
public sealed class PlaceList
{
    public required Guid Id { get; init; }

    /// <summary>Short name of the council.</summary>
    public required string Council { get; init; }

    public required PlaceKind Kind { get; init; }

    /// <summary>Of populations and boundaries, which: “persons by area”. A newer list replaces the older one of the same kind and part.</summary>
    public required string Part { get; init; }

    /// <summary>The year that the figures or the list are of.</summary>
    public required int Year { get; init; }

    /// <summary>Who published it.</summary>
    public required string Source { get; init; }

    public required string FileName { get; init; }

    /// <summary>SHA-256 of the file, hexadecimal.</summary>
    public required string Digest { get; init; }

    /// <summary>Lines with something on them, the header aside. Read = taken + unchanged + refused.</summary>
    public required long Read { get; init; }

    public required long Taken { get; init; }
    public required long Unchanged { get; init; }
    public required long Refused { get; init; }

    /// <summary>What stood in the older list and not in this one.</summary>
    public required long Removed { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Who brought it, as the journal names people.</summary>
    public required string By { get; init; }

    internal sealed class Table : IEntityTypeConfiguration<PlaceList>
    {
        public void Configure(EntityTypeBuilder<PlaceList> table) => table.ToTable("measure_place_list").HasKey(l => l.Id);
    }
}
