using System.Collections.Frozen;
using Concentric.Core.Data;
using Concentric.Core.Places;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Measure.Places;

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
        Span<char> plain = stackalloc char[PlacedPostcode.Longest];
        return PlacedPostcode.Plain(postcode, plain) is { } n && _areas.TryGetValue(plain[..n], out var area) ? area : null;
    }
}
