using System.Collections.Frozen;
using Concentric.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Concentric.Measure.Places;

/// <summary>That a postcode lies in an area: one line of a council's list.</summary>
public sealed class PlacedPostcode
{
    /// <summary>Short name of the council whose list it is.</summary>
    public required string Council { get; init; }

    /// <summary>Upper case, without the blank: <c>M154AB</c>.</summary>
    public required string Postcode { get; init; }

    /// <summary>Code of the area, such as that of an LSOA.</summary>
    public required string Area { get; set; }

    internal sealed class Table : IEntityTypeConfiguration<PlacedPostcode>
    {
        public void Configure(EntityTypeBuilder<PlacedPostcode> table)
        {
            table.ToTable("measure_postcode");
            table.HasKey(p => new { p.Council, p.Postcode });
        }
    }
}

/// <summary>The area that each postcode of a council's list lies in.</summary>
public sealed class PostcodeAreas(IEnumerable<KeyValuePair<string, string>> areas)
{
    private readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> _areas = areas.ToFrozenDictionary(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>A list with nothing in it.</summary>
    public static PostcodeAreas None { get; } = new([]);

    public static async Task<PostcodeAreas> Load(ConcentricDb db, string council, CancellationToken stop = default) =>
        new(await db.Set<PlacedPostcode>().AsNoTracking().Where(p => p.Council == council).ToDictionaryAsync(p => p.Postcode, p => p.Area, stop));

    /// <summary>The area of a postcode as somebody wrote it, with blanks and in either case; null where the list does not have it.</summary>
    public string? AreaOf(ReadOnlySpan<char> postcode)
    {
        Span<char> plain = stackalloc char[8];
        var n = 0;
        foreach (var letter in postcode)
        {
            if (char.IsWhiteSpace(letter)) continue;
            if (n == plain.Length) return null;
            plain[n++] = char.ToUpperInvariant(letter);
        }
        return _areas.TryGetValue(plain[..n], out var area) ? area : null;
    }
}
