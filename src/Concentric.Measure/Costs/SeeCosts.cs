using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Measure.Costs;

/// <summary>What the page of the cost book shows.</summary>
public sealed record CostsView
{
    public required IReadOnlyList<CostRecord> Costs { get; init; }

    /// <summary>Out of use, the newest first.</summary>
    public required IReadOnlyList<CostRecord> Withdrawn { get; init; }

    public required Deflator? Deflator { get; init; }

    /// <summary>The two that are held against each other.</summary>
    public required (CostRecord First, CostRecord Second)? Compared { get; init; }

    public required CostComparison? Comparison { get; init; }
}

/// <summary>Somebody reads the cost book and holds two of its lines against each other.</summary>
internal static class SeeCosts
{
    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet("/measure/costs", Show).For(Audience.Measure);

    private static async Task<IResult> Show(string? first, string? second, ConcentricDb db, Settings settings, CancellationToken stop)
    {
        var all = await db.Costs.AsNoTracking().Where(c => c.Council == settings.Council).ToListAsync(stop);
        var deflator = await Deflator.Load(db, settings.Council, stop);
        CostRecord? Find(string? id) => all.Find(c => c.WithdrawnAt is null && $"{c.Id}" == id);
        var errors = new Errors();
        (CostRecord, CostRecord)? compared = null;
        CostComparison? comparison = null;
        if (first is not null || second is not null)
        {
            var (one, other) = (Find(first), Find(second));
            errors.Check("first", one is not null, "Select the first cost to compare")
                .Check("second", other is not null, "Select the second cost to compare")
                .Check("second", one is null || one != other, "Select another cost than the first");
            if (!errors.Any) (compared, comparison) = ((one!, other!), CompareCosts.Of(one!.Figure, other!.Figure, deflator));
        }
        var view = new CostsView
        {
            Costs = [.. all.Where(c => c.WithdrawnAt is null).OrderBy(c => CostWords.Channel(c.Channel), StringComparer.Ordinal).ThenBy(c => c.Source, StringComparer.Ordinal).ThenBy(c => c.Id)],
            Withdrawn = [.. all.Where(c => c.WithdrawnAt is not null).OrderByDescending(c => c.WithdrawnAt).ThenBy(c => c.Id)],
            Deflator = deflator,
            Compared = compared,
            Comparison = comparison,
        };
        return new RazorComponentResult<CostsPage>(new { View = view, Errors = errors, First = first, Second = second })
        {
            StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
        };
    }
}
