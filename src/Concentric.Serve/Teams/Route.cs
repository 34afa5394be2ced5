using System.Text.RegularExpressions;
using Concentric.Core;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Concentric.Serve.Teams;

/// <summary>A rule of which team gets what: by service, by area, or by both.</summary>
internal sealed class Route
{
    /// <summary>LGSL identifier; empty for any.</summary>
    public required string Service { get; init; }

    /// <summary>The beginning of a postcode, as <see cref="RouteArea"/> writes it; empty for any.</summary>
    public required string Area { get; init; }

    public required string Team { get; set; }
    public required string By { get; set; }
    public required DateTimeOffset At { get; set; }

    /// <summary>In the order in which they are asked: service and area, then service, then area; of areas the smaller first.</summary>
    public static IEnumerable<Route> InOrder(IEnumerable<Route> routes) => routes.OrderBy(r => r.Service.Length == 0 ? 2 : r.Area.Length == 0 ? 1 : 0)
        .ThenBy(r => r.Service, StringComparer.Ordinal).ThenByDescending(r => RouteArea.Fineness(r.Area)).ThenBy(r => r.Area, StringComparer.Ordinal);

    internal sealed class Table : IEntityTypeConfiguration<Route>
    {
        public void Configure(EntityTypeBuilder<Route> table)
        {
            table.ToTable("serve_route");
            table.HasKey(r => new { r.Service, r.Area });
        }
    }
}

/// <summary>An area as rules name it: the beginning of a postcode, which is what an enquiry can be placed by. “LS”, “LS1”, “LS1 4” or a whole postcode.</summary>
internal static partial class RouteArea
{
    /// <summary>As it is kept: capitals, and a blank before the second half. Null where no postcode begins so.</summary>
    /// <remarks>“LS14” is a district of its own and not a part of “LS1”; its part is written “LS1 4”.</remarks>
    public static string? Read(string? text)
    {
        var parts = (text ?? "").ToUpperInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return parts switch
        {
            [var outward, [>= '0' and <= '9'] sector] when Postcode.TryParse($"{outward} {sector}AA", out var known) && known.Outward == outward => $"{outward} {sector}",
            [var letters] when Letters.IsMatch(letters) => letters,
            [var outward] when Postcode.TryParse($"{outward} 1AA", out var known) && known.Outward == outward => outward,
            _ => Postcode.TryParse(text, out var whole) ? $"{whole}" : null,
        };
    }

    /// <summary>Each area in which a postcode lies, the smallest first; none where it is no postcode.</summary>
    public static IReadOnlyList<string> Of(string? postcode) =>
        Postcode.TryParse(postcode, out var known) ? [$"{known}", $"{known}"[..^2], known.Outward, string.Concat(known.Outward.TakeWhile(char.IsAsciiLetter))] : [];

    /// <summary>The higher, the smaller the area: 0 any, 1 letters, 2 a district, 3 a sector, 4 a postcode.</summary>
    public static int Fineness(string area) => area.Length == 0 ? 0 : Letters.IsMatch(area) ? 1 : area.Split(' ') is [_, var inward] ? inward.Length == 1 ? 3 : 4 : 2;

    [GeneratedRegex("^[A-Z]{1,2}$")]
    private static partial Regex Letters { get; }
}
