using Concentric.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Concentric.Core.Places;

/// <summary>That a postcode lies in an area: one line of a council's list, which Measure takes in.</summary>
/// <remarks>It stands here because Serve hears where somebody lives, and only the area may leave what is kept of them: a postcode may be one house.</remarks>
public sealed class PlacedPostcode
{
    /// <summary>Most letters and digits of a postcode in such a list.</summary>
    public const int Longest = 8;

    /// <summary>Short name of the council whose list it is.</summary>
    public required string Council { get; init; }

    /// <summary>Upper case, without the blank: <c>M154AB</c>.</summary>
    public required string Postcode { get; init; }

    /// <summary>Code of the area, such as that of an LSOA.</summary>
    public required string Area { get; set; }

    /// <summary>A postcode as somebody wrote it, with blanks and in either case, as the list has it.</summary>
    /// <param name="plain">Room for <see cref="Longest"/> characters.</param>
    /// <returns>How many characters it has; null where it is too long to be in a list.</returns>
    public static int? Plain(ReadOnlySpan<char> postcode, Span<char> plain)
    {
        var n = 0;
        foreach (var letter in postcode)
        {
            if (char.IsWhiteSpace(letter)) continue;
            if (n == Longest) return null;
            plain[n++] = char.ToUpperInvariant(letter);
        }
        return n;
    }

    /// <summary>The area in which a postcode lies; null where none was given, or the council's list does not have it.</summary>
    public static async Task<string?> AreaOf(ConcentricDb db, string council, string? postcode)
    {
        var plain = new char[Longest];
        if (Plain(postcode, plain) is not (> 0 and var n)) return null;
        var asked = new string(plain, 0, n);
        return await db.Set<PlacedPostcode>().Where(p => p.Council == council && p.Postcode == asked).Select(p => p.Area).SingleOrDefaultAsync();
    }

    internal sealed class Table : IEntityTypeConfiguration<PlacedPostcode>
    {
        public void Configure(EntityTypeBuilder<PlacedPostcode> table)
        {
            table.ToTable("measure_postcode");
            table.HasKey(p => new { p.Council, p.Postcode });
        }
    }
}
