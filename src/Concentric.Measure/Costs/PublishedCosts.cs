using Concentric.Core.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Concentric.Measure.Costs;

/// <summary>A unit cost that others published. An example, never an input: its scope is not known.</summary>
/// <param name="Figure">Its scope is always <see cref="CostScope.NotKnown"/>.</param>
/// <param name="Quoted">Where we have it from.</param>
/// <param name="IsVerified">False where neither the source nor a report of it could be found, only somebody's word.</param>
public sealed record PublishedCost(string Channel, CostFigure Figure, string Source, string Quoted, bool IsVerified);

/// <summary>The same call by three scopes: what makes one figure more than twice another.</summary>
/// <param name="Occupancy">Share of the hours spent on calls.</param>
public sealed record ScopeExample(string Name, double OnCosts, double Occupancy, double Minutes, double Overhead)
{
    /// <summary>Pounds a call, of a post with £25,000 a year, 220 days of 7.4 hours.</summary>
    public double Cost => UnitCost.PerContact(25_000, OnCosts, 220, 7.4, Occupancy, Minutes, Overhead);
}

/// <summary>Published unit costs side by side. They come with the program and no total ever takes them.</summary>
internal static class PublishedCosts
{
    private static readonly string[] Columns = ["channel", "low", "mode", "high", "unit", "year", "source", "quoted", "verified"];

    public static IReadOnlyList<PublishedCost> All { get; } = Read();

    public static IReadOnlyList<ScopeExample> Examples { get; } =
    [
        new("Marginal: staff time alone", 0, 0.85, 4.45, 0),
        new("Average: with on-costs and time spent waiting", 0.30, 0.70, 5, 0),
        new("Fully loaded: with buildings, systems and management", 0.30, 0.70, 5, 0.35),
    ];

    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet("/measure/costs/published", () => new RazorComponentResult<PublishedCostsPage>(new { Costs = All, Examples })).For(Audience.Measure);

    private static List<PublishedCost> Read()
    {
        using var stream = typeof(PublishedCosts).Assembly.GetManifestResourceStream("published-costs.csv")!;
        using var reader = new StreamReader(stream);
        var (rows, problem) = CostsCsv.Rows(reader.ReadToEnd(), Columns);
        if (problem is not null) throw new InvalidDataException(problem);
        return
        [
            .. rows.Select(r =>
            {
                decimal? Amount(string column) => r[column] is { } text ? Pounds.TryParse(text, out var pounds) ? pounds : throw new InvalidDataException($"Line {r.Line}: {text}") : null;
                var year = int.Parse(r["year"]!, System.Globalization.CultureInfo.InvariantCulture);
                return new PublishedCost(r["channel"]!, new(r["source"]!, Amount("low")!.Value, Amount("mode"), Amount("high")!.Value, CostWords.Unit(r["unit"])!.Value, CostScope.NotKnown, year),
                    r["source"]!, r["quoted"]!, r["verified"] == "quoted");
            }),
        ];
    }
}
